// rules_warehouse: what must hold between the fields of columns, tables and warehouses.
#include "base/check.h"
#include "base/world.h"
#include "pack/shape.h"

enum { NOON_MS = 12 * 3600 * 1000, DAY_S = 24 * 3600 };

// ---- columns

static void check_value(Reader *r, const ColumnSpec *c, Place at, const char *field, Str text)
{
    if (!text.len || pack_fits_type(text, c->type)) return;
    diag_error(r->diags, at, "%s: `" STR_FMT "` is no value for a column of type %s", field,
               STR_ARG(text), type_name(c->type));
}

// Sorts before: numbers by value, dates and times by moment, text by bytes; unknown moments do not.
static bool is_less(LogicalType type, Str a, Str b)
{
    double x, y;
    int64_t s, t;
    if (type == TYPE_INTEGER || type == TYPE_REAL) {
        return str_to_f64(a, &x) && str_to_f64(b, &y) && x < y;
    }
    if (type == TYPE_DATE || type == TYPE_TIMESTAMP) {
        return time_parse(a, &s) && time_parse(b, &t) && s < t;
    }
    return false;
}

static Place place_of(const YamlNode *n, Str key)
{
    const YamlNode *v = yaml_get(n, key);
    return v ? v->at : n->at;
}

static void check_bounds(Reader *r, const YamlNode *n, const ColumnSpec *c)
{
    const YamlNode *both = yaml_get(n, S("between"));
    Place low = both ? both->at : place_of(n, S("min"));
    Place high = both ? both->at : place_of(n, S("max"));
    if (both && (yaml_get(n, S("min")) || yaml_get(n, S("max")))) {
        diag_error(r->diags, both->at, "between stands for min and max: say it once");
    }
    check_value(r, c, low, both ? "between" : "min", c->min);
    check_value(r, c, high, both ? "between" : "max", c->max);
    if (is_less(c->type, c->max, c->min)) {
        diag_error(r->diags, high, "`" STR_FMT "` is less than the smallest value `" STR_FMT "`",
                   STR_ARG(c->max), STR_ARG(c->min));
    }
}

static void check_choices(Reader *r, const YamlNode *n, const ColumnSpec *c)
{
    const YamlNode *values = yaml_get(n, S("values"));
    Map seen = {.arena = r->arena};
    for (size_t i = 0; values && i < c->value_count; i++) {
        bool list = values->kind == YAML_LIST;
        Place at = list ? values->items[i]->at : values->entries[i].at;
        check_value(r, c, at, "values", c->values[i].text);
        if (map_put(&seen, c->values[i].text, (void *)&c->values[i])) continue;
        diag_error(r->diags, at, "values: `" STR_FMT "` stands here twice",
                   STR_ARG(c->values[i].text));
    }
}

static const struct {
    const char *name;
    int seconds;
} units[] = {{"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", DAY_S}};

// The distance from `after`, in the unit it is written in. Its shape is checked already.
static void read_distance(Reader *r, const YamlNode *n, ColumnSpec *c)
{
    const char *first = NULL;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const YamlEntry *e = yaml_entry(n, str_from(units[i].name));
        if (!e) continue;
        if (first) {
            diag_error(r->diags, e->at, "%s and %s exclude each other", first, units[i].name);
        }
        first = units[i].name;
        Diags silent = {.arena = r->arena};
        double *v;
        size_t len;
        if (!yaml_reals(r->arena, e->value, &silent, &v, &len) || len != 2) continue;
        c->after_min_s = (int64_t)(v[0] * units[i].seconds);
        c->after_max_s = (int64_t)(v[1] * units[i].seconds);
        if (v[0] < -1e6 || v[1] > 1e6) (void)yaml_expected(e->value, "a distance", r->diags);
    }
    if (first && !c->after.len) {
        diag_error(r->diags, place_of(n, str_from(first)), "%s: it belongs to `after`", first);
    }
}

void pack_column_done(Reader *r, const YamlNode *n, void *target)
{
    ColumnSpec *c = target;
    CHECK(c);
    if (!yaml_get(n, S("null_share"))) c->null_share = -1;
    if (c->orphan_parents && !c->ref_table.len) {
        diag_error(r->diags, place_of(n, S("orphan_parents")),
                   "orphan_parents: it belongs to a column with `references`");
    }
    if (c->type == TYPE_UNKNOWN) return; // reported as missing
    check_bounds(r, n, c);
    check_choices(r, n, c);
    read_distance(r, n, c);
}

// ---- tables

const ColumnSpec *pack_find_column(Reader *r, const TableSpec *t, Place at, Str name)
{
    for (size_t i = 0; i < t->width; i++) {
        if (str_eq_nocase(t->columns[i].name, name)) return &t->columns[i];
    }
    StrList names = {arena_array(r->arena, Str, t->width), t->width};
    for (size_t i = 0; i < t->width; i++) names.at[i] = t->columns[i].name;
    Str near = str_nearest(name, names);
    diag_error(r->diags, at, "the table `" STR_FMT "` has no column `" STR_FMT "`%s" STR_FMT "%s",
               STR_ARG(t->name), STR_ARG(name), near.len ? "; did you mean `" : "", STR_ARG(near),
               near.len ? "`?" : "");
    return NULL;
}

static void check_after(Reader *r, const YamlNode *columns, const TableSpec *t, size_t i)
{
    const ColumnSpec *c = &t->columns[i];
    Place at = place_of(columns->entries[i].value, S("after"));
    if (!c->after.len) return;
    const ColumnSpec *before = pack_find_column(r, t, at, c->after);
    if (!before) return;
    bool timed = c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
    bool after_timed = before->type == TYPE_DATE || before->type == TYPE_TIMESTAMP;
    if (before == c) diag_error(r->diags, at, "after: a column cannot come after itself");
    if (timed && after_timed) return;
    diag_error(r->diags, at, "after: both columns must be dates or timestamps");
}

static void check_same_names(Reader *r, const YamlNode *columns, const TableSpec *t)
{
    Map seen = {.arena = r->arena};
    for (size_t i = 0; i < t->width; i++) {
        if (map_put(&seen, str_lower(r->arena, t->columns[i].name), &t->columns[i])) continue;
        diag_error(r->diags, columns->entries[i].at,
                   "two columns are called `" STR_FMT "`: SQL does not tell case apart",
                   STR_ARG(t->columns[i].name));
    }
}

// Every word of the lists under `key` is a column.
static void check_keys(Reader *r, const YamlNode *lists, const TableSpec *t)
{
    for (size_t i = 0; lists && lists->kind == YAML_LIST && i < lists->count; i++) {
        const YamlNode *key = lists->items[i];
        for (size_t k = 0; key->kind == YAML_LIST && k < key->count; k++) {
            (void)pack_find_column(r, t, key->items[k]->at, key->items[k]->text);
        }
    }
}

// The value of a primary or unique key column may stand there once.
static void check_unique_cells(Reader *r, const YamlNode *data, const TableSpec *t, size_t column)
{
    const ColumnSpec *c = &t->columns[column];
    Map seen = {.arena = r->arena};
    if (!c->unique && !c->primary_key) return;
    for (size_t row = 0; row < t->data_rows; row++) {
        const Value *v = &t->data[row * t->width + column];
        if (v->kind == VALUE_NULL || map_put(&seen, value_sql(r->arena, v), (void *)v)) continue;
        diag_error(r->diags, data->items[row]->items[column]->at,
                   "`" STR_FMT "` stands twice in the column `" STR_FMT "`",
                   STR_ARG(value_text(r->arena, v, c->type)), STR_ARG(c->name));
    }
}

static size_t count_primary(const TableSpec *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->width; i++) n += t->columns[i].primary_key;
    return n;
}

static void read_data(Reader *r, const YamlNode *data, TableSpec *t)
{
    const ColumnSpec **columns = arena_array(r->arena, const ColumnSpec *, t->width);
    for (size_t i = 0; i < t->width; i++) columns[i] = &t->columns[i];
    t->has_data = pack_read_rows(r, columns, t->width, data, &t->data, &t->data_rows);
    bool composite = count_primary(t) > 1;
    for (size_t i = 0; t->has_data && i < t->width; i++) {
        if (!composite || t->columns[i].unique) check_unique_cells(r, data, t, i);
    }
}

// "process viewing"
static void read_from(Reader *r, const YamlNode *n, TableSpec *t)
{
    Str word, name;
    if (n->bad || n->kind != YAML_SCALAR) return;
    if (!str_cut(n->text, ' ', &word, &name) || !str_eq(word, S("process"))) {
        (void)yaml_expected(n, "process and its name", r->diags);
        return;
    }
    t->process = str_trim(name);
    if (shape_is_in(WAREHOUSE_PROCESSES, t->process)) return;
    Str all = str_join(r->arena, WAREHOUSE_PROCESSES, S(", "));
    diag_error(r->diags, n->at, "there is no process `" STR_FMT "`; there are: " STR_FMT,
               STR_ARG(t->process), STR_ARG(all));
}

void pack_table_done(Reader *r, const YamlNode *n, void *target)
{
    TableSpec *t = target;
    CHECK(t);
    const YamlNode *columns = yaml_get(n, S("columns"));
    if (!columns || columns->kind != YAML_MAP || columns->count != t->width) return;
    check_same_names(r, columns, t);
    for (size_t i = 0; i < t->width; i++) check_after(r, columns, t, i);
    check_keys(r, yaml_get(n, S("unique")), t);
    warehouse_list_checked(r->arena, t);
    const YamlNode *data = yaml_get(n, S("data")), *from = yaml_get(n, S("from"));
    if (data && data->kind == YAML_LIST) read_data(r, data, t);
    if (from) read_from(r, from, t);
    if (data && from) {
        diag_error(r->diags, from->at, "from and data exclude each other: rows are made or given");
    }
}

// ---- warehouses

const TableSpec *pack_find_table(Reader *r, const WarehouseSpec *w, Place at, Str name)
{
    for (size_t i = 0; i < w->table_count; i++) {
        if (str_eq_nocase(w->tables[i].name, name)) return &w->tables[i];
    }
    StrList names = {arena_array(r->arena, Str, w->table_count), w->table_count};
    for (size_t i = 0; i < w->table_count; i++) names.at[i] = w->tables[i].name;
    Str near = str_nearest(name, names);
    diag_error(r->diags, at,
               "the warehouse `" STR_FMT "` has no table `" STR_FMT "`%s" STR_FMT "%s",
               STR_ARG(w->name), STR_ARG(name), near.len ? "; did you mean `" : "", STR_ARG(near),
               near.len ? "`?" : "");
    return NULL;
}

static void check_pair(Reader *r, Place at, const ColumnSpec *c, const ColumnSpec *to)
{
    if (!to || c->type == to->type || c->type == TYPE_UNKNOWN || to->type == TYPE_UNKNOWN) return;
    diag_error(r->diags, at, "`" STR_FMT "` is %s, but `" STR_FMT "` is %s: a key has one type",
               STR_ARG(c->name), type_name(c->type), STR_ARG(to->name), type_name(to->type));
}

static void check_references(Reader *r, const WarehouseSpec *w, const TableSpec *t,
                             const YamlNode *table)
{
    const YamlNode *columns = yaml_get(table, S("columns"));
    for (size_t i = 0; i < t->width; i++) {
        const ColumnSpec *c = &t->columns[i];
        if (!c->ref_table.len) continue;
        Place at = place_of(yaml_get(columns, c->name), S("references"));
        const TableSpec *to = pack_find_table(r, w, at, c->ref_table);
        if (to) check_pair(r, at, c, pack_find_column(r, to, at, c->ref_column));
    }
}

static void check_foreign_key(Reader *r, const WarehouseSpec *w, const TableSpec *t,
                              const ForeignKey *k, const YamlNode *n)
{
    Place at = place_of(n, S("references"));
    const TableSpec *to = pack_find_table(r, w, at, k->ref_table);
    if (k->columns.len != k->ref_columns.len) {
        diag_error(r->diags, n->at, "foreign_keys: %zu columns cannot point to %zu", k->columns.len,
                   k->ref_columns.len);
        return;
    }
    for (size_t i = 0; to && i < k->columns.len; i++) {
        const ColumnSpec *c = pack_find_column(r, t, place_of(n, S("columns")), k->columns.at[i]);
        const ColumnSpec *d = pack_find_column(r, to, place_of(n, S("to")), k->ref_columns.at[i]);
        if (c) check_pair(r, at, c, d);
    }
}

static void check_links(Reader *r, const WarehouseSpec *w, const YamlNode *tables)
{
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        const YamlNode *node = tables->entries[i].value;
        const YamlNode *keys = yaml_get(node, S("foreign_keys"));
        if (node->kind != YAML_MAP || pack_is_hopeless(r)) continue;
        check_references(r, w, t, node);
        for (size_t k = 0; k < t->foreign_key_count; k++) {
            if (t->foreign_keys[k].ref_table.len) {
                check_foreign_key(r, w, t, &t->foreign_keys[k], keys->items[k]);
            }
        }
    }
}

void pack_warehouse_done(Reader *r, const YamlNode *n, void *target)
{
    WarehouseSpec *w = target;
    CHECK(w);
    const YamlNode *now = yaml_get(n, S("now"));
    if (!now) w->now_ms = w->today * DAY_S * 1000 + NOON_MS;
    if (now && r->lint && w->now_ms / 1000 / DAY_S != w->today) {
        diag_warn(r->diags, now->at, "now is not on the day that `today` says: " STR_FMT,
                  STR_ARG(date_text(r->arena, w->today)));
    }
    const YamlNode *tables = yaml_get(n, S("tables"));
    if (!tables || tables->kind != YAML_MAP || tables->count != w->table_count) return;
    check_links(r, w, tables);
}
