// break: which query is shown, and what the candidate's rows do to it.
#include "base/rng.h"
#include "base/vec.h"
#include "exam/breaking/break_private.h"
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

// --- Which query ---

typedef struct {
    ExamBank *bank;
    Arena *a;
    const ExamSpec *spec;
    uint64_t seed;
} Draw;

static uint64_t drawn(const Draw *d, uint64_t stream, uint64_t below)
{
    return below ? rng_at(d->seed ^ str_hash(d->spec->answer), stream, 0) % below : 0;
}

static bool examine(const Draw *d, Str sql, Verdict *v, Error *err)
{
    ExamAnswer answer = {.sql = sql, .dialect = d->spec->dialect, .seed = d->seed};
    return exam_check(d->bank, d->a, d->spec, &answer, v, err);
}

// Rows must be able to show it: no query with other columns, and none that hangs on luck.
static bool can_be_broken(const Verdict *v)
{
    const Counterexample *x = &v->counterexample;
    return v->kind == VERDICT_WRONG && v->has_counterexample && x->rows &&
           x->diff.kind != COMPARE_COLUMNS && !x->unstable;
}

typedef struct {
    Str sql, why;
} Suspect;
typedef VEC(Suspect) Suspects;

static bool find_suspects(const Draw *d, Suspects *out, size_t *authors, Error *err)
{
    const ExamSpec *spec = d->spec;
    for (size_t i = 0; i < spec->wrong_count; i++) {
        Str sql;
        if (!exam_wrong_sql(d->a, spec, &spec->wrong[i], &sql, err)) return false;
        *vec_push(d->a, out) = (Suspect){sql, spec->wrong[i].why};
    }
    *authors = out->len;
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants m = mutants_find(d->a, spec->answer, spec->dialect, ordered);
    for (size_t i = 0; i < m.len; i++) {
        Str why = str_fmt(d->a, "It behaves as if " STR_FMT ".", STR_ARG(m.at[i].words));
        *vec_push(d->a, out) = (Suspect){m.at[i].sql, why};
    }
    return true;
}

// Half of the time an author's mistake, else a mutant; the next one where the exam knows no rows
// that break it.
static bool draw_wrong(const Draw *d, BreakCase *out, bool *found, Error *err)
{
    Suspects all = {0};
    size_t authors;
    if (!find_suspects(d, &all, &authors, err)) return false;
    bool by_author = authors && drawn(d, AUTHORS_STREAM, 2) == 0;
    size_t from = by_author ? 0 : authors, count = by_author ? authors : all.len - authors;
    size_t first = from + (size_t)drawn(d, PICK_STREAM, count);
    *found = false;
    for (size_t i = 0; i < all.len && i < TRIES_MOST && !*found; i++) {
        const Suspect *s = &all.at[(first + i) % all.len];
        *out = (BreakCase){.sql = s->sql, .why = s->why};
        if (!examine(d, s->sql, &out->own, err)) return false;
        *found = can_be_broken(&out->own);
    }
    return true;
}

static bool draw_right(const Draw *d, BreakCase *out, Error *err)
{
    const ExamSpec *spec = d->spec;
    *out = (BreakCase){.holds = true, .sql = spec->answer};
    size_t n = spec->also_right.len, at = (size_t)drawn(d, PICK_STREAM, n + 1);
    if (at < n) out->sql = spec->also_right.at[at];
    if (!examine(d, out->sql, &out->own, err)) return false;
    if (out->own.kind == VERDICT_RIGHT) return true;
    out->sql = spec->answer;
    return examine(d, out->sql, &out->own, err);
}

bool exam_break_draw(ExamBank *bank, Arena *a, const ExamSpec *spec, uint64_t seed, BreakCase *out,
                     Error *err)
{
    Draw d = {bank, a, spec, seed};
    bool found = false;
    if (drawn(&d, HOLD_STREAM, HOLD_ONE_IN) && !draw_wrong(&d, out, &found, err)) return false;
    return found || draw_right(&d, out, err);
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
        v->why = str_fmt(j->a, "Nothing breaks this one: " STR_FMT ".", STR_ARG(agreed_words(j)));
    } else {
        v->kind = BREAK_SAME;
        v->why = str_fmt(j->a,
                         "Both queries give the same on these rows; other rows break it, and "
                         "the smallest database that does has " STR_FMT ".",
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
