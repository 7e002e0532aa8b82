// another: of a wrong answer, a database that shows the difference for another reason.
//
// What a database turns on is found by experiment: where a NULL becomes a value, or equal values
// become unequal, and the two results then are the same, that was the reason. The databases on
// which the answer differs are looked through in the exam's order; rows that would show a reason
// already seen are taken out first, where the difference survives it. All of it is counted, so the
// same answer, seed and reasons seen give the same database.
#include "exam/shrink/another.h"
#include "exam/bank.h"
#include "exam/data/literals/literals.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/private.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"
#include <assert.h>

enum { SHRINKS_MOST = 24 };

static const struct {
    const char *name, *words;
} turns[] = {
    [TURN_NOTHING] = {"nothing", "with no rows at all"},
    [TURN_NULL] = {"null", "it turns on a NULL"},
    [TURN_TIE] = {"tie", "it turns on equal values"},
    [TURN_EDGE] = {"edge", "it turns on a value that lies exactly on a limit of the query"},
    [TURN_LONELY] = {"lonely", "it turns on a row that has no partner in another table"},
    [TURN_PLAIN] = {"plain", "no NULL, no tie and no value on a limit is needed"},
};
static_assert(sizeof turns / sizeof *turns == TURN_COUNT_, "name every turn");

const char *turn_name(Turn t)
{
    return turns[t].name;
}

const char *turn_words(Turn t)
{
    return turns[t].words;
}

// ---- the search

typedef struct {
    Probe p;
    const ExamAnswer *answer;
    unsigned seen;
    unsigned barred; // turns that the database at hand is to be made small without …
    unsigned wanted; // … and one that it is to keep; 0 = any
    size_t shrinks;
    ExamAnother *out;
} Search;

static bool is_barred(const void *ctx, const Data *data)
{
    const Search *s = ctx;
    if (s->wanted && !turn_is_shown(&s->p, data, s->wanted)) return true;
    return turn_is_shown(&s->p, data, s->barred);
}

static bool is_new(const Search *s, Turn t)
{
    return !(s->seen >> t & 1);
}

// Makes it small and plain; keeps it when it turns on something new.
static bool weigh(Search *s, Arena *a, const Data *found, Error *err)
{
    Arena scratch = {0};
    Data few, small;
    Turn turn = TURN_PLAIN;
    bool shown = false;
    Examinee guarded = *s->p.x;
    guarded.veto = is_barred;
    guarded.veto_ctx = s;
    s->shrinks++;
    bool ok = shrink_rows(&guarded, &scratch, found, &few, err) &&
              simplify_values(&guarded, &scratch, &few, &small, err) &&
              turn_of(&s->p, &small, &turn, err);
    bool asked_for = !s->wanted || s->wanted == 1u << turn;
    if (ok && asked_for && is_new(s, turn)) {
        ok = proof_make(s->p.x, a, &small, &s->out->counterexample, &shown, err);
    }
    shown = shown && !s->out->counterexample.unstable;
    if (ok && shown) {
        s->out->found = true;
        s->out->turn = turn;
        s->out->seen = s->seen | 1u << turn;
    }
    arena_free(&scratch);
    return ok;
}

static bool try_without(Search *s, Arena *a, const Data *data, Error *err)
{
    Arena scratch = {0};
    Data rest;
    bool differs = false, ok = true;
    if (turn_take_out(&s->p, &scratch, data, s->seen, &rest)) {
        ok = run_differs(s->p.x, &rest, &differs, err);
    }
    s->barred = s->seen;
    if (ok && differs && !is_barred(s, &rest)) ok = weigh(s, a, &rest, err);
    arena_free(&scratch);
    return ok;
}

static bool try_case(Search *s, Arena *a, Case *c, Error *err)
{
    bool differs = false;
    if (!case_make(s->p.x, s->p.paper, c, err)) return false;
    if (c->state == CASE_READY && !run_differs(s->p.x, &c->data, &differs, err)) return false;
    if (!differs) return true;
    if (!try_without(s, a, &c->data, err)) return false;
    s->barred = s->seen & (1u << TURN_NOTHING | 1u << TURN_LONELY);
    return s->out->found || is_barred(s, &c->data) || weigh(s, a, &c->data, err);
}

static bool pass(Search *s, Arena *a, unsigned wanted, Error *err)
{
    Paper *paper = s->p.paper;
    s->shrinks = 0;
    for (size_t i = 0; i < paper->count && s->shrinks < SHRINKS_MOST && !s->out->found; i++) {
        s->wanted = wanted;
        if (!try_case(s, a, &paper->cases[i], err)) return false;
    }
    return true;
}

// What can be kept on purpose is looked for first: rows are taken away until the plainest reason is
// left, and it would be that one every time.
static bool search(Search *s, Arena *a, Error *err)
{
    static const Turn kept[] = {TURN_TIE, TURN_NULL};
    for (size_t i = 0; i < sizeof kept / sizeof *kept && !s->out->found; i++) {
        if (is_new(s, kept[i]) && !pass(s, a, 1u << kept[i], err)) return false;
    }
    return s->out->found || pass(s, a, 0, err);
}

// ---- the first one, from the verdict

static Data data_of(Arena *a, const WarehouseSpec *w, const Counterexample *x)
{
    Data d = {arena_array(a, Table, w->table_count), w->table_count};
    for (size_t t = 0; t < w->table_count; t++) {
        const TableSpec *spec = &w->tables[t];
        d.tables[t].width = spec->width;
        d.tables[t].columns = arena_array(a, Column, spec->width);
        for (size_t c = 0; c < spec->width; c++) {
            d.tables[t].columns[c] = (Column){spec->columns[c].name, spec->columns[c].type};
        }
        for (size_t i = 0; i < x->table_count; i++) {
            bool same = str_eq(x->tables[i].name, spec->name);
            if (same) d.tables[t] = x->tables[i].table;
        }
    }
    return d;
}

static bool may_have_another(const Verdict *v)
{
    const Counterexample *x = &v->counterexample;
    return v->kind == VERDICT_WRONG && v->has_counterexample && x->actual.width && !x->unstable &&
           x->diff.kind != COMPARE_COLUMNS;
}

bool exam_another(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                  unsigned seen, ExamAnother *out, Error *err)
{
    Verdict first;
    *out = (ExamAnother){.seen = seen};
    if (!exam_check(bank, a, spec, answer, &first, err)) return false;
    if (!may_have_another(&first)) return true;
    Paper *paper = bank_paper(bank, spec, answer);
    SqlProgram program;
    SqlHome home = {.dialect = answer->dialect, .ambient = spec->dialect};
    if (!exam_compile(a, spec->warehouse, answer->sql, &home, &program, err)) return false;
    Examinee x = {.q = bank_worker(bank),
                  .spec = spec,
                  .reference = &paper->program,
                  .ties = &paper->ties,
                  .answer = &program,
                  .w = &paper->w,
                  .column_of = first.counterexample.diff.column_of};
    Ties ties = ties_of_wrong(a, spec, answer->sql, &home);
    x.answer_ties = &ties;
    x.firm = true; // the first one hung on no order, nor shall this
    Search s = {.p = {.x = &x, .paper = paper, .literals = {0}},
                .answer = answer,
                .seen = seen,
                .out = out};
    s.p.literals =
        literals_both(a, &paper->literals, literals_find(a, answer->sql, answer->dialect));
    Data shown = data_of(a, &paper->w, &first.counterexample);
    Turn turn;
    if (!case_sample(&x, paper, err) || !turn_of(&s.p, &shown, &turn, err)) return false;
    s.seen |= 1u << turn;
    out->seen = s.seen;
    return rivals_search(&x, paper, err) && search(&s, a, err);
}

// ---- as bytes

void another_wire(Buf *b, const ExamAnother *v)
{
    wire_u8(b, v->found);
    wire_u8(b, (uint8_t)v->turn);
    wire_u32(b, v->seen);
    if (v->found) wire_counterexample(b, &v->counterexample);
}

bool another_read(Arena *a, Wire *w, ExamAnother *out)
{
    *out = (ExamAnother){.found = wire_get_enum(w, 2) != 0};
    out->turn = (Turn)wire_get_enum(w, TURN_COUNT_);
    out->seen = wire_get_u32(w);
    if (out->seen >> TURN_COUNT_) w->bad = true;
    if (out->found) out->counterexample = wire_get_counterexample(a, w);
    if (w->bad) *out = (ExamAnother){0};
    return !w->bad;
}
