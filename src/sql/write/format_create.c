// format_create: definitions of tables and views: a column a line, a clause a line.
#include "sql/format.h"
#include "sql/words.h"

static void emit_create_word(Out *o, const SqlNode *n, const char *what)
{
    out_text(o, n->flags & FLAG_REPLACE ? "CREATE OR REPLACE " : "CREATE ");
    if (n->flags & FLAG_TEMP) out_text(o, "TEMPORARY ");
    if (n->flags & FLAG_MATERIALIZED) out_text(o, "MATERIALIZED ");
    if (n->text.len) buf_fmt(&o->b, STR_FMT " ", STR_ARG(n->text));
    out_text(o, what);
    if (n->flags & FLAG_IF) out_text(o, "IF NOT EXISTS ");
}

static void emit_columns(Out *o, const SqlNode *list)
{
    out_text(o, " (");
    o->indent += FORMAT_INDENT;
    for (uint32_t i = 0; i < list->count; i++) {
        if (i) buf_char(&o->b, ',');
        out_break(o, list->child[i]->at);
        out_node(o, list->child[i]);
    }
    o->indent -= FORMAT_INDENT;
    out_break(o, list->end);
    out_text(o, ")");
}

void emit_create_table(Out *o, const SqlNode *n)
{
    emit_create_word(o, n, "TABLE ");
    out_node(o, n->child[CREATE_NAME]);
    if (n->child[CREATE_COLUMNS]) emit_columns(o, n->child[CREATE_COLUMNS]);
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        out_break(o, sql_tail(n, i)->at);
        out_node(o, sql_tail(n, i));
    }
    if (!n->child[CREATE_QUERY]) return;
    out_text(o, " AS");
    out_break(o, n->child[CREATE_QUERY]->at);
    out_node(o, n->child[CREATE_QUERY]);
    if (n->flags & (FLAG_NOTHING | FLAG_ALL)) out_break(o, n->end);
    if (n->flags & FLAG_NOTHING) out_text(o, "WITH NO DATA");
    if (n->flags & FLAG_ALL) out_text(o, "WITH DATA");
}

void emit_create_view(Out *o, const SqlNode *n)
{
    emit_create_word(o, n, "VIEW ");
    out_node(o, n->child[0]);
    if (n->child[1]) {
        out_opt(o, " (", n->child[1]);
        out_text(o, ")");
    }
    out_text(o, " AS");
    out_break(o, n->child[2]->at);
    out_node(o, n->child[2]);
}

// --- Columns and what is said of them ---

void emit_column_def(Out *o, const SqlNode *n)
{
    out_node(o, n->child[DEF_NAME]);
    out_opt(o, " ", n->child[DEF_TYPE]);
    for (uint32_t i = 0; i < sql_tail_count(n); i++) out_opt(o, " ", sql_tail(n, i));
}

static void emit_paren(Out *o, const SqlNode *n)
{
    if (!n) return;
    bool own = n->parens;
    out_opt(o, own ? " " : " (", n);
    if (!own) out_text(o, ")");
}

static void emit_keys(Out *o, const char *before, const SqlNode *list)
{
    if (!list) return;
    out_text(o, before);
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *name = sql_tail(list, i);
        out_opt(o, i ? ", " : "", name);
        if (name->flags & FLAG_ASC) out_text(o, " ASC");
        if (name->flags & FLAG_DESC) out_text(o, " DESC");
    }
    out_text(o, ")");
}

static void emit_identity(Out *o, const SqlNode *n)
{
    const SqlNode *options = n->child[CONSTRAINT_OPTIONS];
    bool numbers = n->flags & FLAG_COMMA;
    bool paren = numbers || str_starts(n->text, S("GENERATED"));
    out_str(o, n->text);
    if (!options) return;
    out_text(o, paren && !numbers ? " (" : paren ? "(" : " ");
    for (uint32_t i = 0; i < sql_tail_count(options); i++) {
        const SqlNode *one = sql_tail(options, i);
        if (i) out_text(o, numbers ? ", " : " ");
        if (one->kind == NODE_WORDS || !numbers) out_str(o, one->text);
        bool with = paren && !numbers && str_eq(one->text, S("START"));
        bool by = paren && !numbers && str_eq(one->text, S("INCREMENT"));
        if (with || by) out_text(o, with ? " WITH" : " BY");
        if (one->kind == NODE_PROPERTY) out_opt(o, numbers ? "" : " ", one->child[ONLY]);
    }
    if (paren) out_text(o, ")");
}

static void emit_key(Out *o, const SqlNode *n)
{
    const SqlNode *columns = n->child[CONSTRAINT_COLUMNS];
    if (n->op == OP_REFERENCES) {
        if (columns) emit_keys(o, "FOREIGN KEY (", columns);
        out_opt(o, columns ? " REFERENCES " : "REFERENCES ", n->child[CONSTRAINT_TABLE]);
        emit_keys(o, " (", n->child[CONSTRAINT_TO]);
        return;
    }
    out_text(o, sql_op_word((SqlOp)n->op));
    if (n->flags & FLAG_ASC) out_text(o, " ASC");
    if (n->flags & FLAG_DESC) out_text(o, " DESC");
    if (n->flags & FLAG_DISTINCT) out_text(o, " NULLS NOT DISTINCT");
    emit_keys(o, " (", columns);
}

// A default that is more than a value stands in parentheses where it must.
static void emit_default_value(Out *o, const SqlNode *value)
{
    bool wants = o->t && o->t->from != o->t->to &&
                 (o->dialect == DIALECT_MYSQL || o->dialect == DIALECT_SQLITE);
    bool plain = value->kind == NODE_STRING || value->kind == NODE_NUMBER ||
                 value->kind == NODE_NULL || value->kind == NODE_BOOLEAN ||
                 (value->kind == NODE_UNARY && value->child[ONLY]->kind == NODE_NUMBER) ||
                 (value->kind == NODE_CALL && value->flags & FLAG_BARE);
    out_text(o, "DEFAULT");
    if (wants && !plain) {
        emit_paren(o, value);
    } else {
        out_opt(o, " ", value);
    }
}

static void emit_value(Out *o, const SqlNode *n)
{
    const SqlNode *value = n->child[CONSTRAINT_VALUE];
    switch ((SqlOp)n->op) {
    case OP_CHECK:
        out_text(o, "CHECK");
        emit_paren(o, value);
        break;
    case OP_GENERATED:
        out_text(o, n->flags & FLAG_BARE ? "AS" : "GENERATED ALWAYS AS");
        if (n->flags & FLAG_BARE && o->dialect == DIALECT_FLINK) {
            out_opt(o, " ", value);
        } else {
            emit_paren(o, value);
        }
        break;
    case OP_DEFAULT:
        emit_default_value(o, value);
        break;
    case OP_METADATA:
        out_text(o, "METADATA");
        out_opt(o, " FROM ", value);
        break;
    default:
        out_text(o, sql_op_word((SqlOp)n->op));
        out_opt(o, " ", value);
        break;
    }
}

static void emit_named(Out *o, const SqlNode *n)
{
    out_text(o, n->op == OP_INDEX || n->op == OP_WORDS ? "" : sql_op_word((SqlOp)n->op));
    if (n->op == OP_COLLATE || n->op == OP_CHARSET) out_text(o, " ");
    out_str(o, n->text);
}

void emit_constraint(Out *o, const SqlNode *n)
{
    bool key = n->op == OP_PRIMARY_KEY || n->op == OP_UNIQUE || n->op == OP_REFERENCES;
    bool words = n->op == OP_COLLATE || n->op == OP_CHARSET || n->op == OP_INDEX ||
                 n->op == OP_WORDS; // which the text is; or it is the constraint's name
    if (!words && n->op != OP_IDENTITY && n->text.len) {
        out_text(o, "CONSTRAINT ");
        out_name(o, n->text, false);
        out_text(o, " ");
    }
    if (key) {
        emit_key(o, n);
    } else if (n->op == OP_IDENTITY) {
        emit_identity(o, n);
    } else if (words) {
        emit_named(o, n);
    } else if (n->op == OP_OPTIONS) {
        out_opt(o, "OPTIONS (", n->child[CONSTRAINT_OPTIONS]);
        out_text(o, ")");
    } else {
        emit_value(o, n);
    }
    for (uint32_t i = 0; i < sql_tail_count(n); i++) out_opt(o, " ", sql_tail(n, i));
}

void emit_watermark(Out *o, const SqlNode *n)
{
    out_opt(o, "WATERMARK FOR ", n->child[WATERMARK_COLUMN]);
    out_opt(o, " AS ", n->child[WATERMARK_VALUE]);
}

// --- Clauses ---

static void emit_partition(Out *o, const SqlNode *n)
{
    Dialect d = o->dialect;
    bool hive = d == DIALECT_SPARK || d == DIALECT_FLINK || d == DIALECT_TRINO;
    out_text(o, hive ? "PARTITIONED BY" : "PARTITION BY");
    if (n->text.len) buf_fmt(&o->b, " " STR_FMT, STR_ARG(n->text));
    const SqlNode *list = n->child[CLAUSE_LIST];
    bool typed = false; // columns that are defined here
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        typed = typed || sql_tail(list, i)->kind == NODE_COLUMN_DEF;
    bool none = !sql_tail_count(list);
    bool paren =
        hive || typed || none || n->text.len || d == DIALECT_SNOWFLAKE || d == DIALECT_DUCKDB;
    out_opt(o, paren ? " (" : " ", n->child[CLAUSE_LIST]);
    if (paren) out_text(o, ")");
    out_opt(o, " ", n->child[CLAUSE_VALUE]);
}

static void emit_buckets(Out *o, const SqlNode *n)
{
    out_opt(o, "CLUSTERED BY (", n->child[CLAUSE_LIST]);
    out_text(o, ")");
    if (n->child[CLAUSE_SORTED]) {
        out_opt(o, " SORTED BY (", n->child[CLAUSE_SORTED]);
        out_text(o, ")");
    }
    out_opt(o, " INTO ", n->child[CLAUSE_VALUE]);
    out_text(o, " BUCKETS");
}

static void emit_text_clause(Out *o, const char *word, const SqlNode *n)
{
    bool equals = o->dialect == DIALECT_SNOWFLAKE || o->dialect == DIALECT_MYSQL;
    out_text(o, word);
    out_opt(o, equals ? " = " : " ", n->child[CLAUSE_VALUE]);
}

void emit_clause_of_table(Out *o, const SqlNode *n)
{
    bool bare = o->dialect == DIALECT_BIGQUERY;
    switch ((SqlOp)n->op) {
    case OP_PARTITION:
        emit_partition(o, n);
        break;
    case OP_CLUSTER:
        out_opt(o, bare ? "CLUSTER BY " : "CLUSTER BY (", n->child[CLAUSE_LIST]);
        if (!bare) out_text(o, ")");
        break;
    case OP_BUCKETS:
        emit_buckets(o, n);
        break;
    case OP_COMMENT:
        emit_text_clause(o, "COMMENT", n);
        break;
    case OP_LOCATION:
        emit_text_clause(o, "LOCATION", n);
        break;
    case OP_FORMAT:
        buf_fmt(&o->b, "%s " STR_FMT, n->flags & FLAG_WORDS ? "STORED AS" : "USING",
                STR_ARG(n->text));
        break;
    case OP_OPTIONS:
        buf_fmt(&o->b, STR_FMT " (", STR_ARG(n->text));
        out_list(o, n->child[CLAUSE_LIST]);
        out_text(o, ")");
        break;
    default:
        out_str(o, n->text);
        break;
    }
}

void emit_words(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
}

void emit_transform(Out *o, const SqlNode *n)
{
    out_str(o, n->text);
    out_text(o, "(");
    out_list(o, n);
    out_text(o, ")");
}

static bool is_path(Str name) // a.b_c
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        bool inside = (c >= '0' && c <= '9') || c == '.';
        bool after_dot = i && name.ptr[i - 1] == '.';
        if (!letter && (!i || !inside || after_dot)) return false;
    }
    Str head = name, rest;
    str_cut(name, '.', &head, &rest);
    bool word = sql_word_flags(sql_word_of(head)) & WORD_RESERVED;
    return name.len && name.ptr[name.len - 1] != '.' && !word;
}

// An option in a list, whose name is a text in Spark and Flink; or a setting behind the columns.
void emit_property(Out *o, const SqlNode *n)
{
    bool quoted = o->dialect == DIALECT_SPARK || o->dialect == DIALECT_FLINK || !is_path(n->text);
    if (quoted && !(n->flags & FLAG_WORDS)) {
        out_quoted(o, n->text);
    } else {
        out_str(o, n->text);
    }
    out_opt(o, " = ", n->child[ONLY]);
}
