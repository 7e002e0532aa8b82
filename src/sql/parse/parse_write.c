// parse_write: the kinds of statements, INSERT, UPDATE and DELETE.
#include "sql/parse.h"
#include <stdio.h>

static SqlNode *parse_returning(Parser *p)
{
    if (!is(p, WORD_RETURNING)) return NULL;
    parse_use(p, FEATURE_RETURNING);
    skip(p);
    return parse_items(p);
}

static SqlNode *parse_assignment(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ASSIGN);
    n->child[ASSIGN_TARGET] =
        is(p, '(') ? parse_names(p, "a column") : parse_path(p, NODE_COLUMN, "a column after SET");
    if (!accept(p, SYM_EQ_EQ)) expect(p, '=', "behind the column");
    n->child[ASSIGN_VALUE] = parse_expr(p);
    return node_done(p, n);
}

SqlNode *parse_assignments(Parser *p) // behind SET
{
    SqlNode *n = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_assignment(p));
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

static SqlNode *parse_conflict(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CONFLICT);
    if (is_two(p, WORD_ON, WORD_DUPLICATE)) { // MySQL
        parse_use(p, FEATURE_ON_DUPLICATE);
        skip(p);
        skip(p);
        n->flags = FLAG_WORDS;
        expect(p, WORD_KEY, "after ON DUPLICATE");
        expect(p, WORD_UPDATE, "after ON DUPLICATE KEY");
        n->child[CONFLICT_SET] = parse_assignments(p);
        return node_done(p, n);
    }
    parse_use(p, FEATURE_ON_CONFLICT);
    skip(p);
    skip(p);
    if (is(p, '(')) n->child[CONFLICT_TARGET] = parse_paren_list(p, NODE_LIST);
    if (is_two(p, WORD_ON, WORD_CONSTRAINT))
        parse_lacks(p, "ON CONFLICT ON CONSTRAINT is not supported here: name the columns of the "
                       "key, ON CONFLICT (id).");
    if (accept(p, WORD_WHERE)) n->child[CONFLICT_TARGET_WHERE] = parse_expr(p);
    expect(p, WORD_DO, "NOTHING or DO UPDATE after ON CONFLICT");
    if (accept(p, WORD_NOTHING)) {
        n->flags |= FLAG_NOTHING;
        return node_done(p, n);
    }
    expect(p, WORD_UPDATE, "or NOTHING after DO");
    expect(p, WORD_SET, "after DO UPDATE");
    n->child[CONFLICT_SET] = parse_assignments(p);
    if (accept(p, WORD_WHERE)) n->child[CONFLICT_WHERE] = parse_expr(p);
    return node_done(p, n);
}

// PARTITION (day = '2025-01-01', country): constants are assignments, the rest are names.
static SqlNode *parse_partition_spec(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIST);
    skip(p);
    parse_open(p, "( after PARTITION");
    size_t mark = tail_open(p);
    do {
        bool fixed = sym_at(p, 1) == '=';
        tail_add(p, fixed ? parse_assignment(p) : parse_name(p, "a partition column"));
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

// Behind the alias of a target stand the columns of INSERT, not those of the alias.
static SqlNode *parse_insert_alias(Parser *p)
{
    skip(p);
    SqlNode *n = node_new(p, NODE_ALIAS);
    n->child[ALIAS_NAME] = parse_name(p, "a name for the table");
    return node_done(p, n);
}

static void parse_insert_target(Parser *p, SqlNode *n)
{
    Str word = tok_text(p, tok_at(p, 0));
    bool several =
        p->dialect == DIALECT_SNOWFLAKE && (is(p, WORD_ALL) || str_eq_nocase(word, S("FIRST")));
    if (several)
        parse_lacks(p, "INSERT ALL into several tables is not supported here: write one INSERT "
                       "for each.");
    if (is(p, WORD_OVERWRITE)) {
        parse_use(p, FEATURE_OVERWRITE);
        skip(p);
        n->flags |= FLAG_OVERWRITE;
        accept(p, WORD_INTO);
    } else {
        accept(p, WORD_INTO);
    }
    accept(p, WORD_TABLE);
    n->child[INSERT_TABLE] = parse_table_path(p);
    SqlNode *table = n->child[INSERT_TABLE];
    if (is(p, WORD_AS)) table->child[TABLE_ALIAS] = parse_insert_alias(p);
    node_done(p, table);
    if (is_two(p, WORD_PARTITION, '(')) n->child[INSERT_PARTITION] = parse_partition_spec(p);
    if (is_two(p, WORD_BY, WORD_NAME)) {
        parse_use(p, FEATURE_INSERT_BY_NAME);
        skip(p);
        skip(p);
        n->flags |= FLAG_BY_NAME;
    } else if (is_two(p, WORD_REPLACE, WORD_WHERE)) {
        parse_use(p, FEATURE_REPLACE_WHERE);
        skip(p);
        skip(p);
        n->child[INSERT_REPLACED] = parse_expr(p);
    }
    bool columns = is(p, '(') && !starts_query(p, 1) && sym_at(p, 1) != '(';
    if (columns) n->child[INSERT_COLUMNS] = parse_names(p, "a column");
}

// MySQL: SET a = 1, b = 2 is (a, b) VALUES (1, 2).
static void parse_insert_set(Parser *p, SqlNode *n)
{
    SqlNode *names = node_new(p, NODE_LIST), *query = node_new(p, NODE_QUERY);
    SqlNode *values = node_new(p, NODE_VALUES), *row = node_new(p, NODE_ROW);
    skip(p);
    SqlNode *set = parse_assignments(p);
    size_t mark = tail_open(p);
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        const SqlNode *target = sql_tail(set, i)->child[ASSIGN_TARGET];
        if (target->kind == NODE_COLUMN) tail_add(p, sql_last(target));
    }
    n->child[INSERT_COLUMNS] = tail_close(p, names, mark);
    mark = tail_open(p);
    for (uint32_t i = 0; i < sql_tail_count(set); i++)
        tail_add(p, sql_tail(set, i)->child[ASSIGN_VALUE]);
    row = tail_close(p, row, mark);
    mark = tail_open(p);
    tail_add(p, row);
    query->child[QUERY_BODY] = tail_close(p, values, mark);
    n->child[INSERT_QUERY] = node_done(p, query);
}

static SqlNode *parse_insert(Parser *p, SqlNode *with)
{
    SqlNode *n = with ? node_from(p, NODE_INSERT, with) : node_new(p, NODE_INSERT);
    n->child[INSERT_WITH] = with;
    bool replace = is(p, WORD_REPLACE);
    skip(p);
    if (replace || accept_two(p, WORD_OR, WORD_REPLACE)) n->flags |= FLAG_REPLACE;
    if (is(p, WORD_OR)) { // SQLite: INSERT OR IGNORE
        skip(p);
        if (!accept(p, WORD_IGNORE)) parse_expected(p, "REPLACE or IGNORE after INSERT OR");
        n->flags |= FLAG_NOTHING;
    } else if (accept(p, WORD_IGNORE)) {
        n->flags |= FLAG_NOTHING;
    }
    parse_insert_target(p, n);
    if (accept_two(p, WORD_DEFAULT, WORD_VALUES)) {
        n->flags |= FLAG_BARE;
    } else if (is(p, WORD_SET)) {
        parse_insert_set(p, n);
    } else if (is(p, '(') && !starts_query(p, 1) && sym_at(p, 1) != '(') {
        parse_fail(p, p->pos, "VALUES is missing before this row.");
    } else if (starts_query(p, 0) || is(p, '(')) {
        n->child[INSERT_QUERY] = parse_query(p);
    } else {
        parse_expected(p, "VALUES or a query after INSERT INTO");
    }
    Str row = {0}; // MySQL: VALUES … AS name
    if (is(p, WORD_AS)) {
        skip(p);
        row = parse_name(p, "a name for the new row")->text;
        if (!is_two(p, WORD_ON, WORD_DUPLICATE)) parse_expected(p, "ON DUPLICATE KEY UPDATE");
    }
    if (is_two(p, WORD_ON, WORD_CONFLICT) || is_two(p, WORD_ON, WORD_DUPLICATE)) {
        n->child[INSERT_CONFLICT] = parse_conflict(p);
        n->child[INSERT_CONFLICT]->text = row;
    }
    n->child[INSERT_RETURNING] = parse_returning(p);
    return node_done(p, n);
}

// MySQL: UPDATE … ORDER BY … LIMIT n.
static void parse_some_rows(Parser *p, SqlNode *n, int order, int limit)
{
    if (!is_two(p, WORD_ORDER, WORD_BY) && !is(p, WORD_LIMIT)) return;
    parse_use(p, FEATURE_WRITE_LIMIT);
    if (is(p, WORD_ORDER)) n->child[order] = parse_order_by(p);
    if (accept(p, WORD_LIMIT)) n->child[limit] = parse_expr(p);
}

static SqlNode *parse_update(Parser *p, SqlNode *with)
{
    SqlNode *n = with ? node_from(p, NODE_UPDATE, with) : node_new(p, NODE_UPDATE);
    n->child[UPDATE_WITH] = with;
    skip(p);
    if (is(p, WORD_SELECT)) parse_fail(p, p->pos, "UPDATE wants a table here, and SET behind it.");
    n->child[UPDATE_TABLE] = parse_table_ref(p);
    if (is(p, WORD_WHERE)) parse_fail(p, p->pos, "SET comes before WHERE in an UPDATE.");
    expect(p, WORD_SET, "behind the table of UPDATE");
    n->child[UPDATE_SET] = parse_assignments(p);
    if (is(p, WORD_FROM)) {
        parse_use(p, FEATURE_UPDATE_FROM);
        n->child[UPDATE_FROM] = parse_from(p);
    }
    p->clause = WORD_WHERE;
    if (accept(p, WORD_WHERE)) n->child[UPDATE_WHERE] = parse_expr(p);
    n->child[UPDATE_RETURNING] = parse_returning(p);
    parse_some_rows(p, n, UPDATE_ORDER, UPDATE_LIMIT);
    return node_done(p, n);
}

static SqlNode *parse_delete(Parser *p, SqlNode *with)
{
    SqlNode *n = with ? node_from(p, NODE_DELETE, with) : node_new(p, NODE_DELETE);
    n->child[DELETE_WITH] = with;
    skip(p);
    if (is(p, '*')) parse_fail(p, p->pos, "DELETE removes whole rows: it takes no columns.");
    bool several = p->dialect == DIALECT_MYSQL && is_name(p, 0) && sym_at(p, 1) == WORD_FROM;
    if (several) { // DELETE t FROM t JOIN u …: as DELETE FROM t USING t JOIN u …
        n->child[DELETE_TABLE] = node_done(p, parse_table_path(p));
        n->child[DELETE_USING] = parse_from(p);
    } else {
        if (!accept(p, WORD_FROM) && p->dialect != DIALECT_BIGQUERY)
            parse_expected(p, "FROM after DELETE");
        n->child[DELETE_TABLE] = parse_table_ref(p);
    }
    if (is(p, WORD_USING)) {
        parse_use(p, FEATURE_DELETE_USING);
        n->child[DELETE_USING] = parse_from(p);
    }
    p->clause = WORD_WHERE;
    if (accept(p, WORD_WHERE)) n->child[DELETE_WHERE] = parse_expr(p);
    n->child[DELETE_RETURNING] = parse_returning(p);
    parse_some_rows(p, n, DELETE_ORDER, DELETE_LIMIT);
    return node_done(p, n);
}

static SqlNode *parse_with_statement(Parser *p)
{
    SqlNode *with = parse_with(p);
    switch (sym_at(p, 0)) {
    case WORD_INSERT:
        return parse_insert(p, with);
    case WORD_UPDATE:
        return parse_update(p, with);
    case WORD_DELETE:
        return parse_delete(p, with);
    case WORD_MERGE:
        return parse_merge(p, with);
    default:
        return parse_query_with(p, with);
    }
}

// A statement that is understood by its first word and not taken.
static bool refused(Parser *p)
{
    static const int words[] = {WORD_ALTER,   WORD_GRANT,    WORD_REVOKE, WORD_EXPLAIN,
                                WORD_CALL,    WORD_EXECUTE,  WORD_PRAGMA, WORD_SHOW,
                                WORD_COPY,    WORD_USE,      WORD_SET,    WORD_VACUUM,
                                WORD_ANALYZE, WORD_DESCRIBE, WORD_REFRESH};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is(p, words[i])) continue;
        char name[40];
        snprintf(name, sizeof name, "The statement " STR_FMT, STR_ARG(sql_word_text(words[i])));
        parse_unsupported(p, name);
        return true;
    }
    static const Str names[] = {STR_LIT("SUMMARIZE"), STR_LIT("ATTACH"), STR_LIT("DETACH"),
                                STR_LIT("INSTALL"),   STR_LIT("LOAD"),   STR_LIT("LIST"),
                                STR_LIT("DECLARE"),   STR_LIT("CACHE"),  STR_LIT("OPTIMIZE")};
    Str word = tok_text(p, tok_at(p, 0));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_eq_nocase(word, names[i])) continue;
        char name[40];
        snprintf(name, sizeof name, "The statement " STR_FMT, STR_ARG(names[i]));
        parse_unsupported(p, name);
        return true;
    }
    return false;
}

static void fail_start(Parser *p)
{
    static const Str starts[] = {STR_LIT("SELECT"), STR_LIT("WITH"),   STR_LIT("INSERT"),
                                 STR_LIT("UPDATE"), STR_LIT("DELETE"), STR_LIT("MERGE"),
                                 STR_LIT("CREATE"), STR_LIT("VALUES"), STR_LIT("DROP")};
    const Tok *t = tok_at(p, 0);
    Str word = tok_text(p, t);
    Str near = t->kind == TOKEN_NAME
                   ? str_nearest(word, (StrList){(Str *)starts, sizeof starts / sizeof *starts})
                   : (Str){0};
    if (near.len) {
        parse_fail(p, p->pos, "Did you mean " STR_FMT " instead of " STR_FMT "?", STR_ARG(near),
                   STR_ARG(word));
    }
    if (is(p, WORD_WHERE) || is(p, WORD_GROUP) || is(p, WORD_ORDER))
        parse_fail(p, p->pos,
                   "A query starts with SELECT or WITH: this clause has none before it.");
    parse_expected(p, "a statement such as SELECT, WITH or INSERT");
}

// BEGIN [TRANSACTION], START TRANSACTION, COMMIT [WORK], ROLLBACK.
static SqlNode *parse_transaction(Parser *p)
{
    SqlNode *n = node_new(p, NODE_TRANSACTION);
    n->text = is(p, WORD_START) ? S("BEGIN") : sql_word_text(sym_at(p, 0));
    bool start = is(p, WORD_START);
    skip(p);
    Str word = tok_text(p, tok_at(p, 0));
    bool named = str_eq_nocase(word, S("TRANSACTION")) || str_eq_nocase(word, S("WORK"));
    if (named) {
        skip(p);
    } else if (start) {
        parse_expected(p, "TRANSACTION after START");
    }
    return node_done(p, n);
}

// (SELECT @a := 1, @b := 2) AS gr_start, of SET @a = 1, @b := 2.
static SqlNode *parse_start(Parser *p)
{
    SqlNode *derived = node_new(p, NODE_DERIVED), *query = node_new(p, NODE_QUERY);
    SqlNode *select = node_new(p, NODE_SELECT), *list = node_new(p, NODE_LIST);
    SqlNode *alias = node_new(p, NODE_ALIAS), *name = node_new(p, NODE_NAME);
    name->text = S("gr_start");
    alias->child[ALIAS_NAME] = name;
    skip(p);
    size_t mark = tail_open(p);
    do {
        if (!is_variable(p)) {
            parse_expected(p, "a variable such as @a after SET");
            break;
        }
        SqlNode *item = node_new(p, NODE_ITEM);
        item->child[ITEM_VALUE] = parse_variable(p, true);
        tail_add(p, node_done(p, item));
    } while (accept(p, ',') && !p->failed);
    select->child[SELECT_ITEMS] = tail_close(p, list, mark);
    query->child[QUERY_BODY] = node_done(p, select);
    derived->child[DERIVED_QUERY] = node_done(p, query);
    derived->child[DERIVED_ALIAS] = node_done(p, alias);
    return node_done(p, derived);
}

static void widen(SqlNode *n, const SqlNode *first)
{
    n->at = first->at, n->line = first->line, n->column = first->column;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && n->child[i]->height >= n->height)
            n->height = (uint16_t)(n->child[i]->height + 1);
    }
}

static void start_from(Parser *p, SqlNode *select, SqlNode *first)
{
    SqlNode *from = select->child[SELECT_FROM], *made = node_from(p, NODE_FROM, first);
    size_t mark = tail_open(p);
    tail_add(p, first);
    for (uint32_t i = 0; from && i < from->count; i++) tail_add(p, from->child[i]);
    made = tail_close(p, made, mark);
    made->end = from ? from->end : first->end;
    select->child[SELECT_FROM] = made;
    widen(select, first);
}

// MySQL's SET before a query: the query starts with it, as if it read
// FROM (SELECT @a := 1) AS gr_start, ….
static SqlNode *parse_set(Parser *p)
{
    SqlNode *first = parse_start(p);
    while (accept(p, ';')) {
    }
    bool query = is(p, WORD_SELECT) || is(p, '(');
    if (!query) parse_unsupported(p, "SET before anything else than a SELECT");
    if (p->failed) return first;
    SqlNode *whole = parse_query(p), *path[SQL_DEPTH_MAX], *n = whole;
    size_t depth = 0;
    while (n->kind == NODE_QUERY || n->kind == NODE_SETOP) {
        if (depth < SQL_DEPTH_MAX) path[depth++] = n;
        n = n->child[n->kind == NODE_SETOP ? LEFT_SIDE : QUERY_BODY];
    }
    if (p->failed || n->kind != NODE_SELECT) return whole;
    start_from(p, n, first);
    while (depth > 0) widen(path[--depth], first);
    return whole;
}

SqlNode *parse_statement(Parser *p)
{
    switch (sym_at(p, 0)) {
    case WORD_BEGIN:
    case WORD_START:
    case WORD_COMMIT:
    case WORD_ROLLBACK:
        return parse_transaction(p);
    case WORD_WITH:
        return parse_with_statement(p);
    case WORD_SELECT:
    case WORD_VALUES:
    case '(':
        return parse_query(p);
    case WORD_INSERT:
    case WORD_REPLACE:
        return parse_insert(p, NULL);
    case WORD_UPDATE:
        return parse_update(p, NULL);
    case WORD_DELETE:
        return parse_delete(p, NULL);
    case WORD_MERGE:
        return parse_merge(p, NULL);
    case WORD_CREATE:
        return parse_create(p);
    case WORD_DROP:
        return parse_drop(p);
    case WORD_TRUNCATE:
        return parse_truncate(p);
    case WORD_TABLE:
    case WORD_PIVOT:
    case WORD_UNPIVOT:
        return parse_query(p);
    case WORD_FROM:
        if (sql_feature_in(FEATURE_FROM_FIRST, p->dialect)) return parse_query(p);
        if (!parse_named(p)) parse_fail(p, p->pos, "SELECT comes before FROM.");
        break;
    case WORD_SET:
        if (p->dialect == DIALECT_MYSQL && sym_at(p, 1) == '@') return parse_set(p);
        __attribute__((fallthrough));
    default:
        if (!refused(p)) fail_start(p);
        break;
    }
    return node_new(p, NODE_NULL);
}
