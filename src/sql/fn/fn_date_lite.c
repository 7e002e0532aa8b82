// fn_date_lite: SQLite's functions of time, a value and its modifiers, as other dialects say them.
//
// A month that is added to the 31st may end in the month after next in SQLite and nowhere else, so
// months are only added to what starts one. What other dialects cannot mean is refused by name.
#include "sql/fn_group.h"
#include "sql/neutral_time.h"

// What is made of a value, modifier by modifier.
typedef struct {
    Translator *t;
    const SqlNode *call;
    SqlNode *time;
    bool first; // of a month
} Moment;

// --- '-3 days', and '-' || n || ' days' ---

static const struct {
    const char *name;
    Str unit;
    bool months;
} units[] = {
    {"second", STR_LIT("SECOND"), false}, {"minute", STR_LIT("MINUTE"), false},
    {"hour", STR_LIT("HOUR"), false},     {"day", STR_LIT("DAY"), false},
    {"month", STR_LIT("MONTH"), true},    {"year", STR_LIT("YEAR"), true},
};

static int unit_of(Str word)
{
    word = str_trim(word);
    if (word.len > 1 && (word.ptr[word.len - 1] | 0x20) == 's')
        word = str_slice(word, 0, word.len - 1);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(word, str_from(units[i].name))) return (int)i;
    }
    return -1;
}

static bool is_start(Str modifier)
{
    return modifier.len > 9 && str_eq_nocase(str_slice(modifier, 0, 9), S("start of "));
}

static void refuse(Moment *m, const SqlNode *n, Str modifier)
{
    translate_unsupported(m->t, n, "The modifier '" STR_FMT "' has no counterpart elsewhere.",
                          STR_ARG(modifier));
}

static void start_of(Moment *m, const SqlNode *n, Str modifier)
{
    int unit = unit_of(str_slice(modifier, 9, modifier.len));
    Str word = unit >= 0 ? units[unit].unit : (Str){0};
    if (!str_eq(word, S("DAY")) && !str_eq(word, S("MONTH")) && !str_eq(word, S("YEAR"))) {
        refuse(m, n, modifier);
        return;
    }
    LogicalType type = (LogicalType)m->time->type;
    m->time = make_call2(m->t, m->call, "date_trunc", make_word(m->t, m->call, word), m->time);
    m->time->type = (uint8_t)type;
    m->first = m->first || !str_eq(word, S("DAY"));
}

static void add(Moment *m, const SqlNode *n, SqlNode *amount, int unit, bool minus)
{
    if (units[unit].months && !m->first) {
        translate_unsupported(m->t, n,
                              "SQLite lets a month that is too short run over into the next, other "
                              "dialects end with it: begin with 'start of month'.");
        return;
    }
    m->time = time_add(m->t, m->time, amount, units[unit].unit, minus);
    m->first = m->first && units[unit].months;
}

static void shift(Moment *m, const SqlNode *n, Str modifier)
{
    Str rest = str_trim(modifier), number, word;
    int64_t amount;
    bool minus = str_starts(rest, S("-")), sign = minus || str_starts(rest, S("+"));
    str_cut(str_slice(rest, sign, rest.len), ' ', &number, &word);
    int unit = unit_of(word);
    if (unit < 0 || !str_to_i64(number, &amount)) {
        refuse(m, n, modifier);
        return;
    }
    add(m, n, make_number(m->t, n, amount), unit, minus);
}

// 'weekday 1': the first such day from this one on, 0 is Sunday.
static void to_weekday(Moment *m, const SqlNode *n, int64_t day)
{
    Translator *t = m->t;
    SqlNode *part =
        make_call2(t, n, "date_part", make_word(t, n, S("DOW_SUNDAY_0")), node_clone(t, m->time));
    part->type = TYPE_INTEGER;
    SqlNode *ahead = make_binary(t, OP_SUBTRACT, make_number(t, n, day + 7), part);
    SqlNode *days = make_binary(t, OP_MODULO, ahead, make_number(t, n, 7));
    ahead->type = days->type = TYPE_INTEGER;
    m->time = time_add(t, m->time, days, S("DAY"), false);
    m->first = false;
}

static bool is_weekday(Str modifier, int64_t *day)
{
    Str word, number;
    if (!str_cut(str_trim(modifier), ' ', &word, &number)) return false;
    return str_eq_nocase(word, S("weekday")) && str_to_i64(number, day) && *day >= 0 && *day < 7;
}

enum { PIECES = 3 };

// The pieces of a || b || c; how many, or 0 when there are more.
static size_t pieces_of(SqlNode *n, SqlNode **out, size_t len)
{
    if (n->kind == NODE_BINARY && n->op == OP_CONCAT) {
        len = pieces_of(n->child[LEFT_SIDE], out, len);
        return len ? pieces_of(n->child[RIGHT_SIDE], out, len) : 0;
    }
    if (len > PIECES) return 0;
    out[len - 1] = n;
    return len + 1;
}

static void shift_by(Moment *m, SqlNode *n)
{
    SqlNode *at[PIECES] = {0};
    size_t len = pieces_of(n, at, 1);
    size_t count = len ? len - 1 : 0, amount = count == PIECES;
    bool fits = count >= 2 && at[count - 1]->kind == NODE_STRING;
    if (fits && amount) fits = at[0]->kind == NODE_STRING && at[0]->text.len == 1;
    int unit = fits ? unit_of(at[count - 1]->text) : -1;
    bool minus = fits && amount && str_eq(at[0]->text, S("-"));
    if (unit < 0 || (amount && !minus && !str_eq(at[0]->text, S("+")))) {
        translate_unsupported(m->t, n, "Only '+' || number || ' days' can be said elsewhere.");
        return;
    }
    add(m, n, at[amount], unit, minus);
}

// --- The value ---

static bool is_word(const SqlNode *n, const char *word)
{
    return n->kind == NODE_STRING && str_eq_nocase(n->text, str_from(word));
}

// Whole days, whatever the modifiers do: then a date is enough.
static bool stays_a_day(const SqlNode *call, uint32_t from)
{
    for (uint32_t i = from; i < sql_tail_count(call); i++) {
        const SqlNode *n = sql_tail(call, i);
        int64_t any;
        if (n->kind == NODE_STRING && (is_start(n->text) || is_weekday(n->text, &any))) continue;
        const SqlNode *last = n->kind == NODE_BINARY ? n->child[RIGHT_SIDE] : n;
        Str number, word = last->kind == NODE_STRING ? last->text : (Str){0};
        if (last == n) str_cut(str_trim(word), ' ', &number, &word);
        int unit = unit_of(word);
        if (unit < 0 || str_eq(units[unit].unit, S("HOUR")) ||
            str_eq(units[unit].unit, S("MINUTE")) || str_eq(units[unit].unit, S("SECOND")))
            return false;
    }
    return true;
}

static SqlNode *now(Translator *t, const SqlNode *call, bool day)
{
    SqlNode *n = make_call(t, call, day ? "current_date" : "current_timestamp", NULL, 0);
    n->type = day ? TYPE_DATE : TYPE_TIMESTAMP;
    return n;
}

static SqlNode *of_epoch(Translator *t, SqlNode *number)
{
    SqlNode *unit = make_word(t, number, S("SECOND"));
    SqlNode *n = make_call2(t, number, "from_epoch", unit, number);
    n->type = TYPE_TIMESTAMP;
    return n;
}

// From the at-th argument on; the modifiers applied. NULL when the value is a number of days.
static SqlNode *moment(Translator *t, SqlNode *call, uint32_t at, bool day)
{
    uint32_t count = sql_tail_count(call), next = at + 1;
    Moment m = {.t = t, .call = call};
    bool days = day && stays_a_day(call, next);
    SqlNode *x = count > at ? sql_tail(call, at) : NULL;
    if (!x || is_word(x, "now")) {
        m.time = now(t, call, days);
    } else if (count > next && is_word(sql_tail(call, next), "unixepoch")) {
        m.time = of_epoch(t, x);
        next++;
    } else if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL)) {
        return translate_unsupported(t, x, "A Julian day has no counterpart elsewhere.");
    } else {
        m.time = time_as(t, x, days ? TYPE_DATE : TYPE_TIMESTAMP);
    }
    for (uint32_t i = next; i < count && !t->failed; i++) {
        SqlNode *n = sql_tail(call, i);
        int64_t weekday;
        if (n->kind == NODE_STRING && is_start(n->text)) {
            start_of(&m, n, n->text);
        } else if (n->kind == NODE_STRING && is_weekday(n->text, &weekday)) {
            to_weekday(&m, n, weekday);
        } else if (n->kind == NODE_STRING) {
            shift(&m, n, n->text);
        } else {
            shift_by(&m, n);
        }
    }
    return m.time;
}

// --- The functions ---

static SqlNode *read_date_lite(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return read_as(t, call, "date");
    return time_as(t, moment(t, call, 0, true), TYPE_DATE);
}

static SqlNode *read_datetime_lite(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return read_as(t, call, "datetime");
    return time_as(t, moment(t, call, 0, false), TYPE_TIMESTAMP);
}

static SqlNode *seconds_since(Translator *t, SqlNode *call, SqlNode *time)
{
    SqlNode *epoch =
        time_cast(t, make_string(t, call, S("1970-01-01 00:00:00")), TYPE_TIMESTAMP, false);
    SqlNode *made = make_call2(t, call, "seconds_between", time, epoch);
    made->type = TYPE_REAL;
    return made;
}

static SqlNode *epoch_of(Translator *t, const SqlNode *call, SqlNode *time)
{
    SqlNode *made = make_call2(t, call, "date_part", make_word(t, call, S("EPOCH_SECOND")), time);
    made->type = TYPE_INTEGER;
    return made;
}

static SqlNode *read_unixepoch(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return read_as(t, call, "unixepoch");
    return epoch_of(t, call, moment(t, call, 0, false));
}

static SqlNode *number(Translator *t, const SqlNode *place, Str text)
{
    SqlNode *n = make_number(t, place, 0);
    n->text = text;
    n->type = TYPE_REAL;
    return n;
}

// Days since noon of 24 November 4714 BC; mostly two of them are subtracted.
static SqlNode *read_julianday(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return read_as(t, call, "julianday");
    SqlNode *seconds = seconds_since(t, call, moment(t, call, 0, false));
    SqlNode *days = make_binary(t, OP_DIVIDE, seconds, number(t, call, S("86400.0")));
    days->type = TYPE_REAL;
    SqlNode *made = make_binary(t, OP_ADD, days, number(t, call, S("2440587.5")));
    made->type = TYPE_REAL;
    return made;
}

static SqlNode *read_strftime_lite(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return read_as(t, call, "strftime");
    if (!sql_tail_count(call)) return NULL;
    SqlNode *format = sql_tail(call, 0);
    Str neutral;
    if (format->kind != NODE_STRING)
        return translate_unsupported(t, format, "The format must stand there to be translated.");
    if (str_eq(format->text, S("%s")))
        return as_text(t, epoch_of(t, call, moment(t, call, 1, false)));
    const char *const odd[] = {"%f", "%J", "%s"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (str_find(format->text, str_from(odd[i]), NULL))
            return translate_unsupported(t, format, "%s of STRFTIME has no counterpart elsewhere.",
                                         odd[i]);
    }
    SqlNode *time = moment(t, call, 1, false);
    if (t->failed || !fn_format_read(t, format, S("strf"), &neutral)) return call;
    SqlNode *made = make_call2(t, call, "date_format", time, make_string(t, format, neutral));
    made->type = TYPE_TEXT;
    return made;
}

static const SqlFn fns[] = {
    // SQLite's own, for SQLite
    {"date", "values...", FN_SCALAR, "date", NULL, NULL},
    {"datetime", "values...", FN_SCALAR, "timestamp", NULL, NULL},
    {"julianday", "values...", FN_SCALAR, "real", NULL, NULL},
    {"strftime", "values...", FN_SCALAR, "text", NULL, NULL},
    {"unixepoch", "values...", FN_SCALAR, "integer", NULL, NULL},
};

static const SqlSpelling spellings[] = {
    {"date_format", LITE, "STRFTIME", NULL, NULL, read_strftime_lite},
    {"date_part", LITE, "UNIXEPOCH", NULL, NULL, read_unixepoch},
    {"seconds_between", LITE, "JULIANDAY", NULL, NULL, read_julianday},
    {"to_date", LITE, "DATE", NULL, NULL, read_date_lite},
    {"to_timestamp", LITE, "DATETIME", NULL, NULL, read_datetime_lite},
};
const FnFamily fn_date_lite = {fns, sizeof fns / sizeof *fns, spellings,
                               sizeof spellings / sizeof *spellings};
