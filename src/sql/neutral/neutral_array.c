// neutral_array: arrays, structs and maps as the dialects write them: literals, subscripts, fields,
// operators, and calls whose arguments depend on the dialect.
#include "base/buf.h"
#include "sql/fn_group.h"
#include "sql/neutral_pair.h"

// --- Literals ---

SqlNode *neutral_array(Translator *t, SqlNode *n)
{
    (void)t;
    n->type = TYPE_ARRAY;
    return n;
}

static SqlNode *make_array(Translator *t, const SqlNode *place, SqlNode *const *items, uint32_t n)
{
    SqlNode *array = make_node(t, NODE_ARRAY, place, n);
    for (uint32_t i = 0; i < n; i++) array->child[sql_roles(NODE_ARRAY) + i] = items[i];
    array->type = TYPE_ARRAY;
    return array;
}

// ARRAY(1, 2), ARRAY(SELECT …)
SqlNode *read_array(Translator *t, SqlNode *n)
{
    bool query = sql_tail_count(n) == 1 && sql_tail(n, 0)->kind == NODE_SUBQUERY;
    if (query && str_eq_nocase(n->text, S("ARRAY"))) return read_as(t, n, "array_query");
    return make_array(t, n, n->child + sql_roles(NODE_CALL), sql_tail_count(n));
}

SqlNode *read_array_compact(Translator *t, SqlNode *n) // ARRAY_CONSTRUCT_COMPACT(a, b)
{
    SqlNode *all = make_array(t, n, n->child + sql_roles(NODE_CALL), sql_tail_count(n));
    SqlNode *made = make_call1(t, n, "array_compact", all);
    made->type = TYPE_ARRAY;
    return made;
}

static SqlNode *make_object(Translator *t, const SqlNode *place, SqlNode *const *pairs, uint32_t n)
{
    SqlNode *made = make_call(t, place, "object", pairs, n);
    made->type = TYPE_STRUCT;
    return made;
}

// The name of a field that has none: a column's own, else what the dialect counts.
static Str field_name(Translator *t, const SqlNode *value, uint32_t i)
{
    if (value->kind == NODE_COLUMN) return sql_last(value)->text;
    const char *how = t->from == DIALECT_SPARK ? "col%u" : "f%u_";
    return t->from == DIALECT_SPARK ? str_fmt(t->arena, how, i + 1) : str_fmt(t->arena, how, i);
}

static SqlNode *fields_object(Translator *t, const SqlNode *place, SqlNode *const *fields,
                              uint32_t count)
{
    SqlNode **pairs = arena_array(t->arena, SqlNode *, (size_t)count * 2);
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *f = fields[i];
        bool named = f->kind == NODE_FIELD || f->kind == NODE_ARG;
        SqlNode *value = named ? f->child[ONLY] : f;
        pairs[2 * i] = make_string(t, f, named ? f->text : field_name(t, value, i));
        pairs[2 * i + 1] = value;
    }
    return make_object(t, place, pairs, count * 2);
}

// STRUCT<a INT64, b STRING>(1, 'x'): the type names the values.
static void name_by_type(Translator *t, SqlNode *n)
{
    const SqlNode *type = n->child[ONLY];
    if (!type || sql_tail_count(type) != sql_tail_count(n)) return;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *field = sql_tail(type, i);
        SqlNode *value = sql_tail(n, i);
        if (field->kind != NODE_FIELD || value->kind == NODE_FIELD) continue;
        SqlNode *named = make_node(t, NODE_FIELD, value, 0);
        named->text = field->text;
        named->child[ONLY] = value;
        n->child[sql_roles(NODE_STRUCT) + i] = named;
    }
}

SqlNode *neutral_struct(Translator *t, SqlNode *n)
{
    name_by_type(t, n);
    return fields_object(t, n, n->child + sql_roles(NODE_STRUCT), sql_tail_count(n));
}

// --- (a, b) as one value ---

static SqlNode *row_value(Translator *t, SqlNode *row)
{
    enum { HAVE = PG | DUCK | SPARK | TRINO | BIG | FLINK };
    uint32_t count = sql_tail_count(row);
    if (!(HAVE & 1 << t->from))
        return translate_refused(
            t, row, "A row of %u values stands where one value belongs: write them apart.", count);
    SqlNode **pairs = arena_array(t->arena, SqlNode *, (size_t)count * 2);
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *value = sql_tail(row, i);
        bool named = t->from == DIALECT_SPARK && value->kind == NODE_COLUMN;
        const char *how = t->from == DIALECT_SPARK ? "col%u" : "f%u";
        Str name = named ? sql_last(value)->text : str_fmt(t->arena, how, i + 1);
        pairs[2 * i] = make_string(t, value, name);
        pairs[2 * i + 1] = value;
    }
    return make_object(t, row, pairs, count * 2);
}

SqlNode *as_one_value(Translator *t, SqlNode *n)
{
    bool row = n && n->kind == NODE_ROW && t->to == DIALECT_SQLITE;
    return row ? row_value(t, n) : n;
}

// The runtime's rows are only compared: where a value stands, a row is a struct.
void rows_are_values(Translator *t, SqlNode *n)
{
    bool counted = n->kind == NODE_CALL && n->flags & FLAG_DISTINCT &&
                   str_eq_nocase(n->text, S("COUNT")); // by lower_count
    for (uint32_t i = 0; i < n->count && !counted; i++) n->child[i] = as_one_value(t, n->child[i]);
}

// Where the target has maps, too: one array of keys, one of values.
static SqlNode *map_there(Translator *t, const SqlNode *n, SqlNode *const *pairs, uint32_t count)
{
    bool maps = t->to == DIALECT_DUCKDB || t->to == DIALECT_TRINO || t->to == DIALECT_SPARK;
    if (!maps || !is_foreign(t) || t->from == t->to) return NULL;
    SqlNode *keys = make_node(t, NODE_ARRAY, n, count / 2);
    SqlNode *values = make_node(t, NODE_ARRAY, n, count / 2);
    for (uint32_t i = 0; i < count / 2; i++) {
        keys->child[i] = pairs[2 * i];
        values->child[i] = pairs[2 * i + 1];
    }
    keys->type = values->type = TYPE_ARRAY;
    return typed(make_call2(t, n, "object_of", keys, values), TYPE_STRUCT);
}

SqlNode *neutral_map(Translator *t, SqlNode *n)
{
    // MAP[keys, values] of two arrays is not a map of one array to another.
    bool two = n->count == 2 && n->child[0]->kind == NODE_ARRAY && n->child[1]->kind == NODE_ARRAY;
    SqlNode *there = two ? NULL : map_there(t, n, n->child, n->count);
    if (there) return there;
    if (!two) return make_object(t, n, n->child, n->count);
    SqlNode *made = make_call2(t, n, "object_of", n->child[0], n->child[1]);
    made->type = TYPE_STRUCT;
    return made;
}

// MAP('a', 1), NAMED_STRUCT('a', 1), STRUCT_PACK(a := 1)
SqlNode *read_object(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    SqlNode **args = n->child + sql_roles(NODE_CALL);
    bool named = count && args[0]->kind == NODE_ARG;
    if (named) return fields_object(t, n, args, count);
    bool packs = str_eq_nocase(n->text, S("STRUCT_PACK"));
    for (uint32_t i = 0; packs && i < count; i++) {
        if (args[i]->kind != NODE_COLUMN)
            return translate_refused(t, args[i],
                                     "STRUCT_PACK names its fields: a := 1. (DuckDB: Need "
                                     "named argument for struct pack)");
    }
    if (packs) return fields_object(t, n, args, count);
    bool map = t->from == DIALECT_SPARK && str_eq_nocase(n->text, S("MAP"));
    SqlNode *there = map && count % 2 == 0 ? map_there(t, n, args, count) : NULL;
    if (there) return there;
    return count % 2 ? NULL : make_object(t, n, args, count);
}

// --- Elements and fields ---

// The value of the row whose struct is the greatest or least, where structs have no order: the
// first of a list by its fields.
static SqlNode *first_by(Translator *t, const SqlNode *of, const SqlNode *value,
                         const SqlNode *object, bool most)
{
    bool low = sql_rules(t->to)->nulls == NULLS_LOW; // as in structs: they need no word
    SqlNode *order = make_node(t, NODE_ORDER_BY, of, 0);
    for (uint32_t i = 1; i < sql_tail_count(object); i += 2) {
        SqlNode *item = make_node(t, NODE_ORDER_ITEM, of, 0);
        item->child[ONLY] = node_clone(t, sql_tail(object, i));
        item->flags = most ? FLAG_DESC : 0;
        if (!low && !is_never_null(t, sql_tail(object, i)))
            item->flags |= most ? FLAG_NULLS_LAST : FLAG_NULLS_FIRST;
        node_add_tail(t, order, item);
    }
    SqlNode *list = make_call1(t, of, "array_agg", node_clone(t, value));
    list->child[CALL_ORDER] = order;
    list->child[CALL_LIMIT] = t->to == DIALECT_BIGQUERY ? make_number(t, of, 1) : NULL;
    list->child[CALL_FILTER] = of->child[CALL_FILTER];
    list->child[CALL_OVER] = of->child[CALL_OVER];
    list->flags = of->flags & FLAG_GROUPED;
    list->type = TYPE_ARRAY;
    SqlNode *made =
        make_call3(t, of, "element", list, make_number(t, of, 0), make_word(t, of, S("0N")));
    made->type = value->type;
    return made;
}

static bool orders_structs(Dialect d)
{
    return d == DIALECT_SPARK || d == DIALECT_DUCKDB || d == DIALECT_SQLITE; // the runtime
}

// MAX(STRUCT(k, v)).v
static SqlNode *field_of_greatest(Translator *t, const SqlNode *of, const SqlNode *index)
{
    bool most = node_is_call(of, "max"), ends = most || node_is_call(of, "min");
    const SqlNode *object = ends ? sql_tail(of, 0) : NULL;
    if (orders_structs(t->to) || !object || !node_is_call(object, "object") ||
        index->kind != NODE_STRING)
        return NULL;
    for (uint32_t i = 0; i + 1 < sql_tail_count(object); i += 2) {
        if (str_eq(sql_tail(object, i)->text, index->text))
            return first_by(t, of, sql_tail(object, i + 1), object, most);
    }
    return NULL;
}

// MAX_BY(x, STRUCT(a, b))
SqlNode *value_by_struct(Translator *t, SqlNode *n)
{
    const SqlNode *y = node_arg(n, "y");
    if (orders_structs(t->to) || !node_is_call(y, "object") || node_arg(n, "n")) return n;
    return first_by(t, n, node_arg(n, "x"), y, node_is_call(n, "max_by"));
}

// STRUCT(a AS x).x is a. Snowflake's objects are documents, whose values are none of SQL.
static SqlNode *field_of_made(const Translator *t, SqlNode *base, const SqlNode *index)
{
    bool made = node_is_call(base, "object") && index->kind == NODE_STRING && is_foreign(t);
    if (!made || t->from == DIALECT_SNOWFLAKE || t->from == t->to) return NULL;
    for (uint32_t i = 0; i + 1 < sql_tail_count(base); i += 2) {
        const SqlNode *key = sql_tail(base, i);
        bool it = key->kind == NODE_STRING && str_eq_nocase(key->text, index->text);
        if (it) return sql_tail(base, i + 1);
    }
    return NULL;
}

// GROUP BY STRUCT(a, b) is by a and b, as what is selected of it is.
void structs_apart(Translator *t, SqlNode *by)
{
    if (!by || by->op || !is_foreign(t) || t->from == t->to) return;
    VEC(SqlNode *) keys = {0};
    for (uint32_t i = 0; i < sql_tail_count(by); i++) {
        SqlNode *key = sql_tail(by, i);
        bool made = node_is_call(key, "object") && t->from != DIALECT_SNOWFLAKE;
        if (!made) *vec_push(t->arena, &keys) = key;
        for (uint32_t k = 1; made && k < sql_tail_count(key); k += 2)
            *vec_push(t->arena, &keys) = sql_tail(key, k);
    }
    node_set_tail(t, by, keys.at, (uint32_t)keys.len);
}

// Keys of a document have their case; the fields of a struct are names of SQL, which have none.
static bool keys_exact(const Translator *t, const SqlNode *base)
{
    if (t->from == DIALECT_SNOWFLAKE) return true;
    if (node_is_call(base, "element")) return str_find(node_arg(base, "how")->text, S("C"), NULL);
    SqlDocument d = document_of(t, base);
    return node_is(base, TYPE_STRUCT) && (d == DOCUMENT_JSON || d == DOCUMENT_MAP);
}

static SqlNode *make_element(Translator *t, const SqlNode *place, SqlNode *base, SqlNode *index,
                             const char *how)
{
    SqlNode *first = field_of_greatest(t, base, index);
    if (first) return first;
    SqlNode *value = field_of_made(t, base, index);
    if (value) return value;
    bool exact = index->kind == NODE_STRING && keys_exact(t, base);
    SqlNode *word = make_word(t, place, exact ? str_fmt(t->arena, "%sC", how) : str_from(how));
    SqlNode *made = make_call3(t, place, "element", base, index, word);
    made->type = (uint8_t)element_type(base);
    return made;
}

// How a[i] counts, and what is outside.
static const char *subscript_rule(Dialect d)
{
    switch (d) {
    case DIALECT_POSTGRES:
    case DIALECT_FLINK:
        return "1N";
    case DIALECT_TRINO:
        return "1F";
    case DIALECT_DUCKDB:
        return "1NE";
    case DIALECT_BIGQUERY:
        return "0F";
    case DIALECT_SQLITE:
    case DIALECT_SNOWFLAKE:
    case DIALECT_SPARK:
    case DIALECT_MYSQL:
        break;
    }
    return "0N";
}

// BigQuery: a[OFFSET(0)], a[SAFE_ORDINAL(1)]
static const char *offset_rule(const SqlNode *index)
{
    static const struct {
        const char *meaning, *how;
    } words[] = {{"at_offset", "0F"},
                 {"at_offset_safe", "0N"},
                 {"at_ordinal", "1F"},
                 {"at_ordinal_safe", "1N"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (node_is_call(index, words[i].meaning)) return words[i].how;
    }
    return NULL;
}

SqlNode *lower_offset(Translator *t, SqlNode *n)
{
    return translate_unsupported(t, n, "OFFSET and ORDINAL stand in the subscript of an array.");
}

// DuckDB's s[2:4] of a text: from the second to the fourth character.
static SqlNode *slice_of_text(Translator *t, const SqlNode *n, SqlNode *text, SqlNode *from,
                              SqlNode *to)
{
    bool counts = (!from || from->kind == NODE_NUMBER) && (!to || to->kind == NODE_NUMBER);
    if (!counts)
        return translate_unsupported(
            t, n,
            "A slice of a text by other bounds than numbers is not supported here: use SUBSTRING.");
    SqlNode *start = from ? from : make_number(t, n, 1);
    SqlNode *length = to;
    if (to && from && !str_eq(from->text, S("1"))) {
        SqlNode *before = make_binary(t, OP_SUBTRACT, node_clone(t, start), make_number(t, n, 1));
        length = make_binary(t, OP_SUBTRACT, to, before);
    }
    SqlNode *args[4] = {text, start, make_word(t, n, S("PLAIN")), length};
    SqlNode *made = make_call(t, n, "substring", args, length ? 4 : 3);
    made->type = TYPE_TEXT;
    return made;
}

// DuckDB's s[2]: a letter, from the end where the place is negative.
static SqlNode *text_letter(Translator *t, SqlNode *n, SqlNode *base, SqlNode *index)
{
    SqlNode *one = make_number(t, n, 1);
    substring_there(t, &base, &index, &one);
    SqlNode *args[4] = {base, index, make_word(t, n, S("DUCK")), one};
    SqlNode *made = make_call(t, n, "substring", args, 4);
    made->type = TYPE_TEXT;
    return made;
}

SqlNode *neutral_subscript(Translator *t, SqlNode *n)
{
    SqlNode *base = n->child[SUBSCRIPT_BASE], *index = n->child[SUBSCRIPT_INDEX];
    SqlNode *to = n->child[SUBSCRIPT_TO];
    int64_t field;
    bool of_row = base->kind == NODE_ROW && !to && index && index->kind == NODE_NUMBER &&
                  str_to_i64(index->text, &field); // Trino: ROW(1, 'x')[2]
    if (of_row && field >= 1 && field <= (int64_t)sql_tail_count(base))
        return sql_tail(base, (uint32_t)field - 1);
    if (index && !to && !(n->flags & FLAG_BARE)) {
        const char *how = offset_rule(index);
        bool jsonb = t->from == DIALECT_POSTGRES && node_is(base, TYPE_STRUCT) &&
                     document_of(t, base) == DOCUMENT_JSONB;
        if (jsonb) // (j)['a'] is j -> 'a'
            return typed(make_call3(t, n, "json_step", base, index, make_word(t, n, S("J"))),
                         TYPE_STRUCT);
        if (how) return make_element(t, n, base, sql_tail(index, 0), how);
        bool letter = t->from == DIALECT_DUCKDB && node_is(base, TYPE_TEXT);
        if (letter) return text_letter(t, n, base, index);
        return make_element(t, n, base, index, subscript_rule(t->from));
    }
    if (node_is(base, TYPE_TEXT)) return slice_of_text(t, n, base, index, to);
    SqlNode *args[4] = {base, index ? index : make_null(t, n), to ? to : make_null(t, n),
                        make_word(t, n, t->from == DIALECT_DUCKDB ? S("D") : S("1"))};
    SqlNode *made = make_call(t, n, "array_slice", args, 4);
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *neutral_member(Translator *t, SqlNode *n)
{
    return make_element(t, n, n->child[ONLY], make_string(t, n, n->text), "0N");
}

SqlNode *read_element(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    SqlNode *base = sql_tail(n, 0);
    if (t->from == DIALECT_DUCKDB && node_is(base, TYPE_TEXT))
        return text_letter(t, n, base, sql_tail(n, 1));
    bool get = str_eq_nocase(n->text, S("GET"));
    bool spark = t->from == DIALECT_SPARK || t->from == DIALECT_TRINO;
    const char *how = get ? "0N" : spark || t->from == DIALECT_DUCKDB ? "1NE" : "0N";
    return make_element(t, n, base, sql_tail(n, 1), how);
}

// ARRAY_SLICE(text, 2, 4) is text[2:4]. NULL: it is of an array.
SqlNode *read_text_slice(Translator *t, SqlNode *n)
{
    return node_is(sql_tail(n, 0), TYPE_TEXT)
               ? slice_of_text(t, n, sql_tail(n, 0), sql_tail(n, 1), sql_tail(n, 2))
               : NULL;
}

// LIST_REDUCE(list, f): the first element is the start.
SqlNode *read_list_reduce(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    SqlNode *array = sql_tail(n, 0);
    SqlNode *first = make_element(t, n, node_clone(t, array), make_number(t, n, 1), "1N");
    SqlNode *args[4] = {node_clone(t, array), make_number(t, n, 2), make_null(t, n),
                        make_word(t, n, S("D"))};
    SqlNode *rest = typed(make_call(t, n, "array_slice", args, 4), TYPE_ARRAY);
    return make_call3(t, n, "lambda_reduce", rest, first, sql_tail(n, 1));
}

// --- Operators ---

static bool is_array(const SqlNode *n)
{
    return node_is(n, TYPE_ARRAY);
}

// a || b, a && b where one of them is an array; NULL where that is not the case.
SqlNode *neutral_array_binary(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    SqlNode *ranges = n->op != OP_CONCAT ? neutral_range(t, n) : NULL;
    if (ranges) return ranges;
    bool arrays =
        is_array(a) || is_array(b) || t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    if (n->op == OP_OVERLAP && arrays)
        return typed(make_call2(t, n, "array_overlap", a, b), TYPE_BOOLEAN);
    if (n->op == OP_HOLDS) return typed(make_call2(t, n, "array_contains_all", a, b), TYPE_BOOLEAN);
    if (n->op == OP_HELD) return typed(make_call2(t, n, "array_contains_all", b, a), TYPE_BOOLEAN);
    if (n->op != OP_CONCAT || (!is_array(a) && !is_array(b))) return NULL;
    bool append = is_array(a) && !is_array(b) && node_type(b) != TYPE_UNKNOWN;
    bool prepend = is_array(b) && !is_array(a) && node_type(a) != TYPE_UNKNOWN;
    if (append) return typed(make_call2(t, n, "array_append", a, b), TYPE_ARRAY);
    if (prepend) return typed(make_call2(t, n, "array_prepend", b, a), TYPE_ARRAY);
    return typed(make_call2(t, n, "array_concat", a, b), TYPE_ARRAY);
}

// x IN UNNEST(a)
SqlNode *neutral_in_array(Translator *t, SqlNode *n)
{
    SqlNode *set = n->child[OPERAND_SECOND];
    if (set->kind != NODE_CALL || sql_tail_count(set) != 1) return NULL;
    SqlNode *made = make_call2(t, n, "array_contains", sql_tail(set, 0), n->child[OPERAND]);
    typed(made, TYPE_BOOLEAN)->parens = 1;
    return n->flags & FLAG_NOT ? make_unary(t, OP_NOT, made) : made;
}
