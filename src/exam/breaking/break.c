// break: which query is shown, and what the candidate's rows do to it.
#include "base/rng.h"
#include "base/vec.h"
#include "exam/bank.h"
#include "exam/breaking/break_private.h"
#include "exam/paper.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"
#include <assert.h>

enum { HOLD_ONE_IN = 4, TRIES_MOST = 12, AUTHORS_STREAM = 0xb4ea, PICK_STREAM, HOLD_STREAM };

static const char *const names[] = {
    [BREAK_BROKEN] = "broken",
    [BREAK_HELD] = "held",
    [BREAK_SAME] = "same",
    [BREAK_UNDECIDED] = "undecided",
    [BREAK_IMPOSSIBLE] = "impossible",
    [BREAK_MISSED] = "missed",
    [BREAK_INVALID] = "invalid",
    [BREAK_FAILED] = "failed",
};
static_assert(sizeof names / sizeof *names == BREAK_COUNT_, "name every end");

const char *break_name(BreakKind k)
{
    return names[k];
}

bool break_is_end(BreakKind k)
{
    return k == BREAK_BROKEN || k == BREAK_HELD || k == BREAK_MISSED;
}

// --- What the rows do ---

typedef struct {
    ExamBank *bank;
    Arena *a;
    const ExamSpec *spec;
    const BreakCase *c;
    BreakVerdict *out;
} Judge;

static Str rows_of(Arena *a, size_t n)
{
    return str_fmt(a, "%zu row%s", n, n == 1 ? "" : "s");
}

static Str agreed_words(const Judge *j)
{
    return str_fmt(j->a, "it agrees with the reference on all %zu databases tried",
                   j->c->own.tried);
}

static void judge_held(Judge *j)
{
    BreakVerdict *v = j->out;
    if (j->c->holds) {
        v->kind = BREAK_HELD;
        v->why = str_fmt(j->a, "It holds: " STR_FMT ".", STR_ARG(agreed_words(j)));
        return;
    }
    v->kind = BREAK_MISSED;
    v->why = str_fmt(j->a, "It does not hold: " STR_FMT " break%s it.",
                     STR_ARG(rows_of(j->a, v->least)), v->least == 1 ? "s" : "");
}

// The comparison speaks to whoever wrote the query; here that is somebody else.
static Str its(Arena *a, Str why)
{
    if (!str_starts(why, S("Your "))) return why;
    return str_fmt(a, "Its " STR_FMT, STR_ARG(str_slice(why, 5, why.len)));
}

static void judge_run(Judge *j, bool differs, bool stable)
{
    BreakVerdict *v = j->out;
    Str used = rows_of(j->a, v->run.rows);
    if (differs && !stable) {
        v->kind = BREAK_UNDECIDED;
        v->why = S("With these rows even the reference hangs on the order in which they are "
                   "stored, so they decide nothing. Take the tie away.");
    } else if (differs) {
        v->kind = BREAK_BROKEN;
        Str least = v->least ? str_fmt(j->a, "; the smallest has %zu", v->least) : (Str){0};
        v->why = str_fmt(j->a, "Broken with " STR_FMT STR_FMT ". " STR_FMT, STR_ARG(used),
                         STR_ARG(least), STR_ARG(its(j->a, v->run.diff.why)));
    } else if (j->c->holds) {
        v->kind = BREAK_IMPOSSIBLE;
        v->why = str_fmt(j->a,
                         "These rows do not break it, and none do: the query holds. Both give the "
                         "same here, and " STR_FMT ". The answer was: holds.",
                         STR_ARG(agreed_words(j)));
    } else {
        v->kind = BREAK_SAME;
        v->why = str_fmt(j->a,
                         "These rows do not break it: both queries give the same on them. Other "
                         "rows do, and the smallest database that breaks it has " STR_FMT ".",
                         STR_ARG(rows_of(j->a, v->least)));
    }
}

static void judge_fault(Judge *j, BreakKind kind)
{
    j->out->kind = kind;
    j->out->why = str_copy(j->a, str_from(j->out->fault.text));
}

static bool run_both(Judge *j, Examinee *x, const Data *data, Error *err)
{
    BreakVerdict *v = j->out;
    QueryResult r;
    Str image = warehouse_image(j->a, x->w, data);
    const SqlProgram *programs[] = {x->reference, x->answer};
    for (size_t i = 0; i < 2; i++) {
        if (!run_on(x, j->a, (Run){image, programs[i], &EXAM_SAMPLE}, &r, err)) return false;
        if (r.error.kind == ERROR_NONE) continue;
        v->fault = r.error;
        v->fault.line = v->fault.column = 0;
        judge_fault(j, BREAK_FAILED);
        return true;
    }
    bool differs, stable = true;
    if (!proof_make(x, j->a, data, &v->run, &differs, err)) return false;
    v->has_run = true;
    if (differs && !run_is_stable(x, data, &v->run.expected, &stable, err)) return false;
    judge_run(j, differs, stable);
    return true;
}

static bool judge_rows(Judge *j, Str text, uint64_t seed, Error *err)
{
    const ExamSpec *spec = j->spec;
    ExamAnswer shown = {.sql = j->c->sql, .dialect = spec->dialect, .seed = seed};
    Paper *paper = bank_paper(j->bank, spec, &shown);
    SqlProgram program;
    SqlHome home = sql_at_home(spec->dialect);
    BreakRows rows;
    if (!break_rows_read(j->a, &paper->w, text, &rows, &j->out->fault)) {
        judge_fault(j, BREAK_INVALID);
        return true;
    }
    if (!exam_compile(j->a, spec->warehouse, j->c->sql, &home, &program, err)) return false;
    DataJudge conditions = exam_judge(bank_worker(j->bank));
    BreakFill how = {&rows, &conditions, seed};
    Data data;
    bool fits;
    if (!break_fit(j->a, &paper->w, &how, &data, &fits, &j->out->fault, err)) return false;
    if (!fits) {
        judge_fault(j, BREAK_INVALID);
        return true;
    }
    Examinee x = {.q = bank_worker(j->bank),
                  .spec = spec,
                  .reference = &paper->program,
                  .ties = &paper->ties,
                  .answer = &program,
                  .w = &paper->w};
    return run_both(j, &x, &data, err);
}

bool exam_break_judge(ExamBank *bank, Arena *a, const ExamSpec *spec, const BreakCase *c, Str text,
                      uint64_t seed, BreakVerdict *out, Error *err)
{
    *out = (BreakVerdict){0};
    if (!c->holds) out->least = c->own.counterexample.rows;
    Judge j = {bank, a, spec, c, out};
    if (!break_says_holds(text)) return judge_rows(&j, text, seed, err);
    judge_held(&j);
    return true;
}
