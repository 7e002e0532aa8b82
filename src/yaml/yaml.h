// yaml: a YAML file as a tree of nodes that know their places, and getters that read by type.
//
// The events of libyaml become nodes in an arena, under limits of our own: no file of 1 MiB can
// take long or much. Nothing is typed by its looks: a scalar is text that knows how it was written,
// and the getter says what the field should hold (YAML 1.2), so `NO` in a field of text stays text.
// Faults go to `Diags` with file:line:column, reading goes on; what was said once is not said
// twice: a node whose own fault is reported is `bad`, and getters fail on it in silence.
//
// No anchors, aliases, tags (but !!str !!int !!seq !!map), second documents, NUL, or equal keys.
#ifndef YAML_YAML_H
#define YAML_YAML_H
#include "base/diag.h"

enum {
    YAML_DEPTH_MAX = 64,      // lists and maps inside each other
    YAML_BYTES_MAX = 1 << 20, // of the file
    YAML_EVENTS_MAX = 100000, // scalars, and begins and ends of lists and maps
    YAML_ERRORS_MAX = 100,    // faults of one file that are reported; then reading stops
};

typedef enum { YAML_SCALAR, YAML_LIST, YAML_MAP, YAML_LAST = YAML_MAP } YamlKind;
enum { YAML_COUNT_ = YAML_LAST + 1 };

// How it was written. Lists and maps are block or flow; scalars anything but flow.
typedef enum {
    YAML_STYLE_PLAIN,
    YAML_STYLE_SINGLE, // 'quoted'
    YAML_STYLE_DOUBLE, // "quoted"
    YAML_STYLE_BLOCK,  // scalars: | and >; lists and maps: by indentation
    YAML_STYLE_FLOW,   // [a, b] {a: b}
    YAML_STYLE_LAST = YAML_STYLE_FLOW,
} YamlStyle;
enum { YAML_STYLE_COUNT_ = YAML_STYLE_LAST + 1 };

typedef struct YamlNode YamlNode;
typedef struct {
    Str key;
    Place at;        // of the key
    YamlStyle style; // of the key
    YamlNode *value;
} YamlEntry;

struct YamlNode {
    YamlKind kind;
    YamlStyle style;
    bool bad;           // a fault was reported here: its content is not what the author meant
    bool tagged_int;    // written with !!int: a quoted number is a number then
    bool tagged_str;    // written with !!str: never nothing, never warned about
    bool cut;           // a comment stands behind it on its line …
    bool cut_close;     // … and looks like text: one space before the #, none behind it
    Str key;            // the key it stands under, or its list stands under; "" at the top
    Str text;           // of a scalar; UTF-8 without NUL; NUL-terminated
    YamlNode **items;   // of a list
    YamlEntry *entries; // of a map, in the order of the file; keys are unique
    size_t count;       // of items or entries
    Place at;           // where it begins; columns count characters
    size_t start, end;  // its bytes in YamlDoc.text: [start, end), without comments around it
};

typedef struct {
    Str path;       // as named in places
    Str text;       // the bytes of the file, as read
    YamlNode *root; // NULL when nothing could be read
} YamlDoc;

// Reads a regular file of at most YAML_BYTES_MAX. False when there is no tree: the reason is in
// `diags`. True with diags->errors grown means: the tree stands, parts of it are bad.
MUST_USE bool yaml_read(Arena *a, Str path, Diags *diags, YamlDoc *out);
// The same from text; `path` is only the name for places. Text and path are borrowed.
MUST_USE bool yaml_parse(Arena *a, Str path, Str text, Diags *diags, YamlDoc *out);

// The source of a node, for hashes: its own bytes as they stand in the file.
Str yaml_source(const YamlDoc *doc, const YamlNode *n);

// ---- looking around: these say nothing, and accept NULL -----------------------------------------
const YamlNode *yaml_get(const YamlNode *map, Str key); // NULL when absent, or not a map
const YamlEntry *yaml_entry(const YamlNode *map, Str key);
bool yaml_is_nothing(const YamlNode *n); // `key:` alone, ~ and null: plain only

// ---- reading by declared type -------------------------------------------------------------------
// -------------------------------------------------------------------- A getter that fails records
// "skills: expected a list of words, found a map" at the node, leaves *out alone and returns false.
// n must not be NULL. Warnings tell where a YAML 1.1 reader would read something else, and where
// YAML cut a text in silence.
typedef enum {
    YAML_WORD,     // a name, an id, a word or phrase of a rule
    YAML_SENTENCE, // prose: a comma or a colon inside is the author's
    YAML_CODE,     // SQL, Python: may have any lines
    YAML_PATTERN,  // a regular expression: # and \ are the author's
    YAML_TEXT_LAST = YAML_PATTERN,
} YamlText;
enum { YAML_TEXT_COUNT_ = YAML_TEXT_LAST + 1 };

MUST_USE bool yaml_text(const YamlNode *n, YamlText as, Diags *d, Str *out);
MUST_USE bool yaml_integer(const YamlNode *n, Diags *d, int64_t *out);
MUST_USE bool yaml_real(const YamlNode *n, Diags *d,
                        double *out); // whole numbers too; never inf, nan
MUST_USE bool yaml_boolean(const YamlNode *n, Diags *d, bool *out);  // true and false
MUST_USE bool yaml_date(const YamlNode *n, Diags *d, int64_t *days); // YYYY-MM-DD; see date_days
// Lists. Items that fail are reported and left out; false when any did, or n is no list: *out holds
// the good ones then. An empty list is a list.
MUST_USE bool yaml_texts(Arena *a, const YamlNode *n, YamlText as, Diags *d, StrList *out);
MUST_USE bool yaml_integers(Arena *a, const YamlNode *n, Diags *d, int64_t **out, size_t *len);
MUST_USE bool yaml_reals(Arena *a, const YamlNode *n, Diags *d, double **out, size_t *len);
MUST_USE bool yaml_booleans(Arena *a, const YamlNode *n, Diags *d, bool **out, size_t *len);
MUST_USE bool yaml_dates(Arena *a, const YamlNode *n, Diags *d, int64_t **out, size_t *len);
MUST_USE bool yaml_list(const YamlNode *n, const char *of,
                        Diags *d); // of: "drills"; checks the kind
MUST_USE bool yaml_map(const YamlNode *n, const char *of, Diags *d); // of: "a drill"

// ---- for readers of further types ---------------------------------------------------------------
// ---------------------------------------------------------------- "key: expected WANTED, found …"
// at the node, unless it is bad; always false.
bool yaml_expected(const YamlNode *n, const char *wanted, Diags *d);
// What stands there, in words: "a map", "a list", "nothing", "the text `abc`", "`12`".
Str yaml_found(Arena *a, const YamlNode *n);
// Reports each key that is not in `known`, with the nearest. True when there is none.
bool yaml_known_keys(const YamlNode *map, StrList known, Diags *d);
#endif
