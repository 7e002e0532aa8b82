// same: mutants that cannot differ from the reference, and why.
//
// An author reads the mutants that no database refutes, and most of them are the reference in other
// words: a DISTINCT over a key, a COALESCE around what is never NULL. What can be proved so from
// the warehouse's constraints is set aside with its reason. A proof is a row of the table; where it
// is not sure, it says nothing.
#include "exam/same/same.h"
#include "exam/mutate/mutants.h"
#include <string.h>

// --- DISTINCT, and equal rows ---

static const char *distinct_over_key(const Doubt *d)
{
    bool adds = d->n->kind == NODE_SELECT && str_eq(d->m->now, S("DISTINCT"));
    return adds && rowkeys_output(d->t, d->n) ? "its rows hold a key: no two are equal" : NULL;
}

static const char *distinct_needless(const Doubt *d)
{
    bool drops = d->n->kind == NODE_SELECT && !d->m->now.len && d->n->flags & FLAG_DISTINCT;
    if (!drops) return NULL;
    SqlNode all = *d->n;
    all.flags &= ~(uint32_t)FLAG_DISTINCT;
    return rowkeys_output(d->t, &all) ? "without it its rows hold a key: no two are equal" : NULL;
}

static bool never_null(const Doubt *d, const SqlNode *value)
{
    const SqlNode *group = d->select ? d->select->child[SELECT_GROUP] : NULL;
    return value && d->t->meaning.types[value->id].not_null && (!group || tree_plain_group(group));
}

static const char *distinct_inside(const Doubt *d)
{
    if (d->n->kind != NODE_CALL || d->n->child[CALL_OVER] || !d->select ||
        sql_tail_count(d->n) != 1)
        return NULL;
    const SqlNode *arg = sql_tail(d->n, 0), *group = d->select->child[SELECT_GROUP];
    if (!tree_is_own(d->t, d->select, arg)) return NULL;
    if (str_eq(d->m->now, S("*")))
        return never_null(d, arg) ? "what is counted is never NULL" : NULL;
    bool adds = str_eq(d->m->now, S("DISTINCT"));
    bool drops = !d->m->now.len && d->n->flags & FLAG_DISTINCT;
    if ((!adds && !drops) || (group && !tree_plain_group(group))) return NULL;
    KeyList by = {0};
    keylist_add_places(d->t, &by, d->select, group, UINT32_MAX);
    keylist_add(d->t, &by, arg);
    return rowkeys_ungrouped_tell(d->t, d->select, &by)
               ? "within a group the value tells the rows apart: none repeats"
               : NULL;
}

// --- NULL ---

typedef enum { NUMBERS, TEXTS, OTHERS } Sort;

static Sort sort_of(const Doubt *d, const SqlNode *n)
{
    switch (d->t->meaning.types[n->id].type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
    case TYPE_BOOLEAN:
        return NUMBERS;
    case TYPE_TEXT:
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        return TEXTS;
    default:
        return OTHERS;
    }
}

// SQLite compares a column with '5' otherwise than a COALESCE of it: only where all comparisons are
// among numbers or among texts is the one as good as the other.
static bool compares_alike(const Doubt *d)
{
    for (uint32_t i = 0; i < d->t->script.nodes; i++) {
        const SqlNode *n = d->t->nodes[i];
        if (!n) continue;
        if (n->kind == NODE_QUANTIFIED || n->kind == NODE_IN || n->kind == NODE_BETWEEN ||
            (n->kind == NODE_CASE && n->child[CASE_OPERAND])) {
            Sort first = n->count && n->child[0] ? sort_of(d, n->child[0]) : OTHERS;
            bool plain = n->kind == NODE_BETWEEN && first != OTHERS &&
                         sort_of(d, n->child[OPERAND_SECOND]) == first &&
                         sort_of(d, n->child[OPERAND_THIRD]) == first;
            if (!plain) return false;
        }
        if (n->kind != NODE_BINARY || n->op < OP_EQ || n->op > OP_DISTINCT) continue;
        Sort left = sort_of(d, n->child[LEFT_SIDE]);
        if (left == OTHERS || left != sort_of(d, n->child[RIGHT_SIDE])) return false;
    }
    return true;
}

static LogicalType type_of(const Doubt *d, const SqlNode *n)
{
    return d->t->meaning.types[n->id].type;
}

static const char *null_filled(const Doubt *d)
{
    if (d->n->kind != NODE_CALL || !d->select || !sql_tail_count(d->n)) return NULL;
    const SqlNode *first = sql_tail(d->n, 0);
    bool fills = str_starts(d->m->now, S("COALESCE(")) && tree_is_own(d->t, d->select, first);
    // COALESCE(MAX(day), 0) is of another type, or refused, where types are kept.
    bool number = type_of(d, d->n) == TYPE_INTEGER || type_of(d, d->n) == TYPE_REAL ||
                  d->t->script.dialect == DIALECT_SQLITE;
    // Spark reads a text that is no number as NULL.
    if (type_of(d, first) == TYPE_TEXT && d->t->script.dialect != DIALECT_SQLITE) return NULL;
    bool inside = d->n->child[CALL_FILTER] || d->n->child[CALL_OVER] || sql_tail_count(d->n) != 1;
    if (!fills || inside || !number || !tree_plain_group(d->select->child[SELECT_GROUP]))
        return NULL;
    return never_null(d, first) ? "a group has rows, and their value is never NULL" : NULL;
}

static const char *null_unfilled(const Doubt *d)
{
    bool fills = str_eq_nocase(d->n->text, S("COALESCE")) ||
                 str_eq_nocase(d->n->text, S("IFNULL")) || str_eq_nocase(d->n->text, S("NVL"));
    if (d->n->kind != NODE_CALL || !fills || !sql_tail_count(d->n)) return NULL;
    const SqlNode *first = sql_tail(d->n, 0);
    bool alike = d->t->script.dialect == DIALECT_SQLITE
                     ? compares_alike(d)
                     : sort_of(d, first) != OTHERS && type_of(d, d->n) == type_of(d, first);
    return alike && never_null(d, first) ? "it is never NULL" : NULL;
}

static const char *null_counted(const Doubt *d)
{
    if (d->n->kind != NODE_BINARY || d->n->op != OP_NE) return NULL;
    return never_null(d, d->n->child[LEFT_SIDE]) ? "it is never NULL" : NULL;
}

// --- Comparisons ---

// A text of ten letters: a literal, CURRENT_DATE, date(…).
static bool is_day(const SqlNode *n)
{
    if (n->kind == NODE_STRING) return n->text.len == strlen("2025-06-30");
    return n->kind == NODE_CALL &&
           (str_eq_nocase(n->text, S("date")) || str_eq_nocase(n->text, S("current_date")));
}

static bool is_moment(const Doubt *d, const SqlNode *n)
{
    KeyColumn c;
    return tree_bound(d->t, n, &c) && tree_table(d->t, c.source) && type_of(d, n) == TYPE_TIMESTAMP;
}

// In SQLite both are texts, and one of them is longer.
static const char *moment_and_day(const Doubt *d)
{
    const SqlNode *n = d->n;
    if (n->kind != NODE_BINARY || d->t->script.dialect != DIALECT_SQLITE) return NULL;
    static const struct {
        SqlOp op;
        const char *now;
    } ways[] = {{OP_LT, " <= "}, {OP_LE, " < "}, {OP_GT, " >= "}, {OP_GE, " > "}};
    const SqlNode *l = n->child[LEFT_SIDE], *r = n->child[RIGHT_SIDE];
    if (!(is_moment(d, l) && is_day(r)) && !(is_day(l) && is_moment(d, r))) return NULL;
    Str now = str_slice(d->m->sql, l->end, d->m->sql.len); // up to there nothing is changed
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (n->op == ways[i].op && str_starts(now, str_from(ways[i].now)))
            return "a moment as text is longer than a date: the two are never equal";
    }
    return NULL;
}

// The condition that is missing; NULL when the change is another one.
static const SqlNode *lost_condition(const Doubt *d)
{
    const SqlNode *n = d->n;
    if (d->m->now.len) return NULL;
    for (uint32_t i = 0; n->kind == NODE_AND && i < n->count; i++) {
        size_t at = i ? n->child[i - 1]->end : n->child[0]->at;
        if (at == d->m->at) return n->child[i];
    }
    static const uint32_t roles[] = {SELECT_WHERE, SELECT_HAVING, SELECT_QUALIFY};
    for (size_t i = 0; n->kind == NODE_SELECT && i < 3; i++) {
        const SqlNode *c = n->child[roles[i]];
        if (c && c->end == d->m->end) return c;
    }
    return NULL;
}

static const char *lost_not_null(const Doubt *d)
{
    const SqlNode *lost = lost_condition(d);
    bool asks = lost && lost->kind == NODE_IS && lost->op == OP_IS_NULL && lost->flags & FLAG_NOT;
    return asks && never_null(d, lost->child[ONLY]) ? "it is never NULL" : NULL;
}

// --- Groups and joins ---

// The key of GROUP BY that is missing, and those that are left, as columns.
static bool group_split(const Doubt *d, const SqlNode *group, KeyColumn *lost, RowKey *left)
{
    bool found = false;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        size_t at = i ? group->child[i - 1]->end : group->child[0]->at;
        KeyColumn c;
        bool known = tree_bound(d->t, tree_meant(d->t, sql_tail(group, i)), &c);
        if (at == d->m->at && !found) {
            if (!known) return false;
            found = true;
            *lost = c;
        } else if (known && left->len < KEY_COLUMNS) {
            left->at[left->len++] = c;
        }
    }
    return found;
}

static const char *group_lost(const Doubt *d)
{
    const SqlNode *group = d->n->kind == NODE_SELECT ? d->n->child[SELECT_GROUP] : NULL;
    KeyColumn lost;
    RowKey left = {0};
    if (!tree_plain_group(group) || d->m->now.len || !group_split(d, group, &lost, &left) ||
        !tree_table(d->t, lost.source))
        return NULL;
    RowKeys keys = rowkeys_of_source(d->t, lost.source);
    for (size_t k = 0; k < keys.len; k++) {
        bool all = true;
        for (size_t i = 0; i < keys.at[k].len; i++)
            all = all && rowkeys_has(&left, keys.at[k].at[i]);
        if (all) return "what is still grouped by holds its table's key";
    }
    return NULL;
}

// a.x = b.id, where b's id is referred to by x and x is never NULL: every row has its partner.
static bool is_enforced(const Doubt *d, const SqlNode *from, const SqlNode *to,
                        const SqlNode *right)
{
    KeyColumn x, y;
    if (!tree_bound(d->t, from, &x) || !tree_bound(d->t, to, &y) || y.source != right) return false;
    const TableSpec *child = tree_table(d->t, x.source), *parent = tree_table(d->t, y.source);
    if (!child || !parent || x.column >= child->width || y.column >= parent->width) return false;
    const ColumnSpec *c = &child->columns[x.column], *key = &parent->columns[y.column];
    return d->t->meaning.types[from->id].not_null && c->type == key->type &&
           str_eq_nocase(c->ref_table, parent->name) && str_eq_nocase(c->ref_column, key->name);
}

static const char *join_enforced(const Doubt *d)
{
    const SqlNode *n = d->n, *on = n->kind == NODE_JOIN ? n->child[JOIN_ON] : NULL;
    if (!on || (n->op != OP_INNER && n->op != OP_LEFT) || on->kind != NODE_BINARY ||
        on->op != OP_EQ)
        return NULL;
    const SqlNode *l = on->child[LEFT_SIDE], *r = on->child[RIGHT_SIDE],
                  *right = n->child[JOIN_RIGHT];
    return is_enforced(d, l, r, right) || is_enforced(d, r, l, right)
               ? "the foreign key is enforced: each row has its partner"
               : NULL;
}

// --- All proofs ---

static const struct {
    const char *class, *name;
    const char *(*why)(const Doubt *d);
} proofs[] = {
    {"distinct", "key-distinct", distinct_over_key},
    {"distinct", "key-distinct", distinct_needless},
    {"aggregate", "key-in-group", distinct_inside},
    {"null", "never-null", null_filled},
    {"null", "never-null", null_unfilled},
    {"null", "never-null", null_counted},
    {"predicate", "never-null", lost_not_null},
    {"rank", "no-ties", same_rank},
    {"comparison", "first-place", same_rank_bound},
    {"comparison", "moment-and-day", moment_and_day},
    {"window", "no-ties", same_frame},
    {"direction", "no-ties", same_order},
    {"tie-break", "no-ties", same_order},
    {"grouping", "key-determines", group_lost},
    {"join", "foreign-key", join_enforced},
};

MutantSame mutant_same(const SameTree *t, const Mutant *m)
{
    if (!t || m->node >= t->script.nodes) return (MutantSame){0};
    Doubt d = {.t = t, .m = m, .n = t->nodes[m->node]};
    d.select = tree_select_around(t, d.n);
    for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
        if (!str_eq(m->class, str_from(proofs[i].class))) continue;
        const char *why = proofs[i].why(&d);
        if (why) return (MutantSame){str_from(proofs[i].name), str_from(why)};
    }
    return (MutantSame){0};
}
