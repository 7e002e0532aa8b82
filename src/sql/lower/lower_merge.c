// lower_merge: MERGE as the statements that it stands for.
//
// Source and target are joined once, into a temporary table with the row of the target, the columns
// of the source and the number of the first clause that fits; so every clause sees the state before
// all of them. Then rows are deleted, updated and inserted by it. A row of the target that two rows
// of the source would change is an error, as at home.
#include "sql/lower_write.h"

typedef struct {
    Translator *t;
    SqlNode *n;
    Str target, target_name; // what the statement calls it, and its own name
    Str source;
    SqlColumns columns; // of the source
    Str rows;           // the temporary table
    bool by_source;     // rows of the target that the source lacks have a clause
    Nodes *out;
} Merge;

static void emit_statement(Merge *m, SqlNode *statement)
{
    *vec_push(m->t->arena, m->out) = statement;
}

static SqlNode *number_is(Merge *m, Str table, const char *column, int64_t value)
{
    Translator *t = m->t;
    return make_binary(t, OP_EQ, make_column(t, m->n, table, str_from(column)),
                       make_number(t, m->n, value));
}

// --- Which clause fits ---

static SqlNode *side_is_there(Merge *m, Str table, const char *column, bool there)
{
    return make_is_null(m->t, make_column(m->t, m->n, table, str_from(column)), there);
}

static SqlNode *clause_condition(Merge *m, const SqlNode *when)
{
    Translator *t = m->t;
    SqlNode *which = NULL;
    switch ((SqlOp)when->op) {
    case OP_NOT_MATCHED:
        which = side_is_there(m, m->target, "_rowid_", false);
        break;
    case OP_NOT_MATCHED_BY_SOURCE:
        which = side_is_there(m, m->source, "gr_here", false);
        break;
    default:
        which = side_is_there(m, m->target, "_rowid_", true);
        if (m->by_source) which = make_and(t, which, side_is_there(m, m->source, "gr_here", true));
        break;
    }
    return make_and(t, which, when->child[MERGE_GUARD]);
}

// The number of the clause from 1; NULL or 0 = nothing is done.
static SqlNode *clause_number(Merge *m)
{
    Translator *t = m->t;
    uint32_t count = sql_tail_count(m->n);
    SqlNode *n = make_node(t, NODE_CASE, m->n, count);
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *when = sql_tail(m->n, i), *arm = make_node(t, NODE_WHEN, when, 0);
        arm->child[WHEN_CONDITION] = clause_condition(m, when);
        arm->child[WHEN_RESULT] = make_number(t, when, when->flags & FLAG_NOTHING ? 0 : i + 1);
        n->child[sql_roles(NODE_CASE) + i] = arm;
    }
    return n;
}

// The source with a mark, so that a row that is not there can be told from one of NULLs.
static SqlNode *marked_source(Merge *m)
{
    Translator *t = m->t;
    SqlNode *source = m->n->child[MERGE_SOURCE];
    SqlNode *items = make_node(t, NODE_LIST, m->n, 0);
    for (size_t i = 0; i < m->columns.len; i++) {
        SqlNode *column = make_column(t, m->n, m->source, m->columns.at[i].name);
        node_add_tail(t, items, make_item(t, column, (Str){0}));
    }
    node_add_tail(t, items, make_item(t, make_number(t, m->n, 1), S("gr_here")));
    SqlNode *query = write_query(t, m->n, items, source);
    return make_derived(t, query, m->source);
}

static SqlNode *joined(Merge *m)
{
    Translator *t = m->t;
    SqlNode *join = make_node(t, NODE_JOIN, m->n, 0);
    SqlNode *target = write_table(t, m->n, m->target_name, m->target);
    target->id = m->n->child[MERGE_TABLE]->id;
    join->op = m->by_source ? OP_FULL : OP_LEFT;
    join->child[JOIN_LEFT] = m->by_source ? marked_source(m) : m->n->child[MERGE_SOURCE];
    join->child[JOIN_RIGHT] = target;
    join->child[JOIN_ON] = m->n->child[MERGE_ON];
    return join;
}

static void make_rows(Merge *m)
{
    Translator *t = m->t;
    SqlNode *items = make_node(t, NODE_LIST, m->n, 0);
    SqlNode *row = make_column(t, m->n, m->target, S("_rowid_"));
    node_add_tail(t, items, make_item(t, row, S("gr_row")));
    for (size_t i = 0; i < m->columns.len; i++) {
        SqlNode *column = make_column(t, m->n, m->source, m->columns.at[i].name);
        node_add_tail(t, items, make_item(t, column, (Str){0}));
    }
    node_add_tail(t, items, make_item(t, clause_number(m), S("gr_clause")));
    SqlNode *query = write_query(t, m->n, items, joined(m));
    query->child[QUERY_BODY]->id = m->n->id; // the names of the MERGE are its names
    query->child[QUERY_WITH] = m->n->child[MERGE_WITH];
    emit_statement(m, write_temp(t, m->n, m->rows, query));
}

// --- One row of the target, one row of the source ---

static const char *home_says(Dialect d)
{
    switch (d) {
    case DIALECT_SNOWFLAKE:
        return " (Snowflake: Duplicate row detected during DML action)";
    case DIALECT_BIGQUERY:
        return " (BigQuery: UPDATE/MERGE must match at most one source row for each target row)";
    case DIALECT_POSTGRES:
        return " (Postgres: MERGE command cannot affect row a second time)";
    case DIALECT_TRINO:
        return " (Trino: One MERGE target table row matched more than one source row)";
    case DIALECT_SPARK:
        return " (Delta: multiple source rows matched)";
    default:
        return "";
    }
}

// One row: is a row of the target to be changed by two of the source?
static SqlNode *rows_that_repeat(Merge *m)
{
    Translator *t = m->t;
    SqlNode *row = make_column(t, m->n, (Str){0}, S("gr_row"));
    SqlNode *items = make_node(t, NODE_LIST, m->n, 1);
    items->child[0] = make_item(t, make_call1(t, m->n, "rows_repeat", row), S("gr_again"));
    SqlNode *query = write_query(t, m->n, items, write_table(t, m->n, m->rows, (Str){0}));
    query->child[QUERY_BODY]->child[SELECT_WHERE] = make_binary(
        t, OP_GT, make_column(t, m->n, (Str){0}, S("gr_clause")), make_number(t, m->n, 0));
    return make_derived(t, query, make_name(t, "q"));
}

static void check_once(Merge *m)
{
    Translator *t = m->t;
    bool changes = false;
    for (uint32_t i = 0; i < sql_tail_count(m->n); i++) {
        const SqlNode *when = sql_tail(m->n, i);
        changes = changes || (when->op != OP_NOT_MATCHED && !(when->flags & FLAG_NOTHING));
    }
    if (!changes || t->from == DIALECT_DUCKDB) return; // there the last one wins
    Str text =
        str_fmt(t->arena, "Two rows of the source would change one row of %.*s: keep one a key%s.",
                STR_ARG(m->target_name), home_says(t->from));
    SqlNode *stop = make_call1(t, m->n, "rows_stop", make_string(t, m->n, text));
    SqlNode *items = make_node(t, NODE_LIST, m->n, 1);
    items->child[0] = make_item(t, stop, (Str){0});
    SqlNode *query = write_query(t, m->n, items, rows_that_repeat(m));
    query->child[QUERY_BODY]->child[SELECT_WHERE] = make_column(t, m->n, (Str){0}, S("gr_again"));
    emit_statement(m, query);
}

// --- What is done ---

static void delete_rows(Merge *m, uint32_t clause)
{
    Translator *t = m->t;
    SqlNode *items = make_node(t, NODE_LIST, m->n, 1), *in = make_node(t, NODE_IN, m->n, 0);
    items->child[0] = make_item(t, make_column(t, m->n, (Str){0}, S("gr_row")), (Str){0});
    SqlNode *query = write_query(t, m->n, items, write_table(t, m->n, m->rows, (Str){0}));
    query->child[QUERY_BODY]->child[SELECT_WHERE] = number_is(m, (Str){0}, "gr_clause", clause);
    in->child[OPERAND] = make_column(t, m->n, (Str){0}, S("_rowid_"));
    in->child[OPERAND_SECOND] = make_node(t, NODE_SUBQUERY, m->n, 0);
    in->child[OPERAND_SECOND]->child[ONLY] = query;
    SqlNode *target = write_table(t, m->n, m->target_name, (Str){0});
    emit_statement(m, write_delete(t, m->n, target, in));
}

static bool source_has(const Merge *m, Str column)
{
    for (size_t i = 0; i < m->columns.len; i++) {
        if (str_eq_nocase(m->columns.at[i].name, column)) return true;
    }
    return false;
}

// SET *: every column that both have.
static SqlNode *set_all(Merge *m)
{
    Translator *t = m->t;
    SqlColumns of = source_columns(t, m->n->child[MERGE_TABLE]->id);
    SqlNode *set = make_node(t, NODE_LIST, m->n, 0);
    for (size_t i = 0; i < of.len; i++) {
        if (!source_has(m, of.at[i].name)) continue;
        SqlNode *value = make_column(t, m->n, m->source, of.at[i].name);
        node_add_tail(t, set, write_assign(t, m->n, of.at[i].name, value));
    }
    return set;
}

// DuckDB: of rows that change one row of the target the last one wins.
static SqlNode *is_last(Merge *m, uint32_t clause)
{
    Translator *t = m->t;
    Str later = make_name(t, "later");
    SqlNode *same = make_binary(t, OP_EQ, make_column(t, m->n, later, S("gr_row")),
                                make_column(t, m->n, m->source, S("gr_row")));
    SqlNode *behind = make_binary(t, OP_GT, make_column(t, m->n, later, S("_rowid_")),
                                  make_column(t, m->n, m->source, S("_rowid_")));
    SqlNode *meets = make_and(t, same, number_is(m, later, "gr_clause", clause));
    return write_not_exists(t, m->n, write_table(t, m->n, m->rows, later),
                            make_and(t, meets, behind));
}

static void update_rows(Merge *m, const SqlNode *when, uint32_t clause)
{
    Translator *t = m->t;
    SqlNode *n = make_node(t, NODE_UPDATE, when, 0);
    n->at = m->n->at; // one statement with the others
    n->child[UPDATE_TABLE] = write_table(t, m->n, m->target_name, m->target);
    n->child[UPDATE_SET] = when->flags & FLAG_BY_NAME ? set_all(m) : when->child[MERGE_SET];
    write_bare_targets(t, n->child[UPDATE_SET]);
    n->child[UPDATE_FROM] = make_from(t, write_table(t, m->n, m->rows, m->source));
    SqlNode *same = make_binary(t, OP_EQ, make_column(t, m->n, m->target, S("_rowid_")),
                                make_column(t, m->n, m->source, S("gr_row")));
    n->child[UPDATE_WHERE] = make_and(t, same, number_is(m, m->source, "gr_clause", clause));
    if (t->from == DIALECT_DUCKDB)
        n->child[UPDATE_WHERE] = make_and(t, n->child[UPDATE_WHERE], is_last(m, clause));
    emit_statement(m, n);
}

// INSERT * by name; BigQuery's INSERT ROW takes the columns of the source as they stand.
static void insert_all(Merge *m, SqlNode *n, SqlNode *items)
{
    Translator *t = m->t;
    SqlColumns of = source_columns(t, m->n->child[MERGE_TABLE]->id);
    SqlNode *columns = make_node(t, NODE_LIST, m->n, 0);
    bool by_place = t->from == DIALECT_BIGQUERY;
    for (size_t i = 0; i < (by_place ? m->columns.len : of.len); i++) {
        Str name = by_place ? m->columns.at[i].name : of.at[i].name;
        if (!by_place && !source_has(m, name)) continue;
        node_add_tail(t, items, make_item(t, make_column(t, m->n, m->source, name), (Str){0}));
        if (!by_place) node_add_tail(t, columns, make_word(t, m->n, name));
    }
    if (!by_place) n->child[INSERT_COLUMNS] = columns;
}

static void insert_values(Merge *m, const SqlNode *when, SqlNode *n, SqlNode *items)
{
    Translator *t = m->t;
    const SqlNode *values = when->child[MERGE_VALUES], *columns = when->child[MERGE_COLUMNS];
    SqlNode *kept = make_node(t, NODE_LIST, when, 0);
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        SqlNode *value = sql_tail(values, i);
        bool known = columns && i < sql_tail_count(columns);
        if (value->kind == NODE_DEFAULT && known) continue; // the column is left out
        if (value->kind == NODE_DEFAULT)
            translate_unsupported(t, value, "DEFAULT wants the columns of the INSERT written out.");
        node_add_tail(t, items, make_item(t, value, (Str){0}));
        if (known) node_add_tail(t, kept, sql_tail(columns, i));
    }
    if (columns) n->child[INSERT_COLUMNS] = kept;
}

static void insert_rows(Merge *m, const SqlNode *when, uint32_t clause)
{
    Translator *t = m->t;
    SqlNode *n = make_node(t, NODE_INSERT, m->n, 0), *items = make_node(t, NODE_LIST, m->n, 0);
    n->child[INSERT_TABLE] = write_table(t, m->n, m->target_name, (Str){0});
    if (when->flags & FLAG_BY_NAME) {
        insert_all(m, n, items);
    } else {
        insert_values(m, when, n, items);
    }
    SqlNode *query = write_query(t, m->n, items, write_table(t, m->n, m->rows, m->source));
    query->child[QUERY_BODY]->child[SELECT_WHERE] = number_is(m, m->source, "gr_clause", clause);
    n->child[INSERT_QUERY] = query;
    emit_statement(m, n);
}

static bool open_merge(Merge *m)
{
    SqlNode *source = m->n->child[MERGE_SOURCE], *target = m->n->child[MERGE_TABLE];
    Translator *t = m->t;
    write_bare_name(t, target);
    m->target_name = sql_last(target)->text;
    m->target = write_alias(target);
    m->source = write_alias(source);
    m->columns = source_columns(t, source->id);
    m->rows = make_name(t, "merge");
    bool known = source->kind == NODE_TABLE || source->kind == NODE_DERIVED ||
                 source->kind == NODE_TABLE_CALL;
    if (!known || m->columns.open || !m->columns.len || !m->source.len) {
        translate_unsupported(t, source,
                              "MERGE wants a source with a name whose columns are known "
                              "here.");
        return false;
    }
    for (uint32_t i = 0; i < sql_tail_count(m->n); i++)
        m->by_source = m->by_source || sql_tail(m->n, i)->op == OP_NOT_MATCHED_BY_SOURCE;
    return true;
}

void lower_merge(Translator *t, SqlNode *n, Nodes *out)
{
    Merge m = {.t = t, .n = n, .out = out};
    if (!open_merge(&m)) return;
    SqlColumns of = source_columns(t, n->child[MERGE_TABLE]->id);
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        SqlNode *when = sql_tail(n, i);
        assign_set(t, of, when->child[MERGE_SET]);
        assign_values(t, of, when->child[MERGE_COLUMNS], when->child[MERGE_VALUES]);
    }
    make_rows(&m);
    check_once(&m);
    for (uint32_t i = 0; i < sql_tail_count(n) && !t->failed; i++) {
        const SqlNode *when = sql_tail(n, i);
        if (when->flags & FLAG_NOTHING) continue;
        if (when->flags & FLAG_DELETE) {
            delete_rows(&m, i + 1);
        } else if (when->op == OP_NOT_MATCHED) {
            insert_rows(&m, when, i + 1);
        } else {
            update_rows(&m, when, i + 1);
        }
    }
    emit_statement(&m, write_drop(t, n, m.rows));
}
