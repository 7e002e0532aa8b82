// theme: how roles look. Themes are files (assets/themes/NAME.theme); a default one is built in.
//
// A line is `role = colour [on colour] [bold dim italic underline reverse]`, # begins a comment. A
// colour is a name of the terminal's palette (red, bright-blue …, default), a number 0-255 or
// #rrggbb. Roles that a file leaves out look as in the default theme. Colour never carries meaning
// alone: without colours every role that is laid over others is still told apart by attributes.
#ifndef TUI_THEME_H
#define TUI_THEME_H
#include "base/diag.h"
#include "tui/grid.h"

typedef uint32_t Paint; // 0 = the terminal's own; palette and RGB by the macros below
#define PAINT_INDEX(n) ((Paint)(n) + 1)
#define PAINT_RGB(rgb) ((Paint)(rgb) | 0x1000000u)

enum { STYLE_BOLD = 1, STYLE_DIM = 2, STYLE_ITALIC = 4, STYLE_UNDERLINE = 8, STYLE_REVERSE = 16 };

typedef struct {
    Paint fg, bg;
    unsigned attrs; // STYLE_…
} Style;

typedef enum {
    DEPTH_NONE, // NO_COLOR or a terminal without
    DEPTH_8,
    DEPTH_16,
    DEPTH_256,
    DEPTH_TRUE,
    DEPTH_LAST = DEPTH_TRUE
} Depth;

typedef struct {
    Str name;
    Style styles[ROLE_COUNT_];
} Theme;

const Theme *theme_default(void);
const char *role_name(Role r); // "sql_keyword": as theme files spell it
char role_letter(Role r);      // one for each: what grid_dump_roles writes
MUST_USE bool role_from_name(Str name, Role *out);

// Reads a theme's text; faults go to `d` with their lines, what was sound is used.
Theme theme_parse(Arena *a, Str file, Str text, Diags *d);
typedef struct {
    Str config_dir, share_dir;
} ThemePlaces;
// NAME.theme in config_dir/themes, then in share_dir/assets/themes; "default" needs no file.
MUST_USE bool theme_load(Arena *a, const ThemePlaces *p, Str name, Theme *out, Diags *d,
                         Error *err);
// A role, and one laid over it, in the colours that a terminal of this depth has: PAINT_INDEX below
// 8, 16 or 256, or, for DEPTH_TRUE, below 8 and any PAINT_RGB.
Style theme_style(const Theme *t, Role role, Role over, Depth depth);
#endif
