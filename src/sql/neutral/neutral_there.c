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

// --- Exactness: 0.1 is a double in BigQuery and a decimal elsewhere ---

// No sum of halves: a double holds 0.5 and 12.25 as they are.
static bool is_inexact(const SqlNode *n)
{
    double v;
    bool number = n->kind == NODE_NUMBER && str_find(n->text, S("."), NULL) &&
                  !str_find(str_slice(n->text, 0, n->text.len), S("e"), NULL);
    if (!number || !str_to_f64(n->text, &v)) return false;
    v *= 1 << 20;
    return v != (double)(int64_t)v;
}

static SqlNode *as_numeric_literal(Translator *t, SqlNode *n)
{
    SqlNode *made = make_node(t, NODE_TYPED, n, 0);
    made->text = S("NUMERIC");
    made->child[ONLY] = make_string(t, n, n->text);
    return typed(made, TYPE_REAL);
}

// What is known to be no double: a whole number, a literal, what is computed of them.
static bool is_exact(const SqlNode *n)
{
    if (node_is(n, TYPE_INTEGER) || n->kind == NODE_NUMBER || n->kind == NODE_TYPED) return true;
    bool sum =
        n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT || n->op == OP_MULTIPLY);
    return sum && is_exact(n->child[LEFT_SIDE]) && is_exact(n->child[RIGHT_SIDE]);
}

static bool is_computed(const SqlNode *n)
{
    return n->kind == NODE_BINARY;
}

// Of two numbers that are added, multiplied or compared: both as exact as they are at home.
void exact_there(Translator *t, SqlNode **a, SqlNode **b)
{
    if (!is_foreign(t)) return;
    bool both = is_exact(*a) && is_exact(*b);
    if (both && t->to == DIALECT_BIGQUERY) {
        if (is_inexact(*a)) *a = as_numeric_literal(t, *a);
        if (is_inexact(*b)) *b = as_numeric_literal(t, *b);
    } else if (t->from == DIALECT_BIGQUERY && is_inexact(*a) && (*b)->kind == NODE_NUMBER) {
        *a = typed(make_cast(t, *a, "DOUBLE"), TYPE_REAL);
    }
}

// Literals that are 64 bits wide at home and 32 in the target, where they leave these.
void wide_there(Translator *t, SqlNode *sum)
{
    static const unsigned narrow = PG | TRINO | DUCK | SPARK | FLINK;
    int64_t a, b, made;
    SqlNode **left = &sum->child[LEFT_SIDE];
    bool literals = (*left)->kind == NODE_NUMBER && str_to_i64((*left)->text, &a) &&
                    sum->child[RIGHT_SIDE]->kind == NODE_NUMBER &&
                    str_to_i64(sum->child[RIGHT_SIDE]->text, &b);
    if (!literals || !is_foreign(t) || !(narrow >> t->to & 1) || narrow >> t->from & 1) return;
    bool fails = sum->op == OP_ADD        ? __builtin_add_overflow(a, b, &made)
                 : sum->op == OP_SUBTRACT ? __builtin_sub_overflow(a, b, &made)
                                          : __builtin_mul_overflow(a, b, &made);
    bool small = !fails && made >= INT32_MIN && made <= INT32_MAX;
    bool wide = a > INT32_MAX || b > INT32_MAX; // then it is one there, too
    if (!small && !wide) *left = typed(make_cast(t, *left, "BIGINT"), TYPE_INTEGER);
}

// a = b of literals alone says nothing; with a sum on one side it does.
void exact_compared(Translator *t, SqlNode **a, SqlNode **b)
{
    bool sum = t->to == DIALECT_BIGQUERY && (is_computed(*a) || is_computed(*b));
    if (sum) exact_there(t, a, b);
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
