// current: is_current in a question about the past: today's version is taken for all times.
#include "sql/lint/lint.h"

static bool has_column(const Lint *l, const SqlNode *source, const Str *names, size_t len)
{
    SqlColumns c = l->meaning->sources[source->id];
    for (size_t i = 0; i < c.len; i++) {
        for (size_t k = 0; k < len; k++) {
            if (str_eq_nocase(c.at[i].name, names[k])) return true;
        }
    }
    return false;
}

static bool is_versioned(const Lint *l, const SqlNode *source)
{
    static const Str from[] = {STR_LIT("valid_from"), STR_LIT("effective_from"),
                               STR_LIT("start_date"), STR_LIT("valid_from_ts"),
                               STR_LIT("effective_date")};
    return lint_is_base(l, source) && has_column(l, source, from, sizeof from / sizeof *from);
}

static bool is_flag(const Lint *l, const SqlNode *n)
{
    return n->kind == NODE_COLUMN && str_eq_nocase(sql_last(n)->text, S("is_current")) &&
           lint_binding(l, n) && is_versioned(l, lint_binding(l, n)->source);
}

// Joined to something that happened at a time of its own.
static bool has_moment(const Lint *l, const SqlNode *source)
{
    Str name = source->kind == NODE_TABLE ? str_lower(l->arena, sql_last(source)->text) : (Str){0};
    SqlColumns c = l->meaning->sources[source->id];
    bool fact = str_starts(name, S("fact")) || str_find(name, S("event"), NULL);
    for (size_t i = 0; fact && i < c.len; i++) {
        if (c.at[i].type == TYPE_TIMESTAMP || c.at[i].type == TYPE_DATE) return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *sources[16];
    size_t count = lint_sources(n->child[SELECT_FROM], sources, 16);
    const SqlNode *flag = lint_find(l, n->child[SELECT_WHERE], is_flag, lint_is_query);
    if (!flag) flag = lint_find(l, n->child[SELECT_FROM], is_flag, lint_is_query);
    if (!flag) return;
    for (size_t i = 0; i < count; i++) {
        if (is_versioned(l, sources[i]) || !has_moment(l, sources[i])) continue;
        lint_say(l, flag,
                 "is_current gives today's version; " STR_FMT " happened when another one "
                 "was valid.",
                 STR_ARG(lint_source_name(sources[i])));
        return;
    }
}

const LintRule lint_current_for_history = {
    .name = "current-for-history",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Join on the interval: ts >= valid_from AND (ts < valid_to OR valid_to IS NULL).",
};
