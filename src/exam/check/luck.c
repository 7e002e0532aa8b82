// luck: whether an answer owes it to chance that it agreed: to the order of the rows, or to the
// order in which this engine leaves tied rows.
#include "exam/check/check.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { PROBES = 10 }; // databases that are run again in another order

// An answer that agreed everywhere may owe it to the order of the rows.
bool check_orders(Check *c, Error *err)
{
    Paper *s = c->paper;
    size_t probes = 0;
    for (size_t i = s->planned; i-- > 0 && probes < PROBES && check_is_open(c);) {
        const Case *k = &s->cases[i];
        if (k->state != CASE_READY || data_widest(&k->data) < 2 || i % 3) continue;
        probes++;
        for (RowOrder o = 0; o <= ORDER_LAST && check_is_open(c); o++) {
            Data *other = arena_new(&c->scratch, Data);
            bool differs;
            *other = order_rows(&c->scratch, &k->data, o);
            if (!run_differs(&c->x, other, &differs, err)) return false;
            if (differs) c->found = other;
        }
    }
    return true;
}

// Whether it gives something else on this case with its ties broken by chance, and the reference
// does not.
static bool try_tied_case(Check *c, const Case *k, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, c->x.answer, &EXAM_SAMPLE}, &r, err);
    bool differs = ok && r.error.kind == ERROR_NONE &&
                   run_compare(&c->x, &scratch, &k->expected, &r.table).kind != COMPARE_SAME;
    arena_free(&scratch);
    if (differs) ok = run_differs(&c->x, &k->data, &differs, err);
    if (ok && differs) c->found = &k->data;
    return ok;
}

// An answer may owe it to the order in which this engine leaves tied rows.
bool check_ties(Check *c, Error *err)
{
    const ExamSpec *spec = c->paper->spec;
    SqlProgram *broken = arena_new(&c->scratch, SqlProgram);
    SqlHome home = {.dialect = c->answer->dialect, .ambient = c->ambient};
    if (spec->load.len) return true;
    if (!tie_program(&c->scratch, spec, c->answer->sql, &home, broken)) return true;
    c->x.lucky = c->x.answer;
    c->x.answer = broken;
    for (size_t i = 0; i < c->paper->count && check_is_open(c); i++) {
        const Case *k = &c->paper->cases[i];
        if (k->state != CASE_READY || data_widest(&k->data) < 2) continue;
        if (!try_tied_case(c, k, err)) return false;
    }
    if (check_is_open(c)) {
        c->x.answer = c->x.lucky;
        c->x.lucky = NULL;
    }
    return true;
}
