// literals: the numbers and texts of a query, each with the column that it is compared with, as far
// as the tokens tell.
//
// A heuristic on purpose: a wrong guess makes a database less telling, never a verdict wrong.
#include "exam/data/literals/literals.h"
#include "exam/data/literals/literals_scan.h"

Str literals_bare(Str name)
{
    bool quoted = name.len >= 2 && (name.ptr[0] == '"' || name.ptr[0] == '`' || name.ptr[0] == '[');
    return quoted ? str_slice(name, 1, name.len - 1) : name;
}

bool scan_is_word(const Token *t, const char *word)
{
    return (t->kind == TOKEN_KEYWORD || t->kind == TOKEN_NAME) &&
           str_eq_nocase(t->text, str_from(word));
}

bool scan_is_any(const Token *t, const char *const *words, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (scan_is_word(t, words[i])) return true;
    }
    return false;
}

static bool ends_comparison(const Token *t)
{
    static const char *const words[] = {"and",    "or",     "when", "then",  "else",  "where", "on",
                                        "select", "having", "from", "group", "order", "case"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool is_clock(const Token *t)
{
    static const char *const words[] = {"current_date", "current_timestamp", "current_time"};
    return scan_is_any(t, words, sizeof words / sizeof *words) ||
           str_eq_nocase(t->text, S("'now'"));
}

bool scan_is_comparison(const Token *t)
{
    static const Str signs[] = {STR_LIT("="),  STR_LIT("=="), STR_LIT("<"),  STR_LIT(">"),
                                STR_LIT("<="), STR_LIT(">="), STR_LIT("<>"), STR_LIT("!=")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (str_eq(t->text, signs[i])) return true;
    }
    return false;
}

static bool scan_asks_for_length(const Token *t)
{
    static const char *const words[] = {"length", "len", "char_length", "character_length"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool folds(const Token *t)
{
    static const char *const words[] = {"upper", "lower", "ucase", "lcase", "initcap"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool trims(const Token *t)
{
    static const char *const words[] = {"trim", "ltrim", "rtrim", "btrim"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool asks_for_sign(const Token *t)
{
    static const char *const words[] = {"abs", "sign", "greatest"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool averages(const Token *t)
{
    static const char *const words[] = {"avg", "mean", "round", "ceil", "ceiling", "floor"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool gathers(const Token *t)
{
    static const char *const words[] = {
        "avg",  "sum",    "count",    "median", "mean", "percentile_cont", "percentile_disc",
        "mode", "stddev", "variance", "total"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
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
    if (scan_is_word(&s->before[1], "limit") || scan_is_word(&s->before[1], "offset")) return;
    if (scan_is_word(&s->before[1], "then") || scan_is_word(&s->before[1], "else")) return;
    Literal *l = vec_push(s->arena, &s->list);
    l->string = t->kind == TOKEN_STRING;
    if (l->string && scan_prefix(s, t)) s->column = s->column_was;
    l->column = s->column;
    l->text = l->string        ? scan_unquoted(s, t)
              : is_negative(s) ? str_fmt(s->arena, "-" STR_FMT, STR_ARG(t->text))
                               : t->text;
    l->equal =
        s->in_list || str_eq(s->before[1].text, S("=")) || str_eq(s->before[1].text, S("=="));
    l->negated = s->negated;
    l->equal &= !s->negated;
    double number = 0;
    if (!l->string && str_to_f64(l->text, &number)) {
        s->out->wide |= number > 0x1p31 || number < -0x1p31;
        s->out->below |= number < 0 || (number == 0 && scan_is_comparison(&s->before[1]));
    }
    s->out->empty |= l->string && !l->text.len;
    if (l->string) {
        l->use = s->use;
        s->out->units |= units_of_text(l->text);
        s->out->ages |= str_eq(l->text, S("%Y")) || str_eq(l->text, S("%m-%d"));
        if (s->glob || s->similar) l->text = scan_respelled(s, l->text);
        if (!s->many) s->use = LITERAL_VALUE;
    }
    s->waiting = !s->column.len;
}

static void take_name(Scan *s, const Token *t)
{
    bool after_sign = s->waiting && scan_is_comparison(&s->before[1]);
    if (after_sign) s->list.at[s->list.len - 1].column = literals_bare(t->text);
    s->waiting = false;
    s->column_was = s->column;
    s->column = literals_bare(t->text);
}

static bool counts_years(const Token *t)
{
    static const char *const words[] = {"year", "years", "age", "yyyy", "timestampdiff"};
    double v;
    bool number = t->kind == TOKEN_NUMBER && str_to_f64(t->text, &v) && v >= 365 && v <= 366;
    return number || scan_is_any(t, words, sizeof words / sizeof *words);
}

// What a column is held against stands behind it.
static bool is_held(const Token *t)
{
    static const char *const words[] = {"between", "in", "like", "not"};
    return scan_is_comparison(t) || scan_is_any(t, words, sizeof words / sizeof *words);
}

// Keywords that are columns where something is held against them: date = '2024-01-01'.
static bool is_word_of_time(const Token *t)
{
    static const char *const words[] = {"date", "time", "timestamp", "year", "month", "day"};
    return t->kind == TOKEN_KEYWORD && scan_is_any(t, words, sizeof words / sizeof *words);
}

static void take(Scan *s, const Token *t)
{
    s->out->clock |= is_clock(t);
    if (scan_is_word(t, "between")) s->between = true;
    if (ends_comparison(t)) {
        if (s->between && scan_is_word(t, "and")) {
            s->between = false;
        } else {
            s->column = (Str){0};
            s->use = LITERAL_VALUE;
            s->many = s->in_list = s->negated = false;
        }
    }
    scan_glue(s, t);
    scan_joins(s, t);
    scan_groups(s, t);
    scan_lists(s, t);
    s->out->ages |= counts_years(t);
    scan_use(s, t);
    if (scan_is_word(t, "not")) s->negated = true;
    if (scan_is_word(t, "in")) s->in_list = true;
    if (str_eq(t->text, S(")"))) s->in_list = s->negated = false;
    scan_calls(s, t);
    s->out->lengths |= scan_asks_for_length(t);
    s->out->folds |= folds(t);
    s->out->trims |= trims(t);
    s->out->averages |= averages(t);
    s->out->below |= asks_for_sign(t);
    s->out->gathers |= gathers(t);
    if (t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD) s->out->units |= units_of_word(t->text);
    bool type = s->use != LITERAL_VALUE && scan_is_word(t, "binary");           // LIKE BINARY 'x'
    bool named = t->kind == TOKEN_KEYWORD && str_eq(s->before[1].text, S(".")); // y.date
    if ((t->kind == TOKEN_NAME && !type) || named) take_name(s, t);
    if (is_held(t) && is_word_of_time(&s->before[1])) take_name(s, &s->before[1]);
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
    Scan s = {.arena = a, .dialect = dialect, .out = &out};
    Lexer x = sql_lexer(sql, dialect);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind != TOKEN_COMMENT) take(&s, &t);
    }
    scan_glue(&s, &(Token){.kind = TOKEN_END});
    scan_joins(&s, &(Token){.kind = TOKEN_END});
    out.at = s.list.at;
    out.len = s.list.len;
    out.names = (StrList){s.names.at, s.names.len};
    out.glued = (StrList){s.glued.at, s.glued.len};
    out.joined = (StrList){s.joined.at, s.joined.len};
    out.grouped = (StrList){s.grouped.at, s.grouped.len};
    return out;
}
