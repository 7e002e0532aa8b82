// move: one row of a small database goes, and another changes with it. Private to shrink.
#ifndef EXAM_MOVE_H
#define EXAM_MOVE_H
#include "exam/run.h"

enum { MOVE_BATCH = 16 }; // databases that are run together

typedef struct {
    Examinee *x;
    Arena *arena;
    Data data; // the smallest so far
    size_t attempts, endless, renamed;
    Arena scratch; // of those that wait
    Data waiting[MOVE_BATCH];
    size_t count;
    bool found; // data has become smaller
} Moves;

// A row, or a cell of it.
typedef struct {
    size_t table, row, column;
} Spot;

typedef struct {
    Spot row;
    Data rest; // without it and those that hang on it
} Gone;

// ---- what is tried (move.c)
bool moves_over(const Moves *m); // one was found, or the attempts are used up
// One more that waits to be run; it is copied.
MUST_USE bool moves_offer(Moves *m, const Data *other, Error *err);

// ---- other values (move_value.c)
// One cell of those that are left takes another value.
MUST_USE bool moves_change(Moves *m, const Gone *g, Error *err);
// A value becomes another in all its rows, and then some can go.
MUST_USE bool moves_rename(Moves *m, Error *err);
#endif
