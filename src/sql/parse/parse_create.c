// parse_create: CREATE TABLE with keys, partitions, comments and options; CREATE VIEW; DROP.
#include "sql/parse.h"

static bool is_word(const Parser *p, size_t ahead, Str word)
{
    return str_eq_nocase(tok_text(p, tok_at(p, ahead)), word);
}

static bool if_exists(Parser *p)
{
    if (!is(p, WORD_IF)) return false;
    skip(p);
    accept(p, WORD_NOT);
    expect(p, WORD_EXISTS, "after IF");
    return true;
}

static void parse_references(Parser *p, SqlNode *n)
{
    expect(p, WORD_REFERENCES, NULL);
    n->op = OP_REFERENCES;
    n->child[CONSTRAINT_TABLE] = parse_table_path(p);
    if (is(p, '(')) n->child[CONSTRAINT_TO] = parse_names(p, "a column");
    while (is(p, WORD_ON)) { // ON DELETE CASCADE: read and let go
        skip(p);
        skip(p);
        if (accept(p, WORD_NO) || accept(p, WORD_SET))
            skip(p);
        else
            skip(p);
    }
}

// NOT ENFORCED, ENFORCED, RELY …: said of a key, changes no rows.
static void parse_enforcement(Parser *p)
{
    for (;;) {
        if (is_two(p, WORD_NOT, WORD_ENFORCED)) {
            skip(p);
            skip(p);
        } else if (is(p, WORD_ENFORCED) || is_word(p, 0, S("RELY")) || is_word(p, 0, S("NORELY")) ||
                   is_word(p, 0, S("AUTOINCREMENT"))) {
            skip(p);
        } else {
            return;
        }
    }
}

static void parse_generated(Parser *p, SqlNode *n)
{
    n->op = OP_GENERATED;
    if (accept(p, WORD_GENERATED)) {
        if (!accept(p, WORD_ALWAYS)) { // BY DEFAULT
            accept(p, WORD_BY);
            accept(p, WORD_DEFAULT);
        }
    }
    expect(p, WORD_AS, "after GENERATED ALWAYS");
    if (is_word(p, 0, S("IDENTITY"))) {
        n->text = S("IDENTITY");
        skip(p);
        if (is(p, '(')) parse_unsupported(p, "An IDENTITY with options");
        return;
    }
    n->child[CONSTRAINT_VALUE] = parse_level(p, POWER_COMPARE + 1);
    if (is_word(p, 0, S("STORED")) || is(p, WORD_VIRTUAL)) skip(p);
}

static void parse_constraint_body(Parser *p, SqlNode *n)
{
    if (accept_two(p, WORD_NOT, WORD_NULL)) {
        n->op = OP_NOT_NULL;
    } else if (accept(p, WORD_NULL)) {
        n->op = OP_NULLABLE;
    } else if (accept(p, WORD_PRIMARY)) {
        expect(p, WORD_KEY, "after PRIMARY");
        n->op = OP_PRIMARY_KEY;
        if (is(p, '(')) n->child[CONSTRAINT_COLUMNS] = parse_names(p, "a column");
    } else if (accept(p, WORD_UNIQUE)) {
        accept(p, WORD_KEY);
        n->op = OP_UNIQUE;
        if (is(p, '(')) n->child[CONSTRAINT_COLUMNS] = parse_names(p, "a column");
    } else if (accept(p, WORD_FOREIGN)) {
        expect(p, WORD_KEY, "after FOREIGN");
        n->child[CONSTRAINT_COLUMNS] = parse_names(p, "a column");
        parse_references(p, n);
    } else if (is(p, WORD_REFERENCES)) {
        parse_references(p, n);
    } else if (accept(p, WORD_CHECK)) {
        n->op = OP_CHECK;
        n->child[CONSTRAINT_VALUE] = parse_paren(p);
    } else if (accept(p, WORD_DEFAULT)) {
        n->op = OP_DEFAULT;
        n->child[CONSTRAINT_VALUE] = parse_level(p, POWER_COMPARE + 1);
    } else if (accept(p, WORD_COMMENT)) {
        n->op = OP_COMMENT;
        n->child[CONSTRAINT_VALUE] = parse_string(p, "a comment in quotes");
    } else if (accept(p, WORD_METADATA)) {
        n->op = OP_METADATA;
        if (accept(p, WORD_FROM)) n->child[CONSTRAINT_VALUE] = parse_string(p, "a key");
        accept(p, WORD_VIRTUAL);
    } else {
        parse_generated(p, n);
    }
    parse_enforcement(p);
}

static bool starts_constraint(const Parser *p)
{
    switch (sym_at(p, 0)) {
    case WORD_NOT:
    case WORD_NULL:
    case WORD_PRIMARY:
    case WORD_UNIQUE:
    case WORD_FOREIGN:
    case WORD_REFERENCES:
    case WORD_CHECK:
    case WORD_DEFAULT:
    case WORD_COMMENT:
    case WORD_METADATA:
    case WORD_GENERATED:
    case WORD_CONSTRAINT:
        return true;
    case WORD_AS:
        return true;
    default:
        return false;
    }
}

static SqlNode *parse_constraint(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CONSTRAINT);
    if (accept(p, WORD_CONSTRAINT)) n->text = parse_name(p, "the name of the constraint")->text;
    parse_constraint_body(p, n);
    return node_done(p, n);
}

static SqlNode *parse_column_def(Parser *p)
{
    SqlNode *n = node_new(p, NODE_COLUMN_DEF);
    n->child[DEF_NAME] = parse_name(p, "the name of a column");
    bool typed = is_name(p, 0) && !starts_constraint(p);
    if (typed) n->child[DEF_TYPE] = parse_type(p);
    size_t mark = tail_open(p);
    for (;;) {
        if (is(p, WORD_COLLATE)) {
            skip(p);
            skip(p);
        } else if (starts_constraint(p)) {
            tail_add(p, parse_constraint(p));
        } else {
            break;
        }
    }
    return tail_close(p, n, mark);
}

// WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
static SqlNode *parse_watermark(Parser *p)
{
    parse_use(p, FEATURE_WATERMARK);
    SqlNode *n = node_new(p, NODE_WATERMARK);
    skip(p);
    expect(p, WORD_FOR, "after WATERMARK");
    n->child[WATERMARK_COLUMN] = parse_path(p, NODE_COLUMN, "a column");
    expect(p, WORD_AS, "and how far the watermark stays behind");
    n->child[WATERMARK_VALUE] = parse_expr(p);
    return node_done(p, n);
}

static SqlNode *parse_columns(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIST);
    parse_open(p, "(");
    size_t mark = tail_open(p);
    do {
        bool key = is(p, WORD_CONSTRAINT) || is_two(p, WORD_PRIMARY, WORD_KEY) ||
                   is_two(p, WORD_FOREIGN, WORD_KEY) || is_two(p, WORD_UNIQUE, '(') ||
                   is_two(p, WORD_CHECK, '(') || is_two(p, WORD_UNIQUE, WORD_KEY);
        if (key) {
            tail_add(p, parse_constraint(p));
        } else if (is_two(p, WORD_WATERMARK, WORD_FOR)) {
            tail_add(p, parse_watermark(p));
        } else {
            tail_add(p, parse_column_def(p));
        }
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

// 'a' = 'b', a = b, a.b = 'c': the names of options are texts.
static SqlNode *parse_property(Parser *p)
{
    SqlNode *n = node_new(p, NODE_PROPERTY);
    bool text = tok_at(p, 0)->kind == TOKEN_STRING;
    if (text) {
        n->text = parse_string(p, "an option")->text;
    } else {
        SqlNode *path = parse_path(p, NODE_COLUMN, "an option");
        n->text = sql_source(p->sql, path);
    }
    expect(p, '=', "behind the option");
    n->child[ONLY] = parse_expr(p);
    return node_done(p, n);
}

static SqlNode *parse_properties(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIST);
    skip(p);
    parse_open(p, "( and options");
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_property(p));
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

// PARTITIONED BY (a, bucket(8, b)), PARTITION BY DATE(ts), CLUSTER BY a, b
static SqlNode *parse_partition_list(Parser *p)
{
    expect(p, WORD_BY, NULL);
    if (!is(p, '(')) return parse_list(p, NODE_LIST);
    SqlNode *n = node_new(p, NODE_LIST);
    parse_open(p, "(");
    size_t mark = tail_open(p);
    do {
        SqlNode *e = parse_expr(p);
        if (is_name(p, 0)) parse_type(p); // Hive: a partition column with its type
        tail_add(p, e);
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

static bool parse_table_option(Parser *p, SqlNode *n)
{
    if (is(p, WORD_PARTITION) || is(p, WORD_PARTITIONED)) {
        parse_use(p, FEATURE_PARTITION_BY);
        skip(p);
        n->child[CREATE_PARTITION] = parse_partition_list(p);
    } else if (is(p, WORD_CLUSTER) || is_word(p, 0, S("CLUSTERED"))) {
        parse_use(p, FEATURE_CLUSTER_BY);
        skip(p);
        n->child[CREATE_CLUSTER] = parse_partition_list(p);
        if (accept(p, WORD_INTO)) parse_unsupported(p, "CLUSTERED BY … INTO buckets");
    } else if (accept(p, WORD_COMMENT)) {
        accept(p, '=');
        n->child[CREATE_COMMENT] = parse_string(p, "a comment in quotes");
    } else if ((is(p, WORD_WITH) || is(p, WORD_OPTIONS) || is(p, WORD_TBLPROPERTIES)) &&
               sym_at(p, 1) == '(') {
        n->child[CREATE_OPTIONS] = parse_properties(p);
    } else if (is(p, WORD_USING) || is_two(p, WORD_STORED, WORD_AS)) {
        if (accept(p, WORD_STORED))
            skip(p);
        else
            skip(p);
        parse_name(p, "a format");
    } else {
        return false;
    }
    return true;
}

static SqlNode *parse_create_table(Parser *p, SqlNode *n)
{
    n->kind = NODE_CREATE_TABLE;
    if (if_exists(p)) n->flags |= FLAG_IF;
    n->child[CREATE_NAME] = parse_table_path(p);
    bool columns = is(p, '(') && !starts_query(p, 1);
    if (columns) n->child[CREATE_COLUMNS] = parse_columns(p);
    while (parse_table_option(p, n)) {
    }
    if (is(p, WORD_LIKE)) parse_unsupported(p, "CREATE TABLE … LIKE");
    if (accept(p, WORD_AS) || is(p, WORD_SELECT) || is(p, WORD_WITH))
        n->child[CREATE_QUERY] = parse_query(p);
    if (!n->child[CREATE_COLUMNS] && !n->child[CREATE_QUERY])
        parse_expected(p, "( and columns, or AS and a query, after CREATE TABLE");
    return node_done(p, n);
}

static SqlNode *parse_create_view(Parser *p, const SqlNode *start)
{
    SqlNode *n = node_from(p, NODE_CREATE_VIEW, start);
    n->flags = start->flags;
    if (if_exists(p)) n->flags |= FLAG_IF;
    n->child[0] = parse_table_path(p);
    if (is(p, '(')) n->child[1] = parse_names(p, "a column");
    expect(p, WORD_AS, "and a query after CREATE VIEW");
    n->child[2] = parse_query(p);
    return node_done(p, n);
}

SqlNode *parse_create(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CREATE_TABLE);
    skip(p);
    if (is_two(p, WORD_OR, WORD_REPLACE)) {
        parse_use(p, FEATURE_OR_REPLACE);
        skip(p);
        skip(p);
        n->flags |= FLAG_REPLACE;
    }
    bool temp = accept(p, WORD_TEMP) || accept(p, WORD_TEMPORARY) || accept(p, WORD_TRANSIENT);
    if (temp) n->flags |= FLAG_TEMP;
    if (accept(p, WORD_MATERIALIZED)) n->flags |= FLAG_MATERIALIZED;
    if (accept(p, WORD_VIEW)) return parse_create_view(p, n);
    if (accept(p, WORD_TABLE)) return parse_create_table(p, n);
    if (is(p, WORD_INDEX) || is_two(p, WORD_UNIQUE, WORD_INDEX) || is(p, WORD_FUNCTION))
        parse_unsupported(p, is(p, WORD_FUNCTION) ? "CREATE FUNCTION" : "CREATE INDEX");
    static const char *const routines[] = {"PROCEDURE", "TRIGGER", "EVENT", "DATABASE", "SCHEMA"};
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
        if (!str_eq_nocase(tok_text(p, tok_at(p, 0)), str_from(routines[i]))) continue;
        parse_unsupported(p, str_fmt(p->arena, "CREATE %s", routines[i]).ptr);
        return n;
    }
    parse_expected(p, "TABLE or VIEW after CREATE");
    return n;
}

SqlNode *parse_drop(Parser *p)
{
    SqlNode *n = node_new(p, NODE_DROP);
    skip(p);
    if (accept(p, WORD_VIEW)) {
        n->text = S("VIEW");
    } else {
        expect(p, WORD_TABLE, "or VIEW after DROP");
    }
    if (if_exists(p)) n->flags |= FLAG_IF;
    n->child[ONLY] = parse_table_path(p);
    return node_done(p, n);
}

SqlNode *parse_truncate(Parser *p)
{
    SqlNode *n = node_new(p, NODE_TRUNCATE);
    skip(p);
    accept(p, WORD_TABLE);
    n->child[ONLY] = parse_table_path(p);
    return node_done(p, n);
}
