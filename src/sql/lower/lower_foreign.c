// lower_foreign: FROM for another dialect: its own way to make rows of an array, and no word for
// what it lacks.
//
// UNNEST, FLATTEN, EXPLODE and series are one thing: the elements of an array with their positions.
// The references to its columns are replaced as for the runtime (lower_virtual.c).
#include "sql/home.h"
#include "sql/lower_documents.h"
#include "sql/lower_from.h"

typedef struct {
    SqlNode *array;
    int value, position; // which columns of the source they are; -1 = none
    int base;            // of the position: from 0 or 1
    bool outer;
    char json;   // the array is JSON: X its elements are texts, J they are JSON
    bool counts; // the array is a series
    Series series;
} Elements;

bool foreign_is_used(const FromScope *s, const SqlNode *n, uint32_t id, int column)
{
    if (!n) return false;
    bool known = s->t->meaning && n->kind == NODE_COLUMN && n->id < s->t->script->nodes;
    if (known) {
        const SqlBinding *b = &s->t->meaning->bindings[n->id];
        if (b->source && b->source->id == id && b->column == (uint32_t)column) return true;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (foreign_is_used(s, n->child[i], id, column)) return true;
    }
    return false;
}

// Does anything look into the column, as into JSON?
bool foreign_is_looked_into(const FromScope *s, const SqlNode *n, uint32_t id, int column)
{
    static const char *const looks[] = {"element", "json_get",     "json_step",     "json_has",
                                        "unnest",  "array_length", "json_elements", "flatten"};
    if (!n) return false;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        bool looking = node_is_call(n, looks[i]) && sql_tail_count(n);
        if (looking && sql_tail(n, 0)->kind == NODE_COLUMN &&
            foreign_is_used(s, sql_tail(n, 0), id, column))
            return true;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (foreign_is_looked_into(s, n->child[i], id, column)) return true;
    }
    return false;
}

// The array may be JSON, which is none in the target.
static void read_json(const FromScope *s, const SqlNode *n, Elements *e)
{
    char how;
    SqlNode *json = documents_of(s->t, e->array, &how);
    if (!json) return;
    bool inner = foreign_is_looked_into(s, s->node, n->id, e->value);
    e->array = json;
    e->json = how ? how : inner ? 'J' : 'X';
}

static bool is_true(const SqlNode *n)
{
    return n && n->kind == NODE_BOOLEAN && str_eq_nocase(n->text, S("TRUE"));
}

// Rows of STRING_TO_ARRAY(x, ','): an empty text makes none of them, and neither does NULL.
static void some_text(Translator *t, SqlNode *array)
{
    bool splits = node_is_call(array, "array_split") && t->from == DIALECT_POSTGRES;
    SqlNode **text = splits ? &array->child[sql_roles(NODE_CALL)] : NULL;
    if (!splits || (*text)->kind == NODE_STRING) return;
    SqlNode *some = make_call2(t, array, "nullif", *text, make_string(t, array, S("")));
    *text = typed(some, TYPE_TEXT);
}

static bool read_elements(const FromScope *s, const SqlNode *n, SqlNode *call, Elements *e)
{
    bool at = node_is_call(call, "unnest_at") || node_is_call(call, "unnest_at_outer");
    bool plain = node_is_call(call, "unnest") || node_is_call(call, "unnest_outer");
    *e = (Elements){.array = call, .position = -1};
    if (at || plain) {
        if (sql_tail_count(call) != 1) return false;
        e->array = sql_tail(call, 0);
        e->value = at;
        if (at) e->position = 0;
        e->outer = str_ends(call->text, S("_outer"));
    } else if (node_is_call(call, "flatten")) {
        if (node_arg(call, "path") || is_true(node_arg(call, "recursive"))) return false;
        e->array = node_arg(call, "input");
        e->outer = is_true(node_arg(call, "outer"));
        e->value = 4;
        if (foreign_is_used(s, s->node, n->id, 3)) e->position = 3;
    } else if (node_is_call(call, "generator") && node_arg(call, "rows")) {
        SqlNode *args[] = {make_number(s->t, call, 0), node_arg(call, "rows"),
                           make_number(s->t, call, 1)};
        args[0]->type = TYPE_INTEGER;
        e->array = make_call(s->t, call, "series_before", args, 3);
    } else if (node_is_call(call, "json_elements")) {
        const SqlNode *how = node_arg(call, "json"); // without one: the rows of JSON_TABLE
        e->array = node_arg(call, "array");
        bool inner = foreign_is_looked_into(s, s->node, n->id, 0);
        e->json = how ? how->text.ptr[0] : inner ? 'J' : 'X';
    } else if (!node_is_call(call, "series") && !node_is_call(call, "series_before")) {
        return false;
    }
    some_text(s->t, e->array);
    if (!e->json) read_json(s, n, e);
    e->counts = !e->json && series_read(s->t, e->array, &e->series);

    bool counted = n->kind == NODE_TABLE_CALL && n->flags & FLAG_ORDINALITY;
    bool kept = !node_is_call(call, "json_elements") || foreign_is_used(s, s->node, n->id, 1);
    if (counted && kept) e->position = 1, e->base = 1;
    return true;
}

// --- The target's way ---

typedef struct {
    FromScope *s;
    const SqlNode *n;
    Elements e;
    bool at; // with positions
    Str alias, value, position;
} Rows;

static SqlNode *names_of(const Rows *r, bool position_first)
{
    Translator *t = r->s->t;
    SqlNode *list = make_node(t, NODE_LIST, r->n, r->at ? 2 : 1);
    list->child[position_first && r->at] = make_word(t, r->n, r->value);
    if (r->at) list->child[!position_first] = make_word(t, r->n, r->position);
    return list;
}

static SqlNode *table_call(const Rows *r, SqlNode *call, Str alias, SqlNode *columns)
{
    Translator *t = r->s->t;
    SqlNode *n = make_node(t, NODE_TABLE_CALL, r->n, 0);
    n->child[TABLE_CALL_CALL] = call;
    n->child[TABLE_CALL_ALIAS] = make_alias(t, r->n, alias);
    n->child[TABLE_CALL_ALIAS]->child[ALIAS_COLUMNS] = columns;
    return n;
}

// LATERAL VIEW f(x) alias AS names: whoever joins it fills the left side in.
static SqlNode *as_view(const Rows *r)
{
    Translator *t = r->s->t;
    SqlNode *call = make_call1(t, r->n, r->at ? "unnest_at" : "unnest", r->e.array);
    if (r->s->first) return table_call(r, call, r->alias, names_of(r, true));
    SqlNode *view = make_node(t, NODE_LATERAL_VIEW, r->n, 0);
    view->child[VIEW_CALL] = call;
    view->child[VIEW_ALIAS] = make_alias(t, r->n, r->alias);
    view->child[VIEW_ALIAS]->child[ALIAS_COLUMNS] = names_of(r, true);
    return view;
}

static SqlNode *as_flatten(const Rows *r)
{
    Translator *t = r->s->t;
    SqlNode *n = table_call(r, make_call1(t, r->n, "flatten", r->e.array), r->alias, NULL);
    n->flags = r->s->first ? FLAG_WORDS : FLAG_LATERAL;
    return n;
}

static SqlNode *as_bigquery(const Rows *r)
{
    Translator *t = r->s->t;
    SqlNode *n = table_call(r, make_call1(t, r->n, "unnest", r->e.array), r->value, NULL);
    if (r->at) n->child[TABLE_CALL_OFFSET] = make_word(t, r->n, r->position);
    return n;
}

static SqlNode *as_unnest(const Rows *r)
{
    Translator *t = r->s->t;
    bool own = node_is_call(r->e.array, "series_rows");
    SqlNode *call = own ? r->e.array : make_call1(t, r->n, "unnest", r->e.array);
    SqlNode *n = table_call(r, call, r->alias, names_of(r, false));
    if (r->at) n->flags = FLAG_ORDINALITY;
    return n;
}

static SqlNode *as_query(Rows *r)
{
    Translator *t = r->s->t;
    const Series *s = &r->e.series;
    bool alone = r->e.counts && !r->at && !from_is_correlated(r->s, s->start) &&
                 !from_is_correlated(r->s, s->stop);
    if (!alone) return NULL;
    return make_derived(t, series_query(t, &r->e.series, r->value), r->alias);
}

static SqlNode *as_json_table(const Rows *r)
{
    Translator *t = r->s->t;
    SqlNode *args[3] = {documents_fit(t, r->e.array), make_word(t, r->n, r->value)};
    if (r->at) args[2] = make_word(t, r->n, r->position);
    const char *fn = r->e.json == 'X' ? "json_text_table" : "json_value_table";
    return table_call(r, make_call(t, r->n, fn, args, r->at ? 3 : 2), r->alias, NULL);
}

// The elements of a JSON value; NULL: an array of the target's own is made of it.
static SqlNode *json_in_target(Rows *r)
{
    Translator *t = r->s->t;
    switch (t->to) {
    case DIALECT_POSTGRES: {
        const char *fn = r->e.json == 'X' ? "json_text_rows" : "json_value_rows";
        SqlNode *call = make_call1(t, r->n, fn, documents_fit(t, r->e.array));
        SqlNode *n = table_call(r, call, r->alias, names_of(r, false));
        if (r->at) n->flags = FLAG_ORDINALITY;
        return n;
    }
    case DIALECT_MYSQL:
        return as_json_table(r);
    case DIALECT_SNOWFLAKE:
        r->e.array = documents_fit(t, r->e.array);
        return NULL;
    default:
        r->e.array = documents_array(t, r->e.array, r->e.json);
        return NULL;
    }
}

static SqlNode *in_target(Rows *r)
{
    SqlNode *json = r->e.json ? json_in_target(r) : NULL;
    if (json) return json;
    bool mysql = r->s->t->to == DIALECT_MYSQL;
    if (r->e.counts && !mysql) {
        r->e.array = series_array(r->s->t, &r->e.series);
        if (r->at && node_is_call(r->e.array, "series_rows")) { // as an array
            r->e.array->text = S("series");
            r->e.array->fn = fn_index(fn_named("series"));
        }
    }
    switch (r->s->t->to) {
    case DIALECT_SPARK:
        return as_view(r);
    case DIALECT_SNOWFLAKE:
        r->value = S("value");
        r->position = S("index");
        return as_flatten(r);
    case DIALECT_BIGQUERY:
        return as_bigquery(r);
    case DIALECT_POSTGRES:
    case DIALECT_TRINO:
        return as_unnest(r);
    case DIALECT_DUCKDB:
    case DIALECT_FLINK:
        return r->at ? NULL : as_unnest(r);
    case DIALECT_MYSQL:
        return as_query(r);
    default:
        return NULL;
    }
}

// What stands for the position at home: that of the target, moved by one where they count
// otherwise.
static SqlNode *position_column(const Rows *r, Str alias)
{
    Translator *t = r->s->t;
    SqlNode *n = make_column(t, r->n, alias, r->position);
    bool from_one = t->to == DIALECT_POSTGRES || t->to == DIALECT_TRINO || t->to == DIALECT_MYSQL;
    n->type = TYPE_INTEGER;
    if (from_one == (r->e.base == 1)) return n;
    SqlNode *one = make_number(t, r->n, 1);
    SqlNode *moved = make_binary(t, from_one ? OP_SUBTRACT : OP_ADD, n, one);
    moved->parens = 1;
    return moved;
}

static SqlNode *value_column(const Rows *r, Str alias)
{
    SqlNode *n = make_column(r->s->t, r->n, alias, r->value);
    if (r->e.json) n->type = r->e.json == 'X' ? TYPE_TEXT : TYPE_STRUCT;
    if (r->e.json == 'X' && r->s->t->to == DIALECT_SNOWFLAKE)
        return make_cast(r->s->t, n, "VARCHAR");
    return r->e.counts ? series_value(r->s->t, &r->e.series, n) : n;
}

static void replace_columns(const Rows *r, const SqlNode *offset)
{
    FromScope *s = r->s;
    Str alias = s->t->to == DIALECT_BIGQUERY ? (Str){0} : r->alias;
    Virtual *v = virtual_new(s, r->n->id, r->alias);
    for (int i = 0; i <= r->e.value || i <= r->e.position; i++) {
        virtual_add(s, v,
                    i == r->e.value      ? value_column(r, alias)
                    : i == r->e.position ? position_column(r, alias)
                                         : NULL);
    }
    if (offset) virtual_add(s, virtual_new(s, offset->id, r->alias), position_column(r, alias));
}

SqlNode *foreign_rows(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call)
{
    Translator *t = s->t;
    if (t->from == t->to) return n;
    SqlNode *members = call->kind == NODE_CALL ? foreign_members(s, n, alias, call) : NULL;
    if (members) return members;
    Rows r = {.s = s, .n = n, .alias = from_alias(t, alias)};
    const SqlNode *offset = n->kind == NODE_TABLE_CALL ? n->child[TABLE_CALL_OFFSET] : NULL;
    SqlColumns known = source_columns(t, n->id);
    bool fits = call->kind == NODE_CALL && read_elements(s, n, call, &r.e);
    size_t value = (size_t)r.e.value;
    r.value = value < known.len ? known.at[value].name : S("item");
    r.at = fits && (offset || r.e.position >= 0);
    r.position = offset ? offset->text : S("position");
    if (r.e.position >= 0 && (size_t)r.e.position < known.len)
        r.position = known.at[r.e.position].name;
    SqlNode *one = fits ? in_target(&r) : NULL;
    if (!one) {
        return translate_unsupported(t, call, "%s has nothing like this function in FROM.",
                                     home_title(t->to));
    }
    if (r.e.outer) n->flags |= FLAG_OUTER;
    replace_columns(&r, offset);
    if (node_is_call(call, "generator")) s->generator = r.alias;
    return one;
}

// SELECT id, EXPLODE(a): rows that a list of items makes, from FROM.
void foreign_row_item(FromScope *s, SqlNode *item, SqlNode **place, SqlNode *call)
{
    Translator *t = s->t;
    Rows r = {.s = s, .n = call, .alias = make_name(t, "rows")};
    s->first = !s->node->child[SELECT_FROM];
    bool fits = read_elements(s, call, call, &r.e) && r.e.position < 0;
    SqlNode *alias = item->child[ITEM_ALIAS];
    bool whole = place == &item->child[ITEM_VALUE];
    r.value = whole && alias ? alias->text : S("item");
    SqlNode *one = fits ? in_target(&r) : NULL;
    if (!one || t->failed) {
        translate_unsupported(t, call, "%s makes no rows in a list of items like %s.",
                              home_title(t->to), home_title(t->from));
        return;
    }
    SqlNode *value = value_column(&r, t->to == DIALECT_BIGQUERY ? (Str){0} : r.alias);
    if (whole && !alias) {
        bool named = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
        item->child[ITEM_ALIAS] = make_word(t, item, named ? call->text : S("col"));
    }
    *place = value;
    from_add(s, one, r.e.outer);
    SqlNode *from = s->node->child[SELECT_FROM], **last = &from->child[from->count - 1];
    if ((*last)->kind == NODE_JOIN) *last = foreign_joined(t, *last);
}

// --- Joins and the others ---

SqlNode *foreign_joined(Translator *t, SqlNode *join)
{
    SqlNode *right = join->child[JOIN_RIGHT];
    bool left_join = join->op == OP_LEFT;
    if (right->kind == NODE_LATERAL_VIEW && !right->child[VIEW_LEFT]) {
        right->child[VIEW_LEFT] = join->child[JOIN_LEFT];
        if (left_join) right->flags |= FLAG_OUTER;
        if (join->child[JOIN_ON] && !is_true(join->child[JOIN_ON]))
            return translate_unsupported(t, join, "LATERAL VIEW has no condition.");
        return right;
    }
    bool wants_on = t->to != DIALECT_BIGQUERY && left_join && right->kind == NODE_TABLE_CALL;
    if (wants_on && !join->child[JOIN_ON]) {
        join->child[JOIN_ON] = make_node(t, NODE_BOOLEAN, join, 0);
        join->child[JOIN_ON]->text = S("TRUE");
    }
    return join;
}

// --- LATERAL (VALUES …): rows of a list of structs, or of STACK ---

static SqlNode *values_unnested(Translator *t, const SqlNode *n, const SqlNode *rows,
                                const SqlColumns *names)
{
    SqlNode *array = make_node(t, NODE_ARRAY, rows, rows->count);
    for (uint32_t i = 0; i < rows->count; i++) {
        const SqlNode *row = rows->child[i];
        SqlNode *one = make_node(t, NODE_STRUCT, row, row->count);
        for (uint32_t c = 0; c < row->count; c++) {
            SqlNode *field = make_node(t, NODE_FIELD, row->child[c], 0);
            field->text = names->at[c].name;
            field->child[ONLY] = row->child[c];
            one->child[sql_roles(NODE_STRUCT) + c] = i ? row->child[c] : field;
        }
        array->child[i] = one;
    }
    SqlNode *made = make_node(t, NODE_TABLE_CALL, n, 0);
    made->child[TABLE_CALL_CALL] = make_call1(t, n, "unnest", array);
    made->child[TABLE_CALL_ALIAS] = make_alias(t, n, from_alias(t, n->child[DERIVED_ALIAS]));
    return made;
}

static SqlNode *values_stacked(Translator *t, const SqlNode *n, const SqlNode *rows,
                               const SqlColumns *names)
{
    Nodes args = {0};
    *vec_push(t->arena, &args) = make_number(t, n, rows->count);
    for (uint32_t i = 0; i < rows->count; i++) {
        for (uint32_t c = 0; c < rows->child[i]->count; c++)
            *vec_push(t->arena, &args) = rows->child[i]->child[c];
    }
    SqlNode *view = make_node(t, NODE_LATERAL_VIEW, n, 0);
    SqlNode *columns = make_node(t, NODE_LIST, n, 0);
    for (size_t c = 0; c < names->len; c++)
        node_add_tail(t, columns, make_word(t, n, names->at[c].name));
    view->child[VIEW_CALL] = make_call(t, n, "stack", args.at, (uint32_t)args.len);
    view->child[VIEW_ALIAS] = make_alias(t, n, from_alias(t, n->child[DERIVED_ALIAS]));
    view->child[VIEW_ALIAS]->child[ALIAS_COLUMNS] = columns;
    return view;
}

// NULL: it is no list of rows beside its neighbours, or the target reads it as it is.
static SqlNode *values_beside(FromScope *s, const SqlNode *n)
{
    Translator *t = s->t;
    bool wanted = t->to == DIALECT_BIGQUERY || t->to == DIALECT_SPARK;
    if (!wanted || n->kind != NODE_DERIVED || !(n->flags & FLAG_LATERAL)) return NULL;
    const SqlNode *query = n->child[DERIVED_QUERY], *rows = query->child[QUERY_BODY];
    bool plain = rows->kind == NODE_VALUES && !query->child[QUERY_ORDER] &&
                 !query->child[QUERY_LIMIT] && !s->first;
    if (!plain) return NULL;
    SqlColumns names = source_columns(t, n->id);
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->child[i]->count != names.len) return NULL;
    }
    return t->to == DIALECT_SPARK ? values_stacked(t, n, rows, &names)
                                  : values_unnested(t, n, rows, &names);
}

// NULL: it is lowered as for the runtime, or looked into.
SqlNode *foreign_item(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    if (t->from == t->to) return NULL;
    if (n->kind == NODE_JOIN && n->op == OP_ASOF) {
        return translate_unsupported(t, n, "The ASOF JOIN of %s is not written for %s here.",
                                     home_title(t->from), home_title(t->to));
    }
    SqlNode *values = values_beside(s, n);
    if (values) return values;
    if (n->kind != NODE_DERIVED || !(n->flags & FLAG_LATERAL)) return NULL;
    bool correlated = from_is_correlated(s, n->child[DERIVED_QUERY]);
    if (correlated && !sql_feature_in(FEATURE_LATERAL, t->to))
        return translate_unsupported(t, n, "%s has no LATERAL.", home_title(t->to));
    if (s->first || !correlated) n->flags &= ~(uint32_t)FLAG_LATERAL;
    return NULL;
}

// What the target lacks and no pass rewrites, by the places where it was read.
bool foreign_uses(Translator *t)
{
    static const SqlFeature words[] = {
        FEATURE_OVERWRITE,      FEATURE_UPDATE_FROM,   FEATURE_DELETE_USING,
        FEATURE_INSERT_BY_NAME, FEATURE_REPLACE_WHERE, FEATURE_WRITE_LIMIT,
        FEATURE_RETURNING,      FEATURE_AS_OF,         FEATURE_SAMPLE,
    };
    const SqlScript *s = t->script;
    for (size_t i = 0; i < s->use_count && t->from != t->to; i++) {
        const SqlUse *u = &s->uses[i];
        bool rows =
            u->feature == FEATURE_AS_OF && t->from == DIALECT_FLINK; // as of each row's time
        if (!rows && sql_feature_in(u->feature, t->to)) continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (words[k] != u->feature) continue;
            SqlNode place = {.at = u->at, .line = u->line, .column = u->column};
            const char *name =
                rows ? "a table as of the time of each row" : sql_feature_name(u->feature);
            translate_unsupported(t, &place, "%s %s %s.", home_title(t->to), home_lacks(name),
                                  name);
        }
    }
    return !t->failed;
}
