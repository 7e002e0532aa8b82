// break_draw: which query is shown. A seed gives a series of them, one turn after the other: one in
// four is right, each wrong one makes another mistake than all before it, and as long as there is
// one left, of another kind. When no mistake is left, the series begins anew.
#include "base/check.h"
#include "base/rng.h"
#include "base/vec.h"
#include "exam/bank.h"
#include "exam/breaking/break_private.h"
#include "exam/mutate/mutants.h"
#include "exam/run.h"
#include <stdlib.h>

enum {
    HOLD_ONE_IN = 4,
    TRIES_MOST = 24, // of wrong queries that may not differ by rows
    AUTHORS_STREAM = 0xb4ea,
    PICK_STREAM,
    HOLD_STREAM,
};

// What was shown: the last series that was asked for is kept.
struct BreakSeries {
    Arena arena;
    const ExamSpec *spec;
    Str reference;
    uint64_t seed;
    VEC(BreakCase) shown;
    size_t round; // those since no mistake was left begin here
};

typedef struct {
    ExamBank *bank;
    const ExamSpec *spec;
    BreakSeries *series;
    Arena *a; // of the series
    uint64_t seed;
    size_t turn;
} Draw;

static uint64_t drawn(const Draw *d, uint64_t stream, uint64_t at)
{
    return rng_at(d->seed ^ str_hash(d->spec->answer), stream, d->turn << 16 | at);
}

static bool examine(const Draw *d, Str sql, Verdict *v, Error *err)
{
    ExamAnswer answer = {.sql = sql, .dialect = d->spec->dialect, .seed = d->seed};
    return exam_check(d->bank, d->a, d->spec, &answer, v, err);
}

// --- What could be shown ---

// Rows must be able to show it: no query with other columns, and none that hangs on luck.
static bool can_be_broken(const Verdict *v)
{
    const Counterexample *x = &v->counterexample;
    return v->kind == VERDICT_WRONG && v->has_counterexample && x->rows && x->actual.width &&
           x->diff.kind != COMPARE_COLUMNS && !x->unstable;
}

typedef struct {
    Str sql, why, class;
    uint64_t order;
} Suspect;
typedef VEC(Suspect) Suspects;

// All in one style: what an edit left behind must not tell which is whose.
static Str laid_out(const Draw *d, Str sql)
{
    SqlScript script;
    Error none;
    return sql_parse(d->a, sql, d->spec->dialect, &script, &none) ? sql_format(d->a, &script) : sql;
}

static void add(const Draw *d, Suspects *all, Suspect s)
{
    s.sql = laid_out(d, s.sql);
    s.order = drawn(d, PICK_STREAM, all->len);
    *vec_push(d->a, all) = s;
}

static bool add_authors(const Draw *d, Suspects *all, Error *err)
{
    const ExamSpec *spec = d->spec;
    Arena *a = d->a;
    for (size_t i = 0; i < spec->wrong_count; i++) {
        Suspect s = {.why = spec->wrong[i].why, .class = str_fmt(a, "wrong %zu", i + 1)};
        if (!exam_wrong_sql(a, spec, &spec->wrong[i], &s.sql, err)) return false;
        add(d, all, s);
    }
    for (size_t i = 0; i < spec->other_count; i++) {
        const ExamSpec *other = &spec->others[i];
        Str assumed = str_join(a, other->assumes, S(" "));
        add(d, all,
            (Suspect){.sql = other->answer,
                      .why = str_fmt(a, "It answers another question, and takes for true: " STR_FMT,
                                     STR_ARG(assumed)),
                      .class = S("world")});
    }
    return true;
}

static void add_mutants(const Draw *d, Suspects *all)
{
    const ExamSpec *spec = d->spec;
    Arena *a = d->a;
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants m = mutants_find(a, spec->answer, spec->dialect, ordered);
    SameTree *tree = same_tree(a, spec->warehouse, spec->answer, spec->dialect);
    for (size_t i = 0; i < m.len; i++) {
        if (mutant_same(tree, &m.at[i]).proof.len) continue;
        Str why = str_fmt(a, "It behaves as if " STR_FMT ".", STR_ARG(m.at[i].words));
        add(d, all, (Suspect){.sql = m.at[i].sql, .why = why, .class = m.at[i].class});
    }
}

static bool was_shown(const Draw *d, Str sql)
{
    for (size_t i = d->series->round; i < d->series->shown.len; i++) {
        if (str_eq(str_trim(d->series->shown.at[i].sql), str_trim(sql))) return true;
    }
    return false;
}

static bool class_was_shown(const Draw *d, Str class)
{
    for (size_t i = d->series->round; i < d->series->shown.len; i++) {
        if (str_eq(d->series->shown.at[i].class, class)) return true;
    }
    return false;
}

static int by_order(const void *x, const void *y)
{
    uint64_t a = ((const Suspect *)x)->order, b = ((const Suspect *)y)->order;
    return a < b ? -1 : a > b;
}

// Kinds that were not shown before those that were; half of the time what the author knows people
// to write comes first, else the mutants; within these by lot.
static bool find_suspects(const Draw *d, Suspects *out, Error *err)
{
    bool authors_first = drawn(d, AUTHORS_STREAM, 0) % 2 == 0;
    if (!add_authors(d, out, err)) return false;
    size_t authors = out->len;
    add_mutants(d, out);
    for (size_t i = 0; i < out->len; i++) {
        uint64_t later = class_was_shown(d, out->at[i].class);
        uint64_t second = (i < authors) != authors_first;
        out->at[i].order = later << 63 | second << 62 | out->at[i].order >> 2;
    }
    qsort(out->at, out->len, sizeof *out->at, by_order);
    return true;
}

// --- Two queries that make one mistake ---

// The whole database of a counterexample: tables without rows are left out there.
static Data data_of(Arena *a, const WarehouseSpec *w, const Counterexample *x)
{
    Data d = {arena_array(a, Table, w->table_count), w->table_count};
    for (size_t t = 0; t < w->table_count; t++) {
        const TableSpec *spec = &w->tables[t];
        d.tables[t] = (Table){.columns = arena_array(a, Column, spec->width), .width = spec->width};
        for (size_t c = 0; c < spec->width; c++)
            d.tables[t].columns[c] = (Column){spec->columns[c].name, spec->columns[c].type};
        for (size_t i = 0; i < x->table_count; i++) {
            const Table *from = &x->tables[i].table;
            if (str_eq(x->tables[i].name, spec->name) && from->width == spec->width)
                d.tables[t] = *from;
        }
    }
    return d;
}

// Whether `sql` gives on the smallest database of the other query what that one gives.
static bool gives_as(const Draw *d, Str sql, const Counterexample *other, bool *same, Error *err)
{
    Arena scratch = {0};
    Error none;
    SqlProgram program;
    SqlHome home = sql_at_home(d->spec->dialect);
    QueryResult r;
    Examinee x = {
        .q = bank_worker(d->bank), .spec = d->spec, .answer = &program, .w = d->spec->warehouse};
    *same = false;
    if (!exam_compile(&scratch, x.w, sql, &home, &program, &none)) {
        arena_free(&scratch);
        return true;
    }
    Data data = data_of(&scratch, x.w, other);
    Str image = warehouse_image(&scratch, x.w, &data);
    bool ok = run_on(&x, &scratch, (Run){image, &program, &EXAM_TINY}, &r, err);
    if (ok && r.error.kind == ERROR_NONE)
        *same = run_compare(&x, &scratch, &other->actual, &r.table).kind == COMPARE_SAME;
    arena_free(&scratch);
    return ok;
}

// On the smallest database of each of the two, both give the same: one mistake, written twice.
static bool is_repeated(const Draw *d, const BreakCase *c, bool *repeated, Error *err)
{
    *repeated = false;
    for (size_t i = d->series->round; i < d->series->shown.len && !*repeated; i++) {
        const BreakCase *before = &d->series->shown.at[i];
        if (before->holds) continue;
        if (!gives_as(d, c->sql, &before->own.counterexample, repeated, err)) return false;
        if (*repeated && !gives_as(d, before->sql, &c->own.counterexample, repeated, err))
            return false;
    }
    return true;
}

// --- One turn ---

static bool draw_wrong(const Draw *d, BreakCase *out, bool *found, Error *err)
{
    Suspects all = {0};
    size_t tries = 0;
    if (!find_suspects(d, &all, err)) return false;
    for (size_t i = 0; i < all.len && tries < TRIES_MOST && !*found; i++) {
        const Suspect *s = &all.at[i];
        bool repeated = was_shown(d, s->sql);
        if (repeated) continue;
        *out = (BreakCase){.sql = s->sql, .why = s->why, .class = s->class};
        tries++;
        if (!examine(d, s->sql, &out->own, err)) return false;
        if (!can_be_broken(&out->own)) continue;
        if (!is_repeated(d, out, &repeated, err)) return false;
        *found = !repeated;
    }
    return true;
}

static bool draw_right(const Draw *d, BreakCase *out, bool *found, Error *err)
{
    const ExamSpec *spec = d->spec;
    size_t n = spec->also_right.len + 1, first = (size_t)(drawn(d, PICK_STREAM, 0) % n);
    for (size_t i = 0; i < n && !*found; i++) {
        size_t at = (first + i) % n;
        Str sql = laid_out(d, at + 1 < n ? spec->also_right.at[at] : spec->answer);
        if (was_shown(d, sql)) continue;
        *out = (BreakCase){.holds = true, .sql = sql};
        if (!examine(d, sql, &out->own, err)) return false;
        *found = out->own.kind == VERDICT_RIGHT;
    }
    return true;
}

static bool draw_turn(const Draw *d, BreakCase *out, bool *found, Error *err)
{
    bool holds = drawn(d, HOLD_STREAM, 0) % HOLD_ONE_IN == 0;
    *found = false;
    if (holds && !draw_right(d, out, found, err)) return false;
    if (!*found && !draw_wrong(d, out, found, err)) return false;
    return *found || holds || draw_right(d, out, found, err);
}

void break_series_close(BreakSeries *s)
{
    if (!s) return;
    arena_free(&s->arena);
    free(s);
}

static BreakSeries *series_of(ExamBank *bank, const ExamSpec *spec, uint64_t seed)
{
    BreakSeries **kept = bank_series(bank), *s = *kept;
    if (s && s->spec == spec && s->seed == seed && str_eq(s->reference, spec->answer)) return s;
    break_series_close(s);
    *kept = s = calloc(1, sizeof *s);
    if (!s) die_out_of_memory();
    s->spec = spec;
    s->seed = seed;
    s->reference = str_copy(&s->arena, spec->answer);
    return s;
}

bool exam_break_draw(ExamBank *bank, const ExamSpec *spec, BreakTurn which, BreakCase *out,
                     Error *err)
{
    BreakSeries *s = series_of(bank, spec, which.seed);
    while (s->shown.len <= which.turn) {
        Draw d = {bank, spec, s, &s->arena, which.seed, s->shown.len};
        BreakCase next;
        bool found;
        if (!draw_turn(&d, &next, &found, err)) return false;
        if (!found && s->round == d.turn)
            return error_set(err, ERROR_INPUT, "no query of this drill can be shown");
        if (found) {
            next.again = s->round == d.turn && d.turn > 0;
            *vec_push(&s->arena, &s->shown) = next;
        } else {
            s->round = d.turn;
        }
    }
    *out = s->shown.at[which.turn];
    return true;
}
