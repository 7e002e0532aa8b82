// private: what the files of direct share: the values that one column is being given.
#ifndef EXAM_DIRECT_H
#define EXAM_DIRECT_H
#include "base/rng.h"
#include "exam/private.h"

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

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    const ColumnSpec *column;
    size_t rows; // that the tables will have at most
    bool key, thing, in_turn;
    Rng rng;
    ValueChoice at[VALUES_MOST];
    size_t len;
} Drawing;

void direct_put(Drawing *d, Str text); // each once
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

// ---- direct_time.c
void direct_put_time(Drawing *d, int64_t seconds); // within the column's bounds
void direct_times(Drawing *d);
#endif
