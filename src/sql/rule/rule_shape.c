// rule_shape: how many columns a subquery may have, and the names that FROM and WITH need.
#include "sql/rule.h"

// ---- subqueries as values

// Where a subquery is no single value.
static bool is_row_place(const SqlNode *n, const SqlNode *parent)
{
    switch (parent->kind) {
    case NODE_IN:
        return n == parent->child[OPERAND_SECOND];
    case NODE_QUANTIFIED:
        return n == parent->child[RIGHT_SIDE];
    case NODE_BINARY:
        return parent->child[LEFT_SIDE]->kind == NODE_ROW ||
               parent->child[RIGHT_SIDE]->kind == NODE_ROW ||
               (parent->child[LEFT_SIDE]->kind == NODE_SUBQUERY &&
                parent->child[RIGHT_SIDE]->kind == NODE_SUBQUERY);
    case NODE_ASSIGN:
        return parent->child[ASSIGN_TARGET]->kind == NODE_LIST;
    case NODE_CALL:
        return true; // ARRAY(SELECT …), a table as an argument
    case NODE_UNARY:
        return true;
    default:
        return false;
    }
}

static void check_scalar(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    SqlColumns out = r->meaning->outputs[n->child[ONLY]->id];
    if (out.open || out.len <= 1 || !parent || is_row_place(n, parent)) return;
    Str count = str_fmt(r->arena, "%zu", out.len);
    rule_refuse(r, n, HOME_SUBQUERY_WIDTH, count,
                "This subquery stands for one value and has %zu columns: select one.", out.len);
}

const SqlRule rule_scalar_width = {
    "a subquery of several columns as a value", EVERY & ~TRINO, {NODE_SUBQUERY}, check_scalar};

// Where one column of the subquery may be a whole row.
static bool has_structs(Dialect d)
{
    return d == DIALECT_BIGQUERY || d == DIALECT_SPARK || d == DIALECT_TRINO ||
           d == DIALECT_FLINK || d == DIALECT_DUCKDB;
}

// SELECT (a, b): how wide the row is; 0 = it is not written out.
static size_t width_of(const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    const SqlNode *items = body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    const SqlNode *value =
        items && sql_tail_count(items) == 1 ? sql_tail(items, 0)->child[ITEM_VALUE] : NULL;
    return value && value->kind == NODE_ROW ? sql_tail_count(value) : 0;
}

// One column that is a row of so many values.
static bool is_whole_row(RuleRun *r, const SqlNode *set, SqlColumns out, size_t want)
{
    size_t width = width_of(set->child[ONLY]);
    if (out.len != 1 || !has_structs(r->dialect)) return false;
    if (width) return width == want;
    LogicalType t = out.at[0].type;
    return t == TYPE_STRUCT || (t == TYPE_UNKNOWN && r->dialect != DIALECT_DUCKDB);
}

static void check_subquery(RuleRun *r, const SqlNode *left, const SqlNode *set)
{
    SqlColumns out = r->meaning->outputs[set->child[ONLY]->id];
    bool row = left->kind == NODE_ROW;
    size_t want = row ? sql_tail_count(left) : 1;
    LogicalType t = rule_type(r, left);
    if (out.open || out.len == want || (!row && (t == TYPE_STRUCT || t == TYPE_ARRAY))) return;
    if (row && is_whole_row(r, set, out, want)) return;
    Str count = str_fmt(r->arena, "%zu", out.len);
    rule_refuse(r, set, HOME_SUBQUERY_WIDTH, count,
                "%zu value%s before a subquery of %zu column%s: both need as many.", want,
                want == 1 ? " stands" : "s stand", out.len, out.len == 1 ? "" : "s");
}

static void check_rows(RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    bool scalar = a->kind == NODE_ROW ? rule_class(r, b) != IS_UNKNOWN
                                      : b->kind == NODE_ROW && rule_class(r, a) != IS_UNKNOWN;
    if (scalar && a->kind != b->kind && a->kind != NODE_SUBQUERY && b->kind != NODE_SUBQUERY) {
        rule_refuse(r, a, HOME_NONE, (Str){0},
                    "A row of %u values is compared with one value: compare each with its own.",
                    sql_tail_count(a->kind == NODE_ROW ? a : b));
        return;
    }
    if (a->kind != NODE_ROW || b->kind != NODE_ROW) return;
    if (sql_tail_count(a) == sql_tail_count(b)) return;
    rule_refuse(r, b, HOME_NONE, (Str){0}, "%u values are compared with %u: both need as many.",
                sql_tail_count(a), sql_tail_count(b));
}

static void check_width(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *left = n->child[OPERAND], *set = n->child[OPERAND_SECOND]; // of both kinds
    bool row = left->kind == NODE_ROW;
    if (set->kind == NODE_SUBQUERY && (row || n->kind == NODE_IN)) check_subquery(r, left, set);
    bool compares = n->op >= OP_EQ && n->op <= OP_GE;
    // Trino's subquery of several columns is a row: beside one value it is none.
    if (n->kind == NODE_BINARY && set->kind == NODE_SUBQUERY && compares && !row &&
        r->dialect == DIALECT_TRINO && rule_class(r, left) != IS_UNKNOWN)
        check_subquery(r, left, set);
    if (n->kind == NODE_BINARY && compares) check_rows(r, left, set);
    for (uint32_t i = 0; set->kind == NODE_LIST && i < sql_tail_count(set); i++)
        check_rows(r, left, sql_tail(set, i));
}

const SqlRule rule_in_width = {
    "rows of different widths compared", EVERY, {NODE_IN, NODE_BINARY}, check_width};

static void refuse_row(RuleRun *r, const SqlNode *row, const char *what)
{
    rule_refuse(r, row, HOME_NONE, (Str){0},
                "A row of %u values stands where one %s belongs: write them apart.",
                sql_tail_count(row), what);
}

static bool takes_one_value(const SqlNode *n)
{
    bool compares = n->op >= OP_EQ && n->op <= OP_GE;
    return n->kind == NODE_ITEM || n->kind == NODE_ORDER_ITEM || n->kind == NODE_WHEN ||
           n->kind == NODE_LIKE || n->kind == NODE_UNARY || n->kind == NODE_CALL ||
           (n->kind == NODE_BINARY && !compares);
}

// A row is no condition anywhere; where home has no rows as values they are only compared.
static void check_row_place(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    bool rows = 1 << r->dialect & (PG | DUCK | SPARK | TRINO | BIG | FLINK);
    if (n->kind == NODE_SELECT) {
        const SqlNode *items = n->child[SELECT_ITEMS];
        for (uint32_t i = 0; !rows && i < sql_tail_count(items); i++) {
            if (sql_tail(items, i)->kind == NODE_ROW) refuse_row(r, sql_tail(items, i), "value");
        }
        return;
    }
    bool condition = parent && (parent->kind == NODE_AND || parent->kind == NODE_OR);
    bool searched = parent && parent->kind == NODE_WHEN && parent->child[WHEN_CONDITION] == n;
    if (condition || searched) {
        refuse_row(r, n, "condition");
    } else if (!rows && parent && takes_one_value(parent)) {
        refuse_row(r, n, "value");
    }
}

const SqlRule rule_row_place = {"a row where one value or a condition belongs",
                                EVERY,
                                {NODE_ROW, NODE_SELECT},
                                check_row_place};

static void check_empty(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *set = n->child[OPERAND_SECOND];
    if (set->kind != NODE_LIST || sql_tail_count(set)) return;
    rule_refuse(r, set, HOME_NONE, (Str){0}, "IN () is empty: it needs one value at least.");
}

const SqlRule rule_in_empty = {"IN with nothing in it", EVERY & ~LITE, {NODE_IN}, check_empty};

static void check_in_limit(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *set = n->child[OPERAND_SECOND]; // of both kinds the right side
    if (set->kind != NODE_SUBQUERY || !set->child[ONLY]->child[QUERY_LIMIT]) return;
    rule_refuse(r, set->child[ONLY]->child[QUERY_LIMIT], HOME_NONE, (Str){0},
                "MySQL has no LIMIT in a subquery of IN, ANY or ALL (MySQL: This version of MySQL "
                "doesn't yet support 'LIMIT & IN/ALL/ANY/SOME subquery'): join a derived table.");
}

const SqlRule rule_in_limit = {
    "LIMIT in a subquery of IN", MY, {NODE_IN, NODE_QUANTIFIED}, check_in_limit};

// ---- FROM

typedef struct {
    RuleRun *r;
    VEC(const SqlNode *) seen; // NAME nodes
} Names;

static void add_name(Names *all, const SqlNode *at, const SqlNode *name)
{
    RuleRun *r = all->r;
    for (size_t i = 0; i < all->seen.len; i++) {
        if (!str_eq_nocase(all->seen.at[i]->text, name->text)) continue;
        rule_refuse(r, at, HOME_ALIAS_TWICE, name->text,
                    "Two tables here are called " STR_FMT ": give one of them an alias.",
                    STR_ARG(name->text));
        return;
    }
    *vec_push(r->arena, &all->seen) = name;
}

static void collect(Names *all, const SqlNode *n)
{
    const SqlNode *alias = NULL;
    switch (n->kind) {
    case NODE_JOIN:
        collect(all, n->child[JOIN_LEFT]);
        if (n->op != OP_SEMI && n->op != OP_ANTI) collect(all, n->child[JOIN_RIGHT]);
        return;
    case NODE_TABLE:
        alias = n->child[TABLE_ALIAS];
        if (!alias && sql_tail_count(n) == 1) add_name(all, n, sql_last(n));
        break;
    case NODE_DERIVED:
        alias = n->child[DERIVED_ALIAS];
        break;
    case NODE_TABLE_CALL:
        alias = n->child[TABLE_CALL_ALIAS];
        break;
    default:
        return;
    }
    if (alias && alias->child[ALIAS_NAME]) add_name(all, n, alias->child[ALIAS_NAME]);
}

static void check_twice(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *from = n->child[SELECT_FROM];
    Names all = {.r = r};
    for (uint32_t i = 0; i < sql_tail_count(from); i++) collect(&all, sql_tail(from, i));
}

const SqlRule rule_table_twice = {
    "two tables of one name in FROM", PG | MY | BIG | SNOW, {NODE_SELECT}, check_twice};

static void check_alias(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *alias = n->child[DERIVED_ALIAS];
    if (alias && alias->child[ALIAS_NAME]) return;
    rule_refuse(r, n, HOME_DERIVED_ALIAS, (Str){0},
                "A subquery in FROM needs a name in %s: put an alias behind it.",
                home_title(r->dialect));
}

const SqlRule rule_derived_alias = {
    "a subquery in FROM without an alias", PG | MY | RULE_SPELLING, {NODE_DERIVED}, check_alias};

static void check_names(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *query = n->child[n->kind == NODE_CTE ? CTE_QUERY : DERIVED_QUERY];
    const SqlNode *alias = n->kind == NODE_CTE ? NULL : n->child[DERIVED_ALIAS];
    const SqlNode *names = n->kind == NODE_CTE ? n->child[CTE_COLUMNS]
                           : alias             ? alias->child[ALIAS_COLUMNS]
                                               : NULL;
    SqlColumns out = r->meaning->outputs[query->id];
    bool fewer = r->dialect != DIALECT_DUCKDB; // which leaves the rest unused
    if (fewer && !out.open && sql_tail_count(names) > out.len) {
        rule_refuse(r, names, HOME_NONE, (Str){0},
                    "%u names are given to the %zu column%s of this query.", sql_tail_count(names),
                    out.len, out.len == 1 ? "" : "s");
        return;
    }
    if (names || r->dialect != DIALECT_MYSQL) return;
    for (size_t i = 0; i < out.len; i++) {
        for (size_t k = i + 1; k < out.len; k++) {
            if (!out.at[i].name.len || !str_eq_nocase(out.at[i].name, out.at[k].name)) continue;
            rule_refuse(r, n, HOME_NONE, out.at[i].name,
                        "Two columns of this query are called " STR_FMT
                        ": give one an alias (MySQL: Duplicate column name '" STR_FMT "').",
                        STR_ARG(out.at[i].name), STR_ARG(out.at[i].name));
            return;
        }
    }
}

const SqlRule rule_derived_names = {
    "names of columns that do not fit their query", EVERY, {NODE_DERIVED, NODE_CTE}, check_names};

static void check_ctes(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        for (uint32_t k = 0; k < i; k++) {
            const SqlNode *a = sql_tail(n, k), *b = sql_tail(n, i);
            if (!str_eq_nocase(a->text, b->text)) continue;
            rule_refuse(r, b, HOME_NONE, b->text,
                        "WITH names " STR_FMT " twice: give one of them another name.",
                        STR_ARG(b->text));
            return;
        }
    }
}

const SqlRule rule_cte_names = {"two CTEs of one name", EVERY, {NODE_WITH}, check_ctes};
