// neutral_range: Postgres's ranges where they are asked something: daterange(a, b) @> d, and &&, as
// comparisons with their bounds. A bound that is NULL is none.
#include "sql/translate.h"

typedef struct {
    SqlNode *low, *high;
    bool low_in, high_in; // the bound itself belongs to it
} Range;

SqlNode *read_range_pg(Translator *t, SqlNode *call)
{
    uint32_t roles = sql_roles(NODE_CALL);
    return make_call(t, call, "range", call->child + roles, sql_tail_count(call));
}

static bool range_of(Translator *t, const SqlNode *call, Range *out)
{
    if (!node_is_call(call, "range")) return false;
    const SqlNode *bounds = node_arg(call, "bounds");
    Str text = bounds && bounds->kind == NODE_STRING ? bounds->text : S("[)");
    bool known = text.len == 2 && (text.ptr[0] == '[' || text.ptr[0] == '(') &&
                 (text.ptr[1] == ']' || text.ptr[1] == ')');
    if (!known || (bounds && bounds->kind != NODE_STRING))
        translate_unsupported(t, call, "The bounds of a range are written '[)' or '[]' here.");
    if (t->failed) return false;
    *out = (Range){node_arg(call, "low"), node_arg(call, "high"), text.ptr[0] == '[',
                   text.ptr[1] == ']'};
    return true;
}

// UPPER(range) and LOWER(range): its bounds. NULL: of no range.
SqlNode *range_bound(Translator *t, const SqlNode *call)
{
    bool upper = str_eq_nocase(call->text, S("UPPER")),
         lower = str_eq_nocase(call->text, S("LOWER"));
    bool one = t->from == DIALECT_POSTGRES && (upper || lower) && sql_tail_count(call) == 1;
    const SqlNode *range = one ? sql_tail(call, 0) : NULL;
    if (!range || !node_is_call(range, "range") || node_arg(range, "bounds")) return NULL;
    return node_arg(range, upper ? "high" : "low");
}

static bool is_bound(const SqlNode *n)
{
    return n->kind != NODE_NULL;
}

static SqlNode *either(Translator *t, SqlNode *a, SqlNode *b)
{
    SqlNode *n = make_node(t, NODE_OR, a, 2);
    n->child[0] = a, n->child[1] = b;
    n->type = TYPE_BOOLEAN;
    return n;
}

// low < high, or a bound that is none.
static SqlNode *before(Translator *t, SqlNode *low, SqlNode *high, bool or_same, bool both)
{
    SqlOp op = or_same ? OP_LE : OP_LT;
    SqlNode *term = neutral_compare(t, make_binary(t, op, node_clone(t, low), node_clone(t, high)));
    SqlNode *bounds[] = {low, both ? high : NULL};
    for (int i = 0; i < 2; i++) {
        bool sure = !bounds[i] || node_is_constant(bounds[i]) || bounds[i]->kind == NODE_TYPED ||
                    is_never_null(t, bounds[i]);
        if (!sure) term = either(t, make_is_null(t, node_clone(t, bounds[i]), false), term);
    }
    return term;
}

static SqlNode *holds(Translator *t, const Range *r, SqlNode *value)
{
    SqlNode *all = NULL;
    if (is_bound(r->low)) all = before(t, r->low, value, r->low_in, false);
    if (is_bound(r->high)) {
        SqlOp op = r->high_in ? OP_GE : OP_GT;
        SqlNode *term =
            neutral_compare(t, make_binary(t, op, node_clone(t, r->high), node_clone(t, value)));
        bool sure =
            node_is_constant(r->high) || r->high->kind == NODE_TYPED || is_never_null(t, r->high);
        if (!sure) term = either(t, make_is_null(t, node_clone(t, r->high), false), term);
        all = make_and(t, all, term);
    }
    return all ? all : make_is_null(t, value, true);
}

// Both have a day in common; an empty one has none.
static SqlNode *overlap(Translator *t, const Range *a, const Range *b)
{
    SqlNode *all = NULL;
    const Range *pairs[][2] = {{a, b}, {b, a}, {a, a}, {b, b}};
    for (int i = 0; i < 4; i++) {
        const Range *x = pairs[i][0], *y = pairs[i][1];
        if (!is_bound(x->low) || !is_bound(y->high)) continue;
        all = make_and(t, all, before(t, x->low, y->high, x->low_in && y->high_in, true));
    }
    return all;
}

// NULL where no range stands.
SqlNode *neutral_range(Translator *t, SqlNode *n)
{
    SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE], *made = NULL;
    Range a, b;
    bool first = range_of(t, left, &a), second = range_of(t, right, &b);
    if (t->failed || (!first && !second)) return NULL;
    if (n->op == OP_HOLDS && first && !second) made = holds(t, &a, right);
    if (n->op == OP_HELD && second && !first) made = holds(t, &b, left);
    if (n->op == OP_OVERLAP && first && second) made = overlap(t, &a, &b);
    if (!made) return translate_unsupported(t, n, "A range is only asked @>, <@ and && here.");
    made->parens = 1;
    return made;
}
