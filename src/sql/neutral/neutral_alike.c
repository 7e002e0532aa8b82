// neutral_alike: where a query groups, tells apart or sorts texts and the collations of the two
// dialects differ: what can be said in the query is said there, the rest above its translation.
#include "sql/create.h"
#include "sql/home.h"
#include "sql/neutral_pair.h"

static bool is_told(const Translator *t)
{
    bool from = sql_rules(t->ambient)->text_folds_case, to = sql_rules(t->to)->text_folds_case;
    return is_foreign(t) && from != to && t->meaning;
}

// --- May there be two texts that differ in case alone? ---

enum { DEPTH_MAX = 8 };
static bool has_case(const Translator *t, const SqlNode *n, int depth);

// What a CTE or a derived table has in that column; NULL: it is a column of a table, or not known.
static const SqlNode *made_of(const Translator *t, const SqlNode *column)
{
    const SqlBinding *b = node_binding(t, column);
    if (b && b->item) return b->item->child[ITEM_VALUE];
    if (!b || !b->source || b->column == SQL_COLUMN_OPEN) return NULL;
    const SqlNode *query = b->source->kind == NODE_DERIVED ? b->source->child[DERIVED_QUERY]
                           : b->source->kind == NODE_TABLE ? t->meaning->queries[b->source->id]
                                                           : NULL;
    const SqlNode *body = query ? query->child[QUERY_BODY] : NULL;
    const SqlNode *items = body && body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    if (b->column >= sql_tail_count(items)) return NULL;
    for (uint32_t i = 0; i <= b->column; i++) {
        const SqlNode *item = sql_tail(items, i);
        bool star = item->kind != NODE_ITEM || item->child[ITEM_VALUE]->kind == NODE_STAR;
        if (star) return NULL; // it moves those behind it
    }
    return sql_tail(items, b->column)->child[ITEM_VALUE];
}

// Of a node of the translation, or of the source: what an alias stands for is one of that.
static bool is_text(const Translator *t, const SqlNode *n)
{
    bool source = !n->type && n->id < t->script->nodes;
    return (source ? t->meaning->types[n->id].type : node_type(n)) == TYPE_TEXT;
}

static bool is_one_case(const SqlNode *n)
{
    static const char *const names[] = {"lower", "upper", "lcase", "ucase"};
    for (size_t i = 0; n->kind == NODE_CALL && i < sizeof names / sizeof *names; i++) {
        if (str_eq_nocase(n->text, str_from(names[i]))) return true;
    }
    return n->kind == NODE_COLLATE;
}

static bool any_case(const Translator *t, const SqlNode *n, int depth)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && has_case(t, n->child[i], depth)) return true;
    }
    return false;
}

static bool has_case(const Translator *t, const SqlNode *n, int depth)
{
    if (!depth || n->kind == NODE_STRING || is_one_case(n)) return false;
    if (n->kind == NODE_WHEN) return has_case(t, n->child[WHEN_RESULT], depth - 1);
    if (n->kind == NODE_COLUMN) {
        const SqlNode *made = made_of(t, n);
        return made ? has_case(t, made, depth - 1) : is_text(t, n);
    }
    if (n->kind == NODE_NUMBER) return is_text(t, n); // the place of an output
    if (n->kind == NODE_LIST || n->kind == NODE_GROUPING) return any_case(t, n, depth - 1);
    if (!is_text(t, n)) return false;
    return n->kind == NODE_SUBQUERY || any_case(t, n, depth - 1);
}

// --- Once for all that is grouped, once for all that is sorted ---

void alike_grouped(Translator *t, const SqlNode *n)
{
    if (t->told_groups || !is_told(t) || !has_case(t, n, DEPTH_MAX)) return;
    bool mysql = t->to == DIALECT_MYSQL;
    t->told_groups = true;
    left_out(t, n,
             "Text has no case in MySQL: by " STR_FMT ", 'a' and 'A' are one value there, two in "
             "%s.",
             STR_ARG(source_short(t, n)), home_title(mysql ? t->from : t->to));
}

void alike_sorted(Translator *t, const SqlNode *n)
{
    if (t->told_orders || !is_told(t) || !has_case(t, n, DEPTH_MAX)) return;
    bool mysql = t->to == DIALECT_MYSQL;
    t->told_orders = true;
    left_out(t, n,
             "Text has no case in MySQL: of " STR_FMT ", 'a' stands before 'B' there, behind it "
             "where %s sorts by letters' codes.",
             STR_ARG(source_short(t, n)), home_title(mysql ? t->from : t->to));
}

static void told_star(Translator *t, const SqlNode *star)
{
    const SqlStar *all = star_meant(t, star);
    for (size_t i = 0; all && i < all->len && !t->told_groups; i++) {
        if (all->at[i].column.type != TYPE_TEXT) continue;
        t->told_groups = true;
        left_out(t, star,
                 "Text has no case in MySQL: rows that differ in it alone are one there, two in "
                 "%s.",
                 home_title(t->to == DIALECT_MYSQL ? t->from : t->to));
    }
}

void alike_items(Translator *t, const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    if (!is_told(t)) return;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
        if (item->kind != NODE_ITEM || !value) continue;
        if (value->kind == NODE_STAR) {
            told_star(t, value);
        } else {
            alike_grouped(t, value);
        }
    }
}

SqlNode *alike_key(Translator *t, SqlNode *n)
{
    if (!is_told(t) || !has_case(t, n, DEPTH_MAX)) return n;
    return case_exact(t, case_folded(t, n));
}
