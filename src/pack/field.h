// field: the one table of fields behind the loader, the JSON Schema and the docs.
//
// An Object is what a YAML map may hold; a Field is one row of it: name, shape, whether it is
// required, what stands there when it is left out, one line of explanation, and where in the spec
// the value goes. The reader (read.c) walks a map by these rows, the schema (schema.c) prints them,
// and an unknown key is compared with them. Adding a field is adding a row.
#ifndef PACK_FIELD_H
#define PACK_FIELD_H
#include "pack/pack.h"
#include <stddef.h>

// What a value looks like. A new shape is one row in `shapes` of shape.c.
typedef enum {
    SHAPE_TEXT,            // prose                                    -> Str
    SHAPE_WORD,            // a name or a phrase                       -> Str
    SHAPE_CODE,            // SQL or Python                            -> Str
    SHAPE_SLUG,            // an id: lower-case letters, digits, - _   -> Str
    SHAPE_TEXTS,           // list of prose                            -> StrList
    SHAPE_WORDS,           // list of names or phrases                 -> StrList
    SHAPE_CODES,           // list of code                             -> StrList
    SHAPE_INT,             //                                          -> int
    SHAPE_COUNT,           //                                          -> int64_t
    SHAPE_REAL,            //                                          -> double
    SHAPE_BOOL,            //                                          -> bool
    SHAPE_DATE,            //                                          -> int64_t, days
    SHAPE_TIME,            //                                          -> int64_t, milliseconds
    SHAPE_CHOICE,          // one of `choices`                         -> int (an enum)
    SHAPE_CHOICES,         // one of them, or a list
    SHAPE_SECONDS,         // beats: {name: seconds}, or `star`        -> Beat *, size_t
    SHAPE_MINUTES,         // moves: {name: minutes}                   -> Beat *, size_t
    SHAPE_STAGES,          // a list of names                          -> Beat *, size_t
    SHAPE_BEAT,            // one of the drill's beats                 -> Str
    SHAPE_SETS,            // {name: [words]}                          -> WordSets
    SHAPE_HEARD,           // words, and $sets, of a question                -> StrList
    SHAPE_TERMS,           // what to listen for                       -> MatchTerms
    SHAPE_NEAR,            // the same, or {within: 3, of: [...]}      -> MatchTerms
    SHAPE_MATCH,           // words, or operators over them            -> MatchSpec
    SHAPE_REFERENCE,       // table.column                             -> two Str
    SHAPE_VALUES,          // [a, b] or {a: 0.8, b: 0.2}               -> ValueChoice *, size_t
    SHAPE_SPAN,            // [low, high], dates or numbers            -> two Str
    SHAPE_NUMBER_SPAN,     // [low, high], numbers
    SHAPE_SORT,            // [k, ts desc], or `reference`             -> CompareRule
    SHAPE_EDITS,           // [[from, to]]                             -> ExamEdit *, size_t
    SHAPE_WORD_LISTS,      // [[a, b]]                                 -> StrList *, size_t
    SHAPE_NUMBERS,         // {name: number}
    SHAPE_TEXT_MAP,        // {name: text}                             -> DialogTelling *, size_t
    SHAPE_ALL_OR_WORDS,    // `all`, `none`, or a list of names
    SHAPE_ROWS,            // [[value, …]]: typed by whoever owns the columns
    SHAPE_ANY,             // a value in the language of the drill
    SHAPE_OBJECT,          // a map with the fields of `object`        -> in place
    SHAPE_OBJECTS,         // a list of them                           -> T *, size_t
    SHAPE_CODE_OR_OBJECTS, // a list of code or of them
    SHAPE_TEXT_OR_OBJECTS, // a list of prose or of them
    SHAPE_NAMED,           // {name: map}                              -> T *, size_t
    SHAPE_DRILLS,          // a list of drills, each with the fields of its kind
    SHAPE_LAST = SHAPE_DRILLS,
} Shape;
enum { SHAPE_COUNT_ = SHAPE_LAST + 1 };

typedef struct {
    const char *what; // "level": "there is no level `midle`; did you mean …"
    const char *(*name)(int i);
    int count;
    int first; // the first that counts: unknown types do not
} Choices;

typedef struct Object Object;
typedef struct {
    const char *name;
    Shape shape;
    bool required;
    bool later;             // read in its own pass (load.c, drill.c), not by the walk
    const char *fallback;   // what stands there when it is left out, read like a value
    const char *doc;        // one line
    const Object *object;   // of OBJECT, OBJECTS, NAMED …
    const Choices *choices; // of CHOICE, CHOICES
    const char *refers;     // keys of the drill under which these names must be found, by space
    double least, most;     // of numbers; both 0 = any
    bool kept;              // false: only its shape is checked
    size_t at;              // where it goes in the spec
} Field;

typedef struct Reader Reader;
typedef struct YamlNode YamlNode;
struct Object {
    const char *name; // "drill-sql": its name in the schema
    const char *doc;
    const Object *base; // whose fields it has as well
    const Field *fields;
    size_t count;
    size_t size;        // of the spec; 0 = none is made
    const char *one_of; // exactly one of these keys must be there, by space
    bool has_place;     // its spec has a Place …
    size_t place_at;    // … here
    size_t name_at;     // where the name of a NAMED object goes (a Str)
    // Rules over several fields; `target` is NULL when no spec is made.
    void (*done)(Reader *r, const YamlNode *n, void *target);
};

// Where a member goes, and where a pointer and the size_t behind it go.
#define AT(T, member) .kept = true, .at = offsetof(T, member)
#define LIST_AT(T, member, len)                                                                    \
    .kept = true,                                                                                  \
    .at = offsetof(T, member) +                                                                    \
          0 * sizeof(char[offsetof(T, len) == offsetof(T, member) + sizeof(void *) ? 1 : -1])
#define FIELDS(table) .fields = table, .count = sizeof(table) / sizeof *(table)
#define PLACE_AT(T, member) .has_place = true, .place_at = offsetof(T, member)

// Roots: what a file may be.
extern const Object PACK_OBJECT;      // the head of a pack, with or without its members
extern const Object PACK_PART_OBJECT; // another file of a pack's folder, shared sets or warehouses
extern const Object PACK_SKILLS_OBJECT; // schemas/skills.yaml
extern const Object PACK_WAREHOUSE_OBJECT;
extern const Object PACK_LOOP_OBJECT;
extern const Object PACK_PLAN_OBJECT;
extern const Object PACK_CARDS_OBJECT;
extern const Object PACK_FACT_OBJECT;
extern const Object PACK_ITEM_OBJECT;
extern const Object PACK_ACTION_OBJECT;
extern const Object PACK_MISCONCEPTION_OBJECT;
extern const Object PACK_HARM_OBJECT;
extern const Object PACK_CURVEBALL_OBJECT;
extern const Object PACK_FOLLOW_UP_OBJECT;
extern const Object PACK_WORLD_OBJECT;
extern const Object PACK_MATCH_OBJECT;
extern const Object PACK_NUM_OBJECT;
extern const Object PACK_NEAR_OBJECT;
extern const Object PACK_AT_LEAST_OBJECT;
extern const Object *const PACK_DRILL_OBJECTS[KIND_COUNT_];

extern const Choices PACK_KINDS, PACK_LEVELS, PACK_AXES, PACK_DIALECTS, PACK_TYPES,
    PACK_COLUMN_RULES;
bool pack_choice(const Choices *c, Str name, int *out);
StrList pack_choice_names(Arena *a, const Choices *c);
// The members of an object's keys: its own and its base's, base first.
StrList pack_field_names(Arena *a, const Object *o);
const Field *pack_field(const Object *o, Str name); // NULL when there is none
// The next word of a list like "sql edit".
bool pack_next_word(Str *rest, Str *word);
Str pack_or(Arena *a, const char *words); // "`sql` or `edit`"
#endif
