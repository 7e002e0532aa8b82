// neutral_whole: sums and products of integers that may be too large for home's type.
//
// SQLite makes a REAL of what has more than 64 bits, without a word; every engine says so or, as
// Spark, starts again from below. What columns of a warehouse hold is taken to be small: only
// literals, computed products and what a recursive CTE adds up are worth a function at run time.
#include "sql/lower.h"
#include "sql/translate.h"

enum { COLUMN_BITS = 31, WHOLE_BITS = 63, INT_BITS = 31 };

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int literal_bits(Str text)
{
    int64_t v;
    int bits = 0;
    if (!str_to_i64(text, &v)) return WHOLE_BITS;
    for (uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v; u; u >>= 1) bits++;
    return bits;
}

// Its own query may be what brings it, again and again.
static bool is_recursive(const Translator *t, const SqlNode *column)
{
    const SqlBinding *b = node_binding(t, column);
    bool table = b && b->source && b->source->kind == NODE_TABLE;
    if (!table || t->meaning->tables[b->source->id]) return false;
    const SqlNode *root = t->script->root;
    for (uint32_t i = 0; i < root->count; i++) {
        const SqlNode *query = root->child[i];
        const SqlNode *with = query->kind == NODE_QUERY ? query->child[QUERY_WITH] : NULL;
        if (with && with->flags & FLAG_RECURSIVE) return true;
    }
    return false;
}

static int bits(const Translator *t, const SqlNode *n)
{
    int most = 0;
    switch (n->kind) {
    case NODE_NUMBER:
        return literal_bits(n->text);
    case NODE_COLUMN:
        return is_recursive(t, n) ? WHOLE_BITS : COLUMN_BITS;
    case NODE_UNARY:
        return bits(t, n->child[ONLY]);
    case NODE_CAST:
        return bits(t, n->child[CAST_VALUE]);
    case NODE_CASE:
        for (uint32_t i = 0; i < sql_tail_count(n); i++)
            most = larger(most, bits(t, sql_tail(n, i)->child[WHEN_RESULT]));
        return n->child[CASE_ELSE] ? larger(most, bits(t, n->child[CASE_ELSE])) : most;
    case NODE_BINARY: {
        int a = bits(t, n->child[LEFT_SIDE]), b = bits(t, n->child[RIGHT_SIDE]);
        int all = n->op == OP_MULTIPLY ? a + b : larger(a, b) + 1;
        return all > WHOLE_BITS ? WHOLE_BITS : all;
    }
    default:
        return COLUMN_BITS; // counts, ranks, parts of a date
    }
}

// An integer of 32 bits where the text says so: a literal, or a cast.
static bool is_int(const SqlNode *n)
{
    if (n->kind == NODE_NUMBER) return literal_bits(n->text) <= INT_BITS;
    if (n->kind == NODE_UNARY) return is_int(n->child[ONLY]);
    if (node_is_call(n, "whole")) return is_int(node_arg(n, "a")) && is_int(node_arg(n, "b"));
    if (n->kind == NODE_BINARY) return is_int(n->child[LEFT_SIDE]) && is_int(n->child[RIGHT_SIDE]);
    if (n->kind != NODE_CAST) return false;
    Str name = n->child[CAST_TYPE]->text;
    return str_eq(name, S("INT")) || str_eq(name, S("INTEGER")) || str_eq(name, S("INT4"));
}

static bool has_ints(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_DUCKDB ||
           d == DIALECT_SPARK || d == DIALECT_FLINK;
}

// a + b, a - b, a * b of integers: the function where it may be too large, else the node itself.
SqlNode *neutral_whole(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    bool whole = node_is(a, TYPE_INTEGER) && node_is(b, TYPE_INTEGER);
    if (t->to != DIALECT_SQLITE || t->from == DIALECT_SQLITE || !whole) return n;
    int x = bits(t, a), y = bits(t, b);
    bool ints = has_ints(t->from) && is_int(a) && is_int(b);
    // 1 more, again and again, would take for ever to come there.
    bool step = n->op != OP_MULTIPLY && (x <= INT_BITS || y <= INT_BITS);
    int least = x < y ? x : y;
    int need = n->op == OP_MULTIPLY ? (least <= 1 ? larger(x, y) : x + y) : larger(x, y) + 1;
    bool literals = a->kind == NODE_NUMBER || a->kind == NODE_UNARY;
    bool fits = ints ? need <= INT_BITS : need <= WHOLE_BITS || (step && !literals);
    if (fits) return n;
    const char *op = n->op == OP_ADD ? "+" : n->op == OP_SUBTRACT ? "-" : "*";
    SqlNode *args[] = {make_string(t, n, str_from(op)), a, b,
                       make_string(t, n, str_from(dialect_name(t->from))),
                       make_number(t, n, ints ? 32 : 64)};
    SqlNode *made = make_call(t, n, "whole", args, 5);
    made->type = TYPE_INTEGER;
    return made;
}
