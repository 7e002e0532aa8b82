// format_query: queries, their clauses and what stands in FROM.
#include "sql/format.h"

void emit_query(Out *o, const SqlNode *n)
{
    if (n->parens) {
        SqlNode inner = *n; // the same without its own parentheses
        inner.parens = 0;
        out_block(o, &inner);
        return;
    }
    out_node(o, n->child[QUERY_WITH]);
    if (n->child[QUERY_WITH]) out_break(o, n->child[QUERY_BODY]->at);
    out_node(o, n->child[QUERY_BODY]);
    const SqlNode *order = n->child[QUERY_ORDER];
    if (order) {
        out_break(o, order->at);
        if (sql_tail_count(order) > 1 && !out_fits(o, order)) {
            out_text(o, "ORDER BY");
            out_lines(o, order->flags & FLAG_ALL ? NULL : order);
        } else {
            out_node(o, order);
        }
    }
    if (n->child[QUERY_LIMIT]) {
        out_break(o, n->child[QUERY_LIMIT]->at);
        out_node(o, n->child[QUERY_LIMIT]);
    }
}

void emit_with(Out *o, const SqlNode *n)
{
    out_text(o, n->flags & FLAG_RECURSIVE ? "WITH RECURSIVE " : "WITH ");
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) {
            buf_char(&o->b, ',');
            out_break(o, n->child[i]->at);
        }
        out_node(o, n->child[i]);
    }
}

void emit_cte(Out *o, const SqlNode *n)
{
    out_name(o, n->text, n->flags & FLAG_QUOTED);
    if (n->child[CTE_COLUMNS]) {
        out_opt(o, " (", n->child[CTE_COLUMNS]);
        out_text(o, ")");
    }
    out_text(o, " AS ");
    if (n->flags & FLAG_MATERIALIZED)
        out_text(o, n->flags & FLAG_NOT ? "NOT MATERIALIZED " : "MATERIALIZED ");
    out_block(o, n->child[CTE_QUERY]);
}

void emit_setop(Out *o, const SqlNode *n)
{
    out_node(o, n->child[LEFT_SIDE]);
    out_break(o, n->child[LEFT_SIDE]->end);
    out_text(o, sql_op_word((SqlOp)n->op));
    if (n->flags & FLAG_ALL) out_text(o, " ALL");
    if (n->flags & FLAG_DISTINCT) out_text(o, " DISTINCT");
    if (n->flags & FLAG_BY_NAME) out_text(o, " BY NAME");
    out_break(o, n->child[RIGHT_SIDE]->at);
    out_node(o, n->child[RIGHT_SIDE]);
}

static void emit_select_head(Out *o, const SqlNode *n)
{
    out_text(o, "SELECT");
    if (n->flags & FLAG_DISTINCT) out_text(o, " DISTINCT");
    if (n->flags & FLAG_ALL) out_text(o, " ALL");
    if (n->child[SELECT_ON]) {
        out_opt(o, " ON (", n->child[SELECT_ON]);
        out_text(o, ")");
    }
    const SqlNode *top = n->child[SELECT_TOP];
    if (top) {
        out_opt(o, " TOP ", top->child[LIMIT_COUNT]);
        if (top->flags & FLAG_PERCENT) out_text(o, " PERCENT");
        if (top->flags & FLAG_TIES) out_text(o, " WITH TIES");
    }
    if (n->text.len) buf_fmt(&o->b, " AS " STR_FMT, STR_ARG(n->text));
    out_lines(o, n->child[SELECT_ITEMS]);
}

// What was moved among the items, as the ROW_NUMBER of a QUALIFY is, stands behind FROM in the
// source: the comments in between stay where they are.
static void emit_head_alone(Out *o, const SqlNode *select)
{
    const SqlNode *from = select->child[SELECT_FROM], *items = select->child[SELECT_ITEMS];
    uint32_t before = o->before;
    bool ordered = from && items && from->at > items->at;
    if (ordered && (!before || from->at < before)) o->before = from->at;
    emit_select_head(o, select);
    o->before = before;
}

static void emit_windows(Out *o, const SqlNode *list)
{
    if (!list) return;
    out_break(o, list->at);
    out_text(o, "WINDOW ");
    for (uint32_t i = 0; i < list->count; i++) {
        const SqlNode *item = list->child[i];
        out_opt(o, i ? ", " : "", item->child[ITEM_ALIAS]);
        out_opt(o, " AS (", item->child[ITEM_VALUE]);
        out_text(o, ")");
    }
}

void emit_select(Out *o, const SqlNode *n)
{
    const SqlNode *from = n->child[SELECT_FROM];
    if (n->flags & FLAG_FROM_FIRST && n->flags & FLAG_WORDS) {
        out_opt(o, "TABLE ", sql_tail(from, 0));
    } else if (n->flags & FLAG_FROM_FIRST) {
        out_node(o, from);
        if (sql_tail_count(n->child[SELECT_ITEMS])) {
            out_break(o, n->child[SELECT_ITEMS]->at);
            emit_select_head(o, n);
        }
    } else {
        emit_head_alone(o, n);
        if (from) {
            out_break(o, from->at);
            out_node(o, from);
        }
    }
    out_condition(o, "WHERE", n->child[SELECT_WHERE]);
    if (n->child[SELECT_GROUP]) {
        out_break(o, n->child[SELECT_GROUP]->at);
        out_node(o, n->child[SELECT_GROUP]);
    }
    out_condition(o, "HAVING", n->child[SELECT_HAVING]);
    emit_windows(o, n->child[SELECT_WINDOWS]);
    out_condition(o, "QUALIFY", n->child[SELECT_QUALIFY]);
}

void emit_item(Out *o, const SqlNode *n)
{
    out_node(o, n->child[ITEM_VALUE]);
    out_opt(o, " AS ", n->child[ITEM_ALIAS]);
}

void emit_values(Out *o, const SqlNode *n)
{
    out_text(o, "VALUES");
    out_lines(o, n);
}

void emit_limit(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_WORDS) {
        out_opt(o, "OFFSET ", n->child[LIMIT_OFFSET]);
        if (n->child[LIMIT_OFFSET]) out_text(o, " ROWS ");
        out_text(o, "FETCH FIRST ");
        out_node(o, n->child[LIMIT_COUNT]);
        if (n->flags & FLAG_PERCENT) out_text(o, " PERCENT");
        out_text(o, n->child[LIMIT_COUNT] ? " ROWS" : "ROW");
        out_text(o, n->flags & FLAG_TIES ? " WITH TIES" : " ONLY");
        return;
    }
    if (o->t && o->dialect == DIALECT_TRINO) { // the other way round
        out_opt(o, "OFFSET ", n->child[LIMIT_OFFSET]);
        out_opt(o, n->child[LIMIT_OFFSET] ? " LIMIT " : "LIMIT ", n->child[LIMIT_COUNT]);
        return;
    }
    out_opt(o, "LIMIT ", n->child[LIMIT_COUNT]);
    if (n->flags & FLAG_PERCENT) out_text(o, " PERCENT");
    out_opt(o, n->child[LIMIT_COUNT] ? " OFFSET " : "OFFSET ", n->child[LIMIT_OFFSET]);
}

void emit_group_by(Out *o, const SqlNode *n)
{
    out_text(o, "GROUP BY");
    if (n->flags & FLAG_ALL) {
        out_text(o, " ALL");
        return;
    }
    out_lines(o, n);
    if (n->op) buf_fmt(&o->b, " WITH %s", sql_op_word((SqlOp)n->op));
}

void emit_grouping(Out *o, const SqlNode *n)
{
    out_text(o, sql_op_word((SqlOp)n->op));
    out_text(o, " (");
    out_list(o, n);
    out_text(o, ")");
}

void emit_from(Out *o, const SqlNode *n)
{
    out_text(o, "FROM ");
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) out_text(o, ", ");
        out_node(o, n->child[i]);
    }
}

void emit_table(Out *o, const SqlNode *n)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) out_opt(o, i ? "." : "", sql_tail(n, i));
    out_opt(o, " ", n->child[TABLE_AS_OF]);
    out_opt(o, " ", n->child[TABLE_ALIAS]);
    out_opt(o, " ", n->child[TABLE_SAMPLE]);
}

void emit_alias(Out *o, const SqlNode *n)
{
    out_opt(o, "AS ", n->child[ALIAS_NAME]);
    if (!n->child[ALIAS_COLUMNS]) return;
    out_opt(o, " (", n->child[ALIAS_COLUMNS]);
    out_text(o, ")");
}

void emit_derived(Out *o, const SqlNode *n)
{
    bool kept = n->flags & FLAG_WORDS && (!o->t || o->t->from == o->t->to);
    if (kept) { // JSON_TABLE( … ) as it was written
        out_str(o, sql_source(o->script->sql, n));
        return;
    }
    if (n->flags & FLAG_LATERAL) out_text(o, "LATERAL ");
    if ((n->flags & FLAG_BARE) && (!o->t || sql_feature_in(FEATURE_BARE_VALUES, o->dialect))) {
        out_node(o, n->child[DERIVED_QUERY]);
    } else {
        out_block(o, n->child[DERIVED_QUERY]);
    }
    out_opt(o, " ", n->child[DERIVED_ALIAS]);
    out_opt(o, " ", n->child[DERIVED_SAMPLE]);
}

void emit_table_call(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_LATERAL) out_text(o, "LATERAL ");
    bool word = n->flags & FLAG_WORDS;
    out_opt(o, word ? "TABLE(" : "", n->child[TABLE_CALL_CALL]);
    if (word) out_text(o, ")");
    if (n->flags & FLAG_ORDINALITY) out_text(o, " WITH ORDINALITY");
    out_opt(o, " ", n->child[TABLE_CALL_ALIAS]);
    const SqlNode *offset = n->child[TABLE_CALL_OFFSET];
    if (offset) {
        out_text(o, " WITH OFFSET AS ");
        out_name(o, offset->text, offset->flags & FLAG_QUOTED);
    }
    out_opt(o, " ", n->child[TABLE_CALL_SAMPLE]);
}

static void emit_join_word(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_NATURAL) out_text(o, "NATURAL ");
    bool spark = o->dialect == DIALECT_SPARK; // LEFT SEMI; elsewhere the one word
    if (n->op == OP_SEMI || n->op == OP_ANTI) {
        if (spark) out_text(o, "LEFT ");
        out_text(o, n->op == OP_SEMI ? "SEMI " : "ANTI ");
    } else if (n->op != OP_INNER) {
        buf_fmt(&o->b, "%s ", sql_op_word((SqlOp)n->op));
        if (n->flags & FLAG_OUTER) out_text(o, "LEFT ");
    }
    out_text(o, "JOIN ");
}

void emit_join(Out *o, const SqlNode *n)
{
    out_node(o, n->child[JOIN_LEFT]);
    out_break(o, n->child[JOIN_RIGHT]->at);
    emit_join_word(o, n);
    out_node(o, n->child[JOIN_RIGHT]);
    if (n->child[JOIN_MATCH]) {
        out_opt(o, " MATCH_CONDITION (", n->child[JOIN_MATCH]);
        out_text(o, ")");
    }
    if (n->child[JOIN_USING]) {
        out_opt(o, " USING (", n->child[JOIN_USING]);
        out_text(o, ")");
    }
    const SqlNode *on = n->child[JOIN_ON];
    if (!on) return;
    o->indent += FORMAT_INDENT;
    if (out_fits(o, on)) {
        out_opt(o, " ON ", on);
    } else {
        out_condition(o, "ON", on);
    }
    o->indent -= FORMAT_INDENT;
}

void emit_lateral_view(Out *o, const SqlNode *n)
{
    out_node(o, n->child[VIEW_LEFT]);
    out_break(o, n->child[VIEW_CALL]->at);
    out_text(o, n->flags & FLAG_OUTER ? "LATERAL VIEW OUTER " : "LATERAL VIEW ");
    out_node(o, n->child[VIEW_CALL]);
    const SqlNode *alias = n->child[VIEW_ALIAS];
    if (!alias) return;
    out_opt(o, " ", alias->child[ALIAS_NAME]);
    out_opt(o, " AS ", alias->child[ALIAS_COLUMNS]);
}

// What becomes columns, or rows: a line each where they do not fit.
static void out_pivoted(Out *o, const SqlNode *in)
{
    bool several = in && in->kind == NODE_LIST && sql_tail_count(in) > 1;
    if (!several || out_fits(o, in)) {
        out_opt(o, " IN (", in);
    } else {
        out_text(o, " IN (");
        out_lines(o, in);
        out_break(o, in->end);
    }
    out_text(o, "))");
}

void emit_pivot(Out *o, const SqlNode *n)
{
    out_node(o, n->child[PIVOT_SOURCE]);
    out_opt(o, " PIVOT (", n->child[PIVOT_AGGREGATES]);
    out_opt(o, " FOR ", n->child[PIVOT_FOR]);
    out_pivoted(o, n->child[PIVOT_IN]);
    out_opt(o, " ", n->child[PIVOT_ALIAS]);
}

void emit_unpivot(Out *o, const SqlNode *n)
{
    out_node(o, n->child[UNPIVOT_SOURCE]);
    out_text(o, n->flags & FLAG_OUTER ? " UNPIVOT INCLUDE NULLS (" : " UNPIVOT (");
    out_node(o, n->child[UNPIVOT_VALUE]);
    out_opt(o, " FOR ", n->child[UNPIVOT_NAME]);
    out_pivoted(o, n->child[UNPIVOT_IN]);
    out_opt(o, " ", n->child[UNPIVOT_ALIAS]);
}

void emit_sample(Out *o, const SqlNode *n)
{
    out_text(o, "TABLESAMPLE ");
    if (n->text.len) buf_fmt(&o->b, STR_FMT " ", STR_ARG(n->text));
    out_opt(o, "(", n->child[SAMPLE_AMOUNT]);
    out_text(o, n->flags & FLAG_PERCENT ? " PERCENT)" : ")");
    if (!n->child[SAMPLE_SEED]) return;
    out_opt(o, " REPEATABLE (", n->child[SAMPLE_SEED]);
    out_text(o, ")");
}

void emit_as_of(Out *o, const SqlNode *n)
{
    bool at = n->flags & FLAG_WORDS;
    out_text(o, at ? "AT (" : "FOR ");
    out_str(o, n->text);
    out_opt(o, at ? " => " : " AS OF ", n->child[ONLY]);
    if (at) out_text(o, ")");
}
