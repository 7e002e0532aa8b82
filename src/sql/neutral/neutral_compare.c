// neutral_compare: comparisons, whose values neutral_pair.c makes comparable, and collations.
#include "base/vec.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/lower.h"
#include "sql/neutral_pair.h"
#include "sql/neutral_time.h"
#include <string.h>

// --- Collations: MySQL's, without case, and of whoever answers a question of MySQL's; the order of
// arrays and structs, which are JSON text at run time ---

static bool collates(const Translator *t)
{
    return t->to == DIALECT_SQLITE;
}

// A time written in digits alone is the same in either case: to compare it by bytes is cheaper.
static bool has_no_letters(const SqlNode *n)
{
    const SqlNode *format = node_is_call(n, "date_format") ? node_arg(n, "format") : NULL;
    if (!format || format->kind != NODE_STRING) return false;
    for (size_t i = 0; i < format->text.len; i++) {
        unsigned char c = (unsigned char)format->text.ptr[i];
        if (c == '%' && i + 1 < format->text.len) {
            if (!strchr("YymdjqHIMSfL%", format->text.ptr[++i])) return false;
        } else if (c >= 0x80 || (c | 0x20) >= 'a') {
            return false; // a letter, or little else
        }
    }
    return true;
}

const char *collation_of(const Translator *t, const SqlNode *n)
{
    if (!n || !collates(t) || n->kind == NODE_COLLATE) return NULL;
    const char *document = document_collation(t, n);
    if (document) return document;
    bool structured = node_is(n, TYPE_ARRAY) || node_is(n, TYPE_STRUCT);
    if (structured && t->from != DIALECT_SQLITE)
        return sql_rules(t->from)->nulls == NULLS_LOW ? "gr_json_low" : "gr_json_high";
    if (node_is(n, TYPE_INTERVAL) && !interval_micros(t, n)) return "gr_interval";
    bool exact = t->from == DIALECT_MYSQL && document_of(t, n) == DOCUMENT_TEXT;
    bool folds = node_is(n, TYPE_TEXT) && sql_rules(t->ambient)->text_folds_case && !exact;
    return folds && !has_no_letters(n) ? "gr_folded" : NULL;
}

static SqlNode *collated_as(Translator *t, SqlNode *n, const char *collation)
{
    if (!collation) return n;
    SqlNode *made = make_node(t, NODE_COLLATE, n, 0);
    made->text = str_from(collation);
    made->type = n->type;
    made->child[ONLY] = n;
    return made;
}

SqlNode *fold_text(Translator *t, SqlNode *n)
{
    if (!n || !collates(t)) return n;
    if (n->kind == NODE_ROW) {
        for (uint32_t i = 0; i < n->count; i++) n->child[i] = fold_text(t, n->child[i]);
        return n;
    }
    return collated_as(t, n, collation_of(t, n));
}

// Whichever side says it, its collation counts. In other dialects comparisons say it by LOWER.
SqlNode *neutral_collate(Translator *t, SqlNode *n)
{
    if (t->from == DIALECT_SQLITE && t->to == DIALECT_SQLITE) return n;
    if (t->from == t->to) return n;
    n->type = TYPE_TEXT;
    bool folds = str_ends(n->text, S("_ci")) || str_find(n->text, S("-ci"), NULL) ||
                 str_eq_nocase(n->text, S("NOCASE"));
    n->text = folds ? S("gr_folded") : S("BINARY");
    return n;
}

// --- a = b, a < b, a <=> b ---

// DuckDB compares rows as values, whose NULLs are equal to nothing: there it is said by columns.
static SqlNode *compare_columns(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    bool equal = n->op == OP_EQ || n->op == OP_NE;
    bool rows = a->kind == NODE_ROW && b->kind == NODE_ROW && a->count == b->count && a->count > 1;
    bool wanted = t->to == DIALECT_DUCKDB && t->from != DIALECT_DUCKDB;
    if (!wanted || !equal || !rows) return NULL;
    SqlNode *all = make_node(t, n->op == OP_EQ ? NODE_AND : NODE_OR, n, a->count);
    for (uint32_t i = 0; i < a->count; i++) {
        SqlNode *one = make_binary(t, (SqlOp)n->op, a->child[i], b->child[i]);
        all->child[i] = neutral_compare(t, one);
    }
    all->type = TYPE_BOOLEAN;
    all->parens = 1;
    return all;
}

SqlNode *neutral_compare(Translator *t, SqlNode *n)
{
    SqlNode *columns = compare_columns(t, n);
    if (columns) return columns;
    if (whole_sides(t, &n->child[LEFT_SIDE], &n->child[RIGHT_SIDE])) {
        n->type = TYPE_BOOLEAN;
        return n;
    }
    SqlNode **a = &n->child[LEFT_SIDE], **b = &n->child[RIGHT_SIDE];
    document_pair(t, n, a, b);
    bool exact = document_exact(t, *a, *b);
    compare_pair(t, a, b);
    // A value of no known type may be a text, too: then the other side says it.
    bool exact_text = document_of(t, *a) == DOCUMENT_TEXT;
    SqlNode **side = node_is(*a, TYPE_UNKNOWN) || exact_text ? b : a;
    if (!exact && (*b)->kind != NODE_COLLATE) *side = fold_text(t, *side);
    n->type = TYPE_BOOLEAN;
    return n;
}

SqlNode *node_truth(Translator *t, SqlNode *n)
{
    if (node_is(n, TYPE_BOOLEAN)) return n;
    return make_binary(t, OP_NE, n, make_number(t, n, 0));
}

// --- BETWEEN ---

SqlNode *neutral_between(Translator *t, SqlNode *n)
{
    SqlNode *bounds[] = {n->child[OPERAND_SECOND], n->child[OPERAND_THIRD]};
    document_set(t, &n->child[OPERAND], bounds, 2);
    compare_set(t, &n->child[OPERAND], bounds, 2);
    n->child[OPERAND_SECOND] = bounds[0];
    n->child[OPERAND_THIRD] = bounds[1];
    n->child[OPERAND] = fold_text(t, n->child[OPERAND]);
    bool symmetric = n->flags & FLAG_ALL;
    if (!symmetric || t->to == DIALECT_POSTGRES) return n;
    n->flags &= ~(uint32_t)FLAG_ALL;
    SqlNode *a = n->child[OPERAND_SECOND], *b = n->child[OPERAND_THIRD];
    n->child[OPERAND_SECOND] = make_call2(t, a, "least", a, b);
    n->child[OPERAND_THIRD] = make_call2(t, b, "greatest", node_clone(t, a), node_clone(t, b));
    n->child[OPERAND_SECOND]->type = n->child[OPERAND_THIRD]->type = a->type;
    return n;
}

// --- IN ---

SqlNode *neutral_in(Translator *t, SqlNode *n)
{
    SqlNode *array = neutral_in_array(t, n);
    if (array) return array;
    SqlNode *set = n->child[OPERAND_SECOND];
    if (set->kind == NODE_LIST) {
        SqlNode **all = set->child + sql_roles(NODE_LIST);
        document_set(t, &n->child[OPERAND], all, sql_tail_count(set));
        compare_set(t, &n->child[OPERAND], all, sql_tail_count(set));
    } else if (set->kind == NODE_SUBQUERY) {
        compare_rows(t, &n->child[OPERAND], set);
    }
    n->child[OPERAND] = fold_text(t, n->child[OPERAND]);
    return n;
}

// --- CASE x WHEN … ---

static void case_whens(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    SqlNode **all = arena_array(t->arena, SqlNode *, count + 1);
    for (uint32_t i = 0; i < count; i++) all[i] = sql_tail(n, i)->child[WHEN_CONDITION];
    document_set(t, &n->child[CASE_OPERAND], all, count);
    compare_set(t, &n->child[CASE_OPERAND], all, count);
    for (uint32_t i = 0; i < count; i++) sql_tail(n, i)->child[WHEN_CONDITION] = all[i];
    n->child[CASE_OPERAND] = fold_text(t, n->child[CASE_OPERAND]);
}

SqlNode *neutral_case(Translator *t, SqlNode *n)
{
    time_case(t, n);
    truth_case(t, n);
    if (n->child[CASE_OPERAND]) case_whens(t, n);
    return n;
}

// --- = ANY, > ALL ---

static SqlNode *one_comparison(Translator *t, const SqlNode *n, SqlNode *x, SqlNode *y)
{
    bool like = n->op >= OP_LIKE && n->op <= OP_GLOB;
    if (!like) return neutral_compare(t, make_binary(t, (SqlOp)n->op, x, y));
    SqlNode *one = make_node(t, NODE_LIKE, n, 0);
    one->op = n->op;
    one->type = TYPE_BOOLEAN;
    one->child[OPERAND] = x;
    one->child[OPERAND_SECOND] = y;
    return neutral_like(t, one);
}

static SqlNode *spread(Translator *t, SqlNode *n, SqlNode *const *values, uint32_t count)
{
    bool all = n->flags & FLAG_ALL, negated = n->flags & FLAG_NOT;
    SqlNode *chain = make_node(t, all ? NODE_AND : NODE_OR, n, count);
    chain->type = TYPE_BOOLEAN;
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *x = i ? node_clone(t, n->child[LEFT_SIDE]) : n->child[LEFT_SIDE];
        chain->child[i] = one_comparison(t, n, x, values[i]);
    }
    return negate(t, count == 1 ? chain->child[0] : chain, negated);
}

// = ANY (1, 2) is IN (1, 2).
static SqlNode *among_list(Translator *t, SqlNode *n, SqlNode *values)
{
    SqlNode *in = make_node(t, NODE_IN, n, 0), *set = make_node(t, NODE_LIST, values, 0);
    node_set_tail(t, set, values->child + sql_roles(sql_kind_of(values)), sql_tail_count(values));
    in->flags = n->op == OP_NE ? FLAG_NOT : 0;
    in->type = TYPE_BOOLEAN;
    in->child[OPERAND] = n->child[LEFT_SIDE];
    in->child[OPERAND_SECOND] = set;
    return neutral_in(t, in);
}

// MySQL's x MEMBER OF (a JSON text): an array there is a text that is read so.
static SqlNode *member_of(Translator *t, SqlNode *n)
{
    if (is_foreign(t))
        return translate_unsupported(t, n, "MEMBER OF reads a JSON text, which %s has no word for.",
                                     home_title(t->to));
    if (t->to != DIALECT_SQLITE) return n;
    SqlNode *made = make_call2(t, n, "in_array", n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
    made->type = TYPE_BOOLEAN;
    return made;
}

SqlNode *neutral_quantified(Translator *t, SqlNode *n)
{
    bool all = n->flags & FLAG_ALL;
    SqlNode *right = n->child[RIGHT_SIDE];
    if (n->flags & FLAG_WORDS) return member_of(t, n);
    SqlNode *braces = array_in_braces(t, right, node_type(n->child[LEFT_SIDE]));
    if (braces) n->child[RIGHT_SIDE] = right = braces;
    if (right->kind == NODE_SUBQUERY) {
        compare_rows(t, &n->child[LEFT_SIDE], right);
        n->child[LEFT_SIDE] = fold_text(t, n->child[LEFT_SIDE]);
        return n;
    }
    bool list = right->kind == NODE_ROW || right->kind == NODE_ARRAY;
    bool among = (n->op == OP_EQ && !all) || (n->op == OP_NE && all);
    if (list && among && sql_tail_count(right)) return among_list(t, n, right);
    if (list)
        return spread(t, n, right->child + sql_roles(sql_kind_of(right)), sql_tail_count(right));
    bool array = node_is(right, TYPE_ARRAY) || node_is(right, TYPE_UNKNOWN);
    bool like = n->op >= OP_LIKE && n->op <= OP_GLOB;
    if (like || !array) return spread(t, n, &right, 1);
    bool in = (n->op == OP_EQ && !all) || (n->op == OP_NE && all);
    if (!in)
        return translate_unsupported(t, n, "%s %s of an array is not supported here.",
                                     sql_op_word((SqlOp)n->op), all ? "ALL" : "ANY");
    // in_array reads the array in a subquery, where an aggregate would be that one's.
    SqlNode *made = holds_aggregate(right)
                        ? make_call2(t, n, "array_contains", right, n->child[LEFT_SIDE])
                        : make_call2(t, n, "in_array", n->child[LEFT_SIDE], right);
    made->type = TYPE_BOOLEAN;
    return negate(t, made, all);
}

// --- Where a collation counts besides comparisons ---

static SqlNode *fold_item(Translator *t, SqlNode *item)
{
    SqlNode *value = item->child[ITEM_VALUE], *made = fold_text(t, value);
    if (made == value) return item;
    if (!item->child[ITEM_ALIAS] && value->kind == NODE_COLUMN)
        item->child[ITEM_ALIAS] = make_word(t, value, sql_last(value)->text);
    item->child[ITEM_VALUE] = made;
    return item;
}

static void fold_items(Translator *t, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->kind == NODE_ITEM) fold_item(t, sql_tail(items, i));
    }
}

// GROUP BY 2 is by the second column.
static SqlNode *grouped(const SqlNode *select, SqlNode *key)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    int64_t k;
    bool position = key->kind == NODE_NUMBER && str_to_i64(key->text, &k) && k > 0 &&
                    k <= (int64_t)sql_tail_count(items);
    if (!position) return key;
    SqlNode *item = sql_tail(items, (uint32_t)(k - 1));
    return item->kind == NODE_ITEM ? item->child[ITEM_VALUE] : key;
}

// What the CASE gives by its branch `i`, or behind all of them by ELSE: a text, NULL or nothing;
// the CASE itself when it is none of them.
static const SqlNode *literal_of(const SqlNode *n, uint32_t i)
{
    const SqlNode *result =
        i < sql_tail_count(n) ? sql_tail(n, i)->child[WHEN_RESULT] : n->child[CASE_ELSE];
    return !result || result->kind == NODE_NULL || result->kind == NODE_STRING ? result : n;
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
    }
    return true;
}

// GROUP BY alias is by the item that is called so, as it was written: what the passes know of types
// is on the alias.
static const SqlNode *meant(const Translator *t, const SqlNode *key)
{
    const SqlBinding *b = node_binding(t, key);
    return b && b->item ? b->item->child[ITEM_VALUE] : key;
}

// CASE … THEN 'short' … ELSE 'long': where no two of its texts differ in case alone, groups by
// bytes are the same groups, and SQLite makes them in two thirds of the time.
static bool groups_by_bytes(const SqlNode *n)
{
    if (n->kind != NODE_CASE) return false;
    for (uint32_t i = 0; i <= sql_tail_count(n); i++) {
        const SqlNode *one = literal_of(n, i);
        if (one == n || (one && !is_ascii(one->text))) return false;
        for (uint32_t k = 0; one && k < i; k++) {
            const SqlNode *other = literal_of(n, k);
            bool folds = other && str_eq_nocase(one->text, other->text);
            if (folds && !str_eq(one->text, other->text)) return false;
        }
    }
    return true;
}

static void fold_tail(Translator *t, SqlNode *list)
{
    if (list) rows_are_values(t, list);
    uint32_t roles = list ? sql_roles(sql_kind_of(list)) : 0;
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        list->child[roles + i] = alike_key(t, fold_text(t, list->child[roles + i]));
}

static void told_select(Translator *t, const SqlNode *n)
{
    const SqlNode *by = n->child[SELECT_GROUP];
    for (uint32_t i = 0; i < sql_tail_count(by); i++) alike_grouped(t, grouped(n, sql_tail(by, i)));
    if (n->flags & FLAG_DISTINCT) alike_items(t, n);
}

SqlNode *fold_select(Translator *t, SqlNode *n)
{
    if (!collates(t)) {
        told_select(t, n);
        return n;
    }
    SqlNode *by = n->child[SELECT_GROUP];
    uint32_t roles = by ? sql_roles(sql_kind_of(by)) : 0;
    bool levels = by && by->op; // WITH ROLLUP: its lowering looks for the keys as they are
    for (uint32_t i = 0; !levels && i < sql_tail_count(by); i++) {
        SqlNode *key = sql_tail(by, i), *value = grouped(n, key);
        if (!collation_of(t, value) || groups_by_bytes(meant(t, value))) continue;
        key->type = value->type;
        by->child[roles + i] = collated_as(t, key, collation_of(t, value));
    }
    if (n->flags & FLAG_DISTINCT) fold_items(t, n);
    return n;
}

SqlNode *fold_setop(Translator *t, SqlNode *n)
{
    if (n->flags & FLAG_ALL) return n;
    SqlNode *left = n->child[LEFT_SIDE];
    while (left && (left->kind == NODE_SETOP || left->kind == NODE_QUERY))
        left = left->kind == NODE_SETOP ? left->child[LEFT_SIDE] : left->child[QUERY_BODY];
    if (!left || left->kind != NODE_SELECT) return n;
    if (collates(t)) {
        fold_items(t, left);
    } else {
        alike_items(t, left);
    }
    return n;
}

SqlNode *fold_window(Translator *t, SqlNode *n)
{
    fold_tail(t, n->child[WINDOW_PARTITION]);
    return n;
}

// DISTINCT and the largest inside an aggregate; what is found inside a text.
// Which values are different is a matter of case as well.
static void distinct_cased(Translator *t, SqlNode *n)
{
    bool one = n->flags & FLAG_DISTINCT && sql_tail_count(n);
    SqlNode **x = one ? &n->child[sql_roles(NODE_CALL)] : NULL;
    if (!one || fn_at(n->fn)->class != FN_AGGREGATE) return;
    *x = case_exact(t, *x);
    bool counts = node_is_call(n, "count") || node_is_call(n, "approx_count_distinct");
    if (counts) *x = case_folded(t, *x);
    if (!counts && (*x)->kind != NODE_COLLATE) alike_grouped(t, *x);
}

static SqlNode *found_exactly(Translator *t, SqlNode *n)
{
    distinct_cased(t, n);
    static const char *const searched[] = {"contains", "starts_with", "ends_with", "position",
                                           "find_in_set"};
    uint32_t roles = sql_roles(NODE_CALL);
    bool edge = node_is_call(n, "min") || node_is_call(n, "max");
    if (edge && sql_tail_count(n)) alike_sorted(t, sql_tail(n, 0));
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
        if (!node_is_call(n, searched[i])) continue;
        case_pair(t, &n->child[roles], &n->child[roles + 1]);
    }
    return n;
}

// NULLIF(a, b) compares, and gives the first as it is.
static SqlNode *neutral_nullif(Translator *t, SqlNode *n)
{
    uint32_t roles = sql_roles(NODE_CALL);
    SqlNode *a = n->child[roles], *left = a, **right = &n->child[roles + 1];
    document_pair(t, n, &left, right);
    compare_pair(t, &left, right);
    if ((*right)->kind != NODE_COLLATE) left = fold_text(t, left);
    bool length = node_is(a, TYPE_INTERVAL); // what it is compared by has lost its parts
    bool same = left == a || (node_is(left, (LogicalType)a->type) && !length);
    if (same && t->to == DIALECT_SQLITE) n->child[roles] = left;
    if (left == n->child[roles] && (*right)->kind != NODE_COLLATE) return n;
    SqlNode *equal = make_binary(t, OP_EQ, left, *right);
    SqlNode *made = make_case(t, equal, make_null(t, n), node_clone(t, a));
    made->type = a->type;
    return made;
}

SqlNode *fold_call(Translator *t, SqlNode *n)
{
    if (node_is_call(n, "nullif") && sql_tail_count(n) == 2) return neutral_nullif(t, n);
    if (n->fn && t->to != DIALECT_SQLITE) return found_exactly(t, n);
    if (!n->fn || !collates(t) || !sql_tail_count(n)) return n;
    const char *folded[] = {"min", "max", "greatest", "least"};
    bool folds = n->flags & FLAG_DISTINCT;
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        folds = folds || node_is_call(n, folded[i]);
    uint32_t roles = sql_roles(NODE_CALL);
    if (folds) n->child[roles] = fold_text(t, n->child[roles]);
    bool lowers = sql_rules(t->ambient)->text_folds_case;
    if (lowers && (node_is_call(n, "position") || node_is_call(n, "find_in_set"))) {
        for (uint32_t i = 0; i < 2; i++) {
            n->child[roles + i] = make_call1(t, n, "lower", n->child[roles + i]);
            n->child[roles + i]->type = TYPE_TEXT;
        }
    }
    return n;
}
