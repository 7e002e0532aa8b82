// shrink: the smallest database on which two queries differ, shown with its proof.
#ifndef EXAM_SHRINK_H
#define EXAM_SHRINK_H
#include "exam/paper.h"

// ---- fewer rows (shrink.c, move.c)
// `data` differs. Takes rows away while the difference stays and the constraints hold.
MUST_USE bool shrink_rows(Examinee *x, Arena *a, const Data *data, Data *out, Error *err);
// `least` is small; goes on from others of the drill's databases where it could be smaller.
MUST_USE bool shrink_elsewhere(Examinee *x, Paper *s, Arena *a, Data *least, Error *err);
// Where none can go alone, one goes and another changes with it.
MUST_USE bool shrink_moves(Examinee *x, Arena *a, Data *least, Error *err);
// One beside `data`, with one cell changed, on which they differ; *found is false when none does.
MUST_USE bool shrink_beside(Examinee *x, Arena *a, Data *data, bool *found, Error *err);

// ---- plainer values (simplify.c)
// Then makes what is left plainer: numbers of things from 1, and values a person would write.
MUST_USE bool simplify_values(Examinee *x, Arena *a, const Data *data, Data *out, Error *err);

// ---- the proof (proof.c)
// *shown is false when the difference is not there any more.
MUST_USE bool proof_make(Examinee *x, Arena *a, const Data *data, Counterexample *out, bool *shown,
                         Error *err);
#endif
