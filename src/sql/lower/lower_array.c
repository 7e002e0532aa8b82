// lower_array: arrays, structs and maps at run time: JSON text, and what lambdas do with it.
#include "base/buf.h"
#include "sql/fn_group.h"
#include "sql/lower.h"

enum { ARGUMENTS_MAX = 28 }; // of a call; longer arrays are joined from several

LogicalType element_type(const SqlNode *array)
{
    if (!array) return TYPE_UNKNOWN;
    if (array->kind == NODE_ARRAY)
        return sql_tail_count(array) ? node_type(sql_tail(array, 0)) : TYPE_UNKNOWN;
    if (array->kind != NODE_CALL || !array->fn || !sql_tail_count(array)) return TYPE_UNKNOWN;
    SqlNode *of = sql_tail(array, 0);
    if (node_is_call(array, "array_agg") || node_is_call(array, "approx_quantiles"))
        return node_type(of);
    if (node_is_call(array, "array_split")) return TYPE_TEXT;
    bool keeps = node_is(of, TYPE_ARRAY) &&
                 (str_starts(array->text, S("array_")) || node_is_call(array, "coalesce"));
    return keeps ? element_type(of) : TYPE_UNKNOWN;
}

// --- Literals ---

// The text of a constant in JSON; false when it is none.
static bool put_constant(Buf *b, const SqlNode *n)
{
    bool minus = n->kind == NODE_UNARY && n->op == OP_MINUS;
    const SqlNode *of = minus ? n->child[ONLY] : n;
    int64_t whole;
    if (of->kind == NODE_NUMBER && str_to_i64(of->text, &whole)) {
        buf_fmt(b, "%s" STR_FMT, minus ? "-" : "", STR_ARG(of->text));
        return true;
    }
    if (minus) return false;
    if (n->kind == NODE_NULL) {
        buf_add(b, S("null"));
    } else if (n->kind == NODE_BOOLEAN) {
        buf_add(b, str_eq(n->text, S("TRUE")) ? S("true") : S("false"));
    } else if (n->kind == NODE_STRING && !(n->flags & FLAG_WORDS) && n->type != TYPE_ARRAY) {
        buf_char(b, '"');
        for (size_t i = 0; i < n->text.len; i++) {
            unsigned char c = (unsigned char)n->text.ptr[i];
            if (c < 0x20 || c == '"' || c == '\\') {
                buf_fmt(b, "\\u%04x", c);
            } else {
                buf_char(b, (char)c);
            }
        }
        buf_char(b, '"');
    } else {
        return false;
    }
    return true;
}

static SqlNode *constant_array(Translator *t, const SqlNode *n)
{
    Buf b = buf_new(t->arena);
    buf_char(&b, '[');
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (i) buf_char(&b, ',');
        if (!put_constant(&b, sql_tail(n, i))) return NULL;
    }
    buf_char(&b, ']');
    SqlNode *made = make_string(t, n, buf_str(&b));
    made->type = TYPE_ARRAY;
    return made;
}

// A letter a value: kind_of of each, trailing ones that say nothing left out.
static SqlNode *kinds_of(Translator *t, const SqlNode *place, SqlNode *const *values, uint32_t n,
                         uint32_t step, const char *behind)
{
    Buf b = buf_new(t->arena);
    size_t said = 0;
    for (uint32_t i = step - 1; i < n; i += step) {
        char kind = json_kind(values[i]);
        buf_char(&b, kind ? kind : '.');
        if (kind) said = b.len;
    }
    b.len = said;
    buf_add(&b, str_from(behind));
    return make_string(t, place, buf_str(&b));
}

static SqlNode *array_part(Translator *t, const SqlNode *place, SqlNode *const *items, uint32_t n)
{
    SqlNode **args = arena_array(t->arena, SqlNode *, n + 1);
    args[0] = kinds_of(t, place, items, n, 1, "");
    for (uint32_t i = 0; i < n; i++) args[i + 1] = items[i];
    SqlNode *made = make_call(t, place, "gr_array", args, n + 1);
    made->type = TYPE_ARRAY;
    return made;
}

// Two at a time, so that the tree stays low.
static SqlNode *array_of(Translator *t, const SqlNode *place, SqlNode *const *items, uint32_t n)
{
    if (n <= ARGUMENTS_MAX) return array_part(t, place, items, n);
    uint32_t half = n / 2;
    SqlNode *made = make_call2(t, place, "array_concat", array_of(t, place, items, half),
                               array_of(t, place, items + half, n - half));
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *lower_array(Translator *t, SqlNode *n)
{
    bool untyped = t->to == DIALECT_POSTGRES && t->from != t->to && !sql_tail_count(n);
    if (untyped) return make_string(t, n, S("{}")); // takes the type of what stands beside it
    if (t->to != DIALECT_SQLITE) return n;
    SqlNode *constant = constant_array(t, n);
    return constant ? constant
                    : array_of(t, n, n->child + sql_roles(NODE_ARRAY), sql_tail_count(n));
}

// Snowflake's objects have their keys in order.
static void sort_pairs(SqlNode **pairs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += 2) {
        if (pairs[i]->kind != NODE_STRING) return;
    }
    for (uint32_t i = 2; i < count; i += 2) {
        SqlNode *key = pairs[i], *value = pairs[i + 1];
        uint32_t at = i;
        for (; at > 0 && str_cmp(pairs[at - 2]->text, key->text) > 0; at -= 2) {
            pairs[at] = pairs[at - 2];
            pairs[at + 1] = pairs[at - 1];
        }
        pairs[at] = key;
        pairs[at + 1] = value;
    }
}

SqlNode *lower_object(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n), roles = sql_roles(NODE_CALL);
    if (count > ARGUMENTS_MAX)
        return translate_unsupported(t, n,
                                     "A struct of more than 14 fields is not supported here.");
    if (t->from == DIALECT_SNOWFLAKE) sort_pairs(n->child + roles, count);
    SqlNode **args = arena_array(t->arena, SqlNode *, count + 1);
    args[0] =
        kinds_of(t, n, n->child + roles, count, 2, node_is_call(n, "object_sparse") ? "-" : "");
    for (uint32_t i = 0; i < count; i++) args[i + 1] = sql_tail(n, i);
    SqlNode *made = make_call(t, n, "gr_object", args, count + 1);
    made->type = TYPE_STRUCT;
    return made;
}

// --- Calls that must know what a value is ---

static SqlNode *kind_text(Translator *t, const SqlNode *x)
{
    char kind[2] = {json_kind(x), '\0'};
    return make_string(t, x, str_copy(t->arena, str_from(kind)));
}

static SqlNode *with_kind(Translator *t, SqlNode *n, const char *fn, SqlNode *array, SqlNode *x,
                          SqlNode *more)
{
    SqlNode *args[4] = {array, kind_text(t, x), x, more};
    SqlNode *made = make_call(t, n, fn, args, more ? 4 : 3);
    made->type = n->type;
    return made;
}

SqlNode *lower_array_add(Translator *t, SqlNode *n)
{
    SqlNode *front = node_is_call(n, "array_prepend") ? make_number(t, n, 1) : NULL;
    return with_kind(t, n, "gr_array_add", node_arg(n, "array"), node_arg(n, "x"), front);
}

SqlNode *lower_array_repeat(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x");
    SqlNode *args[] = {kind_text(t, x), x, node_arg(n, "times")};
    SqlNode *made = make_call(t, n, "gr_array_repeat", args, 3);
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *lower_array_contains(Translator *t, SqlNode *n)
{
    Str how = t->from == DIALECT_DUCKDB ? S("S") : S("");
    return with_kind(t, n, "gr_array_contains", node_arg(n, "array"), node_arg(n, "x"),
                     make_string(t, n, how));
}

SqlNode *lower_array_remove(Translator *t, SqlNode *n)
{
    return with_kind(t, n, "gr_array_remove", node_arg(n, "array"), node_arg(n, "x"), NULL);
}

SqlNode *lower_array_position(Translator *t, SqlNode *n)
{
    bool zero = str_eq(node_arg(n, "none")->text, S("ZERO"));
    int first = str_eq(node_arg(n, "first")->text, S("1"));
    SqlNode *x = node_arg(n, "x");
    SqlNode *args[5] = {node_arg(n, "array"), kind_text(t, x), x, make_number(t, n, first),
                        make_number(t, n, 0)};
    SqlNode *made = make_call(t, n, "gr_array_position", args, zero ? 5 : 4);
    made->type = TYPE_INTEGER;
    return made;
}

// ARRAY_INSERT, ARRAY_POSITIONS, ARRAY_REPLACE, LIST_RESIZE: what is put in or looked for has a
// kind.
SqlNode *lower_array_put(Translator *t, SqlNode *n)
{
    SqlNode *array = node_arg(n, "array"), *x = node_arg(n, "x"), *args[5] = {array};
    if (node_is_call(n, "array_places")) return with_kind(t, n, "gr_array_places", array, x, NULL);
    const char *fn = "gr_array_insert";
    uint32_t count = 5;
    if (node_is_call(n, "array_resize")) {
        fn = "gr_array_resize";
        count = 4;
        args[1] = node_arg(n, "length");
        args[3] = x ? x : make_null(t, n);
        args[2] = kind_text(t, args[3]);
    } else if (node_is_call(n, "array_swap")) {
        fn = "gr_array_swap";
        args[2] = node_arg(n, "old");
        args[4] = node_arg(n, "new");
        args[1] = kind_text(t, args[2]);
        args[3] = kind_text(t, args[4]);
    } else {
        args[1] = kind_text(t, x);
        args[2] = x;
        args[3] = node_arg(n, "place");
        args[4] = make_number(t, n, str_eq(node_arg(n, "first")->text, S("1")));
    }
    return typed(make_call(t, n, fn, args, count), TYPE_ARRAY);
}

SqlNode *lower_json_write(Translator *t, SqlNode *n)
{
    SqlNode *x = sql_tail(n, 0);
    SqlNode *made = make_call2(t, n, "gr_json_write", kind_text(t, x), x);
    made->type = node_is(n, TYPE_STRUCT) ? TYPE_STRUCT : TYPE_TEXT;
    return made;
}

// --- Queries and lambdas over elements ---

SqlNode *each_table(Translator *t, SqlNode *call, Str alias)
{
    SqlNode *n = make_node(t, NODE_TABLE_CALL, call, 0);
    n->child[TABLE_CALL_CALL] = call;
    n->child[TABLE_CALL_ALIAS] = make_alias(t, call, alias);
    return n;
}

// (SELECT value FROM source)
SqlNode *each_scalar(Translator *t, SqlNode *value, SqlNode *source, SqlNode *where)
{
    SqlNode *item = make_item(t, value, (Str){0});
    SqlNode *select = make_select(t, value, make_list(t, value, (const SqlNode *const[]){item}, 1));
    select->child[SELECT_FROM] = make_from(t, source);
    select->child[SELECT_WHERE] = where;
    SqlNode *n = make_node(t, NODE_SUBQUERY, value, 0);
    n->child[ONLY] = make_query(t, select);
    return n;
}

SqlNode *each_list(Translator *t, SqlNode *x)
{
    SqlNode *list = make_call2(t, x, "gr_array_agg", kind_text(t, x), x);
    SqlNode *empty = make_string(t, x, S("[]"));
    return make_call2(t, x, "coalesce", list, empty);
}

// ARRAY(SELECT x …): its one column gets a name to be listed by.
SqlNode *lower_array_query(Translator *t, SqlNode *n)
{
    SqlNode *query = sql_tail(n, 0)->child[ONLY], *body = query->child[QUERY_BODY];
    while (body->kind == NODE_QUERY) body = body->child[QUERY_BODY];
    SqlNode *items = body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    if (!items || sql_tail_count(items) != 1 ||
        sql_tail(items, 0)->child[ITEM_VALUE]->kind == NODE_STAR) {
        return translate_unsupported(t, n, "ARRAY takes a SELECT of one column here.");
    }
    SqlNode *item = sql_tail(items, 0);
    Str alias = make_name(t, "rows");
    if (!item->child[ITEM_ALIAS])
        item->child[ITEM_ALIAS] = make_word(t, item, make_name(t, "element"));
    SqlNode *x = make_column(t, n, alias, item->child[ITEM_ALIAS]->text);
    x->type = item->child[ITEM_VALUE]->type;
    SqlNode *made = each_scalar(t, each_list(t, x), make_derived(t, query, alias), NULL);
    made->type = TYPE_ARRAY;
    return made;
}

// The body of a lambda with its parameters replaced.
SqlNode *lambda_put(Translator *t, SqlNode *n, const LambdaGiven *given, uint32_t count)
{
    if (!n) return NULL;
    if (n->kind == NODE_COLUMN && sql_tail_count(n) == 1) {
        for (uint32_t i = 0; i < count; i++) {
            if (!str_eq_nocase(sql_last(n)->text, given[i].name)) continue;
            SqlNode *value = node_clone(t, given[i].value);
            value->parens = 0;
            return value;
        }
        return n;
    }
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = lambda_put(t, n->child[i], given, count);
    return n;
}

SqlNode *lambda_of(Translator *t, SqlNode *n, uint32_t least, uint32_t most)
{
    SqlNode *f = node_arg(n, "f");
    uint32_t params = f && f->kind == NODE_LAMBDA ? sql_tail_count(f->child[LAMBDA_PARAMS]) : 0;
    if (params >= least && params <= most) return f;
    translate_unsupported(t, n, "A lambda is expected here: x -> …");
    return NULL;
}

typedef struct {
    Str alias;
    SqlNode *array, *source, *body;
} Each;

// The elements of the array beside a body that sees them.
static bool each_of(Translator *t, SqlNode *n, Each *e)
{
    SqlNode *f = lambda_of(t, n, 1, 2);
    if (!f) return false;
    e->array = value_qualified(t, node_arg(n, "array")); // json_each has columns too: id, key, type
    e->alias = make_name(t, "each");
    e->source = each_table(t, make_call1(t, n, "json_each", e->array), e->alias);
    LambdaGiven given[2] = {{.value = make_column(t, n, e->alias, S("value"))},
                            {.value = make_column(t, n, e->alias, S("key"))}};
    given[0].value->type = (uint8_t)element_type(e->array);
    uint32_t params = sql_tail_count(f->child[LAMBDA_PARAMS]);
    for (uint32_t i = 0; i < params; i++)
        given[i].name = sql_tail(f->child[LAMBDA_PARAMS], i)->text;
    if (t->from == DIALECT_DUCKDB && params > 1) // its index counts from 1
        given[1].value = make_binary(t, OP_ADD, given[1].value, make_number(t, n, 1));
    e->body = lambda_put(t, value_qualified(t, f->child[LAMBDA_BODY]), given, params);
    return true;
}

// Of no array there is no array.
static SqlNode *unless_null(Translator *t, SqlNode *array, SqlNode *made)
{
    SqlNode *n = make_case(t, make_is_null(t, node_clone(t, array), true), made, NULL);
    n->type = TYPE_ARRAY;
    return n;
}

SqlNode *lower_lambda_map(Translator *t, SqlNode *n)
{
    Each e;
    if (!each_of(t, n, &e)) return n;
    return unless_null(t, e.array, each_scalar(t, each_list(t, e.body), e.source, NULL));
}

// The elements at the places where it holds: they stay what they were.
SqlNode *lower_lambda_filter(Translator *t, SqlNode *n)
{
    Each e;
    if (!each_of(t, n, &e)) return n;
    SqlNode *key = make_column(t, n, e.alias, S("key"));
    SqlNode *places = each_scalar(t, each_list(t, key), e.source, e.body);
    SqlNode *made = make_call2(t, n, "gr_array_pick", node_clone(t, e.array), places);
    made->type = TYPE_ARRAY;
    return made;
}

// ZIP_WITH(a, b, (x, y) -> …): place by place, to the end of the longer one.
SqlNode *lower_zip_with(Translator *t, SqlNode *n)
{
    SqlNode *f = lambda_of(t, n, 2, 2), *both[2], *lengths[2];
    if (!f) return n;
    Str alias = make_name(t, "each");
    LambdaGiven given[2];
    for (uint32_t i = 0; i < 2; i++) {
        both[i] = value_qualified(t, node_arg(n, i ? "other" : "array"));
        lengths[i] = make_call1(t, n, "array_length", node_clone(t, both[i]));
        SqlNode *value = make_call3(t, n, "element", node_clone(t, both[i]),
                                    make_column(t, n, alias, S("key")), make_word(t, n, S("0N")));
        value->type = (uint8_t)element_type(both[i]);
        given[i] = (LambdaGiven){sql_tail(f->child[LAMBDA_PARAMS], i)->text, value};
    }
    SqlNode *longer = make_case(t, make_binary(t, OP_GE, lengths[0], lengths[1]),
                                node_clone(t, both[0]), node_clone(t, both[1]));
    SqlNode *source = each_table(t, make_call1(t, n, "json_each", longer), alias);
    SqlNode *body = lambda_put(t, value_qualified(t, f->child[LAMBDA_BODY]), given, 2);
    SqlNode *made = unless_null(t, both[1], each_scalar(t, each_list(t, body), source, NULL));
    return unless_null(t, both[0], made);
}

// ARRAY_SORT(array, (a, b) -> …): by how many elements come before each of them.
SqlNode *lower_array_sort_by(Translator *t, SqlNode *n)
{
    SqlNode *f = lambda_of(t, n, 2, 2), *array = value_qualified(t, node_arg(n, "array"));
    if (!f) return n;
    Str alias[2] = {make_name(t, "before"), make_name(t, "each")};
    LambdaGiven given[2];
    for (uint32_t i = 0; i < 2; i++) {
        SqlNode *value = make_column(t, n, alias[i], S("value"));
        value->type = (uint8_t)element_type(array);
        given[i] = (LambdaGiven){sql_tail(f->child[LAMBDA_PARAMS], i)->text, value};
    }
    SqlNode *order = lambda_put(t, value_qualified(t, f->child[LAMBDA_BODY]), given, 2);
    SqlNode *source[2];
    for (uint32_t i = 0; i < 2; i++)
        source[i] = each_table(t, make_call1(t, n, "json_each", node_clone(t, array)), alias[i]);
    SqlNode *before = make_binary(t, OP_LT, order, make_number(t, n, 0));
    SqlNode *count = make_call1(t, n, "count", make_node(t, NODE_STAR, n, 0));
    SqlNode *key = make_column(t, n, alias[1], S("key"));
    SqlNode *places[] = {make_words(t, n, ":afaf"), key, each_scalar(t, count, source[0], before),
                         node_clone(t, key)};
    SqlNode *sorted = make_call(t, n, "gr_array_agg", places, 4);
    SqlNode *empty = make_string(t, n, S("[]"));
    SqlNode *all = each_scalar(t, make_call2(t, n, "coalesce", sorted, empty), source[1], NULL);
    SqlNode *made = make_call2(t, n, "gr_array_pick", array, all);
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *lower_lambda_any(Translator *t, SqlNode *n)
{
    Each e;
    if (!each_of(t, n, &e)) return n;
    bool all = node_is_call(n, "lambda_all");
    SqlNode *best = make_call1(t, n, all ? "min" : "max", e.body);
    SqlNode *none = make_number(t, n, all);
    SqlNode *made = each_scalar(t, make_call2(t, n, "coalesce", best, none), e.source, NULL);
    made->type = TYPE_BOOLEAN;
    return made;
}

// REDUCE(array, start, (sum, x) -> …): a recursion over the places of the array.
typedef struct {
    Str table, place, sum;
} Fold;

static SqlNode *fold_column(Translator *t, const SqlNode *n, const Fold *f, Str name)
{
    return make_column(t, n, f->table, name);
}

static SqlNode *fold_step(Translator *t, const Fold *f, SqlNode *place, SqlNode *sum)
{
    const SqlNode *items[2] = {make_item(t, place, f->place), make_item(t, sum, f->sum)};
    return make_select(t, place, make_list(t, place, items, 2));
}

static SqlNode *fold_table(Translator *t, const SqlNode *n, const Fold *f)
{
    SqlNode *table = make_node(t, NODE_TABLE, n, 1);
    table->child[table->count - 1] = make_word(t, n, f->table);
    return make_from(t, table);
}

// The sum so far and the element at the next place, in the body's stead of its parameters.
static SqlNode *fold_body(Translator *t, SqlNode *n, const Fold *f, SqlNode *lambda)
{
    SqlNode *array = node_arg(n, "array"), *params = lambda->child[LAMBDA_PARAMS];
    SqlNode *element = make_call3(t, n, "element", node_clone(t, array),
                                  fold_column(t, n, f, f->place), make_word(t, n, S("0N")));
    element->type = (uint8_t)element_type(array);
    SqlNode *sum = fold_column(t, n, f, f->sum);
    sum->type = node_arg(n, "start")->type;
    LambdaGiven given[2] = {{sql_tail(params, 0)->text, sum}, {sql_tail(params, 1)->text, element}};
    return lambda_put(t, lambda->child[LAMBDA_BODY], given, 2);
}

static SqlNode *fold_rows(Translator *t, SqlNode *n, const Fold *f, SqlNode *lambda)
{
    SqlNode *first = fold_step(t, f, make_number(t, n, 0), node_arg(n, "start"));
    SqlNode *place = fold_column(t, n, f, f->place);
    SqlNode *next = fold_step(t, f, make_binary(t, OP_ADD, place, make_number(t, n, 1)),
                              fold_body(t, n, f, lambda));
    SqlNode *length = make_call1(t, n, "array_length", node_clone(t, node_arg(n, "array")));
    next->child[SELECT_FROM] = fold_table(t, n, f);
    next->child[SELECT_WHERE] = make_binary(t, OP_LT, fold_column(t, n, f, f->place), length);
    SqlNode *both = make_node(t, NODE_SETOP, n, 0);
    both->op = OP_UNION;
    both->flags = FLAG_ALL;
    both->child[LEFT_SIDE] = first;
    both->child[RIGHT_SIDE] = next;
    return make_query(t, both);
}

SqlNode *lower_lambda_reduce(Translator *t, SqlNode *n)
{
    SqlNode *lambda = lambda_of(t, n, 2, 2), *finish = node_arg(n, "finish");
    if (!lambda) return n;
    Fold f = {make_name(t, "fold"), make_name(t, "place"), make_name(t, "sum")};
    SqlNode *cte = make_node(t, NODE_CTE, n, 0), *with = make_node(t, NODE_WITH, n, 1);
    cte->text = f.table;
    cte->child[CTE_QUERY] = fold_rows(t, n, &f, lambda);
    with->flags = FLAG_RECURSIVE;
    with->child[with->count - 1] = cte;
    SqlNode *result = fold_column(t, n, &f, f.sum);
    if (finish && finish->kind == NODE_LAMBDA) {
        LambdaGiven given = {sql_tail(finish->child[LAMBDA_PARAMS], 0)->text, result};
        result = lambda_put(t, finish->child[LAMBDA_BODY], &given, 1);
    }
    SqlNode *item = make_item(t, result, (Str){0});
    SqlNode *select = make_select(t, n, make_list(t, n, (const SqlNode *const[]){item}, 1));
    select->child[SELECT_FROM] = fold_table(t, n, &f);
    SqlNode *length = make_call1(t, n, "array_length", node_clone(t, node_arg(n, "array")));
    select->child[SELECT_WHERE] = make_binary(t, OP_EQ, fold_column(t, n, &f, f.place), length);
    SqlNode *query = make_query(t, select), *made = make_node(t, NODE_SUBQUERY, n, 0);
    query->child[QUERY_WITH] = with;
    made->child[ONLY] = query;
    made->type = n->type;
    return made;
}

// ARRAY_LENGTH(ARRAY_AGG(x)): the list of a group has as many elements as the group has rows.
SqlNode *lower_array_length(Translator *t, SqlNode *call)
{
    if (!node_is_call(node_arg(call, "array"), "json_group")) return call;
    SqlNode *made = make_call1(t, call, "count", make_node(t, NODE_STAR, call, 0));
    made->type = TYPE_INTEGER;
    return made;
}
