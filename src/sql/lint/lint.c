// lint: the table of the rules, and the walk that lets each look at its nodes.
#include "sql/lint/lint.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const LintRule *const rules[] = {
    &lint_always_true,
    &lint_and_or,
    &lint_average_filled,
    &lint_average_of_averages,
    &lint_between_moments,
    &lint_between_open_end,
    &lint_between_reversed,
    &lint_between_versions,
    &lint_case_counts,
    &lint_case_null,
    &lint_coalesce_join,
    &lint_compare_null,
    &lint_compares_itself,
    &lint_correlated,
    &lint_count_column,
    &lint_count_distinct,
    &lint_count_exists,
    &lint_count_outer,
    &lint_cross_join,
    &lint_current_for_history,
    &lint_date_format,
    &lint_date_format_between,
    &lint_distinct_group,
    &lint_distinct_join,
    &lint_distinct_number,
    &lint_distinct_on,
    &lint_distinct_star,
    &lint_division,
    &lint_exists_always,
    &lint_fan_out,
    &lint_fan_trap,
    &lint_function_on_column,
    &lint_having,
    &lint_integer_division,
    &lint_join_or,
    &lint_lag_across,
    &lint_last_value,
    &lint_latest_ties,
    &lint_like_moment,
    &lint_like_plain,
    &lint_like_underscore,
    &lint_limit,
    &lint_list_order,
    &lint_mean,
    &lint_moment_date,
    &lint_month_alone,
    &lint_natural_join,
    &lint_never_true,
    &lint_no_tiebreaker,
    &lint_not_in,
    &lint_now_load,
    &lint_nulls_first,
    &lint_order_inside,
    &lint_outer_undone,
    &lint_pairs,
    &lint_rank_gap,
    &lint_recursion,
    &lint_repeated,
    &lint_rows_for_days,
    &lint_running_ties,
    &lint_select_star,
    &lint_sum_distinct,
    &lint_sum_ones,
    &lint_unequal_null,
    &lint_union,
    &lint_unused_cte,
};
enum { RULES = sizeof rules / sizeof *rules };

static SqlFinding *say(Lint *l, uint32_t at, const char *fmt, va_list ap)
{
    char text[400];
    vsnprintf(text, sizeof text, fmt, ap);
    SqlFinding *f = vec_push(l->arena, &l->found);
    *f = (SqlFinding){.rule = l->rule->name,
                      .at = at,
                      .why = str_copy(l->arena, str_from(text)),
                      .instead = l->rule->instead};
    return f;
}

void lint_say(Lint *l, const SqlNode *place, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    SqlFinding *f = say(l, place->at, fmt, ap);
    f->line = (int)place->line, f->column = (int)place->column;
    va_end(ap);
}

void lint_say_at(Lint *l, size_t at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    SqlFinding *f = say(l, (uint32_t)at, fmt, ap);
    sql_place(l->script->sql, at, &f->line, &f->column);
    va_end(ap);
}

void lint_instead(Lint *l, const char *fmt, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    l->found.at[l->found.len - 1].instead = str_c(l->arena, str_from(text));
}

Str lint_text(const Lint *l, const SqlNode *n)
{
    enum { MOST = 40 };
    Str text = sql_source(l->script->sql, n);
    return text.len <= MOST && !str_find(text, S("\n"), NULL) ? text : (Str){0};
}

static void know_parents(Lint *l, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i]) continue;
        l->parents[n->child[i]->id] = n;
        know_parents(l, n->child[i]);
    }
}

static void look(Lint *l, const SqlNode *n)
{
    for (size_t i = 0; i < RULES; i++) {
        if (rules[i]->kind != n->kind) continue;
        l->rule = rules[i];
        rules[i]->look(l, n);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) look(l, n->child[i]);
    }
}

static int by_place(const void *a, const void *b)
{
    const SqlFinding *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

SqlFindings sql_lint(Arena *a, const SqlScript *s, const SqlMeaning *m)
{
    Lint l = {.arena = a, .script = s, .meaning = m};
    l.parents = arena_array(a, const SqlNode *, s->nodes);
    know_parents(&l, s->root);
    look(&l, s->root);
    if (l.found.len) qsort(l.found.at, l.found.len, sizeof *l.found.at, by_place);
    return (SqlFindings){l.found.at, l.found.len};
}

StrList sql_lint_rules(Arena *a)
{
    StrList names = {arena_array(a, Str, RULES), RULES};
    for (size_t i = 0; i < RULES; i++) names.at[i] = str_from(rules[i]->name);
    return names;
}
