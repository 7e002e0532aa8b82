// neutral_pair: how two values of two types compare: the one place that says it, for =, <>,
// BETWEEN, IN, USING, rows, NULLIF, CASE x WHEN, ANY and ALL.
//
// SQLite compares a text with a number by their kinds, unless a column's affinity helps, and a date
// with a timestamp as texts: so each such pair is made one of a kind here, as the dialect would.
#include "sql/neutral_pair.h"
#include "sql/lower.h"
#include "sql/neutral_time.h"

// --- A text against a number, against TRUE, a moment against a number ---

static bool is_number(const SqlNode *n)
{
    return node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
}

SqlNode *number_of_text(Translator *t, SqlNode *n)
{
    Str text = str_trim(n->text);
    double v;
    if (n->kind != NODE_STRING || !str_to_f64(text, &v)) return NULL;
    SqlNode *made = make_node(t, NODE_NUMBER, n, 0);
    bool whole = !str_find(text, S("."), NULL) && !str_find(text, S("e"), NULL) &&
                 !str_find(text, S("E"), NULL);
    bool minus = text.ptr[0] == '-', signed_ = minus || text.ptr[0] == '+';
    made->text = signed_ ? str_slice(text, 1, text.len) : text;
    made->type = whole ? TYPE_INTEGER : TYPE_REAL;
    return minus ? make_unary(t, OP_MINUS, made) : made;
}

// Dialects that compare text with numbers by themselves, as numbers.
static bool coerces(Dialect d)
{
    return d == DIALECT_MYSQL || d == DIALECT_SNOWFLAKE || d == DIALECT_SPARK;
}

static SqlNode *as_number(Translator *t, SqlNode *text, const SqlNode *number)
{
    SqlNode *literal = number_of_text(t, text);
    if (literal) return literal;
    if (t->to != DIALECT_SQLITE && coerces(t->to)) return text;
    bool whole = t->from == DIALECT_SPARK && node_is(number, TYPE_INTEGER);
    return make_cast(t, text, whole ? "BIGINT" : "DOUBLE");
}

SqlNode *text_number(Translator *t, SqlNode *n)
{
    bool reads = t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK; // all of it, or fails
    bool calculates = t->to == DIALECT_MYSQL || (t->to == DIALECT_SQLITE && !reads);
    if (calculates || t->from == t->to || !node_is(n, TYPE_TEXT)) return n;
    SqlNode *literal = number_of_text(t, n);
    if (literal) return literal;
    if (n->kind != NODE_STRING) return make_cast(t, n, "DOUBLE");
    if (t->from == DIALECT_MYSQL)
        return translate_unsupported(t, n,
                                     "MySQL takes the number at the start of a text: write it.");
    if (t->from == DIALECT_SNOWFLAKE)
        return translate_refused(t, n,
                                 "'" STR_FMT "' is no number. (Snowflake: Numeric value '" STR_FMT
                                 "' is not recognized)",
                                 STR_ARG(n->text), STR_ARG(n->text));
    SqlNode *none = make_null(t, n); // Spark, not ANSI
    none->type = TYPE_REAL;
    return none;
}

static SqlNode *as_boolean(Translator *t, SqlNode *text)
{
    if (t->from == DIALECT_MYSQL) return make_cast(t, text, "DOUBLE");
    if (t->to != DIALECT_SQLITE && text->kind == NODE_STRING) return text;
    return make_cast(t, text, "BOOLEAN");
}

// 20240229 and 20240229123000 as the moment that MySQL reads them as; NULL: they are none.
static SqlNode *moment_of_digits(Translator *t, const SqlNode *n, LogicalType type)
{
    Str d = n->text;
    if (n->kind != NODE_NUMBER || (d.len != 8 && d.len != 14)) return NULL;
    char text[sizeof "YYYY-MM-DD hh:mm:ss"];
    size_t len = 0;
    for (size_t i = 0; i < d.len; i++) {
        if (d.ptr[i] < '0' || d.ptr[i] > '9') return NULL;
        if (i >= 4 && i % 2 == 0) text[len++] = i < 8 ? '-' : i == 8 ? ' ' : ':';
        text[len++] = d.ptr[i];
    }
    SqlNode *made = make_string(t, n, str_copy(t->arena, (Str){text, len}));
    made->type = TYPE_TEXT;
    made = time_as(t, made, d.len == 14 ? TYPE_TIMESTAMP : (int)type);
    return made->kind == NODE_NULL ? NULL : made;
}

// MySQL compares a moment with a number as numbers, and with a constant as moments.
static SqlNode *against_moment(Translator *t, SqlNode *n, const SqlNode *other)
{
    if (t->from != DIALECT_MYSQL || t->to == DIALECT_MYSQL) return n;
    if (is_number(n) && node_is_moment(other)) {
        SqlNode *made = moment_of_digits(t, n, node_type(other));
        return made ? made : n;
    }
    if (!node_is_moment(n) || !is_number(other)) return n;
    if (moment_of_digits(t, other, node_type(n))) return n;
    SqlNode *made = make_call1(t, n, "date_number", n);
    made->type = TYPE_INTEGER;
    return made;
}

static SqlNode *against(Translator *t, SqlNode *n, const SqlNode *other)
{
    if (n && other) n = against_moment(t, n, other);
    if (!n || !other || !node_is(n, TYPE_TEXT)) return n;
    if (is_number(other)) return as_number(t, n, other);
    return node_is(other, TYPE_BOOLEAN) ? as_boolean(t, n) : n;
}

// --- Two values ---

static bool is_row(const SqlNode *n)
{
    return n->kind == NODE_ROW;
}

static bool is_subquery(const SqlNode *n)
{
    return n->kind == NODE_SUBQUERY;
}

static void compare_values(Translator *t, SqlNode **a, SqlNode **b)
{
    if (is_row(*a) && node_is(*b, TYPE_STRUCT) && !is_row(*b)) *a = as_one_value(t, *a);
    if (is_row(*b) && node_is(*a, TYPE_STRUCT) && !is_row(*a)) *b = as_one_value(t, *b);
    time_align(t, a, b);
    truth_pair(t, a, b);
    SqlNode *left = *a, *right = *b;
    *a = exact_decimal(t, against(t, left, right));
    *b = exact_decimal(t, against(t, right, left));
    exact_compared(t, a, b);
}

static void compare_types(Translator *t, SqlNode **a, SqlNode **b)
{
    if (is_row(*a) && is_row(*b) && (*a)->count == (*b)->count) {
        for (uint32_t i = 0; i < (*a)->count; i++)
            compare_types(t, &(*a)->child[i], &(*b)->child[i]);
    } else if (is_row(*a) && is_subquery(*b)) {
        compare_rows(t, a, *b);
    } else if (is_row(*b) && is_subquery(*a)) {
        compare_rows(t, b, *a);
    } else {
        compare_values(t, a, b);
    }
}

void compare_pair(Translator *t, SqlNode **a, SqlNode **b)
{
    compare_types(t, a, b);
    case_pair(t, a, b);
}

// What one of the set makes of x counts for those before it: so the second time.
void compare_set(Translator *t, SqlNode **x, SqlNode **set, uint32_t n)
{
    for (int again = 0; again < 2; again++) {
        for (uint32_t i = 0; i < n; i++) compare_types(t, x, &set[i]);
    }
    if (is_row(*x)) {
        for (uint32_t i = 0; i < n; i++) case_pair(t, x, &set[i]);
    } else {
        case_set(t, x, set, n);
    }
}

// --- A value, or a row of them, against the rows of a subquery ---

// The item that is column i of a plain SELECT; NULL where * stands before it.
static SqlNode **plain_item(SqlNode *query, uint32_t i)
{
    SqlNode *body = query->kind == NODE_QUERY ? query->child[QUERY_BODY] : query;
    if (body->kind != NODE_SELECT) return NULL;
    SqlNode *items = body->child[SELECT_ITEMS];
    for (uint32_t k = 0; k <= i && k < sql_tail_count(items); k++) {
        const SqlNode *item = sql_tail(items, k);
        if (item->kind != NODE_ITEM || item->child[ITEM_VALUE]->kind == NODE_STAR) return NULL;
    }
    return i < sql_tail_count(items) ? &sql_tail(items, i)->child[ITEM_VALUE] : NULL;
}

typedef struct {
    Translator *t;
    SqlNode *query;
    Shell shell; // around it, as soon as one of its columns is to be changed
    SqlNode *outer;
} Columns;

// The column in a SELECT around the query: its place there. NULL: its columns are not known.
static SqlNode **shell_item(Columns *c, uint32_t i)
{
    if (!c->outer) {
        SqlNode *inner = c->query->kind == NODE_QUERY ? c->query : make_query(c->t, c->query);
        if (!shell_over(&c->shell, c->t, inner)) return NULL;
        c->outer = shell_around(&c->shell, inner);
    }
    return &sql_tail(c->outer->child[SELECT_ITEMS], i)->child[ITEM_VALUE];
}

static void compare_column(Columns *c, SqlNode **x, uint32_t i, const SqlColumn *column)
{
    Translator *t = c->t;
    SqlNode **item = c->outer ? NULL : plain_item(c->query, i);
    if (item) {
        compare_pair(t, x, item);
        return;
    }
    SqlNode *probe = make_column(t, *x, (Str){0}, S("probe")), *there = probe;
    probe->type = (uint8_t)column->type;
    compare_pair(t, x, &there);
    if (there == probe) return;
    item = shell_item(c, i);
    if (item) compare_pair(t, x, item);
}

void compare_rows(Translator *t, SqlNode **x, SqlNode *subquery)
{
    SqlNode *query = subquery->child[ONLY];
    SqlNode **values = is_row(*x) ? (*x)->child : x;
    uint32_t count = is_row(*x) ? (*x)->count : 1;
    bool known = t->meaning && query->id < t->script->nodes;
    SqlColumns out = known ? t->meaning->outputs[query->id] : (SqlColumns){0};
    Columns c = {.t = t, .query = query};
    if (!known || out.open || out.len != count) return;
    for (uint32_t i = 0; i < count && !t->failed; i++)
        compare_column(&c, &values[i], i, &out.at[i]);
    if (c.outer) subquery->child[ONLY] = make_query(t, c.outer);
}
