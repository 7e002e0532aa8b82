// neutral_order: where NULLs stand in an ORDER BY, said as far as the target would put them
// elsewhere, and only where there may be some.
#include "sql/lower.h"
#include "sql/neutral_pair.h"

bool has_levels(const SqlNode *group)
{
    bool found = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group) && !found; i++)
        found = sql_tail(group, i)->kind == NODE_GROUPING;
    return found;
}

static const SqlBinding *bound(const Translator *t, const SqlNode *n)
{
    bool known = n && t->meaning && n->kind == NODE_COLUMN && n->id < t->script->nodes;
    return known ? &t->meaning->bindings[n->id] : NULL;
}

// Where it stands: in a query with ROLLUP a key may be NULL that its table never leaves so.
static bool stays(const Translator *t, const SqlNode *n, const SqlBinding *b)
{
    bool plain = b->query && b->query->kind == NODE_SELECT && b->source &&
                 !has_levels(b->query->child[SELECT_GROUP]);
    return plain && t->meaning->types[n->id].not_null;
}

// A column of a table that is never NULL there stands where it stands.
bool is_never_null(const Translator *t, const SqlNode *n)
{
    const SqlBinding *b = bound(t, n);
    return b && b->source && b->source->kind == NODE_TABLE && stays(t, n, b);
}

// What gives NULL for a NULL only.
static bool is_strict(const SqlFn *fn)
{
    static const char *const names[] = {
        "date_trunc", "date_part",       "lower", "upper",   "to_date",  "abs",         "date_add",
        "length",     "date_part_exact", "trim",  "replace", "last_day", "to_timestamp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(str_from(fn->name), str_from(names[i]))) return true;
    }
    return false;
}

static bool never_null(const Translator *t, const SqlNode *n);

static bool all_never_null(const Translator *t, const SqlNode *n)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *one = sql_tail(n, i);
        bool word = one->kind == NODE_NAME || one->kind == NODE_DEFAULT ||
                    (one->kind == NODE_COLUMN && fn_is_time_word(sql_last(one)->text));
        if (!word && !never_null(t, one)) return false;
    }
    return true;
}

// An expression, as it was read or neutral already.
static bool never_null(const Translator *t, const SqlNode *n)
{
    if (!n) return false;
    const SqlBinding *b = bound(t, n);
    if (b) return b->item ? never_null(t, b->item->child[ITEM_VALUE]) : stays(t, n, b);
    if (node_is_constant(n) || n->kind == NODE_TYPED || n->kind == NODE_INTERVAL)
        return n->kind != NODE_NULL;
    if (n->kind == NODE_CASE) {
        for (uint32_t i = 0; i < sql_tail_count(n); i++) {
            if (!never_null(t, sql_tail(n, i)->child[WHEN_RESULT])) return false;
        }
        return never_null(t, n->child[CASE_ELSE]);
    }
    if (n->kind == NODE_CAST && n->op != OP_TRY_CAST && n->op != OP_SAFE_CAST)
        return node_is_moment(n) && never_null(t, n->child[CAST_VALUE]);
    if (n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT))
        return never_null(t, n->child[LEFT_SIDE]) && never_null(t, n->child[RIGHT_SIDE]);
    const SqlFn *fn = n->kind != NODE_CALL ? NULL : n->fn ? fn_at(n->fn) : sql_fn_of(n, t->from);
    if (!fn) return false;
    if (str_ends(str_from(fn->type), S("!"))) return true;
    if (str_eq(str_from(fn->name), S("coalesce")))
        return never_null(t, sql_tail(n, sql_tail_count(n) - 1));
    return is_strict(fn) && all_never_null(t, n);
}

// Without a star before it the i-th output is the i-th item.
static bool item_never_null(const Translator *t, const SqlNode *query, size_t place)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_SELECT || has_levels(body->child[SELECT_GROUP])) return false;
    const SqlNode *items = body->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items) && i <= place; i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return false;
        if (i == place) return never_null(t, sql_tail(items, i)->child[ITEM_VALUE]);
    }
    return false;
}

// An output by its place or its name: what the query says of it.
static bool output_never_null(const Translator *t, const SqlNode *query, const SqlNode *value)
{
    SqlColumns out = t->meaning->outputs[query->id];
    const SqlBinding *b = bound(t, value);
    int64_t place;
    if (is_position(value) && str_to_i64(value->text, &place))
        return place > 0 && (size_t)place <= out.len &&
               (out.at[place - 1].not_null || item_never_null(t, query, (size_t)place - 1));
    bool name = b && !b->source && sql_tail_count(value) == 1;
    for (size_t i = 0; name && i < out.len; i++) {
        if (str_eq_nocase(out.at[i].name, sql_last(value)->text))
            return out.at[i].not_null || item_never_null(t, query, i);
    }
    return false;
}

// ORDER BY 1 sorts as the column does, by its collation.
static void type_position(const Translator *t, const SqlNode *query, SqlNode *value)
{
    SqlColumns out = t->meaning->outputs[query->id];
    int64_t place;
    if (!is_position(value) || !str_to_i64(value->text, &place)) return;
    if (place > 0 && (size_t)place <= out.len) value->type = (uint8_t)out.at[place - 1].type;
}

void mark_orders(Translator *t, SqlNode *n)
{
    if (!n || !t->meaning) return;
    for (uint32_t i = 0; i < n->count; i++) mark_orders(t, n->child[i]);
    SqlNode *order = n->kind == NODE_QUERY ? n->child[QUERY_ORDER] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(order) && n->id < t->script->nodes; i++) {
        SqlNode *item = sql_tail(order, i);
        if (output_never_null(t, n, item->child[ONLY])) item->flags |= FLAG_NEVER_NULL;
        type_position(t, n, item->child[ONLY]);
    }
}

SqlNode *neutral_order_item(Translator *t, SqlNode *n)
{
    bool known = n->flags & FLAG_NEVER_NULL ||
                 (!is_position(n->child[ONLY]) && never_null(t, n->child[ONLY]));
    bool none = known && t->from != t->to;
    if (document_sorted(t, n)) return n;
    n->child[ONLY] = fold_text(t, n->child[ONLY]);
    alike_sorted(t, n->child[ONLY]);
    SqlNulls from = sql_rules(t->ambient)->nulls, to = sql_rules(t->to)->nulls;
    bool down = n->flags & FLAG_DESC;
    bool first = from == NULLS_LOW ? !down : from == NULLS_HIGH && down;
    bool there = to == NULLS_LOW ? !down : to == NULLS_HIGH && down;
    bool said = n->flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
    if (said) first = n->flags & FLAG_NULLS_FIRST;
    bool drops = none || (t->to == DIALECT_MYSQL && first == there); // it has no words for it
    if (drops) n->flags &= ~(uint32_t)(FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
    if (!none && !said && first != there) n->flags |= first ? FLAG_NULLS_FIRST : FLAG_NULLS_LAST;
    return n;
}
