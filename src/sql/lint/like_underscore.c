// like_underscore: in LIKE 'user_id%' the _ stands for any one character.
#include "sql/lint/lint.h"

static bool is_letter(char c)
{
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

// Two words of two letters at least with a _ between: not a_b, which is a letter that is any.
static bool joins_words(Str s)
{
    bool found = false;
    for (size_t i = 2; i + 2 < s.len; i++) {
        const char *p = s.ptr + i;
        if (*p == '\\') return false;
        found = found || (*p == '_' && is_letter(p[-1]) && is_letter(p[-2]) && is_letter(p[1]) &&
                          is_letter(p[2]));
    }
    return found;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *pattern = n->child[OPERAND_SECOND];
    if ((n->op != OP_LIKE && n->op != OP_ILIKE) || pattern->kind != NODE_STRING) return;
    if (n->child[OPERAND_THIRD] || !joins_words(pattern->text)) return;
    lint_say(l, pattern, "The _ in this pattern stands for any one character, not for itself.");
}

const LintRule lint_like_underscore = {
    .name = "like-underscore",
    .kind = NODE_LIKE,
    .look = look,
    .instead = "Escape it, as in LIKE 'a!_b%' ESCAPE '!', where the sign itself is meant.",
};
