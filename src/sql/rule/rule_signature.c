// rule_signature: functions given a value of a type that they do not take at home.
#include "sql/rule.h"

// ---- what one argument takes

enum {
    TAKES_TEXT = 1,
    TAKES_NUMBER = 2,
    TAKES_DATE = 4,
    TAKES_TIMESTAMP = 8,
    TAKES_MOMENT = TAKES_DATE | TAKES_TIMESTAMP,
    TAKES_TIME = 16,
    TAKES_BOOLEAN = 32,
    TAKES_ARRAY = 64,
    TAKES_MAP = 128,
    TAKES_JSON = 256,
    TAKES_BYTES = 512,
    TAKES_DAYS = 1024,
    TAKES_EXACTLY = 2048, // nothing is cast to it
    TAKES_WRITTEN = 4096, // a literal text is read as it
    TAKES_SURELY = TAKES_ARRAY | TAKES_MAP | TAKES_JSON | TAKES_BYTES,
};

static const struct {
    const char *word;
    unsigned takes;
} families[] = {
    {"text", TAKES_TEXT}, {"number", TAKES_NUMBER},   {"moment", TAKES_MOMENT},
    {"time", TAKES_TIME}, {"boolean", TAKES_BOOLEAN}, {"array", TAKES_ARRAY},
    {"map", TAKES_MAP},   {"json", TAKES_JSON},       {"bytes", TAKES_BYTES},
    {"days", TAKES_DAYS}, {"written", TAKES_WRITTEN},
};
enum { FAMILIES = sizeof families / sizeof *families };

static unsigned families_of(LogicalType t)
{
    static const unsigned own[TYPE_COUNT_] = {
        [TYPE_INTEGER] = TAKES_NUMBER | TAKES_DAYS,
        [TYPE_REAL] = TAKES_NUMBER,
        [TYPE_TEXT] = TAKES_TEXT,
        [TYPE_DATE] = TAKES_MOMENT,
        [TYPE_TIMESTAMP] = TAKES_MOMENT,
        [TYPE_TIME] = TAKES_TIME,
        [TYPE_BOOLEAN] = TAKES_BOOLEAN,
        [TYPE_ARRAY] = TAKES_ARRAY,
    };
    return own[t];
}

// What a dialect casts a value of the type to, where that is asked for.
static unsigned coerces_to(Dialect d, LogicalType t, bool literal)
{
    enum { ATOMS = TAKES_TEXT | TAKES_NUMBER | TAKES_MOMENT | TAKES_TIME | TAKES_BOOLEAN };
    switch (d) {
    case DIALECT_BIGQUERY:
        return t == TYPE_TEXT && literal ? TAKES_MOMENT | TAKES_TIME : 0;
    case DIALECT_SPARK:
        if (t == TYPE_TEXT && literal)
            return TAKES_NUMBER | TAKES_MOMENT | TAKES_BYTES | TAKES_DAYS;
        if (t == TYPE_TEXT) return TAKES_NUMBER | TAKES_MOMENT | TAKES_BYTES;
        return families_of(t) & (ATOMS | TAKES_DAYS) ? TAKES_TEXT : 0;
    case DIALECT_SNOWFLAKE:
        if (t == TYPE_TEXT) return ATOMS;
        if (t == TYPE_BOOLEAN) return TAKES_TEXT | TAKES_NUMBER;
        if (t == TYPE_TIME) return TAKES_TEXT;
        if (t == TYPE_INTEGER || t == TYPE_REAL) return TAKES_TEXT | TAKES_BOOLEAN;
        return families_of(t) & TAKES_MOMENT ? TAKES_TEXT : ATOMS;
    default:
        return 0;
    }
}

// Spark's ARRAY(a, b) is a call like others, and no reader of types follows it.
static LogicalType type_of(const RuleRun *r, const SqlNode *n)
{
    bool array = n->kind == NODE_CALL && str_eq_nocase(n->text, S("ARRAY"));
    return array ? TYPE_ARRAY : rule_type(r, n);
}

// A text that is nothing else in disguise. A pack has no columns of arrays and maps: those of texts
// stand for them.
static bool is_plain_text(const RuleRun *r, const SqlNode *n, unsigned takes)
{
    if (n->kind == NODE_CAST || n->kind == NODE_STRING) return true;
    if (n->kind != NODE_COLUMN || takes & (TAKES_ARRAY | TAKES_MAP)) return false;
    const SqlBinding *b = &r->meaning->bindings[n->id];
    return b->source && b->source->kind == NODE_TABLE && r->meaning->tables[b->source->id];
}

static bool is_checked(const RuleRun *r, const SqlNode *arg, unsigned takes)
{
    LogicalType t = type_of(r, arg);
    if (arg->kind == NODE_ARG || arg->kind == NODE_LAMBDA || arg->kind == NODE_STAR) return false;
    if (t == TYPE_INTERVAL) return takes == TAKES_DAYS;
    if (t == TYPE_TEXT && takes & TAKES_SURELY) return is_plain_text(r, arg, takes);
    bool newer = t == TYPE_ARRAY || t == TYPE_TIME;
    if (newer && !(1u << r->dialect & (TRINO | BIG | SPARK))) return false;
    return families_of(t) != 0;
}

static bool takes(RuleRun *r, const SqlNode *arg, unsigned takes)
{
    LogicalType t = type_of(r, arg);
    bool literal = rule_is_literal(arg);
    if (!takes || !is_checked(r, arg, takes)) return true;
    bool casts = !(takes & TAKES_EXACTLY);
    if (takes & families_of(t)) return true;
    if (casts && takes & coerces_to(r->dialect, t, literal)) return true;
    bool written = r->dialect == DIALECT_POSTGRES || takes & TAKES_WRITTEN;
    if (!literal || !written) return false;
    return rule_reads_as(arg, takes & TAKES_NUMBER   ? IS_NUMBER
                              : takes & TAKES_MOMENT ? IS_MOMENT
                                                     : IS_TEXT);
}

// "a text, a date or a timestamp"
static Str said_of(Arena *a, unsigned takes)
{
    static const struct {
        unsigned takes;
        const char *said;
    } each[] = {
        {TAKES_TEXT, "a text"},
        {TAKES_NUMBER, "a number"},
        {TAKES_DATE, "a date"},
        {TAKES_TIMESTAMP, "a timestamp"},
        {TAKES_TIME, "a time"},
        {TAKES_BOOLEAN, "a condition"},
        {TAKES_ARRAY, "an array"},
        {TAKES_MAP, "a map"},
        {TAKES_JSON, "JSON"},
        {TAKES_BYTES, "bytes"},
        {TAKES_DAYS, "a whole number of days"},
    };
    Buf b = buf_new(a);
    unsigned left = takes & ~(unsigned)(TAKES_EXACTLY | TAKES_WRITTEN);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        if (!(left & each[i].takes)) continue;
        left &= ~each[i].takes;
        buf_fmt(&b, "%s%s", !b.len ? "" : left ? ", " : " or ", each[i].said);
    }
    return buf_str(&b);
}

// The type to cast to, by the word of the dialect.
static const char *cast_to(Dialect d, unsigned takes, uint32_t place)
{
    bool big = d == DIALECT_BIGQUERY, strings = big || d == DIALECT_SPARK;
    if (takes & TAKES_TEXT) return d == DIALECT_POSTGRES ? "TEXT" : strings ? "STRING" : "VARCHAR";
    if (takes & TAKES_MOMENT) return "DATE";
    if (takes & TAKES_DAYS || place) return big ? "INT64" : "INT";
    return big ? "FLOAT64" : d == DIALECT_POSTGRES ? "NUMERIC" : "DOUBLE";
}

// What a senior would say to do about it.
static Str advice_of(RuleRun *r, const SqlNode *call, uint32_t place, unsigned takes)
{
    enum { SHOWN_MAX = 24 };
    const SqlNode *arg = sql_tail(call, place);
    Str text = sql_source(r->script->sql, arg);
    LogicalType t = type_of(r, arg);
    bool readable = t == TYPE_TEXT || takes & TAKES_TEXT;
    if (takes == TAKES_BOOLEAN) return S("compare it with something");
    if (takes == TAKES_BYTES)
        return r->dialect == DIALECT_TRINO ? S("TO_UTF8(…) makes them")
                                           : S("CAST(… AS BYTES) makes them");
    if (takes & TAKES_ARRAY) return S("SPLIT makes one of a text, ARRAY_AGG of rows");
    if (takes & TAKES_MAP || t == TYPE_ARRAY) return S("take a part of it, or make it one");
    if (t == TYPE_INTERVAL) return S("write the number, or + and the INTERVAL");
    if (!readable && sql_tail_count(call) > 1) return S("mind the order of the arguments");
    if (!readable) return S("is it the right column?");
    if (!text.len || text.len > SHOWN_MAX) return S("cast it");
    return str_fmt(r->arena, "write CAST(" STR_FMT " AS %s)", STR_ARG(text),
                   cast_to(r->dialect, takes, place));
}

static void refuse(RuleRun *r, const SqlNode *call, uint32_t place, unsigned wanted)
{
    static const char *const places[] = {"", " as its second argument", " as its third argument",
                                         " as its fourth argument", " there"};
    const SqlNode *arg = sql_tail(call, place);
    const char *word = rule_type_word(r->dialect, type_of(r, arg));
    Str subject = str_fmt(r->arena, STR_FMT "(%s)", STR_ARG(str_lower(r->arena, call->text)), word);
    Str said = said_of(r->arena, wanted), advice = advice_of(r, call, place, wanted);
    rule_refuse(r, arg, HOME_ARGUMENT_TYPE, subject,
                STR_FMT " takes " STR_FMT "%s, and this is %s: " STR_FMT "%s", STR_ARG(call->text),
                STR_ARG(said), places[place < 4 ? place : 4], word, STR_ARG(advice),
                str_ends(advice, S("?")) ? "" : ".");
}

// ---- signatures (signature.c)

static unsigned takes_of(Str word)
{
    bool exactly = str_ends(word, S("!"));
    unsigned takes = exactly ? TAKES_EXACTLY : 0;
    if (exactly) word = str_slice(word, 0, word.len - 1);
    while (word.len) {
        Str one;
        str_cut(word, '|', &one, &word);
        for (size_t i = 0; i < FAMILIES; i++) {
            if (str_eq(one, str_from(families[i].word))) takes |= families[i].takes;
        }
    }
    return takes;
}

static bool has_so_many(Str signature, uint32_t count)
{
    FnToken p;
    uint32_t least = 0, most = 0;
    while (fn_token(&signature, &p)) {
        least += !p.optional;
        most = p.rest ? UINT32_MAX : most + 1;
    }
    return count >= least && count <= most;
}

static bool check_signature(RuleRun *r, const SqlNode *n, Str signature)
{
    FnToken p = {0};
    if (!has_so_many(signature, sql_tail_count(n))) return true;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (!p.rest && !fn_token(&signature, &p)) break;
        unsigned wanted = takes_of(p.name);
        if (takes(r, sql_tail(n, i), wanted)) continue;
        refuse(r, n, i, wanted);
        return false;
    }
    return true;
}

// Trino joins texts or arrays; Spark what it casts to a text, or arrays.
static void check_concat(RuleRun *r, const SqlNode *n)
{
    bool it = str_eq_nocase(n->text, S("CONCAT")), arrays = false;
    for (uint32_t i = 0; it && i < sql_tail_count(n); i++)
        arrays = arrays || type_of(r, sql_tail(n, i)) == TYPE_ARRAY;
    unsigned wanted = arrays ? TAKES_ARRAY : TAKES_TEXT;
    for (uint32_t i = 0; it && i < sql_tail_count(n); i++) {
        if (takes(r, sql_tail(n, i), wanted)) continue;
        refuse(r, n, i, wanted);
        return;
    }
}

static void check_takes(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (1u << r->dialect & (TRINO | SPARK)) check_concat(r, n);
    FnFound f = fn_find(r->dialect, n);
    if (!f.fn || f.foreign || f.ambiguous) return;
    const Str names[] = {[SIGNATURE_SPELLED] = n->text, [SIGNATURE_MEANT] = str_from(f.fn->name)};
    for (int which = SIGNATURE_SPELLED; which <= SIGNATURE_MEANT; which++) {
        const char *takes_what;
        uint16_t at = 0;
        while ((takes_what = signature_find(r->dialect, names[which], (SignatureName)which, &at))) {
            if (!check_signature(r, n, str_from(takes_what))) return;
        }
    }
}

const SqlRule rule_argument_type = {"a function given a type that it does not take",
                                    PG | TRINO | BIG | DUCK | SPARK | SNOW,
                                    {NODE_CALL},
                                    check_takes};
