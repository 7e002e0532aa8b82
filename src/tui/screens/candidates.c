// candidates: what completion offers in a SQL drill.
#include "tui/screens/bench.h"

// What a senior types most; all of it runs in SQLite.
static const struct {
    const char *name, *args;
} functions[] = {
    {"abs", "(x)"},
    {"avg", "(x)"},
    {"coalesce", "(x, …)"},
    {"count", "(x)"},
    {"cume_dist", "() over"},
    {"date", "(ts, modifier…)"},
    {"datetime", "(ts, modifier…)"},
    {"dense_rank", "() over"},
    {"first_value", "(x) over"},
    {"group_concat", "(x, sep)"},
    {"iif", "(condition, x, y)"},
    {"instr", "(text, part)"},
    {"julianday", "(ts)"},
    {"lag", "(x, n, default) over"},
    {"last_value", "(x) over"},
    {"lead", "(x, n, default) over"},
    {"length", "(text)"},
    {"lower", "(text)"},
    {"max", "(x)"},
    {"min", "(x)"},
    {"nth_value", "(x, n) over"},
    {"ntile", "(n) over"},
    {"nullif", "(x, y)"},
    {"percent_rank", "() over"},
    {"rank", "() over"},
    {"replace", "(text, from, to)"},
    {"round", "(x, digits)"},
    {"row_number", "() over"},
    {"strftime", "(format, ts)"},
    {"substr", "(text, from, n)"},
    {"sum", "(x)"},
    {"total", "(x)"},
    {"trim", "(text)"},
    {"unixepoch", "(ts)"},
    {"upper", "(text)"},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

bool bench_reads(const Drill *d, Str table)
{
    for (size_t i = 0; i < d->exam.tables.len; i++) {
        if (str_eq_nocase(d->exam.tables.at[i], table)) return true;
    }
    return d->exam.tables.len == 0;
}

typedef VEC(Candidate) Candidates;

static void add_table(Arena *a, Candidates *all, const TableSpec *t)
{
    *vec_push(a, all) = (Candidate){t->name, CANDIDATE_TABLE, {0}, S("table")};
    for (size_t k = 0; k < t->width; k++) {
        *vec_push(a, all) = (Candidate){t->columns[k].name, CANDIDATE_COLUMN, t->name,
                                        str_from(type_name(t->columns[k].type))};
    }
}

const Candidate *bench_candidates(Arena *a, const Drill *d, size_t *count)
{
    Candidates all = {0};
    *count = 0;
    if (d->kind != KIND_SQL) return NULL;
    const WarehouseSpec *w = d->exam.warehouse;
    for (size_t i = 0; i < w->table_count; i++) {
        if (bench_reads(d, w->tables[i].name)) add_table(a, &all, &w->tables[i]);
    }
    for (size_t i = 0; i < FUNCTIONS; i++) {
        *vec_push(a, &all) = (Candidate){
            str_from(functions[i].name), CANDIDATE_FUNCTION, {0}, str_from(functions[i].args)};
    }
    StrList words = sql_keywords();
    for (size_t i = 0; i < words.len; i++) {
        *vec_push(a, &all) = (Candidate){words.at[i], CANDIDATE_KEYWORD, {0}, {0}};
    }
    *count = all.len;
    return all.at;
}
