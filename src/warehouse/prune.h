// prune: what the files of pruning share: the units that are kept so far, and questions about more.
#ifndef WAREHOUSE_PRUNE_H
#define WAREHOUSE_PRUNE_H
#include "warehouse/maker.h"

enum { AHEAD_MOST = 8 }; // questions that are asked at once

typedef struct {
    Maker *m;
    const uint8_t *which; // rules asked about
    size_t table;         // whose units are tried
    uint8_t *keep;        // of its units
    size_t left;          // questions
    size_t ahead;         // so many are asked at once
} Pruning;

// Units [from, to) come in, and one more.
typedef struct {
    size_t from, to, other;
} Attempt;

// ---- prune_view.c: a copy of the data without some rows
uint8_t **prune_everyone(const Maker *m, Arena *a);
// Which rows live when only some units of one table do.
uint8_t **prune_living(const Pruning *p, Arena *a, const uint8_t *keep);
// The living rows of the tables that the rules name.
Data prune_view(const Pruning *p, Arena *a, uint8_t **alive);

// ---- prune_ask.c: which units do no harm
// Whether the rules hold with these units.
MUST_USE bool prune_good(Pruning *p, const uint8_t *keep, bool *good, Error *err);
// Adds all units to p->keep as far as they do no harm.
MUST_USE bool prune_add(Pruning *p, size_t units, Error *err);
// What did harm before may fit beside what came in after it, or together with another one: a day
// behind the day that a rule asks for, an end with its start.
MUST_USE bool prune_add_later(Pruning *p, size_t units, Error *err);
#endif
