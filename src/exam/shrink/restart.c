// restart: where taking rows away leaves many, other databases that show the difference are made
// small too, and the smallest is shown.
//
// A row that cannot go may only be there because of how this database came about: a group that
// needs three members here needs one elsewhere. Counted, so the result is the same everywhere.
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"

enum { FEW_ENOUGH = 4, KILLERS_MOST = 16 };

// Keeps the smaller of two.
static bool weigh(Examinee *x, Arena *a, const Data *found, Data *least, Error *err)
{
    Arena scratch = {0};
    Data few;
    bool ok = shrink_rows(x, &scratch, found, &few, err);
    if (ok && data_rows(&few) < data_rows(least)) *least = data_copy(a, &few);
    arena_free(&scratch);
    return ok;
}

bool shrink_elsewhere(Examinee *x, Paper *s, Arena *a, Data *least, Error *err)
{
    if (s->spec->load.len) return true; // each run of a load is many
    size_t killers = 0;
    for (size_t i = 0; i < s->planned && killers < KILLERS_MOST; i++) {
        Case *c = &s->cases[i];
        bool differs;
        if (data_rows(least) <= FEW_ENOUGH) return true;
        if (!case_make(x, s, c, err)) return false;
        if (c->state != CASE_READY || data_rows(&c->data) <= FEW_ENOUGH) continue;
        if (!run_differs(x, &c->data, &differs, err)) return false;
        if (!differs) continue;
        killers++;
        if (!weigh(x, a, &c->data, least, err)) return false;
    }
    return true;
}
