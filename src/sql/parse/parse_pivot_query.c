// parse_pivot_query: DuckDB's PIVOT t ON x IN (…) USING SUM(y) GROUP BY z, UNPIVOT t ON a, b INTO
// NAME n VALUE v, and COLUMNS('pattern') among the items.
//
// Both statements are a SELECT of all columns from the table with PIVOT or UNPIVOT behind it.
#include "sql/parse.h"

static SqlNode *name_of(Parser *p, const SqlNode *place, Str text, uint32_t flags)
{
    SqlNode *n = node_from(p, NODE_NAME, place);
    n->text = text;
    n->flags = flags;
    n->end = place->end;
    return n;
}

static SqlNode *column_item(Parser *p, const SqlNode *name)
{
    SqlNode *column = node_from(p, NODE_COLUMN, name), *item = node_from(p, NODE_ITEM, name);
    size_t mark = tail_open(p);
    tail_add(p, name_of(p, name, name->text, name->flags));
    item->child[ITEM_VALUE] = node_around(tail_close(p, column, mark));
    return node_around(item);
}

static bool is_listed(const Parser *p, size_t mark, const SqlNode *name)
{
    for (size_t i = mark; i < p->stack.len; i++) {
        const SqlNode *column = p->stack.at[i]->child[ITEM_VALUE];
        if (str_eq_nocase(sql_last(column)->text, name->text)) return true;
    }
    return false;
}

static void add_columns(Parser *p, size_t mark, const SqlNode *n)
{
    if (!n) return;
    const SqlNode *name = n->kind == NODE_COLUMN ? sql_last(n) : n->kind == NODE_NAME ? n : NULL;
    if (name && !is_listed(p, mark, name)) tail_add(p, column_item(p, name));
    for (uint32_t i = 0; !name && i < n->count; i++) add_columns(p, mark, n->child[i]);
}

// GROUP BY z: the source is cut down to z and to what the pivot reads.
static SqlNode *cut_source(Parser *p, const SqlNode *pivot, SqlNode *groups)
{
    SqlNode *source = pivot->child[PIVOT_SOURCE], *items = node_from(p, NODE_LIST, groups);
    size_t mark = tail_open(p);
    add_columns(p, mark, groups);
    add_columns(p, mark, pivot->child[PIVOT_FOR]);
    for (uint32_t i = 0; i < sql_tail_count(pivot->child[PIVOT_AGGREGATES]); i++)
        add_columns(p, mark, sql_tail(pivot->child[PIVOT_AGGREGATES], i)->child[ITEM_VALUE]);
    items = node_around(tail_close(p, items, mark));
    SqlNode *select = node_from(p, NODE_SELECT, source), *query = node_from(p, NODE_QUERY, source);
    SqlNode *from = node_from(p, NODE_FROM, source), *derived = node_from(p, NODE_DERIVED, source);
    mark = tail_open(p);
    tail_add(p, source);
    select->child[SELECT_FROM] = node_around(tail_close(p, from, mark));
    select->child[SELECT_ITEMS] = items;
    query->child[QUERY_BODY] = node_around(select);
    derived->child[DERIVED_QUERY] = node_around(query);
    return node_around(derived);
}

// Without USING the rows are counted.
static SqlNode *count_item(Parser *p, const SqlNode *place)
{
    SqlNode *call = node_from(p, NODE_CALL, place), *item = node_from(p, NODE_ITEM, place);
    SqlNode *list = node_from(p, NODE_LIST, place), *star = node_from(p, NODE_STAR, place);
    call->text = S("count");
    star->end = place->end;
    size_t mark = tail_open(p);
    tail_add(p, star);
    item->child[ITEM_VALUE] = node_around(tail_close(p, call, mark));
    mark = tail_open(p);
    tail_add(p, node_around(item));
    return node_around(tail_close(p, list, mark));
}

static SqlNode *parse_pivot_of(Parser *p, SqlNode *source)
{
    SqlNode *n = node_from(p, NODE_PIVOT, source);
    n->child[PIVOT_SOURCE] = source;
    expect(p, WORD_ON, "and the column whose values become columns");
    n->child[PIVOT_FOR] = parse_level(p, POWER_COMPARE + 1);
    if (is(p, ',')) parse_unsupported(p, "PIVOT on several columns");
    if (!is(p, WORD_IN)) {
        parse_lacks(p, "The columns of this PIVOT would depend on the data: write the values "
                       "out, ON column IN (1, 2).");
    }
    skip(p);
    parse_open(p, "(");
    n->child[PIVOT_IN] = parse_items(p);
    parse_close(p);
    n->child[PIVOT_AGGREGATES] =
        accept(p, WORD_USING) ? parse_items(p) : count_item(p, n->child[PIVOT_FOR]);
    if (!accept_two(p, WORD_GROUP, WORD_BY)) return node_done(p, n);
    SqlNode *groups = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_name(p, "a column to group by"));
    } while (accept(p, ','));
    groups = tail_close(p, groups, mark);
    if (!p->failed) n->child[PIVOT_SOURCE] = cut_source(p, n, groups);
    return node_done(p, n);
}

static SqlNode *parse_unpivot_of(Parser *p, SqlNode *source, uint32_t flags)
{
    SqlNode *n = node_from(p, NODE_UNPIVOT, source);
    n->flags = flags;
    n->child[UNPIVOT_SOURCE] = source;
    expect(p, WORD_ON, "and the columns that become rows");
    SqlNode *in = n->child[UNPIVOT_IN] = parse_items(p);
    n->child[UNPIVOT_NAME] = name_of(p, in, S("name"), 0);
    n->child[UNPIVOT_VALUE] = name_of(p, in, S("value"), 0);
    if (accept(p, WORD_INTO)) {
        expect(p, WORD_NAME, "behind INTO");
        n->child[UNPIVOT_NAME] = parse_name(p, "a name for the columns' names");
        expect(p, WORD_VALUE, "behind INTO NAME");
        n->child[UNPIVOT_VALUE] = parse_name(p, "a name for the values");
        if (is(p, ',')) parse_unsupported(p, "UNPIVOT into several columns of values");
    }
    return node_done(p, n);
}

SqlNode *parse_pivot_query(Parser *p)
{
    parse_use(p, FEATURE_PIVOT_STATEMENT);
    SqlNode *select = node_new(p, NODE_SELECT), *list = node_new(p, NODE_LIST);
    select->flags = FLAG_FROM_FIRST;
    bool pivot = is(p, WORD_PIVOT);
    skip(p);
    uint32_t flags = accept_two(p, WORD_INCLUDE, WORD_NULLS) ? FLAG_OUTER : 0;
    SqlNode *source = parse_table_primary(p), *from = node_from(p, NODE_FROM, source);
    size_t mark = tail_open(p);
    tail_add(p, pivot ? parse_pivot_of(p, source) : parse_unpivot_of(p, source, flags));
    select->child[SELECT_FROM] = tail_close(p, from, mark);
    list->at = list->end = select->child[SELECT_FROM]->end;
    select->child[SELECT_ITEMS] = list;
    return node_done(p, select);
}

// ---- COLUMNS(*), COLUMNS(t.* EXCLUDE (a)), COLUMNS('pattern')

SqlNode *parse_columns_call(Parser *p)
{
    bool all = p->dialect == DIALECT_DUCKDB && is_two(p, WORD_COLUMNS, '(');
    if (!all) return NULL;
    SqlNode *n = node_new(p, NODE_STAR);
    skip(p);
    parse_open(p, "(");
    if (tok_at(p, 0)->kind == TOKEN_STRING) {
        SqlNode *pattern = parse_primary(p);
        n->text = pattern->text;
        n->flags = FLAG_NAMED;
    } else if (is(p, '*')) {
        n = parse_star(p, NULL);
    } else {
        parse_lacks(p, "COLUMNS takes * or a pattern here: write the columns out.");
    }
    parse_close(p);
    bool whole = is(p, ',') || is(p, WORD_FROM) || is(p, ')') || is(p, ';') ||
                 tok_at(p, 0)->kind == TOKEN_END;
    if (!whole) parse_lacks(p, "COLUMNS stands alone here: write what is made of each column.");
    return n->flags & FLAG_NAMED ? node_done(p, n) : n;
}
