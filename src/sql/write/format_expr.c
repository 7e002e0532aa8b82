// format_expr: operators, conditions, CASE and casts; the table of what writes an expression's
// node.
#include "sql/format.h"

static void emit_unary(Out *o, const SqlNode *n)
{
    const SqlNode *of = n->child[ONLY];
    bool bang = n->flags & FLAG_BARE;
    out_text(o, bang ? "!" : sql_op_word((SqlOp)n->op));
    bool sign = of->kind == NODE_UNARY && !of->parens; // - -1: two signs together open a comment
    if ((n->op == OP_NOT && !bang) || sign) buf_char(&o->b, ' ');
    out_operand(o, n, of);
}

static const char *binary_word(const Out *o, const SqlNode *n)
{
    Dialect d = o->dialect;
    if (n->op == OP_SAME && (d == DIALECT_MYSQL || d == DIALECT_SPARK)) return "<=>";
    if (n->op == OP_DIV && d == DIALECT_DUCKDB) return "//";
    if (n->op == OP_BIT_XOR && d == DIALECT_POSTGRES) return "#";
    if (n->op == OP_POWER && (d == DIALECT_SNOWFLAKE || sql_rules(d)->caret_is_xor)) return "**";
    return sql_op_word((SqlOp)n->op);
}

static void emit_binary(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[LEFT_SIDE]);
    buf_fmt(&o->b, " %s ", binary_word(o, n));
    out_operand(o, n, n->child[RIGHT_SIDE]);
}

// Broken before each AND or OR when it does not fit.
static void emit_chain(Out *o, const SqlNode *n)
{
    const char *word = n->kind == NODE_AND ? "AND " : "OR ";
    bool broken = !out_fits(o, n);
    if (broken) o->indent += 2;
    for (uint32_t i = 0; i < n->count; i++) {
        if (i && broken) {
            out_break(o, n->child[i]->at);
        } else if (i) {
            buf_char(&o->b, ' ');
        }
        if (i) out_text(o, word);
        out_operand(o, n, n->child[i]);
    }
    if (broken) o->indent -= 2;
}

static void emit_not(Out *o, const SqlNode *n)
{
    out_text(o, n->flags & FLAG_NOT ? " NOT " : " ");
}

static void emit_quantified(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[LEFT_SIDE]);
    emit_not(o, n);
    if (n->flags & FLAG_WORDS) {
        out_text(o, "MEMBER OF ");
    } else {
        out_text(o, sql_op_word((SqlOp)n->op));
        out_text(o, n->flags & FLAG_ALL ? " ALL " : " ANY ");
    }
    const SqlNode *right = n->child[RIGHT_SIDE];
    bool own = right->kind == NODE_SUBQUERY || right->kind == NODE_ROW || right->parens;
    if (!own) buf_char(&o->b, '(');
    out_node(o, right);
    if (!own) buf_char(&o->b, ')');
}

static void emit_is(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[OPERAND]);
    out_text(o, n->flags & FLAG_NOT ? " IS NOT " : " IS ");
    out_text(o, sql_op_word((SqlOp)n->op));
}

static void emit_between(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[OPERAND]);
    emit_not(o, n);
    out_text(o, n->flags & FLAG_ALL ? "BETWEEN SYMMETRIC " : "BETWEEN ");
    out_operand(o, n, n->child[OPERAND_SECOND]);
    out_text(o, " AND ");
    out_operand(o, n, n->child[OPERAND_THIRD]);
}

static void emit_in(Out *o, const SqlNode *n)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    out_operand(o, n, n->child[OPERAND]);
    emit_not(o, n);
    out_text(o, "IN ");
    bool list = set->kind == NODE_LIST && !set->parens;
    if (list) buf_char(&o->b, '(');
    out_node(o, set);
    if (list) buf_char(&o->b, ')');
}

static void emit_like(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[OPERAND]);
    emit_not(o, n);
    out_text(o, sql_op_word((SqlOp)n->op));
    buf_char(&o->b, ' ');
    out_operand(o, n, n->child[OPERAND_SECOND]);
    out_opt(o, " ESCAPE ", n->child[OPERAND_THIRD]);
}

static void emit_exists(Out *o, const SqlNode *n)
{
    out_text(o, "EXISTS ");
    out_block(o, n->child[ONLY]);
}

static void emit_subquery(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_BARE) {
        out_node(o, n->child[ONLY]);
    } else {
        out_block(o, n->child[ONLY]);
    }
}

static void emit_when(Out *o, const SqlNode *n)
{
    out_opt(o, "WHEN ", n->child[WHEN_CONDITION]);
    out_opt(o, " THEN ", n->child[WHEN_RESULT]);
}

static void emit_case(Out *o, const SqlNode *n)
{
    bool broken = !out_fits(o, n);
    out_text(o, "CASE");
    out_opt(o, " ", n->child[CASE_OPERAND]);
    o->indent += FORMAT_INDENT;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i);
        if (broken) {
            out_break(o, when->at);
        } else {
            buf_char(&o->b, ' ');
        }
        out_node(o, when);
    }
    if (n->child[CASE_ELSE]) {
        if (broken) {
            out_break(o, n->child[CASE_ELSE]->at);
        } else {
            buf_char(&o->b, ' ');
        }
        out_opt(o, "ELSE ", n->child[CASE_ELSE]);
    }
    o->indent -= FORMAT_INDENT;
    if (broken) {
        out_break(o, n->end);
    } else {
        buf_char(&o->b, ' ');
    }
    out_text(o, "END");
}

static void emit_cast(Out *o, const SqlNode *n)
{
    if (n->op == OP_COLONS) {
        out_operand(o, n, n->child[CAST_VALUE]);
        out_opt(o, "::", n->child[CAST_TYPE]);
        return;
    }
    out_text(o, sql_op_word((SqlOp)n->op));
    out_opt(o, "(", n->child[CAST_VALUE]);
    out_opt(o, n->op == OP_CONVERT ? ", " : " AS ", n->child[CAST_TYPE]);
    out_opt(o, " FORMAT ", n->child[CAST_FORMAT]);
    out_text(o, ")");
}

static void emit_collate(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[ONLY]);
    out_text(o, " COLLATE ");
    out_name(o, n->text, false);
}

static void emit_at_zone(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[LEFT_SIDE]);
    out_opt(o, " AT TIME ZONE ", n->child[RIGHT_SIDE]);
}

Emit *const format_expr[NODE_COUNT_] = {
    [NODE_NULL] = emit_null,
    [NODE_BOOLEAN] = emit_text,
    [NODE_NUMBER] = emit_text,
    [NODE_STRING] = emit_string,
    [NODE_TYPED] = emit_typed,
    [NODE_INTERVAL] = emit_interval,
    [NODE_PART] = emit_part,
    [NODE_NAME] = emit_name,
    [NODE_COLUMN] = emit_path,
    [NODE_STAR] = emit_star,
    [NODE_UNARY] = emit_unary,
    [NODE_BINARY] = emit_binary,
    [NODE_AND] = emit_chain,
    [NODE_OR] = emit_chain,
    [NODE_QUANTIFIED] = emit_quantified,
    [NODE_IS] = emit_is,
    [NODE_BETWEEN] = emit_between,
    [NODE_IN] = emit_in,
    [NODE_LIKE] = emit_like,
    [NODE_EXISTS] = emit_exists,
    [NODE_SUBQUERY] = emit_subquery,
    [NODE_CASE] = emit_case,
    [NODE_WHEN] = emit_when,
    [NODE_CAST] = emit_cast,
    [NODE_TYPE] = emit_type,
    [NODE_CALL] = emit_call,
    [NODE_ARG] = emit_arg,
    [NODE_TABLE_ARG] = emit_table_arg,
    [NODE_WINDOW] = emit_window,
    [NODE_FRAME] = emit_frame,
    [NODE_BOUND] = emit_bound,
    [NODE_ORDER_BY] = emit_order,
    [NODE_ORDER_ITEM] = emit_order_item,
    [NODE_ARRAY] = emit_array,
    [NODE_ROW] = emit_row,
    [NODE_STRUCT] = emit_struct,
    [NODE_FIELD] = emit_field,
    [NODE_MAP] = emit_map,
    [NODE_SUBSCRIPT] = emit_subscript,
    [NODE_MEMBER] = emit_member,
    [NODE_LAMBDA] = emit_lambda,
    [NODE_COLLATE] = emit_collate,
    [NODE_AT_ZONE] = emit_at_zone,
    [NODE_DEFAULT] = emit_default,
    [NODE_LIST] = out_list,
};
