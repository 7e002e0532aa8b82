// rule_arrow: DuckDB's -> and ->> bind more loosely than any other operator: what stands beside
// them without parentheses becomes their own operand.
#include "sql/rule.h"

static bool is_arrow(const SqlNode *n)
{
    bool arrow = n && n->kind == NODE_BINARY && (n->op == OP_JSON || n->op == OP_JSON_TEXT);
    return arrow && !n->parens;
}

static void refuse_arrow(RuleRun *r, const SqlNode *arrow)
{
    const char *word = arrow->op == OP_JSON ? "->" : "->>";
    rule_refuse(r, arrow, HOME_NONE, (Str){0},
                "In DuckDB %s binds more loosely than the operators beside it, so it takes them as "
                "its own operands: put parentheses around what it reads.",
                word);
}

// The arrow at the left edge of an operand: what stands before it is taken for its own.
static const SqlNode *arrow_at_edge(const SqlNode *n)
{
    while (n && !n->parens && !is_arrow(n)) {
        bool operand = n->kind == NODE_BINARY || n->kind == NODE_IS || n->kind == NODE_IN ||
                       n->kind == NODE_LIKE || n->kind == NODE_BETWEEN;
        if (!operand) return NULL;
        n = n->child[0];
    }
    return is_arrow(n) ? n : NULL;
}

static void check_arrow(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool between_words = n->kind == NODE_IN || n->kind == NODE_BETWEEN || n->kind == NODE_LIKE;
    bool arrow = n->kind == NODE_BINARY && (n->op == OP_JSON || n->op == OP_JSON_TEXT);
    if (arrow) return;
    if (n->kind != NODE_UNARY && is_arrow(n->child[0]) && n->child[0]->op == OP_JSON)
        refuse_arrow(r, n->child[0]);
    uint32_t first = n->kind == NODE_UNARY ? 0 : 1;
    for (uint32_t i = first; !between_words && i < n->count; i++) {
        const SqlNode *edge = arrow_at_edge(n->child[i]);
        if (edge) refuse_arrow(r, edge);
    }
}

const SqlRule rule_document_arrow = {
    "an arrow of DuckDB without parentheses",
    DUCK,
    {NODE_BINARY, NODE_UNARY, NODE_AND, NODE_OR, NODE_IS, NODE_IN, NODE_BETWEEN, NODE_LIKE},
    check_arrow};
