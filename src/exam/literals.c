// literals: the numbers and texts of a query, each with the column that it is compared with, as far
// as the tokens tell.
//
// A heuristic on purpose: a wrong guess makes a database less telling, never a verdict wrong.
#include "base/vec.h"
#include "exam/private.h"

typedef VEC(Literal) LiteralVec;

typedef struct {
    Arena *arena;
    LiteralVec list;
    VEC(Str) names;
    Str column;   // the last name of this comparison
    bool between; // its AND does not end the comparison
    bool waiting; // the last literal stood before its column: 5 < x
    Token before[2];
    Literals *out;
} Scan;

Str literals_bare(Str name)
{
    bool quoted = name.len >= 2 && (name.ptr[0] == '"' || name.ptr[0] == '`' || name.ptr[0] == '[');
    return quoted ? str_slice(name, 1, name.len - 1) : name;
}

static bool is_word(const Token *t, const char *word)
{
    return (t->kind == TOKEN_KEYWORD || t->kind == TOKEN_NAME) &&
           str_eq_nocase(t->text, str_from(word));
}

static bool is_any(const Token *t, const char *const *words, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_word(t, words[i])) return true;
    }
    return false;
}

static bool ends_comparison(const Token *t)
{
    static const char *const words[] = {"and",    "or",     "when", "then",  "else",  "where", "on",
                                        "select", "having", "from", "group", "order", "case"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool is_clock(const Token *t)
{
    static const char *const words[] = {"current_date", "current_timestamp", "current_time"};
    return is_any(t, words, sizeof words / sizeof *words) || str_eq_nocase(t->text, S("'now'"));
}

static bool is_comparison(const Token *t)
{
    static const Str signs[] = {STR_LIT("="),  STR_LIT("=="), STR_LIT("<"),  STR_LIT(">"),
                                STR_LIT("<="), STR_LIT(">="), STR_LIT("<>"), STR_LIT("!=")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (str_eq(t->text, signs[i])) return true;
    }
    return false;
}

// 'it''s' without its quotes, doubled ones single.
static Str unquoted(Arena *a, Str s)
{
    Buf b = buf_new(a);
    for (size_t i = 1; i + 1 < s.len; i++) {
        buf_char(&b, s.ptr[i]);
        if (s.ptr[i] == '\'') i++;
    }
    return buf_str(&b);
}

static bool is_negative(const Scan *s)
{
    const Token *sign = &s->before[1], *left = &s->before[0];
    return str_eq(sign->text, S("-")) &&
           (left->kind == TOKEN_KEYWORD ||
            (left->kind == TOKEN_OPERATOR && !str_eq(left->text, S(")"))));
}

static void add_literal(Scan *s, const Token *t)
{
    if (is_word(&s->before[1], "limit") || is_word(&s->before[1], "offset")) return;
    if (is_word(&s->before[1], "then") || is_word(&s->before[1], "else")) return;
    Literal *l = vec_push(s->arena, &s->list);
    l->string = t->kind == TOKEN_STRING;
    l->column = s->column;
    l->text = l->string        ? unquoted(s->arena, t->text)
              : is_negative(s) ? str_fmt(s->arena, "-" STR_FMT, STR_ARG(t->text))
                               : t->text;
    s->waiting = !s->column.len;
}

static void take_name(Scan *s, const Token *t)
{
    bool after_sign = s->waiting && is_comparison(&s->before[1]);
    if (after_sign) s->list.at[s->list.len - 1].column = literals_bare(t->text);
    s->waiting = false;
    s->column = literals_bare(t->text);
}

static void take(Scan *s, const Token *t)
{
    s->out->clock |= is_clock(t);
    if (is_word(t, "between")) s->between = true;
    if (ends_comparison(t)) {
        if (s->between && is_word(t, "and")) {
            s->between = false;
        } else {
            s->column = (Str){0};
        }
    }
    if (t->kind == TOKEN_NAME) take_name(s, t);
    if (t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD) {
        *vec_push(s->arena, &s->names) = literals_bare(t->text);
    }
    if (t->kind == TOKEN_NUMBER || t->kind == TOKEN_STRING) add_literal(s, t);
    s->before[0] = s->before[1];
    s->before[1] = *t;
}

Literals literals_find(Arena *a, Str sql, Dialect dialect)
{
    Literals out = {0};
    Scan s = {.arena = a, .out = &out};
    Lexer x = sql_lexer(sql, dialect);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind != TOKEN_COMMENT) take(&s, &t);
    }
    out.at = s.list.at;
    out.len = s.list.len;
    out.names = (StrList){s.names.at, s.names.len};
    return out;
}

// What stands for "no end" in an answer: 999999, 1000000000, '9999-12-31', '1900-01-01'. No data
// comes near it, and beyond it nobody is wrong.
static bool is_sentinel(const Literal *l)
{
    int64_t seconds;
    const int64_t year_s = (int64_t)366 * 86400;
    Str t = l->text;
    if (l->string) {
        bool early = str_starts(t, S("0")) || str_starts(t, S("18")) || str_starts(t, S("190"));
        return t.len >= 10 && bounds_moment(t, &seconds) && (early || seconds > 120 * year_s);
    }
    if (t.len && t.ptr[0] == '-') t = str_slice(t, 1, t.len);
    if (t.len < 5) return false;
    bool nines = true, round = t.ptr[0] == '1';
    for (size_t i = 0; i < t.len; i++) {
        nines &= t.ptr[i] == '9';
        round &= i == 0 || t.ptr[i] == '0';
    }
    return nines || (round && t.len >= 7);
}

// All of x, and what only y has; beside another column is another one.
Literals literals_both(Arena *a, const Literals *x, Literals y)
{
    Literals out = *x;
    out.at = arena_array(a, Literal, x->len + y.len);
    for (size_t i = 0; i < x->len; i++) out.at[i] = x->at[i];
    for (size_t i = 0; i < y.len; i++) {
        bool known = is_sentinel(&y.at[i]);
        for (size_t k = 0; k < x->len && !known; k++) {
            known = x->at[k].string == y.at[i].string && str_eq(x->at[k].text, y.at[i].text) &&
                    str_eq_nocase(x->at[k].column, y.at[i].column);
        }
        if (!known) out.at[out.len++] = y.at[i];
    }
    out.clock |= y.clock;
    return out;
}

bool literals_span(Str text, int64_t *seconds)
{
    static const struct {
        const char *name;
        int64_t seconds;
    } units[] = {{"second", 1},         {"minute", 60},        {"hour", 3600},  {"day", 86400},
                 {"month", 30 * 86400}, {"year", 365 * 86400}, {"week", 604800}};
    Str number, unit;
    int64_t n;
    text = str_trim(text);
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+')) text = str_slice(text, 1, text.len);
    if (!str_cut(text, ' ', &number, &unit) || !str_to_i64(number, &n)) return false;
    unit = str_trim(unit);
    if (unit.len && (unit.ptr[unit.len - 1] | 0x20) == 's') unit = str_slice(unit, 0, unit.len - 1);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!str_eq_nocase(unit, str_from(units[i].name))) continue;
        return n >= 0 && !__builtin_mul_overflow(n, units[i].seconds, seconds);
    }
    return false;
}
