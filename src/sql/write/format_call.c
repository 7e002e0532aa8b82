// format_call: calls, their arguments, order and windows.
#include "sql/format.h"

static void emit_args_by_words(Out *o, const SqlNode *n)
{
    static const char *const substring[] = {"", " FROM ", " FOR "};
    static const char *const overlay[] = {"", " PLACING ", " FROM ", " FOR "};
    bool over = str_eq_nocase(n->text, S("OVERLAY"));
    bool extract = str_eq_nocase(n->text, S("EXTRACT"));
    bool position = str_eq_nocase(n->text, S("POSITION"));
    bool rounds = str_eq_nocase(n->text, S("FLOOR")) || str_eq_nocase(n->text, S("CEIL"));
    for (uint32_t i = 0; i < sql_tail_count(n) && i < 4; i++) {
        const char *word = over ? overlay[i] : i > 2 ? "" : substring[i];
        if (i && extract) word = " FROM ";
        if (i && position) word = " IN ";
        if (i && rounds) word = " TO ";
        out_opt(o, word, sql_tail(n, i));
    }
}

static void emit_trim_args(Out *o, const SqlNode *n)
{
    out_text(o, sql_op_word((SqlOp)n->op));
    if (n->op) buf_char(&o->b, ' ');
    if (sql_tail_count(n) > 1) {
        out_node(o, sql_tail(n, 1));
        buf_char(&o->b, ' ');
    }
    out_opt(o, "FROM ", sql_tail(n, 0));
}

void out_call_head(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_DISTINCT) out_text(o, "DISTINCT ");
    if (n->flags & FLAG_ALL) out_text(o, "ALL ");
}

// BigQuery and DuckDB have IGNORE NULLS inside the call only.
static bool nulls_inside(const Out *o, const SqlNode *n)
{
    return !n->child[CALL_OVER] || o->dialect == DIALECT_BIGQUERY || o->dialect == DIALECT_DUCKDB;
}

void out_call_tail(Out *o, const SqlNode *n)
{
    const SqlNode *having = n->child[CALL_HAVING];
    if (having) {
        out_text(o, having->flags & FLAG_DESC ? " HAVING MAX " : " HAVING MIN ");
        out_node(o, having->child[ONLY]);
    }
    bool inside = nulls_inside(o, n);
    if (inside && n->flags & FLAG_IGNORE_NULLS) out_text(o, " IGNORE NULLS");
    if (inside && n->flags & FLAG_RESPECT_NULLS) out_text(o, " RESPECT NULLS");
    out_opt(o, " ", n->child[CALL_ORDER]);
    out_opt(o, " SEPARATOR ", n->child[CALL_SEPARATOR]);
    out_opt(o, " LIMIT ", n->child[CALL_LIMIT]);
}

static void emit_call_inside(Out *o, const SqlNode *n)
{
    out_call_head(o, n);
    if (n->flags & FLAG_WORDS) {
        if (str_eq_nocase(n->text, S("TRIM"))) {
            emit_trim_args(o, n);
        } else {
            emit_args_by_words(o, n);
        }
    } else {
        out_list(o, n);
    }
    out_call_tail(o, n);
}

void out_call_behind(Out *o, const SqlNode *n)
{
    if (n->child[CALL_WITHIN]) {
        out_opt(o, " WITHIN GROUP (", n->child[CALL_WITHIN]);
        out_text(o, ")");
    }
    if (n->child[CALL_FILTER]) {
        out_opt(o, " FILTER (WHERE ", n->child[CALL_FILTER]);
        out_text(o, ")");
    }
    const SqlNode *over = n->child[CALL_OVER];
    if (!over) return;
    if (n->flags & FLAG_FROM_FIRST) out_text(o, " FROM LAST");
    bool behind = !nulls_inside(o, n);
    if (behind && n->flags & FLAG_IGNORE_NULLS) out_text(o, " IGNORE NULLS");
    if (behind && n->flags & FLAG_RESPECT_NULLS) out_text(o, " RESPECT NULLS");
    out_text(o, " OVER ");
    if (over->flags & FLAG_NAMED) {
        out_name(o, over->text, false);
        return;
    }
    out_opt(o, "(", over);
    out_text(o, ")");
}

// MySQL's @a and @a := value.
static void emit_variable(Out *o, const SqlNode *n)
{
    buf_char(&o->b, '@');
    out_node(o, sql_tail(n, 0));
    if (sql_tail_count(n) < 2) return;
    out_text(o, " := ");
    out_node(o, sql_tail(n, 1));
}

// Postgres's j #>> '{a,b}', as it was written.
static void out_braced_path(Out *o, const SqlNode *n)
{
    out_node(o, sql_tail(n, 0));
    out_text(o, n->op == OP_JSON ? " #> '{" : " #>> '{");
    for (uint32_t i = 1; i < sql_tail_count(n); i++) {
        Str step = sql_tail(n, i)->text;
        if (i > 1) buf_char(&o->b, ',');
        for (size_t k = 0; k < step.len; k++) {
            if (step.ptr[k] == '\'') buf_char(&o->b, '\'');
            buf_char(&o->b, step.ptr[k]);
        }
    }
    out_text(o, "}'");
}

void emit_call(Out *o, const SqlNode *n)
{
    if (n->fn) {
        out_neutral_call(o, n);
        return;
    }
    if (n->text.ptr[0] == '@') {
        emit_variable(o, n);
        return;
    }
    for (uint32_t i = 0; i < sql_tail_count(n->child[CALL_SCHEMA]); i++) {
        out_node(o, sql_tail(n->child[CALL_SCHEMA], i));
        out_text(o, ".");
    }
    if (n->op == OP_JSON || n->op == OP_JSON_TEXT) {
        out_braced_path(o, n);
        return;
    }
    if (n->flags & FLAG_QUOTED) {
        out_name(o, n->text, true);
    } else {
        out_str(o, n->text);
    }
    if (n->flags & FLAG_BARE) return;
    buf_char(&o->b, '(');
    emit_call_inside(o, n);
    buf_char(&o->b, ')');
    out_call_behind(o, n);
}

void emit_arg(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
    bool assign = o->dialect == DIALECT_DUCKDB;
    out_opt(o, assign ? " := " : " => ", n->child[ONLY]);
}

void emit_table_arg(Out *o, const SqlNode *n)
{
    out_opt(o, "TABLE ", n->child[0]);
    out_opt(o, " PARTITION BY ", n->child[1]);
}

void emit_window(Out *o, const SqlNode *n)
{
    const char *gap = "";
    if (n->text.len) {
        out_name(o, n->text, false);
        gap = " ";
    }
    if (n->child[WINDOW_PARTITION]) {
        buf_fmt(&o->b, "%sPARTITION BY ", gap);
        out_list(o, n->child[WINDOW_PARTITION]);
        gap = " ";
    }
    if (n->child[WINDOW_ORDER]) {
        out_opt(o, gap, n->child[WINDOW_ORDER]);
        gap = " ";
    }
    out_opt(o, gap, n->child[WINDOW_FRAME]);
}

void emit_frame(Out *o, const SqlNode *n)
{
    buf_fmt(&o->b, "%s ", sql_op_word((SqlOp)n->op));
    if (n->child[FRAME_END]) out_text(o, "BETWEEN ");
    out_node(o, n->child[FRAME_START]);
    out_opt(o, " AND ", n->child[FRAME_END]);
    if (n->text.len) buf_fmt(&o->b, " EXCLUDE " STR_FMT, STR_ARG(n->text));
}

void emit_bound(Out *o, const SqlNode *n)
{
    out_node(o, n->child[ONLY]);
    if (n->child[ONLY]) buf_char(&o->b, ' ');
    out_text(o, sql_op_word((SqlOp)n->op));
}

static void out_way(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_ASC) out_text(o, " ASC");
    if (n->flags & FLAG_DESC) out_text(o, " DESC");
    if (n->flags & FLAG_NULLS_FIRST) out_text(o, " NULLS FIRST");
    if (n->flags & FLAG_NULLS_LAST) out_text(o, " NULLS LAST");
}

void emit_order(Out *o, const SqlNode *n)
{
    out_text(o, "ORDER BY ");
    if (n->flags & FLAG_ALL) {
        out_text(o, "ALL");
        out_way(o, n);
    }
    out_list(o, n);
}

void emit_order_item(Out *o, const SqlNode *n)
{
    out_node(o, n->child[ONLY]);
    out_way(o, n);
}
