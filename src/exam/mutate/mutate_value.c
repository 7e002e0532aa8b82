// mutate_value: what is changed in the values of a query: comparisons and their bounds, AND and OR,
// NOT, aggregates, NULL, constants, units of time, patterns.
#include "base/world.h"
#include "exam/mutate/mutate.h"
#include <ctype.h>

// --- Comparisons ---

static const struct {
    SqlOp op;
    const char *now, *words;
} boundaries[] = {
    {OP_LT, "<=", "{was} were {now}: the bound itself counts"},
    {OP_LE, "<", "{was} were {now}: the bound itself does not count"},
    {OP_GT, ">=", "{was} were {now}: the bound itself counts"},
    {OP_GE, ">", "{was} were {now}: the bound itself does not count"},
    {OP_LT, ">", "{was} were {now}"},
    {OP_LE, ">=", "{was} were {now}"},
    {OP_GT, "<", "{was} were {now}"},
    {OP_GE, "<=", "{was} were {now}"},
    {OP_EQ, ">=", "{was} were {now}"},
    {OP_EQ, "<=", "{was} were {now}"},
    {OP_NE, "<", "{was} were {now}"},
    {OP_NE, ">", "{was} were {now}"},
};

// "a < b": its sign with both sides, so that the words say which one.
static void recompare(Mutator *m, const SqlNode *n, const char *sign, const char *words)
{
    const SqlNode *l = n->child[LEFT_SIDE], *r = n->child[RIGHT_SIDE];
    Str with = str_fmt(m->arena, STR_FMT " %s " STR_FMT, STR_ARG(mutator_source(m, l)), sign,
                       STR_ARG(mutator_source(m, r)));
    mutant_edit(m, (MutantEdit){l->at, r->end, with}, str_from(words));
}

static void find_comparison(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_BINARY) return;
    bool equal = n->op == OP_EQ || n->op == OP_NE;
    bool texts = n->child[RIGHT_SIDE]->kind == NODE_STRING;
    for (size_t i = 0; i < sizeof boundaries / sizeof *boundaries; i++) {
        if (n->op != boundaries[i].op || (equal && texts)) continue;
        recompare(m, n, boundaries[i].now, boundaries[i].words);
    }
}

static void find_between(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_BETWEEN || (n->flags & FLAG_ALL)) return;
    static const struct {
        const char *low, *high, *words;
    } ways[] = {
        {">", "<=", "the lower bound of {was} did not count"},
        {">=", "<", "the upper bound of {was} did not count"},
    };
    for (size_t i = 0; i < 2; i++) {
        Str x = mutator_source(m, n->child[OPERAND]);
        Str with =
            str_fmt(m->arena, "%s(" STR_FMT " %s " STR_FMT " AND " STR_FMT " %s " STR_FMT ")",
                    n->flags & FLAG_NOT ? "NOT " : "", STR_ARG(x), ways[i].low,
                    STR_ARG(mutator_source(m, n->child[OPERAND_SECOND])), STR_ARG(x), ways[i].high,
                    STR_ARG(mutator_source(m, n->child[OPERAND_THIRD])));
        mutant_edit(m, (MutantEdit){n->at, n->end, with}, str_from(ways[i].words));
    }
}

// --- AND, OR, NOT ---

static void find_logic(Mutator *m, const SqlNode *n)
{
    bool and = n->kind == NODE_AND;
    if (!and&&n->kind != NODE_OR) return;
    for (uint32_t i = 1; i < n->count; i++) {
        const Token *word = mutator_first(m, n->child[i - 1]->end);
        mutant_edit(m, (MutantEdit){word->at, token_end(word), and? S("OR") : S("AND")},
                    and? S("AND were OR") : S("OR were AND"));
    }
    for (uint32_t i = 0; and&&i < n->count; i++) {
        const SqlNode *arm = n->child[i];
        if (arm->kind != NODE_OR || arm->parens != 1) continue;
        Str inner = str_slice(m->script.sql, arm->at + 1, arm->end - 1);
        mutant_edit(m, (MutantEdit){arm->at, arm->end, inner},
                    S("the parentheses around {now} were missing: AND binds tighter than OR"));
    }
}

static void find_not(Mutator *m, const SqlNode *n)
{
    if (n->kind == NODE_UNARY && n->op == OP_NOT) {
        mutant_edit(m, (MutantEdit){n->at, n->child[ONLY]->at, {0}}, S("NOT were missing"));
        return;
    }
    bool test = n->kind == NODE_IN || n->kind == NODE_LIKE || n->kind == NODE_BETWEEN ||
                (n->kind == NODE_IS && n->op == OP_IS_NULL);
    if (!test) return;
    const Token *not = mutator_token(m, n->child[OPERAND]->end, n->end, "NOT");
    if (n->flags & FLAG_NOT) {
        if (!not ) return;
        mutant_edit(m, (MutantEdit){not ->at, token_end(not ), {0}}, S("NOT were missing"));
    } else if (n->kind == NODE_IS && !not ) {
        const Token *is = mutator_token(m, n->child[OPERAND]->end, n->end, "IS");
        if (!is) return;
        Str words = str_fmt(m->arena, STR_FMT " were negated", STR_ARG(mutator_words(m, n)));
        mutant_edit(m, (MutantEdit){token_end(is), token_end(is), S(" NOT")}, words);
    }
}

// --- Aggregates ---

static const struct {
    const char *name, *now, *words;
} swaps[] = {
    {"SUM", "COUNT", "it counted where it should add up"},
    {"SUM", "AVG", "it took the average and not the sum"},
    {"SUM", "MAX", "it took the largest and not the sum"},
    {"AVG", "SUM", "it added up and did not take the average"},
    {"AVG", "MAX", "it took the largest and not the average"},
    {"MIN", "MAX", "it took the largest and not the smallest"},
    {"MAX", "MIN", "it took the smallest and not the largest"},
    {"COUNT", "SUM", "it added up where it should count"},
    {"MAX", "SUM", "it added up and did not take the largest"},
};

static bool is_named(const SqlNode *n, const char *name)
{
    return n->kind == NODE_CALL && str_eq_nocase(n->text, str_from(name));
}

static bool has_star(const SqlNode *call)
{
    return sql_tail_count(call) == 1 && sql_tail(call, 0)->kind == NODE_STAR;
}

static void swap_distinct(Mutator *m, const SqlNode *n)
{
    const Token *open = mutator_token(m, n->at, n->end, "(");
    bool adds = is_named(n, "COUNT") || is_named(n, "SUM") || is_named(n, "AVG");
    bool constant = sql_tail(n, 0)->kind == NODE_NUMBER;
    if (!open || !adds || has_star(n) || constant) return;
    if (n->flags & FLAG_DISTINCT) {
        mutant_edit(m, (MutantEdit){open[1].at, token_end(&open[1]), {0}},
                    S("DISTINCT inside the aggregate were missing: repeated values count again"));
    } else if (!n->child[CALL_OVER]) {
        mutant_edit(m, (MutantEdit){token_end(open), token_end(open), S("DISTINCT ")},
                    S("the aggregate took equal values once (DISTINCT)"));
    }
    const SqlNode *arg = sql_tail(n, 0);
    if (is_named(n, "COUNT") && !(n->flags & FLAG_DISTINCT)) {
        mutant_edit(m, (MutantEdit){arg->at, arg->end, S("*")},
                    S("COUNT(*) counted rows where {was} is NULL as well"));
    }
}

static void find_aggregate(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_CALL || sql_tail_count(n) != 1 || n->child[CALL_SCHEMA]) return;
    for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++) {
        if (!is_named(n, swaps[i].name) || has_star(n)) continue;
        mutant_edit(m, (MutantEdit){n->at, n->at + n->text.len, str_from(swaps[i].now)},
                    str_from(swaps[i].words));
    }
    swap_distinct(m, n);
}

// --- NULL ---

// SUM(x) alone in its column: where nothing is there, 0 is a guess that people make.
static void zero_for_null(Mutator *m, const SqlNode *n)
{
    bool may = is_named(n, "SUM") || is_named(n, "MAX") || is_named(n, "MIN") || is_named(n, "AVG");
    if (!may || !mutator_is_aggregate(n)) return;
    Str with = str_fmt(m->arena, "COALESCE(" STR_FMT ", 0)", STR_ARG(mutator_source(m, n)));
    mutant_edit(m, (MutantEdit){n->at, n->end, with},
                S("it showed 0 where there is nothing for {was}"));
}

static bool is_literal(const SqlNode *n)
{
    return n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_TYPED;
}

// x <> 'a' as somebody would have it who counts NULL among what is not 'a'.
static void null_differs(Mutator *m, const SqlNode *n)
{
    if (n->op != OP_NE || !is_literal(n->child[RIGHT_SIDE])) return;
    Str l = mutator_source(m, n->child[LEFT_SIDE]), r = mutator_source(m, n->child[RIGHT_SIDE]);
    Str with = str_fmt(m->arena, "(" STR_FMT " <> " STR_FMT " OR " STR_FMT " IS NULL)", STR_ARG(l),
                       STR_ARG(r), STR_ARG(l));
    mutant_edit(m, (MutantEdit){n->at, n->end, with}, S("a NULL counted as well in {was}"));
}

static void find_null(Mutator *m, const SqlNode *n)
{
    bool fills = is_named(n, "COALESCE") || is_named(n, "IFNULL") || is_named(n, "NVL");
    if (n->kind == NODE_BINARY) null_differs(m, n);
    zero_for_null(m, n);
    if (fills && sql_tail_count(n) > 1) {
        Str first = mutator_source(m, sql_tail(n, 0));
        mutant_edit(m, (MutantEdit){n->at, n->end, first}, S("NULL stayed NULL in {was}"));
    }
    if (n->kind == NODE_CASE && n->child[CASE_ELSE]) {
        const SqlNode *other = n->child[CASE_ELSE];
        const Token *word = mutator_last(m, other->at);
        mutant_edit(m, (MutantEdit){word->at, other->end, {0}},
                    S("{was} were missing: the rest is NULL"));
    }
    if (n->kind == NODE_ORDER_ITEM && (n->flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST))) {
        const Token *nulls = mutator_token(m, n->child[ONLY]->end, n->end, "NULLS");
        if (nulls) mutant_edit(m, (MutantEdit){nulls->at, n->end, {0}}, S("{was} were missing"));
    }
}

// --- Constants ---

static int decimals_of(Str number)
{
    size_t dot;
    return str_find(number, S("."), &dot) ? (int)(number.len - dot - 1) : 0;
}

// What tells one number of a query from another.
static bool names_it(const SqlNode *p)
{
    return p->kind == NODE_BINARY || p->kind == NODE_BETWEEN || p->kind == NODE_CALL ||
           p->kind == NODE_WHEN || p->kind == NODE_IN || p->kind == NODE_CASE;
}

// Which 1? The expression around it says, past its sign and its span of time.
static Str words_of(const Mutator *m, const SqlNode *n)
{
    const SqlNode *p = mutator_parent(m, n);
    while (p && !names_it(p) && (p->at == n->at || p->end == n->end)) {
        n = p;
        p = mutator_parent(m, n);
    }
    if (!p || !names_it(p)) return S("{was} were {now}");
    if (p->kind == NODE_CASE) return S("the {was} of ELSE were {now}");
    return str_fmt(m->arena, "the {was} in " STR_FMT " were {now}", STR_ARG(mutator_words(m, p)));
}

static void shift_number(Mutator *m, const SqlNode *n)
{
    double v, step = 1;
    int decimals = decimals_of(n->text);
    if (!str_to_f64(n->text, &v) || v > 1e15 || decimals > 6) return;
    for (int i = 0; i < decimals; i++) step /= 10;
    for (int way = -1; way <= 1; way += 2) {
        Str with = str_fmt(m->arena, "%.*f", decimals, v + way * step);
        mutant_edit(m, (MutantEdit){n->at, n->end, with}, words_of(m, n));
    }
}

// Numbers that only stand for a place or for "something": GROUP BY 1, COUNT(1), EXISTS (SELECT 1).
static bool is_idle(const Mutator *m, const SqlNode *n)
{
    const SqlNode *p = mutator_parent(m, n);
    switch (p ? p->kind : NODE_NULL) {
    case NODE_GROUP_BY:
    case NODE_ORDER_ITEM:
    case NODE_TYPE:
    case NODE_LIMIT: // its own class
    case NODE_ITEM:
        return true;
    case NODE_CALL:
        return is_named(p, "COUNT");
    default:
        return false;
    }
}

static void find_constant(Mutator *m, const SqlNode *n)
{
    int64_t day;
    if (n->kind == NODE_NUMBER && !is_idle(m, n)) shift_number(m, n);
    if (n->kind != NODE_STRING || !date_parse(n->text, &day)) return;
    for (int way = -1; way <= 1; way += 2) {
        Str with = str_fmt(m->arena, "'" STR_FMT "'", STR_ARG(date_text(m->arena, day + way)));
        mutant_edit(m, (MutantEdit){n->at, n->end, with}, S("{was} were a day off"));
    }
}

static void find_division(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_NUMBER || !str_ends(n->text, S(".0")) || is_idle(m, n)) return;
    Str with = str_slice(n->text, 0, n->text.len - 2);
    mutant_edit(m, (MutantEdit){n->at, n->end, with},
                S("{was} were {now}: whole numbers divide without a rest"));
}

// --- Time ---

static const char *const units[] = {"second", "minute", "hour",    "day",
                                    "week",   "month",  "quarter", "year"};
enum { UNIT_COUNT = sizeof units / sizeof *units };

// The next larger and the next smaller unit of a word that names one, plural or not.
static size_t unit_of(Str word)
{
    bool plural = word.len > 1 && (word.ptr[word.len - 1] | 0x20) == 's';
    if (plural) word.len--;
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (str_eq_nocase(word, str_from(units[i]))) return i;
    }
    return UNIT_COUNT;
}

// The unit beside it, as this one is written: HOUR for MINUTE, weeks for days.
static Str unit_beside(Mutator *m, size_t unit, Str word)
{
    size_t other = unit == UNIT_COUNT - 1 ? unit - 1 : unit + 1;
    bool plural = (word.ptr[word.len - 1] | 0x20) == 's';
    Str out = str_fmt(m->arena, "%s%s", units[other], plural ? "s" : "");
    return str_eq(word, str_upper(m->arena, word)) ? str_upper(m->arena, out) : out;
}

// Changes the unit or the number inside a text such as '-7 days' or 'start of month'.
static void change_words(Mutator *m, const SqlNode *n)
{
    Str text = mutator_source(m, n);
    bool number = false;
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        bool digit = isdigit((unsigned char)text.ptr[i]),
             letter = isalpha((unsigned char)text.ptr[i]);
        while (i < text.len && (digit ? isdigit((unsigned char)text.ptr[i])
                                      : letter && isalpha((unsigned char)text.ptr[i]))) {
            i++;
        }
        if (i == from) i++;
        Str word = str_slice(text, from, i);
        int64_t v;
        size_t unit = letter ? unit_of(word) : UNIT_COUNT, at = n->at + from;
        if (digit && i < text.len && text.ptr[i] == ' ' && str_to_i64(word, &v)) {
            number = true;
            mutant_edit(
                m, (MutantEdit){at, at + word.len, str_fmt(m->arena, "%lld", (long long)v + 1)},
                words_of(m, n));
            if (v > 0) {
                Str less = str_fmt(m->arena, "%lld", (long long)v - 1);
                mutant_edit(m, (MutantEdit){at, at + word.len, less}, words_of(m, n));
            }
        }
        bool span = number || str_starts(text, S("'start of ")) || word.len + 2 == text.len;
        if (unit == UNIT_COUNT || !span) continue;
        mutant_edit(m, (MutantEdit){at, at + word.len, unit_beside(m, unit, word)}, (Str){0});
    }
}

static void change_format(Mutator *m, const SqlNode *n)
{
    static const struct {
        const char *was, *now, *words;
    } ways[] = {
        {"%Y-%m-%d", "%Y-%m", "days were taken by the month"},
        {"%Y-%m-%d", "%m-%d", "the year did not count: the same day of another year meets it"},
        {"%Y-%m", "%m", "the year did not count: the same month of another year meets it"},
        {"%Y-%m", "%Y", "months were taken by the year"},
        {"%Y-%W", "%W", "the year did not count: the same week of another year meets it"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!str_eq(n->text, str_from(ways[i].was))) continue;
        Str with = str_fmt(m->arena, "'%s'", ways[i].now);
        mutant_edit(m, (MutantEdit){n->at, n->end, with}, str_from(ways[i].words));
    }
}

static void find_unit(Mutator *m, const SqlNode *n)
{
    if (n->kind == NODE_STRING) {
        change_words(m, n);
        change_format(m, n);
        return;
    }
    bool word = n->kind == NODE_COLUMN && sql_tail_count(n) == 1;
    const SqlNode *p = mutator_parent(m, n);
    bool argument = word && p && p->kind == NODE_CALL && n != p->child[CALL_OVER];
    size_t unit = argument ? unit_of(sql_last(n)->text) : UNIT_COUNT;
    if (unit == UNIT_COUNT) return;
    Str other = unit_beside(m, unit, sql_last(n)->text);
    mutant_edit(m, (MutantEdit){n->at, n->end, other}, (Str){0});
}

// --- Patterns ---

static void find_pattern(Mutator *m, const SqlNode *n)
{
    if (n->kind != NODE_LIKE || n->op == OP_RLIKE || n->op == OP_GLOB) return;
    const SqlNode *p = n->child[OPERAND_SECOND];
    if (p->kind != NODE_STRING || !p->text.len) return;
    Str text = mutator_source(m, p);
    bool front = p->text.ptr[0] == '%', back = p->text.ptr[p->text.len - 1] == '%';
    if (front) {
        Str with = str_fmt(m->arena, "'" STR_FMT, STR_ARG(str_slice(text, 2, text.len)));
        mutant_edit(m, (MutantEdit){p->at, p->end, with}, (Str){0});
    } else {
        Str with = str_fmt(m->arena, "'%%" STR_FMT, STR_ARG(str_slice(text, 1, text.len)));
        mutant_edit(m, (MutantEdit){p->at, p->end, with}, (Str){0});
    }
    if (back && p->text.len > 1) {
        Str with = str_fmt(m->arena, STR_FMT "'", STR_ARG(str_slice(text, 0, text.len - 2)));
        mutant_edit(m, (MutantEdit){p->at, p->end, with}, (Str){0});
    } else if (!back) {
        Str with = str_fmt(m->arena, STR_FMT "%%'", STR_ARG(str_slice(text, 0, text.len - 1)));
        mutant_edit(m, (MutantEdit){p->at, p->end, with}, (Str){0});
    }
}

const Mutation MUTATIONS_VALUE[] = {
    {"comparison", "{was} were {now}", find_comparison},
    {"bounds of BETWEEN", "a bound of BETWEEN did not count", find_between},
    {"logic", "AND and OR were mixed up", find_logic},
    {"not", "NOT were missing", find_not},
    {"aggregate", "it took another aggregate", find_aggregate},
    {"null", "NULL were taken otherwise", find_null},
    {"constant", "{was} were {now}", find_constant},
    {"division", "it divided whole numbers", find_division},
    {"unit of time", "{was} were {now}", find_unit},
    {"pattern", "the pattern {was} were {now}", find_pattern},
};
const size_t MUTATIONS_VALUE_LEN = sizeof MUTATIONS_VALUE / sizeof *MUTATIONS_VALUE;
