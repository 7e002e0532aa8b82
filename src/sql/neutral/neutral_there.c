// neutral_there: values that another dialect would show or sort otherwise, said so that it does
// not.
//
// A decimal keeps its places where it becomes a text; the words for truth are read here; a row or a
// list as an ORDER BY is one key a part. An interval's text is each dialect's own.
#include "sql/home.h"
#include "sql/translate.h"

bool is_foreign(const Translator *t)
{
    return t->to != DIALECT_SQLITE && t->from != t->to;
}

static SqlNode *typed(SqlNode *n, LogicalType type)
{
    n->type = (uint8_t)type;
    return n;
}

// --- As texts ---

// It has as many there by itself; in BigQuery the zeros at the end are dropped.
static bool keeps_places(const Translator *t, const SqlNode *n, int places)
{
    Translator there = *t;
    there.from = t->to;
    if (n->kind == NODE_NUMBER || n->kind == NODE_CAST) return t->to != DIALECT_BIGQUERY;
    return decimal_places(&there, n) == places;
}

SqlNode *as_text_there(Translator *t, SqlNode *n)
{
    if (!is_foreign(t)) return NULL;
    if (node_is(n, TYPE_INTERVAL)) {
        return translate_unsupported(t, n,
                                     "%s writes an interval as a text of its own: show a number "
                                     "of units instead.",
                                     home_title(t->to));
    }
    if (!node_is(n, TYPE_REAL)) return NULL;
    const SqlNode *type = n->kind == NODE_CAST ? n->child[CAST_TYPE] : NULL;
    int64_t scale = -1;
    bool sized = sql_tail_count(type) == 2 && str_to_i64(sql_tail(type, 1)->text, &scale);
    int places = sized ? (int)scale : decimal_places(t, n);
    if (places < 0 || keeps_places(t, n, places)) return NULL;
    return typed(make_call2(t, n, "fixed_text", n, make_number(t, n, places)), TYPE_TEXT);
}

// --- Truth ---

// CAST('yes' AS BOOLEAN): which words are read differs, so they are read here. NULL: no such cast.
SqlNode *truth_word_there(Translator *t, const SqlNode *cast)
{
    static const char *const yes[] = {"t", "true", "y", "yes", "on", "1"};
    static const char *const no[] = {"f", "false", "n", "no", "off", "0"};
    const SqlNode *x = cast->child[CAST_VALUE];
    if (!is_foreign(t) || !node_is(cast, TYPE_BOOLEAN) || x->kind != NODE_STRING) return NULL;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        bool is = str_eq_nocase(str_trim(x->text), str_from(yes[i]));
        if (!is && !str_eq_nocase(str_trim(x->text), str_from(no[i]))) continue;
        SqlNode *made = make_node(t, NODE_BOOLEAN, cast, 0);
        made->text = is ? S("TRUE") : S("FALSE");
        return typed(made, TYPE_BOOLEAN);
    }
    return NULL;
}

// --- Orders ---

// The parts of (a, b), [a, b] and STRUCT(a, b); NULL where it is none of them.
static const SqlNode *parts_of(const Translator *t, const SqlNode *key)
{
    bool row = key->kind == NODE_ROW || key->kind == NODE_ARRAY || key->kind == NODE_STRUCT;
    bool call =
        key->kind == NODE_CALL && t->from == DIALECT_SPARK && str_eq_nocase(key->text, S("STRUCT"));
    return (row || call) && sql_tail_count(key) ? key : NULL;
}

// A NULL in a row is larger than any value in Postgres and DuckDB, smaller in Spark.
static uint32_t part_flags(const Translator *t, const SqlNode *item)
{
    uint32_t way = item->flags & (FLAG_ASC | FLAG_DESC);
    bool first = (t->from == DIALECT_SPARK) != ((way & FLAG_DESC) != 0);
    return way | (first ? FLAG_NULLS_FIRST : FLAG_NULLS_LAST);
}

static void spread_order(Translator *t, SqlNode *order)
{
    SqlNode *items = make_node(t, NODE_ORDER_BY, order, 0);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *item = sql_tail(order, i);
        const SqlNode *parts = parts_of(t, item->child[ONLY]);
        if (!parts) node_add_tail(t, items, item);
        for (uint32_t k = 0; k < sql_tail_count(parts); k++) {
            SqlNode *one = make_node(t, NODE_ORDER_ITEM, item, 0);
            SqlNode *value = sql_tail(parts, k);
            one->flags = part_flags(t, item);
            one->child[ONLY] = value->kind == NODE_FIELD ? value->child[ONLY] : value;
            node_add_tail(t, items, one);
        }
    }
    if (sql_tail_count(items) == sql_tail_count(order)) return;
    node_set_tail(t, order, items->child + sql_roles(NODE_ORDER_BY), sql_tail_count(items));
}

void spread_orders(Translator *t, SqlNode *n)
{
    static const unsigned sorts = PG | DUCK | SPARK;
    if (!n || !is_foreign(t) || !(sorts >> t->from & 1)) return;
    for (uint32_t i = 0; i < n->count; i++) spread_orders(t, n->child[i]);
    if (n->kind == NODE_ORDER_BY) spread_order(t, n);
}
