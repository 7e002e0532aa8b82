// lower_meet: ON CONFLICT, ON DUPLICATE KEY and OR REPLACE, and two rows of one statement that
// meet the same row: SQLite lets the last of them win, Postgres stops, DuckDB keeps the first.
#include "sql/lower_write.h"

// ---- MySQL: a column of the query's tables, where the query puts it out

static const SqlNode *items_of(const SqlNode *query)
{
    const SqlNode *body = query ? query->child[QUERY_BODY] : NULL;
    return body && body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
}

static bool names_target(const SqlNode *insert, const SqlNode *column)
{
    Str table = column->child[column->count - 2]->text;
    return str_eq_nocase(table, sql_last(insert->child[INSERT_TABLE])->text) ||
           str_eq_nocase(table, S("excluded"));
}

static Str name_at(const Translator *t, const SqlNode *insert, uint32_t at)
{
    const SqlNode *names = insert->child[INSERT_COLUMNS];
    if (names) return at < sql_tail_count(names) ? sql_tail(names, at)->text : (Str){0};
    SqlColumns known = source_columns(t, insert->child[INSERT_TABLE]->id);
    return at < known.len ? known.at[at].name : (Str){0};
}

// SELECT * FROM one: its columns in their order.
static Str name_of_star(const Translator *t, const SqlNode *insert, const SqlNode *column)
{
    const SqlNode *body = insert->child[INSERT_QUERY]->child[QUERY_BODY];
    const SqlNode *from = body->child[SELECT_FROM];
    if (!from || from->count != 1 || from->child[0]->kind == NODE_JOIN) return (Str){0};
    SqlColumns all = source_columns(t, from->child[0]->id);
    for (size_t i = 0; i < all.len; i++) {
        if (str_eq_nocase(all.at[i].name, sql_last(column)->text))
            return name_at(t, insert, (uint32_t)i);
    }
    return (Str){0};
}

static Str name_of_item(const Translator *t, const SqlNode *insert, const SqlNode *column)
{
    const SqlNode *items = items_of(insert->child[INSERT_QUERY]);
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (value->kind == NODE_STAR && sql_tail_count(items) == 1)
            return name_of_star(t, insert, column);
        if (sql_same(value, column)) return name_at(t, insert, i);
    }
    return (Str){0};
}

static SqlNode *put_out(Translator *t, const SqlNode *insert, SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = put_out(t, insert, n->child[i]);
    if (n->kind != NODE_COLUMN || n->count != 2 || names_target(insert, n)) return n;
    Str name = name_of_item(t, insert, n);
    if (name.len) return make_column(t, n, S("excluded"), name);
    return translate_unsupported(t, n,
                                 "In ON DUPLICATE KEY UPDATE a column of the query is only "
                                 "supported where the query puts it out; write VALUES(column).");
}

// ---- the rows as they come, in a table of their own

typedef struct {
    Translator *t;
    SqlNode *n;
    Names given; // columns that are filled
    Names key;
    Str rows, target;
    Nodes *out;
} Upsert;

static void read_given(Upsert *u)
{
    const SqlNode *names = u->n->child[INSERT_COLUMNS];
    SqlColumns known = source_columns(u->t, u->n->child[INSERT_TABLE]->id);
    for (uint32_t i = 0; i < sql_tail_count(names); i++)
        *vec_push(u->t->arena, &u->given) = sql_tail(names, i)->text;
    for (size_t i = 0; !names && i < known.len; i++)
        *vec_push(u->t->arena, &u->given) = known.at[i].name;
}

static bool is_given(const Upsert *u, Str name)
{
    for (size_t i = 0; i < u->given.len; i++) {
        if (str_eq_nocase(u->given.at[i], name)) return true;
    }
    return false;
}

// The columns by which rows meet: those that ON CONFLICT names, else the primary key.
static bool read_key(Upsert *u)
{
    const SqlNode *conflict = u->n->child[INSERT_CONFLICT];
    const SqlNode *list = conflict ? conflict->child[CONFLICT_TARGET] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *one = sql_tail(list, i);
        if (one->kind != NODE_COLUMN) return false;
        *vec_push(u->t->arena, &u->key) = sql_last(one)->text;
    }
    uint32_t id = u->n->child[INSERT_TABLE]->id;
    bool known = u->t->meaning && id < u->t->script->nodes;
    const StrList *primary = known ? u->t->meaning->keys[id] : NULL;
    for (size_t i = 0; !list && primary && i < primary->len; i++)
        *vec_push(u->t->arena, &u->key) = primary->at[i];
    for (size_t i = 0; i < u->key.len; i++) {
        if (!is_given(u, u->key.at[i])) return false; // NULL meets nothing
    }
    return u->key.len > 0;
}

static bool may_repeat(const SqlNode *n)
{
    const SqlNode *query = n->child[INSERT_QUERY];
    const SqlNode *body = query ? query->child[QUERY_BODY] : NULL;
    return body && (body->kind != NODE_VALUES || body->count > 1);
}

static void keep_rows(Upsert *u)
{
    Translator *t = u->t;
    SqlNode *items = make_node(t, NODE_LIST, u->n, 0), *place = make_node(t, NODE_LIST, u->n, 0);
    Str alias = make_name(t, "q");
    for (size_t i = 0; i < u->given.len; i++)
        node_add_tail(t, items,
                      make_item(t, make_column(t, u->n, alias, u->given.at[i]), (Str){0}));
    SqlNode *from = derived_named(t, place, u->n->child[INSERT_QUERY], alias, &u->given);
    SqlNode *query = write_query(t, u->n, items, from);
    query->child[QUERY_WITH] = u->n->child[INSERT_WITH];
    u->n->child[INSERT_WITH] = NULL;
    u->rows = make_name(t, "rows");
    *vec_push(t->arena, u->out) = write_temp(t, u->n, u->rows, query);
    u->n->child[INSERT_QUERY] = write_query(t, u->n, NULL, write_table(t, u->n, u->rows, (Str){0}));
}

static SqlNode *same_key(const Upsert *u, Str x, Str y)
{
    SqlNode *same = NULL;
    for (size_t i = 0; i < u->key.len; i++)
        same = make_and(u->t, same,
                        make_binary(u->t, OP_EQ, make_column(u->t, u->n, x, u->key.at[i]),
                                    make_column(u->t, u->n, y, u->key.at[i])));
    return same;
}

// DuckDB: of rows that meet one another the first is taken.
static void take_first(Upsert *u)
{
    Translator *t = u->t;
    Str before = make_name(t, "before");
    SqlNode *earlier = make_binary(t, OP_LT, make_column(t, u->n, before, S("_rowid_")),
                                   make_column(t, u->n, u->rows, S("_rowid_")));
    SqlNode *rows = write_table(t, u->n, u->rows, before);
    u->n->child[INSERT_QUERY]->child[QUERY_BODY]->child[SELECT_WHERE] =
        write_not_exists(t, u->n, rows, make_and(t, same_key(u, before, u->rows), earlier));
}

// Columns that stand alone are the target's.
static SqlNode *qualified(const Upsert *u, SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = qualified(u, n->child[i]);
    bool bare = n->kind == NODE_COLUMN && n->count == 1;
    return bare ? make_column(u->t, n, u->target, sql_last(n)->text) : n;
}

// Postgres: the second row that meets a row which the first has inserted or changed. One that DO
// UPDATE's WHERE has left alone may be met again.
static void stop_second(Upsert *u)
{
    Translator *t = u->t;
    SqlNode *n = u->n, *where = n->child[INSERT_CONFLICT]->child[CONFLICT_WHERE];
    Str says = S("ON CONFLICT DO UPDATE would change one row twice: keep one row a key (Postgres: "
                 "ON CONFLICT DO UPDATE command cannot affect row a second time).");
    Str fresh = S("excluded");
    SqlNode *items = make_node(t, NODE_LIST, n, 1);
    items->child[0] =
        make_item(t, make_call1(t, n, "rows_stop", make_string(t, n, says)), (Str){0});
    SqlNode *join = make_node(t, NODE_JOIN, n, 0);
    join->op = OP_LEFT;
    join->child[JOIN_LEFT] = write_table(t, n, u->rows, fresh);
    join->child[JOIN_RIGHT] = write_table(t, n, sql_last(n->child[INSERT_TABLE])->text, u->target);
    join->child[JOIN_ON] = same_key(u, fresh, u->target);
    SqlNode *query = write_query(t, n, items, join), *select = query->child[QUERY_BODY];
    SqlNode *group = make_node(t, NODE_GROUP_BY, n, (uint32_t)u->key.len), *there = NULL;
    for (size_t i = 0; i < u->key.len; i++) {
        group->child[i] = make_column(t, n, fresh, u->key.at[i]);
        there = make_and(t, there, make_is_null(t, node_clone(t, group->child[i]), true));
    }
    select->child[SELECT_WHERE] = there;
    select->child[SELECT_GROUP] = group;
    SqlNode *several = make_binary(
        t, OP_GT, make_call1(t, n, "count", make_node(t, NODE_STAR, n, 0)), make_number(t, n, 1));
    SqlNode *row = make_column(t, n, u->target, S("_rowid_"));
    SqlNode *touched =
        make_is_null(t, make_call1(t, n, "max", row), false); // the first is inserted
    if (where) {
        // The first that changes it, and one behind it.
        SqlNode *taken = make_case(t, qualified(u, node_clone(t, where)),
                                   make_column(t, n, fresh, S("_rowid_")), NULL);
        SqlNode *last = make_call1(t, n, "max", make_column(t, n, fresh, S("_rowid_")));
        SqlNode *changes = make_binary(t, OP_LT, make_call1(t, n, "min", taken), last);
        SqlNode *either = make_node(t, NODE_OR, n, 2);
        either->child[0] = touched;
        either->child[1] = changes;
        either->parens = 1;
        several = make_and(t, several, either);
    }
    select->child[SELECT_HAVING] = several;
    *vec_push(t->arena, u->out) = query;
}

// Whether what was kept has to be dropped behind the INSERT; its name is in *rows.
static bool meet_once(Translator *t, SqlNode *n, Nodes *out, Str *rows)
{
    const SqlNode *conflict = n->child[INSERT_CONFLICT];
    bool sets = conflict && conflict->child[CONFLICT_SET];
    bool stops = t->from == DIALECT_POSTGRES && sets;
    bool first = t->from == DIALECT_DUCKDB && sets;
    Upsert u = {.t = t, .n = n, .target = write_alias(n->child[INSERT_TABLE]), .out = out};
    if ((!stops && !first) || !may_repeat(n)) return false;
    read_given(&u);
    if (!read_key(&u)) return false;
    keep_rows(&u);
    if (stops) stop_second(&u);
    if (first) take_first(&u);
    *rows = u.rows;
    return true;
}

// DuckDB's OR REPLACE sets the columns that are given and leaves the others as they were.
static void replace_given(Translator *t, SqlNode *n)
{
    Upsert u = {.t = t, .n = n};
    read_given(&u);
    if (t->from != DIALECT_DUCKDB || !(n->flags & FLAG_REPLACE) || !read_key(&u)) return;
    SqlNode *made = make_node(t, NODE_CONFLICT, n, 0), *set = make_node(t, NODE_LIST, n, 0);
    made->child[CONFLICT_TARGET] = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < u.key.len; i++)
        node_add_tail(t, made->child[CONFLICT_TARGET], make_column(t, n, (Str){0}, u.key.at[i]));
    for (size_t i = 0; i < u.given.len; i++) {
        SqlNode *value = make_column(t, n, S("excluded"), u.given.at[i]);
        node_add_tail(t, set, write_assign(t, n, u.given.at[i], value));
    }
    made->child[CONFLICT_SET] = set;
    n->child[INSERT_CONFLICT] = made;
    n->flags &= ~(uint32_t)FLAG_REPLACE;
}

// ---- SQLite would read ON as the condition of a join

static void part_from_join(Translator *t, SqlNode *n)
{
    SqlNode *query = n->child[INSERT_QUERY], *body = query ? query->child[QUERY_BODY] : NULL;
    bool joins = body && body->kind == NODE_SELECT && body->child[SELECT_FROM] &&
                 !body->child[SELECT_WHERE] && !body->child[SELECT_GROUP] &&
                 !query->child[QUERY_ORDER] && !query->child[QUERY_LIMIT];
    if (joins) {
        SqlNode *yes = make_node(t, NODE_BOOLEAN, n, 0);
        yes->text = S("TRUE");
        body->child[SELECT_WHERE] = yes;
    } else if (body && body->kind == NODE_SETOP) {
        SqlNode *from = make_derived(t, query, make_name(t, "q"));
        n->child[INSERT_QUERY] = write_query(t, n, NULL, from);
        part_from_join(t, n);
    }
}

Str lower_meet(Translator *t, SqlNode *n, Nodes *out)
{
    replace_given(t, n);
    SqlNode *conflict = n->child[INSERT_CONFLICT];
    Str rows = {0};
    if (conflict && conflict->flags & FLAG_WORDS) {
        SqlNode *set = conflict->child[CONFLICT_SET];
        conflict->flags &= ~(uint32_t)FLAG_WORDS;
        write_set_in_order(t, set, n->child[INSERT_TABLE]->id);
        as_excluded(t, conflict, conflict->text);
        for (uint32_t i = 0; i < sql_tail_count(set); i++) {
            SqlNode **value = &sql_tail(set, i)->child[ASSIGN_VALUE];
            *value = put_out(t, n, *value);
        }
    }
    if (conflict) write_bare_targets(t, conflict->child[CONFLICT_SET]);
    if (t->failed || !meet_once(t, n, out, &rows)) rows = (Str){0};
    if (conflict) part_from_join(t, n);
    return rows;
}
