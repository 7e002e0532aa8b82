// check: one answer, from its first run to its verdict.
//
// First the sample of the visible data, which shows errors and endless queries at once; then the
// tiny databases, the smallest first, so that the first difference is small before anything is
// taken away; then databases from the candidate's own literals, and the same rows in another
// order; then some thousand rows of the visible data, for what tiny databases are too small to
// hold. The first database that decides ends it.
#include "base/vec.h"
#include "exam/private.h"

enum {
    SETTLE_CASES = 16, // at most so many, the largest first, to tell whose column is whose
    PROBES = 10,       // databases that are run again in another order
    SLOW_FROM = 9,     // rows
    SLOW_MOST = 12,
    TOGETHER_MOST = 8, // databases
};

typedef struct {
    Examinee x;
    Arena *a;      // of the verdict
    Arena scratch; // of the candidate's own cases
    const ExamAnswer *answer;
    Paper *paper;
    SqlProgram program; // the answer as it runs
    Verdict *v;
    VEC(ReviewNote) notes;
    bool decided;
    const Data *found; // the results differ on it
    Data *failed;      // a tiny one, on which the answer stopped with an error
    Error over;        // the budget that the sample or the visible data went over
    const char *over_on;
    size_t slow; // databases that were too much for it
} Check;

// --- Verdicts that are not about rows ---

static void refuse(Check *c, const Error *why)
{
    Verdict *v = c->v;
    v->kind = error_is_limit(why->kind) ? VERDICT_LIMIT : VERDICT_ERROR;
    v->error = *why;
    v->why = str_copy(c->a, str_from(v->error.text));
    c->decided = true;
}

static void fail_answer(Check *c, QueryResult *r)
{
    exam_place(&c->program, c->answer->sql, r);
    refuse(c, &r->error);
}

static void note(Check *c, Str rule, Str message)
{
    *vec_push(c->a, &c->notes) = (ReviewNote){.rule = rule, .message = message};
}

static bool blame_reference(const ExamSpec *spec, const Error *why, Error *err)
{
    return error_at(err, why->kind, spec->answer_at.file, spec->answer_at.line,
                    spec->answer_at.column, "The reference answer does not run: %s", why->text);
}

// --- One database ---

static bool is_open(const Check *c)
{
    return !c->decided && !c->found;
}

// A difference counts where the reference gives the same in any order of the rows.
static bool weigh_result(Check *c, Case *k, const Table *actual, Error *err)
{
    Arena scratch = {0};
    bool same = run_compare(&c->x, &scratch, &k->expected, actual).kind == COMPARE_SAME;
    arena_free(&scratch);
    c->v->tried++;
    if (same) {
        c->v->agreed++;
        return true;
    }
    bool stable;
    if (!case_is_stable(&c->x, k, &stable, err)) return false;
    if (stable) {
        c->found = &k->data;
    } else {
        c->v->tried--;
        c->v->dropped++;
    }
    return true;
}

// An answer may compare all rows with all others and be right: a few databases, the larger ones,
// may be too much for it and decide nothing then.
static bool weigh_case(Check *c, Case *k, QueryResult *r, Error *err)
{
    bool may_be_slow = data_widest(&k->data) > SLOW_FROM && c->slow < SLOW_MOST;
    if (r->error.kind == ERROR_NONE) return weigh_result(c, k, &r->table, err);
    if (error_is_limit(r->error.kind) && may_be_slow) {
        c->slow++;
        c->over = r->error;
        c->over_on = "a larger one";
        return true;
    }
    fail_answer(c, r);
    if (c->v->kind == VERDICT_ERROR) {
        c->failed = arena_new(&c->scratch, Data);
        *c->failed = data_copy(&c->scratch, &k->data); // a case of its own goes away
    }
    return true;
}

// Some that stand side by side: they are run together, and decide one after the other.
static bool try_some(Check *c, Case *cases, size_t count, Error *err)
{
    Arena scratch = {0};
    Case **who = arena_array(&scratch, Case *, count);
    Str *images = arena_array(&scratch, Str, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (cases[i].state != CASE_READY) continue;
        images[n] = cases[i].image;
        who[n++] = &cases[i];
    }
    bool ok =
        run_each(&c->x, &scratch, (RunEach){&c->program, images, n, &EXAM_TINY}, results, err);
    for (size_t i = 0; ok && i < n && is_open(c); i++) ok = weigh_case(c, who[i], &results[i], err);
    arena_free(&scratch);
    return ok;
}

// The first ones alone, as most wrong answers end there; then more and more together.
static bool try_cases(Check *c, Paper *s, Case *cases, size_t count, Error *err)
{
    bool ok = true, load = s->spec->load.len > 0;
    for (size_t i = 0, n = 1; ok && i < count && is_open(c); i += n) {
        size_t most = load ? 1 : TOGETHER_MOST;
        n = i + 1 < most ? i + 1 : most;
        if (n > count - i) n = count - i;
        ok = cases_make(&c->x, s, cases + i, n, err) && try_some(c, cases + i, n, err);
    }
    return ok;
}

// --- Whose column is whose ---

static bool same_names(const Table *x, const Table *y)
{
    Arena scratch = {0};
    bool *taken = arena_array(&scratch, bool, y->width), same = x->width == y->width;
    for (size_t i = 0; i < x->width && same; i++) {
        same = false;
        for (size_t j = 0; j < y->width && !same; j++) {
            if (taken[j] || !str_eq_nocase(x->columns[i].name, y->columns[j].name)) continue;
            same = taken[j] = true;
        }
    }
    arena_free(&scratch);
    return same;
}

static bool is_identity(const size_t *column_of, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (column_of[i] != i) return false;
    }
    return true;
}

static void note_columns(Check *c, const Table *expected)
{
    StrList names = {arena_array(c->a, Str, expected->width), expected->width};
    for (size_t i = 0; i < expected->width; i++) names.at[i] = expected->columns[i].name;
    note(c, S("exam/columns"),
         str_fmt(c->a,
                 "Your columns were recognised by what they hold; name and order them as asked "
                 "for: " STR_FMT ".",
                 STR_ARG(str_join(c->a, names, S(", ")))));
}

// Takes over the assignment under which `actual` agrees on this database, if there is one.
static bool settle_on(Check *c, const Case *k, const Table *actual)
{
    size_t width = k->expected.width;
    if (actual->width != width || same_names(&k->expected, actual)) return true;
    if (!k->expected.rows) return false;
    Arena scratch = {0};
    Comparison d = run_compare(&c->x, &scratch, &k->expected, actual);
    bool settled = d.kind == COMPARE_SAME;
    if (settled) {
        size_t *column_of = arena_array(&c->scratch, size_t, width);
        for (size_t i = 0; i < width; i++) column_of[i] = d.column_of[i];
        c->x.column_of = column_of;
        if (!is_identity(column_of, width)) note_columns(c, &k->expected);
    }
    arena_free(&scratch);
    return settled;
}

static bool settle_with(Check *c, const Case *k, bool *settled, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_TINY}, &r, err);
    if (ok) *settled = r.error.kind != ERROR_NONE || settle_on(c, k, &r.table);
    arena_free(&scratch);
    return ok;
}

// An answer with other names is read by one assignment of its columns, the same on all databases.
// Large databases tell it: on small ones too many fit. `actual`: on the sample, or NULL.
static bool settle_columns(Check *c, const Table *actual, Error *err)
{
    Paper *s = c->paper;
    bool settled = s->spec->rule.columns != COLUMNS_BY_NAME_OR_POSITION;
    if (!settled && actual) settled = settle_on(c, &s->sample, actual);
    for (size_t i = 0; i < SETTLE_CASES && i < s->planned && !settled; i++) {
        Case *k = &s->cases[s->planned - 1 - i];
        if (!case_make(&c->x, s, k, err)) return false;
        if (k->state == CASE_READY && !settle_with(c, k, &settled, err)) return false;
    }
    return true;
}

// --- The databases in turn ---

// The first run of the answer: errors and endless queries show here.
static bool try_sample(Check *c, Error *err)
{
    Paper *s = c->paper;
    Case *k = &s->sample;
    if (!case_sample(&c->x, s, err)) return false;
    if (k->state == CASE_VOID) {
        bool over = error_is_limit(s->fault.kind); // the author's own is slow: then without it
        return over ? settle_columns(c, NULL, err) : blame_reference(s->spec, &s->fault, err);
    }
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_SAMPLE}, &r, err);
    if (ok && error_is_limit(r.error.kind)) {
        c->over = r.error; // decides nothing: it may be right on small data
        c->over_on = "a sample of the visible data";
    } else if (ok && r.error.kind != ERROR_NONE) {
        fail_answer(c, &r);
    } else if (ok) {
        ok = settle_columns(c, &r.table, err) && weigh_result(c, k, &r.table, err);
    }
    arena_free(&scratch);
    return ok;
}

static bool try_paper(Check *c, Error *err)
{
    return try_cases(c, c->paper, c->paper->cases, c->paper->planned, err);
}

// Databases that were kept because they tell some nearly right query from the reference.
static bool try_kept(Check *c, Error *err)
{
    Paper *s = c->paper;
    if (!rivals_search(&c->x, s, err)) return false;
    return try_cases(c, s, s->cases + s->planned, s->count - s->planned, err);
}

// An answer that agrees everywhere is looked at on databases of its own: its literals may be where
// the two queries part. Which ones depends on its text; the reference's own text needs none.
static bool try_own(Check *c, Error *err)
{
    if (str_eq(c->answer->sql, c->paper->reference)) return true;
    size_t count;
    Paper extra = paper_beside(c->paper);
    Case *cases = plan_for_answer(&c->scratch, c->paper, c->answer, &count);
    bool ok = try_cases(c, &extra, cases, count, err);
    if (c->found) {
        Data *kept_data = arena_new(&c->scratch, Data);
        *kept_data = data_copy(&c->scratch, c->found);
        c->found = kept_data;
    }
    arena_free(&extra.arena);
    return ok;
}

// An answer that agreed everywhere may owe it to the order of the rows.
static bool try_orders(Check *c, Error *err)
{
    Paper *s = c->paper;
    size_t probes = 0;
    for (size_t i = s->planned; i-- > 0 && probes < PROBES && is_open(c);) {
        const Case *k = &s->cases[i];
        if (k->state != CASE_READY || data_widest(&k->data) < 2 || i % 3) continue;
        probes++;
        for (RowOrder o = 0; o <= ORDER_LAST && is_open(c); o++) {
            Data *other = arena_new(&c->scratch, Data);
            bool differs;
            *other = order_rows(&c->scratch, &k->data, o);
            if (!run_differs(&c->x, other, &differs, err)) return false;
            if (differs) c->found = other;
        }
    }
    return true;
}

// Whether the reference stays the same where its own ties are broken by chance, too.
static bool reference_holds(Check *c, const Data *data, bool *holds, Error *err)
{
    const ExamSpec *spec = c->paper->spec;
    Arena scratch = {0};
    SqlProgram broken;
    SqlHome home = sql_at_home(spec->dialect);
    *holds = true;
    bool ok = true;
    if (tie_program(&scratch, spec, spec->answer, &home, &broken)) {
        Examinee x = c->x;
        x.answer = &broken;
        x.column_of = NULL;
        bool differs;
        ok = run_differs(&x, data, &differs, err);
        *holds = ok && !differs;
    }
    arena_free(&scratch);
    return ok;
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
    bool holds = false;
    if (ok && differs) ok = reference_holds(c, &k->data, &holds, err);
    if (holds) c->found = &k->data;
    return ok;
}

// An answer may owe it to the order in which this engine leaves tied rows.
static bool try_ties(Check *c, Error *err)
{
    const ExamSpec *spec = c->paper->spec;
    SqlProgram *broken = arena_new(&c->scratch, SqlProgram);
    SqlHome home = {.dialect = c->answer->dialect, .ambient = spec->dialect};
    if (spec->load.len) return true;
    if (!tie_program(&c->scratch, spec, c->answer->sql, &home, broken)) return true;
    c->x.lucky = c->x.answer;
    c->x.answer = broken;
    for (size_t i = 0; i < c->paper->count && is_open(c); i++) {
        const Case *k = &c->paper->cases[i];
        if (k->state != CASE_READY || data_widest(&k->data) < 2) continue;
        if (!try_tied_case(c, k, err)) return false;
    }
    if (is_open(c)) {
        c->x.answer = c->x.lucky;
        c->x.lucky = NULL;
    }
    return true;
}

// What the tiny databases are too small to hold shows here: ties far down, things done again after
// weeks. Only for an answer that has agreed everywhere, as this costs the most.
static bool try_visible(Check *c, Error *err)
{
    Case *k = &c->paper->visible;
    if (c->over.kind != ERROR_NONE) return true; // a sample of it was too much already
    if (!case_visible(&c->x, c->paper, err)) return false;
    if (k->state != CASE_READY) return true;
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(&c->x, &scratch, (Run){k->image, &c->program, &EXAM_VISIBLE}, &r, err);
    if (ok && error_is_limit(r.error.kind)) {
        c->over = r.error;
        c->over_on = "the visible data";
    } else if (ok && r.error.kind != ERROR_NONE) {
        fail_answer(c, &r);
    } else if (ok) {
        ok = weigh_result(c, k, &r.table, err);
    }
    arena_free(&scratch);
    return ok;
}

// --- Verdicts about rows ---

static Str size_words(Arena *a, const Counterexample *e)
{
    if (e->diff.kind == COMPARE_COLUMNS) return (Str){0}; // no database is needed to see it
    if (e->rows == 0) return S(" The empty database shows it already.");
    return str_fmt(a, " The smallest database that shows it has %zu row%s.", e->rows,
                   e->rows == 1 ? "" : "s");
}

static bool ends_in_order(const ExamAnswer *answer)
{
    Arena scratch = {0};
    SqlScript script;
    Error none;
    bool ordered = true; // whatever is not understood
    if (sql_parse(&scratch, answer->sql, answer->dialect, &script, &none) && script.root->count) {
        const SqlNode *last = script.root->child[script.root->count - 1];
        ordered = last->kind != NODE_QUERY || last->child[QUERY_ORDER];
    }
    arena_free(&scratch);
    return ordered;
}

// How an answer is wrong that gives what is expected only as the rows happen to lie.
static const char *by_luck(const Check *c, const Counterexample *e)
{
    if (e->diff.kind == COMPARE_ORDER && !ends_in_order(c->answer))
        return "nondeterministic: an order is asked for and your query does not end in ORDER BY, "
               "so "
               "its rows may come in any.";
    return c->x.lucky ? "nondeterministic: rows tie in your order, and nothing says which comes "
                        "first; this is what it may show on another day."
                      : "nondeterministic: with the same rows in another order your answer is "
                        "right, as they stand it is not.";
}

static bool refute(Check *c, Error *err)
{
    Verdict *v = c->v;
    Data few, small;
    v->kind = VERDICT_WRONG;
    v->why = S("Your answer differs.");
    if (!shrink_rows(&c->x, &c->scratch, c->found, &few, err) ||
        !shrink_elsewhere(&c->x, c->paper, &c->scratch, &few, err)) {
        return false;
    }
    if (!simplify_values(&c->x, &c->scratch, &few, &small, err)) return false;
    if (!proof_make(&c->x, c->a, &small, &v->counterexample, &v->has_counterexample, err)) {
        return false;
    }
    if (!v->has_counterexample) {
        v->counterexample = (Counterexample){0};
        return true;
    }
    const Counterexample *e = &v->counterexample;
    bool alike = !e->unstable && e->diff.kind != COMPARE_COLUMNS;
    if (alike && !diagnose(&c->x, c->paper, c->answer, &small, &v->diagnosis, err)) return false;
    v->diagnosis = str_copy(c->a, v->diagnosis);
    if (alike && !astray(&c->x, c->a, c->paper, c->answer, &small, v, err)) return false;
    Str size = size_words(c->a, e);
    const char *how = e->unstable ? by_luck(c, e) : "Your answer differs.";
    v->why = str_fmt(c->a, "%s " STR_FMT STR_FMT, how, STR_ARG(e->diff.why), STR_ARG(size));
    return true;
}

// An answer that runs and stops on rows that may come: the fewest of them.
static bool show_failure(Check *c, Error *err)
{
    Verdict *v = c->v;
    Data few, small;
    c->x.fails = true;
    if (!shrink_rows(&c->x, &c->scratch, c->failed, &few, err)) return false;
    if (!simplify_values(&c->x, &c->scratch, &few, &small, err)) return false;
    if (!proof_make(&c->x, c->a, &small, &v->counterexample, &v->has_counterexample, err)) {
        return false;
    }
    if (!v->has_counterexample) v->counterexample = (Counterexample){0};
    return true;
}

static bool reference_says_nothing(const Paper *s)
{
    bool any = s->sample.expected.rows || s->visible.expected.rows;
    for (size_t i = 0; i < s->count && !any; i++) any = s->cases[i].expected.rows > 0;
    return !any;
}

// To agree on nothing is no answer: any query that never gives a row does.
static void refuse_question(Check *c)
{
    Error why = {0};
    const ExamSpec *spec = c->paper->spec;
    error_at(&why, ERROR_INPUT, spec->answer_at.file, spec->answer_at.line, spec->answer_at.column,
             "This question could not be examined, which is no fault of yours: on all %zu "
             "databases that were tried its reference gives no row, nor does your answer.",
             c->v->tried);
    refuse(c, &why);
}

static bool accept(Check *c, Error *err)
{
    Paper *s = c->paper;
    if (s->void_count * 2 > s->planned || !c->v->tried) {
        return blame_reference(s->spec, &s->fault, err);
    }
    if (reference_says_nothing(s)) {
        refuse_question(c);
        return true;
    }
    c->v->kind = VERDICT_RIGHT;
    c->v->why = str_fmt(c->a, "Your answer agrees with the reference on all %zu databases tried.",
                        c->v->tried);
    if (c->over.kind != ERROR_NONE) {
        note(c, S("exam/over-budget"),
             str_fmt(c->a, "Right on small data, but on %s: %s", c->over_on, c->over.text));
    }
    return true;
}

// Collation and the order of NULLs are the reference's: where only they differ, nobody is wrong.
static bool compile(Check *c, Error *why)
{
    const ExamSpec *spec = c->paper->spec;
    SqlHome home = {.dialect = c->answer->dialect, .ambient = spec->dialect};
    if (!exam_compile(c->a, spec->warehouse, c->answer->sql, &home, &c->program, why)) return false;
    for (size_t i = 0; i < c->program.note_count; i++) {
        const SqlNote *n = &c->program.notes[i];
        *vec_push(c->a, &c->notes) =
            (ReviewNote){S("sql/dialect"), (int)n->line, (int)n->column, n->text};
    }
    return true;
}

static void add_review(Check *c)
{
    size_t count;
    const ReviewNote *notes =
        review_answer(c->a, c->paper->spec->warehouse, c->answer->sql, c->answer->dialect, &count);
    for (size_t i = 0; i < count; i++) *vec_push(c->a, &c->notes) = notes[i];
}

static bool examine(Check *c, Error *err)
{
    Error why;
    if (c->paper->unfit.kind != ERROR_NONE) {
        return blame_reference(c->paper->spec, &c->paper->unfit, err);
    }
    if (!compile(c, &why)) {
        refuse(c, &why);
        return true;
    }
    if (!try_sample(c, err)) return false;
    if (c->decided) return true;
    // A difference on the sample waits: a tiny database that shows it is easier to read.
    const Data *large = c->found;
    c->found = NULL;
    bool ok = try_paper(c, err);
    if (ok && is_open(c) && !large) ok = try_kept(c, err);
    if (ok && is_open(c) && !large) ok = try_own(c, err);
    if (ok && is_open(c) && !large) ok = try_orders(c, err);
    if (ok && is_open(c) && !large) ok = try_ties(c, err);
    if (ok && is_open(c) && !large) ok = try_visible(c, err);
    if (ok && c->failed) return show_failure(c, err);
    if (!ok || c->decided) return ok;
    if (!c->found) c->found = large;
    return c->found ? refute(c, err) : accept(c, err);
}

bool exam_check(ExamBank *bank, Arena *a, const ExamSpec *spec, const ExamAnswer *answer,
                Verdict *out, Error *err)
{
    *out = (Verdict){.dialect = answer->dialect};
    Paper *paper = bank_paper(bank, spec, answer);
    Check c = {.a = a, .answer = answer, .paper = paper, .v = out};
    c.x = (Examinee){.q = bank_worker(bank),
                     .spec = spec,
                     .reference = &paper->program,
                     .answer = &c.program,
                     .w = &paper->w};
    bool ok = examine(&c, err);
    if (ok && (out->kind == VERDICT_RIGHT || out->kind == VERDICT_WRONG)) add_review(&c);
    out->review = c.notes.at;
    out->review_count = c.notes.len;
    out->elapsed_ms = c.x.spent_ms;
    arena_free(&c.scratch);
    bool elsewhere = ok && out->kind == VERDICT_WRONG;
    return elsewhere ? worlds_ask(bank, a, spec, answer, out, err) : ok;
}
