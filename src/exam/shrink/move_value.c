// move_value: other values for the cells of a small database, so that a row of it can go.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/private.h"
#include "exam/run.h"
#include "exam/shrink/move.h"
#include "exam/shrink/shrink.h"

enum {
    VALUES_MOST = 10,  // that a cell may take
    RENAMED_MOST = 24, // that differ, and are shrunk again
};

static const ColumnSpec *column_at(const Moves *m, size_t table, size_t column)
{
    return &m->x->w->tables[table].columns[column];
}

static bool are_akin(const Moves *m, const ColumnSpec *x, const ColumnSpec *y)
{
    if (x == y || str_eq_nocase(x->name, y->name)) return true;
    if (x->family.len && str_eq(x->family, y->family)) return true;
    return links_root(m->x->w, x) == links_root(m->x->w, y);
}

static size_t add_value(Value *out, size_t n, const Value *now, Value v)
{
    if (n == VALUES_MOST || value_same(&v, now)) return n;
    for (size_t i = 0; i < n; i++) {
        if (value_same(&out[i], &v)) return n;
    }
    out[n] = v;
    return n + 1;
}

// One more, one less, a day and a year before and after.
static size_t add_neighbours(Arena *a, const ColumnSpec *c, const Value *now, Value *out, size_t n)
{
    static const int64_t days[] = {-1, 1, -365, 365};
    int64_t day;
    bool date = now->kind == VALUE_TEXT && c->type == TYPE_DATE && date_parse(now->text, &day);
    for (size_t i = 0; date && i < sizeof days / sizeof *days; i++)
        n = add_value(out, n, now, VALUE_STR(date_text(a, day + days[i])));
    for (int by = -1; by <= 1; by += 2) {
        if (now->kind == VALUE_INTEGER && c->type != TYPE_BOOLEAN)
            n = add_value(out, n, now, VALUE_INT(now->integer + by));
        if (now->kind == VALUE_REAL) n = add_value(out, n, now, VALUE_FLT(now->real + by));
    }
    return n;
}

// What else the cell may hold: NULL, what stands in columns like this one, what lies beside it.
static size_t values_for(const Moves *m, Arena *a, const Data *rest, Spot s, Value *out)
{
    const ColumnSpec *c = column_at(m, s.table, s.column);
    const Value *now = table_at(&rest->tables[s.table], s.row, s.column);
    size_t n = 0;
    if (!c->not_null && !c->primary_key) n = add_value(out, n, now, (Value){0});
    for (size_t t = 0; t < m->data.table_count; t++) {
        const Table *rows = &m->data.tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            const ColumnSpec *other = column_at(m, t, i % rows->width);
            if (other->type == c->type && are_akin(m, c, other))
                n = add_value(out, n, now, rows->cells[i]);
        }
    }
    return c->ref_table.len ? n : add_neighbours(a, c, now, out, n);
}

static bool is_named(const Moves *m, const ColumnSpec *c)
{
    Str reference = m->x->reference->text, answer = m->x->answer->text;
    return focus_takes_all(reference) || focus_takes_all(answer) ||
           focus_names(reference, c->name) || focus_names(answer, c->name);
}

static bool change_cell(Moves *m, const Data *rest, Spot s, Error *err)
{
    Arena scratch = {0};
    Value values[VALUES_MOST];
    size_t n = values_for(m, &scratch, rest, s, values);
    bool ok = true;
    for (size_t i = 0; ok && i < n && !moves_over(m); i++) {
        if (!bounds_value(m->x->w, column_at(m, s.table, s.column), &values[i])) continue;
        Data other = data_copy(&scratch, rest);
        other.tables[s.table].cells[s.row * other.tables[s.table].width + s.column] = values[i];
        ok = moves_offer(m, &other, err);
    }
    arena_free(&scratch);
    return ok;
}

bool moves_change(Moves *m, const Gone *g, Error *err)
{
    const Data *rest = &g->rest;
    for (size_t t = 0; t < rest->table_count; t++) {
        for (size_t c = 0; c < rest->tables[t].width; c++) {
            if (!is_named(m, column_at(m, t, c))) continue;
            for (size_t r = 0; r < rest->tables[t].rows && !moves_over(m); r++) {
                if (!change_cell(m, rest, (Spot){t, r, c}, err)) return false;
            }
        }
    }
    return true;
}

// --- A value becomes another in all its rows, and some go then ---

static void rename_all(Data *data, Spot s, const Value *was, Value now)
{
    Table *t = &data->tables[s.table];
    for (size_t r = 0; r < t->rows; r++) {
        Value *v = &t->cells[r * t->width + s.column];
        if (value_same(v, was)) *v = now;
    }
}

static bool stood_before(const Table *t, Spot s)
{
    for (size_t r = 0; r < s.row; r++) {
        if (value_same(table_at(t, r, s.column), table_at(t, s.row, s.column))) return true;
    }
    return false;
}

static bool weigh_renamed(Moves *m, const Data *other, Error *err)
{
    Arena scratch = {0};
    DataJudge judge = exam_judge(m->x->q);
    bool holds, differs = false;
    Data few;
    bool ok = witness_holds(m->x->w, other, &judge, &holds, err);
    if (ok && holds) ok = run_differs(m->x, other, &differs, err);
    if (ok && holds && differs) {
        m->renamed++;
        ok = shrink_rows(m->x, &scratch, other, &few, err);
        m->found = ok && data_rows(&few) < data_rows(&m->data);
        if (m->found) m->data = data_copy(m->arena, &few);
    }
    arena_free(&scratch);
    return ok;
}

static bool rename_value(Moves *m, Spot s, Error *err)
{
    Arena scratch = {0};
    Value values[VALUES_MOST];
    const Value *was = table_at(&m->data.tables[s.table], s.row, s.column);
    size_t n = values_for(m, &scratch, &m->data, s, values);
    bool ok = true;
    for (size_t i = 0; ok && i < n && !moves_over(m) && m->renamed < RENAMED_MOST; i++) {
        if (!bounds_value(m->x->w, column_at(m, s.table, s.column), &values[i])) continue;
        Data other = data_copy(&scratch, &m->data);
        rename_all(&other, s, was, values[i]);
        m->attempts++;
        ok = weigh_renamed(m, &other, err);
    }
    arena_free(&scratch);
    return ok;
}

bool moves_rename(Moves *m, Error *err)
{
    for (size_t t = 0; t < m->data.table_count && !moves_over(m); t++) {
        for (size_t c = 0; c < m->data.tables[t].width && !moves_over(m); c++) {
            if (!is_named(m, column_at(m, t, c))) continue;
            for (size_t r = 0; r < m->data.tables[t].rows && !moves_over(m); r++) {
                if (stood_before(&m->data.tables[t], (Spot){t, r, c})) continue;
                if (!rename_value(m, (Spot){t, r, c}, err)) return false;
            }
        }
    }
    return true;
}
