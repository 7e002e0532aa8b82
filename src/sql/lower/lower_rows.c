// lower_rows: functions in FROM: UNNEST, FLATTEN, EXPLODE, series, GENERATOR; and those that make
// rows where a list of items calls them.
//
// Each comes down to one function of the runtime with an expression a column, or to a query.
#include "sql/lower_from.h"
#include "sql/neutral_time.h"

// --- What a call makes ---

typedef struct {
    SqlNode *call;  // of the runtime
    SqlNode *query; // instead of it
    Nodes columns;  // of the call: in the order in which the resolver lists them
    SqlNode *index; // from 0
    bool outer;     // a row of NULLs where there is none
} Made;

typedef struct {
    FromScope *s;
    const SqlNode *n; // TABLE_CALL, LATERAL_VIEW or a CALL among the items
    Str alias;
    Made made;
} Rows;

static SqlNode *own(Rows *r, const char *column)
{
    return make_column(r->s->t, r->n, r->alias, str_from(column));
}

static void add(Rows *r, SqlNode *column)
{
    *vec_push(r->s->t->arena, &r->made.columns) = column;
}

static SqlNode *plus_one(Translator *t, SqlNode *n)
{
    SqlNode *sum = make_binary(t, OP_ADD, n, make_number(t, n, 1));
    sum->type = TYPE_INTEGER;
    sum->parens = 1;
    return sum;
}

// The elements of an array, of a series without making the array first.
static SqlNode *elements(Rows *r, SqlNode *array)
{
    Translator *t = r->s->t;
    bool series = node_is_call(array, "series");
    bool before = node_is_call(array, "series_before");
    if (!series && !before) return make_call1(t, array, "rows_each", array);
    SqlNode *start = sql_tail(array, 0), *stop = sql_tail(array, 1), *step = sql_tail(array, 2);
    step = time_step(t, step, before);
    if (before && !node_is(step, TYPE_TEXT)) { // the end is left out: integers only
        SqlNode *one = make_call1(t, array, "rows_sign", node_clone(t, step));
        stop = make_binary(t, OP_SUBTRACT, stop, one);
    }
    return make_call3(t, array, "rows_series", start, stop, step);
}

static void make_unnest(Rows *r, SqlNode *array)
{
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    add(r, own(r, "gr_value"));
}

// A map: its keys and values where two names are given for them.
static void make_explode(Rows *r, SqlNode *array, uint32_t names, bool position)
{
    bool map = names == (position ? 3u : 2u);
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    if (position) add(r, own(r, "gr_index"));
    if (map) add(r, own(r, "gr_key"));
    add(r, own(r, "gr_value"));
}

// Several arrays side by side, short ones filled with NULL: a series of positions, and each array
// joined to it.
static void make_zip(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    uint32_t n = sql_tail_count(call);
    Str at = make_name(t, "at");
    SqlNode **lengths = arena_array(t->arena, SqlNode *, n);
    for (uint32_t i = 0; i < n; i++) {
        SqlNode *length = make_call1(t, call, "rows_length", node_clone(t, sql_tail(call, i)));
        lengths[i] = make_call2(t, call, "coalesce", length, make_number(t, call, 0));
    }
    SqlNode *most = make_call(t, call, "rows_most", lengths, n);
    SqlNode *last = make_binary(t, OP_SUBTRACT, most, make_number(t, call, 1));
    SqlNode *from = make_node(t, NODE_TABLE_CALL, call, 0);
    from->child[TABLE_CALL_CALL] =
        make_call3(t, call, "rows_series", make_number(t, call, 0), last, make_number(t, call, 1));
    from->child[TABLE_CALL_ALIAS] = make_alias(t, call, at);
    SqlNode *items = make_node(t, NODE_LIST, call, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        Str name = make_name(t, "each");
        SqlNode *join = make_node(t, NODE_JOIN, call, 0),
                *one = make_node(t, NODE_TABLE_CALL, call, 0);
        one->child[TABLE_CALL_CALL] = make_call1(t, call, "rows_each", sql_tail(call, i));
        one->child[TABLE_CALL_ALIAS] = make_alias(t, call, name);
        join->op = OP_LEFT;
        join->child[JOIN_LEFT] = from;
        join->child[JOIN_RIGHT] = one;
        join->child[JOIN_ON] = make_binary(t, OP_EQ, make_column(t, call, name, S("gr_index")),
                                           make_column(t, call, at, S("gr_value")));
        from = join;
        SqlNode *value = make_column(t, call, name, S("gr_value"));
        items->child[i] = make_item(t, value, make_name(t, "c"));
    }
    SqlNode *position = plus_one(t, make_column(t, call, at, S("gr_value")));
    items->child[n] = make_item(t, position, S("ordinality"));
    SqlNode *select = make_select(t, call, items);
    select->child[SELECT_FROM] = make_from(t, from);
    r->made.query = make_query(t, select);
}

static bool is_true(const SqlNode *n)
{
    return n && n->kind == NODE_BOOLEAN && str_eq_nocase(n->text, S("TRUE"));
}

// Snowflake: SEQ, KEY, PATH, INDEX, VALUE, THIS. What is neither array nor object has no rows.
static void make_flatten(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *input = node_arg(call, "input"), *path = node_arg(call, "path");
    if (is_true(node_arg(call, "recursive"))) {
        translate_unsupported(t, call, "FLATTEN with RECURSIVE is not supported here.");
        return;
    }
    if (path && path->kind != NODE_STRING) {
        translate_unsupported(t, path, "The PATH of FLATTEN is a string here.");
        return;
    }
    if (path && path->text.len) {
        Str at = str_fmt(t->arena, "$.%.*s", STR_ARG(path->text));
        input = make_call2(t, call, "rows_member", input, make_string(t, path, at));
    }
    r->made.outer = is_true(node_arg(call, "outer"));
    r->made.call = make_call1(t, call, "rows_each_lenient", input);
    SqlNode *array = make_is_null(t, own(r, "gr_key"), false);
    SqlNode *bracket = make_binary(t, OP_CONCAT, make_string(t, call, S("[")), own(r, "gr_index"));
    bracket = make_binary(t, OP_CONCAT, bracket, make_string(t, call, S("]")));
    add(r, NULL);
    add(r, own(r, "gr_key"));
    add(r, make_case(t, array, bracket, own(r, "gr_key")));
    add(r, make_case(t, node_clone(t, array), own(r, "gr_index"), NULL));
    add(r, own(r, "gr_value"));
    add(r, node_clone(t, input));
}

static void make_generator(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *rows = node_arg(call, "rows");
    if (!rows) {
        translate_unsupported(t, call, "GENERATOR wants a ROWCOUNT here.");
        return;
    }
    SqlNode *last = make_binary(t, OP_SUBTRACT, rows, make_number(t, call, 1));
    r->made.call =
        make_call3(t, call, "rows_series", make_number(t, call, 0), last, make_number(t, call, 1));
    add(r, own(r, "gr_value"));
    r->s->generator = r->alias;
}

// STACK(2, a, b, c, d): rows of equal parts.
static void make_stack(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    const SqlNode *count = sql_tail(call, 0);
    int64_t rows;
    uint32_t values = sql_tail_count(call) - 1;
    bool known =
        count->kind == NODE_NUMBER && str_to_i64(count->text, &rows) && rows > 0 && rows <= values;
    if (!known) {
        translate_unsupported(t, call, "STACK wants a whole number of rows first.");
        return;
    }
    uint32_t width = (values + (uint32_t)rows - 1) / (uint32_t)rows;
    SqlNode *all = make_node(t, NODE_VALUES, call, (uint32_t)rows);
    for (uint32_t i = 0; i < rows; i++) {
        SqlNode *row = all->child[i] = make_node(t, NODE_ROW, call, width);
        for (uint32_t c = 0; c < width; c++) {
            uint32_t at = i * width + c;
            row->child[c] = at < values ? sql_tail(call, 1 + at) : make_null(t, call);
        }
    }
    r->made.query = make_query(t, all);
}

// Snowflake: SEQ, INDEX from 1, VALUE; Postgres: the parts.
static void make_split(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *parts = make_call2(t, call, "array_split", sql_tail(call, 0), sql_tail(call, 1));
    r->made.call = make_call1(t, call, "rows_each", parts);
    r->made.index = own(r, "gr_index");
    if (t->from == DIALECT_SNOWFLAKE) {
        add(r, NULL);
        add(r, plus_one(t, own(r, "gr_index")));
    }
    add(r, own(r, "gr_value"));
}

// BigQuery spreads an array of structs: its fields are the columns.
static bool spreads(const Rows *r, SqlColumns known)
{
    if (r->s->t->from != DIALECT_BIGQUERY || known.len == 0) return false;
    return known.len > 1 || !str_eq_nocase(known.at[0].name, r->alias);
}

static void make_fields(Rows *r, SqlNode *array, SqlColumns known)
{
    Translator *t = r->s->t;
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    for (size_t i = 0; i < known.len; i++) {
        SqlNode *name = make_string(t, array, known.at[i].name);
        SqlNode *word = make_word(t, array, S("0N"));
        add(r, make_call3(t, array, "element", own(r, "gr_value"), name, word));
    }
}

static void make_json_members(Rows *r, SqlNode *call, bool keys)
{
    r->made.call = make_call1(r->s->t, call, "rows_each", sql_tail(call, 0));
    add(r, own(r, "gr_key"));
    if (!keys) add(r, own(r, "gr_value"));
}

// What makes rows of a value, and has none.
static bool lacks_value(const SqlNode *call)
{
    static const char *const takes[] = {"unnest",          "unnest_outer",  "unnest_at",
                                        "unnest_at_outer", "json_elements", "json_members",
                                        "json_keys",       "split_rows"};
    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
        if (node_is_call(call, takes[i])) return !sql_tail_count(call);
    }
    return false;
}

// False when it is no function that makes rows.
static bool make_rows(Rows *r, SqlNode *call, uint32_t names)
{
    static const struct {
        const char *meaning;
        bool position, outer;
    } explodes[] = {
        {"unnest_outer", false, true}, {"unnest_at", true, false}, {"unnest_at_outer", true, true}};
    if (lacks_value(call)) {
        make_explode(r,
                     translate_refused(r->s->t, call, "The function takes what it makes rows of."),
                     names, false);
        return true;
    }
    for (size_t i = 0; i < sizeof explodes / sizeof *explodes; i++) {
        if (!node_is_call(call, explodes[i].meaning)) continue;
        make_explode(r, sql_tail(call, 0), names, explodes[i].position);
        r->made.outer = explodes[i].outer;
        return true;
    }
    if (node_is_call(call, "unnest") && sql_tail_count(call) > 1) {
        make_zip(r, call);
    } else if (node_is_call(call, "split_rows")) {
        make_split(r, call);
    } else if (node_is_call(call, "unnest") && spreads(r, source_columns(r->s->t, r->n->id))) {
        make_fields(r, sql_tail(call, 0), source_columns(r->s->t, r->n->id));
    } else if (node_is_call(call, "unnest")) {
        make_explode(r, sql_tail(call, 0), names, false);
    } else if (node_is_call(call, "series") || node_is_call(call, "series_before")) {
        make_unnest(r, call);
    } else if (node_is_call(call, "json_elements")) {
        make_unnest(r, sql_tail(call, 0));
    } else if (node_is_call(call, "json_members") || node_is_call(call, "json_keys")) {
        make_json_members(r, call, node_is_call(call, "json_keys"));
    } else if (node_is_call(call, "flatten")) {
        make_flatten(r, call);
    } else if (node_is_call(call, "generator")) {
        make_generator(r, call);
    } else if (node_is_call(call, "stack")) {
        make_stack(r, call);
    } else {
        return false;
    }
    return true;
}

// --- Where it stands in FROM ---

static Str name_at(Rows *r, const SqlColumns *known, size_t i)
{
    if (i < known->len && known->at[i].name.len) return known->at[i].name;
    return make_name(r->s->t, "c");
}

// A table of its own: nothing beside it is read.
static SqlNode *as_table(Rows *r, const SqlNode *offset)
{
    Translator *t = r->s->t;
    SqlColumns known = source_columns(t, r->n->id);
    SqlNode *items = make_node(t, NODE_LIST, r->n, 0);
    Virtual *v = virtual_new(r->s, r->n->id, r->alias);
    v->derived = true;
    for (size_t i = 0; i < r->made.columns.len; i++) {
        Str name = name_at(r, &known, i);
        SqlNode *column = r->made.columns.at[i];
        if (!column) continue;
        node_add_tail(t, items, make_item(t, column, name));
        virtual_add(r->s, v, make_column(t, r->n, r->alias, name));
    }
    if (offset) node_add_tail(t, items, make_item(t, r->made.index, offset->text));
    SqlNode *select = make_select(t, r->n, items), *one = make_node(t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(t, r->n, r->alias);
    select->child[SELECT_FROM] = make_from(t, one);
    return from_derived(t, r->n, make_query(t, select), r->alias);
}

static SqlNode *as_virtual(Rows *r, const SqlNode *offset)
{
    Translator *t = r->s->t;
    SqlNode *one = make_node(t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(t, r->n, r->alias);
    Virtual *v = virtual_new(r->s, r->n->id, r->alias);
    for (size_t i = 0; i < r->made.columns.len; i++) virtual_add(r->s, v, r->made.columns.at[i]);
    if (offset) virtual_add(r->s, virtual_new(r->s, offset->id, r->alias), r->made.index);
    return one;
}

static SqlNode *as_query(Rows *r)
{
    Translator *t = r->s->t;
    if (from_is_correlated(r->s, r->made.query))
        return lower_lateral(r->s, r->n, r->made.query, r->alias);
    SqlColumns known = source_columns(t, r->n->id);
    Names names = {0};
    for (size_t i = 0; i < known.len; i++) *vec_push(t->arena, &names) = known.at[i].name;
    return derived_named(t, r->n, r->made.query, r->alias, &names);
}

// The row of NULLs where there is none comes of a LEFT JOIN, with nothing before it to one row.
static SqlNode *outer_row(Rows *r, SqlNode *one)
{
    Translator *t = r->s->t;
    if (!r->s->first) return one; // lower_from.c joins it
    SqlNode *items = make_node(t, NODE_LIST, r->n, 1), *join = make_node(t, NODE_JOIN, r->n, 0);
    items->child[0] = make_item(t, make_number(t, r->n, 1), make_name(t, "c"));
    join->op = OP_LEFT;
    join->child[JOIN_LEFT] =
        make_derived(t, make_query(t, make_select(t, r->n, items)), make_name(t, "q"));
    join->child[JOIN_RIGHT] = one;
    return join;
}

SqlNode *lower_table_call(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call)
{
    Translator *t = s->t;
    bool there = t->to != DIALECT_SQLITE && t->from != t->to;
    SqlNode *made = there ? lower_window_call(s, n, alias, call) : NULL;
    if (made) return made;
    if (t->to != DIALECT_SQLITE) return foreign_rows(s, n, alias, call);
    Rows r = {.s = s, .n = n, .alias = from_alias(t, alias)};
    const SqlNode *offset = n->kind == NODE_TABLE_CALL ? n->child[TABLE_CALL_OFFSET] : NULL;
    uint32_t names = alias ? sql_tail_count(alias->child[ALIAS_COLUMNS]) : 0;
    if (n->flags & FLAG_ORDINALITY && names) names--;
    SqlNode *window = lower_window_call(s, n, alias, call);
    if (window) return window;
    if (call->kind != NODE_CALL || !make_rows(&r, call, names)) {
        return translate_unsupported(t, call, "This function is not supported in FROM.");
    }
    if (t->failed) return n;
    if (r.made.call && n->flags & FLAG_ORDINALITY && r.made.index)
        add(&r, plus_one(t, node_clone(t, r.made.index)));
    SqlNode *one = r.made.query                         ? as_query(&r)
                   : from_is_correlated(s, r.made.call) ? as_virtual(&r, offset)
                                                        : as_table(&r, offset);
    if (r.made.outer) n->flags |= FLAG_OUTER;
    return r.made.outer ? outer_row(&r, one) : one;
}

// LATERAL VIEW [OUTER] f(x) t AS a: a join with the function.
SqlNode *lower_lateral_view(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlNode *join = make_node(t, NODE_JOIN, n, 0), *alias = n->child[VIEW_ALIAS];
    SqlNode *call = n->child[VIEW_CALL];
    join->child[JOIN_LEFT] = lower_item(s, n->child[VIEW_LEFT]);
    s->first = false;
    bool outer = n->flags & FLAG_OUTER;
    join->child[JOIN_RIGHT] = lower_table_call(s, n, alias, call);
    outer = outer || n->flags & FLAG_OUTER; // EXPLODE_OUTER
    join->op = outer ? OP_LEFT : OP_CROSS;
    return t->to == DIALECT_SQLITE || t->failed ? join : foreign_joined(t, join);
}

// --- Among the items: SELECT id, EXPLODE(a) ---

static bool makes_rows(const Translator *t, const SqlNode *n)
{
    if (n->kind != NODE_CALL || !n->fn) return false;
    if (t->from == t->to) return false;
    if (node_is_call(n, "series")) return t->from == DIALECT_POSTGRES; // elsewhere an array
    return fn_at(n->fn)->class == FN_TABLE;
}

static SqlNode *find_rows(const Translator *t, SqlNode *n, SqlNode ***place)
{
    if (!n || n->kind == NODE_QUERY) return NULL;
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (c && makes_rows(t, c)) {
            *place = &n->child[i];
            return c;
        }
        SqlNode *found = find_rows(t, c, place);
        if (found) return found;
    }
    return NULL;
}

static bool is_aggregate(const SqlNode *n)
{
    bool group = n->kind == NODE_CALL && n->fn && fn_at(n->fn)->class == FN_AGGREGATE;
    return group && !n->child[CALL_OVER];
}

static bool is_grouped(const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return false;
    if (is_aggregate(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_grouped(n->child[i])) return true;
    }
    return false;
}

void from_add(FromScope *s, SqlNode *one, bool outer)
{
    Translator *t = s->t;
    SqlNode *from = s->node->child[SELECT_FROM];
    if (!from) {
        s->node->child[SELECT_FROM] = make_from(t, one);
        return;
    }
    SqlNode *join = make_node(t, NODE_JOIN, one, 0);
    SqlNode *last = sql_tail(from, sql_tail_count(from) - 1);
    join->op = outer ? OP_LEFT : OP_CROSS;
    join->child[JOIN_LEFT] = last;
    join->child[JOIN_RIGHT] = one;
    from->child[from->count - 1] = join;
}

// Where one call makes rows of an item: its value, or its columns.
static void replace_item(FromScope *s, SqlNode *item, SqlNode **place, Rows *r)
{
    Translator *t = s->t;
    SqlNode *list = s->node->child[SELECT_ITEMS];
    bool whole = place == &item->child[ITEM_VALUE];
    if (r->made.columns.len == 1 || !whole) {
        if (whole && !item->child[ITEM_ALIAS]) {
            bool pg = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
            Str source = (*place)->text;
            item->child[ITEM_ALIAS] = make_word(t, item, pg ? source : S("col"));
        }
        *place = node_clone(t, r->made.columns.at[r->made.columns.len - 1]);
        return;
    }
    bool at = node_is_call(*place, "unnest_at") || node_is_call(*place, "unnest_at_outer");
    Nodes all = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *one = sql_tail(list, i);
        if (one != item) *vec_push(t->arena, &all) = one;
        for (size_t c = 0; one == item && c < r->made.columns.len; c++) {
            Str name = !at ? str_fmt(t->arena, "col%zu", c) : c ? S("col") : S("pos");
            *vec_push(t->arena, &all) = make_item(t, r->made.columns.at[c], name);
        }
    }
    node_set_tail(t, list, all.at, (uint32_t)all.len);
}

static SqlNode *bare_call(Rows *r)
{
    SqlNode *one = make_node(r->s->t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(r->s->t, r->n, r->alias);
    return one;
}

// A query that makes the rows: Spark calls its columns col0, col1 …
static SqlNode *as_items(Rows *r)
{
    Translator *t = r->s->t;
    Names names;
    if (!query_names(t, &r->made.query, &names)) return make_null(t, r->n);
    bool beside = from_is_correlated(r->s, r->made.query);
    for (size_t i = 0; i < names.len; i++) {
        Str name = beside ? make_part(t, "col", i) : names.at[i];
        add(r, make_column(t, r->n, r->alias, name));
    }
    return beside ? lower_lateral(r->s, r->n, r->made.query, r->alias)
                  : make_derived(t, r->made.query, r->alias);
}

static void lower_row_item(FromScope *s, SqlNode *item, SqlNode **place, SqlNode *call)
{
    Translator *t = s->t;
    Rows r = {.s = s, .n = call, .alias = make_name(t, "rows")};
    s->first = !s->node->child[SELECT_FROM];
    if (node_is_call(call, "flatten")) {
        translate_refused(t, call, "FLATTEN makes rows: it stands in FROM, behind LATERAL.");
        return;
    }
    if (!make_rows(&r, call, 0)) {
        translate_unsupported(t, call, "This function is not supported in a list of items.");
        return;
    }
    SqlNode *one = r.made.query ? as_items(&r) : bare_call(&r);
    for (size_t i = 0; i < r.made.columns.len && !t->failed; i++) {
        if (!r.made.columns.at[i])
            translate_refused(t, call, STR_FMT " makes rows: it stands in FROM.",
                              STR_ARG(source_short(t, call)));
    }
    if (t->failed) return;
    from_add(s, r.made.outer ? outer_row(&r, one) : one, r.made.outer);
    replace_item(s, item, place, &r);
}

// The names that the items have outside: their own, a column's, or what home calls them.
static Str outer_name(const Translator *t, const SqlNode *select, const SqlNode *item, uint32_t i)
{
    const SqlNode *alias = item->child[ITEM_ALIAS], *value = item->child[ITEM_VALUE];
    if (alias) return alias->text;
    if (value->kind == NODE_COLUMN) return sql_last(value)->text;
    bool known = t->meaning && select->id < t->script->nodes;
    const SqlColumns *out = known ? &t->meaning->outputs[select->id] : NULL;
    return out && i < out->len ? out->at[i].name : (Str){0};
}

// What the arguments of a call that makes rows read: each becomes a column of the groups.
typedef VEC(SqlNode **) Places;

static bool reads(const SqlNode *n, const SqlNode *but)
{
    if (!n || n == but) return false;
    if (n->kind == NODE_COLUMN || n->kind == NODE_QUERY || is_aggregate(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(n->child[i], but)) return true;
    }
    return false;
}

static void add_reading(Translator *t, SqlNode *call, Places *out)
{
    bool one = sql_tail_count(call) == 1;
    SqlNode *of = one ? sql_tail(call, 0) : call;
    bool series = node_is_call(of, "series") || node_is_call(of, "series_before");
    if (!series) of = call;
    for (uint32_t i = 0; i < sql_tail_count(of); i++) {
        if (reads(sql_tail(of, i), NULL))
            *vec_push(t->arena, out) = &of->child[sql_roles(NODE_CALL) + i];
    }
}

// Whether nothing but the call and the keys by their place or name reads the groups.
static bool groups_apart(const FromScope *s, const SqlNode *of, const SqlNode *call,
                         const SqlNode *order)
{
    const SqlNode *list = s->node->child[SELECT_ITEMS];
    bool plain = !s->filter && !reads(of->child[ITEM_VALUE], call);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *key = sql_tail(order, i)->child[ONLY];
        bool output =
            key->kind == NODE_NUMBER || (key->kind == NODE_COLUMN && sql_tail_count(key) == 1);
        plain = plain && output;
    }
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        plain = plain && sql_tail(list, i)->child[ITEM_VALUE]->kind != NODE_STAR;
    return plain;
}

// EXPLODE(COLLECT_SET(x)), generate_series(MIN(d), MAX(d), '1 day')::date: the groups become a
// derived table, and the rows are made of its columns.
static bool group_first(FromScope *s, SqlNode *of, SqlNode *call, const SqlNode *order)
{
    Translator *t = s->t;
    SqlNode *select = s->node, *list = select->child[SELECT_ITEMS];
    if (!groups_apart(s, of, call, order)) return false;
    Places values = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *item = sql_tail(list, i);
        Str outside = outer_name(t, select, item, i);
        if (item == of) {
            add_reading(t, call, &values);
        } else {
            *vec_push(t->arena, &values) = &item->child[ITEM_VALUE];
        }
        bool kept = item != of || item->child[ITEM_VALUE] != call;
        if (kept && !item->child[ITEM_ALIAS] && outside.len)
            item->child[ITEM_ALIAS] = make_word(t, item, outside);
    }
    Str alias = make_name(t, "groups");
    SqlNode *items = make_node(t, NODE_LIST, list, 0), *inner = make_select(t, select, items);
    for (size_t i = 0; i < values.len; i++) {
        SqlNode **value = values.at[i];
        Str name = make_name(t, "g");
        uint8_t type = (*value)->type;
        const SqlNode *place = *value;
        node_add_tail(t, items, make_item(t, *value, name));
        *value = make_column(t, place, alias, name);
        (*value)->type = type;
    }
    static const int roles[] = {SELECT_FROM, SELECT_WHERE, SELECT_GROUP, SELECT_HAVING,
                                SELECT_WINDOWS};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        inner->child[roles[i]] = select->child[roles[i]];
        select->child[roles[i]] = NULL;
    }
    select->child[SELECT_FROM] = make_from(t, make_derived(t, make_query(t, inner), alias));
    return true;
}

void lower_row_items(FromScope *s, const SqlNode *order)
{
    Translator *t = s->t;
    SqlNode *list = s->node->child[SELECT_ITEMS], *found = NULL, **at = NULL, *of = NULL;
    uint32_t calls = 0;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode **place = NULL;
        SqlNode *call = find_rows(t, sql_tail(list, i), &place);
        if (!call) continue;
        found = call, at = place, of = sql_tail(list, i);
        calls++;
    }
    if (!found) return;
    if (t->to != DIALECT_SQLITE) {
        bool both = node_is_call(found, "unnest") && !node_is_call(sql_tail(found, 0), "series") &&
                    (t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB);
        if (both) return;
    }
    bool grouped = s->node->child[SELECT_GROUP] || is_grouped(list);
    if (grouped && group_first(s, of, found, order)) {
        lower_row_item(s, of, at, found);
    } else if (grouped) {
        translate_unsupported(t, found, "Rows made of a group: group in a subquery first.");
    } else if (calls > 1) {
        translate_unsupported(t, found,
                              "Two functions that make rows in one list of items are not "
                              "supported here: put them into FROM.");
    } else if (t->to != DIALECT_SQLITE) {
        foreign_row_item(s, of, at, found);
    } else {
        lower_row_item(s, of, at, found);
    }
}
