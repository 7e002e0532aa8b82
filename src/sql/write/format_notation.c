// format_notation: formats of dates: each dialect's notation to the neutral one and back.
//
// Neutral is strftime's, with flags between % and its letter: - without padding, _ padded with a
// space, ^ in capitals, `,` in small letters, 9 padded to nine, O as 1st; and letters of its own:
// L milliseconds, q the quarter, N the day of the week from Sunday = 1, K the week of the year in
// steps of seven days, F that of the month, C the century, J the Julian day, R the month in Roman
// digits, E AD, D the seconds of the day, T and X the last three and the last digit of the year,
// k v x MySQL's weeks of modes 1 and 2 and the year of the latter.
#include "base/buf.h"
#include "sql/format.h"
#include "sql/home.h"
#include <string.h>

typedef struct {
    const char *token, *neutral;
} Row;

// The first row that fits is taken: longer tokens stand before their own beginnings. Of two rows
// with one neutral the first is written.
static const Row java[] = {
    {"yyyy", "Y"},   {"uuuu", "Y"}, {"yy", "y"},  {"y", "Y"},    {"MMMM", "B"}, {"LLLL", "B"},
    {"MMM", "b"},    {"LLL", "b"},  {"MM", "m"},  {"LL", "m"},   {"M", "-m"},   {"L", "-m"},
    {"dd", "d"},     {"d", "-d"},   {"DDD", "j"}, {"D", "-j"},   {"HH", "H"},   {"H", "-H"},
    {"hh", "I"},     {"h", "-I"},   {"mm", "M"},  {"m", "-M"},   {"ss", "S"},   {"s", "-S"},
    {"SSSSSS", "f"}, {"SSS", "L"},  {"a", "p"},   {"EEEE", "A"}, {"EEE", "a"},  {"EE", "a"},
    {"E", "a"},      {"q", "q"},    {"Q", "q"},   {"XXX", "z"},  {"X", "z"},    {"Z", "z"},
    {"z", "Z"},      {NULL, NULL},
};
static const Row pg[] = {
    {"FMDDth", "Od"},  {"FMMonth", "B"},  {"FMMONTH", "^B"}, {"FMmonth", ",B"}, {"Month", "9B"},
    {"MONTH", "9^B"},  {"month", "9,B"},  {"Mon", "b"},      {"FMMon", "b"},    {"MON", "^b"},
    {"mon", ",b"},     {"FMDay", "A"},    {"FMDAY", "^A"},   {"FMday", ",A"},   {"Day", "9A"},
    {"DAY", "9^A"},    {"day", "9,A"},    {"Dy", "a"},       {"DY", "^a"},      {"dy", ",a"},
    {"AM", "p"},       {"PM", "p"},       {"am", ",p"},      {"pm", ",p"},      {"TMMonth", "B"},
    {"TMMONTH", "^B"}, {"TMmonth", ",B"}, {"TMMon", "b"},    {"TMDay", "A"},    {"TMDAY", "^A"},
    {"TMday", ",A"},   {"TMDy", "a"},     {"FMRM", "R"},     {"RM", "9R"},      {"FMrm", ",R"},
    {"rm", "9,R"},     {"AD", "E"},       {"BC", "E"},       {"ad", ",E"},      {"bc", ",E"},
    {NULL, NULL},
};
static const Row pg_any_case[] = {
    {"FMDDTH", "Od"}, {"FMDDD", "-j"}, {"FMDD", "-d"}, {"FMMM", "-m"}, {"FMHH24", "-H"},
    {"FMHH12", "-I"}, {"FMHH", "-I"},  {"FMMI", "-M"}, {"FMSS", "-S"}, {"YYYY", "Y"},
    {"FMYYYY", "Y"},  {"YYY", "T"},    {"SSSSS", "D"}, {"SSSS", "D"},  {"CC", "C"},
    {"J", "J"},       {"IYYY", "G"},   {"YY", "y"},    {"MM", "m"},    {"MI", "M"},
    {"MS", "L"},      {"DDD", "j"},    {"DD", "d"},    {"HH24", "H"},  {"HH12", "I"},
    {"HH", "I"},      {"SS", "S"},     {"US", "f"},    {"IW", "V"},    {"WW", "K"},
    {"ID", "u"},      {"D", "N"},      {"Q", "q"},     {"TZ", "Z"},    {"W", "F"},
    {"Y", "X"},       {NULL, NULL},
};
static const Row snow[] = {
    {"YYYY", "Y"},   {"YY", "y"},   {"MMMM", "B"}, {"MON", "b"},  {"MM", "m"}, {"MI", "M"},
    {"DD", "d"},     {"DY", "a"},   {"HH24", "H"}, {"HH12", "I"}, {"AM", "p"}, {"PM", "p"},
    {"SS", "S"},     {"FF3", "L"},  {"FF6", "f"},  {"FF9", "f"},  {"FF", "f"}, {"TZH:TZM", "z"},
    {"TZHTZM", "z"}, {"UUUU", "Y"}, {NULL, NULL},
};
static const Row strf[] = {
    {"Y", "Y"},  {"y", "y"},   {"m", "m"},   {"-m", "-m"}, {"B", "B"},   {"b", "b"},
    {"h", "b"},  {"d", "d"},   {"-d", "-d"}, {"e", "_d"},  {"j", "j"},   {"-j", "-j"},
    {"H", "H"},  {"-H", "-H"}, {"k", "_H"},  {"I", "I"},   {"-I", "-I"}, {"l", "_I"},
    {"M", "M"},  {"-M", "-M"}, {"S", "S"},   {"-S", "-S"}, {"f", "f"},   {"g", "L"},
    {"p", "p"},  {"A", "A"},   {"a", "a"},   {"G", "G"},   {"V", "V"},   {"u", "u"},
    {"w", "w"},  {"U", "U"},   {"W", "W"},   {"Q", "q"},   {"s", "s"},   {"Z", "Z"},
    {"Ez", "z"}, {"z", "z"},   {NULL, NULL},
};
static const Row mysql[] = {
    {"Y", "Y"}, {"y", "y"},  {"m", "m"},  {"c", "-m"}, {"M", "B"}, {"b", "b"},
    {"d", "d"}, {"e", "-d"}, {"D", "Od"}, {"j", "j"},  {"H", "H"}, {"k", "-H"},
    {"h", "I"}, {"I", "I"},  {"l", "-I"}, {"i", "M"},  {"s", "S"}, {"S", "S"},
    {"f", "f"}, {"p", "p"},  {"W", "A"},  {"a", "a"},  {"w", "w"}, {"U", "U"},
    {"u", "k"}, {"V", "v"},  {"v", "V"},  {"X", "x"},  {"x", "G"}, {NULL, NULL},
};

// Abbreviations of several directives.
static const Row strf_long[] = {
    {"F", "%Y-%m-%d"}, {"T", "%H:%M:%S"},    {"R", "%H:%M"},   {"D", "%m/%d/%y"},
    {"E3S", "%S.%L"},  {"E6S", "%S.%f"},     {"E*S", "%S.%f"}, {"x", "%m/%d/%y"},
    {"X", "%H:%M:%S"}, {"r", "%I:%M:%S %p"}, {"n", "\n"},      {"t", "\t"},
    {NULL, NULL},
};
static const Row mysql_long[] = {{"T", "%H:%M:%S"}, {"r", "%I:%M:%S %p"}, {NULL, NULL}};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const Row *match(const Row *rows, Str text, bool any_case)
{
    for (const Row *r = rows; r->token; r++) {
        Str token = str_from(r->token), head = str_slice(text, 0, token.len);
        if (any_case ? str_eq_nocase(head, token) : str_eq(head, token)) return r;
    }
    return NULL;
}

// --- Reading ---

typedef struct {
    Translator *t;
    const SqlNode *place;
    Str notation, rest;
    Buf out;
} Reader;

static void add_literal(Buf *b, char c)
{
    if (c == '%') buf_char(b, '%');
    buf_char(b, c);
}

static bool refuse(Reader *r, Str what)
{
    translate_unsupported(r->t, r->place, "'" STR_FMT "' in a format of dates is not supported.",
                          STR_ARG(what));
    return false;
}

static void take_row(Reader *r, const Row *row)
{
    buf_fmt(&r->out, "%%%s", row->neutral);
    r->rest = str_slice(r->rest, strlen(row->token), r->rest.len);
}

static bool read_percent(Reader *r, const Row *rows, const Row *shorts)
{
    Str text = r->rest;
    if (text.ptr[0] != '%' || text.len == 1) {
        add_literal(&r->out, text.ptr[0]);
        r->rest = str_slice(text, 1, text.len);
        return true;
    }
    r->rest = str_slice(text, 1, text.len);
    const Row *row = match(rows, r->rest, false), *abbreviation = match(shorts, r->rest, false);
    if (row) {
        take_row(r, row);
    } else if (abbreviation) {
        buf_add(&r->out, str_from(abbreviation->neutral));
        r->rest = str_slice(r->rest, strlen(abbreviation->token), r->rest.len);
    } else if (r->rest.ptr[0] == '%') {
        buf_add(&r->out, S("%%"));
        r->rest = str_slice(r->rest, 1, r->rest.len);
    } else {
        return refuse(r, str_slice(text, 0, 2));
    }
    return true;
}

// "…" or '…' around what is no letter of the notation.
static bool read_quoted(Reader *r, char quote)
{
    size_t end = 1;
    while (end < r->rest.len && r->rest.ptr[end] != quote) end++;
    if (end == 1) add_literal(&r->out, quote); // '' is the sign itself
    for (size_t i = 1; i < end; i++) add_literal(&r->out, r->rest.ptr[i]);
    r->rest = str_slice(r->rest, end + 1, r->rest.len);
    return true;
}

static bool read_letters(Reader *r)
{
    bool is_java = str_eq(r->notation, S("java")), is_pg = str_eq(r->notation, S("pg"));
    char c = r->rest.ptr[0];
    if (c == (is_java ? '\'' : '"')) return read_quoted(r, c);
    const Row *row = is_java ? match(java, r->rest, false)
                     : is_pg ? match(pg, r->rest, false)
                             : match(snow, r->rest, true);
    if (!row && is_pg) row = match(pg_any_case, r->rest, true);
    if (row) {
        take_row(r, row);
        return true;
    }
    bool iso_t = c == 'T' && !is_java; // 2024-01-01T00:00: alone it stands for itself
    if (is_letter(c) && !iso_t) return refuse(r, str_slice(r->rest, 0, 1));
    add_literal(&r->out, c);
    r->rest = str_slice(r->rest, 1, r->rest.len);
    return true;
}

bool fn_format_read(Translator *t, const SqlNode *n, Str notation, Str *out)
{
    Reader r = {t, n, notation, n->text, buf_new(t->arena)};
    if (n->kind != NODE_STRING) {
        translate_unsupported(t, n, "A format of dates is a string here, not an expression.");
        return false;
    }
    bool ok = true;
    while (ok && r.rest.len) {
        ok = str_eq(notation, S("strf"))    ? read_percent(&r, strf, strf_long)
             : str_eq(notation, S("mysql")) ? read_percent(&r, mysql, mysql_long)
                                            : read_letters(&r);
    }
    *out = buf_str(&r.out);
    return ok;
}

// --- Writing ---

static const Row *row_of(const Row *rows, Str neutral)
{
    for (const Row *r = rows; r->token; r++) {
        if (str_eq(neutral, str_from(r->neutral))) return r;
    }
    return NULL;
}

static const Row *directive(Str notation, Str neutral)
{
    const Row *r = NULL;
    if (str_eq(notation, S("java"))) return row_of(java, neutral);
    if (str_eq(notation, S("snow"))) return row_of(snow, neutral);
    if (str_eq(notation, S("strf"))) return row_of(strf, neutral);
    if (str_eq(notation, S("mysql"))) return row_of(mysql, neutral);
    r = row_of(pg, neutral);
    return r ? r : row_of(pg_any_case, neutral);
}

// Of a dialect's own notation, what its engine does not read after all.
static bool is_unread(Dialect d, Str neutral)
{
    static const struct {
        Dialect dialect;
        const char *neutral;
    } unread[] = {
        {DIALECT_DUCKDB, "q"},  {DIALECT_DUCKDB, "_d"}, {DIALECT_DUCKDB, "_H"},
        {DIALECT_DUCKDB, "_I"}, {DIALECT_DUCKDB, "s"},  {DIALECT_TRINO, "Od"},
        {DIALECT_TRINO, "U"},   {DIALECT_TRINO, "k"},   {DIALECT_TRINO, "v"},
        {DIALECT_TRINO, "w"},   {DIALECT_TRINO, "x"},
    };
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++) {
        if (unread[i].dialect == d && str_eq(neutral, str_from(unread[i].neutral))) return true;
    }
    return false;
}

bool format_lacks(Dialect d, Str neutral)
{
    static const char *const notations[] = {
        [DIALECT_SQLITE] = "strf", [DIALECT_SNOWFLAKE] = "snow", [DIALECT_BIGQUERY] = "strf",
        [DIALECT_SPARK] = "java",  [DIALECT_FLINK] = "java",     [DIALECT_POSTGRES] = "pg",
        [DIALECT_TRINO] = "mysql", [DIALECT_MYSQL] = "mysql",    [DIALECT_DUCKDB] = "strf",
    };
    return is_unread(d, neutral) || !directive(str_from(notations[d]), neutral);
}

size_t format_directive(Str neutral, size_t at)
{
    if (neutral.ptr[at] != '%' || at + 1 >= neutral.len) return at + 1;
    size_t end = at + 1;
    if (neutral.ptr[end] == '%') return at + 2; // a sign: no name
    while (end + 1 < neutral.len && strchr("-_^,9O", neutral.ptr[end])) end++;
    return end + 1;
}

Str format_literal(Translator *t, Str neutral)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < neutral.len; i++) {
        buf_char(&b, neutral.ptr[i]);
        i += neutral.ptr[i] == '%' && i + 1 < neutral.len;
    }
    return buf_str(&b);
}

// Letters that stand for themselves, in quotes where the notation has letters.
static size_t write_literal(Buf *b, Str text, size_t i, bool percent, char quote)
{
    if (percent) {
        add_literal(b, text.ptr[i]);
        return i + 1;
    }
    if (!is_letter(text.ptr[i])) {
        buf_char(b, text.ptr[i]);
        return i + 1;
    }
    buf_char(b, quote);
    while (i < text.len && is_letter(text.ptr[i])) buf_char(b, text.ptr[i++]);
    buf_char(b, quote);
    return i;
}

bool fn_format_write(Translator *t, const SqlNode *n, Str neutral, Str notation, Str *out)
{
    Buf b = buf_new(t->arena);
    bool percent = str_eq(notation, S("strf")) || str_eq(notation, S("mysql"));
    char quote = str_eq(notation, S("java")) ? '\'' : '"';
    for (size_t i = 0; i < neutral.len;) {
        char next = i + 1 < neutral.len ? neutral.ptr[i + 1] : '\0';
        if (neutral.ptr[i] != '%' || next == '%') {
            bool sign = neutral.ptr[i] == '%';
            i = write_literal(&b, neutral, i + sign, percent, quote);
            continue;
        }
        size_t end = i + 1;
        while (end < neutral.len && strchr("-_^,9O", neutral.ptr[end])) end++;
        Str name = str_slice(neutral, i + 1, end + 1);
        const Row *row = is_unread(t->to, name) ? NULL : directive(notation, name);
        if (!row) {
            translate_unsupported(t, n, "The formats of %s have nothing for %%" STR_FMT ".",
                                  home_title(t->to), STR_ARG(name));
            return false;
        }
        if (percent) buf_char(&b, '%');
        buf_add(&b, str_from(row->token));
        i = end + 1;
    }
    *out = buf_str(&b);
    return true;
}

// Hours and below in a neutral format.
bool fn_format_has_clock(Str neutral)
{
    for (size_t i = 0; i + 1 < neutral.len; i++) {
        if (neutral.ptr[i] != '%') continue;
        for (i++; i < neutral.len && strchr("-_^,9O", neutral.ptr[i]);) i++;
        if (i < neutral.len && strchr("HIMSfLps", neutral.ptr[i])) return true;
    }
    return false;
}
