// warehouse: names, and the way from a spec to a database.
#include "warehouse/warehouse.h"
#include "base/check.h"
#include "base/rng.h"
#include "warehouse/maker.h"
#include "warehouse/process.h"
#include <assert.h>

static const char *const profile_names[] = {
    [PROFILE_DIRTY] = "dirty", [PROFILE_CLEAN] = "clean", [PROFILE_EDGE] = "edge"};
static_assert(sizeof profile_names / sizeof *profile_names == PROFILE_COUNT_, "name every profile");

const char *profile_name(Profile p)
{
    return profile_names[p];
}

bool profile_from_name(Str name, Profile *out)
{
    for (int i = 0; i < PROFILE_COUNT_; i++) {
        if (!str_eq(name, str_from(profile_names[i]))) continue;
        *out = (Profile)i;
        return true;
    }
    return false;
}

const TableSpec *warehouse_table(const WarehouseSpec *w, Str name)
{
    for (size_t i = 0; i < w->table_count; i++) {
        if (str_eq_nocase(w->tables[i].name, name)) return &w->tables[i];
    }
    return NULL;
}

const ColumnSpec *warehouse_column(const TableSpec *t, Str name, size_t *at)
{
    for (size_t i = 0; i < t->width; i++) {
        if (!str_eq_nocase(t->columns[i].name, name)) continue;
        if (at) *at = i;
        return &t->columns[i];
    }
    return NULL;
}

static Data empty_data(Arena *a, const WarehouseSpec *w)
{
    Data d = {.tables = arena_array(a, Table, w->table_count), .table_count = w->table_count};
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        d.tables[i].width = t->width;
        d.tables[i].columns = arena_array(a, Column, t->width);
        for (size_t c = 0; c < t->width; c++) {
            d.tables[i].columns[c] = (Column){t->columns[c].name, t->columns[c].type};
        }
    }
    return d;
}

static size_t all_rows(const Data *d)
{
    size_t rows = 0;
    for (size_t i = 0; i < d->table_count; i++) rows += d->tables[i].rows;
    return rows;
}

// ---- one attempt

typedef struct {
    const Plan *plan;
    const DataJudge *judge;
    double scale;
    uint64_t seed;
    Profile profile;
    size_t tiny_rows;
} Making;

// Is there a rule to ask after this table that names a table made from its columns?
static bool asks_bare(const Plan *p, size_t table)
{
    size_t n = p->w->table_count;
    for (size_t i = 0; i < p->w->never_count; i++) {
        if (p->rule_table[i] != table) continue;
        for (size_t t = 0; t < n; t++) {
            if (p->rule_names[i * n + t] && !p->w->tables[t].process.len) return true;
        }
    }
    return false;
}

static bool make_tables(Maker *m, const Making *k, size_t *unmet, Error *err)
{
    *unmet = SIZE_MAX;
    if (!k->tiny_rows) {
        ProcessRun run = {.w = m->plan->w,
                          .data = m->data,
                          .arena = m->arena,
                          .seed = m->seed,
                          .scale = k->scale,
                          .profile = k->profile};
        if (!process_fill(&run, err)) return false;
    }
    for (size_t i = 0; i < m->plan->w->table_count && *unmet == SIZE_MAX; i++) {
        size_t t = m->plan->order[i];
        bool processed = m->plan->tables[t].spec->process.len && !k->tiny_rows;
        if (!processed && !bare_make(m, t, err)) return false;
        // Rules about nothing but tables of processes are the processes' business.
        bool asks = m->judge && !k->tiny_rows && asks_bare(m->plan, t);
        if (asks && !prune(m, t, unmet, err)) return false;
    }
    m->made = all_rows(m->data);
    return !k->tiny_rows || !m->judge || prune_all(m, unmet, err);
}

// One draw of the numbers. unmet: the rule that could not be met; SIZE_MAX = none. lost: rows that
// rules left out of a tiny database.
typedef struct {
    size_t unmet, lost, kept;
} Drawn;

static bool make_once(Arena *a, const Making *k, uint64_t seed, Data *out, Drawn *drawn, Error *err)
{
    *out = empty_data(a, k->plan->w);
    Maker m = {.plan = k->plan,
               .judge = k->judge,
               .arena = a,
               .seed = seed,
               .scale = k->scale,
               .tiny_rows = k->tiny_rows,
               .data = out,
               .ink = {.arena = a}};
    m.units = arena_array(&m.scratch, Units, k->plan->w->table_count);
    if (k->tiny_rows) tiny_domains(&m);
    *drawn = (Drawn){.unmet = SIZE_MAX};
    bool ok = make_tables(&m, k, &drawn->unmet, err);
    drawn->kept = all_rows(out);
    drawn->lost = m.made - drawn->kept;
    arena_free(&m.scratch);
    return ok;
}

// A rule that cannot be met with one draw of the numbers may be met with another; and a tiny
// database that rules have nearly emptied says little: of a few draws the fullest is taken.
static bool make(Arena *a, const Making *k, Data *out, Error *err)
{
    enum { ATTEMPTS = 4, AGAIN_STREAM = 0xa9a1 };
    const WarehouseSpec *w = k->plan->w;
    uint64_t best = 0;
    Drawn most = {.unmet = SIZE_MAX}, now = {0};
    bool met = false;
    if (!k->judge && rules_need_judge(k->plan, k->tiny_rows > 0)) {
        return error_set(err, ERROR_INTERNAL,
                         "the warehouse '" STR_FMT "' has rules in SQL, and nothing to ask them of",
                         STR_ARG(w->name));
    }
    for (uint64_t i = 0; i < ATTEMPTS; i++) {
        ArenaMark mark = arena_mark(a);
        uint64_t seed = i ? rng_at(k->seed, AGAIN_STREAM, i) : k->seed;
        if (!make_once(a, k, seed, out, &now, err)) return false;
        bool good = now.unmet == SIZE_MAX;
        if (good && now.lost <= now.kept) return true;
        if (good && (!met || now.kept > most.kept)) {
            most = now;
            best = seed;
            met = true;
        }
        arena_rewind(a, mark);
    }
    if (met) return make_once(a, k, best, out, &now, err);
    const NeverRule *r = &w->never[now.unmet];
    return error_at(err, ERROR_INPUT, r->at.file, r->at.line, r->at.column,
                    "no data meets the rule '" STR_FMT
                    "': it is broken whichever rows are left out",
                    STR_ARG(r->why.len ? r->why : r->sql));
}

// All rows are in memory at once, 32 bytes a cell: what cannot be is refused before it is begun.
static bool fits(const Plan *p, double scale, Error *err)
{
    const double cells_most = 128e6;
    double cells = 0;
    if (!(scale > 0)) return error_set(err, ERROR_USAGE, "a scale is a number above 0");
    for (size_t i = 0; i < p->w->table_count; i++) {
        const TablePlan *t = &p->tables[i];
        cells += (double)t->rows * (double)t->spec->width * scale;
    }
    if (cells <= cells_most) return true;
    return error_set(err, ERROR_TOO_LARGE,
                     "the warehouse '" STR_FMT
                     "' would have %.0f million values at this scale; the "
                     "most is %.0f million",
                     STR_ARG(p->w->name), cells / 1e6, cells_most / 1e6);
}

bool warehouse_generate(Arena *a, const WarehouseSpec *w, const DataOptions *o,
                        const DataJudge *judge, Data *out, Error *err)
{
    enum { EDGE_ROWS = 6 };
    Arena scratch = {0};
    Plan plan;
    bool ok = plan_make(&scratch, w, &plan, err);
    Making k = {.plan = &plan,
                .judge = judge,
                .scale = o->scale,
                .seed = o->seed,
                .profile = o->profile,
                .tiny_rows = o->profile == PROFILE_EDGE ? EDGE_ROWS : 0};
    ok = ok && (k.tiny_rows || fits(&plan, o->scale, err)) && make(a, &k, out, err);
    arena_free(&scratch);
    return ok;
}

bool warehouse_edge(Arena *a, const WarehouseSpec *w, size_t rows, uint64_t seed,
                    const DataJudge *judge, Data *out, Error *err)
{
    Arena scratch = {0};
    Plan plan;
    bool ok = plan_make(&scratch, w, &plan, err);
    Making k = {
        .plan = &plan, .judge = judge, .scale = 1, .seed = seed, .tiny_rows = rows ? rows : 1};
    ok = ok && make(a, &k, out, err);
    arena_free(&scratch);
    return ok;
}
