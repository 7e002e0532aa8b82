// dated: number columns out of which a query makes dates, as in MAKE_DATE(y, m, 1): there is no day
// 11992-13-01, so years near those that the query names, months and days are what they hold.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/same/same.h"

enum { YEARS_BESIDE = 2, YEAR_LEAST = 1900, YEAR_MOST = 2100 };

typedef struct {
    Arena *arena; // of the bounds
    const WarehouseSpec *w;
    const SameTree *tree;
    int64_t first, last; // years
} Dating;

static void note_year(Dating *d, int64_t year)
{
    if (year < YEAR_LEAST || year > YEAR_MOST) return;
    if (year - YEARS_BESIDE < d->first) d->first = year - YEARS_BESIDE;
    if (year + YEARS_BESIDE > d->last) d->last = year + YEARS_BESIDE;
}

static void find_years(Dating *d)
{
    int year, month, day;
    int64_t seconds, number;
    date_civil(d->w->today, &year, &month, &day);
    d->first = year - YEARS_BESIDE;
    d->last = year;
    for (uint32_t i = 0; i < d->tree->script.nodes; i++) {
        const SqlNode *n = d->tree->nodes[i];
        if (n && n->kind == NODE_NUMBER && str_to_i64(n->text, &number)) note_year(d, number);
        if (!n || n->kind != NODE_STRING || !bounds_moment(n->text, &seconds)) continue;
        date_civil(seconds / 86400, &year, &month, &day);
        note_year(d, year);
    }
}

static void bound(Dating *d, const SqlNode *arg, int64_t least, int64_t most)
{
    KeyColumn at;
    const SqlNode *n = arg;
    while (n && n->kind == NODE_CAST) n = n->child[CAST_VALUE];
    for (int i = 0; i < 8 && n && n->kind == NODE_COLUMN; i++) {
        const TableSpec *t = tree_bound(d->tree, n, &at) ? tree_table(d->tree, at.source) : NULL;
        if (t) {
            ColumnSpec *c = &d->w->tables[t - d->w->tables].columns[at.column];
            if (c->type != TYPE_INTEGER || c->value_count || c->min.len || c->max.len) return;
            c->min = str_fmt(d->arena, "%lld", (long long)least);
            c->max = str_fmt(d->arena, "%lld", (long long)most);
            return;
        }
        n = tree_value(d->tree, n);
    }
}

static bool makes_dates(Str name)
{
    static const Str names[] = {STR_LIT("make_date"),       STR_LIT("datefromparts"),
                                STR_LIT("date_from_parts"), STR_LIT("date"),
                                STR_LIT("make_timestamp"),  STR_LIT("timestamp_from_parts")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq_nocase(name, names[i])) return true;
    }
    return false;
}

void dated_find(Arena *a, const WarehouseSpec *w, const SameTree *tree)
{
    const int64_t months = 12, days = 28; // which every month has
    Dating d = {.arena = a, .w = w, .tree = tree};
    if (!tree) return;
    find_years(&d);
    for (uint32_t i = 0; i < tree->script.nodes; i++) {
        const SqlNode *n = tree->nodes[i];
        bool call = n && n->kind == NODE_CALL && sql_tail_count(n) >= 3 && makes_dates(n->text);
        if (!call) continue;
        bound(&d, sql_tail(n, 0), d.first, d.last);
        bound(&d, sql_tail(n, 1), 1, months);
        bound(&d, sql_tail(n, 2), 1, days);
    }
}
