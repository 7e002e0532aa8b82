// neutral_boolean: truth values whose words differ: UNKNOWN, XOR, && and !.
#include "sql/translate.h"

SqlNode *neutral_is(Translator *t, SqlNode *n)
{
    if (n->op == OP_IS_UNKNOWN) n->op = OP_IS_NULL; // of a boolean the same
    if (n->op == OP_IS_NULL || t->to != DIALECT_TRINO) return n;
    bool negated = n->flags & FLAG_NOT, is_true = n->op == OP_IS_TRUE; // Trino has neither
    SqlNode *no = make_node(t, NODE_BOOLEAN, n, 0);
    no->text = is_true ? S("FALSE") : S("TRUE");
    SqlNode *made = make_call2(t, n, "coalesce", n->child[OPERAND], no);
    made->type = TYPE_BOOLEAN;
    return negate(t, made, negated == is_true);
}

SqlNode *neutral_truth(Translator *t, SqlNode *n)
{
    return str_eq(n->text, S("UNKNOWN")) ? make_null(t, n) : n;
}

SqlNode *neutral_unary(Translator *t, SqlNode *n)
{
    (void)t;
    if (n->op == OP_NOT) n->flags &= ~(uint32_t)FLAG_BARE; // !a
    return n;
}

// a XOR b: NOT makes 0 or 1 of each, and leaves NULL.
SqlNode *neutral_xor(Translator *t, SqlNode *n)
{
    SqlNode *a = make_unary(t, OP_NOT, n->child[LEFT_SIDE]);
    SqlNode *b = make_unary(t, OP_NOT, n->child[RIGHT_SIDE]);
    return make_binary(t, OP_NE, a, b);
}

// MySQL's a && b. Between arrays neutral_array.c has read it; elsewhere it is nothing.
SqlNode *neutral_ampersands(Translator *t, SqlNode *n)
{
    if (t->from != DIALECT_MYSQL) {
        return translate_unsupported(t, n, "%s has no operator &&: write AND.",
                                     dialect_name(t->from));
    }
    return make_and(t, n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
}
