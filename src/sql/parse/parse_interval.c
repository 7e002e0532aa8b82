// parse_interval: INTERVAL in all its spellings.
#include "sql/parse.h"

static bool is_unit(const Parser *p, size_t ahead)
{
    static const char *const units[] = {
        "YEAR",       "QUARTER",    "MONTH",       "WEEK",        "DAY",
        "HOUR",       "MINUTE",     "SECOND",      "MILLISECOND", "MICROSECOND",
        "DECADE",     "CENTURY",    "MILLENNIUM",  "YEAR_MONTH",  "DAY_HOUR",
        "DAY_MINUTE", "DAY_SECOND", "HOUR_MINUTE", "HOUR_SECOND", "MINUTE_SECOND"};
    const Tok *t = tok_at(p, ahead);
    if (t->kind != TOKEN_NAME && t->kind != TOKEN_KEYWORD) return false;
    Str word = tok_text(p, t);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str unit = str_from(units[i]);
        if (str_eq_nocase(word, unit)) return true;
        bool plural = word.len == unit.len + 1 && (word.ptr[word.len - 1] | 0x20) == 's';
        if (plural && str_eq_nocase(str_slice(word, 0, unit.len), unit)) return true;
    }
    return false;
}

bool starts_interval(const Parser *p)
{
    if (!is(p, WORD_INTERVAL)) return false;
    const Tok *t = tok_at(p, 1);
    bool amount = t->kind == TOKEN_STRING || t->kind == TOKEN_NUMBER || t->sym == '(';
    if (amount || t->sym == '-') return true;
    int next = sym_at(p, 2);
    bool goes_on = is_unit(p, 2) || next == '+' || next == '*' || next == '.' || next == '(';
    return is_name(p, 1) && goes_on;
}

static Str unit_text(Parser *p)
{
    Str lower = tok_text(p, tok_at(p, 0));
    char *upper = arena_array(p->arena, char, lower.len);
    for (size_t i = 0; i < lower.len; i++) {
        char c = lower.ptr[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (Str){upper, lower.len};
}

// '1' DAY, 1 DAY, (n + 1) DAY, '1-2' YEAR TO MONTH, '1 day 2 hours', '5' DAY(3)
static SqlNode *parse_part(Parser *p)
{
    SqlNode *n = node_new(p, NODE_PART);
    bool text = tok_at(p, 0)->kind == TOKEN_STRING;
    n->child[PART_AMOUNT] = text ? parse_string(p, "an amount") : parse_level(p, POWER_ADD);
    if (is_unit(p, 0)) {
        n->text = unit_text(p);
        skip(p);
        if (is(p, '(')) parse_paren_list(p, NODE_LIST); // a precision changes no value
        if (is(p, WORD_TO) && is_unit(p, 1)) {
            skip(p);
            SqlNode *to = parse_name(p, "a unit after TO");
            n->child[PART_TO] = to;
            if (is(p, '(')) parse_paren_list(p, NODE_LIST);
        }
    } else if (!text) {
        parse_expected(p, "a unit such as DAY after the amount of the INTERVAL");
    }
    return node_done(p, n);
}

SqlNode *parse_interval(Parser *p)
{
    parse_use(p, FEATURE_INTERVAL);
    SqlNode *n = node_new(p, NODE_INTERVAL);
    skip(p);
    size_t mark = tail_open(p);
    tail_add(p, parse_part(p));
    while (tok_at(p, 0)->kind == TOKEN_NUMBER && is_unit(p, 1)) tail_add(p, parse_part(p));
    return tail_close(p, n, mark);
}
