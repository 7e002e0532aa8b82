// lower_upsert: INSERT … ON CONFLICT, ON DUPLICATE KEY UPDATE and MERGE for dialects that have one
// of the others.
//
// All are read into one: rows with names, the key by which they meet those of a table, and what is
// set where they do. In its values the row that meets another is called excluded.
#include "sql/create.h"
#include "sql/home.h"
#include "sql/lower.h"
#include "sql/lower_write.h"

typedef struct {
    Translator *t;
    SqlNode *insert; // the statement; of a MERGE one that is made
    Names columns, keys;
    SqlNode *set, *guard; // NULL = nothing is set
} Upsert;

static bool has_name(const Names *names, Str name)
{
    for (size_t i = 0; i < names->len; i++) {
        if (str_eq_nocase(names->at[i], name)) return true;
    }
    return false;
}

// --- Reading ---

static bool key_of_table(const Translator *t, const SqlNode *table, Names *keys)
{
    const StrList *key = t->meaning && t->meaning->keys ? t->meaning->keys[table->id] : NULL;
    for (size_t i = 0; key && i < key->len; i++) *vec_push(t->arena, keys) = key->at[i];
    return keys->len > 0;
}

static bool read_keys(Upsert *u, const SqlNode *conflict)
{
    const SqlNode *target = conflict ? conflict->child[CONFLICT_TARGET] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(target); i++) {
        const SqlNode *one = sql_tail(target, i);
        if (one->kind != NODE_NAME && one->kind != NODE_COLUMN) return false;
        *vec_push(u->t->arena, &u->keys) = one->kind == NODE_NAME ? one->text : sql_last(one)->text;
    }
    return u->keys.len || key_of_table(u->t, u->insert->child[INSERT_TABLE], &u->keys);
}

static bool read_columns(Upsert *u)
{
    const SqlNode *n = u->insert, *list = n->child[INSERT_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        *vec_push(u->t->arena, &u->columns) = sql_tail(list, i)->text;
    SqlColumns known = source_columns(u->t, n->child[INSERT_TABLE]->id);
    for (size_t i = 0; !list && !known.open && i < known.len; i++)
        *vec_push(u->t->arena, &u->columns) = known.at[i].name;
    for (size_t i = 0; i < u->keys.len; i++) {
        if (!has_name(&u->columns, u->keys.at[i])) return false;
    }
    return u->columns.len > 0;
}

static bool read_upsert(Translator *t, SqlNode *n, Upsert *u)
{
    SqlNode *conflict = n->child[INSERT_CONFLICT];
    *u = (Upsert){.t = t, .insert = n};
    if (!read_keys(u, conflict) || !read_columns(u)) {
        translate_unsupported(t, n,
                              "By which key rows meet is not known here: name its columns, and "
                              "those that are inserted.");
        return false;
    }
    if (!conflict || conflict->flags & FLAG_NOTHING) return true;
    SqlNode *set = conflict->child[CONFLICT_SET];
    if (conflict->flags & FLAG_WORDS) write_set_in_order(t, set, n->child[INSERT_TABLE]->id);
    as_excluded(t, conflict, conflict->text);
    write_bare_targets(t, set);
    u->set = set;
    u->guard = conflict->child[CONFLICT_WHERE];
    return !t->failed;
}

// --- … of a MERGE ---

// target.a = source.x: which column, and what it is compared with.
static bool key_pair(const Upsert *u, SqlNode *on, Str target, Str *key, SqlNode **value)
{
    for (int i = 0; on->kind == NODE_BINARY && on->op == OP_EQ && i < 2; i++) {
        const SqlNode *a = on->child[i ? RIGHT_SIDE : LEFT_SIDE];
        bool named = a->kind == NODE_COLUMN && a->count == 2;
        if (!named || !str_eq_nocase(a->child[0]->text, target)) continue;
        *key = sql_last(a)->text;
        *value = on->child[i ? LEFT_SIDE : RIGHT_SIDE];
        (void)u;
        return true;
    }
    return false;
}

static bool read_on(Upsert *u, SqlNode *on, Str target)
{
    if (on->kind == NODE_AND) {
        for (uint32_t i = 0; i < on->count; i++) {
            if (!read_on(u, on->child[i], target)) return false;
        }
        return true;
    }
    Str key = {0};
    SqlNode *value = NULL;
    if (!key_pair(u, on, target, &key, &value)) return false;
    *vec_push(u->t->arena, &u->keys) = key;
    return true;
}

// What stands in the way of one INSERT; NULL = nothing.
static const char *merge_needs(const SqlNode *n, const SqlNode **matched, const SqlNode **fresh)
{
    *matched = *fresh = NULL;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i), **one = when->op == OP_MATCHED ? matched : fresh;
        if (when->flags & FLAG_DELETE) return "a MERGE that deletes";
        if (when->op == OP_NOT_MATCHED_BY_SOURCE) return "NOT MATCHED BY SOURCE";
        if (when->flags & FLAG_BY_NAME) return "a MERGE of all columns by name";
        if (*one) return "a MERGE with several branches of one kind";
        *one = when;
    }
    if (!*fresh) return "a MERGE that only changes rows: write UPDATE";
    return (*fresh)->child[MERGE_GUARD] ? "a condition on WHEN NOT MATCHED" : NULL;
}

// The columns of the target by the table's own name: an INSERT has no alias for it.
static SqlNode *by_table(Translator *t, SqlNode *n, Str alias, Str table)
{
    if (!n) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = by_table(t, n->child[i], alias, table);
    if (n->kind == NODE_COLUMN && n->count == 2 && str_eq_nocase(n->child[0]->text, alias))
        n->child[0] = make_word(t, n, table);
    return n;
}

static bool key_is_the_tables(const Upsert *u, const SqlNode *table)
{
    Names own = {0};
    if (!key_of_table(u->t, table, &own) || own.len != u->keys.len) return false;
    for (size_t i = 0; i < own.len; i++) {
        if (!has_name(&u->keys, own.at[i])) return false;
    }
    return true;
}

static SqlNode *insert_of_merge(Translator *t, SqlNode *n, const SqlNode *fresh)
{
    SqlNode *made = make_node(t, NODE_INSERT, n, 0), *table = n->child[MERGE_TABLE];
    SqlNode *items = make_node(t, NODE_LIST, n, 0), *values = fresh->child[MERGE_VALUES];
    for (uint32_t i = 0; i < sql_tail_count(values); i++)
        node_add_tail(t, items, make_item(t, sql_tail(values, i), (Str){0}));
    made->child[INSERT_TABLE] = table;
    made->child[INSERT_COLUMNS] = fresh->child[MERGE_COLUMNS];
    made->child[INSERT_QUERY] = write_query(t, n, items, n->child[MERGE_SOURCE]);
    made->child[INSERT_QUERY]->child[QUERY_WITH] = n->child[MERGE_WITH];
    return made;
}

// INSERT … SELECT … ON DUPLICATE KEY UPDATE reads the source's columns in what it sets.
static SqlNode *merge_as_insert(Translator *t, SqlNode *n)
{
    const SqlNode *matched, *fresh;
    SqlNode *table = n->child[MERGE_TABLE];
    Str alias = write_alias(table), name = sql_last(table)->text;
    const char *needs = merge_needs(n, &matched, &fresh);
    Upsert u = {.t = t};
    if (!needs && (!read_on(&u, n->child[MERGE_ON], alias) || !key_is_the_tables(&u, table)))
        needs = "a MERGE on anything but the key of its table";
    if (needs) return translate_unsupported(t, n, "MySQL has no words for %s.", needs);
    SqlNode *made = insert_of_merge(t, n, fresh);
    u.insert = made;
    table->child[TABLE_ALIAS] = NULL;
    SqlNode *conflict = make_node(t, NODE_CONFLICT, n, 0);
    conflict->flags = matched ? 0 : FLAG_NOTHING;
    conflict->child[CONFLICT_SET] =
        matched ? by_table(t, matched->child[MERGE_SET], alias, name) : 0;
    conflict->child[CONFLICT_WHERE] =
        matched ? by_table(t, matched->child[MERGE_GUARD], alias, name) : NULL;
    write_bare_targets(t, conflict->child[CONFLICT_SET]);
    made->child[INSERT_CONFLICT] = conflict;
    return made;
}

// --- Writing ---

static SqlNode *renamed_row(Translator *t, SqlNode *n, Str name)
{
    if (!n) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = renamed_row(t, n->child[i], name);
    bool row =
        n->kind == NODE_COLUMN && n->count == 2 && str_eq_nocase(n->child[0]->text, S("excluded"));
    if (row && name.len) n->child[0] = make_word(t, n, name);
    if (!row || name.len) return n;
    return make_call1(t, n, "inserted", make_column(t, n, (Str){0}, sql_last(n)->text));
}

static SqlNode *when_of(Translator *t, const SqlNode *n, SqlOp op)
{
    SqlNode *when = make_node(t, NODE_MERGE_WHEN, n, 0);
    when->op = (uint8_t)op;
    return when;
}

// A text that goes into a column of dates is one by its column only where it is inserted.
static SqlNode *typed_value(const Upsert *u, SqlNode *value, Str column)
{
    SqlColumns known = source_columns(u->t, u->insert->child[INSERT_TABLE]->id);
    for (size_t i = 0; i < known.len && value->kind == NODE_STRING; i++) {
        LogicalType type = known.at[i].type;
        if (!str_eq_nocase(known.at[i].name, column)) continue;
        if (type != TYPE_DATE && type != TYPE_TIMESTAMP) return value;
        SqlNode *typed = make_node(u->t, NODE_TYPED, value, 0);
        typed->text = type == TYPE_DATE ? S("DATE") : S("TIMESTAMP");
        typed->child[ONLY] = value;
        typed->type = (uint8_t)type;
        return typed;
    }
    return value;
}

static void type_row(const Upsert *u, SqlNode *row)
{
    for (uint32_t i = 0; i < sql_tail_count(row) && i < u->columns.len; i++) {
        SqlNode **one = &row->child[sql_roles(row->kind) + i];
        SqlNode **value = (*one)->kind == NODE_ITEM ? &(*one)->child[ITEM_VALUE] : one;
        *value = typed_value(u, *value, u->columns.at[i]);
    }
}

// One row of VALUES as a SELECT, others as they are; how many there may be.
static bool is_single(const Upsert *u, SqlNode *query)
{
    SqlNode *body = query->child[QUERY_BODY];
    if (body->kind == NODE_SELECT) {
        type_row(u, body->child[SELECT_ITEMS]);
        return !body->child[SELECT_FROM];
    }
    if (body->kind != NODE_VALUES) return false;
    for (uint32_t i = 0; i < body->count; i++) type_row(u, body->child[i]);
    if (body->count != 1) return false;
    SqlNode *items = make_node(u->t, NODE_LIST, body, 0), *row = body->child[0];
    for (uint32_t i = 0; i < sql_tail_count(row); i++)
        node_add_tail(u->t, items, make_item(u->t, sql_tail(row, i), (Str){0}));
    query->child[QUERY_BODY] = make_select(u->t, body, items);
    return true;
}

// Rows of VALUES under the names of their columns.
static SqlNode *named_rows(const Upsert *u, SqlNode *query)
{
    Translator *t = u->t;
    const SqlNode *n = u->insert;
    if (query->child[QUERY_BODY]->kind != NODE_VALUES) return query;
    Str row = make_name(t, "rows");
    SqlNode *items = make_node(t, NODE_LIST, n, 0), *names = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < u->columns.len; i++) {
        node_add_tail(t, items, make_item(t, make_column(t, n, row, u->columns.at[i]), (Str){0}));
        node_add_tail(t, names, make_word(t, n, u->columns.at[i]));
    }
    SqlNode *from = make_derived(t, query, row);
    from->child[DERIVED_ALIAS]->child[ALIAS_COLUMNS] = names;
    return write_query(t, n, items, from);
}

// Where nothing is set, the first row of a key comes in and the others do not.
static SqlNode *first_of_keys(const Upsert *u, SqlNode *query)
{
    Translator *t = u->t;
    const SqlNode *n = u->insert;
    Str row = make_name(t, "q");
    SqlNode *items = make_node(t, NODE_LIST, n, 0), *keys = make_node(t, NODE_LIST, n, 0);
    SqlNode *order = make_node(t, NODE_ORDER_BY, n, 0), *window = make_node(t, NODE_WINDOW, n, 0);
    for (size_t i = 0; i < u->columns.len; i++)
        node_add_tail(t, items, make_item(t, make_column(t, n, row, u->columns.at[i]), (Str){0}));
    for (size_t i = 0; i < u->keys.len; i++) {
        SqlNode *by = make_node(t, NODE_ORDER_ITEM, n, 0);
        by->child[ONLY] = make_column(t, n, row, u->keys.at[i]);
        node_add_tail(t, keys, make_column(t, n, row, u->keys.at[i]));
        node_add_tail(t, order, by);
    }
    window->child[WINDOW_PARTITION] = keys;
    window->child[WINDOW_ORDER] = order;
    SqlNode *number = make_call(t, n, "row_number", NULL, 0);
    number->child[CALL_OVER] = window;
    SqlNode *from = derived_named(t, make_node(t, NODE_LIST, n, 0), query, row, &u->columns);
    SqlNode *first = write_query(t, n, items, from), *select = first->child[QUERY_BODY];
    select->child[SELECT_QUALIFY] = make_binary(t, OP_EQ, number, make_number(t, n, 1));
    return first;
}

static SqlNode *as_merge(Upsert *u)
{
    Translator *t = u->t;
    SqlNode *n = u->insert, *table = n->child[INSERT_TABLE], *query = n->child[INSERT_QUERY];
    bool single = is_single(u, query);
    query = named_rows(u, query);
    if (!single && u->set && t->from == DIALECT_MYSQL)
        left_out(t, n,
                 "%s stops where two rows of the source have one key; MySQL takes one after the "
                 "other.",
                 home_title(t->to));
    if (!single && !u->set) query = first_of_keys(u, query);
    SqlNode *made = make_node(t, NODE_MERGE, n, 0), *on = NULL;
    Str row = make_name(t, "fresh"), old = write_alias(table);
    if (n->child[INSERT_WITH] && !query->child[QUERY_WITH])
        query->child[QUERY_WITH] = n->child[INSERT_WITH];
    made->child[MERGE_TABLE] = table;
    made->child[MERGE_SOURCE] =
        derived_named(t, make_node(t, NODE_LIST, n, 0), query, row, &u->columns);
    for (size_t i = 0; i < u->keys.len; i++) {
        SqlNode *same = make_binary(t, OP_EQ, make_column(t, n, old, u->keys.at[i]),
                                    make_column(t, n, row, u->keys.at[i]));
        on = make_and(t, on, same);
    }
    made->child[MERGE_ON] = on;
    if (u->set) {
        SqlNode *when = when_of(t, n, OP_MATCHED);
        when->child[MERGE_SET] = renamed_row(t, value_qualified(t, u->set), row);
        write_bare_targets(t, when->child[MERGE_SET]);
        if (u->guard) when->child[MERGE_GUARD] = renamed_row(t, value_qualified(t, u->guard), row);
        node_add_tail(t, made, when);
    }
    SqlNode *when = when_of(t, n, OP_NOT_MATCHED), *names = make_node(t, NODE_LIST, n, 0);
    when->child[MERGE_VALUES] = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < u->columns.len; i++) {
        node_add_tail(t, names, make_word(t, n, u->columns.at[i]));
        node_add_tail(t, when->child[MERGE_VALUES], make_column(t, n, row, u->columns.at[i]));
    }
    when->child[MERGE_COLUMNS] = names;
    node_add_tail(t, made, when);
    return made;
}

// Postgres, DuckDB
static SqlNode *as_conflict(Upsert *u)
{
    Translator *t = u->t;
    SqlNode *n = u->insert, *made = make_node(t, NODE_CONFLICT, n, 0);
    made->child[CONFLICT_TARGET] = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < u->keys.len; i++)
        node_add_tail(t, made->child[CONFLICT_TARGET], make_word(t, n, u->keys.at[i]));
    made->flags = u->set ? 0 : FLAG_NOTHING;
    if (u->set) made->child[CONFLICT_SET] = value_qualified(t, u->set);
    write_bare_targets(t, made->child[CONFLICT_SET]);
    made->child[CONFLICT_WHERE] = u->guard;
    n->child[INSERT_CONFLICT] = made;
    n->flags &= ~(uint32_t)FLAG_NOTHING;
    return n;
}

static bool reads(const SqlNode *n, const Names *columns, Str table)
{
    if (!n) return false;
    bool own = n->kind == NODE_COLUMN &&
               (n->count == 1 || str_eq_nocase(n->child[n->count - 2]->text, table));
    if (own && has_name(columns, sql_last(n)->text)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(n->child[i], columns, table)) return true;
    }
    return false;
}

// MySQL sets from left to right, and has no condition: each value is chosen.
static SqlNode *as_duplicate(Upsert *u)
{
    Translator *t = u->t;
    SqlNode *n = u->insert, *made = make_node(t, NODE_CONFLICT, n, 0);
    SqlNode *list = make_node(t, NODE_LIST, n, 0);
    Str table = sql_last(n->child[INSERT_TABLE])->text;
    Names done = {0};
    made->flags = FLAG_WORDS;
    made->child[CONFLICT_SET] = list;
    n->child[INSERT_CONFLICT] = made;
    if (!u->set) {
        Str key = u->keys.at[0];
        node_add_tail(t, list, write_assign(t, n, key, make_column(t, n, table, key)));
    }
    for (uint32_t i = 0; i < sql_tail_count(u->set); i++) {
        SqlNode *one = sql_tail(u->set, i), *value = one->child[ASSIGN_VALUE];
        Str column = sql_last(one->child[ASSIGN_TARGET])->text;
        if (reads(value, &done, table) || reads(u->guard, &done, table)) {
            return translate_unsupported(t, one,
                                         "MySQL sets from left to right: what is set before would "
                                         "be read here.");
        }
        if (u->guard)
            value = make_case(t, node_clone(t, u->guard), value, make_column(t, n, table, column));
        node_add_tail(t, list, write_assign(t, one, column, renamed_row(t, value, (Str){0})));
        *vec_push(t->arena, &done) = column;
    }
    return n;
}

static bool is_upsert(const Translator *t, const SqlNode *n)
{
    bool ignores = t->from == DIALECT_MYSQL || t->from == DIALECT_SQLITE;
    return n->kind == NODE_INSERT &&
           (n->child[INSERT_CONFLICT] || (ignores && n->flags & FLAG_NOTHING));
}

// Where REPLACE takes the old row away, columns that it does not name are emptied; DuckDB's sets
// what is named and leaves the others as they were.
static bool has_that_replace(Dialect from, Dialect to)
{
    bool takes_away = to == DIALECT_SQLITE || to == DIALECT_MYSQL;
    return from == DIALECT_DUCKDB ? to == DIALECT_DUCKDB : takes_away;
}

// As ON CONFLICT, which sets all that is not of the key.
static void replace_as_conflict(Translator *t, SqlNode *n)
{
    Upsert u;
    if (!read_upsert(t, n, &u)) return;
    SqlColumns known = source_columns(t, n->child[INSERT_TABLE]->id);
    bool all = known.len && !known.open && u.columns.len == known.len;
    if (!all && t->from != DIALECT_DUCKDB) {
        translate_unsupported(t, n,
                              "REPLACE empties the columns that it does not name, and %s has no "
                              "word for that: name all columns of the table.",
                              home_title(t->to));
        return;
    }
    SqlNode *made = make_node(t, NODE_CONFLICT, n, 0), *set = make_node(t, NODE_LIST, n, 0);
    made->child[CONFLICT_TARGET] = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < u.keys.len; i++)
        node_add_tail(t, made->child[CONFLICT_TARGET], make_word(t, n, u.keys.at[i]));
    for (size_t i = 0; i < u.columns.len; i++) {
        Str name = u.columns.at[i];
        if (!has_name(&u.keys, name))
            node_add_tail(t, set, write_assign(t, n, name, make_column(t, n, S("excluded"), name)));
    }
    if (sql_tail_count(set)) {
        made->child[CONFLICT_SET] = set;
    } else {
        made->flags |= FLAG_NOTHING;
    }
    n->child[INSERT_CONFLICT] = made;
    n->flags &= ~(uint32_t)FLAG_REPLACE;
}

static SqlNode *upsert_there(Translator *t, SqlNode *n)
{
    Upsert u;
    bool merge = n->kind == NODE_MERGE;
    if (n->kind == NODE_INSERT && n->flags & FLAG_REPLACE && !has_that_replace(t->from, t->to))
        replace_as_conflict(t, n);
    if (t->failed) return n;
    if (merge && t->to == DIALECT_MYSQL) {
        n = merge_as_insert(t, n);
        if (t->failed) return n;
    }
    if (!is_upsert(t, n) && n->kind != NODE_INSERT) return n;
    if (!n->child[INSERT_CONFLICT] && !is_upsert(t, n)) return n;
    bool merges = sql_feature_in(FEATURE_MERGE, t->to);
    bool conflicts = sql_feature_in(FEATURE_ON_CONFLICT, t->to);
    bool words = n->child[INSERT_CONFLICT] && n->child[INSERT_CONFLICT]->flags & FLAG_WORDS;
    bool own = !merge && conflicts && n->child[INSERT_CONFLICT] && !words;
    if (own || !read_upsert(t, n, &u)) return n;
    if (conflicts) return as_conflict(&u);
    if (t->to == DIALECT_MYSQL) return as_duplicate(&u);
    if (merges) return as_merge(&u);
    return translate_unsupported(t, n, "%s has neither MERGE nor ON CONFLICT.", home_title(t->to));
}

void upserts_there(Translator *t, SqlNode *script)
{
    for (uint32_t i = 0; i < script->count && !t->failed; i++)
        script->child[i] = upsert_there(t, script->child[i]);
}
