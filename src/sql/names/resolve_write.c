// resolve_write: statements that make or change tables, name by name.
#include "sql/home.h"
#include "sql/scope.h"

// ---- CREATE and DROP

static SqlColumn defined_column(const SqlNode *d)
{
    SqlType t = d->child[DEF_TYPE] ? type_of_node(d->child[DEF_TYPE]) : (SqlType){0};
    SqlColumn c = column_typed(d->child[DEF_NAME]->text, t);
    c.exact = d->child[DEF_NAME]->flags & FLAG_QUOTED;
    c.not_null = false;
    for (uint32_t k = 0; k < sql_tail_count(d); k++) {
        SqlOp op = (SqlOp)sql_tail(d, k)->op;
        if (op == OP_NOT_NULL || op == OP_PRIMARY_KEY) c.not_null = true;
    }
    return c;
}

static const StrList *key_of(Resolver *r, const SqlNode *defs)
{
    VEC(Str) names = {0};
    for (uint32_t i = 0; i < sql_tail_count(defs); i++) {
        const SqlNode *d = sql_tail(defs, i);
        bool column = d->kind == NODE_COLUMN_DEF;
        for (uint32_t k = 0; column && k < sql_tail_count(d); k++) {
            if (sql_tail(d, k)->op == OP_PRIMARY_KEY)
                *vec_push(r->arena, &names) = d->child[DEF_NAME]->text;
        }
        if (d->kind != NODE_CONSTRAINT || d->op != OP_PRIMARY_KEY) continue;
        const SqlNode *columns = d->child[CONSTRAINT_COLUMNS];
        for (uint32_t k = 0; k < sql_tail_count(columns); k++)
            *vec_push(r->arena, &names) = sql_tail(columns, k)->text;
    }
    if (!names.len) return NULL;
    StrList *key = arena_new(r->arena, StrList);
    *key = (StrList){names.at, names.len};
    return key;
}

typedef VEC(SqlColumn) Columns;

static void add_defined(Resolver *r, const SqlNode *list, Columns *all)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *d = sql_tail(list, i);
        if (d->kind == NODE_COLUMN_DEF) *vec_push(r->arena, all) = defined_column(d);
    }
}

// Hive's partition columns stand behind the others; what else partitions is one of them.
static bool add_partitions(Resolver *r, const SqlNode *n, Columns *all)
{
    const SqlNode *clause = sql_clause(n, OP_PARTITION);
    size_t before = all->len;
    if (clause) add_defined(r, clause->child[CLAUSE_LIST], all);
    return clause && all->len == before && !before;
}

// What a column is computed from, what rows are held to: by the names of the table's own columns.
static void resolve_values_of(Resolver *r, Scope *s, const SqlNode *n)
{
    Scope none = {.query = s->query, .clause = CLAUSE_WHERE};
    const SqlNode *value = n->kind == NODE_CONSTRAINT  ? n->child[CONSTRAINT_VALUE]
                           : n->kind == NODE_WATERMARK ? n->child[WATERMARK_VALUE]
                                                       : NULL;
    if (value && !r->failed) resolve_expr(r, n->op == OP_DEFAULT ? &none : s, value);
}

static void resolve_definition(Resolver *r, const SqlNode *n, Columns *all)
{
    const SqlNode *defs = n->child[CREATE_COLUMNS], *name = n->child[CREATE_NAME];
    Scope s = {.query = n, .clause = CLAUSE_WHERE};
    bool open = n->child[CREATE_QUERY];
    add_relation(r, &s, name, sql_last(name), (SqlColumns){all->at, all->len, open});
    size_t column = 0;
    for (uint32_t i = 0; i < sql_tail_count(defs); i++) {
        const SqlNode *d = sql_tail(defs, i);
        if (d->kind != NODE_COLUMN_DEF) {
            resolve_values_of(r, &s, d);
            continue;
        }
        SqlColumn *c = &all->at[column++];
        for (uint32_t k = 0; k < sql_tail_count(d); k++) {
            const SqlNode *said = sql_tail(d, k);
            resolve_values_of(r, &s, said);
            bool typeless = said->op == OP_GENERATED && !d->child[DEF_TYPE] && !r->failed;
            if (typeless)
                *c = column_typed(c->name, r->meaning->types[said->child[CONSTRAINT_VALUE]->id]);
        }
    }
}

// The columns of a table that the script creates, by its definition or its query.
static void resolve_create(Resolver *r, const SqlNode *n)
{
    SqlColumns columns = {.open = true};
    const SqlNode *defs = n->child[CREATE_COLUMNS];
    Columns all = {0};
    add_defined(r, defs, &all);
    if (n->child[CREATE_QUERY]) columns = resolve_query(r, NULL, n->child[CREATE_QUERY], NULL);
    bool open = add_partitions(r, n, &all) || n->child[CREATE_QUERY];
    if (all.len) {
        resolve_definition(r, n, &all);
        columns = (SqlColumns){all.at, all.len, open};
    }
    resolve_know(r, sql_last(n->child[CREATE_NAME]), columns, key_of(r, defs));
}

static void resolve_view(Resolver *r, const SqlNode *n)
{
    SqlColumns c = resolve_query(r, NULL, n->child[CREATE_QUERY], NULL);
    c = columns_renamed(r, c, n->child[CREATE_COLUMNS]);
    resolve_know(r, sql_last(n->child[CREATE_NAME]), c, NULL);
}

// ---- INSERT, UPDATE, DELETE, MERGE

static void check_columns(Resolver *r, const SqlColumns *c, const SqlNode *names,
                          const SqlNode *table)
{
    for (uint32_t i = 0; !c->open && i < sql_tail_count(names) && !r->failed; i++) {
        const SqlNode *name = sql_tail(names, i);
        if (name->kind == NODE_ASSIGN) name = sql_last(name->child[ASSIGN_TARGET]);
        if (name->kind != NODE_NAME || name_column(r->dialect, c, name, NULL)) continue;
        VEC(Str) all = {0};
        for (size_t k = 0; k < c->len; k++) *vec_push(r->arena, &all) = c->at[k].name;
        Str near = str_nearest(name->text, (StrList){all.at, all.len});
        home_refuse(r->script, name, HOME_COLUMN, name->text, r->err,
                    STR_FMT " has no column " STR_FMT "%s" STR_FMT "%s",
                    STR_ARG(sql_last(table)->text), STR_ARG(name->text),
                    near.len ? ": did you mean " : "", STR_ARG(near), near.len ? "?" : ".");
        r->failed = true;
    }
}

// SET a = x, (b, c) = (…): the targets are columns of the first relation.
static void resolve_set(Resolver *r, Scope *s, const SqlNode *set, const SqlNode *table)
{
    const Relation *target = &s->relations.at[0];
    for (uint32_t i = 0; i < sql_tail_count(set) && !r->failed; i++) {
        const SqlNode *assign = sql_tail(set, i), *to = assign->child[ASSIGN_TARGET];
        if (to->kind == NODE_LIST) {
            check_columns(r, &target->columns, to, table);
        } else if (sql_tail_count(to) <= 2) { // not a field of a struct
            SqlNode one = *to;
            SqlNode *name = sql_last(to);
            one.kind = NODE_LIST;
            one.count = 1;
            one.child = &name;
            bool qualified = sql_tail_count(to) == 2 &&
                             !name_is(r->dialect, target->name, target->exact, sql_tail(to, 0));
            if (!qualified) check_columns(r, &target->columns, &one, table);
        }
        if (assign->child[ASSIGN_VALUE]->kind != NODE_DEFAULT)
            resolve_expr(r, s, assign->child[ASSIGN_VALUE]);
    }
}

static void fail_insert_width(Resolver *r, const SqlNode *at, size_t into, size_t given)
{
    resolve_fail(r, at, "INSERT names %zu columns and gets %zu values: both need as many.", into,
                 given);
}

static void resolve_conflict(Resolver *r, Scope *s, const SqlNode *n, const SqlNode *table)
{
    if (!n) return;
    const Relation *target = &s->relations.at[0];
    SqlColumns columns = target->columns;
    if (!(n->flags & FLAG_WORDS)) { // the row that could not be inserted
        SqlNode *name = arena_new(r->arena, SqlNode);
        *name = *sql_last(table);
        name->text = S("excluded");
        name->flags = 0;
        for (uint32_t i = 0; i < sql_tail_count(n->child[CONFLICT_TARGET]); i++)
            resolve_expr(r, s, sql_tail(n->child[CONFLICT_TARGET], i));
        Relation *excluded = add_relation(r, s, n, name, columns);
        excluded->qualified = r->dialect != DIALECT_POSTGRES;
    }
    if (n->text.len) { // MySQL: VALUES … AS name
        SqlNode *name = arena_new(r->arena, SqlNode);
        *name = *sql_last(table);
        name->text = n->text;
        add_relation(r, s, n, name, columns)->qualified = true;
    }
    resolve_set(r, s, n->child[CONFLICT_SET], table);
    resolve_expr(r, s, n->child[CONFLICT_TARGET_WHERE]);
    resolve_expr(r, s, n->child[CONFLICT_WHERE]);
}

// BY NAME: each column of the query is one of the table's.
static void check_named(Resolver *r, const SqlColumns *target, SqlColumns given,
                        const SqlNode *query, const SqlNode *table)
{
    for (size_t i = 0; !target->open && !given.open && i < given.len && !r->failed; i++) {
        bool found = false;
        for (size_t k = 0; k < target->len && !found; k++)
            found = str_eq_nocase(target->at[k].name, given.at[i].name);
        if (!found)
            resolve_fail(r, query, "INSERT BY NAME: " STR_FMT " has no column " STR_FMT ".",
                         STR_ARG(sql_last(table)->text), STR_ARG(given.at[i].name));
    }
}

static void resolve_insert(Resolver *r, const SqlNode *n)
{
    const SqlNode *table = n->child[INSERT_TABLE], *names = n->child[INSERT_COLUMNS];
    const SqlNode *query = n->child[INSERT_QUERY];
    Scope s = {.query = n};
    resolve_from_one(r, &s, table);
    if (r->failed) return;
    SqlColumns target = s.relations.at[0].columns;
    check_columns(r, &target, names, table);
    check_columns(r, &target, n->child[INSERT_PARTITION], table);
    SqlColumns given = query ? resolve_query(r, NULL, query, NULL) : (SqlColumns){.open = true};
    if (names && !given.open && given.len != sql_tail_count(names))
        fail_insert_width(r, query, sql_tail_count(names), given.len);
    if (n->flags & FLAG_BY_NAME) check_named(r, &target, given, query, table);
    Scope replaced = s;
    replaced.clause = CLAUSE_WHERE;
    resolve_expr(r, &replaced, n->child[INSERT_REPLACED]);
    // Columns of MySQL's ON DUPLICATE KEY may be those of the query, too.
    if (n->child[INSERT_CONFLICT] && n->child[INSERT_CONFLICT]->flags & FLAG_WORDS)
        add_relation(r, &s, n, NULL, (SqlColumns){.open = true});
    resolve_conflict(r, &s, n->child[INSERT_CONFLICT], table);
    s.relations.len = 1;
    if (n->child[INSERT_RETURNING]) resolve_items(r, &s, n->child[INSERT_RETURNING]);
}

static void resolve_keys(Resolver *r, Scope *s, const SqlNode *order)
{
    for (uint32_t i = 0; i < sql_tail_count(order) && !r->failed; i++)
        resolve_expr(r, s, sql_tail(order, i)->child[ONLY]);
}

static void resolve_update(Resolver *r, const SqlNode *n)
{
    Scope s = {.query = n};
    resolve_from_one(r, &s, n->child[UPDATE_TABLE]);
    const SqlNode *table = n->child[UPDATE_TABLE];
    resolve_from(r, &s, n->child[UPDATE_FROM]);
    if (r->failed) return;
    s.clause = CLAUSE_WHERE;
    if (table->kind == NODE_TABLE) {
        resolve_set(r, &s, n->child[UPDATE_SET], table);
    } else { // MySQL: UPDATE a JOIN b …
        const SqlNode *set = n->child[UPDATE_SET];
        for (uint32_t i = 0; i < sql_tail_count(set); i++)
            resolve_expr(r, &s, sql_tail(set, i)->child[ASSIGN_VALUE]);
    }
    resolve_expr(r, &s, n->child[UPDATE_WHERE]);
    resolve_keys(r, &s, n->child[UPDATE_ORDER]);
    resolve_expr(r, &s, n->child[UPDATE_LIMIT]);
    if (n->child[UPDATE_RETURNING]) resolve_items(r, &s, n->child[UPDATE_RETURNING]);
}

static void resolve_delete(Resolver *r, const SqlNode *n)
{
    Scope s = {.query = n};
    // MySQL names the table among those of USING again.
    bool again = r->dialect == DIALECT_MYSQL && n->child[DELETE_USING];
    if (!again) resolve_from_one(r, &s, n->child[DELETE_TABLE]);
    resolve_from(r, &s, n->child[DELETE_USING]);
    s.clause = CLAUSE_WHERE;
    resolve_expr(r, &s, n->child[DELETE_WHERE]);
    resolve_keys(r, &s, n->child[DELETE_ORDER]);
    resolve_expr(r, &s, n->child[DELETE_LIMIT]);
    if (n->child[DELETE_RETURNING] && !r->failed) resolve_items(r, &s, n->child[DELETE_RETURNING]);
}

// A row that is not matched has no target to read, one that the source lacks has no source.
static void resolve_when(Resolver *r, Scope *s, const SqlNode *n, const SqlNode *table)
{
    Scope part = *s;
    if (n->op == OP_NOT_MATCHED) part.floor = 1;
    if (n->op == OP_NOT_MATCHED_BY_SOURCE) part.relations.len = 1;
    resolve_expr(r, &part, n->child[MERGE_GUARD]);
    if (n->child[MERGE_SET]) resolve_set(r, &part, n->child[MERGE_SET], table);
    const SqlColumns *target = &s->relations.at[0].columns;
    const SqlNode *names = n->child[MERGE_COLUMNS], *values = n->child[MERGE_VALUES];
    check_columns(r, target, names, table);
    for (uint32_t i = 0; i < sql_tail_count(values); i++)
        resolve_expr(r, &part, sql_tail(values, i));
    if (names && values && sql_tail_count(names) != sql_tail_count(values))
        fail_insert_width(r, values, sql_tail_count(names), sql_tail_count(values));
}

static void resolve_merge(Resolver *r, const SqlNode *n)
{
    Scope s = {.query = n};
    resolve_from_one(r, &s, n->child[MERGE_TABLE]);
    resolve_from_one(r, &s, n->child[MERGE_SOURCE]);
    if (r->failed) return;
    s.clause = CLAUSE_WHERE;
    resolve_expr(r, &s, n->child[MERGE_ON]);
    for (uint32_t i = 0; i < sql_tail_count(n) && !r->failed; i++)
        resolve_when(r, &s, sql_tail(n, i), n->child[MERGE_TABLE]);
}

static const SqlNode *with_of(const SqlNode *n)
{
    switch (n->kind) {
    case NODE_INSERT:
        return n->child[INSERT_WITH];
    case NODE_UPDATE:
        return n->child[UPDATE_WITH];
    case NODE_DELETE:
        return n->child[DELETE_WITH];
    case NODE_MERGE:
        return n->child[MERGE_WITH];
    default:
        return NULL;
    }
}

void resolve_statement(Resolver *r, const SqlNode *n)
{
    const Known *before = r->known;
    resolve_with(r, NULL, with_of(n));
    switch (n->kind) {
    case NODE_QUERY:
        resolve_query(r, NULL, n, NULL);
        break;
    case NODE_INSERT:
        resolve_insert(r, n);
        break;
    case NODE_UPDATE:
        resolve_update(r, n);
        break;
    case NODE_DELETE:
        resolve_delete(r, n);
        break;
    case NODE_MERGE:
        resolve_merge(r, n);
        break;
    case NODE_CREATE_TABLE:
        resolve_create(r, n);
        return; // known from here on
    case NODE_CREATE_VIEW:
        resolve_view(r, n);
        return;
    default:
        break;
    }
    r->known = before;
}
