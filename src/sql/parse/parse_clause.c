// parse_clause: what stands behind the columns of a CREATE TABLE: partitions, clusters, storage,
// options and comments of all the dialects, in any order.
#include "sql/parse.h"

// 'a' = 'b', a = b, a.b = 'c', a: the names of options are texts.
static SqlNode *parse_property(Parser *p)
{
    SqlNode *n = node_new(p, NODE_PROPERTY);
    if (tok_at(p, 0)->kind == TOKEN_STRING) {
        n->text = parse_string(p, "an option")->text;
    } else {
        n->text = sql_source(p->sql, parse_path(p, NODE_COLUMN, "an option"));
    }
    if (accept(p, '=')) {
        n->child[ONLY] = parse_expr(p);
    } else if (tok_at(p, 0)->kind == TOKEN_STRING) { // Spark: 'a' 'b'
        n->child[ONLY] = parse_string(p, "a value");
    } else if (p->dialect != DIALECT_POSTGRES) {
        parse_expected(p, "= behind the option");
    }
    return node_done(p, n);
}

SqlNode *parse_properties(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIST);
    parse_open(p, "( and options");
    size_t mark = tail_open(p);
    if (!is(p, ')')) {
        do {
            tail_add(p, parse_property(p));
        } while (accept(p, ','));
    }
    parse_close(p);
    return tail_close(p, n, mark);
}

// --- PARTITION BY, CLUSTER BY ---

// Hive: a partition column with its type.
static SqlNode *parse_term(Parser *p, bool columns)
{
    bool typed = columns && is_name(p, 0) && is_name(p, 1);
    if (!typed) return parse_expr(p);
    SqlNode *n = node_new(p, NODE_COLUMN_DEF);
    n->child[DEF_NAME] = parse_name(p, "a column");
    n->child[DEF_TYPE] = parse_type(p);
    size_t mark = tail_open(p);
    if (is(p, WORD_COMMENT)) {
        SqlNode *comment = node_new(p, NODE_CONSTRAINT);
        skip(p);
        comment->op = OP_COMMENT;
        comment->child[CONSTRAINT_VALUE] = parse_string(p, "a comment in quotes");
        tail_add(p, node_done(p, comment));
    }
    return tail_close(p, n, mark);
}

static SqlNode *parse_terms(Parser *p, bool columns)
{
    bool none = columns && is_two(p, '(', ')'); // PARTITION BY KEY ()
    if (!is(p, '(')) return parse_list(p, NODE_LIST);
    SqlNode *n = node_new(p, NODE_LIST);
    parse_open(p, "(");
    size_t mark = tail_open(p);
    do {
        if (none) break;
        tail_add(p, parse_term(p, columns));
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

static SqlNode *clause(Parser *p, SqlOp op)
{
    SqlNode *n = node_new(p, NODE_CLAUSE);
    n->op = (uint8_t)op;
    return n;
}

static Str partition_method(Parser *p)
{
    static const char *const methods[] = {"RANGE COLUMNS", "LIST COLUMNS", "LINEAR HASH",
                                          "LINEAR KEY",    "RANGE",        "LIST",
                                          "HASH",          "KEY",          NULL};
    for (size_t i = 0; methods[i]; i++) {
        size_t words = str_find(str_from(methods[i]), S(" "), NULL) ? 2 : 1;
        if (sym_at(p, words) != '(' || !is_words(p, methods[i])) continue;
        skip_words(p, methods[i]);
        return str_from(methods[i]);
    }
    return (Str){0};
}

// MySQL: PARTITIONS 4, SUBPARTITION BY …, (PARTITION p0 VALUES LESS THAN (1990), …)
static SqlNode *parse_partitions(Parser *p)
{
    bool words = is(p, WORD_PARTITIONS) || is_word(p, 0, "SUBPARTITION");
    bool list = is_two(p, '(', WORD_PARTITION);
    if (!words && !list) return NULL;
    size_t n = list ? 1 : is(p, WORD_PARTITIONS) ? 2 : 4; // SUBPARTITION BY HASH (a)
    SqlNode *all = parse_words(p, n), *more = list ? NULL : parse_partitions(p);
    if (!more) return all;
    all->text = str_fmt(p->arena, STR_FMT " " STR_FMT, STR_ARG(all->text), STR_ARG(more->text));
    return node_done(p, all);
}

static SqlNode *parse_partition(Parser *p)
{
    parse_use(p, FEATURE_PARTITION_BY);
    SqlNode *n = clause(p, OP_PARTITION);
    skip(p);
    expect(p, WORD_BY, NULL);
    n->text = partition_method(p);
    n->child[CLAUSE_LIST] = parse_terms(p, true);
    if (!n->text.len && !sql_tail_count(n->child[CLAUSE_LIST]))
        parse_expected(p, "what the table is partitioned by");
    if (n->text.len) n->child[CLAUSE_VALUE] = parse_partitions(p);
    return node_done(p, n);
}

static SqlNode *parse_cluster(Parser *p)
{
    parse_use(p, FEATURE_CLUSTER_BY);
    SqlNode *n = clause(p, OP_CLUSTER);
    skip(p);
    expect(p, WORD_BY, NULL);
    n->child[CLAUSE_LIST] = parse_terms(p, false);
    return node_done(p, n);
}

// CLUSTERED BY (a) SORTED BY (b DESC) INTO 16 BUCKETS
static SqlNode *parse_buckets(Parser *p)
{
    SqlNode *n = clause(p, OP_BUCKETS);
    skip(p);
    expect(p, WORD_BY, NULL);
    n->child[CLAUSE_LIST] = parse_terms(p, false);
    if (skip_words(p, "SORTED BY")) {
        SqlNode *sorted = node_new(p, NODE_LIST);
        size_t mark = tail_open(p);
        parse_open(p, "( after SORTED BY");
        do {
            SqlNode *item = node_new(p, NODE_ORDER_ITEM);
            item->child[ONLY] = parse_path(p, NODE_COLUMN, "a column");
            if (accept(p, WORD_DESC))
                item->flags |= FLAG_DESC;
            else if (accept(p, WORD_ASC))
                item->flags |= FLAG_ASC;
            tail_add(p, node_done(p, item));
        } while (accept(p, ','));
        parse_close(p);
        n->child[CLAUSE_SORTED] = tail_close(p, sorted, mark);
    }
    expect(p, WORD_INTO, "and a number of BUCKETS");
    n->child[CLAUSE_VALUE] = parse_primary(p);
    if (!skip_words(p, "BUCKETS")) parse_expected(p, "BUCKETS");
    return node_done(p, n);
}

// --- Storage and options ---

static SqlNode *parse_options(Parser *p)
{
    SqlNode *n = clause(p, OP_OPTIONS);
    n->text = sql_word_text(sym_at(p, 0));
    skip(p);
    n->child[CLAUSE_LIST] = parse_properties(p);
    return node_done(p, n);
}

static SqlNode *parse_text_clause(Parser *p, SqlOp op, const char *what)
{
    SqlNode *n = clause(p, op);
    skip(p);
    accept(p, '=');
    n->child[CLAUSE_VALUE] = parse_string(p, what);
    return node_done(p, n);
}

static SqlNode *parse_format(Parser *p, bool stored)
{
    SqlNode *n = clause(p, OP_FORMAT);
    if (stored) n->flags = FLAG_WORDS;
    if (stored) skip(p);
    skip(p);
    if (is_word(p, 0, "INPUTFORMAT")) {
        n->text = parse_words(p, 4)->text;
    } else {
        n->text = parse_name(p, "a format")->text;
    }
    return node_done(p, n);
}

// A word and its value: ENGINE=InnoDB, DEFAULT CHARSET utf8mb4, DATA_RETENTION_TIME_IN_DAYS = 7.
static const char *const settings[] = {
    "DEFAULT CHARACTER SET",
    "CHARACTER SET",
    "DEFAULT CHARSET",
    "DEFAULT COLLATE",
    "CHARSET",
    "COLLATE",
    "ENGINE",
    "AUTO_INCREMENT",
    "ROW_FORMAT",
    NULL,
};

static SqlNode *parse_setting(Parser *p)
{
    SqlNode *known = accept_words(p, settings);
    bool named = is_name(p, 0) && sym_at(p, 1) == '=';
    if (!known && !named) return NULL;
    SqlNode *n = known ? node_from(p, NODE_PROPERTY, known) : node_new(p, NODE_PROPERTY);
    n->flags = FLAG_WORDS;
    n->text = known ? known->text : upper_text(p, tok_text(p, tok_at(p, 0)));
    if (!known) skip(p);
    accept(p, '=');
    bool literal = tok_at(p, 0)->kind == TOKEN_STRING || tok_at(p, 0)->kind == TOKEN_NUMBER;
    n->child[ONLY] = literal ? parse_primary(p) : parse_words(p, 1);
    return node_done(p, n);
}

// What is kept as it stands: the words, and how many tokens follow them.
static const struct {
    const char *words;
    size_t more;
} kept[] = {
    {"TABLESPACE", 1},
    {"ON COMMIT PRESERVE ROWS", 0},
    {"ON COMMIT DELETE ROWS", 0},
    {"ON COMMIT DROP", 0},
    {"WITHOUT ROWID", 0},
    {"STRICT", 0},
    {"COPY GRANTS", 0},
    {"WITH TAG", 1},
    {"TAG", 1},
    {"WITH ROW ACCESS POLICY", 3},
    {"ROW ACCESS POLICY", 3},
    {"ROW FORMAT SERDE", 1},
    {"FIELDS TERMINATED BY", 1},
    {"COLLECTION ITEMS TERMINATED BY", 1},
    {"MAP KEYS TERMINATED BY", 1},
    {"LINES TERMINATED BY", 1},
    {"ESCAPED BY", 1},
    {"NULL DEFINED AS", 1},
    {"ROW FORMAT DELIMITED", 0},
};

static size_t word_count(const char *words)
{
    size_t n = 1;
    for (; *words; words++) n += *words == ' ';
    return n;
}

static SqlNode *parse_kept(Parser *p)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (!is_words(p, kept[i].words)) continue;
        SqlNode *n = clause(p, OP_WORDS);
        n->text = parse_words(p, word_count(kept[i].words) + kept[i].more)->text;
        return node_done(p, n);
    }
    return NULL;
}

// Flink: DISTRIBUTED BY HASH (a, b) INTO 4 BUCKETS
static SqlNode *parse_distribution(Parser *p)
{
    SqlNode *n = clause(p, OP_WORDS);
    size_t words = sym_at(p, 2) == '(' ? 3 : 4;
    n->text = sym_at(p, 1) == WORD_BY ? parse_words(p, words)->text : parse_words(p, 1)->text;
    if (is(p, WORD_INTO)) {
        Str into = parse_words(p, 3)->text;
        n->text = str_fmt(p->arena, STR_FMT " " STR_FMT, STR_ARG(n->text), STR_ARG(into));
    }
    return node_done(p, n);
}

SqlNode *parse_table_clause(Parser *p)
{
    bool paren = sym_at(p, 1) == '(';
    if (is(p, ',') && is_name(p, 1) && p->dialect == DIALECT_MYSQL) skip(p);
    if (is_two(p, WORD_PARTITION, WORD_BY) || is(p, WORD_PARTITIONED)) return parse_partition(p);
    if (is(p, WORD_CLUSTER)) return parse_cluster(p);
    if (is_words(p, "CLUSTERED BY")) return parse_buckets(p);
    if (is(p, WORD_COMMENT)) return parse_text_clause(p, OP_COMMENT, "a comment in quotes");
    if (is_word(p, 0, "LOCATION")) return parse_text_clause(p, OP_LOCATION, "a place in quotes");
    if (paren && (is(p, WORD_WITH) || is(p, WORD_OPTIONS) || is(p, WORD_TBLPROPERTIES)))
        return parse_options(p);
    if (is_two(p, WORD_STORED, WORD_AS)) return parse_format(p, true);
    if (is_word(p, 0, "DISTRIBUTED")) return parse_distribution(p);
    SqlNode *words = parse_kept(p);
    if (words) return words;
    if (is(p, WORD_USING)) return parse_format(p, false);
    return parse_setting(p);
}
