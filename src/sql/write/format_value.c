// format_value: names, literals and types, arrays and structs and what reads them.
#include "sql/format.h"

void emit_name(Out *o, const SqlNode *n) // as it was written, where nothing is translated
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

void emit_string(Out *o, const SqlNode *n)
{
    bool hex = n->flags & FLAG_WORDS;
    if (hex || (!n->parens && !o->t)) {
        out_str(o, hex ? n->text : sql_source(o->script->sql, n));
        return;
    }
    out_quoted(o, n->text);
}

void emit_null(Out *o, const SqlNode *n)
{
    (void)n;
    out_text(o, "NULL");
}

void emit_text(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
}

void emit_default(Out *o, const SqlNode *n)
{
    (void)n;
    out_text(o, "DEFAULT");
}

void emit_typed(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
    out_opt(o, " ", n->child[ONLY]);
}

void emit_part(Out *o, const SqlNode *n)
{
    out_node(o, n->child[PART_AMOUNT]);
    if (n->text.len) buf_char(&o->b, ' ');
    out_str(o, n->text);
    out_opt(o, " TO ", n->child[PART_TO]);
}

void emit_interval(Out *o, const SqlNode *n)
{
    out_text(o, "INTERVAL");
    for (uint32_t i = 0; i < n->count; i++) out_opt(o, " ", n->child[i]);
}

void emit_path(Out *o, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) out_opt(o, i ? "." : "", n->child[i]);
}

void emit_star(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_NAMED && !o->t) {
        out_str(o, sql_source(o->script->sql, n));
        return;
    }
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

void emit_type(Out *o, const SqlNode *n)
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

void emit_array(Out *o, const SqlNode *n)
{
    Dialect d = o->dialect;
    bool word = d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_FLINK;
    bool call = o->t && (d == DIALECT_SPARK || d == DIALECT_MYSQL);
    const char *open = d == DIALECT_MYSQL ? "JSON_ARRAY(" : "ARRAY(";
    out_text(o, call ? open : word ? "ARRAY[" : "[");
    out_list(o, n);
    out_text(o, call ? ")" : "]");
}

void emit_row(Out *o, const SqlNode *n)
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

void emit_struct(Out *o, const SqlNode *n)
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

void emit_field(Out *o, const SqlNode *n) // of a type; a literal's are written by it
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

void emit_map(Out *o, const SqlNode *n)
{
    bool brace = str_find(str_slice(sql_source(o->script->sql, n), 0, 8), S("{"), NULL);
    out_text(o, brace ? "MAP {" : "MAP[");
    for (uint32_t i = 0; i < n->count; i++) {
        out_opt(o, i == 0 ? "" : brace && i % 2 ? ": " : ", ", n->child[i]);
    }
    out_text(o, brace ? "}" : "]");
}

void emit_subscript(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[SUBSCRIPT_BASE]);
    out_text(o, "[");
    out_node(o, n->child[SUBSCRIPT_INDEX]);
    bool slice = n->child[SUBSCRIPT_TO] || !n->child[SUBSCRIPT_INDEX] || n->flags & FLAG_BARE;
    if (slice) out_text(o, ":");
    out_node(o, n->child[SUBSCRIPT_TO]);
    out_text(o, "]");
}

void emit_member(Out *o, const SqlNode *n)
{
    out_operand(o, n, n->child[ONLY]);
    out_text(o, n->flags & FLAG_WORDS ? ":" : ".");
    out_name(o, n->text, false);
}

void emit_lambda(Out *o, const SqlNode *n)
{
    const SqlNode *params = n->child[LAMBDA_PARAMS];
    if (n->flags & FLAG_WORDS && o->dialect == DIALECT_DUCKDB) {
        out_opt(o, "lambda ", params);
        out_opt(o, ": ", n->child[LAMBDA_BODY]);
        return;
    }
    bool many = sql_tail_count(params) > 1;
    out_opt(o, many ? "(" : "", params);
    out_opt(o, many ? ") -> " : " -> ", n->child[LAMBDA_BODY]);
}
