// parse_pivot: what may stand behind a table: PIVOT, UNPIVOT, LATERAL VIEW, TABLESAMPLE.
#include "sql/parse.h"

// TABLESAMPLE BERNOULLI (10 PERCENT) REPEATABLE (1), SAMPLE (10 ROWS): NULL when none stands here.
SqlNode *parse_sample(Parser *p)
{
    if (!is(p, WORD_TABLESAMPLE) && !is_two(p, WORD_SAMPLE, '(')) return NULL;
    parse_use(p, FEATURE_SAMPLE);
    SqlNode *n = node_new(p, NODE_SAMPLE);
    skip(p);
    if (is_name(p, 0)) n->text = parse_name(p, "a method")->text;
    bool bare = !n->text.len && tok_at(p, 0)->kind == TOKEN_NUMBER; // DuckDB: TABLESAMPLE 10%
    if (!bare) parse_open(p, "( and an amount");
    n->child[SAMPLE_AMOUNT] = bare ? parse_primary(p) : parse_expr(p);
    if (accept(p, WORD_PERCENT) || accept(p, '%')) {
        n->flags |= FLAG_PERCENT;
    } else {
        accept(p, WORD_ROWS);
    }
    if (!bare) parse_close(p);
    if (is_two(p, WORD_REPEATABLE, '(') || is_two(p, WORD_SEED, '(')) {
        skip(p);
        parse_open(p, "(");
        n->child[SAMPLE_SEED] = parse_expr(p);
        parse_close(p);
    }
    return node_done(p, n);
}

static SqlNode *parse_pivot(Parser *p, SqlNode *source)
{
    parse_use(p, FEATURE_PIVOT);
    SqlNode *n = node_from(p, NODE_PIVOT, source);
    skip(p);
    n->child[PIVOT_SOURCE] = source;
    parse_open(p, "( after PIVOT");
    n->child[PIVOT_AGGREGATES] = parse_items(p);
    expect(p, WORD_FOR, "behind the aggregates of PIVOT");
    n->child[PIVOT_FOR] = parse_primary(p);
    expect(p, WORD_IN, "and the values of PIVOT");
    parse_open(p, "(");
    if (is(p, WORD_SELECT) || (is_word(p, 0, "ANY") && p->dialect == DIALECT_SNOWFLAKE))
        parse_lacks(p, "PIVOT wants its values written out here: the columns would depend on the "
                       "data.");
    n->child[PIVOT_IN] = parse_items(p);
    parse_close(p);
    parse_close(p);
    n->child[PIVOT_ALIAS] = parse_table_alias(p);
    return node_done(p, n);
}

static SqlNode *parse_unpivot(Parser *p, SqlNode *source)
{
    parse_use(p, FEATURE_PIVOT);
    SqlNode *n = node_from(p, NODE_UNPIVOT, source);
    skip(p);
    if (accept_two(p, WORD_INCLUDE, WORD_NULLS)) n->flags = FLAG_OUTER;
    accept_two(p, WORD_EXCLUDE, WORD_NULLS);
    n->child[UNPIVOT_SOURCE] = source;
    parse_open(p, "( after UNPIVOT");
    if (is(p, '('))
        parse_lacks(p, "UNPIVOT into several columns at a time is not supported here: UNION ALL a "
                       "SELECT for each.");
    n->child[UNPIVOT_VALUE] = parse_name(p, "a name for the values");
    expect(p, WORD_FOR, "inside UNPIVOT");
    n->child[UNPIVOT_NAME] = parse_name(p, "a name for the columns' names");
    expect(p, WORD_IN, "and the columns of UNPIVOT");
    parse_open(p, "(");
    n->child[UNPIVOT_IN] = parse_items(p);
    parse_close(p);
    parse_close(p);
    n->child[UNPIVOT_ALIAS] = parse_table_alias(p);
    return node_done(p, n);
}

// LATERAL VIEW [OUTER] explode(x) t AS a, b
static SqlNode *parse_lateral_view(Parser *p, SqlNode *left)
{
    parse_use(p, FEATURE_LATERAL_VIEW);
    SqlNode *n = node_from(p, NODE_LATERAL_VIEW, left);
    skip(p);
    skip(p);
    if (accept(p, WORD_OUTER)) n->flags = FLAG_OUTER;
    n->child[VIEW_LEFT] = left;
    n->child[VIEW_CALL] = parse_primary(p);
    SqlNode *alias = node_new(p, NODE_ALIAS);
    if (is_name(p, 0)) alias->child[ALIAS_NAME] = parse_name(p, "a table's name");
    if (accept(p, WORD_AS)) {
        SqlNode *columns = node_new(p, NODE_LIST);
        size_t mark = tail_open(p);
        do {
            tail_add(p, parse_name(p, "a column"));
        } while (accept(p, ','));
        alias->child[ALIAS_COLUMNS] = tail_close(p, columns, mark);
    }
    if (alias->child[ALIAS_NAME] || alias->child[ALIAS_COLUMNS])
        n->child[VIEW_ALIAS] = node_done(p, alias);
    return node_done(p, n);
}

SqlNode *parse_table_suffix(Parser *p, SqlNode *left)
{
    for (;;) {
        if (is_two(p, WORD_PIVOT, '(')) {
            left = parse_pivot(p, left);
        } else if (is(p, WORD_UNPIVOT)) {
            left = parse_unpivot(p, left);
        } else if (is_two(p, WORD_LATERAL, WORD_VIEW)) {
            left = parse_lateral_view(p, left);
        } else if (is(p, WORD_MATCH_RECOGNIZE)) {
            parse_unsupported(p, "MATCH_RECOGNIZE");
        } else {
            return left;
        }
    }
}
