// resolve: queries from the inside out: CTEs, FROM, items, clauses; and their output columns.
#include "base/buf.h"
#include "sql/home.h"
#include "sql/scope.h"

typedef VEC(SqlColumn) Columns;

// FROM t, without SELECT, gives all of it.
static SqlColumns all_columns(Resolver *r, const Scope *s)
{
    SqlStar *star = arena_new(r->arena, SqlStar);
    *star = (SqlStar){s->star.at, s->star.len, s->star_open, false};
    r->meaning->stars[s->items->id] = star;
    SqlColumn *all = arena_array(r->arena, SqlColumn, s->star.len);
    for (size_t i = 0; i < s->star.len; i++) all[i] = s->star.at[i].column;
    return (SqlColumns){all, s->star.len, s->star_open};
}

// ---- clauses

static void resolve_group(Resolver *r, Scope *s, const SqlNode *n)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *e = sql_tail(n, i);
        bool list = e->kind == NODE_GROUPING || e->kind == NODE_ROW;
        s->root = e;
        if (list) {
            resolve_group(r, s, e);
        } else {
            resolve_expr(r, s, e);
        }
    }
}

// A name alone in ORDER BY or DISTINCT ON means the output column of that name, if there is one.
static bool is_output(Resolver *r, const Scope *s, const SqlNode *value)
{
    if (value->kind != NODE_COLUMN || sql_tail_count(value) != 1) return false;
    const SqlNode *name = sql_last(value);
    for (uint32_t i = 0; i < sql_tail_count(s->items); i++) {
        const SqlNode *item = sql_tail(s->items, i), *of = item->child[ITEM_VALUE];
        const SqlStar *star = of->kind == NODE_STAR ? r->meaning->stars[of->id] : NULL;
        for (size_t c = 0; star && c < star->len; c++) {
            const SqlStarColumn *column = &star->at[c];
            if (!name_is(r->dialect, column->column.name, column->column.exact, name)) continue;
            r->meaning->types[value->id] = type_of_column(&column->column, false);
            r->meaning->bindings[value->id] =
                (SqlBinding){.query = s->query, .source = column->source, .column = column->index};
            return true;
        }
        if (star) continue;
        SqlColumn out = item_output(r, item, i, i);
        if (!out.name.len || !name_is(r->dialect, out.name, out.exact, name)) continue;
        r->meaning->types[value->id] = r->meaning->types[of->id];
        r->meaning->bindings[value->id] = (SqlBinding){.query = s->query, .item = item};
        return true;
    }
    return false;
}

static void resolve_outputs(Resolver *r, Scope *s, const SqlNode *list)
{
    s->clause = CLAUSE_ORDER;
    for (uint32_t i = 0; i < sql_tail_count(list) && !r->failed; i++) {
        const SqlNode *e = sql_tail(list, i);
        const SqlNode *value = e->kind == NODE_ORDER_ITEM ? e->child[ONLY] : e;
        s->root = value;
        if (!is_output(r, s, value)) resolve_expr(r, s, value);
    }
}

// ROLLUP and its kin leave keys NULL that never are so in the table.
static SqlColumns grouped(Resolver *r, const SqlNode *group, SqlColumns out)
{
    bool sets = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group); i++)
        sets = sets || sql_tail(group, i)->kind == NODE_GROUPING;
    if (!sets) return out;
    SqlColumn *all = arena_array(r->arena, SqlColumn, out.len);
    for (size_t i = 0; i < out.len; i++) {
        all[i] = out.at[i];
        all[i].not_null = false;
    }
    return (SqlColumns){all, out.len, out.open};
}

static SqlColumns resolve_select(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s,
                                 const Scope *beside)
{
    static const struct {
        uint32_t role;
        Clause clause;
    } clauses[] = {{SELECT_WHERE, CLAUSE_WHERE},
                   {SELECT_HAVING, CLAUSE_HAVING},
                   {SELECT_WINDOWS, CLAUSE_WINDOW},
                   {SELECT_QUALIFY, CLAUSE_QUALIFY}};
    const SqlNode *items = n->child[SELECT_ITEMS];
    *s = (Scope){.parent = parent, .beside = beside, .query = n, .items = items};
    resolve_from(r, s, n->child[SELECT_FROM]);
    s->clause = CLAUSE_ITEM;
    SqlColumns out = sql_tail_count(items) ? resolve_items(r, s, items) : all_columns(r, s);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        s->clause = clauses[i].clause;
        resolve_expr(r, s, n->child[clauses[i].role]);
    }
    s->clause = CLAUSE_GROUP;
    if (!r->failed) resolve_group(r, s, n->child[SELECT_GROUP]);
    resolve_outputs(r, s, n->child[SELECT_ON]);
    if (!out.len && !out.open) out.open = true;
    return r->meaning->outputs[n->id] = grouped(r, n->child[SELECT_GROUP], out);
}

// ---- VALUES and set operations

Str values_name(Arena *a, Dialect d, uint32_t i)
{
    static const struct {
        const char *format;
        uint32_t first;
    } names[DIALECT_COUNT_] = {
        [DIALECT_SQLITE] = {"column%u", 1},   [DIALECT_SNOWFLAKE] = {"column%u", 1},
        [DIALECT_BIGQUERY] = {"column%u", 1}, [DIALECT_SPARK] = {"col%u", 1},
        [DIALECT_POSTGRES] = {"column%u", 1}, [DIALECT_TRINO] = {"_col%u", 0},
        [DIALECT_MYSQL] = {"column_%u", 0},   [DIALECT_DUCKDB] = {"col%u", 0},
        [DIALECT_FLINK] = {"EXPR$%u", 0},
    };
    Buf b = buf_new(a);
    const char *f = names[d].format;
    for (; *f && *f != '%'; f++) buf_char(&b, *f);
    buf_fmt(&b, "%u", i + names[d].first);
    return buf_str(&b);
}

static SqlColumns resolve_values(Resolver *r, const Scope *parent, const SqlNode *n)
{
    Scope s = {.parent = parent, .query = n};
    Columns out = {0};
    for (uint32_t row = 0; row < n->count && !r->failed; row++) {
        const SqlNode *cells = n->child[row];
        resolve_expr(r, &s, cells);
        for (uint32_t i = 0; i < cells->count; i++) {
            SqlType t = r->meaning->types[cells->child[i]->id];
            if (row == 0) {
                *vec_push(r->arena, &out) = column_typed(values_name(r->arena, r->dialect, i), t);
            } else if (i < out.len) {
                SqlType both = type_wider(type_of_column(&out.at[i], false), t);
                out.at[i] = column_typed(out.at[i].name, both);
            }
        }
    }
    return r->meaning->outputs[n->id] = (SqlColumns){out.at, out.len, false};
}

static SqlColumns resolve_body(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s,
                               const Scope *beside);

// Once an arm, so that a recursive CTE, whose first arm is read before the whole, stays linear.
static SqlColumns resolve_arm(Resolver *r, const Scope *parent, const SqlNode *n,
                              const Scope *beside)
{
    Scope unused = {0};
    SqlColumns known = r->meaning->outputs[n->id];
    return known.len || known.open ? known : resolve_body(r, parent, n, &unused, beside);
}

static void fail_width(Resolver *r, const SqlNode *n, size_t left, size_t right)
{
    if (r->failed) return;
    const char *word = sql_op_word((SqlOp)n->op);
    home_refuse(r->script, n->child[RIGHT_SIDE], HOME_SETOP_WIDTH, str_from(word), r->err,
                "%s joins %zu columns with %zu: both need as many.", word, left, right);
    r->failed = true;
}

// Numbers beside texts become texts, where that is not refused.
static SqlType type_of_both(const Resolver *r, SqlType a, SqlType b)
{
    bool turns =
        r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_DUCKDB || r->dialect == DIALECT_SPARK;
    bool text = a.type == TYPE_TEXT || b.type == TYPE_TEXT;
    LogicalType other = a.type == TYPE_TEXT ? b.type : a.type;
    bool number = other == TYPE_INTEGER || other == TYPE_REAL;
    if (turns && text && number) return type_plain(TYPE_TEXT, a.not_null && b.not_null);
    return type_wider(a, b);
}

static const SqlColumn *column_named(const Resolver *r, SqlColumns c, Str name)
{
    for (size_t i = 0; i < c.len; i++) {
        bool same = r->dialect == DIALECT_DUCKDB ? str_eq_nocase(c.at[i].name, name)
                                                 : str_eq(c.at[i].name, name);
        if (same) return &c.at[i];
    }
    return NULL;
}

// BY NAME: the columns of the left side, then those that only the right one has.
static SqlColumns columns_by_name(const Resolver *r, SqlColumns left, SqlColumns right)
{
    VEC(SqlColumn) all = {0};
    for (size_t i = 0; i < left.len; i++) {
        const SqlColumn *other = column_named(r, right, left.at[i].name);
        SqlType t = type_of_column(&left.at[i], !other);
        if (other) t = type_of_both(r, t, type_of_column(other, false));
        SqlColumn c = column_typed(left.at[i].name, t);
        c.exact = left.at[i].exact;
        *vec_push(r->arena, &all) = c;
    }
    for (size_t i = 0; i < right.len; i++) {
        if (column_named(r, left, right.at[i].name)) continue;
        SqlColumn c = column_typed(right.at[i].name, type_of_column(&right.at[i], true));
        c.exact = right.at[i].exact;
        *vec_push(r->arena, &all) = c;
    }
    return (SqlColumns){all.at, all.len, left.open || right.open};
}

static SqlColumns resolve_setop(Resolver *r, const Scope *parent, const SqlNode *n,
                                const Scope *beside)
{
    SqlColumns left = resolve_arm(r, parent, n->child[LEFT_SIDE], beside);
    SqlColumns right = resolve_arm(r, parent, n->child[RIGHT_SIDE], beside);
    if (n->flags & FLAG_BY_NAME)
        return r->meaning->outputs[n->id] = columns_by_name(r, left, right);
    bool known = !left.open && !right.open;
    if (known && left.len != right.len) fail_width(r, n, left.len, right.len);
    SqlColumn *both = arena_array(r->arena, SqlColumn, left.len);
    for (size_t i = 0; i < left.len; i++) {
        both[i] = left.at[i];
        SqlType t = type_of_column(&left.at[i], false);
        bool paired = i < right.len && !left.open;
        if (paired) t = type_of_both(r, t, type_of_column(&right.at[i], false));
        both[i] = column_typed(left.at[i].name, t);
        both[i].exact = left.at[i].exact;
    }
    return r->meaning->outputs[n->id] = (SqlColumns){both, left.len, left.open};
}

// *s is left as the scope of a single SELECT, for its ORDER BY.
static SqlColumns resolve_body(Resolver *r, const Scope *parent, const SqlNode *n, Scope *s,
                               const Scope *beside)
{
    switch (n->kind) {
    case NODE_SELECT:
        return resolve_select(r, parent, n, s, beside);
    case NODE_SETOP:
        return resolve_setop(r, parent, n, beside);
    case NODE_VALUES:
        return resolve_values(r, parent, n);
    case NODE_QUERY:
        return resolve_query(r, parent, n, beside);
    default:
        return (SqlColumns){.open = true};
    }
}

SqlColumns columns_renamed(Resolver *r, SqlColumns c, const SqlNode *names)
{
    if (!names) return c;
    uint32_t n = sql_tail_count(names);
    size_t len = n > c.len ? n : c.len;
    SqlColumn *all = arena_array(r->arena, SqlColumn, len);
    for (size_t i = 0; i < c.len; i++) all[i] = c.at[i];
    for (uint32_t i = 0; i < n; i++) {
        all[i].name = sql_tail(names, i)->text;
        all[i].exact = sql_tail(names, i)->flags & FLAG_QUOTED;
    }
    return (SqlColumns){all, len, c.open && n < c.len};
}

// ---- WITH

static Known *know(Resolver *r, const SqlNode *n, SqlColumns columns, const StrList *key)
{
    Known *k = arena_new(r->arena, Known);
    *k = (Known){.next = r->known,
                 .name = n->text,
                 .exact = n->flags & FLAG_QUOTED,
                 .columns = columns,
                 .key = key};
    r->known = k;
    return k;
}
void resolve_know(Resolver *r, const SqlNode *name, SqlColumns columns, const StrList *key)
{
    know(r, name, columns, key);
}

static bool needs_recursive_word(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_TRINO ||
           d == DIALECT_DUCKDB || d == DIALECT_BIGQUERY;
}

// A column that the first arm alone would never leave NULL is not sure of it in the whole.
static SqlColumns settled(Resolver *r, SqlColumns first, SqlColumns whole)
{
    bool weaker = false;
    for (size_t i = 0; i < first.len && i < whole.len; i++)
        weaker = weaker || (first.at[i].not_null && !whole.at[i].not_null);
    if (!weaker) return whole;
    SqlColumn *all = arena_array(r->arena, SqlColumn, whole.len);
    for (size_t i = 0; i < whole.len; i++) {
        all[i] = whole.at[i];
        all[i].not_null = false;
    }
    return (SqlColumns){all, whole.len, whole.open};
}

// The first arm of a recursive CTE says what its columns are.
static SqlColumns first_arm(Resolver *r, const Scope *parent, const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    while (body->kind == NODE_SETOP) body = body->child[LEFT_SIDE];
    bool plain = !query->child[QUERY_WITH];
    return plain ? resolve_arm(r, parent, body, NULL) : (SqlColumns){.open = true};
}

static void resolve_cte(Resolver *r, const Scope *parent, const SqlNode *n, bool recursive)
{
    const SqlNode *query = n->child[CTE_QUERY], *names = n->child[CTE_COLUMNS];
    const Known *before = r->known;
    Str defining = r->defining;
    SqlColumns first = {0};
    bool itself = recursive || !needs_recursive_word(r->dialect);
    bool arms = query->child[QUERY_BODY]->kind == NODE_SETOP;
    if (itself && arms) {
        bool failed = r->failed;
        first = first_arm(r, parent, query);
        if (r->failed && !failed) return;
        know(r, n, columns_renamed(r, first, names), NULL);
    } else if (!itself) {
        r->defining = n->text;
    }
    SqlColumns columns = resolve_query(r, parent, query, NULL);
    r->known = before;
    r->defining = defining;
    know(r, n, columns_renamed(r, settled(r, first, columns), names), NULL)->query = query;
}

// Behind WITH RECURSIVE a CTE may also read one that follows: what it has is not known yet.
void resolve_with(Resolver *r, const Scope *parent, const SqlNode *with)
{
    bool recursive = with && (with->flags & FLAG_RECURSIVE);
    for (uint32_t i = 0; recursive && i < sql_tail_count(with); i++)
        know(r, sql_tail(with, i), (SqlColumns){.open = true}, NULL);
    for (uint32_t i = 0; i < sql_tail_count(with) && !r->failed; i++)
        resolve_cte(r, parent, sql_tail(with, i), recursive);
}

// DuckDB orders a set operation by the names of any of its arms.
static SqlColumns any_arm(Resolver *r, const SqlNode *n)
{
    SqlColumns out = r->meaning->outputs[n->id];
    if (n->kind != NODE_SETOP) return out;
    SqlColumns left = any_arm(r, n->child[LEFT_SIDE]), right = any_arm(r, n->child[RIGHT_SIDE]);
    Columns all = {0};
    for (size_t i = 0; i < left.len; i++) *vec_push(r->arena, &all) = left.at[i];
    for (size_t i = 0; i < right.len; i++) {
        bool known = false;
        for (size_t k = 0; k < left.len && !known; k++)
            known = str_eq_nocase(left.at[k].name, right.at[i].name);
        if (!known) *vec_push(r->arena, &all) = right.at[i];
    }
    return (SqlColumns){all.at, all.len, left.open || right.open};
}

SqlColumns resolve_query(Resolver *r, const Scope *parent, const SqlNode *n, const Scope *beside)
{
    const Known *before = r->known;
    const SqlNode *body = n->child[QUERY_BODY], *limit = n->child[QUERY_LIMIT];
    resolve_with(r, parent, n->child[QUERY_WITH]);
    Scope s = {.parent = parent, .beside = beside, .query = n};
    SqlColumns out = resolve_body(r, parent, body, &s, beside);
    if (n->child[QUERY_ORDER] && !r->failed) {
        if (body->kind != NODE_SELECT) {
            s = (Scope){.parent = parent, .query = n};
            add_relation(r, &s, body, NULL, r->dialect == DIALECT_DUCKDB ? any_arm(r, body) : out);
        }
        resolve_outputs(r, &s, n->child[QUERY_ORDER]);
    }
    Scope around = {.parent = parent, .query = n};
    for (uint32_t i = 0; limit && i < limit->count; i++) resolve_expr(r, &around, limit->child[i]);
    r->known = before;
    return r->meaning->outputs[n->id] = out;
}

static SqlMeaning meaning_of(Arena *a, uint32_t nodes)
{
    return (SqlMeaning){.types = arena_array(a, SqlType, nodes),
                        .outputs = arena_array(a, SqlColumns, nodes),
                        .bindings = arena_array(a, SqlBinding, nodes),
                        .stars = arena_array(a, const SqlStar *, nodes),
                        .sources = arena_array(a, SqlColumns, nodes),
                        .keys = arena_array(a, const StrList *, nodes),
                        .queries = arena_array(a, const SqlNode *, nodes),
                        .tables = arena_array(a, const SqlTable *, nodes),
                        .bare = arena_array(a, bool, nodes)};
}

bool sql_resolve(Arena *a, const SqlScript *s, const SqlSchema *schema, SqlMeaning *out, Error *err)
{
    Resolver r = {.arena = a,
                  .script = s,
                  .dialect = s->dialect,
                  .schema = schema,
                  .meaning = out,
                  .err = err};
    // A variable may be read before it is set: then its type is known at the second time only.
    for (int time = 0; time < 2 && !r.failed; time++) {
        if (time && !r.variables.len) break;
        r.known = NULL;
        *out = meaning_of(a, s->nodes);
        for (uint32_t i = 0; i < s->root->count && !r.failed; i++)
            resolve_statement(&r, s->root->child[i]);
    }
    return !r.failed;
}
