// rule_ampersands: a && b is no AND where it asks whether arrays overlap.
#include "sql/rule.h"

static bool is_plain(const RuleRun *r, const SqlNode *n)
{
    TypeClass c = rule_class(r, n);
    return c == IS_NUMBER || c == IS_BOOLEAN || c == IS_MOMENT;
}

// a = 1 && b = 2 is a = (1 && b) = 2: the operator stands at an edge of what is compared.
static const SqlNode *and_sign(const RuleRun *r, const SqlNode *n)
{
    while (n && n->kind == NODE_BINARY && n->op != OP_OVERLAP) {
        const SqlNode *right = n->child[RIGHT_SIDE];
        bool here = right && right->kind == NODE_BINARY && right->op == OP_OVERLAP;
        n = here ? right : n->child[LEFT_SIDE];
    }
    bool sign = n && n->kind == NODE_BINARY;
    return sign && (is_plain(r, n->child[LEFT_SIDE]) || is_plain(r, n->child[RIGHT_SIDE])) ? n
                                                                                           : NULL;
}

static void check_ampersands(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (!and_sign(r, n)) return;
    rule_refuse(r, n, HOME_NONE, (Str){0},
                "In %s && asks whether two arrays overlap: conditions are joined by AND.",
                home_title(r->dialect));
}

const SqlRule rule_ampersands = {
    "&& between what is no array", PG | DUCK, {NODE_BINARY}, check_ampersands};
