// links: which rows hang on which, and whether the keys of a database hold.
//
// Keys become numbers once, so that taking rows away and closing over what hung on them costs no
// comparison of values.
#include "base/check.h"
#include "base/map.h"
#include "base/vec.h"
#include "exam/data/rows.h"

typedef struct {
    const size_t *at;
    size_t len;
} Places; // of columns in a table

typedef VEC(Link) LinkVec;

// A row's values in these columns as one text; "" when one of them is NULL.
static Str key_text(Arena *a, const Table *t, size_t row, Places columns)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < columns.len; i++) {
        const Value *v = table_at(t, row, columns.at[i]);
        if (v->kind == VALUE_NULL) return (Str){0};
        buf_add(&b, value_sql(a, v));
        buf_char(&b, '|');
    }
    return buf_str(&b);
}

// The key's number, from 1; the map holds it in place of a pointer.
static uint32_t number_of(Map *m, Str key)
{
    if (!key.len) return 0;
    uintptr_t n = (uintptr_t)map_get(m, key);
    if (!n) {
        n = m->len + 1;
        map_put(m, key, (void *)n);
    }
    return (uint32_t)n;
}

static uint32_t *numbers(Arena *a, Map *m, const Table *t, Places columns)
{
    uint32_t *n = arena_array(a, uint32_t, t->rows);
    for (size_t r = 0; r < t->rows; r++) n[r] = number_of(m, key_text(m->arena, t, r, columns));
    return n;
}

typedef struct {
    size_t table;
    Places columns;
} End;

static void add_link(Arena *a, LinkVec *links, const Data *data, End child, End parent)
{
    Arena scratch = {0};
    Map m = {.arena = &scratch};
    Link *l = vec_push(a, links);
    l->child = child.table;
    l->parent = parent.table;
    l->parent_key = numbers(a, &m, &data->tables[parent.table], parent.columns);
    l->child_key = numbers(a, &m, &data->tables[child.table], child.columns);
    l->keys = (uint32_t)m.len + 1;
    arena_free(&scratch);
}

static bool table_index(const WarehouseSpec *w, Str name, size_t *at)
{
    const TableSpec *t = warehouse_table(w, name);
    if (t) *at = (size_t)(t - w->tables);
    return t != NULL;
}

static bool places(Arena *a, const TableSpec *t, StrList names, Places *out)
{
    size_t *at = arena_array(a, size_t, names.len);
    for (size_t i = 0; i < names.len; i++) {
        if (!warehouse_column(t, names.at[i], &at[i])) return false;
    }
    *out = (Places){at, names.len};
    return true;
}

// A reference whose table or column is not there binds nothing: the loader has said so.
static void add_named(Arena *a, LinkVec *links, const WarehouseSpec *w, const Data *data,
                      size_t child, const ForeignKey *fk)
{
    Arena scratch = {0};
    size_t parent;
    Places from, to;
    if (table_index(w, fk->ref_table, &parent) &&
        places(&scratch, &w->tables[child], fk->columns, &from) &&
        places(&scratch, &w->tables[parent], fk->ref_columns, &to) && from.len == to.len) {
        add_link(a, links, data, (End){child, from}, (End){parent, to});
    }
    arena_free(&scratch);
}

Links links_find(Arena *a, const WarehouseSpec *w, const Data *data)
{
    LinkVec links = {0};
    CHECK(w->table_count == data->table_count);
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        for (size_t c = 0; c < t->width; c++) {
            ColumnSpec *column = &t->columns[c];
            if (!column->ref_table.len) continue;
            ForeignKey fk = {.columns = {&column->name, 1},
                             .ref_table = column->ref_table,
                             .ref_columns = {&column->ref_column, 1}};
            add_named(a, &links, w, data, i, &fk);
        }
        for (size_t k = 0; k < t->foreign_key_count; k++) {
            add_named(a, &links, w, data, i, &t->foreign_keys[k]);
        }
    }
    return (Links){links.at, links.len};
}

// Takes away children whose key no kept parent has; whether there were any.
static bool close_one(const Link *l, const Data *data, bool *const *keep)
{
    Arena scratch = {0};
    bool *there = arena_array(&scratch, bool, l->keys), taken = false;
    there[0] = true;
    for (size_t r = 0; r < data->tables[l->parent].rows; r++) {
        if (keep[l->parent][r]) there[l->parent_key[r]] = true;
    }
    for (size_t r = 0; r < data->tables[l->child].rows; r++) {
        if (!keep[l->child][r] || there[l->child_key[r]]) continue;
        keep[l->child][r] = false;
        taken = true;
    }
    arena_free(&scratch);
    return taken;
}

void links_close(const Links *l, const Data *data, bool *const *keep)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < l->len; i++) again |= close_one(&l->at[i], data, keep);
    }
}

Data links_subset(Arena *a, const Data *data, bool *const *keep)
{
    Data d = {arena_array(a, Table, data->table_count), data->table_count};
    for (size_t i = 0; i < d.table_count; i++) {
        const Table *from = &data->tables[i];
        Table *to = &d.tables[i];
        *to = *from;
        to->cells = arena_array(a, Value, from->rows * from->width);
        to->rows = 0;
        for (size_t r = 0; r < from->rows; r++) {
            if (!keep[i][r]) continue;
            for (size_t c = 0; c < from->width; c++) {
                to->cells[to->rows * from->width + c] = *table_at(from, r, c);
            }
            to->rows++;
        }
    }
    return d;
}

// --- Whether the keys hold ---

static bool parents_hold(const WarehouseSpec *w, const Data *data)
{
    Arena scratch = {0};
    Links l = links_find(&scratch, w, data);
    bool hold = true;
    for (size_t i = 0; i < l.len && hold; i++) {
        const Link *link = &l.at[i];
        bool *there = arena_array(&scratch, bool, link->keys);
        there[0] = true;
        for (size_t r = 0; r < data->tables[link->parent].rows; r++) {
            there[link->parent_key[r]] = true;
        }
        for (size_t r = 0; r < data->tables[link->child].rows; r++) {
            hold &= there[link->child_key[r]];
        }
    }
    arena_free(&scratch);
    return hold;
}

// Rows with a NULL among the columns are never equal, as in SQL.
static bool is_unique(const Table *t, Places columns)
{
    Arena scratch = {0};
    Map m = {.arena = &scratch};
    bool unique = true;
    for (size_t r = 0; r < t->rows && unique; r++) {
        Str key = key_text(&scratch, t, r, columns);
        if (key.len) unique = map_put(&m, key, &m);
    }
    arena_free(&scratch);
    return unique;
}

static bool column_holds(const ColumnSpec *c, const Table *t, size_t column)
{
    for (size_t r = 0; r < t->rows && (c->not_null || c->primary_key); r++) {
        if (table_at(t, r, column)->kind == VALUE_NULL) return false;
    }
    bool unique = c->unique || c->primary_key;
    return !unique || is_unique(t, (Places){&column, 1});
}

static bool table_holds(const TableSpec *spec, const Table *t)
{
    for (size_t c = 0; c < spec->width; c++) {
        if (!column_holds(&spec->columns[c], t, c)) return false;
    }
    Arena scratch = {0};
    bool hold = true;
    for (size_t i = 0; i < spec->unique_count && hold; i++) {
        Places columns;
        if (places(&scratch, spec, spec->unique[i], &columns)) hold = is_unique(t, columns);
    }
    arena_free(&scratch);
    return hold;
}

bool links_hold(const WarehouseSpec *w, const Data *data)
{
    for (size_t i = 0; i < w->table_count; i++) {
        if (!table_holds(&w->tables[i], &data->tables[i])) return false;
    }
    return parents_hold(w, data);
}

const ColumnSpec *links_root(const WarehouseSpec *w, const ColumnSpec *c)
{
    enum { STEPS = 16 };
    for (int i = 0; i < STEPS && c->ref_table.len; i++) {
        const TableSpec *t = warehouse_table(w, c->ref_table);
        const ColumnSpec *parent = t ? warehouse_column(t, c->ref_column, NULL) : NULL;
        if (!parent) break;
        c = parent;
    }
    return c;
}
