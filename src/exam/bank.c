// bank: the databases of the drills that were asked for lately, with what the reference gives on
// them.
//
// A case is made when it is first needed and then kept, so the second answer to a drill costs only
// its own queries. Nothing here depends on an answer but the choice of tables, which is part of a
// paper's key.
#include "base/check.h"
#include "base/rng.h"
#include "exam/private.h"
#include <stdlib.h>
#include <string.h>

// A person's query may compare all rows with all others: so few that it is done in a blink.
enum { PAPERS_MOST = 6, SAMPLE_ROWS = 1000, VISIBLE_ROWS = 4000, WHOLE_ROWS = 80 * 1000 };
static const double SAMPLE_SCALE = 0.01;

struct ExamBank {
    QueryWorker *q;
    Paper *papers[PAPERS_MOST]; // the latest first
    size_t count;
    BreakSeries *series; // of the drill that was played last
};

ExamBank *exam_bank_open(QueryWorker *q)
{
    ExamBank *b = calloc(1, sizeof *b);
    if (!b) die_out_of_memory();
    b->q = q;
    return b;
}

static void drop_paper(Paper *s)
{
    arena_free(&s->arena);
    free(s);
}

void exam_bank_close(ExamBank *b)
{
    if (!b) return;
    for (size_t i = 0; i < b->count; i++) drop_paper(b->papers[i]);
    break_series_close(b->series);
    free(b);
}

QueryWorker *bank_worker(ExamBank *b)
{
    return b->q;
}

BreakSeries **bank_series(ExamBank *b)
{
    return &b->series;
}

static void to_front(ExamBank *b, size_t at, Paper *s)
{
    for (; at > 0; at--) b->papers[at] = b->papers[at - 1];
    b->papers[0] = s;
}

static Paper *new_paper(const ExamSpec *spec, const ExamAnswer *answer)
{
    Paper *s = calloc(1, sizeof *s);
    if (!s) die_out_of_memory();
    s->spec = spec;
    s->seed = answer->seed;
    s->w = narrow_tables(&s->arena, spec, answer, &s->key);
    meets_find(&s->arena, &s->w, spec->answer, spec->dialect);
    s->reference = str_copy(&s->arena, spec->answer);
    s->dialect = spec->dialect;
    SqlHome home = sql_at_home(spec->dialect);
    if (!exam_compile(&s->arena, spec->warehouse, s->reference, &home, &s->program, &s->unfit)) {
        s->program = (SqlProgram){0};
    }
    s->literals = literals_find(&s->arena, s->reference, s->dialect);
    s->literals.seen = &s->sample.data;
    s->literals.forms = &s->forms;
    plan_paper(s);
    return s;
}

static bool is_for(const Paper *p, const ExamSpec *spec, uint64_t seed, Str key)
{
    return p->spec == spec && p->dialect == spec->dialect && p->seed == seed &&
           str_eq(p->key, key) && str_eq(p->reference, spec->answer);
}

Paper paper_beside(const Paper *s)
{
    return (Paper){.spec = s->spec,
                   .reference = s->reference,
                   .dialect = s->dialect,
                   .program = s->program,
                   .seed = s->seed,
                   .w = s->w};
}

Paper *bank_paper(ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer)
{
    Arena scratch = {0};
    Str key;
    size_t at = 0;
    narrow_tables(&scratch, spec, answer, &key);
    while (at < b->count && !is_for(b->papers[at], spec, answer->seed, key)) at++;
    arena_free(&scratch);
    if (at < b->count) {
        to_front(b, at, b->papers[at]);
        return b->papers[0];
    }
    if (b->count == PAPERS_MOST) drop_paper(b->papers[--b->count]);
    to_front(b, b->count++, new_paper(spec, answer));
    return b->papers[0];
}

// --- Making one case ---

Data data_copy(Arena *a, const Data *data)
{
    Data d = {arena_array(a, Table, data->table_count), data->table_count};
    for (size_t t = 0; t < d.table_count; t++) d.tables[t] = table_copy(a, &data->tables[t]);
    return d;
}

static Data empty_data(Arena *a, const WarehouseSpec *w)
{
    Data d = {arena_array(a, Table, w->table_count), w->table_count};
    for (size_t t = 0; t < w->table_count; t++) {
        d.tables[t].width = w->tables[t].width;
        d.tables[t].columns = arena_array(a, Column, w->tables[t].width);
        for (size_t c = 0; c < w->tables[t].width; c++) {
            d.tables[t].columns[c] =
                (Column){w->tables[t].columns[c].name, w->tables[t].columns[c].type};
        }
    }
    return d;
}

static bool make_tiny(Paper *s, Case *c, const DataJudge *judge, Error *err)
{
    const Recipe *r = &c->recipe;
    if (!r->rows) {
        c->data = empty_data(&s->arena, &s->w);
        return true;
    }
    if (!r->literals) {
        return warehouse_edge(&s->arena, &s->w, r->rows, r->seed, judge, &c->data, err);
    }
    Arena scratch = {0};
    WarehouseSpec directed = direct_values(&scratch, &s->w, r->literals, r->rows, r->seed);
    bool ok = warehouse_edge(&scratch, &directed, r->rows, r->seed, judge, &c->data, err);
    if (ok) c->data = data_copy(&s->arena, &c->data);
    arena_free(&scratch);
    return ok;
}

static bool is_telling(const Case *c)
{
    return c->state == CASE_READY && c->expected.rows && data_rows(&c->data);
}

// An earlier case on which the reference has something to say, from a drawn place on; the authors'
// own come first at times. NULL when there is none.
static bool find_base(Examinee *x, Paper *s, size_t end, Rng *rng, const Case **out, Error *err)
{
    bool authors = rng_below(rng, 2);
    size_t from = rng_below(rng, end);
    *out = NULL;
    for (size_t i = 0; i < 2 * end && !*out; i++) {
        Case *c = &s->cases[(from + i) % end];
        bool fits = c->recipe.kind == RECIPE_WITNESS || (!authors || i >= end);
        bool old = c->recipe.kind == RECIPE_TINY || c->recipe.kind == RECIPE_WITNESS;
        if (!fits || !old) continue;
        if (!case_make(x, s, c, err)) return false;
        if (is_telling(c)) *out = c;
    }
    return true;
}

enum { PARTS_MOST = 16 };

static bool make_union(Examinee *x, Paper *s, Case *c, const Making *m, bool *made, Error *err)
{
    Rng rng = {.seed = m->seed};
    const Data *parts[PARTS_MOST];
    for (size_t i = 0; i < c->recipe.rows; i++) {
        const Case *base;
        if (!find_base(x, s, (size_t)(c - s->cases), &rng, &base, err)) return false;
        if (!base) return true; // nothing to start from
        parts[i] = &base->data;
    }
    return vary_unite(m, parts, c->recipe.rows, &c->data, made, err);
}

static bool make_variation(Examinee *x, Paper *s, Case *c, const Making *m, bool *made, Error *err)
{
    Rng rng = {.seed = m->seed};
    Arena scratch = {0};
    Data slice;
    const Case *base = NULL;
    bool ok = true;
    if (c->recipe.base) return vary_data(m, c->recipe.base, &c->data, made, err);
    bool sliced = s->sample.state == CASE_READY && rng_below(&rng, 2) &&
                  slice_data(&scratch, &s->w, &s->sample.data, m->seed, &slice);
    if (sliced) {
        ok = vary_data(m, &slice, &c->data, made, err);
    } else {
        ok = find_base(x, s, (size_t)(c - s->cases), &rng, &base, err) &&
             (!base || vary_data(m, &base->data, &c->data, made, err));
    }
    arena_free(&scratch);
    return ok;
}

// Both sides of an edge are found at once: the second case takes what the first one left for it.
static bool make_edge(Examinee *x, Paper *s, Case *c, const Making *m, bool *made, Error *err)
{
    Rng rng = {.seed = m->seed};
    const Case *base;
    Data sides[2];
    if (s->spec->load.len) return true; // each run of a load is many
    if (c->recipe.rows) {
        if (!case_make(x, s, c - 1, err)) return false;
        if (c->recipe.base) c->data = *c->recipe.base;
        *made = c->recipe.base != NULL;
    } else {
        // A result that turns nowhere is not asked for ever: what a pair costs is a hundred runs.
        enum { MISSES_MOST = 2 };
        Case *before = c - s->cases >= 2 && c[-2].recipe.kind == RECIPE_EDGE ? c - 2 : NULL;
        if (before && !case_make(x, s, before, err)) return false;
        c->misses = before ? before->misses : 0;
        if (c->misses >= MISSES_MOST) return true;
        if (!find_base(x, s, (size_t)(c - s->cases), &rng, &base, err)) return false;
        if (base && !edge_data(x, &s->program, m, &base->data, sides, made, err)) return false;
        c->misses = *made ? 0 : c->misses + 1;
        if (!*made) return true;
        Data *far = arena_new(&s->arena, Data);
        *far = sides[1];
        c->data = sides[0];
        c[1].recipe.base = far;
    }
    return !*made || witness_holds(&s->w, &c->data, m->judge, made, err);
}

// What texts are drawn from; a paper beside another one takes the other one's.
static bool find_texts(Examinee *x, Paper *s, Error *err)
{
    bool own = s->literals.seen == &s->sample.data;
    return !own || (case_sample(x, s, err) && forms_find(x->q, s, err));
}

// Where the answer shows something else, the reference may not: asked of the answer, both sides at
// once; the second case takes what the first one left for it.
enum { FAR_SIDE = 2 }; // `rows` of the second one, once there is something for it
static bool make_turn(Examinee *x, Case *c, const Making *m, bool *made, Error *err)
{
    Data sides[2];
    if (x->spec->load.len) return true; // each run of a load is many
    if (c->recipe.rows) {
        *made = c->recipe.rows == FAR_SIDE;
        if (*made) c->data = *c->recipe.base;
    } else {
        if (!edge_data(x, x->answer, m, c->recipe.base, sides, made, err)) return false;
        if (!*made) return true;
        Data *far = arena_new(m->arena, Data);
        *far = sides[1];
        c->data = sides[0];
        c[1].recipe.base = far;
        c[1].recipe.rows = FAR_SIDE;
    }
    return !*made || witness_holds(m->w, &c->data, m->judge, made, err);
}

static bool make_data(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    DataJudge judge = exam_judge(x->q);
    const Recipe *r = &c->recipe;
    Making m = {
        .arena = &s->arena, .w = &s->w, .literals = &s->literals, .judge = &judge, .seed = r->seed};
    if (r->base && r->literals) m.literals = r->literals;
    *made = false;
    switch (r->kind) {
    case RECIPE_TINY:
        *made = true;
        if (r->literals && !find_texts(x, s, err)) return false;
        if (!make_tiny(s, c, &judge, err)) return false;
        // Rules were asked while rows were made; there may be one that forbids to have none.
        return r->rows || witness_holds(&s->w, &c->data, &judge, made, err);
    case RECIPE_WITNESS:
        return witness_data(&m, r->witness, &c->data, made, err);
    case RECIPE_VARIATION:
        return make_variation(x, s, c, &m, made, err);
    case RECIPE_UNION:
        return make_union(x, s, c, &m, made, err);
    case RECIPE_EDGE:
        return make_edge(x, s, c, &m, made, err);
    case RECIPE_GROWN:
        return grow_data(&m, r->base, &c->data, made, err);
    case RECIPE_TURN:
        return make_turn(x, c, &m, made, err);
    case RECIPE_CLIMBED:
        c->data = *r->base; // that the rules hold was asked on the way
        *made = true;
        return true;
    }
    return true;
}

// A case that cannot be made, or on which the reference fails, is left out; greenroom's own faults
// are not.
static bool give_up(Paper *s, Case *c, const Error *why, Error *err)
{
    if (why->kind == ERROR_INTERNAL || why->kind == ERROR_ENVIRONMENT) {
        *err = *why;
        return false;
    }
    c->state = CASE_VOID;
    s->void_count++;
    s->fault = *why;
    return true;
}

// What the reference gave on the case's image.
static bool conclude(Paper *s, Case *c, QueryResult *r, Error *err)
{
    Str after;
    if (r->error.kind == ERROR_NONE && s->spec->load.len && !load_agrees(&r->table, &after)) {
        error_set(&r->error, ERROR_INPUT,
                  "It leaves other tables after " STR_FMT " than it should.", STR_ARG(after));
    }
    if (r->error.kind != ERROR_NONE) return give_up(s, c, &r->error, err);
    c->expected = r->table;
    c->state = CASE_READY;
    return true;
}

static bool run_reference(Examinee *x, Paper *s, Case *c, const QueryLimits *limits, Error *err)
{
    QueryResult r;
    c->image = warehouse_image(&s->arena, &s->w, &c->data);
    Run run = {c->image, &s->program, limits};
    return run_on(x, &s->arena, run, &r, err) && conclude(s, c, &r, err);
}

// To a dialect without case 'C' and 'c' are one value, and which of the two a group shows is
// chance: so a database holds one of them.
static bool one_case(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    DataJudge judge = exam_judge(x->q);
    bool folds = sql_rules(s->dialect)->text_folds_case;
    if (!*made || !folds || !data_one_case(&c->data)) return true;
    return witness_holds(&s->w, &c->data, &judge, made, err);
}

// The rows of a new case. *made: they are there; else it is given up.
static bool fill_case(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    Error why;
    if (!make_data(x, s, c, made, &why) || !one_case(x, s, c, made, &why)) {
        *made = false;
        return give_up(s, c, &why, err);
    }
    if (!*made) c->state = CASE_VOID;
    return true;
}

bool case_make(Examinee *x, Paper *s, Case *c, Error *err)
{
    bool made;
    if (c->state != CASE_NEW) return true;
    if (!fill_case(x, s, c, &made, err)) return false;
    return !made || run_reference(x, s, c, &EXAM_TINY, err);
}

// Whether it is made without a look at what the reference gives on others.
static bool stands_alone(const Case *c)
{
    return c->state == CASE_NEW &&
           (c->recipe.kind == RECIPE_TINY || c->recipe.kind == RECIPE_WITNESS);
}

bool cases_make(Examinee *x, Paper *s, Case *cases, size_t count, Error *err)
{
    Arena scratch = {0};
    Case **who = arena_array(&scratch, Case *, count);
    Str *images = arena_array(&scratch, Str, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        bool made = false;
        if (!stands_alone(&cases[i])) continue;
        ok = fill_case(x, s, &cases[i], &made, err);
        if (!ok || !made) continue;
        cases[i].image = images[n] = warehouse_image(&s->arena, &s->w, &cases[i].data);
        who[n++] = &cases[i];
    }
    RunEach run = {&s->program, images, n, &EXAM_TINY};
    ok = ok && run_each(x, &s->arena, run, results, err);
    for (size_t i = 0; ok && i < n; i++) ok = conclude(s, who[i], &results[i], err);
    for (size_t i = 0; ok && i < count; i++) ok = case_make(x, s, &cases[i], err);
    arena_free(&scratch);
    return ok;
}

// --- The visible data: a sample, more of it, and all ---

static double scale_of(const WarehouseSpec *w, double most, double rows_most)
{
    double rows = 0;
    for (size_t i = 0; i < w->table_count; i++) rows += (double)w->tables[i].rows;
    return rows * most > rows_most ? rows_most / rows : most;
}

// The tables of the paper out of all tables of the warehouse.
static Data narrowed(Paper *s, const Data *whole)
{
    Data d = {arena_array(&s->arena, Table, s->w.table_count), s->w.table_count};
    for (size_t t = 0; t < d.table_count; t++) {
        const TableSpec *spec = warehouse_table(s->spec->warehouse, s->w.tables[t].name);
        d.tables[t] = table_copy(&s->arena, &whole->tables[spec - s->spec->warehouse->tables]);
    }
    return d;
}

static bool make_scaled(Examinee *x, Paper *s, Case *c, double scale, const QueryLimits *limits,
                        Error *err)
{
    if (c->state != CASE_NEW) return true;
    Arena scratch = {0};
    Data whole;
    DataJudge judge = exam_judge(x->q);
    DataOptions o = {.scale = scale, .seed = s->seed, .profile = PROFILE_DIRTY};
    bool ok = warehouse_generate(&scratch, s->spec->warehouse, &o, &judge, &whole, err);
    if (ok) c->data = narrowed(s, &whole);
    arena_free(&scratch);
    return ok && run_reference(x, s, c, limits, err);
}

bool case_sample(Examinee *x, Paper *s, Error *err)
{
    double scale = scale_of(s->spec->warehouse, SAMPLE_SCALE, SAMPLE_ROWS);
    return make_scaled(x, s, &s->sample, scale, &EXAM_SAMPLE, err);
}

bool case_whole(Examinee *x, Paper *s, Case *c, Error *err)
{
    return make_scaled(x, s, c, scale_of(s->spec->warehouse, 1, WHOLE_ROWS), &EXAM_VISIBLE, err);
}

bool case_visible(Examinee *x, Paper *s, Error *err)
{
    Error why;
    double scale = scale_of(&s->w, 1, VISIBLE_ROWS);
    return make_scaled(x, s, &s->visible, scale, &EXAM_VISIBLE, &why) ||
           give_up(s, &s->visible, &why, err);
}
