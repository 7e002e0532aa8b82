// rounds: the databases that an answer meets: the sample, the drill's, its own, the visible data.
#include "exam/bank.h"
#include "exam/check/check.h"
#include "exam/data/rows.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

// The first run of the answer: errors and endless queries show here.
bool check_sample(Check *c, Error *err)
{
    Paper *s = c->paper;
    Case *k = &s->sample;
    if (!case_sample(&c->x, s, err)) return false;
    if (k->state == CASE_VOID) {
        // The author's own is slow, or stops on a word where it reads numbers: then without it.
        bool over = error_is_limit(s->fault.kind) || s->fault.kind == ERROR_RUNTIME;
        return over ? check_columns(c, NULL, err) : check_blame(s->spec, &s->fault, err);
    }
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_SAMPLE}, &r, err);
    if (ok && error_is_limit(r.error.kind)) {
        c->over = r.error; // decides nothing: it may be right on small data
        c->over_on = "a sample of the visible data";
    } else if (ok && r.error.kind == ERROR_RUNTIME && s->casts.len) {
        ok = check_columns(c, NULL, err); // on texts that the visible data may not hold
    } else if (ok && r.error.kind != ERROR_NONE) {
        check_fail(c, &r);
    } else if (ok) {
        ok = check_columns(c, &r.table, err);
        bool same = ok && run_compare(&c->x, &scratch, &k->expected, &r.table).kind == COMPARE_SAME;
        c->v->tried++;
        c->v->agreed += same;
        if (!same) c->found = &k->data;
    }
    arena_free(&scratch);
    return ok;
}

// No tiny database shows it: then the one on the sample counts, if the reference is stable there.
bool check_sample_stands(Check *c, const Data **large, Error *err)
{
    bool stable;
    if (!case_is_stable(&c->x, &c->paper->sample, &stable, err)) return false;
    if (stable) return true;
    *large = NULL;
    c->v->tried--;
    c->v->dropped++;
    return true;
}

bool check_paper(Check *c, Error *err)
{
    return check_cases(c, c->paper, c->paper->cases, c->paper->planned, err);
}

// Databases that were kept because they tell some nearly right query from the reference.
bool check_kept(Check *c, Error *err)
{
    Paper *s = c->paper;
    if (!rivals_search(&c->x, s, err)) return false;
    return check_cases(c, s, s->cases + s->planned, s->count - s->planned, err);
}

// An answer that agrees everywhere is looked at on databases of its own: its literals may be where
// the two queries part. Which ones depends on its text; the reference's own text needs none.
bool check_own(Check *c, Error *err)
{
    if (str_eq(c->answer->sql, c->paper->reference)) return true;
    size_t count;
    Paper extra = paper_beside(c->paper);
    Case *cases = plan_for_answer(&c->scratch, c->paper, c->answer, &count);
    bool ok = check_cases(c, &extra, cases, count, err);
    if (c->found) {
        Data *kept_data = arena_new(&c->scratch, Data);
        *kept_data = data_copy(&c->scratch, c->found);
        c->found = kept_data;
    }
    arena_free(&extra.arena);
    return ok;
}

// What the tiny databases are too small to hold shows here: ties far down, things done again after
// weeks. Only for an answer that has agreed everywhere, as this costs the most.
bool check_visible(Check *c, Error *err)
{
    Case *k = &c->paper->visible;
    if (c->over.kind != ERROR_NONE) return true; // a sample of it was too much already
    if (!case_visible(&c->x, c->paper, err)) return false;
    bool known = k->image.ptr == c->paper->sample.image.ptr; // it is the sample
    if (k->state != CASE_READY || known) return true;
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_VISIBLE}, &r, err);
    if (ok && error_is_limit(r.error.kind)) {
        c->over = r.error;
        c->over_on = "the visible data";
    } else if (ok && r.error.kind != ERROR_NONE) {
        check_fail(c, &r);
    } else if (ok) {
        ok = check_weigh(c, k, &r.table, err);
    }
    arena_free(&scratch);
    return ok;
}
