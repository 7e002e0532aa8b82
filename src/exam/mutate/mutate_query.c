// mutate_query: what is changed in the shape of a query: joins, conditions and where they stand,
// groups, DISTINCT, set operations.
#include "exam/mutate/mutate.h"

// --- Joins ---

// What a join or a condition calls this part of FROM.
static Str source_name(const Mutator *m, const SqlNode *n)
{
    const SqlNode *alias = NULL;
    if (n->kind == NODE_JOIN) return source_name(m, n->child[JOIN_RIGHT]);
    if (n->kind == NODE_TABLE) alias = n->child[TABLE_ALIAS];
    if (n->kind == NODE_DERIVED) alias = n->child[DERIVED_ALIAS];
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    return n->kind == NODE_TABLE ? sql_last(n)->text : S("the subquery");
}

// Spoken of by its table's name where it has one.
static Str spoken_name(const Mutator *m, const SqlNode *n)
{
    if (n->kind == NODE_JOIN) return spoken_name(m, n->child[JOIN_RIGHT]);
    return n->kind == NODE_TABLE ? sql_last(n)->text : source_name(m, n);
}

static bool is_plain_join(const SqlNode *n)
{
    return n->kind == NODE_JOIN && !(n->flags & (FLAG_NATURAL | FLAG_COMMA)) &&
           (n->child[JOIN_ON] || n->child[JOIN_USING]);
}

static void rejoin(Mutator *m, const SqlNode *n, const char *as, const char *words)
{
    const Token *first = mutator_first(m, n->child[JOIN_LEFT]->end);
    const Token *last = mutator_last(m, n->child[JOIN_RIGHT]->at);
    Str right = spoken_name(m, n->child[JOIN_RIGHT]);
    mutant_edit(m, (MutantEdit){first->at, token_end(last), str_from(as)},
                str_fmt(m->arena, "the join with " STR_FMT " were %s", STR_ARG(right), words));
}

static void find_join(Mutator *m, const SqlNode *n)
{
    if (!is_plain_join(n)) return;
    switch (n->op) {
    case OP_INNER:
        rejoin(m, n, "LEFT JOIN", "LEFT: rows without a match there stay, with NULL");
        break;
    case OP_LEFT:
        rejoin(m, n, "JOIN", "INNER: rows without a match there vanish");
        break;
    case OP_RIGHT:
        rejoin(m, n, "JOIN", "INNER: its rows without a match vanish");
        break;
    case OP_FULL:
        rejoin(m, n, "LEFT JOIN", "LEFT: what stands only there is missing");
        rejoin(m, n, "JOIN", "INNER: rows without a match on either side vanish");
        break;
    default:
        break;
    }
}

// --- Conditions ---

static bool is_chain(const SqlNode *n)
{
    return n && (n->kind == NODE_AND || n->kind == NODE_OR);
}

// The edit that takes arm `i` out of a chain, with the word beside it.
static MutantEdit without_arm(const SqlNode *chain, uint32_t i)
{
    size_t at = i ? chain->child[i - 1]->end : chain->child[0]->at;
    size_t end = i ? chain->child[i]->end : chain->child[1]->at;
    return (MutantEdit){at, end, {0}};
}

static const SqlNode *clause_of(const SqlNode *select, uint32_t role)
{
    return role < select->count ? select->child[role] : NULL;
}

// WHERE x, HAVING x, QUALIFY x with their word.
static MutantEdit without_clause(const Mutator *m, const SqlNode *condition)
{
    const Token *word = mutator_last(m, condition->at);
    return (MutantEdit){word->at, condition->end, {0}};
}

static void find_predicate(Mutator *m, const SqlNode *n)
{
    static const uint32_t clauses[] = {SELECT_WHERE, SELECT_HAVING, SELECT_QUALIFY};
    for (uint32_t i = 0; is_chain(n) && i < n->count; i++) {
        Str arm = mutator_words(m, n->child[i]);
        mutant_edit(m, without_arm(n, i),
                    str_fmt(m->arena, "the condition " STR_FMT " were missing", STR_ARG(arm)));
    }
    if (n->kind == NODE_CALL && n->child[CALL_FILTER]) {
        const SqlNode *f = n->child[CALL_FILTER];
        const Token *end = mutator_token(m, f->end, n->end, ")");
        const Token *word = mutator_last(m, f->at) - 2; // FILTER ( WHERE
        bool whole = end && word >= m->tokens && str_eq_nocase(word->text, S("FILTER"));
        if (whole) mutant_edit(m, (MutantEdit){word->at, token_end(end), {0}}, (Str){0});
    }
    if (n->kind != NODE_SELECT) return;
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        const SqlNode *c = clause_of(n, clauses[i]);
        if (!c || c->kind == NODE_AND) continue;
        Str text = mutator_words(m, c);
        mutant_edit(m, without_clause(m, c),
                    str_fmt(m->arena, "the condition " STR_FMT " were missing", STR_ARG(text)));
    }
}

// --- A condition in ON that belongs to WHERE, and the other way round ---

static const SqlNode *select_of(const Mutator *m, const SqlNode *n)
{
    while (n && n->kind != NODE_SELECT) n = mutator_parent(m, n);
    return n;
}

static void to_where(Mutator *m, const SqlNode *select, const SqlNode *chain, uint32_t arm)
{
    Str text = mutator_source(m, chain->child[arm]);
    const SqlNode *where = clause_of(select, SELECT_WHERE);
    const SqlNode *from = select->child[SELECT_FROM];
    Str words = str_fmt(m->arena, "the condition " STR_FMT " stood in WHERE",
                        STR_ARG(mutator_words(m, chain->child[arm])));
    Str first = str_fmt(m->arena, STR_FMT " AND (", STR_ARG(text));
    Str only = str_fmt(m->arena, " WHERE " STR_FMT, STR_ARG(text));
    MutantEdit edits[3] = {without_arm(chain, arm)};
    if (where) {
        edits[1] = (MutantEdit){where->at, where->at, first};
        edits[2] = (MutantEdit){where->end, where->end, S(")")};
    } else {
        edits[1] = (MutantEdit){from->end, from->end, only};
    }
    mutant_edits(m, edits, where ? 3 : 2, words);
}

static bool names_source(const Mutator *m, const SqlNode *n, Str name)
{
    if (n->kind == NODE_COLUMN) {
        return sql_tail_count(n) > 1 && str_eq_nocase(sql_tail(n, 0)->text, name);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && names_source(m, n->child[i], name)) return true;
    }
    return false;
}

static void to_on(Mutator *m, const SqlNode *join, const SqlNode *where, const SqlNode *arm)
{
    const SqlNode *on = join->child[JOIN_ON];
    bool wrap = arm->kind == NODE_OR && !arm->parens;
    Str text = mutator_source(m, arm);
    Str with = str_fmt(m->arena, wrap ? " AND (" STR_FMT ")" : " AND " STR_FMT, STR_ARG(text));
    Str words = str_fmt(m->arena, "the condition " STR_FMT " belonged to the join",
                        STR_ARG(mutator_words(m, arm)));
    MutantEdit edits[2] = {{on->end, on->end, with}, without_clause(m, where)};
    for (uint32_t i = 0; where != arm && i < where->count; i++) {
        if (where->child[i] == arm) edits[1] = without_arm(where, i);
    }
    if (on->kind != NODE_OR) mutant_edits(m, edits, 2, words);
}

static void find_moved(Mutator *m, const SqlNode *n)
{
    if (!is_plain_join(n) || n->op != OP_LEFT || !n->child[JOIN_ON]) return;
    const SqlNode *on = n->child[JOIN_ON], *select = select_of(m, n);
    if (!select || !select->child[SELECT_FROM]) return;
    for (uint32_t i = 0; on->kind == NODE_AND && i < on->count; i++) to_where(m, select, on, i);
    const SqlNode *where = clause_of(select, SELECT_WHERE);
    if (!where) return;
    Str name = source_name(m, n->child[JOIN_RIGHT]);
    bool chain = where->kind == NODE_AND && !where->parens;
    if (!chain && names_source(m, where, name)) to_on(m, n, where, where);
    for (uint32_t i = 0; chain && i < where->count; i++) {
        if (names_source(m, where->child[i], name)) to_on(m, n, where, where->child[i]);
    }
}

// --- Groups ---

static bool is_grouped_by(const SqlNode *group, const SqlNode *column)
{
    for (uint32_t i = 0; i < group->count; i++) {
        const SqlNode *k = group->child[i];
        if (k->kind == NODE_COLUMN && str_eq_nocase(sql_last(k)->text, sql_last(column)->text)) {
            return true;
        }
    }
    return false;
}

// Puts each column that an aggregate below `n` reads among the keys.
static void add_keys(Mutator *m, const SqlNode *group, const SqlNode *n, bool inside)
{
    if (n->kind == NODE_SUBQUERY || n->kind == NODE_EXISTS) return;
    if (inside && n->kind == NODE_COLUMN && !is_grouped_by(group, n)) {
        Str column = mutator_source(m, n);
        Str words = str_fmt(m->arena, "it were grouped by " STR_FMT " as well", STR_ARG(column));
        Str with = str_fmt(m->arena, ", " STR_FMT, STR_ARG(column));
        mutant_edit(m, (MutantEdit){group->end, group->end, with}, words);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) add_keys(m, group, n->child[i], inside || mutator_is_aggregate(n));
    }
}

static void find_grouping(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_SELECT || !n->child[SELECT_GROUP]) return;
    const SqlNode *group = n->child[SELECT_GROUP];
    if (group->op != OP_NONE || (group->flags & FLAG_ALL) || !group->count) return;
    for (uint32_t i = 0; group->count > 1 && i < group->count; i++) {
        Str key = mutator_words(m, group->child[i]);
        mutant_edit(m, without_arm(group, i),
                    str_fmt(m->arena, "it were not grouped by " STR_FMT, STR_ARG(key)));
    }
    add_keys(m, group, n->child[SELECT_ITEMS], false);
}

// --- DISTINCT ---

static bool may_repeat(const Mutator *m, const SqlNode *select)
{
    const SqlNode *query = mutator_parent(m, select);
    const SqlNode *around = query ? mutator_parent(m, query) : NULL;
    if (!select->child[SELECT_FROM] || select->child[SELECT_GROUP] ||
        mutator_has_aggregate(select->child[SELECT_ITEMS])) {
        return false;
    }
    if (!query || query->kind != NODE_QUERY) return false; // UNION: its own class
    return around && around->kind != NODE_EXISTS && around->kind != NODE_SUBQUERY;
}

static void find_distinct(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_SELECT || n->child[SELECT_ON]) return;
    const Token *word = mutator_token(m, n->at, n->end, "SELECT");
    if (!word) return;
    if (n->flags & FLAG_DISTINCT) {
        mutant_edit(m, (MutantEdit){word[1].at, token_end(&word[1]), {0}},
                    S("DISTINCT were missing: what occurs twice shows twice"));
    } else if (!(n->flags & (FLAG_ALL | FLAG_FROM_FIRST)) && may_repeat(m, n)) {
        mutant_edit(m, (MutantEdit){token_end(word), token_end(word), S(" DISTINCT")},
                    S("equal rows were taken as one (DISTINCT)"));
    }
}

// --- Set operations ---

static void find_setop(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_SETOP) return;
    const Token *first = mutator_first(m, n->child[LEFT_SIDE]->end);
    size_t end = token_end(mutator_last(m, n->child[RIGHT_SIDE]->at));
    if (str_eq(mutator_last(m, n->child[RIGHT_SIDE]->at)->text, S("("))) return;
    MutantEdit edit = {first->at, end, {0}};
    if (n->op == OP_UNION && (n->flags & FLAG_ALL)) {
        edit.with = S("UNION");
        mutant_edit(m, edit, S("UNION ALL were UNION: what occurs twice shows once"));
    } else if (n->op == OP_UNION) {
        edit.with = S("UNION ALL");
        mutant_edit(m, edit, S("UNION were UNION ALL: what occurs twice shows twice"));
    } else if (n->op == OP_INTERSECT) {
        edit.with = S("EXCEPT");
        mutant_edit(m, edit, (Str){0});
    } else {
        edit.with = S("INTERSECT");
        mutant_edit(m, edit, (Str){0});
    }
}

const Mutation MUTATIONS_QUERY[] = {
    {"join", "the join were {now}", find_join},
    {"moved", "a condition of the join stood in WHERE", find_moved},
    {"predicate", "the condition {was} were missing", find_predicate},
    {"grouping", "it were grouped otherwise", find_grouping},
    {"distinct", "DISTINCT stood otherwise", find_distinct},
    {"set operation", "{was} were {now}", find_setop},
};
const size_t MUTATIONS_QUERY_LEN = sizeof MUTATIONS_QUERY / sizeof *MUTATIONS_QUERY;
