// union: UNION sorts out duplicates between arms that cannot have any in common.
#include "sql/lint/lint.h"

static const SqlNode *select_of(const SqlNode *n)
{
    while (n && n->kind == NODE_QUERY) n = n->child[QUERY_BODY];
    return n && n->kind == NODE_SELECT ? n : NULL;
}

static bool differ(const SqlNode *a, const SqlNode *b)
{
    bool same_kind = a->kind == b->kind && (a->kind == NODE_STRING || a->kind == NODE_NUMBER);
    return same_kind && !str_eq(a->text, b->text);
}

// Where the word stands: between the arms.
static size_t word_at(const Lint *l, const SqlNode *n)
{
    Lexer x = sql_lexer(l->script->sql, l->script->dialect);
    x.at = n->child[LEFT_SIDE]->end;
    Token t = sql_next(&x);
    while (t.kind != TOKEN_END && !str_eq_nocase(t.text, S("UNION"))) t = sql_next(&x);
    return t.kind == TOKEN_END ? n->at : t.at;
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_UNION || n->flags & FLAG_ALL) return;
    const SqlNode *left = n->child[LEFT_SIDE];
    if (left->kind == NODE_SETOP) left = left->child[RIGHT_SIDE];
    const SqlNode *a = select_of(left), *b = select_of(n->child[RIGHT_SIDE]);
    if (!a || !b || (!a->child[SELECT_FROM] && !b->child[SELECT_FROM])) return; // a list of words
    a = a->child[SELECT_ITEMS], b = b->child[SELECT_ITEMS];
    if (sql_tail_count(a) != sql_tail_count(b)) return;
    for (uint32_t i = 0; i < sql_tail_count(a); i++) {
        if (!differ(sql_tail(a, i)->child[ITEM_VALUE], sql_tail(b, i)->child[ITEM_VALUE])) continue;
        lint_say_at(l, word_at(l, n),
                    "UNION compares all rows for duplicates; column %u tells the arms apart, so "
                    "only within one of them can there be any.",
                    i + 1);
        return;
    }
}

const LintRule lint_union = {
    .name = "union-dedupes",
    .kind = NODE_SETOP,
    .look = look,
    .instead = "UNION ALL by default; where an arm has copies of its own, take them away there.",
};
