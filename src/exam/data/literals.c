// literals: the numbers and texts of a query, each with the column that it is compared with, as far
// as the tokens tell.
//
// A heuristic on purpose: a wrong guess makes a database less telling, never a verdict wrong.
#include "base/vec.h"
#include "exam/private.h"
#include <string.h>

typedef VEC(Literal) LiteralVec;

enum { CALLS_MOST = 32 }; // of open parentheses that are looked at

typedef struct {
    Arena *arena;
    Dialect dialect;
    LiteralVec list;
    VEC(Str) names;
    VEC(Str) glued;
    Str column;     // the last name of this comparison
    Str column_was; // before that name: r'…' is no column beside a string
    bool between;   // its AND does not end the comparison
    bool waiting;   // the last literal stood before its column: 5 < x
    LiteralUse use; // of the next string
    bool similar, glob, many;
    bool in_list; // of IN
    bool negated;
    bool rounds[CALLS_MOST]; // by depth: the call keeps some decimals
    bool comma[CALLS_MOST];  // … and says how many
    size_t depth;
    size_t gluing; // the depth within the outermost CONCAT; 0 = outside
    bool piped;    // this name stands behind ||
    VEC(Str) joined;
    Str left, right; // of the = that is being read
    size_t listing;  // the depth within a STRING_AGG and its like; 0 = outside
    Str listed;      // what is gathered there
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

// ---- what a string stands for

static bool escapes(const Scan *s)
{
    return s->dialect == DIALECT_SNOWFLAKE || s->dialect == DIALECT_BIGQUERY ||
           s->dialect == DIALECT_SPARK || s->dialect == DIALECT_MYSQL;
}

// r'…' and e'…': the letter that stands right before this string.
static char prefix_of(const Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool beside = b->kind == TOKEN_NAME && b->text.len == 1 && b->at + 1 == t->at;
    return beside ? (char)(b->text.ptr[0] | 0x20) : '\0';
}

// Without its quotes; a doubled quote, and a backslash where it is one, stand for one character.
static Str unquoted(const Scan *s, const Token *t)
{
    Str text = t->text;
    Buf b = buf_new(s->arena);
    char quote = text.ptr[0], prefix = prefix_of(s, t);
    bool backslash = prefix == 'e' || (escapes(s) && prefix != 'r');
    for (size_t i = 1; i + 1 < text.len; i++) {
        char c = text.ptr[i];
        bool kept = text.ptr[i + 1] == '%' || text.ptr[i + 1] == '_'; // LIKE needs it
        if (c == '\\' && backslash && !kept && i + 2 < text.len) c = text.ptr[++i];
        buf_char(&b, c);
        if (c == quote && text.ptr[i + 1] == quote) i++;
    }
    return buf_str(&b);
}

// The pattern of GLOB as one of LIKE, that of SIMILAR TO as a regular expression.
static Str respelled(const Scan *s, Str pattern)
{
    Buf b = buf_new(s->arena);
    if (s->similar) buf_add(&b, S("^("));
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];
        if (s->glob) c = c == '*' ? '%' : c == '?' ? '_' : c;
        if (s->similar && c == '%') buf_char(&b, '.');
        buf_char(&b, !s->similar ? c : c == '%' ? '*' : c == '_' ? '.' : c);
    }
    if (s->similar) buf_add(&b, S(")$"));
    return buf_str(&b);
}

// What the next string is to the query.
static void look_at_use(Scan *s, const Token *t)
{
    static const char *const regexps[] = {"regexp", "rlike", "similar"};
    static const Str signs[] = {STR_LIT("~"), STR_LIT("~*"), STR_LIT("!~"), STR_LIT("!~*")};
    bool regexp = is_any(t, regexps, sizeof regexps / sizeof *regexps), any = false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) regexp |= str_eq(t->text, signs[i]);
    Str name = str_starts(t->text, S("gr_")) ? str_slice(t->text, 3, t->text.len) : t->text;
    regexp |=
        t->kind == TOKEN_NAME && name.len > 7 && str_eq_nocase(str_slice(name, 0, 7), S("regexp_"));
    s->glob = is_word(t, "glob") || (s->glob && s->use == LITERAL_LIKE);
    s->similar = is_word(t, "similar") || (s->similar && s->use == LITERAL_REGEXP);
    any = is_word(t, "like") || is_word(t, "ilike") || is_word(t, "glob");
    if (any) s->use = LITERAL_LIKE;
    if (regexp) s->use = LITERAL_REGEXP;
    if (s->use != LITERAL_VALUE) s->many |= is_word(t, "any") || is_word(t, "all");
}

// ---- what calls say: how long a text is, how many decimals are kept

static bool asks_for_length(const Token *t)
{
    static const char *const words[] = {"length", "len", "char_length", "character_length"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool folds(const Token *t)
{
    static const char *const words[] = {"upper", "lower", "ucase", "lcase", "initcap"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool trims(const Token *t)
{
    static const char *const words[] = {"trim", "ltrim", "rtrim", "btrim"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool averages(const Token *t)
{
    static const char *const words[] = {"avg", "mean", "round", "ceil", "ceiling", "floor"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool gathers(const Token *t)
{
    static const char *const words[] = {
        "avg",  "sum",    "count",    "median", "mean", "percentile_cont", "percentile_disc",
        "mode", "stddev", "variance", "total"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool keeps_decimals(const Token *t)
{
    static const char *const words[] = {"round", "truncate", "trunc", "decimal", "numeric"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static bool glues(const Token *t)
{
    static const char *const words[] = {"concat", "concat_ws"};
    return is_any(t, words, sizeof words / sizeof *words);
}

static void look_at_calls(Scan *s, const Token *t)
{
    int64_t kept = 0;
    if (str_eq(t->text, S("("))) {
        if (s->depth < CALLS_MOST) {
            s->rounds[s->depth] = keeps_decimals(&s->before[1]);
            s->comma[s->depth] = false;
        }
        s->depth++;
        if (!s->gluing && glues(&s->before[1])) s->gluing = s->depth;
    }
    bool inside = s->depth && s->depth <= CALLS_MOST;
    if (inside && str_eq(t->text, S(","))) s->comma[s->depth - 1] = true;
    if (!str_eq(t->text, S(")")) || !s->depth) return;
    if (s->depth-- == s->gluing) s->gluing = 0;
    if (s->depth >= CALLS_MOST || !s->rounds[s->depth]) return;
    bool plain = str_eq(s->before[0].text, S(",")) && str_to_i64(s->before[1].text, &kept);
    if (s->comma[s->depth] && !plain) return;
    const int64_t most = 8;
    size_t decimals = (size_t)(kept < most ? kept : most) + 1;
    if (decimals > s->out->decimals) s->out->decimals = decimals;
}

// ---- the units of time that it counts in

static const struct {
    const char *word;
    CalendarUnit unit;
} unit_words[] = {
    {"year", CALENDAR_YEAR},       {"years", CALENDAR_YEAR},     {"yyyy", CALENDAR_YEAR},
    {"quarter", CALENDAR_QUARTER}, {"month", CALENDAR_MONTH},    {"months", CALENDAR_MONTH},
    {"mm", CALENDAR_MONTH},        {"mon", CALENDAR_MONTH},      {"last_day", CALENDAR_MONTH},
    {"week", CALENDAR_WEEK},       {"weeks", CALENDAR_WEEK},     {"yearweek", CALENDAR_WEEK},
    {"weekday", CALENDAR_WEEK},    {"dayofweek", CALENDAR_WEEK}, {"dow", CALENDAR_WEEK},
    {"isodow", CALENDAR_WEEK},     {"day", CALENDAR_DAY},        {"days", CALENDAR_DAY},
    {"dd", CALENDAR_DAY},          {"datediff", CALENDAR_DAY},   {"dayofmonth", CALENDAR_DAY},
    {"julianday", CALENDAR_DAY},   {"to_days", CALENDAR_DAY},    {"hour", CALENDAR_HOUR},
    {"hours", CALENDAR_HOUR},      {"hh24", CALENDAR_HOUR},      {"minute", CALENDAR_MINUTE},
    {"minutes", CALENDAR_MINUTE},
};

static unsigned units_of_word(Str word)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (str_eq_nocase(word, str_from(unit_words[i].word))) return 1u << unit_words[i].unit;
    }
    return 0;
}

static unsigned units_of_letter(char c)
{
    static const struct {
        const char *letters;
        CalendarUnit unit;
    } rows[] = {{"Yy", CALENDAR_YEAR},  {"mbMc", CALENDAR_MONTH}, {"WuVvUwa", CALENDAR_WEEK},
                {"dejD", CALENDAR_DAY}, {"HkhI", CALENDAR_HOUR},  {"i", CALENDAR_MINUTE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (c && strchr(rows[i].letters, c)) return 1u << rows[i].unit;
    }
    return 0;
}

// 'month', '-7 days', 'YYYY-MM', '%Y-%m': a pattern of LIKE has no letter behind its %.
static unsigned units_of_text(Str text)
{
    enum { LONGEST = 32 };
    unsigned units = 0;
    for (size_t i = 0, from = 0; text.len <= LONGEST && i <= text.len; i++) {
        char c = i < text.len ? text.ptr[i] : '\0', before = i ? text.ptr[i - 1] : '\0';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (before == '%' && letter) units |= units_of_letter(c);
        if (letter || (i > from && c >= '0' && c <= '9')) continue;
        units |= units_of_word(str_slice(text, from, i));
        from = i + 1;
    }
    return units;
}

// ---- the tokens in turn

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
    if (l->string && prefix_of(s, t)) s->column = s->column_was;
    l->column = s->column;
    l->text = l->string        ? unquoted(s, t)
              : is_negative(s) ? str_fmt(s->arena, "-" STR_FMT, STR_ARG(t->text))
                               : t->text;
    l->equal =
        s->in_list || str_eq(s->before[1].text, S("=")) || str_eq(s->before[1].text, S("=="));
    l->negated = s->negated;
    l->equal &= !s->negated;
    double number = 0;
    if (!l->string && str_to_f64(l->text, &number))
        s->out->wide |= number > 0x1p31 || number < -0x1p31;
    if (l->string) {
        l->use = s->use;
        s->out->units |= units_of_text(l->text);
        if (s->glob || s->similar) l->text = respelled(s, l->text);
        if (!s->many) s->use = LITERAL_VALUE;
    }
    s->waiting = !s->column.len;
}

static void take_name(Scan *s, const Token *t)
{
    bool after_sign = s->waiting && is_comparison(&s->before[1]);
    if (after_sign) s->list.at[s->list.len - 1].column = literals_bare(t->text);
    s->waiting = false;
    s->column_was = s->column;
    s->column = literals_bare(t->text);
}

static void add_glued(Scan *s, Str name)
{
    for (size_t i = 0; i < s->glued.len; i++) {
        if (str_eq_nocase(s->glued.at[i], name)) return;
    }
    *vec_push(s->arena, &s->glued) = name;
}

// The columns of CONCAT(x, y) and x || y, each once. A name before a point or a parenthesis is a
// table or a function.
static void look_at_glue(Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool pipes = str_eq(t->text, S("||")), behind = str_eq(b->text, S("||"));
    bool column = b->kind == TOKEN_NAME && !str_eq(t->text, S(".")) && !str_eq(t->text, S("("));
    if (column && (pipes || s->piped || s->gluing)) add_glued(s, literals_bare(b->text));
    if (t->kind == TOKEN_NAME && !str_eq(b->text, S("."))) s->piped = behind;
}

// x = y of two columns with other names: a.to_id = b.from_id.
static void look_at_joins(Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool name = t->kind == TOKEN_NAME, point = str_eq(t->text, S("."));
    if (is_comparison(t) && t->text.ptr[0] == '=' && b->kind == TOKEN_NAME) {
        s->left = literals_bare(b->text);
        s->right = (Str){0};
    } else if (s->left.len && name) {
        s->right = literals_bare(t->text);
    } else if (s->left.len && !point) {
        bool call = str_eq(t->text, S("("));
        if (s->right.len && !call && !str_eq_nocase(s->left, s->right)) {
            *vec_push(s->arena, &s->joined) = s->left;
            *vec_push(s->arena, &s->joined) = s->right;
        }
        s->left = (Str){0};
    }
}

// STRING_AGG(x, ''): gathered without anything between, 'a' and 'b' are 'ab'.
static void look_at_lists(Scan *s, const Token *t)
{
    static const char *const words[] = {"string_agg", "group_concat", "listagg", "array_to_string"};
    const Token *b = &s->before[1];
    bool call = is_any(b, words, sizeof words / sizeof *words);
    if (str_eq(t->text, S("(")) && call && !s->listing) {
        s->listing = s->depth + 1; // it has not been counted yet
        s->listed = (Str){0};
    }
    if (!s->listing) return;
    if (t->kind == TOKEN_NAME) s->listed = literals_bare(t->text);
    if (t->kind == TOKEN_STRING && t->text.len == 2 && s->listed.len) add_glued(s, s->listed);
    if (str_eq(t->text, S(")")) && s->depth == s->listing) s->listing = 0;
}

static bool counts_years(const Token *t)
{
    static const char *const words[] = {"year", "years", "age", "yyyy", "timestampdiff"};
    double v;
    bool number = t->kind == TOKEN_NUMBER && str_to_f64(t->text, &v) && v >= 365 && v <= 366;
    return number || is_any(t, words, sizeof words / sizeof *words);
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
            s->use = LITERAL_VALUE;
            s->many = s->in_list = s->negated = false;
        }
    }
    look_at_glue(s, t);
    look_at_joins(s, t);
    look_at_lists(s, t);
    s->out->ages |= counts_years(t);
    look_at_use(s, t);
    if (is_word(t, "not")) s->negated = true;
    if (is_word(t, "in")) s->in_list = true;
    if (str_eq(t->text, S(")"))) s->in_list = s->negated = false;
    look_at_calls(s, t);
    s->out->lengths |= asks_for_length(t);
    s->out->folds |= folds(t);
    s->out->trims |= trims(t);
    s->out->averages |= averages(t);
    s->out->gathers |= gathers(t);
    if (t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD) s->out->units |= units_of_word(t->text);
    bool type = s->use != LITERAL_VALUE && is_word(t, "binary"); // LIKE BINARY 'x'
    if (t->kind == TOKEN_NAME && !type) take_name(s, t);
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
    look_at_glue(&s, &(Token){.kind = TOKEN_END});
    look_at_joins(&s, &(Token){.kind = TOKEN_END});
    out.at = s.list.at;
    out.len = s.list.len;
    out.names = (StrList){s.names.at, s.names.len};
    out.glued = (StrList){s.glued.at, s.glued.len};
    out.joined = (StrList){s.joined.at, s.joined.len};
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

static StrList both_lists(Arena *a, StrList x, StrList y)
{
    StrList out = {arena_array(a, Str, x.len + y.len), 0};
    for (size_t i = 0; i < x.len; i++) out.at[out.len++] = x.at[i];
    for (size_t i = 0; i < y.len; i++) out.at[out.len++] = y.at[i];
    return out;
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
                    x->at[k].use == y.at[i].use && str_eq_nocase(x->at[k].column, y.at[i].column);
        }
        if (known) continue;
        out.at[out.len] = y.at[i];
        out.at[out.len++].own = true;
    }
    out.fresh = (Fresh){.glues = y.glued.len && !x->glued.len,
                        .ages = y.ages && !x->ages,
                        .folds = y.folds && !x->folds,
                        .units = y.units & ~x->units};
    out.clock |= y.clock;
    out.glued = both_lists(a, x->glued, y.glued);
    out.joined = both_lists(a, x->joined, y.joined);
    out.ages |= y.ages;
    out.lengths |= y.lengths;
    out.folds |= y.folds;
    out.trims |= y.trims;
    out.averages |= y.averages;
    out.gathers |= y.gathers;
    out.wide |= y.wide;
    out.units |= y.units;
    if (y.decimals > out.decimals) out.decimals = y.decimals;
    return out;
}

bool literals_joined(const Literals *l, Str x, Str y)
{
    for (size_t i = 0; i + 1 < l->joined.len; i += 2) {
        const Str *pair = &l->joined.at[i];
        if (str_eq_nocase(pair[0], x) && str_eq_nocase(pair[1], y)) return true;
        if (str_eq_nocase(pair[0], y) && str_eq_nocase(pair[1], x)) return true;
    }
    return false;
}

bool literals_name(const Literals *l, Str name)
{
    for (size_t i = 0; i < l->names.len; i++) {
        if (str_eq_nocase(l->names.at[i], name)) return true;
    }
    return false;
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
