// turn: what a database turns on: each reason is tried out by taking it away.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/private.h"
#include "exam/run.h"
#include "exam/shrink/another.h"

// ---- columns that count

static const ColumnSpec *column_at(const Probe *p, size_t table, size_t column)
{
    return &p->x->w->tables[table].columns[column];
}

static bool counts(const Probe *p, const ColumnSpec *c)
{
    Str reference = p->x->reference->text, answer = p->x->answer->text;
    return focus_takes_all(reference) || focus_takes_all(answer) ||
           focus_names(reference, c->name) || focus_names(answer, c->name);
}

// A measure, a time or a word: what may be equal by chance. Keys may not.
static bool may_tie(const Probe *p, const ColumnSpec *c)
{
    return counts(p, c) && !c->primary_key && !c->unique && !c->ref_table.len &&
           !bounds_is_thing(c);
}

// ---- values in place of others

static bool is_in_column(const Table *t, size_t column, const Value *v)
{
    for (size_t r = 0; r < t->rows; r++) {
        if (value_same(table_at(t, r, column), v)) return true;
    }
    return false;
}

// A value of this column that does not stand in `t` yet, from the drill's other databases.
static bool find_fresh(const Probe *p, const Table *t, size_t table, size_t column, Value *out)
{
    const Paper *paper = p->paper;
    for (size_t i = 0; i <= paper->count; i++) {
        const Case *c = i ? &paper->cases[i - 1] : &paper->sample;
        if (c->state != CASE_READY) continue;
        const Table *from = &c->data.tables[table];
        for (size_t r = 0; r < from->rows; r++) {
            const Value *v = table_at(from, r, column);
            if (v->kind == VALUE_NULL || is_in_column(t, column, v)) continue;
            *out = *v;
            return true;
        }
    }
    return false;
}

// *gone: the changed data is lawful, and both queries give the same on it.
static bool is_gone(const Probe *p, const Data *changed, bool *gone, Error *err)
{
    DataJudge judge = exam_judge(p->x->q);
    bool lawful, differs = true;
    *gone = false;
    if (!witness_holds(p->x->w, changed, &judge, &lawful, err)) return false;
    if (lawful && !run_differs(p->x, changed, &differs, err)) return false;
    *gone = lawful && !differs;
    return true;
}

static void put(Table *t, size_t row, size_t column, Value v)
{
    t->cells[row * t->width + column] = v;
}

static bool turns_on_null(const Probe *p, Arena *a, const Data *data, bool *yes, Error *err)
{
    Data d = data_copy(a, data);
    bool any = false;
    for (size_t t = 0; t < d.table_count; t++) {
        Table *table = &d.tables[t];
        for (size_t i = 0; i < table->rows * table->width; i++) {
            size_t c = i % table->width;
            Value v;
            if (table->cells[i].kind != VALUE_NULL || !counts(p, column_at(p, t, c))) continue;
            if (!find_fresh(p, table, t, c, &v)) continue;
            put(table, i / table->width, c, v);
            any = true;
        }
    }
    return !any || is_gone(p, &d, yes, err);
}

static bool stood_before(const Table *t, size_t row, size_t column)
{
    const Value *v = table_at(t, row, column);
    for (size_t r = 0; r < row && v->kind != VALUE_NULL; r++) {
        if (value_same(table_at(t, r, column), v)) return true;
    }
    return false;
}

static bool column_ties(const Probe *p, Arena *a, const Data *data, size_t at[2], bool *yes,
                        Error *err)
{
    Data d = data_copy(a, data);
    Table *t = &d.tables[at[0]];
    bool any = false;
    for (size_t r = 1; r < t->rows; r++) {
        Value v;
        if (!stood_before(t, r, at[1]) || !find_fresh(p, t, at[0], at[1], &v)) continue;
        put(t, r, at[1], v);
        any = true;
    }
    return !any || is_gone(p, &d, yes, err);
}

static bool turns_on_tie(const Probe *p, Arena *a, const Data *data, bool *yes, Error *err)
{
    for (size_t t = 0; t < data->table_count && !*yes; t++) {
        for (size_t c = 0; c < data->tables[t].width && !*yes; c++) {
            if (!may_tie(p, column_at(p, t, c))) continue;
            if (!column_ties(p, a, data, (size_t[]){t, c}, yes, err)) return false;
        }
    }
    return true;
}

// ---- values on a limit

static bool is_literal(const Probe *p, Arena *a, const Value *v, LogicalType type)
{
    Str text = value_text(a, v, type);
    for (size_t i = 0; i < p->literals.len; i++) {
        if (str_eq(p->literals.at[i].text, text)) return true;
    }
    return false;
}

static bool nudged(Arena *a, const Value *v, LogicalType type, int by, Value *out)
{
    int64_t n;
    if (v->kind == VALUE_INTEGER && type != TYPE_BOOLEAN) {
        *out = VALUE_INT(v->integer + by);
    } else if (v->kind == VALUE_REAL) {
        *out = VALUE_FLT(v->real + by);
    } else if (v->kind == VALUE_TEXT && type == TYPE_DATE && date_parse(v->text, &n)) {
        *out = VALUE_STR(date_text(a, n + by));
    } else if (v->kind == VALUE_TEXT && type == TYPE_TIMESTAMP && time_parse(v->text, &n)) {
        *out = VALUE_STR(time_text(a, n + by));
    } else {
        return false;
    }
    return true;
}

// A little less, or a little more, and both give the same.
static bool turns_on_edge(const Probe *p, Arena *a, const Data *data, bool *yes, Error *err)
{
    for (size_t t = 0; t < data->table_count; t++) {
        const Table *table = &data->tables[t];
        for (size_t i = 0; i < table->rows * table->width && !*yes; i++) {
            const ColumnSpec *c = column_at(p, t, i % table->width);
            const Value *v = &table->cells[i];
            if (v->kind == VALUE_NULL || !may_tie(p, c) || !is_literal(p, a, v, c->type)) continue;
            bool gone[2] = {false, false};
            for (int k = 0; k < 2; k++) {
                Data d = data_copy(a, data);
                if (!nudged(a, v, c->type, k ? 1 : -1, &d.tables[t].cells[i])) break;
                if (!is_gone(p, &d, &gone[k], err)) return false;
            }
            *yes = gone[0] && gone[1];
        }
    }
    return true;
}

// ---- rows without a partner

// No row of a small database can go, so one without a partner is there for that.
static bool has_lonely(const Probe *p, Arena *a, const Data *data)
{
    const WarehouseSpec *w = p->x->w;
    size_t full = 0, bare = 0;
    for (size_t t = 0; t < data->table_count; t++) {
        bool named = focus_names(p->x->reference->text, w->tables[t].name);
        full += named && data->tables[t].rows;
        bare += named && !data->tables[t].rows;
    }
    if (full && bare) return true;
    Links l = links_find(a, w, data);
    for (size_t i = 0; i < l.len; i++) {
        const Link *k = &l.at[i];
        bool *met = arena_array(a, bool, k->keys + 1);
        if (!data->tables[k->child].rows) continue;
        for (size_t r = 0; r < data->tables[k->child].rows; r++) met[k->child_key[r]] = true;
        for (size_t r = 0; r < data->tables[k->parent].rows; r++) {
            if (!met[k->parent_key[r]]) return true;
        }
    }
    return false;
}

bool turn_of(const Probe *p, const Data *data, Turn *out, Error *err)
{
    static bool (*const tries[])(const Probe *, Arena *, const Data *, bool *,
                                 Error *) = {turns_on_null, turns_on_tie, turns_on_edge};
    static const Turn means[] = {TURN_NULL, TURN_TIE, TURN_EDGE};
    Arena scratch = {0};
    bool yes = false, ok = true;
    *out = TURN_NOTHING;
    if (!data_rows(data)) return true;
    for (size_t i = 0; i < sizeof means / sizeof *means && ok && !yes; i++) {
        ok = tries[i](p, &scratch, data, &yes, err);
        *out = means[i];
    }
    if (!yes) *out = has_lonely(p, &scratch, data) ? TURN_LONELY : TURN_PLAIN;
    arena_free(&scratch);
    return ok;
}

// ---- without what was seen

static bool has(unsigned seen, Turn t)
{
    return seen >> t & 1;
}

static bool shows(const Probe *p, const Table *t, size_t table, size_t row, unsigned seen)
{
    for (size_t c = 0; c < t->width; c++) {
        const ColumnSpec *spec = column_at(p, table, c);
        const Value *v = table_at(t, row, c);
        if (has(seen, TURN_NULL) && v->kind == VALUE_NULL && counts(p, spec)) return true;
        if (has(seen, TURN_TIE) && may_tie(p, spec) && stood_before(t, row, c)) return true;
    }
    return false;
}

bool turn_is_shown(const Probe *p, const Data *data, unsigned seen)
{
    bool shown = has(seen, TURN_NOTHING) && !data_rows(data);
    for (size_t t = 0; t < data->table_count && !shown; t++) {
        const Table *table = &data->tables[t];
        for (size_t r = 0; r < table->rows && !shown; r++) shown = shows(p, table, t, r, seen);
    }
    Arena scratch = {0};
    shown = shown || (has(seen, TURN_LONELY) && has_lonely(p, &scratch, data));
    arena_free(&scratch);
    return shown;
}

// Parents whose children are all gone, or who never had one.
static bool drop_lonely(const Data *data, const Link *k, Arena *a, bool *const *keep)
{
    bool *met = arena_array(a, bool, k->keys + 1), any = false;
    for (size_t r = 0; r < data->tables[k->child].rows; r++) {
        if (keep[k->child][r]) met[k->child_key[r]] = true;
    }
    for (size_t r = 0; r < data->tables[k->parent].rows; r++) {
        if (!keep[k->parent][r] || met[k->parent_key[r]]) continue;
        keep[k->parent][r] = false;
        any = true;
    }
    return any;
}

bool turn_take_out(const Probe *p, Arena *a, const Data *data, unsigned seen, Data *out)
{
    Links l = links_find(a, p->x->w, data);
    bool **keep = arena_array(a, bool *, data->table_count);
    bool any = false;
    for (size_t t = 0; t < data->table_count; t++) {
        const Table *table = &data->tables[t];
        keep[t] = arena_array(a, bool, table->rows);
        for (size_t r = 0; r < table->rows; r++) {
            keep[t][r] = !shows(p, table, t, r, seen);
            any |= !keep[t][r];
        }
    }
    for (size_t i = 0; has(seen, TURN_LONELY) && i < l.len; i++) {
        if (focus_names(p->x->reference->text, p->x->w->tables[l.at[i].child].name)) {
            any |= drop_lonely(data, &l.at[i], a, keep);
        }
    }
    if (!any) return false;
    links_close(&l, data, keep);
    *out = links_subset(a, data, keep);
    return true;
}
