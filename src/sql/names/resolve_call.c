// resolve_call: the columns that a function in FROM brings: a row a function.
#include "sql/dialects.h"
#include "sql/scope.h"

// "name:type" by spaces; "*" stands for the elements of the arguments, "." for the function's name.
// A `?` before all: there may be others.
static const struct {
    const char *name;
    unsigned in; // dialects; 0 = all
    const char *columns;
} rows[] = {
    {"UNNEST", 0, "*"},
    {"EXPLODE", 0, "*"},
    {"EXPLODE_OUTER", 0, "*"},
    {"POSEXPLODE", 0, "pos:integer *"},
    {"POSEXPLODE_OUTER", 0, "pos:integer *"},
    {"FLATTEN", SNOW, "seq:integer key:text path:text index:integer value:unknown this:unknown"},
    {"SPLIT_TO_TABLE", SNOW, "seq:integer index:integer value:text"},
    {"STRTOK_SPLIT_TO_TABLE", SNOW, "seq:integer index:integer value:text"},
    {"GENERATOR", SNOW, "?"},
    {"RANGE", SPARK, "id:integer"},
    {"RANGE", DUCK, ".:first"},
    {"GENERATE_SERIES", LITE, "value:integer start:integer stop:integer step:integer"},
    {"GENERATE_SERIES", PG | DUCK, ".:first"},
    {"JSON_EACH", LITE,
     "key:unknown value:unknown type:text atom:unknown id:integer parent:integer fullkey:text "
     "path:text"},
    {"JSON_TREE", LITE,
     "key:unknown value:unknown type:text atom:unknown id:integer parent:integer fullkey:text "
     "path:text"},
    {"JSON_EACH", PG, "key:text value:struct"},
    {"JSON_EACH", DUCK, "key:text value:struct ?"},
    {"JSONB_EACH", PG, "key:text value:struct"},
    {"JSON_EACH_TEXT", PG, "key:text value:text"},
    {"JSONB_EACH_TEXT", PG, "key:text value:text"},
    {"JSON_ARRAY_ELEMENTS", PG, "value:struct"},
    {"JSONB_ARRAY_ELEMENTS", PG, "value:struct"},
    {"JSON_ARRAY_ELEMENTS_TEXT", PG, "value:text"},
    {"JSONB_ARRAY_ELEMENTS_TEXT", PG, "value:text"},
    {"JSON_OBJECT_KEYS", PG, ".:text"},
    {"JSONB_OBJECT_KEYS", PG, ".:text"},
    {"REGEXP_SPLIT_TO_TABLE", PG, ".:text"},
    {"STRING_TO_TABLE", PG, ".:text"},
    {"TUMBLE", 0, "window_start:timestamp window_end:timestamp window_time:timestamp"},
    {"HOP", 0, "window_start:timestamp window_end:timestamp window_time:timestamp"},
    {"CUMULATE", 0, "window_start:timestamp window_end:timestamp window_time:timestamp"},
    {"SESSION", 0, "window_start:timestamp window_end:timestamp window_time:timestamp"},
};

typedef VEC(SqlColumn) Columns;

// The dialect's own, else that of another one that has the name.
static const char *row_of(Dialect d, Str name, bool *foreign)
{
    const char *other = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!str_eq_nocase(name, str_from(rows[i].name))) continue;
        bool here = !rows[i].in || rows[i].in >> d & 1;
        if (here) return rows[i].columns;
        if (!other && !(rows[i].in & LITE)) other = rows[i].columns;
    }
    *foreign = other != NULL;
    return other;
}

static LogicalType type_named(Str name)
{
    for (int i = 0; i < TYPE_COUNT_; i++) {
        if (str_eq(name, str_from(type_name((LogicalType)i)))) return (LogicalType)i;
    }
    return TYPE_UNKNOWN;
}

static const SqlNode *value_of_arg(const SqlNode *arg)
{
    return arg->kind == NODE_ARG ? arg->child[ONLY] : arg;
}

// The elements of one argument. A struct's fields are columns where the dialect spreads them, or
// are reached through the element: what is not known makes the whole open.
static void add_elements(Resolver *r, const SqlNode *call, uint32_t i, Columns *out, bool *open)
{
    SqlType t = r->meaning->types[sql_tail(call, i)->id];
    bool known = t.type == TYPE_ARRAY && t.element != TYPE_UNKNOWN;
    bool scalar = known && t.element != TYPE_STRUCT && t.element != TYPE_ARRAY;
    bool spreads = (r->dialect == DIALECT_TRINO || r->dialect == DIALECT_BIGQUERY) &&
                   t.element == TYPE_STRUCT && t.fields;
    for (size_t f = 0; spreads && f < t.fields->len; f++)
        *vec_push(r->arena, out) = t.fields->at[f];
    if (spreads) return;
    Str name = call->text; // where no alias names it
    if (str_find(str_lower(r->arena, name), S("explode"), NULL)) name = S("col");
    SqlColumn c = {.name = name, .type = known ? t.element : TYPE_UNKNOWN, .fields = t.fields};
    *vec_push(r->arena, out) = c;
    *open = *open || !scalar;
}

static void add_listed(Resolver *r, const SqlNode *call, const char *list, Columns *out, bool *open)
{
    Str rest = str_from(list), word;
    for (bool more = rest.len; more;) {
        more = str_cut(rest, ' ', &word, &rest);
        if (str_eq(word, S("?"))) {
            *open = true;
        } else if (str_eq(word, S("*"))) {
            for (uint32_t i = 0; i < sql_tail_count(call); i++) add_elements(r, call, i, out, open);
        } else {
            Str name, type;
            str_cut(word, ':', &name, &type);
            bool first = str_eq(type, S("first")) && sql_tail_count(call);
            SqlType t = first ? r->meaning->types[sql_tail(call, 0)->id] : (SqlType){0};
            if (t.type == TYPE_DATE) t.type = TYPE_TIMESTAMP; // of dates it makes timestamps
            *vec_push(r->arena, out) = (SqlColumn){.name = str_eq(name, S(".")) ? call->text : name,
                                                   .type = first ? t.type : type_named(type)};
        }
    }
}

// TUMBLE(TABLE t, DESCRIPTOR(ts), …): the columns of t, and those of the window.
static void add_table_arg(Resolver *r, Scope *s, const SqlNode *call, Columns *out, bool *open)
{
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        const SqlNode *arg = value_of_arg(sql_tail(call, i));
        if (arg->kind != NODE_TABLE_ARG) continue;
        const SqlNode *name = sql_last(arg->child[0]);
        const SqlColumns *found = NULL;
        for (const Known *k = r->known; k && !found; k = k->next) {
            if (name_is(r->dialect, k->name, k->exact, name)) found = &k->columns;
        }
        for (size_t t = 0; r->schema && t < r->schema->len && !found; t++) {
            const SqlTable *table = &r->schema->at[t];
            if (name_is(r->dialect, table->name, false, name)) found = &table->columns;
        }
        if (!found && !r->schema) {
            *open = true;
            return;
        }
        if (!found) {
            fail_table(r, arg, name);
            return;
        }
        *open = *open || found->open;
        for (size_t c = 0; c < found->len; c++) *vec_push(r->arena, out) = found->at[c];
    }
    (void)s;
}

// An alias alone names the one column of a scalar function, too.
static bool alias_names_column(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_BIGQUERY;
}

// `n` is a TABLE_CALL or LATERAL_VIEW.
SqlColumns columns_of_call(Resolver *r, Scope *s, const SqlNode *n, const SqlNode *alias)
{
    bool view = n->kind == NODE_LATERAL_VIEW;
    const SqlNode *call = n->child[view ? VIEW_CALL : TABLE_CALL_CALL];
    Columns all = {0};
    bool open = call->kind != NODE_CALL, foreign = false;
    s->clause = CLAUSE_FROM;
    resolve_expr(r, s, call);
    const char *list = open ? NULL : row_of(r->dialect, call->text, &foreign);
    open = open || foreign;
    if (!open) add_table_arg(r, s, call, &all, &open);
    if (list) {
        add_listed(r, call, list, &all, &open);
    } else {
        open = true;
    }
    if (n->flags & FLAG_ORDINALITY && !view) {
        *vec_push(r->arena, &all) =
            (SqlColumn){.name = S("ordinality"), .type = TYPE_INTEGER, .not_null = true};
    }
    const SqlNode *names = alias ? alias->child[ALIAS_COLUMNS] : NULL;
    bool lone = alias && !names && alias->child[ALIAS_NAME] && all.len == 1;
    lone = lone && str_eq(all.at[0].name, call->text); // it has no other name
    if (lone && (foreign || alias_names_column(r->dialect)))
        all.at[0].name = alias->child[ALIAS_NAME]->text;
    SqlColumns c = columns_renamed(r, (SqlColumns){all.at, all.len, open}, names);
    if (names) c.open = false; // all of them are named
    if (names && r->dialect == DIALECT_BIGQUERY) c.open = true;
    return c;
}
