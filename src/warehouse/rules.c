// rules: `when`, definitions, checks and never rules; what is simple here, the rest by the judge.
//
// Questions are few: the checks of a table are asked as one condition and the never rules as one
// query; only when that fails is each asked alone, to name the one that does not hold or cannot be
// run.
#include "base/check.h"
#include "warehouse/maker.h"
#include <string.h>

static bool needs_judge(const TablePlan *p)
{
    for (size_t i = 0; i < p->spec->width; i++) {
        if (p->spec->columns[i].when.len && !p->columns[i].when) return true;
    }
    return p->asked_more.len > 0;
}

// Rules about tables that a process fills are the process's business, but for tiny databases.
bool rules_need_judge(const Plan *p, bool tiny)
{
    size_t tables = p->w->table_count;
    if (tiny && p->w->never_count) return true;
    for (size_t t = 0; t < tables; t++) {
        if (!tiny && p->w->tables[t].process.len) continue;
        if (needs_judge(&p->tables[t])) return true;
        for (size_t i = 0; i < p->w->never_count; i++) {
            if (p->rule_names[i * tables + t]) return true;
        }
    }
    return false;
}

// A rule that cannot be run is the author's fault: the place becomes the rule's. What the judge has
// placed itself, and what is wrong with the worker, stays as it is.
static bool cannot_run(Error *err, Place at, const char *what, Str sql)
{
    char why[sizeof err->text];
    ErrorKind kind = err->kind;
    if (err->line || kind == ERROR_ENVIRONMENT || kind == ERROR_INTERNAL || kind == ERROR_CANCELLED)
        return false;
    memcpy(why, err->text, sizeof why);
    return error_at(err, ERROR_INPUT, at.file, at.line, at.column,
                    "%s cannot be run: %s; it is: " STR_FMT, what, why, STR_ARG(sql));
}

// ---- row rules

// A database with nothing but these rows in one table.
static Data alone(Maker *m, size_t table, const Table *rows)
{
    Data d = {.table_count = m->data->table_count};
    d.tables = arena_array(&m->scratch, Table, d.table_count);
    for (size_t i = 0; i < d.table_count; i++) {
        d.tables[i] = m->data->tables[i];
        d.tables[i].rows = 0;
    }
    d.tables[table] = *rows;
    return d;
}

static bool apply_whens(Maker *m, size_t table, Table *rows, Data *view, Error *err)
{
    const TablePlan *p = &m->plan->tables[table];
    for (size_t c = 0; c < rows->width; c++) {
        const ColumnSpec *spec = &p->spec->columns[c];
        uint8_t *truth = NULL;
        if (spec->when.len == 0) continue;
        if (!p->columns[c].when && !m->judge->truth(m->judge->ctx, &m->scratch, m->plan->w, view,
                                                    table, spec->when, &truth, err)) {
            return cannot_run(err, spec->at, "the 'when' of a column", spec->when);
        }
        for (size_t r = 0; r < rows->rows; r++) {
            Value *cells = &rows->cells[r * rows->width];
            bool holds =
                truth ? truth[r] : condition_truth(p->columns[c].when, cells, &m->ink) == 1;
            if (!holds) cells[c] = (Value){0};
        }
    }
    return true;
}

// The kind that the column keeps: a definition may give 1.0 for 1.
static Value as_column(Maker *m, const ColumnPlan *c, Value v)
{
    LogicalType type = c->spec->type;
    bool whole = type == TYPE_INTEGER || type == TYPE_BOOLEAN;
    if (type == TYPE_REAL && v.kind == VALUE_INTEGER) return VALUE_FLT((double)v.integer);
    if (whole && v.kind == VALUE_REAL && v.real > -9e15 && v.real < 9e15 &&
        v.real == (double)(int64_t)v.real) {
        return VALUE_INT((int64_t)v.real);
    }
    if (v.kind == VALUE_TEXT) v.text = ink_copy(&m->ink, v.text);
    return v;
}

static bool apply_definitions(Maker *m, size_t table, Table *rows, Data *view, uint8_t *broken,
                              Error *err)
{
    const TablePlan *p = &m->plan->tables[table];
    for (size_t i = 0; i < p->definition_count; i++) {
        const Definition *d = &p->definitions[i];
        const ColumnPlan *c = &p->columns[d->column];
        Value *values = NULL;
        if (!d->value && !m->judge->values) continue; // asked as a check
        if (!d->value && !m->judge->values(m->judge->ctx, &m->scratch, m->plan->w, view, table,
                                           d->expression, &values, err)) {
            return cannot_run(err, p->spec->at, "a check", d->expression);
        }
        for (size_t r = 0; r < rows->rows; r++) {
            Value *cells = &rows->cells[r * rows->width], *cell = &cells[d->column];
            Value v = values ? values[r] : condition_value(d->value, cells, &m->ink);
            if (cell->kind == VALUE_NULL || v.kind == VALUE_NULL) continue; // unknown passes
            *cell = as_column(m, c, v);
            if (!column_allows(c, cell)) broken[r] = 1;
        }
    }
    return true;
}

static void apply_checks(Maker *m, const TablePlan *p, const Table *rows, uint8_t *broken)
{
    for (size_t i = 0; i < p->spec->check.len; i++) {
        for (size_t r = 0; p->checks[i] && r < rows->rows; r++) {
            const Value *cells = &rows->cells[r * rows->width];
            if (condition_truth(p->checks[i], cells, &m->ink) == 0) broken[r] = 1;
        }
    }
}

// The never rules about single rows, of a tiny database: its rows are few, and each that is left
// out later is missed.
static void apply_row_rules(Maker *m, const TablePlan *p, const Table *rows, uint8_t *broken)
{
    for (size_t i = 0; m->tiny_rows && i < p->never_count; i++) {
        for (size_t r = 0; r < rows->rows; r++) {
            const Value *cells = &rows->cells[r * rows->width];
            if (condition_truth(p->never[i], cells, &m->ink) == 1) broken[r] = 1;
        }
    }
}

static bool ask_check(Maker *m, size_t table, const Data *view, Str condition, size_t **rows,
                      size_t *n, Error *err)
{
    return m->judge->broken(m->judge->ctx, &m->scratch, m->plan->w, view, table, condition, rows, n,
                            err);
}

// The first row of the table that breaks a check, by asking when it must be.
static bool first_broken_row(Maker *m, size_t table, const Data *view, Str check, size_t *row,
                             bool *found, Error *err)
{
    const TableSpec *t = m->plan->tables[table].spec;
    const Table *rows = &view->tables[table];
    const Condition *c = condition_compile(&m->scratch, m->plan->w, t, check, true);
    for (*row = 0; c && *row < rows->rows && !*found; ++*row) {
        *found = condition_truth(c, &rows->cells[*row * rows->width], &m->ink) == 0;
        if (*found) return true;
    }
    if (c) return true;
    size_t *broken, n;
    if (!ask_check(m, table, view, check, &broken, &n, err)) {
        return cannot_run(err, t->at, "a check", check);
    }
    *found = n > 0;
    if (n) *row = broken[0];
    return true;
}

bool rules_name_check(Maker *m, size_t table, const Table *rows, Str *check, size_t *row,
                      bool *found, Error *err)
{
    const TableSpec *t = m->plan->tables[table].spec;
    Data view = alone(m, table, rows);
    *found = false;
    for (size_t i = 0; i < t->check.len && !*found; i++) {
        *check = t->check.at[i];
        if (!first_broken_row(m, table, &view, *check, row, found, err)) return false;
    }
    return true;
}

static bool ask_checks(Maker *m, size_t table, const Data *view, Str condition, uint8_t *broken,
                       Error *err)
{
    size_t *rows, n;
    if (condition.len == 0) return true;
    if (!ask_check(m, table, view, condition, &rows, &n, err)) {
        // Asked one by one, the check that cannot be run is named.
        Error together = *err;
        Str check;
        size_t row;
        bool found;
        if (!rules_name_check(m, table, &view->tables[table], &check, &row, &found, err))
            return false;
        *err = together;
        return cannot_run(err, m->plan->tables[table].spec->at, "the checks of a table", condition);
    }
    for (size_t i = 0; i < n; i++) {
        CHECK(rows[i] < view->tables[table].rows);
        broken[rows[i]] = 1;
    }
    return true;
}

bool rules_rows(Maker *m, size_t table, Table *rows, uint8_t *broken, Error *err)
{
    const TablePlan *p = &m->plan->tables[table];
    bool any = p->has_whens || p->definition_count || p->spec->check.len ||
               (m->tiny_rows && p->never_count);
    if (!any || rows->rows == 0) return true;
    Data view = alone(m, table, rows);
    if (p->has_whens && !apply_whens(m, table, rows, &view, err)) return false;
    if (!apply_definitions(m, table, rows, &view, broken, err)) return false;
    apply_checks(m, p, rows, broken);
    apply_row_rules(m, p, rows, broken);
    bool values = m->judge && m->judge->values;
    return ask_checks(m, table, &view, values ? p->asked : p->asked_more, broken, err);
}

// ---- never rules

static bool ask(Maker *m, const Data *data, size_t rule, bool *returns, Error *err)
{
    const NeverRule *r = &m->plan->w->never[rule];
    if (m->judge->returns_rows(m->judge->ctx, m->plan->w, data, r->sql, returns, err)) return true;
    return cannot_run(err, r->at, "a 'never' rule", r->sql);
}

bool rules_first_broken(Maker *m, const Data *data, const uint8_t *which, size_t *rule, Error *err)
{
    *rule = SIZE_MAX;
    for (size_t i = 0; i < m->plan->w->never_count && *rule == SIZE_MAX; i++) {
        bool returns;
        if (!which[i]) continue;
        if (!ask(m, data, i, &returns, err)) return false;
        if (returns) *rule = i;
    }
    return true;
}

// "SELECT 1 WHERE EXISTS (rule) OR EXISTS (rule) …": one question for all.
static Str all_rules(Maker *m, const uint8_t *which, size_t *count)
{
    Buf b = buf_new(&m->scratch);
    *count = 0;
    for (size_t i = 0; i < m->plan->w->never_count; i++) {
        if (!which[i]) continue;
        Str sql = str_trim(m->plan->w->never[i].sql);
        while (str_ends(sql, S(";"))) sql = str_trim(str_slice(sql, 0, sql.len - 1));
        buf_add(&b, ++*count > 1 ? S(" OR EXISTS (") : S("SELECT 1 WHERE EXISTS ("));
        buf_add(&b, sql);
        buf_add(&b, S("\n)"));
    }
    return buf_str(&b);
}

bool rules_hold(Maker *m, const Data *data, const uint8_t *which, bool *hold, Error *err)
{
    size_t count, rule;
    bool returns;
    Error together = {.kind = ERROR_NONE};
    Str sql = all_rules(m, which, &count);
    *hold = true;
    if (count == 0) return true;
    if (count > 1 &&
        m->judge->returns_rows(m->judge->ctx, m->plan->w, data, sql, &returns, &together)) {
        *hold = !returns;
        return true;
    }
    if (!rules_first_broken(m, data, which, &rule, err)) return false;
    *hold = rule == SIZE_MAX;
    return true;
}

// Several at once where the judge offers it, else the first one. A question that cannot be answered
// among several is asked alone, when its turn has come.
bool rules_hold_each(Maker *m, const Data *data, size_t count, const uint8_t *which, bool *hold,
                     size_t *answered, Error *err)
{
    size_t rules;
    Error together;
    const DataJudge *j = m->judge;
    Str sql = all_rules(m, which, &rules);
    bool at_once = count > 1 && rules && j->returns_rows_each;
    *answered = at_once ? count : 1;
    if (at_once && j->returns_rows_each(j->ctx, m->plan->w, data, count, sql, hold, &together)) {
        for (size_t i = 0; i < count; i++) hold[i] = !hold[i];
        return true;
    }
    *answered = 1;
    return rules_hold(m, data, which, hold, err);
}
