// parse_create: CREATE TABLE with keys, partitions, comments and options; CREATE VIEW; DROP.
#include "sql/parse.h"

static bool if_exists(Parser *p)
{
    if (!is(p, WORD_IF)) return false;
    skip(p);
    accept(p, WORD_NOT);
    expect(p, WORD_EXISTS, "after IF");
    return true;
}

// WITH [NO] DATA, behind the query.
static void parse_data(Parser *p, SqlNode *n)
{
    if (skip_words(p, "WITH NO DATA")) n->flags |= FLAG_NOTHING;
    if (skip_words(p, "WITH DATA")) n->flags |= FLAG_ALL;
}

static void refuse_copies(Parser *p)
{
    static const struct {
        const char *words, *name;
    } copies[] = {
        {"LIKE", "CREATE TABLE with LIKE"},
        {"CLONE", "CREATE TABLE with CLONE"},
        {"COPY", "CREATE TABLE with COPY"},
        {"PARTITION OF", "CREATE TABLE PARTITION OF"},
        {"OF", "CREATE TABLE OF a type"},
        {"INHERITS", "CREATE TABLE with INHERITS"},
        {"SHALLOW CLONE", "CREATE TABLE with CLONE"},
        {"DEEP CLONE", "CREATE TABLE with CLONE"},
        {"USING TEMPLATE", "CREATE TABLE USING TEMPLATE"},
    };
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        bool copy_grants = is_words(p, "COPY GRANTS");
        if (is_words(p, copies[i].words) && !copy_grants) parse_unsupported(p, copies[i].name);
    }
}

static SqlNode *parse_create_table(Parser *p, SqlNode *n)
{
    n->kind = NODE_CREATE_TABLE;
    if (if_exists(p)) n->flags |= FLAG_IF;
    n->child[CREATE_NAME] = parse_table_path(p);
    refuse_copies(p);
    bool columns = is(p, '(') && !starts_query(p, 1);
    if (columns) n->child[CREATE_COLUMNS] = parse_columns(p);
    size_t mark = tail_open(p);
    for (SqlNode *c = parse_table_clause(p); c && !p->failed; c = parse_table_clause(p)) {
        tail_add(p, c);
        refuse_copies(p);
    }
    refuse_copies(p);
    if (accept(p, WORD_AS) || is(p, WORD_SELECT) || is(p, WORD_WITH)) {
        n->child[CREATE_QUERY] = parse_query(p);
        parse_data(p, n);
    }
    if (!n->child[CREATE_COLUMNS] && !n->child[CREATE_QUERY])
        parse_expected(p, "( and columns, or AS and a query, after CREATE TABLE");
    return tail_close(p, n, mark);
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

// What else is created somewhere, by name; what stands before its noun is not repeated.
static void refuse_object(Parser *p)
{
    static const char *const objects[] = {
        "DYNAMIC TABLE",
        "STREAMING TABLE",
        "EVENT TABLE",
        "ICEBERG TABLE",
        "FOREIGN TABLE",
        "SNAPSHOT TABLE",
        "FILE FORMAT",
        "MASKING POLICY",
        "TABLE FUNCTION",
        "UNIQUE INDEX",
        "SEARCH INDEX",
        "VECTOR INDEX",
        "FULLTEXT INDEX",
        "BLOOMFILTER INDEX",
        "INDEX",
        "FUNCTION",
        "PROCEDURE",
        "TRIGGER",
        "EVENT",
        "DATABASE",
        "SCHEMA",
        "STREAM",
        "TASK",
        "PIPE",
        "STAGE",
        "SEQUENCE",
        "TYPE",
        "DOMAIN",
        "EXTENSION",
        "USER",
        "ROLE",
        "WAREHOUSE",
        "CATALOG",
        "MACRO",
        "MODEL",
        "RULE",
        "POLICY",
        "PUBLICATION",
        "SUBSCRIPTION",
        "SERVER",
        "CAST",
        "OPERATOR",
        "AGGREGATE",
        "TAG",
        "SHARE",
        "SECRET",
        "ROW ACCESS POLICY",
        "STORAGE INTEGRATION",
    };
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        if (!is_words(p, objects[i])) continue;
        parse_unsupported(p, str_fmt(p->arena, "CREATE %s", objects[i]).ptr);
        return;
    }
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
    static const char *const storage[] = {"TRANSIENT", "UNLOGGED", "EXTERNAL",
                                          "HYBRID",    "VOLATILE", NULL};
    skip_words(p, "LOCAL");
    skip_words(p, "GLOBAL");
    if (accept(p, WORD_TEMP) || accept(p, WORD_TEMPORARY)) n->flags |= FLAG_TEMP;
    SqlNode *word = accept_words(p, storage);
    if (word) n->text = word->text;
    if (accept(p, WORD_MATERIALIZED)) n->flags |= FLAG_MATERIALIZED;
    if (accept(p, WORD_VIEW)) return parse_create_view(p, n);
    if (accept(p, WORD_TABLE)) return parse_create_table(p, n);
    refuse_object(p);
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
