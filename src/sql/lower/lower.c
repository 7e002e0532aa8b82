// lower: what the target lacks, rewritten into what it has: a table of passes, inner nodes first.
#include "sql/lower.h"
#include "base/check.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/lower_write.h"

// Postgres and MySQL want a name for a subquery in FROM.
static SqlNode *lower_derived(Translator *t, SqlNode *n)
{
    bool wanted = t->to == DIALECT_POSTGRES || t->to == DIALECT_MYSQL;
    if (wanted && !n->child[DERIVED_ALIAS] && !(n->flags & FLAG_BARE))
        n->child[DERIVED_ALIAS] = make_alias(t, n, make_name(t, "q"));
    return n;
}

typedef struct {
    SqlKind kind;
    SqlNode *(*run)(Translator *t, SqlNode *n);
} Pass;

// In the order in which they run over a node of their kind.
// clang-format off
static const Pass passes[] = {
    {NODE_ARRAY, lower_array},
    {NODE_BETWEEN, lower_gap_between},
    {NODE_BETWEEN, lower_truncated_between},
    {NODE_BINARY, lower_bits},
    {NODE_BINARY, lower_gap},
    {NODE_BINARY, lower_pipes},
    {NODE_BINARY, lower_variant},
    {NODE_BINARY, lower_span_sum},
    {NODE_BINARY, lower_truncated},
    {NODE_BOUND, lower_bound},
    {NODE_CALL, lower_call},
    {NODE_CALL, lower_choice_there},
    {NODE_CALL, lower_concat_there},
    {NODE_CALL, lower_bins},
    {NODE_CALL, lower_days},
    {NODE_CALL, lower_group},
    {NODE_CALL, lower_number_there},
    {NODE_CALL, lower_regexp},
    {NODE_CALL, print_there},
    {NODE_CALL, lower_text_there},
    {NODE_CAST, lower_cast},
    {NODE_COLLATE, lower_collate},
    {NODE_CTE, lower_values_cte},
    {NODE_DERIVED, lower_values_derived},
    {NODE_DERIVED, lower_derived},
    {NODE_IN, lower_in},
    {NODE_INSERT, lower_inserted_values},
    {NODE_LIKE, lower_like_there},
    {NODE_LIKE, lower_like},
    {NODE_QUANTIFIED, lower_quantified},
    {NODE_ORDER_BY, lower_order},
    {NODE_QUERY, lower_query},
    {NODE_SCRIPT, lower_values_script},
    {NODE_SELECT, lower_having},
    {NODE_SETOP, lower_setop},
    {NODE_SUBQUERY, lower_values_subquery},
    {NODE_TYPED, lower_typed},
    {NODE_UNARY, lower_bit_not},
    {NODE_UNARY, lower_span_minus},
    {NODE_VALUES, lower_values},
};
// clang-format on
enum { PASSES = sizeof passes / sizeof *passes };

static bool is_child(const SqlNode *n, const SqlNode *of)
{
    for (uint32_t i = 0; i < of->count; i++) {
        if (of->child[i] == n) return true;
    }
    return false;
}

// A child that takes its parent's place has been through the passes of its own kind.
static SqlNode *lower_node(Translator *t, SqlNode *n)
{
    for (size_t i = 0; i < PASSES && !t->failed; i++) {
        if (passes[i].kind != sql_kind_of(n)) continue;
        SqlNode *made = passes[i].run(t, n);
        if (made != n && is_child(made, n)) return made;
        n = made;
    }
    return n;
}

SqlNode *lower_typed(Translator *t, SqlNode *n) // DATE '2024-01-31': its text
{
    SqlNode *text = n->child[ONLY];
    bool has = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB || t->to == DIALECT_SQLITE;
    bool time = node_is_moment(n) && text && text->kind == NODE_STRING;
    if (!has && time && is_endless(text->text)) {
        return translate_unsupported(
            t, n, "%s has no time without end: take a day such as '9999-12-31' for it.",
            home_title(t->to));
    }
    if (t->to != DIALECT_SQLITE || !n->type) return n;
    text->type = n->type;
    return text;
}

SqlNode *lower_tree(Translator *t, SqlNode *root)
{
    lower_dependent(t, root);
    lower_with(t, root);
    root = lower_names(t, root);
    lower_variables(t, root);
    lower_deep(t, root);
    bool foreign = t->to != DIALECT_SQLITE && t->from != t->to;
    if (foreign) upserts_there(t, root);
    if (foreign && !t->failed) updates_there(t, root);
    root = lower_windows(t, root);
    root = lower_writes(t, root);
    root = lower_from_tree(t, root);
    return node_map(t, root, lower_node);
}

// A function that a template cannot say says itself as a tree, at run time.
SqlNode *lower_call(Translator *t, SqlNode *n)
{
    CHECK(n->fn); // neutral left none as it was
    const SqlFn *fn = fn_at(n->fn);
    bool runtime = t->to == DIALECT_SQLITE;
    return runtime && fn->lower ? fn->lower(t, n) : n;
}
