// lower_write: statements that write, in SQLite's: several where it needs them.
//
// What is made of one statement stands in its place in the script, and keeps its place in the
// source: by that a runner knows which statements are one.
#include "sql/lower_write.h"
#include "sql/lower.h"

// --- Statements ---

SqlNode *write_table(Translator *t, const SqlNode *place, Str name, Str alias)
{
    SqlNode *n = make_node(t, NODE_TABLE, place, 1);
    n->child[n->count - 1] = make_word(t, place, name);
    if (alias.len) n->child[TABLE_ALIAS] = make_alias(t, place, alias);
    return n;
}

SqlNode *write_assign(Translator *t, const SqlNode *place, Str column, SqlNode *value)
{
    SqlNode *assign = make_node(t, NODE_ASSIGN, place, 0);
    assign->child[ASSIGN_TARGET] = make_column(t, place, (Str){0}, column);
    assign->child[ASSIGN_VALUE] = value;
    return assign;
}

SqlNode *write_temp(Translator *t, const SqlNode *place, Str name, SqlNode *query)
{
    SqlNode *n = make_node(t, NODE_CREATE_TABLE, place, 0);
    n->flags = FLAG_TEMP | FLAG_SCRATCH;
    n->child[CREATE_NAME] = write_table(t, place, name, (Str){0});
    n->child[CREATE_QUERY] = query;
    return n;
}

SqlNode *write_drop(Translator *t, const SqlNode *place, Str name)
{
    SqlNode *n = make_node(t, NODE_DROP, place, 0);
    n->flags = FLAG_SCRATCH;
    n->child[ONLY] = write_table(t, place, name, (Str){0});
    return n;
}

SqlNode *write_delete(Translator *t, const SqlNode *place, SqlNode *table, SqlNode *where)
{
    SqlNode *n = make_node(t, NODE_DELETE, place, 0);
    n->child[DELETE_TABLE] = table;
    n->child[DELETE_WHERE] = where;
    return n;
}

// SELECT items FROM one; without items all columns.
SqlNode *write_query(Translator *t, const SqlNode *place, SqlNode *items, SqlNode *from)
{
    if (!items) {
        items = make_node(t, NODE_LIST, place, 1);
        items->child[0] = make_item(t, make_node(t, NODE_STAR, place, 0), (Str){0});
    }
    SqlNode *select = make_select(t, place, items);
    if (from) select->child[SELECT_FROM] = make_from(t, from);
    return make_query(t, select);
}

SqlNode *write_not_exists(Translator *t, const SqlNode *place, SqlNode *from, SqlNode *where)
{
    SqlNode *items = make_node(t, NODE_LIST, place, 1),
            *exists = make_node(t, NODE_EXISTS, place, 0);
    items->child[0] = make_item(t, make_number(t, place, 1), (Str){0});
    exists->child[ONLY] = write_query(t, place, items, from);
    exists->child[ONLY]->child[QUERY_BODY]->child[SELECT_WHERE] = where;
    return make_unary(t, OP_NOT, exists);
}

// VALUES(a) and new.a are the row that could not be inserted.
SqlNode *as_excluded(Translator *t, SqlNode *n, Str row)
{
    if (!n) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = as_excluded(t, n->child[i], row);
    bool call = n->kind == NODE_CALL && node_is_call(n, "inserted");
    if (call && sql_tail(n, 0)->kind == NODE_COLUMN)
        return make_column(t, n, S("excluded"), sql_last(sql_tail(n, 0))->text);
    bool named =
        n->kind == NODE_COLUMN && n->count == 2 && row.len && str_eq_nocase(n->child[0]->text, row);
    return named ? make_column(t, n, S("excluded"), sql_last(n)->text) : n;
}

// --- Tables and their columns ---

void write_bare_name(const Translator *t, SqlNode *table)
{
    SqlNode *name = sql_last(table);
    for (size_t i = name->text.len; t->from == DIALECT_BIGQUERY && i > 0; i--) {
        if (name->text.ptr[i - 1] != '.') continue;
        name->text = str_slice(name->text, i, name->text.len); // `project.data.t`
        break;
    }
    uint32_t roles = sql_roles(NODE_TABLE);
    table->child[roles] = name;
    table->count = roles + 1;
}

Str write_alias(const SqlNode *table)
{
    const SqlNode *alias = table->kind == NODE_TABLE        ? table->child[TABLE_ALIAS]
                           : table->kind == NODE_DERIVED    ? table->child[DERIVED_ALIAS]
                           : table->kind == NODE_TABLE_CALL ? table->child[TABLE_CALL_ALIAS]
                                                            : NULL;
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    return table->kind == NODE_TABLE ? sql_last(table)->text : (Str){0};
}

// SET x.a = 1: SQLite wants the column alone.
void write_bare_targets(Translator *t, const SqlNode *set)
{
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        SqlNode *assign = sql_tail(set, i), *to = assign->child[ASSIGN_TARGET];
        if (to->kind == NODE_COLUMN && to->count > 1) {
            SqlNode *name = sql_last(to);
            node_set_tail(t, to, &name, 1);
        }
        if (assign->child[ASSIGN_VALUE]->kind == NODE_DEFAULT)
            translate_unsupported(t, assign, "SET … = DEFAULT is not supported here.");
    }
}

// --- MySQL sets from left to right: what is set is what is read afterwards ---

typedef struct {
    Translator *t;
    const SqlNode *set;
    uint32_t upto;   // assignments before this one
    uint32_t target; // the id of the table
} Setting;

static const SqlNode *assignment_of(const Setting *s, const SqlNode *column)
{
    const Translator *t = s->t;
    bool known = t->meaning && column->id < t->script->nodes;
    const SqlNode *source = known ? t->meaning->bindings[column->id].source : NULL;
    if (source && source->id != s->target) return NULL;
    for (uint32_t i = s->upto; i > 0; i--) {
        const SqlNode *assign = sql_tail(s->set, i - 1);
        Str name = sql_last(assign->child[ASSIGN_TARGET])->text;
        if (str_eq_nocase(sql_last(column)->text, name)) return assign;
    }
    return NULL;
}

static SqlNode *read_set(const Setting *s, SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY || node_is_call(n, "inserted")) return n; // VALUES(column)
    if (n->kind == NODE_COLUMN) {
        const SqlNode *assign = assignment_of(s, n);
        if (!assign) return n;
        SqlNode *value = node_clone(s->t, assign->child[ASSIGN_VALUE]);
        if (value->kind != NODE_COLUMN && !value->parens) value->parens = 1;
        return value;
    }
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = read_set(s, n->child[i]);
    return n;
}

void write_set_in_order(Translator *t, const SqlNode *set, uint32_t target)
{
    if (t->from != DIALECT_MYSQL) return;
    for (uint32_t i = 1; i < sql_tail_count(set); i++) {
        SqlNode **value = &sql_tail(set, i)->child[ASSIGN_VALUE];
        *value = read_set(&(Setting){t, set, i, target}, *value);
    }
}

// --- UPDATE and DELETE ---

static const SqlNode *leaf_named(const SqlNode *from, Str name)
{
    if (!from) return NULL;
    if (from->kind == NODE_TABLE) return str_eq_nocase(write_alias(from), name) ? from : NULL;
    bool several = from->kind == NODE_FROM || from->kind == NODE_JOIN;
    for (uint32_t i = 0; several && i < from->count; i++) {
        bool table = from->kind == NODE_FROM || i == JOIN_LEFT || i == JOIN_RIGHT;
        const SqlNode *found = table ? leaf_named(from->child[i], name) : NULL;
        if (found) return found;
    }
    return NULL;
}

static const SqlNode *leaf_with(const Translator *t, const SqlNode *from, Str column)
{
    if (from->kind == NODE_TABLE) {
        SqlColumns c = source_columns(t, from->id);
        for (size_t i = 0; i < c.len; i++) {
            if (str_eq_nocase(c.at[i].name, column)) return from;
        }
        return NULL;
    }
    if (from->kind != NODE_JOIN) return NULL;
    const SqlNode *left = leaf_with(t, from->child[JOIN_LEFT], column);
    return left ? left : leaf_with(t, from->child[JOIN_RIGHT], column);
}

// The one table that a joined UPDATE sets columns of.
const SqlNode *write_set_table(Translator *t, const SqlNode *n)
{
    const SqlNode *set = n->child[UPDATE_SET], *one = NULL;
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        const SqlNode *to = sql_tail(set, i)->child[ASSIGN_TARGET], *leaf = NULL;
        if (to->kind == NODE_COLUMN && to->count > 1)
            leaf = leaf_named(n->child[UPDATE_TABLE], to->child[to->count - 2]->text);
        else if (to->kind == NODE_COLUMN)
            leaf = leaf_with(t, n->child[UPDATE_TABLE], sql_last(to)->text);
        if (!leaf || (one && leaf != one)) {
            translate_unsupported(t, to, "An UPDATE sets columns of one table here.");
            return NULL;
        }
        one = leaf;
    }
    return one;
}

// UPDATE a JOIN b …: the rows of the join with their new values, and then the table by its rows.
static SqlNode *update_join(Translator *t, SqlNode *n)
{
    const SqlNode *leaf = write_set_table(t, n), *set = n->child[UPDATE_SET];
    if (!leaf) return n;
    Str name = sql_last(leaf)->text, rows = make_name(t, "set");
    SqlNode *items = make_node(t, NODE_LIST, n, 0);
    SqlNode *row = make_column(t, n, write_alias(leaf), S("_rowid_"));
    node_add_tail(t, items, make_item(t, row, S("gr_row")));
    write_set_in_order(t, set, leaf->id);
    write_bare_targets(t, set);
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        SqlNode *assign = sql_tail(set, i);
        Str as = str_fmt(t->arena, "gr_%u", i);
        node_add_tail(t, items, make_item(t, assign->child[ASSIGN_VALUE], as));
        assign->child[ASSIGN_VALUE] = make_column(t, assign, rows, as);
    }
    SqlNode *query = write_query(t, n, items, n->child[UPDATE_TABLE]);
    SqlNode *select = query->child[QUERY_BODY];
    select->id = n->id; // the names of the UPDATE are its names
    select->child[SELECT_WHERE] = n->child[UPDATE_WHERE];
    n->child[UPDATE_FROM] = make_from(t, make_derived(t, query, rows));
    n->child[UPDATE_TABLE] = write_table(t, n, name, (Str){0});
    n->child[UPDATE_WHERE] = make_binary(t, OP_EQ, make_column(t, n, name, S("_rowid_")),
                                         make_column(t, n, rows, S("gr_row")));
    return n;
}

// BigQuery: no row may be found twice.
static void update_once(Translator *t, const SqlNode *n, Nodes *out)
{
    const SqlNode *table = n->child[UPDATE_TABLE];
    Str text = str_fmt(t->arena,
                       "Two rows of FROM would change one row of " STR_FMT
                       ": keep one a key (BigQuery: UPDATE/MERGE must match at most one source row "
                       "for each target row).",
                       STR_ARG(sql_last(table)->text));
    SqlNode *items = make_node(t, NODE_LIST, n, 1), *group = make_node(t, NODE_GROUP_BY, n, 1);
    items->child[0] =
        make_item(t, make_call1(t, n, "rows_stop", make_string(t, n, text)), (Str){0});
    SqlNode *query = write_query(t, n, items, node_clone(t, table));
    SqlNode *select = query->child[QUERY_BODY];
    select->id = n->id;
    for (uint32_t i = 0; i < n->child[UPDATE_FROM]->count; i++)
        node_add_tail(t, select->child[SELECT_FROM],
                      node_clone(t, n->child[UPDATE_FROM]->child[i]));
    select->child[SELECT_WHERE] = node_clone(t, n->child[UPDATE_WHERE]);
    group->child[0] = make_column(t, n, write_alias(table), S("_rowid_"));
    select->child[SELECT_GROUP] = group;
    select->child[SELECT_HAVING] = make_binary(
        t, OP_GT, make_call1(t, n, "count", make_node(t, NODE_STAR, n, 0)), make_number(t, n, 1));
    *vec_push(t->arena, out) = query;
}

// MySQL: of the rows that WHERE finds only the first ones.
static SqlNode *some_rows(Translator *t, const SqlNode *n, const SqlNode *table, SqlNode *where,
                          const int roles[2])
{
    SqlNode *order = n->child[roles[0]], *limit = n->child[roles[1]];
    if (!order && !limit) return where;
    Str alias = write_alias(table);
    SqlNode *items = make_node(t, NODE_LIST, n, 1), *in = make_node(t, NODE_IN, n, 0);
    items->child[0] = make_item(t, make_column(t, n, alias, S("_rowid_")), (Str){0});
    SqlNode *query = write_query(t, n, items, node_clone(t, table));
    query->child[QUERY_BODY]->id = n->id; // its names are those of the statement
    query->child[QUERY_BODY]->child[SELECT_WHERE] = where;
    query->child[QUERY_ORDER] = order;
    if (limit) {
        query->child[QUERY_LIMIT] = make_node(t, NODE_LIMIT, n, 0);
        query->child[QUERY_LIMIT]->child[LIMIT_COUNT] = limit;
    }
    in->child[OPERAND] = make_column(t, n, alias, S("_rowid_"));
    in->child[OPERAND_SECOND] = make_node(t, NODE_SUBQUERY, n, 0);
    in->child[OPERAND_SECOND]->child[ONLY] = query;
    in->type = TYPE_BOOLEAN;
    return in;
}

static SqlNode *lower_update(Translator *t, SqlNode *n, Nodes *out)
{
    static const int roles[2] = {UPDATE_ORDER, UPDATE_LIMIT};
    if (n->child[UPDATE_TABLE]->kind == NODE_JOIN) return update_join(t, n);
    if (n->child[UPDATE_TABLE]->kind != NODE_TABLE)
        return translate_unsupported(t, n, "An UPDATE wants a table.");
    write_bare_name(t, n->child[UPDATE_TABLE]);
    assign_set(t, source_columns(t, n->child[UPDATE_TABLE]->id), n->child[UPDATE_SET]);
    write_set_in_order(t, n->child[UPDATE_SET], n->child[UPDATE_TABLE]->id);
    write_bare_targets(t, n->child[UPDATE_SET]);
    if (t->from == DIALECT_BIGQUERY && n->child[UPDATE_FROM]) update_once(t, n, out);
    n->child[UPDATE_WHERE] = some_rows(t, n, n->child[UPDATE_TABLE], n->child[UPDATE_WHERE], roles);
    n->child[UPDATE_ORDER] = n->child[UPDATE_LIMIT] = NULL;
    return n;
}

static bool is_of(const Translator *t, const SqlNode *n, const SqlNode *source)
{
    const SqlBinding *b = n->kind == NODE_COLUMN ? node_binding(t, n) : NULL;
    return b && b->source && b->source->id == source->id;
}

// DELETE FROM t USING s WHERE s.id = t.id, and no more: t.id IN (SELECT s.id FROM s). NULL: more.
static SqlNode *delete_in(Translator *t, SqlNode *n)
{
    SqlNode *table = n->child[DELETE_TABLE], *using = n->child[DELETE_USING];
    const SqlNode *where = n->child[DELETE_WHERE];
    bool equal = where && where->kind == NODE_BINARY && where->op == OP_EQ;
    SqlNode *source = using->count == 1 ? using->child[0] : NULL;
    bool one = source && (source->kind == NODE_TABLE || source->kind == NODE_DERIVED);
    if (!equal || !one || source->flags & FLAG_LATERAL || t->from == DIALECT_MYSQL) return NULL;
    SqlNode *a = where->child[LEFT_SIDE], *b = where->child[RIGHT_SIDE];
    bool turned = is_of(t, b, table) && is_of(t, a, source);
    if (!turned && !(is_of(t, a, table) && is_of(t, b, source))) return NULL;
    if (node_type(a) != node_type(b) || node_is(a, TYPE_UNKNOWN)) return NULL;
    SqlNode *items = make_node(t, NODE_LIST, n, 1), *in = make_node(t, NODE_IN, n, 0);
    items->child[0] = make_item(t, turned ? a : b, (Str){0});
    SqlNode *query = write_query(t, n, items, NULL), *select = query->child[QUERY_BODY];
    select->child[SELECT_FROM] = using;
    in->child[OPERAND] = turned ? b : a;
    in->child[OPERAND_SECOND] = make_node(t, NODE_SUBQUERY, n, 0);
    in->child[OPERAND_SECOND]->child[ONLY] = query;
    in->type = TYPE_BOOLEAN;
    return in;
}

// DELETE … USING: the rows that the join finds.
static SqlNode *lower_delete(Translator *t, SqlNode *n)
{
    SqlNode *table = n->child[DELETE_TABLE], *using = n->child[DELETE_USING];
    if (table->kind != NODE_TABLE) return translate_unsupported(t, n, "A DELETE wants a table.");
    write_bare_name(t, table);
    if (!using) {
        static const int roles[2] = {DELETE_ORDER, DELETE_LIMIT};
        n->child[DELETE_WHERE] = some_rows(t, n, table, n->child[DELETE_WHERE], roles);
        n->child[DELETE_ORDER] = n->child[DELETE_LIMIT] = NULL;
        return n;
    }
    SqlNode *simple = delete_in(t, n);
    if (simple) {
        n->child[DELETE_USING] = NULL;
        n->child[DELETE_WHERE] = simple;
        return n;
    }
    Str alias = write_alias(table);
    const SqlNode *leaf = leaf_named(using, alias); // MySQL names the table there again
    SqlNode *row = make_column(t, n, alias, S("_rowid_"));
    SqlNode *items = make_node(t, NODE_LIST, n, 1);
    items->child[0] = make_item(t, row, (Str){0});
    SqlNode *query = write_query(t, n, items, NULL), *select = query->child[QUERY_BODY];
    select->id = n->id;
    if (leaf && t->from == DIALECT_MYSQL) {
        select->child[SELECT_FROM] = using;
        table = write_table(t, n, sql_last(leaf)->text, (Str){0});
        alias = sql_last(leaf)->text;
    } else {
        SqlNode *from = make_from(t, node_clone(t, table));
        for (uint32_t i = 0; i < using->count; i++) node_add_tail(t, from, using->child[i]);
        select->child[SELECT_FROM] = from;
    }
    select->child[SELECT_WHERE] = n->child[DELETE_WHERE];
    SqlNode *in = make_node(t, NODE_IN, n, 0);
    in->child[OPERAND] = make_column(t, n, alias, S("_rowid_"));
    in->child[OPERAND_SECOND] = make_node(t, NODE_SUBQUERY, n, 0);
    in->child[OPERAND_SECOND]->child[ONLY] = query;
    in->type = TYPE_BOOLEAN;
    n->child[DELETE_TABLE] = table;
    n->child[DELETE_USING] = NULL;
    n->child[DELETE_WHERE] = in;
    return n;
}

// --- The script ---

static void lower_statement(Translator *t, SqlNode *n, Nodes *out)
{
    switch (n->kind) {
    case NODE_INSERT:
        lower_insert(t, n, out);
        return;
    case NODE_UPDATE:
        n = lower_update(t, n, out);
        break;
    case NODE_DELETE:
        n = lower_delete(t, n);
        break;
    case NODE_MERGE:
        lower_merge(t, n, out);
        return;
    case NODE_CREATE_TABLE:
    case NODE_CREATE_VIEW:
        lower_create(t, n, out);
        return;
    case NODE_DROP:
        write_bare_name(t, n->child[ONLY]);
        break;
    case NODE_TRUNCATE:
        write_bare_name(t, n->child[ONLY]);
        n = write_delete(t, n, n->child[ONLY], NULL);
        break;
    default:
        break;
    }
    *vec_push(t->arena, out) = n;
}

SqlNode *lower_writes(Translator *t, SqlNode *root)
{
    if (t->to != DIALECT_SQLITE || root->kind != NODE_SCRIPT) return root;
    Nodes all = {0};
    for (uint32_t i = 0; i < root->count && !t->failed; i++)
        lower_statement(t, root->child[i], &all);
    node_set_tail(t, root, all.at, (uint32_t)all.len);
    return root;
}
