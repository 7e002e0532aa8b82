// lower_create: CREATE TABLE and VIEW: the storage classes of SQLite for the types, constraints as
// far as home enforces them.
#include "sql/lower_write.h"
#include "sql/scope.h"

// To SQLite a column is only INTEGER, REAL or TEXT: one declared DATE would hold numbers.
static void store_type(Translator *t, SqlNode *def)
{
    if (!def->child[DEF_TYPE]) return;
    SqlNode *type = make_node(t, NODE_TYPE, def->child[DEF_TYPE], 0);
    switch (type_of_node(def->child[DEF_TYPE]).type) {
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
    case TYPE_INTERVAL:
        type->text = S("INT"); // INTEGER PRIMARY KEY would be the row's own number
        break;
    case TYPE_REAL:
        type->text = S("REAL");
        break;
    default:
        type->text = S("TEXT");
        break;
    }
    def->child[DEF_TYPE] = type;
}

// Warehouses write keys down and do not look at them; NOT NULL they all enforce.
static bool enforces_keys(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_DUCKDB ||
           d == DIALECT_SQLITE;
}

static bool keeps(Translator *t, const SqlNode *c)
{
    switch ((SqlOp)c->op) {
    case OP_NOT_NULL:
    case OP_DEFAULT:
        return true;
    case OP_PRIMARY_KEY:
    case OP_UNIQUE:
        return enforces_keys(t->from);
    case OP_CHECK:
        return enforces_keys(t->from) || t->from == DIALECT_SPARK;
    case OP_GENERATED:
        translate_unsupported(t, c, "A generated column is not supported here.");
        return false;
    default:
        return false; // comments, references
    }
}

static void keep_constraints(Translator *t, SqlNode *def)
{
    Nodes kept = {0};
    bool key = false;
    for (uint32_t i = 0; i < sql_tail_count(def); i++) {
        SqlNode *c = sql_tail(def, i);
        key = key || c->op == OP_PRIMARY_KEY;
        if (keeps(t, c)) *vec_push(t->arena, &kept) = c;
    }
    if (key) { // SQLite would let NULL into it
        SqlNode *some = make_node(t, NODE_CONSTRAINT, def, 0);
        some->op = OP_NOT_NULL;
        *vec_push(t->arena, &kept) = some;
    }
    node_set_tail(t, def, kept.at, (uint32_t)kept.len);
}

static SqlNode *lower_columns(Translator *t, SqlNode *list)
{
    Nodes kept = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *d = sql_tail(list, i);
        if (d->kind == NODE_COLUMN_DEF) {
            store_type(t, d);
            keep_constraints(t, d);
            *vec_push(t->arena, &kept) = d;
        } else if (d->kind == NODE_CONSTRAINT && keeps(t, d)) {
            d->text = (Str){0};
            *vec_push(t->arena, &kept) = d;
        }
    }
    node_set_tail(t, list, kept.at, (uint32_t)kept.len);
    return list;
}

static SqlNode *drop_if(Translator *t, const SqlNode *n, Str name, bool view)
{
    SqlNode *drop = write_drop(t, n, name);
    drop->flags = FLAG_IF;
    if (view) drop->text = S("VIEW");
    return drop;
}

// CREATE OR REPLACE TABLE t AS SELECT … FROM t: the rows first, then the old table goes.
static void replace_table(Translator *t, SqlNode *n, Nodes *out)
{
    Str name = sql_last(n->child[CREATE_NAME])->text, fresh = make_name(t, "fresh");
    bool rows = n->child[CREATE_QUERY];
    if (rows) *vec_push(t->arena, out) = write_temp(t, n, fresh, n->child[CREATE_QUERY]);
    *vec_push(t->arena, out) = drop_if(t, n, name, false);
    if (rows) n->child[CREATE_QUERY] = write_query(t, n, NULL, write_table(t, n, fresh, (Str){0}));
    *vec_push(t->arena, out) = n;
    if (rows) *vec_push(t->arena, out) = write_drop(t, n, fresh);
}

static void create_table(Translator *t, SqlNode *n, Nodes *out)
{
    node_set_tail(t, n, NULL, 0); // where and how it is stored changes no row
    n->text = (Str){0};
    bool replaces = n->flags & FLAG_REPLACE;
    n->flags &= ~(uint32_t)(FLAG_REPLACE | FLAG_MATERIALIZED);
    SqlNode *columns = n->child[CREATE_COLUMNS];
    if (columns && n->child[CREATE_QUERY]) {
        translate_unsupported(t, columns,
                              "CREATE TABLE with columns and a query is not supported "
                              "here: leave the columns to the query.");
        return;
    }
    if (columns) lower_columns(t, columns);
    if (replaces) {
        replace_table(t, n, out);
    } else {
        *vec_push(t->arena, out) = n;
    }
}

// A materialized view is what it was when it was made: a table.
static void create_view(Translator *t, SqlNode *n, Nodes *out)
{
    if (n->flags & FLAG_MATERIALIZED) {
        SqlNode *table = make_node(t, NODE_CREATE_TABLE, n, 0);
        table->flags = n->flags & (FLAG_REPLACE | FLAG_IF);
        table->child[CREATE_NAME] = n->child[CREATE_NAME];
        table->child[CREATE_QUERY] = n->child[CREATE_QUERY];
        create_table(t, table, out);
        return;
    }
    if (n->flags & FLAG_REPLACE)
        *vec_push(t->arena, out) = drop_if(t, n, sql_last(n->child[CREATE_NAME])->text, true);
    n->flags &= ~(uint32_t)FLAG_REPLACE;
    *vec_push(t->arena, out) = n;
}

void lower_create(Translator *t, SqlNode *n, Nodes *out)
{
    write_bare_name(t, n->child[CREATE_NAME]);
    if (n->kind == NODE_CREATE_VIEW) {
        create_view(t, n, out);
    } else {
        create_table(t, n, out);
    }
}
