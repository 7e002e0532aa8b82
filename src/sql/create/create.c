// create: a CREATE TABLE of one dialect as another's: its columns, then what stands behind them, in
// the order of the target.
#include "sql/create.h"
#include "base/buf.h"
#include "sql/home.h"
#include <stdarg.h>
#include <stdio.h>

void left_out(Translator *t, const SqlNode *n, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    for (char *c = text; *c; c++) { // a name may hold a line's end, a comment may not
        if ((unsigned char)*c < ' ') *c = ' ';
    }
    SqlNote note = {n->at, n->line, n->column, str_copy(t->arena, str_from(text))};
    *vec_push(t->arena, &t->left) = note;
}

TypeKind definition_kind(const Definition *d, Str name)
{
    const SqlNode *list = d->n->child[CREATE_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *c = sql_tail(list, i);
        if (c->kind == NODE_COLUMN_DEF && str_eq_nocase(c->child[DEF_NAME]->text, name))
            return d->kinds[i];
    }
    return KIND_NONE;
}

// --- The list of columns and keys ---

static void columns_there(Definition *d)
{
    Translator *t = d->t;
    SqlNode *list = d->n->child[CREATE_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(list) && !t->failed; i++) {
        SqlNode *one = sql_tail(list, i);
        if (one->kind == NODE_COLUMN_DEF) {
            column_there(d, one, d->kinds[i]);
        } else if (one->kind == NODE_WATERMARK) {
            left_out(t, one, "%s has no watermarks: " STR_FMT " is left out.", home_title(t->to),
                     STR_ARG(source_line(t, one)));
            continue;
        } else if (one->op == OP_INDEX) {
            left_out(t, one, "%s makes an index apart, if any: " STR_FMT " is left out.",
                     home_title(t->to), STR_ARG(source_line(t, one)));
            continue;
        } else {
            one = key_there(d, one, NULL);
        }
        if (one) *vec_push(t->arena, &d->columns) = one;
    }
}

static void read_kinds(Definition *d)
{
    const SqlNode *list = d->n->child[CREATE_COLUMNS];
    uint32_t count = sql_tail_count(list);
    d->kinds = arena_array(d->t->arena, TypeKind, count);
    for (uint32_t i = 0; i < count; i++) {
        const SqlNode *one = sql_tail(list, i);
        bool column = one->kind == NODE_COLUMN_DEF;
        d->kinds[i] = column ? type_kind(d->t->from, one->child[DEF_TYPE]) : KIND_NONE;
    }
}

// A column has its key, or is in one of the table's.
static bool in_key(const Definition *d, const SqlNode *column)
{
    for (uint32_t i = 0; i < sql_tail_count(column); i++) {
        SqlOp op = (SqlOp)sql_tail(column, i)->op;
        if (op == OP_PRIMARY_KEY || op == OP_UNIQUE) return true;
    }
    for (size_t i = 0; i < d->columns.len; i++) {
        const SqlNode *key = d->columns.at[i];
        if (key->kind != NODE_CONSTRAINT) continue;
        const SqlNode *names = key->child[CONSTRAINT_COLUMNS];
        for (uint32_t k = 0; k < sql_tail_count(names); k++) {
            if (str_eq_nocase(sql_tail(names, k)->text, column->child[DEF_NAME]->text)) return true;
        }
    }
    return false;
}

static bool says(const SqlNode *column, SqlOp op)
{
    for (uint32_t i = 0; i < sql_tail_count(column); i++) {
        if (sql_tail(column, i)->op == op) return true;
    }
    return false;
}

// MySQL keys no text without a length, and numbers no column without a key.
static void suit_mysql(Definition *d)
{
    Translator *t = d->t;
    for (size_t i = 0; i < d->columns.len && t->to == DIALECT_MYSQL; i++) {
        SqlNode *c = d->columns.at[i],
                *type = c->kind == NODE_COLUMN_DEF ? c->child[DEF_TYPE] : NULL;
        if (!type) continue;
        bool key = in_key(d, c);
        if (key && str_eq(type->text, S("TEXT"))) {
            type->text = S("VARCHAR");
            node_set_tail(t, type, (SqlNode *[]){make_number(t, type, 255)}, 1);
            left_out(t, type, "MySQL keys no TEXT: " STR_FMT " holds 255 characters.",
                     STR_ARG(c->child[DEF_NAME]->text));
        }
        if (key || !says(c, OP_IDENTITY)) continue;
        SqlNode *unique = make_node(t, NODE_CONSTRAINT, c, 0);
        unique->op = OP_UNIQUE;
        node_add_tail(t, c, unique);
    }
}

// --- What stands behind them ---

static void put(Definition *d, SqlOp op, Pieces *list, const char *word)
{
    if (!list->len) return;
    Translator *t = d->t;
    SqlNode *n = make_node(t, NODE_CLAUSE, list->at[0], 0);
    n->op = (uint8_t)op;
    n->text = str_from(word);
    n->child[CLAUSE_LIST] = make_list(t, n, (const SqlNode *const *)list->at, (uint32_t)list->len);
    *vec_push(t->arena, &d->clauses) = n;
}

// USING, PARTITIONED BY, CLUSTER BY, COMMENT, options: where a dialect minds the order, it is this.
static int rank(const SqlNode *n)
{
    if (n->kind == NODE_PROPERTY) return 5;
    switch ((SqlOp)n->op) {
    case OP_FORMAT:
        return 0;
    case OP_COMMENT:
        return 1;
    case OP_PARTITION:
        return 6;
    case OP_CLUSTER:
        return 7;
    default:
        return 8;
    }
}

static void in_order(Definition *d)
{
    Pieces *c = &d->clauses;
    for (size_t i = 1; i < c->len; i++) {
        for (size_t k = i; k > 0 && rank(c->at[k]) < rank(c->at[k - 1]); k--) {
            SqlNode *one = c->at[k];
            c->at[k] = c->at[k - 1];
            c->at[k - 1] = one;
        }
    }
}

static void clauses_there(Definition *d)
{
    Translator *t = d->t;
    SqlNode *n = d->n;
    for (int pass = 0; pass < 2; pass++) { // partitions come before clusters
        for (uint32_t i = 0; i < sql_tail_count(n) && !t->failed; i++) {
            SqlNode *one = sql_tail(n, i);
            bool cluster = one->kind == NODE_CLAUSE && one->op == OP_CLUSTER;
            if (cluster == (pass == 1)) clause_there(d, one);
        }
    }
    put(d, OP_CLUSTER, &d->cluster, "");
    put(d, OP_OPTIONS, &d->options, t->to == DIALECT_BIGQUERY ? "OPTIONS" : "WITH");
    in_order(d);
}

// --- The head, and the query ---

static bool reads(const SqlNode *n, Str table)
{
    if (!n) return false;
    if (n->kind == NODE_TABLE && str_eq_nocase(sql_last(n)->text, table)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(n->child[i], table)) return true;
    }
    return false;
}

// CREATE OR REPLACE where there is none: the table goes first.
static SqlNode *replace(Translator *t, SqlNode *n)
{
    bool none = t->to == DIALECT_POSTGRES || t->to == DIALECT_MYSQL || t->to == DIALECT_FLINK;
    if (!(n->flags & FLAG_REPLACE) || !none) return NULL;
    SqlNode *name = n->child[CREATE_NAME];
    if (reads(n->child[CREATE_QUERY], sql_last(name)->text)) {
        translate_unsupported(t, n,
                              "%s does not replace a table by what is read from it: create another "
                              "one and rename it.",
                              home_title(t->to));
    }
    n->flags &= ~(uint32_t)FLAG_REPLACE;
    SqlNode *drop = make_node(t, NODE_DROP, n, 0);
    drop->flags = FLAG_IF;
    drop->child[ONLY] = node_clone(t, name);
    return drop;
}

static void head_there(Translator *t, SqlNode *n)
{
    bool never = t->to == DIALECT_SPARK || t->to == DIALECT_TRINO;
    if (n->flags & FLAG_TEMP && never) {
        translate_unsupported(t, n, "%s has no temporary tables: make a view or a plain table.",
                              home_title(t->to));
    }
    if (str_eq(n->text, S("EXTERNAL"))) {
        translate_unsupported(t, n,
                              "The files of an EXTERNAL table are not translated: create a "
                              "plain table, or write it in the words of the target.");
    }
    n->text = (Str){0};
}

// WITH NO DATA: a query without rows, where there is no word for it.
static void query_without_rows(Translator *t, SqlNode *query)
{
    SqlNode *limit = make_node(t, NODE_LIMIT, query, 0);
    limit->child[LIMIT_COUNT] = make_number(t, query, 0);
    query->child[QUERY_LIMIT] = limit;
}

static void data_there(Translator *t, SqlNode *n)
{
    bool words = t->to == DIALECT_POSTGRES || t->to == DIALECT_TRINO || t->to == DIALECT_DUCKDB;
    bool none = n->flags & FLAG_NOTHING;
    if (!words) n->flags &= ~(uint32_t)(FLAG_ALL | FLAG_NOTHING);
    if (none && !words) query_without_rows(t, n->child[CREATE_QUERY]);
}

static SqlNode *definition_there(Translator *t, SqlNode *n)
{
    Definition d = {.t = t, .n = n};
    SqlNode *drop = replace(t, n);
    head_there(t, n);
    data_there(t, n);
    read_kinds(&d);
    columns_there(&d);
    clauses_there(&d);
    for (size_t i = 0; i < d.keys.len; i++) *vec_push(t->arena, &d.columns) = d.keys.at[i];
    suit_mysql(&d);
    if (n->child[CREATE_COLUMNS])
        node_set_tail(t, n->child[CREATE_COLUMNS], d.columns.at, (uint32_t)d.columns.len);
    node_set_tail(t, n, d.clauses.at, (uint32_t)d.clauses.len);
    return drop;
}

// --- Laid out again: nothing changes, but a function of a clause is no function of the dialect ---

static void shield(Translator *t, SqlNode **place)
{
    SqlNode *n = *place;
    if (!n) return;
    for (uint32_t i = 0; i < n->count; i++) shield(t, &n->child[i]);
    if (n->kind != NODE_CALL) return;
    SqlNode *made = make_node(t, NODE_TRANSFORM, n, 0);
    made->text = n->text;
    node_set_tail(t, made, n->child + sql_roles(NODE_CALL), sql_tail_count(n));
    *place = made;
}

// Flink's processing time is when a row is read: here, when it was written.
static void time_of_row(Translator *t, SqlNode *column)
{
    for (uint32_t i = 0; i < sql_tail_count(column); i++) {
        SqlNode *said = sql_tail(column, i), *value = said->child[CONSTRAINT_VALUE];
        bool time = said->op == OP_GENERATED && value && value->kind == NODE_CALL &&
                    str_eq_nocase(value->text, S("PROCTIME"));
        if (!time) continue;
        said->op = OP_DEFAULT;
        column->child[DEF_TYPE] = make_node(t, NODE_TYPE, column, 0);
        column->child[DEF_TYPE]->text = S("TIMESTAMP");
    }
}

// To the runtime: how rows are stored is nothing, but for the columns that Hive writes there.
static void definition_here(Translator *t, SqlNode *n)
{
    Definition d = {.t = t, .n = n};
    SqlNode *columns = n->child[CREATE_COLUMNS], *clause = sql_clause(n, OP_PARTITION);
    if (n->flags & FLAG_NOTHING) query_without_rows(t, n->child[CREATE_QUERY]);
    n->flags &= ~(uint32_t)(FLAG_ALL | FLAG_NOTHING);
    read_kinds(&d);
    for (uint32_t i = 0; i < sql_tail_count(columns); i++) {
        SqlNode *one = sql_tail(columns, i);
        if (one->kind == NODE_COLUMN_DEF) time_of_row(t, one);
        if (one->kind == NODE_COLUMN_DEF) column_there(&d, one, d.kinds[i]);
    }
    const SqlNode *list = clause ? clause->child[CLAUSE_LIST] : NULL;
    for (uint32_t i = 0; columns && i < sql_tail_count(list); i++) {
        if (sql_tail(list, i)->kind == NODE_COLUMN_DEF)
            node_add_tail(t, columns, sql_tail(list, i));
    }
    node_set_tail(t, n, NULL, 0);
    n->text = (Str){0};
}

void definitions_there(Translator *t, SqlNode *root)
{
    if (root->kind != NODE_SCRIPT) return;
    Pieces all = {0};
    for (uint32_t i = 0; i < root->count && !t->failed; i++) {
        SqlNode *n = root->child[i], *before = NULL;
        bool table = n->kind == NODE_CREATE_TABLE;
        if (table && t->to == DIALECT_SQLITE) {
            definition_here(t, n);
        } else if (table && t->from != t->to) {
            before = definition_there(t, n);
        }
        for (uint32_t k = 0; table && k < sql_tail_count(n); k++)
            shield(t, &n->child[sql_roles(NODE_CREATE_TABLE) + k]);
        if (before) *vec_push(t->arena, &all) = before;
        *vec_push(t->arena, &all) = n;
    }
    node_set_tail(t, root, all.at, (uint32_t)all.len);
}
