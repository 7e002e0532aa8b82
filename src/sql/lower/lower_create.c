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

static bool has_word(const SqlNode *c, Str word)
{
    for (uint32_t i = 0; i < sql_tail_count(c); i++) {
        if (str_eq(sql_tail(c, i)->text, word)) return true;
    }
    return false;
}

static bool keeps(Translator *t, const SqlNode *c)
{
    bool held = sql_rules(t->from)->keys_held && !has_word(c, S("NOT ENFORCED"));
    switch ((SqlOp)c->op) {
    case OP_NOT_NULL:
    case OP_DEFAULT:
    case OP_GENERATED:
        return true;
    case OP_PRIMARY_KEY:
        return held;
    case OP_UNIQUE:
        if (c->flags & FLAG_DISTINCT)
            translate_unsupported(t, c, "NULLS NOT DISTINCT is not supported here.");
        return held;
    case OP_CHECK:
        return held || t->from == DIALECT_SPARK;
    default:
        return false; // comments, references
    }
}

static SqlNode *said(Translator *t, const SqlNode *place, SqlOp op)
{
    SqlNode *n = make_node(t, NODE_CONSTRAINT, place, 0);
    n->op = (uint8_t)op;
    return n;
}

static void keep_constraints(Translator *t, SqlNode *def, bool numbers)
{
    Nodes kept = {0};
    bool key = false;
    for (uint32_t i = 0; i < sql_tail_count(def); i++) {
        SqlNode *c = sql_tail(def, i);
        key = key || c->op == OP_PRIMARY_KEY;
        bool own = numbers && (c->op == OP_PRIMARY_KEY || c->op == OP_NOT_NULL);
        if (own || !keeps(t, c)) continue;
        node_set_tail(t, c, NULL, 0);
        c->flags &= ~(uint32_t)(FLAG_ASC | FLAG_DESC | FLAG_BARE);
        *vec_push(t->arena, &kept) = c;
    }
    if (numbers) {
        *vec_push(t->arena, &kept) = said(t, def, OP_PRIMARY_KEY);
    } else if (key) { // SQLite would let NULL into it
        *vec_push(t->arena, &kept) = said(t, def, OP_NOT_NULL);
    }
    node_set_tail(t, def, kept.at, (uint32_t)kept.len);
}

// --- A column that numbers the rows: SQLite's INTEGER PRIMARY KEY ---

static const SqlNode *identity_of(const SqlNode *def)
{
    for (uint32_t i = 0; i < sql_tail_count(def); i++) {
        if (sql_tail(def, i)->op == OP_IDENTITY) return sql_tail(def, i);
    }
    return NULL;
}

static bool is_of(const SqlNode *key, const SqlNode *def) // PRIMARY KEY (id) of the table
{
    const SqlNode *names = key->child[CONSTRAINT_COLUMNS];
    return sql_tail_count(names) == 1 &&
           str_eq_nocase(sql_tail(names, 0)->text, def->child[DEF_NAME]->text);
}

// Counts from 1 by 1, and no other key is held beside it.
static bool counts(Translator *t, const SqlNode *list, const SqlNode *def)
{
    const SqlNode *identity = identity_of(def);
    if (!identity) return false;
    const SqlNode *options = identity->child[CONSTRAINT_OPTIONS];
    for (uint32_t i = 0; i < sql_tail_count(options); i++) {
        const SqlNode *one = sql_tail(options, i), *value = one->count ? one->child[ONLY] : NULL;
        bool step = str_eq(one->text, S("START")) || str_eq(one->text, S("INCREMENT"));
        bool from_one = value && value->kind == NODE_NUMBER && str_eq(value->text, S("1"));
        if (step && !from_one)
            translate_unsupported(t, one,
                                  "Numbers that do not count 1, 2, 3 … are not supported "
                                  "here: leave START and INCREMENT out.");
    }
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *one = sql_tail(list, i);
        bool own = one == def, key = one->op == OP_PRIMARY_KEY && keeps(t, one);
        for (uint32_t k = 0; one->kind == NODE_COLUMN_DEF && k < sql_tail_count(one); k++)
            key = key || (sql_tail(one, k)->op == OP_PRIMARY_KEY && keeps(t, sql_tail(one, k)));
        if (!own && key && !(one->kind == NODE_CONSTRAINT && is_of(one, def)))
            translate_unsupported(t, identity,
                                  "A column that numbers the rows beside another "
                                  "primary key is not supported here.");
    }
    return !t->failed;
}

static SqlNode *lower_columns(Translator *t, SqlNode *list)
{
    Nodes kept = {0};
    const SqlNode *counter = NULL;
    for (uint32_t i = 0; i < sql_tail_count(list) && !counter; i++) {
        SqlNode *d = sql_tail(list, i);
        if (d->kind == NODE_COLUMN_DEF && counts(t, list, d)) counter = d;
    }
    for (uint32_t i = 0; i < sql_tail_count(list) && !t->failed; i++) {
        SqlNode *d = sql_tail(list, i);
        if (d->kind == NODE_COLUMN_DEF) {
            store_type(t, d);
            if (d == counter && d->child[DEF_TYPE]) d->child[DEF_TYPE]->text = S("INTEGER");
            keep_constraints(t, d, d == counter);
            *vec_push(t->arena, &kept) = d;
        } else if (d->kind == NODE_CONSTRAINT && keeps(t, d)) {
            if (counter && d->op == OP_PRIMARY_KEY) continue;
            d->text = (Str){0};
            node_set_tail(t, d, NULL, 0);
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
