// case_data: the rows of one of a drill's databases, as its recipe says.
#include "base/rng.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { CROWDED = 14 }; // rows; from there on a database may be a crowd

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

// Of the larger ones, where the query says a fraction of them; left as it is where a rule is
// broken.
static bool make_crowd(Paper *s, Case *c, const DataJudge *judge, Error *err)
{
    enum { ASKED_TIMES = 2 }; // the generator draws how many there are
    const Recipe *r = &c->recipe;
    size_t rows = crowd_rows(r->literals, r->seed);
    Arena scratch = {0};
    Data many;
    bool holds = false;
    WarehouseSpec directed =
        direct_values(&scratch, &s->w, r->literals, ASKED_TIMES * rows, r->seed);
    bool ok = warehouse_edge(&scratch, &directed, ASKED_TIMES * rows, r->seed, judge, &many, err);
    if (ok) {
        crowd(&s->w, r->literals, rows, &many);
        ok = witness_holds(&s->w, &many, judge, &holds, err);
    }
    if (ok && holds) c->data = data_copy(&s->arena, &many);
    arena_free(&scratch);
    return ok;
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
    bool crowds = r->rows >= CROWDED && r->seed % 2 && crowd_rows(r->literals, r->seed);
    return ok && (!crowds || make_crowd(s, c, judge, err));
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
        bool old = c->recipe.kind == RECIPE_TINY || c->recipe.kind == RECIPE_WITNESS ||
                   c->recipe.kind == RECIPE_CHASED;
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

// Rows that the query asks for, filled up from a few of the generator's.
static bool make_chased(Examinee *x, Paper *s, Case *c, const Making *m, bool *made, Error *err)
{
    enum { BASE_ROWS = 3 };
    const Recipe *r = &c->recipe;
    Making how = *m;
    how.story = r->rows == STORY_COPIES;
    size_t rows = how.story ? r->rows : BASE_ROWS;
    Arena scratch = {0};
    Data base;
    if (!r->tree) return true;
    if (!find_texts(x, s, err)) return false;
    WarehouseSpec directed =
        (how.story ? direct_story : direct_values)(&scratch, &s->w, r->literals, rows, r->seed);
    bool ok = warehouse_edge(&scratch, &directed, rows, r->seed, m->judge, &base, err) &&
              chase_data(&how, r->tree, &base, r->rows, &c->data, made, err);
    arena_free(&scratch);
    return ok;
}

// Steps from databases that stand before the first one that is made so.
static bool make_beside(Examinee *x, Paper *s, Case *c, const Making *m, bool *made, Error *err)
{
    const Recipe *r = &c->recipe;
    if (r->step) return beside_data(m, r->step, &c->data, made, err);
    if (s->spec->load.len) return true; // each run of a load is many
    if (!s->beside.asked) {
        size_t first = (size_t)(c - s->cases);
        while (first && s->cases[first - 1].recipe.kind == RECIPE_BESIDE) first--;
        for (size_t i = 0; i < first; i++) {
            if (!case_make(x, s, &s->cases[i], err)) return false;
        }
        BesideAsk ask = {.names = &s->literals, .bounds = &s->literals, .most = BESIDE_CASES};
        if (!beside_bases(x, s, 0, first, err)) return false;
        s->beside = beside_steps(&s->arena, s, &ask);
    }
    return r->rows >= s->beside.len || beside_data(m, &s->beside.at[r->rows], &c->data, made, err);
}

static bool rows_of(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    DataJudge judge = exam_judge(x->q);
    const Recipe *r = &c->recipe;
    Making m = {
        .arena = &s->arena, .w = &s->w, .literals = &s->literals, .judge = &judge, .seed = r->seed};
    if ((r->base || r->step || r->kind == RECIPE_CHASED) && r->literals) m.literals = r->literals;
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
    case RECIPE_CHASED:
        return make_chased(x, s, c, &m, made, err);
    case RECIPE_BESIDE:
        return make_beside(x, s, c, &m, made, err);
    case RECIPE_CLIMBED:
        c->data = *r->base; // that the rules hold was asked on the way
        *made = true;
        return true;
    }
    return true;
}

bool case_data(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    const Recipe *r = &c->recipe;
    if (!casts_ask(x, s, err)) return false;
    if (!rows_of(x, s, c, made, err)) return false;
    bool drawn = (r->kind == RECIPE_TINY && r->rows && r->seed % 2) || r->kind == RECIPE_CHASED;
    bool put = *made && drawn && s->computed.len && !s->spec->load.len;
    return !put || computed_put(x, s, r->seed, &c->data, err);
}
