// spec_file: field by field, from the tree of yaml.
#include "spec_file.h"
#include "base/check.h"
#include "yaml/yaml.h"
#include <stdio.h>

static Diags diags;

static Str text_of(const YamlNode *map, const char *key)
{
    const YamlNode *n = yaml_get(map, str_from(key));
    Str s = {0};
    if (n) CHECK(yaml_text(n, YAML_CODE, &diags, &s));
    return s;
}

static int64_t integer_of(const YamlNode *map, const char *key)
{
    int64_t v = 0;
    const YamlNode *n = yaml_get(map, str_from(key));
    if (n) CHECK(yaml_integer(n, &diags, &v));
    return v;
}

static bool flag_of(const YamlNode *map, const char *key)
{
    bool v = false;
    const YamlNode *n = yaml_get(map, str_from(key));
    if (n) CHECK(yaml_boolean(n, &diags, &v));
    return v;
}

static StrList texts_of(Arena *a, const YamlNode *map, const char *key)
{
    StrList list = {0};
    const YamlNode *n = yaml_get(map, str_from(key));
    if (n) CHECK(yaml_texts(a, n, YAML_CODE, &diags, &list));
    return list;
}

static void read_values(Arena *a, const YamlNode *n, ColumnSpec *c)
{
    ValueChoice *v = arena_array(a, ValueChoice, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (n->kind == YAML_LIST) {
            v[i] = (ValueChoice){n->items[i]->text, 1};
        } else {
            v[i].text = n->entries[i].key;
            CHECK(yaml_real(n->entries[i].value, &diags, &v[i].weight));
        }
    }
    c->values = v;
    c->value_count = n->count;
}

static ColumnSpec read_column(Arena *a, const YamlEntry *e)
{
    const YamlNode *n = e->value;
    ColumnSpec c = {.name = e->key, .null_share = -1, .at = e->at};
    CHECK(type_from_name(text_of(n, "type"), &c.type));
    c.not_null = flag_of(n, "not_null");
    c.primary_key = flag_of(n, "primary_key");
    c.unique = flag_of(n, "unique");
    c.orphan_parents = integer_of(n, "orphan_parents");
    str_cut(text_of(n, "references"), '.', &c.ref_table, &c.ref_column);
    c.min = text_of(n, "min");
    c.max = text_of(n, "max");
    StrList between = texts_of(a, n, "between");
    if (between.len == 2) {
        c.min = between.at[0];
        c.max = between.at[1];
    }
    const YamlNode *values = yaml_get(n, S("values"));
    if (values) read_values(a, values, &c);
    return c;
}

static TableSpec read_table(Arena *a, const YamlEntry *e)
{
    TableSpec t = {.name = e->key, .rows = integer_of(e->value, "rows"), .at = e->at};
    Str word;
    str_cut(text_of(e->value, "from"), ' ', &word, &t.process);
    const YamlNode *columns = yaml_get(e->value, S("columns"));
    t.width = columns->count;
    t.columns = arena_array(a, ColumnSpec, t.width);
    for (size_t i = 0; i < t.width; i++) t.columns[i] = read_column(a, &columns->entries[i]);
    t.check = texts_of(a, e->value, "check");
    return t;
}

WarehouseSpec spec_file(Arena *a, const char *path)
{
    YamlDoc doc;
    WarehouseSpec w = {0};
    diags = (Diags){.arena = a};
    CHECK(yaml_read(a, str_from(path), &diags, &doc));
    const YamlNode *n = yaml_get(doc.root, S("warehouses"))->items[0];
    w.name = text_of(n, "warehouse");
    CHECK(date_parse(text_of(n, "today"), &w.today) && time_parse(text_of(n, "now"), &w.now_ms));
    const YamlNode *tables = yaml_get(n, S("tables")), *never = yaml_get(n, S("never"));
    w.table_count = tables->count;
    w.tables = arena_array(a, TableSpec, w.table_count);
    for (size_t i = 0; i < w.table_count; i++) w.tables[i] = read_table(a, &tables->entries[i]);
    w.never_count = never ? never->count : 0;
    w.never = arena_array(a, NeverRule, w.never_count);
    for (size_t i = 0; i < w.never_count; i++) {
        w.never[i] = (NeverRule){.why = text_of(never->items[i], "why"),
                                 .sql = text_of(never->items[i], "sql"),
                                 .at = never->items[i]->at};
    }
    for (size_t i = 0; i < diags.list.len; i++) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(diag_line(a, &diags.list.at[i])));
    }
    CHECK(diags.errors == 0);
    return w;
}
