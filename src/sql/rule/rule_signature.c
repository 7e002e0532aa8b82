// rule_signature: functions given a value of a type that they do not take at home.
#include "sql/rule.h"
#include "sql/signature.h"

// ---- what one argument takes

enum {
    TAKES_TEXT = 1 << 0,
    TAKES_NUMBER = 1 << 1,
    TAKES_EXACT = 1 << 2,
    TAKES_FRACTION = 1 << 3,
    TAKES_WHOLE = 1 << 4,
    TAKES_DATE = 1 << 5,
    TAKES_TIMESTAMP = 1 << 6,
    TAKES_MOMENT = TAKES_DATE | TAKES_TIMESTAMP,
    TAKES_TIME = 1 << 7,
    TAKES_INTERVAL = 1 << 8,
    TAKES_BOOLEAN = 1 << 9,
    TAKES_ARRAY = 1 << 10,
    TAKES_MAP = 1 << 11,
    TAKES_JSON = 1 << 12,
    TAKES_JSONB = 1 << 13,
    TAKES_BYTES = 1 << 14,
    TAKES_TYPED = 1 << 15,
    TAKES_INSTANT = 1 << 16,
    TAKES_CONSTANT = 1 << 17, // and no column
    TAKES_EXACTLY = 1 << 18,  // nothing is cast to it, and no bare text is read as it
    TAKES_WRITTEN = 1 << 19,  // a bare text is read as it
    TAKES_NUMBERS = TAKES_NUMBER | TAKES_EXACT | TAKES_FRACTION | TAKES_WHOLE,
    TAKES_STORED = TAKES_ARRAY | TAKES_MAP | TAKES_JSON | TAKES_JSONB, // in a pack as a text
    TAKES_SURELY = TAKES_STORED | TAKES_BYTES,
};

static const struct {
    const char *word;
    unsigned takes;
    const char *said;
} families[] = {
    {"text", TAKES_TEXT, "a text"},
    {"number", TAKES_NUMBER, "a number"},
    {"exact", TAKES_EXACT, "a whole or decimal number"},
    {"fraction", TAKES_FRACTION, "a number"},
    {"whole", TAKES_WHOLE, "a whole number"},
    {"moment", TAKES_MOMENT, NULL},
    {"date", TAKES_DATE, "a date"},
    {"timestamp", TAKES_TIMESTAMP, "a timestamp"},
    {"instant", TAKES_INSTANT, "a timestamp"},
    {"time", TAKES_TIME, "a time"},
    {"interval", TAKES_INTERVAL, "an interval"},
    {"boolean", TAKES_BOOLEAN, "a condition"},
    {"array", TAKES_ARRAY, "an array"},
    {"map", TAKES_MAP, "a map"},
    {"json", TAKES_JSON, "JSON"},
    {"jsonb", TAKES_JSONB, "jsonb"},
    {"bytes", TAKES_BYTES, "bytes"},
    {"typed", TAKES_TYPED, "a value of a known type"},
    {"constant", TAKES_CONSTANT, NULL},
    {"written", TAKES_WRITTEN, NULL},
};
enum { FAMILIES = sizeof families / sizeof *families };

// Spark's ARRAY(a, b) is a call like others, and no reader of types follows it.
static LogicalType type_of(const RuleRun *r, const SqlNode *n)
{
    bool array = n->kind == NODE_CALL && str_eq_nocase(n->text, S("ARRAY"));
    return array ? TYPE_ARRAY : rule_type(r, n);
}

// Of a document; 0 = it may be anything.
static unsigned families_of_document(const RuleRun *r, const SqlNode *n)
{
    bool duck = r->dialect == DIALECT_DUCKDB;
    switch (r->meaning->types[n->id].document) {
    case DOCUMENT_JSON:
        return duck ? TAKES_JSON | TAKES_TEXT : TAKES_JSON;
    case DOCUMENT_JSONB:
        return TAKES_JSONB;
    case DOCUMENT_MAP:
        return TAKES_MAP;
    default:
        return 0;
    }
}

// b'abc', X'1F'
static bool is_bytes(const RuleRun *r, const SqlNode *n)
{
    if (n->kind != NODE_STRING) return false;
    Str text = str_slice(r->script->sql, n->at, n->at + 2);
    for (size_t i = 0; i < text.len && text.ptr[i] != '\''; i++) {
        char c = text.ptr[i] | 0x20;
        if (c == 'b' || c == 'x') return true;
    }
    return false;
}

static unsigned families_of(const RuleRun *r, const SqlNode *n)
{
    if (is_bytes(r, n)) return 0;
    switch (type_of(r, n)) {
    case TYPE_INTEGER:
        return TAKES_NUMBER | TAKES_EXACT | TAKES_WHOLE;
    case TYPE_REAL:
        return TAKES_NUMBER | TAKES_FRACTION | (rule_is_double(n) ? 0 : TAKES_EXACT);
    case TYPE_TEXT:
        return TAKES_TEXT;
    case TYPE_DATE:
        return TAKES_MOMENT;
    case TYPE_TIMESTAMP:
        return TAKES_TIMESTAMP | TAKES_INSTANT;
    case TYPE_TIME:
        return TAKES_TIME;
    case TYPE_INTERVAL:
        return TAKES_INTERVAL;
    case TYPE_BOOLEAN:
        return TAKES_BOOLEAN;
    case TYPE_ARRAY:
        return TAKES_ARRAY;
    case TYPE_STRUCT:
        return families_of_document(r, n);
    default:
        return 0;
    }
}

// What a dialect casts a value of the type to, where that is asked for.
static unsigned coerces_to(Dialect d, LogicalType t, unsigned own, bool literal)
{
    enum { ATOMS = TAKES_TEXT | TAKES_NUMBER | TAKES_MOMENT | TAKES_TIME | TAKES_BOOLEAN };
    switch (d) {
    case DIALECT_BIGQUERY:
        return t == TYPE_TEXT && literal ? TAKES_MOMENT | TAKES_TIME : 0;
    case DIALECT_SPARK:
        if (t == TYPE_TEXT && literal)
            return TAKES_NUMBER | TAKES_MOMENT | TAKES_BYTES | TAKES_WHOLE;
        if (t == TYPE_TEXT) return TAKES_NUMBER | TAKES_MOMENT | TAKES_BYTES;
        return own & ATOMS ? TAKES_TEXT : 0;
    case DIALECT_SNOWFLAKE:
        if (t == TYPE_TEXT) return ATOMS;
        if (t == TYPE_BOOLEAN) return TAKES_TEXT | TAKES_NUMBER;
        if (t == TYPE_TIME) return TAKES_TEXT;
        if (t == TYPE_INTEGER || t == TYPE_REAL) return TAKES_TEXT | TAKES_BOOLEAN;
        return own & TAKES_MOMENT ? TAKES_TEXT : ATOMS;
    default:
        return 0;
    }
}

// A text that is nothing else in disguise. A pack has no columns of arrays, maps and JSON: those of
// texts stand for them.
static bool is_plain_text(const RuleRun *r, const SqlNode *n, unsigned takes)
{
    if (n->kind == NODE_CAST || n->kind == NODE_STRING) return true;
    bool stored = takes & TAKES_STORED && !(takes & TAKES_EXACTLY);
    if (n->kind != NODE_COLUMN || stored) return false;
    const SqlBinding *b = &r->meaning->bindings[n->id];
    return b->source && b->source->kind == NODE_TABLE && r->meaning->tables[b->source->id];
}

// Are the types of the dialect followed as far as this one?
static bool is_checked(const RuleRun *r, const SqlNode *arg, unsigned takes)
{
    unsigned in = 1u << r->dialect;
    if (arg->kind == NODE_ARG || arg->kind == NODE_LAMBDA || arg->kind == NODE_STAR) return false;
    switch (type_of(r, arg)) {
    case TYPE_TEXT:
        return !(takes & TAKES_SURELY) || is_plain_text(r, arg, takes);
    case TYPE_INTERVAL:
        return in & (PG | DUCK) || takes == TAKES_WHOLE;
    case TYPE_ARRAY:
    case TYPE_TIME:
        return in & (PG | DUCK | TRINO | BIG | SPARK);
    case TYPE_STRUCT:
        return in & (PG | DUCK);
    default:
        return true;
    }
}

static bool reads_bare(const RuleRun *r, unsigned takes)
{
    bool bare = r->dialect == DIALECT_POSTGRES || takes & TAKES_WRITTEN;
    return bare && !(takes & (TAKES_EXACTLY | TAKES_TYPED));
}

static bool is_read(const RuleRun *r, const SqlNode *literal, unsigned takes)
{
    if (!reads_bare(r, takes)) return false;
    return rule_reads_as(literal, takes & TAKES_NUMBERS  ? IS_NUMBER
                                  : takes & TAKES_MOMENT ? IS_MOMENT
                                                         : IS_TEXT);
}

static bool takes(RuleRun *r, const SqlNode *arg, unsigned takes)
{
    bool literal = rule_is_literal(arg);
    if (takes & TAKES_TYPED) return !literal;
    if (takes & TAKES_CONSTANT && arg->kind == NODE_COLUMN) return false;
    unsigned own = families_of(r, arg);
    if (!takes || !own || !is_checked(r, arg, takes) || takes & own) return true;
    bool casts = !(takes & TAKES_EXACTLY);
    if (casts && takes & coerces_to(r->dialect, type_of(r, arg), own, literal)) return true;
    return literal && is_read(r, arg, takes);
}

// "a text, a date or a timestamp"
static Str said_of(Arena *a, unsigned takes)
{
    Buf b = buf_new(a);
    unsigned left = takes & ~(unsigned)(TAKES_EXACTLY | TAKES_WRITTEN | TAKES_CONSTANT);
    if (left & TAKES_NUMBER) left &= ~(unsigned)TAKES_NUMBERS | TAKES_NUMBER;
    for (size_t i = 0; i < FAMILIES; i++) {
        if (!(left & families[i].takes) || !families[i].said) continue;
        left &= ~families[i].takes;
        buf_fmt(&b, "%s%s", !b.len ? "" : left ? ", " : " or ", families[i].said);
    }
    return buf_str(&b);
}

// The type to cast to, by the word of the dialect.
static const char *cast_to(Dialect d, unsigned takes, uint32_t place)
{
    bool big = d == DIALECT_BIGQUERY, pg = d == DIALECT_POSTGRES,
         strings = big || d == DIALECT_SPARK;
    if (takes & (TAKES_TEXT | TAKES_TYPED)) return pg ? "TEXT" : strings ? "STRING" : "VARCHAR";
    if (takes & TAKES_DATE) return "DATE";
    if (takes & TAKES_TIMESTAMP) return "TIMESTAMP";
    if (takes & TAKES_JSONB) return "JSONB";
    if (takes & TAKES_JSON) return "JSON";
    if (takes & TAKES_WHOLE) return big ? "INT64" : "INT";
    if (takes & TAKES_EXACT) return "NUMERIC";
    if (takes & TAKES_NUMBER)
        return place ? (big ? "INT64" : "INT") : big ? "FLOAT64" : pg ? "NUMERIC" : "DOUBLE";
    return takes & TAKES_TIME ? "TIME" : "INTERVAL";
}

// What a cast makes of a value that is no such thing.
static bool is_readable(LogicalType t, unsigned takes)
{
    bool number = t == TYPE_INTEGER || t == TYPE_REAL;
    bool json = takes & (TAKES_JSON | TAKES_JSONB) && t == TYPE_STRUCT;
    bool day = t == TYPE_TIMESTAMP && takes & TAKES_DATE;
    return t == TYPE_TEXT || takes & TAKES_TEXT || (number && takes & TAKES_NUMBERS) || json || day;
}

static bool is_extract(const SqlNode *call)
{
    return str_eq_nocase(call->text, S("EXTRACT"));
}

static bool counts_days(const RuleRun *r, const SqlNode *n)
{
    return n->kind == NODE_BINARY && n->op == OP_SUBTRACT && rule_type(r, n) == TYPE_INTEGER &&
           rule_type(r, n->child[LEFT_SIDE]) == TYPE_DATE;
}

// What a senior would say to do about it.
static Str advice_of(RuleRun *r, const SqlNode *call, uint32_t place, unsigned takes)
{
    enum { SHOWN_MAX = 24 };
    const SqlNode *arg = sql_tail(call, place);
    Str text = sql_source(r->script->sql, arg);
    LogicalType t = type_of(r, arg);
    if (takes == TAKES_BOOLEAN) return S("compare it with something");
    if (takes == TAKES_BYTES)
        return r->dialect == DIALECT_TRINO ? S("TO_UTF8(…) makes them")
                                           : S("CAST(… AS BYTES) makes them");
    if (takes & TAKES_ARRAY) return S("SPLIT makes one of a text, ARRAY_AGG of rows");
    if (takes & TAKES_MAP || t == TYPE_ARRAY) return S("take a part of it, or make it one");
    if (t == TYPE_INTERVAL && takes == TAKES_WHOLE)
        return S("write the number, or + and the INTERVAL");
    if (t == TYPE_INTERVAL && takes & TAKES_NUMBERS)
        return S("EXTRACT(EPOCH FROM …) gives its seconds");
    bool readable = is_readable(t, takes);
    if (counts_days(r, arg)) return S("a date less a date is a number of days already");
    if (!readable && sql_tail_count(call) > 1 && !is_extract(call))
        return S("mind the order of the arguments");
    if (!readable) return S("is it the right column?");
    if (!text.len || text.len > SHOWN_MAX) return S("cast it");
    return str_fmt(r->arena, "write CAST(" STR_FMT " AS %s)", STR_ARG(text),
                   cast_to(r->dialect, takes, place));
}

static const char *word_of(const RuleRun *r, const SqlNode *n)
{
    unsigned own = families_of(r, n);
    if (own & (TAKES_JSON | TAKES_JSONB)) return own & TAKES_JSONB ? "jsonb" : "json";
    if (n->kind == NODE_STRING && r->dialect == DIALECT_POSTGRES) return "unknown";
    return rule_type_word(r->dialect, type_of(r, n));
}

// "left(text, numeric)": home's own message lists all of them. Empty where one is not known.
static Str subject_of(RuleRun *r, const SqlNode *call, uint32_t place)
{
    Buf b = buf_new(r->arena);
    bool all = 1u << r->dialect & (PG | DUCK);
    uint32_t first = all ? 0 : place, end = all ? sql_tail_count(call) : place + 1;
    buf_fmt(&b, STR_FMT "(", STR_ARG(str_lower(r->arena, call->text)));
    for (uint32_t i = first; i < end; i++) {
        const SqlNode *arg = sql_tail(call, i);
        if (type_of(r, arg) == TYPE_UNKNOWN) return (Str){0};
        buf_fmt(&b, "%s%s", i > first ? ", " : "", word_of(r, arg));
    }
    buf_fmt(&b, ")");
    return buf_str(&b);
}

static void refuse(RuleRun *r, const SqlNode *call, uint32_t place, unsigned wanted)
{
    static const char *const places[] = {"", " as its second argument", " as its third argument",
                                         " as its fourth argument", " there"};
    const SqlNode *arg = sql_tail(call, place);
    Str said = said_of(r->arena, wanted), subject = subject_of(r, call, place);
    const char *where = places[is_extract(call) ? 0 : place < 4 ? place : 4];
    if (rule_is_literal(arg) && reads_bare(r, wanted)) {
        rule_refuse(r, arg, HOME_NONE, (Str){0},
                    STR_FMT " takes " STR_FMT "%s, and '" STR_FMT "' is none.", STR_ARG(call->text),
                    STR_ARG(said), where, STR_ARG(arg->text));
        return;
    }
    if (wanted & TAKES_CONSTANT && arg->kind == NODE_COLUMN) {
        rule_refuse(r, arg, HOME_NONE, (Str){0},
                    STR_FMT " takes the same%s for every row in %s, and this is a column.",
                    STR_ARG(call->text), where, home_title(r->dialect));
        return;
    }
    const char *word = wanted & TAKES_TYPED ? "a bare text" : word_of(r, arg);
    Str advice = advice_of(r, call, place, wanted);
    rule_refuse(r, arg, subject.len ? HOME_ARGUMENT_TYPE : HOME_NONE, subject,
                STR_FMT " takes " STR_FMT "%s, and this is %s: " STR_FMT "%s", STR_ARG(call->text),
                STR_ARG(said), where, word, STR_ARG(advice), str_ends(advice, S("?")) ? "" : ".");
}

// ---- signatures (signature.h)

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

static bool has_so_many(Str form, uint32_t count)
{
    FnToken p;
    uint32_t least = 0, most = 0;
    while (fn_token(&form, &p)) {
        least += !p.optional;
        most = p.rest ? UINT32_MAX : most + 1;
    }
    return count >= least && count <= most;
}

typedef struct {
    const SqlNode *const *at;
    uint32_t count;
} Operands;

// The first argument that the form does not take; its count when it takes them all.
static uint32_t place_refused(RuleRun *r, Operands args, Str form, unsigned *wanted)
{
    FnToken p = {0};
    for (uint32_t i = 0; i < args.count; i++) {
        if (!p.rest && !fn_token(&form, &p)) break;
        *wanted = takes_of(p.name);
        if (!takes(r, args.at[i], *wanted)) return i;
    }
    return args.count;
}

// Does one of the forms take the arguments? If not, which of them is the one that most forms come
// to, and what do they take there?
static bool are_taken(RuleRun *r, Operands args, Str forms, uint32_t *place, unsigned *wanted)
{
    bool some = false;
    *place = 0;
    *wanted = 0;
    while (forms.len) {
        Str form;
        unsigned here = 0;
        str_cut(forms, ';', &form, &forms);
        if (!has_so_many(form, args.count)) continue;
        uint32_t at = place_refused(r, args, form, &here);
        if (at == args.count) return true;
        if (at > *place) *wanted = 0;
        if (at >= *place) *wanted |= here;
        if (at > *place) *place = at;
        some = true;
    }
    return !some;
}

bool rule_operator_takes(RuleRun *r, Str word, const SqlNode *const *args, uint32_t count)
{
    const char *forms;
    uint16_t at = 0;
    uint32_t place;
    unsigned wanted;
    while ((forms = signature_find(r->dialect, word, SIGNATURE_SPELLED, &at))) {
        if (!are_taken(r, (Operands){args, count}, str_from(forms), &place, &wanted)) return false;
    }
    return true;
}

static bool check_signature(RuleRun *r, const SqlNode *n, Str forms)
{
    enum { ARGS_MAX = 64 };
    const SqlNode *args[ARGS_MAX];
    uint32_t place, count = sql_tail_count(n);
    unsigned wanted;
    if (count > ARGS_MAX) count = ARGS_MAX;
    for (uint32_t i = 0; i < count; i++) args[i] = sql_tail(n, i);
    if (are_taken(r, (Operands){args, count}, forms, &place, &wanted)) return true;
    refuse(r, n, place, wanted);
    return false;
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
