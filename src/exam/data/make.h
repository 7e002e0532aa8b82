// make: databases, new ones and new ones out of old.
#ifndef EXAM_MAKE_H
#define EXAM_MAKE_H
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/run.h"

// ---- what a database is made with
// What a database is made with.
typedef struct {
    Arena *arena; // of what comes out
    const WarehouseSpec *w;
    const Literals *literals; // of the reference
    const DataJudge *judge;
    uint64_t seed;
    bool story; // of what is chased: the rows of the base belong together, and lend in turn
} Making;

// ---- a witness, and the rules (witness.c)
// The witness of `wrong` as a whole database: what it leaves open is filled in. *made is false when
// no filling keeps the constraints.
MUST_USE bool witness_data(const Making *m, const ExamWrong *wrong, Data *out, bool *made,
                           Error *err);

// Whether all keys, checks and never rules hold.
MUST_USE bool witness_holds(const WarehouseSpec *w, const Data *data, const DataJudge *judge,
                            bool *holds, Error *err);

// ---- new databases out of old ones (slice.c, vary.c, grow.c, unite.c)
// All rows of `data` about one thing, with their parents; false when it has no things.
bool slice_data(Arena *a, const WarehouseSpec *w, const Data *data, uint64_t seed, Data *out);
// One to three changes; *made is false when those that were tried broke a rule.
MUST_USE bool vary_data(const Making *m, const Data *base, Data *out, bool *made, Error *err);
// All rows that belong to one thing once more, as another one's; false when that breaks a rule.
MUST_USE bool grow_data(const Making *m, const Data *base, Data *out, bool *made, Error *err);
// All parts in one, their keys kept apart; *made is false when that breaks a rule.
MUST_USE bool vary_unite(const Making *m, const Data *const *parts, size_t count, Data *out,
                         bool *made, Error *err);
// How many a fraction of the query asks for; 0 = it says none, or one that few rows show.
size_t crowd_rows(const Literals *l, uint64_t seed);
// Makes so many of the rows of each table that has them. Whether the rules hold is not asked.
void crowd(const WarehouseSpec *w, const Literals *l, size_t rows, Data *data);

// ---- the rows that a query asks for (chase.c)
// `copies` times one of each that it joins, which share some of their things; what is not asked for
// is as in `base`. *made is false when that breaks a rule or nothing is asked for.
MUST_USE bool chase_data(const Making *m, const SameTree *tree, const Data *base, size_t copies,
                         Data *out, bool *made, Error *err);

// ---- databases where the reference's result turns (edge.c)
// `base` with one cell moved to the last place before the reference shows something else, and to
// the first one behind. Whether the rules hold is not asked.
MUST_USE bool edge_data(Examinee *x, const SqlProgram *reference, const Making *m, const Data *base,
                        Data sides[2], bool *made, Error *err);
#endif
