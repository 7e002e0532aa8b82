// neutral_array_call: the calls that are about arrays: lengths, membership, order, splits and
// texts.
#include "base/buf.h"
#include "sql/fn_group.h"

SqlNode *read_array_length_pg(Translator *t, SqlNode *n)
{
    const SqlNode *dimension = sql_tail(n, 1);
    if (dimension->kind != NODE_NUMBER || !str_eq(dimension->text, S("1")))
        return translate_unsupported(t, n, "Only the first dimension of an array is known here.");
    SqlNode *length = make_call1(t, n, "array_length", sql_tail(n, 0));
    typed(length, TYPE_INTEGER); // of an empty array there is none
    return typed(make_call2(t, n, "nullif", length, make_number(t, n, 0)), TYPE_INTEGER);
}

// ARRAY_LOWER(array, 1): 1 where there is an element.
SqlNode *read_array_lower(Translator *t, SqlNode *n)
{
    SqlNode *length = read_array_length_pg(t, n);
    if (t->failed) return length;
    return typed(make_call1(t, n, "array_dimensions", sql_tail(n, 0)), TYPE_INTEGER);
}

static bool is_sketch(const SqlNode *n)
{
    return n->kind == NODE_CALL && n->fn && str_starts(str_from(fn_at(n->fn)->name), S("hll"));
}

SqlNode *read_cardinality(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    return read_as(t, n, is_sketch(sql_tail(n, 0)) ? "hll_estimate" : "array_length");
}

// Spark, by its default: the size of NULL is -1.
SqlNode *read_size(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    SqlNode *length = read_as(t, n, "array_length");
    return typed(make_call2(t, n, "coalesce", length, make_number(t, n, -1)), TYPE_INTEGER);
}

// DuckDB's LEN takes texts as well.
SqlNode *read_len(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    if (!node_is(sql_tail(n, 0), TYPE_TEXT)) return read_as(t, n, "array_length");
    return fn_named("length") ? read_as(t, n, "length") : NULL;
}

// … and its LENGTH takes lists.
SqlNode *read_length(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 1) return NULL;
    return read_as(t, n, node_is(sql_tail(n, 0), TYPE_ARRAY) ? "array_length" : "char_length");
}

SqlNode *read_contains(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    bool text = node_is(sql_tail(n, 0), TYPE_TEXT);
    const char *of_text = fn_named("contains") ? "contains" : "text_contains";
    if (!text) return read_as(t, n, "array_contains");
    return fn_named(of_text) ? read_as(t, n, of_text) : NULL;
}

static SqlNode *bare_variant(SqlNode *n) // 'a'::VARIANT is the value itself
{
    bool variant = n->kind == NODE_CAST && str_eq_nocase(n->child[CAST_TYPE]->text, S("VARIANT"));
    return variant ? n->child[CAST_VALUE] : n;
}

SqlNode *read_array_contains_snow(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    SqlNode *x = bare_variant(sql_tail(n, 0));
    return typed(make_call2(t, n, "array_contains", sql_tail(n, 1), x), TYPE_BOOLEAN);
}

SqlNode *read_array_position_snow(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    SqlNode *args[4] = {sql_tail(n, 1), bare_variant(sql_tail(n, 0)), make_word(t, n, S("0")),
                        make_word(t, n, S("NULL"))};
    return typed(make_call(t, n, "array_position", args, 4), TYPE_INTEGER);
}

static bool says(const SqlNode *n, const char *word)
{
    return n->kind == NODE_BOOLEAN || n->kind == NODE_STRING
               ? str_eq_nocase(n->text, str_from(word))
               : false;
}

// SORT_ARRAY(a, FALSE), LIST_SORT(a, 'DESC', 'NULLS FIRST'), ARRAY_SORT(a, TRUE, TRUE)
SqlNode *sorted_in_list(Translator *t, SqlNode *n)
{
    SqlNode *array = node_arg(n, "array"), *list = array;
    Str how = node_arg(n, "order")->text;
    if (t->to == DIALECT_SQLITE || t->to == DIALECT_SPARK || t->from == t->to) return n;
    if (node_is_call(list, "coalesce")) list = sql_tail(list, 0);
    if (!node_is_call(list, "array_agg") || list->child[CALL_ORDER] || list->child[CALL_OVER])
        return n;
    SqlNode *x = sql_tail(list, 0), *order = make_node(t, NODE_ORDER_BY, n, 0);
    bool object = node_is_call(x, "object"), down = how.ptr[0] == 'd', last = how.ptr[1] == 'l';
    SqlNulls nulls = sql_rules(t->to)->nulls;
    bool there = nulls == NULLS_LOW ? down : nulls == NULLS_HIGH ? !down : true;
    bool none = list->flags & FLAG_IGNORE_NULLS || last == there;
    for (uint32_t i = object; i < sql_tail_count(object ? x : list); i += 1 + object) {
        SqlNode *item = make_node(t, NODE_ORDER_ITEM, n, 0);
        item->child[ONLY] = node_clone(t, object ? sql_tail(x, i) : x);
        item->flags = down ? FLAG_DESC : 0;
        if (!none) item->flags |= last ? FLAG_NULLS_LAST : FLAG_NULLS_FIRST;
        node_add_tail(t, order, item);
    }
    list->child[CALL_ORDER] = order;
    return array;
}

SqlNode *read_array_sort(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 1 || count > 3) return NULL;
    if (count > 1 && sql_tail(n, 1)->kind == NODE_LAMBDA) {
        return translate_unsupported(t, sql_tail(n, 1),
                                     "Sorting an array by a comparator is not supported here; "
                                     "sort its values, or unnest it and use ORDER BY.");
    }
    bool down = count > 1 && (says(sql_tail(n, 1), "FALSE") || says(sql_tail(n, 1), "DESC"));
    bool last = t->from != DIALECT_SPARK || down;
    if (t->from == DIALECT_SNOWFLAKE && down) last = false;
    if (count > 2) {
        const SqlNode *where = sql_tail(n, 2);
        last = says(where, "FALSE") || says(where, "NULLS LAST");
    }
    char how[3] = {down ? 'd' : 'a', last ? 'l' : 'f', '\0'};
    SqlNode *word = make_word(t, n, str_copy(t->arena, str_from(how)));
    return typed(make_call2(t, n, "array_sort", sql_tail(n, 0), word), TYPE_ARRAY);
}

// A pattern of one text: '[|]', '\\|', ','. False when it asks for more.
static bool plain_pattern(Translator *t, Str pattern, Str *out)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];
        bool class = c == '[' && i + 2 < pattern.len && pattern.ptr[i + 2] == ']';
        bool escaped = c == '\\' && i + 1 < pattern.len;
        if (class || escaped) {
            c = pattern.ptr[++i];
            bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (letter || (class && c == '^')) return false;
            i += class;
        } else if (str_find(S(".^$*+?()[]{}|\\"), (Str){&c, 1}, NULL)) {
            return false;
        }
        buf_char(&b, c);
    }
    *out = buf_str(&b);
    return true;
}

// BigQuery splits at commas by itself, Spark at a pattern.
SqlNode *read_split(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 1 || count > 2) return NULL;
    SqlNode *separator = count > 1 ? sql_tail(n, 1) : make_string(t, n, S(","));
    if (t->from == DIALECT_SPARK) {
        Str plain;
        bool is_plain = separator->kind == NODE_STRING && plain_pattern(t, separator->text, &plain);
        bool here = t->to == DIALECT_SQLITE && !(is_plain && plain.len);
        if (here) { // … at nothing: between all characters
            SqlNode *made = make_call2(t, n, "regexp_split", sql_tail(n, 0), separator);
            made->type = TYPE_ARRAY;
            return made;
        }
        if (!is_plain)
            return translate_unsupported(t, separator, "SPLIT by a pattern is not supported here.");
        separator = make_string(t, separator, plain);
    }
    bool letters = t->from == DIALECT_BIGQUERY && t->to == DIALECT_SQLITE &&
                   separator->kind == NODE_STRING && !separator->text.len;
    if (letters)
        return typed(make_call2(t, n, "regexp_split", sql_tail(n, 0), separator), TYPE_ARRAY);
    return typed(make_call2(t, n, "array_split", sql_tail(n, 0), separator), TYPE_ARRAY);
}

// Postgres: no parts in an empty text, where others find one.
SqlNode *read_string_to_array(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 2 || count > 3) return NULL;
    if (count == 2 && t->to == DIALECT_SQLITE) node_add_tail(t, n, make_null(t, n));
    return read_as(t, n, "array_split");
}

// Snowflake shows a NULL among the parts as nothing.
SqlNode *read_array_text(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 2) return NULL;
    SqlNode *compact = sql_tail(n, 0);
    if (t->to != DIALECT_SQLITE && node_is_call(compact, "array_compact"))
        return typed(make_call2(t, n, "array_text", sql_tail(compact, 0), sql_tail(n, 1)),
                     TYPE_TEXT);
    SqlNode *none = make_string(t, n, S(""));
    return typed(make_call3(t, n, "array_text", sql_tail(n, 0), sql_tail(n, 1), none), TYPE_TEXT);
}

// CONCAT and REVERSE of arrays are other functions than those of texts.
static bool holds_array(const SqlNode *call)
{
    bool array = false;
    for (uint32_t i = 0; i < sql_tail_count(call); i++)
        array = array || node_is(sql_tail(call, i), TYPE_ARRAY);
    return array;
}

// Postgres: COALESCE(a, '{}'): the text takes the type of the array beside it.
static void empty_array(Translator *t, SqlNode *n)
{
    uint32_t last = n->count - 1;
    SqlNode *text = sql_tail_count(n) > 1 ? n->child[last] : NULL;
    bool empty = text && text->kind == NODE_STRING && str_eq(text->text, S("{}"));
    if (!empty || t->from != DIALECT_POSTGRES || !holds_array(n)) return;
    n->child[last] = typed(make_node(t, NODE_ARRAY, text, 0), TYPE_ARRAY);
    n->type = TYPE_ARRAY;
}

SqlNode *neutral_array_call(Translator *t, SqlNode *n)
{
    if (node_is_call(n, "coalesce")) empty_array(t, n);
    return node_is_call(n, "reverse") && holds_array(n) ? read_as(t, n, "array_reverse") : n;
}

SqlNode *read_concat_arrays(Translator *t, SqlNode *n)
{
    return holds_array(n) ? read_as(t, n, "array_concat") : NULL; // else it is that of texts
}

// LIST_AGGREGATE(list, 'sum')
SqlNode *read_list_aggregate(Translator *t, SqlNode *n)
{
    static const char *const known[] = {"min", "max", "sum", "avg"};
    SqlNode *name = sql_tail_count(n) >= 2 ? sql_tail(n, 1) : NULL;
    if (!name || name->kind != NODE_STRING) return NULL;
    SqlNode *array = sql_tail(n, 0);
    if (sql_tail_count(n) == 3 && str_eq_nocase(name->text, S("string_agg"))) {
        SqlNode *made = make_call2(t, n, "array_text", array, sql_tail(n, 2));
        return typed(made, TYPE_TEXT);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known && sql_tail_count(n) == 2; i++) {
        if (!str_eq_nocase(name->text, str_from(known[i]))) continue;
        Str meaning = str_fmt(t->arena, "array_%s", known[i]);
        return make_call1(t, n, str_c(t->arena, meaning), array);
    }
    static const char *const told[] = {
        "median",     "mode",        "product", "count",    "any_value", "bool_and", "bool_or",
        "stddev_pop", "stddev_samp", "var_pop", "var_samp", "mad",       "sem"};
    for (size_t i = 0; i < sizeof told / sizeof *told && sql_tail_count(n) == 2; i++) {
        if (!str_eq_nocase(name->text, str_from(told[i]))) continue;
        return make_call2(t, n, "array_told", array, make_word(t, n, str_from(told[i])));
    }
    return translate_unsupported(
        t, name, "LIST_AGGREGATE with '" STR_FMT "' is not supported here.", STR_ARG(name->text));
}
