// theme: the default theme, the files of others, and colours for terminals that have fewer.
#include "tui/theme.h"
#include "base/file.h"
#include "base/path.h"
#include <assert.h>

static const struct {
    const char *name;
    char letter;
} roles[] = {
    [ROLE_TEXT] = {"text", '.'},
    [ROLE_DIM] = {"dim", 'd'},
    [ROLE_ACCENT] = {"accent", 'a'},
    [ROLE_GOOD] = {"good", 'g'},
    [ROLE_WARN] = {"warn", 'w'},
    [ROLE_BAD] = {"bad", 'b'},
    [ROLE_TITLE] = {"title", 't'},
    [ROLE_KEY] = {"key", 'k'},
    [ROLE_RULE] = {"rule", '-'},
    [ROLE_GUTTER] = {"gutter", 'u'},
    [ROLE_HEADER] = {"header", 'h'},
    [ROLE_NUMBER] = {"number", '0'},
    [ROLE_NULL] = {"null", 'n'},
    [ROLE_STRONG] = {"strong", 's'},
    [ROLE_EMPHASIS] = {"emphasis", 'e'},
    [ROLE_CODE] = {"code", 'c'},
    [ROLE_HEADING] = {"heading", '#'},
    [ROLE_BULLET] = {"bullet", '*'},
    [ROLE_QUOTE] = {"quote", '>'},
    [ROLE_LINK] = {"link", 'l'},
    [ROLE_SQL_KEYWORD] = {"sql_keyword", 'K'},
    [ROLE_SQL_NAME] = {"sql_name", 'i'},
    [ROLE_SQL_FUNCTION] = {"sql_function", 'f'},
    [ROLE_SQL_STRING] = {"sql_string", '"'},
    [ROLE_SQL_NUMBER] = {"sql_number", '1'},
    [ROLE_SQL_COMMENT] = {"sql_comment", '/'},
    [ROLE_SQL_OPERATOR] = {"sql_operator", '+'},
    [ROLE_SQL_ERROR] = {"sql_error", '!'},
    [ROLE_SELECTION] = {"selection", 'S'},
    [ROLE_CURSOR] = {"cursor", 'C'},
    [ROLE_MATCH] = {"match", 'M'},
    [ROLE_MARK] = {"mark", 'E'},
    [ROLE_POPUP] = {"popup", 'P'},
};
static_assert(sizeof roles / sizeof *roles == ROLE_COUNT_, "name every role");

const char *role_name(Role r)
{
    return roles[r].name;
}

char role_letter(Role r)
{
    return roles[r].letter;
}

bool role_from_name(Str name, Role *out)
{
    for (int r = 0; r < ROLE_COUNT_; r++) {
        if (!str_eq(name, str_from(roles[r].name))) continue;
        *out = (Role)r;
        return true;
    }
    return false;
}

enum { RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

// Palette colours that are legible on dark and on light ground, and nothing but the terminal's own
// ground behind text. What floats has both its colours set, so that it is legible on either.
static const Theme built_in = {
    .name = {"default", 7},
    .styles =
        {
            [ROLE_DIM] = {.attrs = STYLE_DIM},
            [ROLE_ACCENT] = {.fg = PAINT_INDEX(CYAN)},
            [ROLE_GOOD] = {.fg = PAINT_INDEX(GREEN)},
            [ROLE_WARN] = {.fg = PAINT_INDEX(YELLOW)},
            [ROLE_BAD] = {.fg = PAINT_INDEX(RED), .attrs = STYLE_BOLD},
            [ROLE_TITLE] = {.attrs = STYLE_BOLD},
            [ROLE_KEY] = {.fg = PAINT_INDEX(CYAN), .attrs = STYLE_BOLD},
            [ROLE_RULE] = {.attrs = STYLE_DIM},
            [ROLE_GUTTER] = {.attrs = STYLE_DIM},
            [ROLE_HEADER] = {.attrs = STYLE_BOLD},
            [ROLE_NULL] = {.attrs = STYLE_DIM | STYLE_ITALIC},
            [ROLE_STRONG] = {.attrs = STYLE_BOLD},
            [ROLE_EMPHASIS] = {.attrs = STYLE_ITALIC},
            [ROLE_CODE] = {.fg = PAINT_INDEX(CYAN)},
            [ROLE_HEADING] = {.attrs = STYLE_BOLD},
            [ROLE_BULLET] = {.fg = PAINT_INDEX(CYAN)},
            [ROLE_QUOTE] = {.attrs = STYLE_ITALIC},
            [ROLE_LINK] = {.attrs = STYLE_UNDERLINE},
            [ROLE_SQL_KEYWORD] = {.fg = PAINT_INDEX(MAGENTA), .attrs = STYLE_BOLD},
            [ROLE_SQL_FUNCTION] = {.fg = PAINT_INDEX(CYAN)},
            [ROLE_SQL_STRING] = {.fg = PAINT_INDEX(GREEN)},
            [ROLE_SQL_NUMBER] = {.fg = PAINT_INDEX(YELLOW)},
            [ROLE_SQL_COMMENT] = {.attrs = STYLE_DIM | STYLE_ITALIC},
            [ROLE_SQL_ERROR] = {.fg = PAINT_INDEX(RED), .attrs = STYLE_UNDERLINE},
            [ROLE_SELECTION] = {.attrs = STYLE_REVERSE},
            [ROLE_CURSOR] = {.fg = PAINT_INDEX(CYAN), .attrs = STYLE_BOLD},
            [ROLE_MATCH] = {.attrs = STYLE_BOLD | STYLE_UNDERLINE},
            [ROLE_MARK] = {.fg = PAINT_INDEX(RED), .attrs = STYLE_UNDERLINE},
            [ROLE_POPUP] = {.fg = PAINT_INDEX(252), .bg = PAINT_INDEX(236)},
        },
};

const Theme *theme_default(void)
{
    return &built_in;
}

// Reading

static const char *const palette_names[] = {"black", "red",     "green", "yellow",
                                            "blue",  "magenta", "cyan",  "white"};
static const struct {
    const char *name;
    unsigned attr;
} attrs[] = {
    {"bold", STYLE_BOLD},           {"dim", STYLE_DIM},         {"italic", STYLE_ITALIC},
    {"underline", STYLE_UNDERLINE}, {"reverse", STYLE_REVERSE},
};
enum { ATTR_COUNT = sizeof attrs / sizeof *attrs, PALETTE = 8, BRIGHT = 8 };

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool read_rgb(Str s, Paint *out)
{
    if (s.len != 7 || s.ptr[0] != '#') return false;
    uint32_t rgb = 0;
    for (size_t i = 1; i < s.len; i++) {
        if (hex(s.ptr[i]) < 0) return false;
        rgb = rgb << 4 | (uint32_t)hex(s.ptr[i]);
    }
    *out = PAINT_RGB(rgb);
    return true;
}

static bool read_paint(Str s, Paint *out)
{
    int64_t index;
    *out = 0;
    if (str_eq(s, S("default")) || read_rgb(s, out)) return true;
    if (str_to_i64(s, &index) && index >= 0 && index <= 255) {
        *out = PAINT_INDEX(index);
        return true;
    }
    bool bright = str_starts(s, S("bright-"));
    if (bright) s = str_slice(s, 7, s.len);
    for (int i = 0; i < PALETTE; i++) {
        if (!str_eq(s, str_from(palette_names[i]))) continue;
        *out = PAINT_INDEX(i + (bright ? BRIGHT : 0));
        return true;
    }
    return false;
}

static unsigned read_attr(Str s)
{
    for (int i = 0; i < ATTR_COUNT; i++) {
        if (str_eq(s, str_from(attrs[i].name))) return attrs[i].attr;
    }
    return 0;
}

static bool next_word(Str *rest, Str *word)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != '\t') n++;
    *word = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->len);
    return n > 0;
}

static Style read_style(Str text, Place at, Diags *d)
{
    Style s = {0};
    Paint *target = &s.fg;
    Str whole = text;
    for (Str word; next_word(&text, &word);) {
        at.column += (int)(word.ptr - whole.ptr);
        whole.ptr = word.ptr;
        if (str_eq(word, S("on"))) {
            target = &s.bg;
        } else if (read_attr(word)) {
            s.attrs |= read_attr(word);
        } else if (!read_paint(word, target)) {
            diag_error(d, at,
                       "'" STR_FMT "' is no colour and no attribute: colours are names such as "
                       "bright-blue, numbers 0-255 or #rrggbb",
                       STR_ARG(word));
        }
    }
    return s;
}

static Str nearest_role(Str name)
{
    Str names[ROLE_COUNT_];
    for (int r = 0; r < ROLE_COUNT_; r++) names[r] = str_from(roles[r].name);
    return str_nearest(name, (StrList){names, ROLE_COUNT_});
}

static void read_line(Theme *t, Str line, Place at, Diags *d)
{
    Str name, rest;
    Str bare = str_trim(line);
    if (bare.len == 0 || bare.ptr[0] == '#') return;
    at.column = (int)(bare.ptr - line.ptr) + 1;
    if (!str_cut(bare, '=', &name, &rest)) {
        diag_error(d, at, "a line of a theme is written `role = colour`");
        return;
    }
    Role r;
    name = str_trim(name);
    if (!role_from_name(name, &r)) {
        Str near = nearest_role(name);
        diag_error(d, at, "there is no role '" STR_FMT "'%s" STR_FMT "%s", STR_ARG(name),
                   near.len ? "; did you mean '" : "", STR_ARG(near), near.len ? "'?" : "");
        return;
    }
    at.column += (int)(rest.ptr - bare.ptr);
    t->styles[r] = read_style(rest, at, d);
}

Theme theme_parse(Arena *a, Str file, Str text, Diags *d)
{
    Theme t = built_in;
    t.name = str_copy(a, path_stem(file));
    Place at = {.file = file};
    for (Str line; str_line(&text, &line);) {
        at.line++;
        read_line(&t, line, at, d);
    }
    return t;
}

bool theme_load(Arena *a, const ThemePlaces *p, Str name, Theme *out, Diags *d, Error *err)
{
    enum { THEME_FILE_MAX = 64 << 10 };
    *out = built_in;
    if (name.len == 0 || str_eq(name, built_in.name)) return true;
    if (str_find(name, S("/"), NULL)) {
        return error_set(err, ERROR_INPUT, "a theme is named without its folder: '" STR_FMT "'",
                         STR_ARG(name));
    }
    Str file = str_fmt(a, STR_FMT ".theme", STR_ARG(name));
    Str path = path_join(a, path_join(a, p->config_dir, S("themes")), file);
    if (!file_exists(path)) {
        path = path_join(a, path_join(a, p->share_dir, S("assets/themes")), file);
    }
    Str text;
    if (!file_read(a, path, THEME_FILE_MAX, &text, err)) return false;
    *out = theme_parse(a, path, text, d);
    return true;
}

// Fewer colours

// What xterm shows for its first 16; the rest follows by rule.
static const uint32_t xterm16[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                   0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                   0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
enum { CUBE = 16, GREYS = 232, LEVELS = 6 };

static uint32_t level(uint32_t i)
{
    return i ? 55 + 40 * i : 0;
}

static uint32_t index_rgb(uint32_t i)
{
    if (i < CUBE) return xterm16[i];
    if (i >= GREYS) return (8 + 10 * (i - GREYS)) * 0x010101;
    i -= CUBE;
    return level(i / 36) << 16 | level(i / LEVELS % LEVELS) << 8 | level(i % LEVELS);
}

static int distance(uint32_t a, uint32_t b)
{
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        int d = (int)(a >> shift & 0xff) - (int)(b >> shift & 0xff);
        sum += d * d;
    }
    return sum;
}

static uint32_t nearest_index(uint32_t rgb, uint32_t from, uint32_t to)
{
    uint32_t best = from;
    for (uint32_t i = from; i < to; i++) {
        if (distance(rgb, index_rgb(i)) < distance(rgb, index_rgb(best))) best = i;
    }
    return best;
}

static Paint reduce(Paint p, Depth depth)
{
    if (p == 0 || depth == DEPTH_NONE) return 0;
    bool is_rgb = p >= PAINT_RGB(0);
    uint32_t index = is_rgb ? 0 : p - PAINT_INDEX(0);
    if (depth == DEPTH_TRUE) {
        return is_rgb || index < BRIGHT ? p
                                        : PAINT_RGB(index_rgb(index)); // it has no other indexes
    }
    // The user's own palette may differ from xterm's: RGB goes to the fixed part where there is
    // one.
    if (depth == DEPTH_256) {
        return is_rgb ? PAINT_INDEX(nearest_index(p & 0xffffff, CUBE, 256)) : p;
    }
    if (is_rgb || index >= 16) {
        index = nearest_index(is_rgb ? p & 0xffffff : index_rgb(index), 0, 16);
    }
    return PAINT_INDEX(index);
}

// What is reversed is reversed in one colour: a selection is one area, not a patchwork.
static Style mix(Style under, Style over)
{
    bool one = over.attrs & STYLE_REVERSE;
    return (Style){.fg = over.fg || one ? over.fg : under.fg,
                   .bg = over.bg || one ? over.bg : under.bg,
                   .attrs = (one ? under.attrs & ~(unsigned)STYLE_DIM : under.attrs) | over.attrs};
}

Style theme_style(const Theme *t, Role role, Role over, Depth depth)
{
    Style s = t->styles[role];
    if (over != ROLE_TEXT) s = mix(s, t->styles[over]);
    bool ground = s.bg != 0;
    s.fg = reduce(s.fg, depth);
    s.bg = reduce(s.bg, depth);
    if (depth == DEPTH_8) {
        // Bright colours are bold ones there, and bright grounds do not exist.
        if (s.fg > PAINT_INDEX(BRIGHT - 1)) {
            s.fg -= BRIGHT;
            s.attrs |= STYLE_BOLD;
        }
        if (s.bg > PAINT_INDEX(BRIGHT - 1)) s.bg -= BRIGHT;
    }
    // What the theme tells by its ground is told by reverse where there is no ground to see.
    if (ground && (s.bg == 0 || s.bg == s.fg)) {
        s.fg = s.bg = 0;
        s.attrs |= STYLE_REVERSE;
    }
    return s;
}
