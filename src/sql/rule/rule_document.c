// rule_document: documents (JSON, variants, maps) that home does not compare, group, sort or add.
#include "sql/rule.h"

// What home does with a kind of document.
enum { EQUALS = 1, SORTS = 2, GROUPS = 4, ADDS = 8, EXTREMES = 16 };

static const struct {
    Dialect dialect;
    SqlDocument document;
    unsigned can;
    const char *word; // for it
} kinds[] = {
    {DIALECT_POSTGRES, DOCUMENT_JSON, 0, "json"},
    {DIALECT_POSTGRES, DOCUMENT_JSONB, EQUALS | SORTS | GROUPS, "jsonb"},
    {DIALECT_TRINO, DOCUMENT_JSON, EQUALS | GROUPS, "json"},
    {DIALECT_TRINO, DOCUMENT_MAP, EQUALS | GROUPS, "map"},
    {DIALECT_BIGQUERY, DOCUMENT_JSON, 0, "JSON"},
    {DIALECT_SPARK, DOCUMENT_VARIANT, 0, "VARIANT"},
    {DIALECT_SPARK, DOCUMENT_MAP, GROUPS, "MAP"},
    {DIALECT_DUCKDB, DOCUMENT_JSON, EQUALS | SORTS | GROUPS | EXTREMES, "JSON"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static SqlDocument document(const RuleRun *r, const SqlNode *n)
{
    return n ? r->meaning->types[n->id].document : DOCUMENT_NONE;
}

// The row of a value that is such a document, and lacks this; KINDS when it is none.
static size_t lacking(const RuleRun *r, const SqlNode *n, unsigned what)
{
    SqlDocument d = document(r, n);
    size_t i = 0;
    while (i < KINDS && !(kinds[i].dialect == r->dialect && kinds[i].document == d)) i++;
    return i < KINDS && !(kinds[i].can & what) ? i : KINDS;
}

static const char *word_of(const RuleRun *r, const SqlNode *n)
{
    size_t i = lacking(r, n, 0);
    if (i < KINDS) return kinds[i].word;
    bool unknown = n->kind == NODE_STRING && r->dialect == DIALECT_POSTGRES;
    return unknown ? "unknown" : rule_type_word(r->dialect, rule_type(r, n));
}

static Str signature(const RuleRun *r, const SqlNode *a, const char *op, const SqlNode *b)
{
    const char *x = word_of(r, a), *y = word_of(r, b);
    if (r->dialect == DIALECT_BIGQUERY)
        return str_fmt(r->arena, "%s for argument types: %s, %s", op, x, y);
    return str_fmt(r->arena, "%s %s %s", x, op, y);
}

// How the value in it is had.
static const char *way_out(Dialect d)
{
    switch (d) {
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
        return "take the text out with ->>, and cast that where a number is meant";
    case DIALECT_TRINO:
        return "take the text out with json_extract_scalar";
    case DIALECT_BIGQUERY:
        return "take the text out with JSON_VALUE";
    default:
        return "cast what is in it to a plain type";
    }
}

// ---- comparisons

// A text beside jsonb, or JSON of DuckDB, is read as JSON.
static bool is_json_text(Str text)
{
    static const char *const words[] = {"true", "false", "null"};
    Str s = str_trim(text);
    double number;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(s, str_from(words[i]))) return true;
    }
    if (!s.len) return false;
    bool digit = s.ptr[0] == '-' || (s.ptr[0] >= '0' && s.ptr[0] <= '9');
    return s.ptr[0] == '"' || s.ptr[0] == '[' || s.ptr[0] == '{' ||
           (digit && str_to_f64(s, &number));
}

static void refuse_literal(RuleRun *r, const SqlNode *n, const SqlNode *other)
{
    bool pg = r->dialect == DIALECT_POSTGRES;
    rule_refuse(r, n, HOME_NONE, n->text,
                "%s reads '" STR_FMT "' as %s here, and it is none: a text in JSON has quotes of "
                "its own; or %s. (%s)",
                home_title(r->dialect), STR_ARG(n->text), word_of(r, other), way_out(r->dialect),
                pg ? "Postgres: invalid input syntax for type json" : "DuckDB: Malformed JSON");
}

static bool is_null(const SqlNode *n)
{
    return n->kind == NODE_NULL;
}

static void compare(RuleRun *r, const SqlNode *a, const SqlNode *b, const char *op,
                    const SqlNode *at)
{
    if (!a || !b || a->kind == NODE_ROW || b->kind == NODE_ROW) return;
    bool x = lacking(r, a, 0) < KINDS, y = lacking(r, b, 0) < KINDS;
    if (!(x || y) || is_null(a) || is_null(b)) return;
    const SqlNode *one = x ? a : b, *other = x ? b : a;
    bool sorts = *op == '<' || *op == '>';
    unsigned needs = sorts && !(op[0] == '<' && op[1] == '>') ? EQUALS | SORTS : EQUALS;
    bool can =
        lacking(r, one, EQUALS) == KINDS && !(needs & SORTS && lacking(r, one, SORTS) < KINDS);
    bool both = x && y && document(r, a) == document(r, b);
    bool literal = other->kind == NODE_STRING && r->dialect != DIALECT_TRINO;
    if (can && literal) {
        if (!is_json_text(other->text)) refuse_literal(r, other, one);
        return;
    }
    bool unlike = (x && y && !both) || (rule_class(r, other) != IS_UNKNOWN);
    if (can && (r->dialect == DIALECT_DUCKDB || both || !unlike)) return;
    if (!can && !both && !unlike && !literal) return; // of a type that is not known
    rule_refuse(r, at, HOME_COMPARE, signature(r, a, op, b), "%s does not compare %s with %s: %s.",
                home_title(r->dialect), word_of(r, a), word_of(r, b), way_out(r->dialect));
}

static void check_in(RuleRun *r, const SqlNode *n)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    for (uint32_t i = 0; set->kind == NODE_LIST && i < sql_tail_count(set); i++)
        compare(r, n->child[OPERAND], sql_tail(set, i), "=", sql_tail(set, i));
}

static void check_case(RuleRun *r, const SqlNode *n)
{
    for (uint32_t i = 0; n->child[CASE_OPERAND] && i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i)->child[WHEN_CONDITION];
        compare(r, n->child[CASE_OPERAND], when, "=", when);
    }
}

static void check_compare(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool nullif = n->kind == NODE_CALL && str_eq_nocase(n->text, S("NULLIF"));
    if (n->kind == NODE_IN) {
        check_in(r, n);
    } else if (n->kind == NODE_CASE) {
        check_case(r, n);
    } else if (n->kind == NODE_BETWEEN) {
        compare(r, n->child[OPERAND], n->child[OPERAND_SECOND], ">=", n);
        compare(r, n->child[OPERAND], n->child[OPERAND_THIRD], "<=", n);
    } else if (nullif && sql_tail_count(n) == 2) {
        compare(r, sql_tail(n, 0), sql_tail(n, 1), "=", n);
    } else if (n->kind == NODE_LIKE) {
        bool text = lacking(r, n->child[OPERAND], ADDS) < KINDS && r->dialect != DIALECT_DUCKDB;
        if (text) compare(r, n->child[OPERAND], n->child[OPERAND_SECOND], "~~", n);
    } else if (n->kind == NODE_BINARY) {
        bool same = n->op == OP_SAME || n->op == OP_DISTINCT;
        bool compares = n->op >= OP_EQ && n->op <= OP_GE;
        const char *op = same ? "=" : sql_op_word((SqlOp)n->op);
        if (same || compares) compare(r, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], op, n);
    }
}

const SqlRule rule_document_compare = {
    "a document compared with what home does not compare it with",
    PG | TRINO | BIG | DUCK | SPARK,
    {NODE_BINARY, NODE_IN, NODE_BETWEEN, NODE_CALL, NODE_CASE, NODE_LIKE},
    check_compare};

// ---- groups, order

static void need(RuleRun *r, const SqlNode *n, unsigned what, const SqlNode *at, const char *verb)
{
    const SqlNode *value = n->kind == NODE_STAR ? NULL : rule_value(r, n);
    size_t i = value ? lacking(r, value, what) : KINDS;
    if (i == KINDS) return;
    bool pg = r->dialect == DIALECT_POSTGRES;
    rule_refuse(r, at, HOME_NONE, (Str){0}, "%s does not %s %s values: %s.%s%s%s",
                home_title(r->dialect), verb, kinds[i].word, way_out(r->dialect),
                !pg             ? ""
                : what == SORTS ? " (Postgres: could not identify an ordering operator for type "
                                : " (Postgres: could not identify an equality operator for type ",
                pg ? kinds[i].word : "", pg ? ")" : "");
}

static void need_all(RuleRun *r, const SqlNode *list, const SqlNode *items, unsigned what,
                     const char *verb)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *one = sql_tail(list, i), *key = one;
        uint32_t at;
        if (key->kind == NODE_ORDER_ITEM) key = key->child[ONLY];
        const SqlNode *item = items && rule_is_position(key, &at) ? rule_item_at(items, key) : NULL;
        if (item) key = item->child[ITEM_VALUE];
        if (one->kind == NODE_ITEM) key = one->child[ITEM_VALUE];
        if (key) need(r, key, what, one, verb);
    }
}

static const SqlNode *items_below(const SqlNode *query)
{
    while (query && query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
    return query && query->kind == NODE_SELECT ? query->child[SELECT_ITEMS] : NULL;
}

static void check_group(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *items = n->kind == NODE_SELECT ? n->child[SELECT_ITEMS] : NULL;
    switch (n->kind) {
    case NODE_SELECT:
        need_all(r, n->child[SELECT_GROUP], items, GROUPS, "group by");
        if (n->flags & FLAG_DISTINCT) need_all(r, items, NULL, GROUPS, "tell apart");
        break;
    case NODE_QUERY:
        need_all(r, n->child[QUERY_ORDER], items_below(n), SORTS, "sort by");
        break;
    case NODE_WINDOW:
        need_all(r, n->child[WINDOW_PARTITION], NULL, GROUPS, "partition by");
        need_all(r, n->child[WINDOW_ORDER], NULL, SORTS, "sort by");
        break;
    case NODE_SETOP:
        if (!(n->flags & FLAG_ALL) && n->child[LEFT_SIDE])
            need_all(r, items_below(n->child[LEFT_SIDE]), NULL, GROUPS, "tell apart");
        break;
    default:
        break;
    }
}

const SqlRule rule_document_group = {"a document grouped or sorted that home cannot tell apart",
                                     PG | TRINO | BIG | SPARK,
                                     {NODE_SELECT, NODE_QUERY, NODE_WINDOW, NODE_SETOP},
                                     check_group};

// ---- arithmetic and aggregates

static void check_aggregate(RuleRun *r, const SqlNode *n, const SqlFn *fn)
{
    const SqlNode *x = sql_tail(n, 0);
    Str name = str_from(fn->name);
    if (n->flags & FLAG_DISTINCT) need(r, x, GROUPS, n, "tell apart");
    bool sums = str_eq(name, S("sum")) || str_eq(name, S("avg"));
    bool extreme = str_eq(name, S("min")) || str_eq(name, S("max"));
    size_t i = sums ? lacking(r, x, ADDS) : extreme ? lacking(r, x, EXTREMES) : KINDS;
    if (i == KINDS) return;
    Str subject =
        str_fmt(r->arena, STR_FMT "(%s)", STR_ARG(str_lower(r->arena, n->text)), kinds[i].word);
    bool counted = r->dialect == DIALECT_SPARK;
    rule_refuse(r, n, counted ? HOME_NONE : HOME_ARGUMENTS, subject,
                "%s has no " STR_FMT " of %s: %s.", home_title(r->dialect), STR_ARG(n->text),
                kinds[i].word, way_out(r->dialect));
}

// jsonb - 'key', jsonb - 1
static bool removes(const RuleRun *r, const SqlNode *n)
{
    return r->dialect == DIALECT_POSTGRES && n->op == OP_SUBTRACT &&
           document(r, n->child[LEFT_SIDE]) == DOCUMENT_JSONB;
}

static void check_sum(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->kind == NODE_CALL) {
        const SqlFn *fn = sql_fn_of(n, r->dialect);
        if (fn && fn->class == FN_AGGREGATE && sql_tail_count(n) == 1) check_aggregate(r, n, fn);
        return;
    }
    if (n->op < OP_ADD || n->op > OP_MODULO || removes(r, n)) return;
    const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    if (lacking(r, a, ADDS) == KINDS && lacking(r, b, ADDS) == KINDS) return;
    const char *op = sql_op_word((SqlOp)n->op);
    rule_refuse(r, n, HOME_OPERATOR, signature(r, a, op, b), "%s has no %s for %s and %s: %s.",
                home_title(r->dialect), op, word_of(r, a), word_of(r, b), way_out(r->dialect));
}

const SqlRule rule_document_sum = {"arithmetic, MIN or MAX of a document",
                                   PG | TRINO | BIG | DUCK | SPARK,
                                   {NODE_BINARY, NODE_CALL},
                                   check_sum};

// ---- casts

static void check_cast(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *type = n->child[CAST_TYPE], *value = n->child[CAST_VALUE];
    if (document(r, value) != DOCUMENT_JSON) return;
    LogicalType into = r->meaning->types[n->id].type;
    bool plain = into == TYPE_INTEGER || into == TYPE_REAL || into == TYPE_BOOLEAN;
    if (!plain) return;
    rule_refuse(r, n, HOME_NONE, (Str){0},
                "Postgres casts no json to " STR_FMT ": %s. (Postgres: cannot cast type json to "
                "%s)",
                STR_ARG(str_lower(r->arena, type->text)), way_out(r->dialect),
                rule_type_word(r->dialect, into));
}

const SqlRule rule_document_cast = {
    "a json of Postgres cast to a number or boolean", PG, {NODE_CAST}, check_cast};
