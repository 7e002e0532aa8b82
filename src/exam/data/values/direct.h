// private: what the files of direct share: the values that one column is being given.
#ifndef EXAM_DIRECT_H
#define EXAM_DIRECT_H
#include "base/rng.h"
#include "exam/data/literals/literals.h"

enum {
    VALUES_MOST = 28,
    OTHERS_MOST = 4,
    DAY_S = 86400,
    LONGEST_S = 3 * 366 * DAY_S,
    TIME_STREAM = 0x71,
    GLUE_STREAM = 0x72,
    GROUP_STREAM = 0x73,
    KEY_SPARE = 2,
    PAIRS_FROM = 9,
    PAIRED_THINGS = 5,
    PAIRS_STREAM = 0x75,
};

// What all rows of a database are about, so that they belong together.
typedef enum {
    SCENE_NONE,
    SCENE_SERIES, // rows of one thing, in an order: states that follow each other
    SCENE_SPANS,  // from and to: they touch, overlap, hold each other
    SCENE_LEVEL,  // all but one hold what the query compares a mean with
    SCENE_GROUP,  // one group with two values, of which one stands there more often
    SCENE_GRID,   // each of these with each of those, where both together are a key
    SCENE_CHAIN,  // where one ends the next one begins: flights, bosses, parts of parts
    SCENE_LAST = SCENE_CHAIN
} SceneKind;
enum { SCENE_COUNT_ = SCENE_LAST + 1 };
typedef struct {
    SceneKind kind;
    size_t table;
    size_t from, to, thing; // columns; SIZE_MAX = none
    size_t rows;            // of the table
    bool pass;              // columns that the query compares by = hold what it asks for
    bool known;             // no NULL in what the scene gives: mostly
    Rng rng;
    int64_t starts[VALUES_MOST], ends[VALUES_MOST]; // of SCENE_SPANS
} Scene;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    const ColumnSpec *column;
    size_t table, place; // of the column
    size_t rows;         // that the tables will have at most
    bool key, thing, in_turn;
    bool known; // without NULL
    Rng rng;
    ValueChoice at[VALUES_MOST];
    size_t len;
} Drawing;

// ---- what the files of direct ask of a column and of a literal
bool direct_is_free(const TableSpec *t, const ColumnSpec *c); // no list, no reference, no habit
bool direct_is_clock(const ColumnSpec *c);                    // a date or a time of a day
bool direct_allows(const ColumnSpec *c, Str text);            // by its list, if it has one
bool direct_is_number(const Literal *l);
bool direct_asks_for(const Literal *l, const ColumnSpec *c); // by = or IN

Str direct_shaped(Drawing *d, Str text); // on the digits that the column's texts have
void direct_put(Drawing *d, Str text);   // each once
// One of the literals for which `fits`, those beside this column first; NULL = there is none.
const Literal *direct_draw(Drawing *d, bool (*fits)(const Literal *));
bool direct_number_of(const Literal *l, double *v);
void direct_put_number(Drawing *d, double v); // within the column's bounds
// The other literals that stand beside this column.
void direct_put_others(Drawing *d, const Literal *but, bool (*fits)(const Literal *));

// ---- direct_text.c
void direct_texts(Drawing *d);
// Values that look alike once they are glued together, where the query glues this column.
bool direct_glued(Drawing *d);

// ---- direct_seen.c
// Texts like those of the visible data, where a rule says what they are like; false elsewhere.
bool direct_seen(Drawing *d);

// ---- direct_time.c
void direct_put_time(Drawing *d, int64_t seconds); // within the column's bounds
void direct_times(Drawing *d);
// A moment and a span of the query, the same for all columns of a database.
void direct_moment(Drawing *d, int64_t *at, int64_t *span);

// ---- scene.c
// Seldom one, or always where one fits.
Scene scene_draw(const WarehouseSpec *w, const Literals *l, size_t rows, uint64_t seed,
                 bool always);
// Gives the column what the scene has for it; false when it has nothing.
bool scene_column(Drawing *d, Scene *s, size_t table, size_t column);
// How many rows tables get.
void scene_rows(const Scene *s, WarehouseSpec *w);
#endif
