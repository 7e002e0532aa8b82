// date_format: a date held against a text that is not written YYYY-MM-DD.
#include "sql/lint/lint.h"

static bool is_digit(Str s, size_t i)
{
    return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

// YYYY, YYYY-MM, YYYY-MM-DD and what may follow.
static bool is_iso(Str s)
{
    for (size_t i = 0; i < s.len && i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? s.ptr[i] != '-' : !is_digit(s, i)) return false;
    }
    return s.len == 4 || s.len == 7 || s.len >= 10;
}

// 31/12/2025, 1.2.2025
static bool day_first(Str s)
{
    size_t i = is_digit(s, 1) ? 2 : 1;
    return is_digit(s, 0) && i < s.len && str_find(S("/.-"), str_slice(s, i, i + 1), NULL);
}

static void judge(Lint *l, const SqlNode *moment, const SqlNode *text)
{
    LogicalType type = lint_type(l, moment);
    bool date = type == TYPE_DATE || type == TYPE_TIMESTAMP;
    if (!date || !lint_binding(l, moment) || text->kind != NODE_STRING) return;
    // SQLite compares texts; the others read what begins with a year.
    bool texts = l->script->dialect == DIALECT_SQLITE;
    if (texts ? is_iso(text->text) || !is_digit(text->text, 0) : !day_first(text->text)) return;
    lint_say(l, text, "%s",
             texts ? "Dates are texts here and compare as such: this one is written "
                     "otherwise than they are."
                   : "Whether day or month comes first here is up to the engine.");
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op < OP_EQ || n->op > OP_GE) return;
    judge(l, n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
    judge(l, n->child[RIGHT_SIDE], n->child[LEFT_SIDE]);
}

static void look_between(Lint *l, const SqlNode *n)
{
    judge(l, n->child[OPERAND], n->child[OPERAND_SECOND]);
    judge(l, n->child[OPERAND], n->child[OPERAND_THIRD]);
}

const LintRule lint_date_format = {
    .name = "date-not-iso",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Write 'YYYY-MM-DD'.",
};
const LintRule lint_date_format_between = {
    .name = "date-not-iso",
    .kind = NODE_BETWEEN,
    .look = look_between,
    .instead = "Write 'YYYY-MM-DD'.",
};
