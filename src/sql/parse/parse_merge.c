// parse_merge: MERGE INTO … USING … ON … WHEN ….
#include "sql/parse.h"

static void parse_when_which(Parser *p, SqlNode *n)
{
    skip(p);
    bool negated = accept(p, WORD_NOT);
    expect(p, WORD_MATCHED, "after WHEN");
    n->op = negated ? OP_NOT_MATCHED : OP_MATCHED;
    if (negated && accept(p, WORD_BY)) {
        if (accept(p, WORD_SOURCE)) {
            n->op = OP_NOT_MATCHED_BY_SOURCE;
        } else {
            expect(p, WORD_TARGET, "or SOURCE after NOT MATCHED BY");
        }
    }
}

// DuckDB: BY NAME; Snowflake: ALL BY NAME.
static bool accept_by_name(Parser *p)
{
    bool all = is(p, WORD_ALL) && sym_at(p, 1) == WORD_BY && sym_at(p, 2) == WORD_NAME;
    if (!all && !is_two(p, WORD_BY, WORD_NAME)) return false;
    if (all) skip(p);
    skip(p);
    skip(p);
    return true;
}

// DuckDB: all columns by their places.
static void refuse_bare(Parser *p, const char *what)
{
    bool ends = is(p, WORD_WHEN) || is(p, ';') || tok_at(p, 0)->kind == TOKEN_END;
    if (ends && p->dialect == DIALECT_DUCKDB) parse_unsupported(p, what);
}

static void parse_when_insert(Parser *p, SqlNode *n)
{
    if (is(p, '*') || is(p, WORD_ROW)) { // Spark: all columns by name
        n->flags |= FLAG_BY_NAME;
        skip(p);
        return;
    }
    if (accept_by_name(p)) {
        n->flags |= FLAG_BY_NAME;
        return;
    }
    if (is(p, '(')) n->child[MERGE_COLUMNS] = parse_names(p, "a column");
    expect(p, WORD_VALUES, "after the columns of INSERT");
    n->child[MERGE_VALUES] = parse_paren_list(p, NODE_LIST);
}

static void parse_when_action(Parser *p, SqlNode *n)
{
    if (accept(p, WORD_DELETE)) {
        n->flags |= FLAG_DELETE;
    } else if (accept(p, WORD_UPDATE)) {
        refuse_bare(p, "UPDATE without SET (write UPDATE SET a = s.a)");
        bool named = accept_by_name(p);
        if (!named) expect(p, WORD_SET, "after UPDATE");
        if (named || accept(p, '*')) {
            n->flags |= FLAG_BY_NAME;
        } else {
            n->child[MERGE_SET] = parse_assignments(p);
        }
    } else if (accept(p, WORD_INSERT)) {
        if (n->op != OP_NOT_MATCHED)
            parse_fail(p, p->pos - 1, "INSERT belongs to WHEN NOT MATCHED: these rows exist.");
        refuse_bare(p, "INSERT without VALUES (write INSERT (a) VALUES (s.a))");
        parse_when_insert(p, n);
    } else if (accept_two(p, WORD_DO, WORD_NOTHING)) {
        n->flags |= FLAG_NOTHING;
    } else {
        parse_expected(p, "UPDATE SET, INSERT or DELETE after THEN");
    }
}

static SqlNode *parse_merge_when(Parser *p)
{
    SqlNode *n = node_new(p, NODE_MERGE_WHEN);
    parse_when_which(p, n);
    if (accept(p, WORD_AND)) n->child[MERGE_GUARD] = parse_expr(p);
    expect(p, WORD_THEN, "after WHEN MATCHED");
    parse_when_action(p, n);
    return node_done(p, n);
}

// The name by which a condition calls a table, a derived one too; NULL where it has none.
static const SqlNode *called(const SqlNode *source)
{
    const SqlNode *alias = source->kind == NODE_TABLE        ? source->child[TABLE_ALIAS]
                           : source->kind == NODE_DERIVED    ? source->child[DERIVED_ALIAS]
                           : source->kind == NODE_TABLE_CALL ? source->child[TABLE_CALL_ALIAS]
                                                             : NULL;
    if (alias) return alias->child[ALIAS_NAME];
    return source->kind == NODE_TABLE ? sql_last(source) : NULL;
}

static SqlNode *column_of(Parser *p, const SqlNode *table, const SqlNode *name)
{
    SqlNode *n = node_from(p, NODE_COLUMN, name);
    size_t mark = tail_open(p);
    const SqlNode *parts[] = {table, name};
    for (int i = 0; i < 2; i++) {
        SqlNode *part = node_from(p, NODE_NAME, name);
        part->text = parts[i]->text;
        part->flags = parts[i]->flags;
        part->end = name->end;
        tail_add(p, part);
    }
    n = tail_close(p, n, mark);
    n->end = name->end;
    return n;
}

// DuckDB: USING (id) is ON t.id = s.id.
static SqlNode *parse_merge_using(Parser *p, const SqlNode *merge)
{
    const SqlNode *target = called(merge->child[MERGE_TABLE]);
    const SqlNode *source = called(merge->child[MERGE_SOURCE]);
    if (!target || !source)
        parse_fail(p, p->pos, "USING wants a name for the source of the MERGE.");
    skip(p);
    const SqlNode *names = parse_names(p, "a column");
    SqlNode *all = node_from(p, NODE_AND, names);
    size_t mark = tail_open(p);
    for (uint32_t i = 0; i < sql_tail_count(names) && !p->failed; i++) {
        const SqlNode *name = sql_tail(names, i);
        SqlNode *one = node_from(p, NODE_BINARY, name);
        one->op = OP_EQ;
        one->child[LEFT_SIDE] = column_of(p, target, name);
        one->child[RIGHT_SIDE] = column_of(p, source, name);
        node_done(p, one)->end = name->end;
        tail_add(p, one);
    }
    all = tail_close(p, all, mark);
    all->end = names->end;
    return all->count == 1 ? all->child[0] : all;
}

SqlNode *parse_merge(Parser *p, SqlNode *with)
{
    parse_use(p, FEATURE_MERGE);
    SqlNode *n = with ? node_from(p, NODE_MERGE, with) : node_new(p, NODE_MERGE);
    n->child[MERGE_WITH] = with;
    skip(p);
    accept(p, WORD_INTO);
    SqlNode *table = parse_table_path(p);
    table->child[TABLE_ALIAS] = parse_table_alias(p);
    n->child[MERGE_TABLE] = node_done(p, table);
    expect(p, WORD_USING, "and the source of the MERGE");
    n->child[MERGE_SOURCE] = parse_table_ref(p);
    if (p->dialect == DIALECT_DUCKDB && is_two(p, WORD_USING, '(')) {
        n->child[MERGE_ON] = parse_merge_using(p, n);
    } else {
        expect(p, WORD_ON, "and the condition of the MERGE");
        n->child[MERGE_ON] = parse_expr(p);
    }
    size_t mark = tail_open(p);
    if (!is(p, WORD_WHEN)) parse_expected(p, "WHEN MATCHED or WHEN NOT MATCHED");
    while (is(p, WORD_WHEN)) tail_add(p, parse_merge_when(p));
    return tail_close(p, n, mark);
}
