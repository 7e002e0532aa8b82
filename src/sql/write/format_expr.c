// format_expr: expressions, each kind by one function.
#include "sql/format.h"

static void emit_name(Out *o, const SqlNode *n) // as it was written, where nothing is translated
{
    Str source = sql_source(o->script->sql, n);
    bool own = str_eq(source, n->text) ||
               (source.len && str_find(S("`\"[$"), str_slice(source, 0, 1), NULL));
    if (o->t || !own) { // or where the parser has made it
        out_name(o, n->text, n->flags & FLAG_QUOTED);
    } else {
        out_str(o, source);
    }
}

// Inside parentheses the source is more than the literal: it is written from its value.
void out_quoted(Out *o, Str text)
{
    Dialect d = o->dialect;
    bool backslash =
        d == DIALECT_SNOWFLAKE || d == DIALECT_BIGQUERY || d == DIALECT_SPARK || d == DIALECT_MYSQL;
    bool doubled =
        d != DIALECT_BIGQUERY && d != DIALECT_SPARK; // there '' ends it and starts another
    buf_char(&o->b, '\'');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\'') buf_char(&o->b, doubled ? c : '\\');
        if (c == '\\' && backslash) buf_char(&o->b, c);
        buf_char(&o->b, c);
    }
    buf_char(&o->b, '\'');
}

static void emit_string(Out *o, const SqlNode *n)
{
    bool hex = n->flags & FLAG_WORDS;
    if (hex || (!n->parens && !o->t)) {
        out_str(o, hex ? n->text : sql_source(o->script->sql, n));
        return;
    }
    out_quoted(o, n->text);
}

static void emit_null(Out *o, const SqlNode *n)
{
    (void)n;
    out_text(o, "NULL");
}
static void emit_text(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
}
static void emit_default(Out *o, const SqlNode *n)
{
    (void)n;
    out_text(o, "DEFAULT");
}
static void emit_typed(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
    out_opt(o, " ", n->child[ONLY]);
}

static void emit_part(Out *o, const SqlNode *n)
{
    out_node(o, n->child[PART_AMOUNT]);
    if (n->text.len) buf_char(&o->b, ' ');
    out_str(o, n->text);
    out_opt(o, " TO ", n->child[PART_TO]);
}
static void emit_interval(Out *o, const SqlNode *n)
{
    out_text(o, "INTERVAL");
    for (uint32_t i = 0; i < n->count; i++) out_opt(o, " ", n->child[i]);
}

static void emit_path(Out *o, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) out_opt(o, i ? "." : "", n->child[i]);
}

static void emit_star(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_NAMED) {
        out_text(o, "COLUMNS(");
        out_quoted(o, n->text);
        out_text(o, ")");
        return;
    }
    out_node(o, n->child[STAR_OF]);
    out_text(o, n->child[STAR_OF] ? ".*" : "*");
    if (n->child[STAR_EXCEPT]) {
        out_text(o, n->flags & FLAG_WORDS ? " EXCLUDE (" : " EXCEPT (");
        out_list(o, n->child[STAR_EXCEPT]);
        out_text(o, ")");
    }
    static const char *const words[] = {[STAR_REPLACE] = " REPLACE (", [STAR_RENAME] = " RENAME ("};
    for (int i = STAR_REPLACE; i <= STAR_RENAME; i++) {
        if (!n->child[i]) continue;
        out_text(o, words[i]);
        out_list(o, n->child[i]);
        out_text(o, ")");
    }
}

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
    out_text(o, sql_op_word((SqlOp)n->op));
    out_text(o, n->flags & FLAG_ALL ? " ALL " : " ANY ");
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

static bool takes_angles(Dialect d, Str name)
{
    bool angles = d == DIALECT_BIGQUERY || d == DIALECT_SPARK || d == DIALECT_FLINK;
    return angles &&
           (str_eq(name, S("ARRAY")) || str_eq(name, S("STRUCT")) || str_eq(name, S("MAP")) ||
            str_eq(name, S("ROW")) || str_eq(name, S("RANGE")) || str_eq(name, S("MULTISET")));
}

// Where the words start that stand behind the numbers: TIMESTAMP(3) WITH TIME ZONE.
static size_t type_words(Str name)
{
    static const char *const words[] = {" WITH", " UNSIGNED", " ZEROFILL"};
    size_t at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(name, str_from(words[i]), &at)) return at;
    }
    return name.len;
}

static void emit_type(Out *o, const SqlNode *n)
{
    size_t words = type_words(n->text), dims = 0;
    Str head = str_slice(n->text, 0, words);
    bool angle = takes_angles(o->dialect, n->text);
    while (str_ends(head, S("[]"))) {
        head = str_slice(head, 0, head.len - 2);
        dims++;
    }
    out_str(o, head);
    if (n->count) {
        out_text(o, angle ? "<" : "(");
        for (uint32_t i = 0; i < n->count; i++) out_opt(o, i ? ", " : "", n->child[i]);
        out_text(o, angle ? ">" : ")");
    }
    for (size_t i = 0; i < dims; i++) out_text(o, "[]");
    out_str(o, str_slice(n->text, words, n->text.len));
}

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

static void emit_call(Out *o, const SqlNode *n)
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

static void emit_arg(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
    bool assign = o->dialect == DIALECT_DUCKDB;
    out_opt(o, assign ? " := " : " => ", n->child[ONLY]);
}
static void emit_table_arg(Out *o, const SqlNode *n)
{
    out_opt(o, "TABLE ", n->child[0]);
    out_opt(o, " PARTITION BY ", n->child[1]);
}

static void emit_window(Out *o, const SqlNode *n)
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

static void emit_frame(Out *o, const SqlNode *n)
{
    buf_fmt(&o->b, "%s ", sql_op_word((SqlOp)n->op));
    if (n->child[FRAME_END]) out_text(o, "BETWEEN ");
    out_node(o, n->child[FRAME_START]);
    out_opt(o, " AND ", n->child[FRAME_END]);
    if (n->text.len) buf_fmt(&o->b, " EXCLUDE " STR_FMT, STR_ARG(n->text));
}
static void emit_bound(Out *o, const SqlNode *n)
{
    out_node(o, n->child[ONLY]);
    if (n->child[ONLY]) buf_char(&o->b, ' ');
    out_text(o, sql_op_word((SqlOp)n->op));
}

static void emit_order(Out *o, const SqlNode *n)
{
    out_text(o, "ORDER BY ");
    if (n->flags & FLAG_ALL) out_text(o, n->flags & FLAG_DESC ? "ALL DESC" : "ALL");
    out_list(o, n);
}
static void emit_order_item(Out *o, const SqlNode *n)
{
    out_node(o, n->child[ONLY]);
    if (n->flags & FLAG_ASC) out_text(o, " ASC");
    if (n->flags & FLAG_DESC) out_text(o, " DESC");
    if (n->flags & FLAG_NULLS_FIRST) out_text(o, " NULLS FIRST");
    if (n->flags & FLAG_NULLS_LAST) out_text(o, " NULLS LAST");
}

static void emit_array(Out *o, const SqlNode *n)
{
    Dialect d = o->dialect;
    bool word = d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_FLINK;
    bool call = o->t && (d == DIALECT_SPARK || d == DIALECT_MYSQL);
    const char *open = d == DIALECT_MYSQL ? "JSON_ARRAY(" : "ARRAY(";
    out_text(o, call ? open : word ? "ARRAY[" : "[");
    out_list(o, n);
    out_text(o, call ? ")" : "]");
}
static void emit_row(Out *o, const SqlNode *n)
{
    out_text(o, n->flags & FLAG_WORDS ? "ROW(" : "(");
    out_list(o, n);
    out_text(o, ")");
}

static bool is_brace(const Out *o, const SqlNode *n)
{
    if (o->t) return o->dialect == DIALECT_DUCKDB;
    return o->script->sql.ptr && n->end > n->at && o->script->sql.ptr[n->at] == '{';
}

static void emit_struct(Out *o, const SqlNode *n)
{
    bool brace = is_brace(o, n);
    if (!brace && n->child[ONLY]) {
        out_node(o, n->child[ONLY]);
    } else if (!brace) {
        out_text(o, "STRUCT");
    }
    out_text(o, brace ? "{" : "(");
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *f = sql_tail(n, i);
        if (i) out_text(o, ", ");
        bool named = f->kind == NODE_FIELD && brace;
        if (named) {
            out_quoted(o, f->text);
            out_text(o, ": ");
        }
        out_node(o, f->kind == NODE_FIELD ? f->child[ONLY] : f);
        if (f->kind == NODE_FIELD && !brace) {
            out_text(o, " AS ");
            out_name(o, f->text, false);
        }
    }
    out_text(o, brace ? "}" : ")");
}

static void emit_field(Out *o, const SqlNode *n) // of a type; a literal's are written by it
{
    bool type = n->child[ONLY]->kind == NODE_TYPE;
    if (!type) {
        out_node(o, n->child[ONLY]);
        out_text(o, " AS ");
    }
    out_name(o, n->text, false);
    if (type) out_opt(o, o->dialect == DIALECT_SPARK ? ": " : " ", n->child[ONLY]);
    if (n->flags & FLAG_NOT) out_text(o, " NOT NULL");
}

static void emit_map(Out *o, const SqlNode *n)
{
    bool brace = str_find(str_slice(sql_source(o->script->sql, n), 0, 8), S("{"), NULL);
    out_text(o, brace ? "MAP {" : "MAP[");
    for (uint32_t i = 0; i < n->count; i++) {
        out_opt(o, i == 0 ? "" : brace && i % 2 ? ": " : ", ", n->child[i]);
    }
    out_text(o, brace ? "}" : "]");
}

static void emit_subscript(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[SUBSCRIPT_BASE]);
    out_text(o, "[");
    out_node(o, n->child[SUBSCRIPT_INDEX]);
    bool slice = n->child[SUBSCRIPT_TO] || !n->child[SUBSCRIPT_INDEX] || n->flags & FLAG_BARE;
    if (slice) out_text(o, ":");
    out_node(o, n->child[SUBSCRIPT_TO]);
    out_text(o, "]");
}

static void emit_member(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[ONLY]);
    out_text(o, n->flags & FLAG_WORDS ? ":" : ".");
    out_name(o, n->text, false);
}
static void emit_lambda(Out *o, const SqlNode *n)
{
    const SqlNode *params = n->child[LAMBDA_PARAMS];
    bool many = sql_tail_count(params) > 1;
    out_opt(o, many ? "(" : "", params);
    out_opt(o, many ? ") -> " : " -> ", n->child[LAMBDA_BODY]);
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
