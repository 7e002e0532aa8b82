// fn_text: functions over text: cutting, finding, trimming, padding, joining.
#include "sql/fn_group.h"
#include "sql/translate.h"

// A whole number as a literal; false when it is anything else.
static bool literal(const SqlNode *n, int64_t *out)
{
    bool minus = n && n->kind == NODE_UNARY && n->op == OP_MINUS;
    const SqlNode *of = minus ? n->child[ONLY] : n;
    if (!of || of->kind != NODE_NUMBER || !str_to_i64(of->text, out)) return false;
    if (minus) *out = -*out;
    return true;
}
static bool is_above(const SqlNode *n, int64_t least)
{
    int64_t v;
    return literal(n, &v) && v >= least;
}

// --- SUBSTRING: from 1; what 0 and negative places mean differs ---

static Str start_style(Dialect d)
{
    switch (d) {
    case DIALECT_POSTGRES:
        return S("BEFORE"); // places before the first count, and hold nothing
    case DIALECT_SNOWFLAKE:
    case DIALECT_BIGQUERY:
        return S("ONE"); // 0 is 1, negative counts from the end
    case DIALECT_SPARK:
    case DIALECT_FLINK:
        return S("SPARK"); // the same, but what lies before the first counts
    case DIALECT_TRINO:
    case DIALECT_MYSQL:
        return S("NONE"); // 0 holds nothing, and so does what lies before the first
    case DIALECT_DUCKDB:
    case DIALECT_SQLITE:
        break;
    }
    return S("DUCK"); // 0 is before the first, negative counts from the end
}

static SqlNode *as_text_call(Translator *t, const SqlNode *place, const char *fn, SqlNode *x,
                             SqlNode *n)
{
    SqlNode *made = make_call2(t, place, fn, x, n);
    made->type = TYPE_TEXT;
    return made;
}

// A start of 0 or less that is written, for a dialect that means something else by it: from 1, or
// from the end.
void substring_there(Translator *t, SqlNode **x, SqlNode **start, SqlNode **length)
{
    int64_t s, len = 0;
    Str style = start_style(t->from);
    if (t->to == DIALECT_SQLITE || t->from == t->to || !literal(*start, &s) || s >= 1) return;
    bool known = *length && literal(*length, &len);
    bool ends = s < 0 && !str_eq(style, S("BEFORE")); // counts from the end, elsewhere as well
    if (ends && t->to != DIALECT_POSTGRES) return;
    if (ends) {
        *x = as_text_call(t, *x, "right", *x, make_number(t, *x, -s));
        s = 1;
    } else if (str_eq(style, S("NONE"))) {
        *length = make_number(t, *x, 0);
    } else if (str_eq(style, S("BEFORE")) || str_eq(style, S("DUCK"))) {
        if (*length && !known) return;
        if (known) *length = make_number(t, *x, s + len - 1 > 0 ? s + len - 1 : 0);
    }
    *start = make_number(t, *x, 1);
}

static SqlNode *read_substring(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 3) return NULL;
    SqlNode *x = sql_tail(call, 0), *start = sql_tail(call, 1);
    if (start->type == TYPE_TEXT) return read_substring_pattern(t, call);
    SqlNode *length = count > 2 ? sql_tail(call, 2) : NULL;
    substring_there(t, &x, &start, &length);
    bool plain = is_above(start, 1) && (!length || is_above(length, 0));
    SqlNode *style = make_word(t, call, plain ? S("PLAIN") : start_style(t->from));
    SqlNode *args[] = {x, start, style, length};
    SqlNode *made = make_call(t, call, "substring", args, length ? 4 : 3);
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *lower_substring(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "x"), *start = node_arg(call, "start");
    SqlNode *length = node_arg(call, "length");
    if (!str_eq(node_arg(call, "style")->text, S("PLAIN"))) return call;
    SqlNode *args[] = {x, start, length};
    SqlNode *made = make_call(t, call, "substr", args, length ? 3 : 2);
    made->type = TYPE_TEXT;
    return made;
}

// --- LEFT, RIGHT: a negative number leaves so many off in Postgres and DuckDB ---

static SqlNode *read_end(Translator *t, SqlNode *call, const char *plain, const char *off)
{
    SqlNode *n = sql_tail(call, 1);
    bool leaves = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    const char *name = leaves && !is_above(n, 0) ? off : plain;
    SqlNode *made = make_call2(t, call, name, sql_tail(call, 0), n);
    made->type = TYPE_TEXT;
    return made;
}
static SqlNode *read_left(Translator *t, SqlNode *call)
{
    return read_end(t, call, "left", "left_or_off");
}
static SqlNode *read_right(Translator *t, SqlNode *call)
{
    return read_end(t, call, "right", "right_or_off");
}

static SqlNode *lower_left(Translator *t, SqlNode *call)
{
    SqlNode *n = node_arg(call, "n");
    if (!is_above(n, 0)) return call;
    SqlNode *made = make_call3(t, call, "substr", node_arg(call, "x"), make_number(t, call, 1), n);
    made->type = TYPE_TEXT;
    return made;
}
static SqlNode *lower_right(Translator *t, SqlNode *call)
{
    int64_t n;
    if (!literal(node_arg(call, "n"), &n) || n < 1) return call;
    SqlNode *made = make_call2(t, call, "substr", node_arg(call, "x"), make_number(t, call, -n));
    made->type = TYPE_TEXT;
    return made;
}

// --- TRIM: by side, and by what is taken off ---

// BigQuery and Trino take off all white space, the others spaces; MySQL takes off whole strings.
static SqlNode *trimmed(Translator *t, SqlNode *call, SqlOp side)
{
    static const char *const names[] = {"ltrim", "rtrim", "trim"};
    static const char *const white[] = {"ltrim_white", "rtrim_white", "trim_white"};
    static const char *const string[] = {"ltrim_string", "rtrim_string", "trim_string"};
    uint32_t count = sql_tail_count(call);
    if (count < 1 || count > 2) return NULL;
    int at = side == OP_LEADING ? 0 : side == OP_TRAILING ? 1 : 2;
    SqlNode *x = sql_tail(call, 0), *what = count > 1 ? sql_tail(call, 1) : NULL;
    const char *name = names[at];
    bool one = what && what->kind == NODE_STRING && what->text.len == 1;
    if (what && !one && t->from == DIALECT_MYSQL) name = string[at];
    bool all = t->from == DIALECT_BIGQUERY || t->from == DIALECT_TRINO;
    if (!what && all) name = white[at];
    SqlNode *args[] = {x, what};
    SqlNode *made = make_call(t, call, name, args, count);
    made->type = TYPE_TEXT;
    return made;
}
static SqlNode *read_trim(Translator *t, SqlNode *call)
{
    return trimmed(t, call, (SqlOp)call->op);
}
static SqlNode *read_ltrim(Translator *t, SqlNode *call)
{
    return trimmed(t, call, OP_LEADING);
}
static SqlNode *read_rtrim(Translator *t, SqlNode *call)
{
    return trimmed(t, call, OP_TRAILING);
}

// --- Finding ---

// Trino: STRPOS(x, y, n), the n-th place of y.
static SqlNode *read_strpos(Translator *t, SqlNode *call)
{
    SqlNode *args[] = {sql_tail(call, 1), sql_tail(call, 0), make_number(t, call, 1),
                       sql_tail(call, 2)};
    return typed(make_call(t, call, "position", args, 4), TYPE_INTEGER);
}

static SqlNode *read_space(Translator *t, SqlNode *call)
{
    SqlNode *made = make_call2(t, call, "repeat", make_string(t, call, S(" ")), sql_tail(call, 0));
    made->type = TYPE_TEXT;
    return made;
}

// OVERLAY(x PLACING new FROM start [FOR length])
static SqlNode *read_overlay(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 3 || count > 4) return NULL;
    SqlNode *fresh = sql_tail(call, 1);
    SqlNode *length =
        count > 3 ? sql_tail(call, 3) : make_call1(t, call, "char_length", node_clone(t, fresh));
    length->type = TYPE_INTEGER;
    SqlNode *any = make_word(t, call, S("A"));
    SqlNode *args[] = {sql_tail(call, 0), sql_tail(call, 2), length, fresh, any};
    SqlNode *made = make_call(t, call, "insert", args, 5);
    made->type = TYPE_TEXT;
    return made;
}

// A prefix that is written out is a pattern, which an index can serve.
static SqlNode *lower_starts_with(Translator *t, SqlNode *call)
{
    SqlNode *y = node_arg(call, "y");
    if (y->kind != NODE_STRING) return call;
    SqlNode *glob = like_glob(t, call, node_arg(call, "x"), y->text, false, true);
    return glob ? glob : call;
}
static SqlNode *lower_ends_with(Translator *t, SqlNode *call)
{
    SqlNode *y = node_arg(call, "y");
    if (y->kind != NODE_STRING) return call;
    SqlNode *glob = like_glob(t, call, node_arg(call, "x"), y->text, true, false);
    return glob ? glob : call;
}

// Bytes are texts here, and hashes their digits already: in capitals in Trino.
static SqlNode *read_to_hex(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0), *made = x;
    bool hash = node_is_call(x, "md5") || node_is_call(x, "sha1") || node_is_call(x, "sha2");
    if (!hash) made = make_call1(t, call, "hex", x);
    bool other = t->from == DIALECT_BIGQUERY ? !hash : hash;
    if (other) {
        made->type = TYPE_TEXT;
        made = make_call1(t, call, hash ? "upper" : "lower", made);
    }
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *lower_utf8(Translator *t, SqlNode *call)
{
    (void)t;
    return node_arg(call, "x");
}

// Flink counts the parts from 0.
static SqlNode *read_split_index(Translator *t, SqlNode *call)
{
    SqlNode *n = sql_tail(call, 2);
    int64_t k;
    SqlNode *from_one = literal(n, &k) && k < INT64_MAX
                            ? make_number(t, n, k + 1)
                            : make_binary(t, OP_ADD, n, make_number(t, n, 1));
    SqlNode *args[] = {sql_tail(call, 0), sql_tail(call, 1), from_one,
                       make_word(t, call, S("NULL"))};
    SqlNode *made = make_call(t, call, "split_part", args, 4);
    made->type = TYPE_TEXT;
    return made;
}

// STRTOK(x [, separators [, n]])
static SqlNode *read_strtok(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 1 || count > 3) return NULL;
    SqlNode *separators = count > 1 ? sql_tail(call, 1) : make_string(t, call, S(" "));
    SqlNode *n = count > 2 ? sql_tail(call, 2) : make_number(t, call, 1);
    SqlNode *made = make_call3(t, call, "strtok", sql_tail(call, 0), separators, n);
    made->type = TYPE_TEXT;
    return made;
}

// REPLACE(x, old): nothing in its stead.
static SqlNode *read_remove(Translator *t, SqlNode *call)
{
    SqlNode *made = make_call3(t, call, "replace", sql_tail(call, 0), sql_tail(call, 1),
                               make_string(t, call, S("")));
    made->type = TYPE_TEXT;
    return made;
}

// Snowflake's part 0 is the first.
static SqlNode *read_split_part(Translator *t, SqlNode *call)
{
    SqlNode *n = sql_tail(call, 2);
    if (n->kind == NODE_NUMBER && str_eq(n->text, S("0"))) n = make_number(t, n, 1);
    bool known = n->kind == NODE_NUMBER || (n->kind == NODE_UNARY && n->op == OP_MINUS);
    const char *style = known || t->to != DIALECT_SQLITE ? "EMPTY" : "FIRST";
    SqlNode *args[] = {sql_tail(call, 0), sql_tail(call, 1), n,
                       make_word(t, call, str_from(style))};
    SqlNode *made = make_call(t, call, "split_part", args, 4);
    made->type = TYPE_TEXT;
    return made;
}

static const SqlFn fns[] = {
    {"ascii", "x", FN_SCALAR, "integer", "gr_ascii({x})", NULL},
    {"byte_length", "x", FN_SCALAR, "integer", "length(CAST({x} AS BLOB))", NULL},
    {"bit_length", "x", FN_SCALAR, "integer", "(8 * length(CAST({x} AS BLOB)))", NULL},
    {"char_length", "x", FN_SCALAR, "integer", "length({x})", NULL},
    {"chr", "x", FN_SCALAR, "text", "gr_chr({x})", NULL},
    {"concat", "values...", FN_SCALAR, "text", NULL, lower_concat}, // NULL when one of them is
    {"concat_skip", "values...", FN_SCALAR, "text!", NULL, lower_concat_skip},
    {"concat_ws", "separator values...", FN_SCALAR, "text",
     "gr_concat_ws({separator}, {values...})", NULL},
    {"concat_ws_null", "separator values...", FN_SCALAR, "text",
     "gr_concat_ws_null({separator}, {values...})", NULL},
    {"contains_nocase", "x y", FN_SCALAR, "boolean", "(instr(gr_lower({x}), gr_lower({y})) > 0)",
     NULL},
    {"contains", "x y", FN_SCALAR, "boolean", "(instr({x}, {y}) > 0)", NULL},
    {"edit_distance", "x y most?", FN_SCALAR, "integer", "gr_edit_distance({x}, {y}[, {most}])",
     NULL},
    {"ends_with", "x y", FN_SCALAR, "boolean", "gr_ends_with({x}, {y})", lower_ends_with},
    {"hex", "x", FN_SCALAR, "text", "gr_hex({x})", NULL},
    {"hex_small", "x", FN_SCALAR, "text", "lower(gr_hex({x}))", NULL}, // of a number
    {"to_utf8", "x", FN_SCALAR, "text", NULL, lower_utf8},
    // style: where a word begins: behind SPACE, behind MARKS, behind all but ALNUM
    {"initcap", "x style delimiters?", FN_SCALAR, "text",
     "gr_initcap({x}, '{style}'[, {delimiters}])", NULL},
    // where it may start: A anywhere, M at a character, S at one or behind the last
    {"insert", "x start length new where", FN_SCALAR, "text",
     "gr_insert({x}, {start}, {length}, {new}, '{where}', {at})", NULL},
    {"hamming", "x y", FN_SCALAR, "integer", "gr_hamming({x}, {y}, {at})", NULL},
    {"jaro", "x y", FN_SCALAR, "real", "gr_jaro_winkler({x}, {y}, 'J')", NULL},
    {"jaro_winkler", "x y", FN_SCALAR, "real", "gr_jaro_winkler({x}, {y}, 'W')", NULL},
    {"jaro_winkler_percent", "x y", FN_SCALAR, "integer",
     "CAST(100 * gr_jaro_winkler(gr_lower({x}), gr_lower({y}), '0') AS INTEGER)", NULL},
    {"left", "x n", FN_SCALAR, "text", "gr_left({x}, {n})", lower_left},
    {"left_or_off", "x n", FN_SCALAR, "text", "gr_left_or_off({x}, {n})", lower_left},
    {"lower", "x", FN_SCALAR, "text", "gr_lower({x})", NULL},
    {"lpad", "x n pad?", FN_SCALAR, "text", "gr_lpad({x}, {n}[, {pad}])", NULL},
    {"ltrim", "x what?", FN_SCALAR, "text", "ltrim({x}[, {what}])", NULL},
    {"ltrim_string", "x what", FN_SCALAR, "text", "gr_trim_string({x}, {what}, 1)", NULL},
    {"ltrim_white", "x", FN_SCALAR, "text", "gr_trim_white({x}, 1)", NULL},
    {"md5", "x", FN_SCALAR, "text", "gr_md5({x})", NULL},
    {"position", "needle x start? occurrence?", FN_SCALAR, "integer",
     "gr_position({needle}, {x}[, {start}][, {occurrence}])", NULL},
    {"repeat", "x n", FN_SCALAR, "text", "gr_repeat({x}, {n})", NULL},
    {"replace", "x old new", FN_SCALAR, "text", NULL, NULL},
    {"reverse", "x", FN_SCALAR, "text", "gr_reverse({x})", NULL},
    {"right", "x n", FN_SCALAR, "text", "gr_right({x}, {n})", lower_right},
    {"right_or_off", "x n", FN_SCALAR, "text", "gr_right_or_off({x}, {n})", lower_right},
    {"rpad", "x n pad?", FN_SCALAR, "text", "gr_rpad({x}, {n}[, {pad}])", NULL},
    {"rtrim", "x what?", FN_SCALAR, "text", "rtrim({x}[, {what}])", NULL},
    {"rtrim_string", "x what", FN_SCALAR, "text", "gr_trim_string({x}, {what}, 2)", NULL},
    {"rtrim_white", "x", FN_SCALAR, "text", "gr_trim_white({x}, 2)", NULL},
    {"sha1", "x", FN_SCALAR, "text", "gr_sha1({x})", NULL},
    {"sha2", "x bits", FN_SCALAR, "text", "gr_sha2({x}, {bits}, {at})", NULL},
    {"soundex", "x", FN_SCALAR, "text", "gr_soundex({x})", NULL},
    {"soundex_long", "x", FN_SCALAR, "text", "gr_soundex_long({x})", NULL},
    {"space", "n", FN_SCALAR, "text", NULL, NULL},
    // style: what a part that is not there is: EMPTY or NULL
    // the n-th part from the end
    {"split_back", "x separator n", FN_SCALAR, "text", "", NULL},
    {"split_part", "x separator n style", FN_SCALAR, "text",
     "gr_split_part({x}, {separator}, {n}, '{style}', {at})", NULL},
    {"starts_with", "x y", FN_SCALAR, "boolean", "gr_starts_with({x}, {y})", lower_starts_with},
    {"strtok", "x separators n", FN_SCALAR, "text", "gr_strtok({x}, {separators}, {n}, {at})",
     NULL},
    {"substr", "x start length?", FN_SCALAR, "text", NULL, NULL}, // SQLite's own
    {"substring", "x start style length?", FN_SCALAR, "text",
     "gr_substring({x}, {start}, '{style}'[, {length}])", lower_substring},
    {"substring_index", "x separator n", FN_SCALAR, "text",
     "gr_substring_index({x}, {separator}, {n})", NULL},
    {"translate", "x from to", FN_SCALAR, "text", "gr_translate({x}, {from}, {to})", NULL},
    {"trim", "x what?", FN_SCALAR, "text", "trim({x}[, {what}])", NULL},
    {"trim_string", "x what", FN_SCALAR, "text", "gr_trim_string({x}, {what}, 3)", NULL},
    {"trim_white", "x", FN_SCALAR, "text", "gr_trim_white({x}, 3)", NULL},
    {"upper", "x", FN_SCALAR, "text", "gr_upper({x})", NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"ascii", EVERY & ~TRINO & ~LITE, "ASCII", NULL, NULL, NULL},
    {"ascii", LITE | SNOW | BIG | DUCK, "UNICODE", NULL, NULL, NULL},
    {"ascii", MY | DUCK, "ORD", NULL, NULL, NULL},
    {"ascii", TRINO, "CODEPOINT", NULL, NULL, NULL},
    {"bit_length", EVERY & ~BIG & ~TRINO & ~LITE, "BIT_LENGTH", NULL, NULL, NULL},
    {"byte_length", SNOW | SPARK | PG | MY | LITE, "OCTET_LENGTH", NULL, NULL, NULL},
    {"byte_length", MY, "LENGTH", NULL, NULL, NULL},
    {"byte_length", BIG, "BYTE_LENGTH", NULL, NULL, NULL},
    {"byte_length", DUCK, "STRLEN", NULL, NULL, NULL},
    {"char_length", EVERY & ~MY & ~FLINK & ~DUCK, "LENGTH", NULL, NULL, NULL},
    {"char_length", DUCK, "LENGTH", NULL, NULL, read_length},
    {"char_length", MY | FLINK | PG | SPARK | BIG, "CHAR_LENGTH", NULL, NULL, NULL},
    {"char_length", PG | MY | FLINK | SPARK | BIG, "CHARACTER_LENGTH", NULL, NULL, NULL},
    {"char_length", SNOW | SPARK | DUCK, "LEN", NULL, NULL, NULL},
    {"chr", EVERY & ~MY & ~LITE, "CHR", NULL, NULL, NULL},
    {"chr", MY | SNOW | SPARK | LITE, "CHAR", NULL, NULL, NULL},
    {"concat", EVERY & ~LITE, "CONCAT", NULL, NULL, read_concat},
    {"concat", EVERY & ~PG & ~DUCK, "", NULL, "CONCAT({values...})", NULL},
    {"concat_skip", PG | DUCK, "", NULL, "CONCAT({values...})", NULL},
    {"concat_ws", EVERY & ~BIG & ~LITE, "CONCAT_WS", NULL, NULL, read_concat_ws},
    {"concat_ws", EVERY & ~BIG & ~LITE & ~SNOW, "", NULL, "CONCAT_WS({separator}, {values...})",
     NULL},
    {"concat_ws", SNOW, "", NULL,
     "ARRAY_TO_STRING(ARRAY_CONSTRUCT_COMPACT({values...}), {separator})", NULL},
    {"concat_ws", BIG, "", NULL, "ARRAY_TO_STRING(\\[{values...}\\], {separator})", NULL},
    {"concat_ws_null", SNOW, "", NULL, "CONCAT_WS({separator}, {values...})", NULL},
    {"contains", SNOW | SPARK | DUCK, "CONTAINS", NULL, NULL, NULL},
    {"contains", PG | FLINK, "", NULL, "(POSITION({y} IN {x}) > 0)", NULL},
    {"contains", BIG | TRINO, "", NULL, "(STRPOS({x}, {y}) > 0)", NULL},
    {"contains", MY, "", NULL, "(LOCATE({y}, {x}) > 0)", NULL},
    {"contains_nocase", BIG, "CONTAINS_SUBSTR", NULL, NULL, NULL},
    {"contains_nocase", BIG | TRINO, "", NULL, "(STRPOS(LOWER({x}), LOWER({y})) > 0)", NULL},
    {"contains_nocase", PG | FLINK, "", NULL, "(POSITION(LOWER({y}) IN LOWER({x})) > 0)", NULL},
    {"contains_nocase", SNOW | SPARK | DUCK, "", NULL, "CONTAINS(LOWER({x}), LOWER({y}))", NULL},
    {"contains_nocase", MY, "", NULL, "(LOCATE({y}, {x}) > 0)", NULL},
    {"edit_distance", SNOW, "EDITDISTANCE", NULL, NULL, NULL},
    {"edit_distance", SPARK | PG | DUCK, "LEVENSHTEIN", "x y", NULL, NULL},
    {"edit_distance", BIG, "EDIT_DISTANCE", "x y", NULL, NULL},
    {"edit_distance", TRINO, "LEVENSHTEIN_DISTANCE", "x y", NULL, NULL},
    {"ends_with", SNOW | SPARK | FLINK, "ENDSWITH", NULL, NULL, NULL},
    {"ends_with", BIG | DUCK, "ENDS_WITH", NULL, NULL, NULL},
    {"ends_with", DUCK, "SUFFIX", NULL, NULL, NULL},
    {"ends_with", PG | MY, "", NULL, "(RIGHT({x}, CHAR_LENGTH({y})) = {y})", NULL},
    {"ends_with", TRINO, "", NULL, "(SUBSTR({x}, -LENGTH({y})) = {y})", NULL},
    {"hex", MY | SPARK | DUCK | FLINK | LITE, "HEX", NULL, NULL, NULL},
    {"hex_small", PG, "TO_HEX", NULL, NULL, NULL},
    {"hex", SNOW, "HEX_ENCODE", "x", NULL, NULL},
    {"hex", BIG | TRINO, "TO_HEX", "x", NULL, read_to_hex},
    {"hex", BIG | TRINO, "", NULL, "TO_HEX({x})", NULL},
    {"hamming", TRINO, "HAMMING_DISTANCE", NULL, NULL, NULL},
    {"hamming", DUCK, "HAMMING", NULL, NULL, NULL},
    {"hamming", DUCK, "MISMATCHES", NULL, NULL, NULL},
    {"initcap", PG | FLINK, "INITCAP", "x style=ALNUM", NULL, NULL},
    {"initcap", SPARK, "INITCAP", "x style=SPACE", NULL, NULL},
    {"initcap", SNOW | BIG, "INITCAP", "x style=MARKS delimiters?", NULL, NULL},
    {"initcap", PG | FLINK | SPARK | SNOW | BIG, "", "x style", "INITCAP({x})", NULL},
    {"insert", MY, "INSERT", "x start length new where=M", NULL, NULL},
    {"insert", SNOW, "INSERT", "x start length new where=S", NULL, NULL},
    {"insert", PG | SPARK | FLINK, "", "x start length new where=A",
     "OVERLAY({x} PLACING {new} FROM {start} FOR {length})", NULL},
    {"insert", PG | SPARK | FLINK, "", "x start length new where=M",
     "CASE WHEN {start} BETWEEN 1 AND CHAR_LENGTH({x}) THEN OVERLAY({x} PLACING {new} FROM {start} "
     "FOR {length}) ELSE {x} END",
     NULL},
    {"insert", PG | SPARK | FLINK, "", "x start length new where=S",
     "CASE WHEN {start} BETWEEN 1 AND CHAR_LENGTH({x}) + 1 THEN OVERLAY({x} PLACING {new} FROM "
     "{start} FOR {length}) ELSE {x} END",
     NULL},
    {"insert", SNOW, "", "x start length new where=M",
     "CASE WHEN {start} BETWEEN 1 AND LENGTH({x}) THEN INSERT({x}, {start}, {length}, {new}) "
     "ELSE {x} END",
     NULL},
    {"insert", MY, "", "x start length new where=S",
     "CASE WHEN {start} BETWEEN 1 AND CHAR_LENGTH({x}) + 1 THEN CONCAT(LEFT({x}, {start} - 1), "
     "{new}, SUBSTRING({x}, {start} + {length})) ELSE {x} END",
     NULL},
    {"insert", MY | SNOW, "", "x start length new where=A",
     "CONCAT(LEFT({x}, {start} - 1), {new}, SUBSTRING({x}, {start} + {length}))", NULL},
    {"insert", PG | SPARK | FLINK, "OVERLAY", NULL, NULL, read_overlay},
    {"jaro", DUCK, "JARO_SIMILARITY", NULL, NULL, NULL},
    {"jaro_winkler", DUCK, "JARO_WINKLER_SIMILARITY", NULL, NULL, NULL},
    {"jaro_winkler_percent", SNOW, "JAROWINKLER_SIMILARITY", NULL, NULL, NULL},
    {"left", EVERY & ~TRINO & ~LITE, "LEFT", "_ _", NULL, read_left},
    {"left", EVERY & ~TRINO & ~LITE, "", NULL, "LEFT({x}, {n})", NULL},
    {"left", TRINO | LITE, "", NULL, "SUBSTR({x}, 1, {n})", NULL},
    {"left_or_off", PG | DUCK, "", NULL, "LEFT({x}, {n})", NULL},
    {"lower", EVERY, "LOWER", NULL, NULL, NULL},
    {"lower", MY | SPARK | DUCK, "LCASE", NULL, NULL, NULL},
    {"lpad", DUCK, "LPAD", "x n pad", NULL, NULL},
    {"lpad", DUCK, "", "x n", "LPAD({x}, {n}, ' ')", NULL},
    {"lpad", EVERY & ~TRINO & ~LITE & ~DUCK, "LPAD", NULL, NULL, NULL},
    {"lpad", TRINO, "LPAD", "x n pad", NULL, NULL},
    {"lpad", TRINO, "", "x n", "LPAD({x}, {n}, ' ')", NULL},
    {"ltrim", EVERY, "LTRIM", NULL, NULL, read_ltrim},
    {"ltrim", MY | FLINK | SPARK, "", "x what", "TRIM(LEADING {what} FROM {x})", NULL},
    {"ltrim", EVERY, "", NULL, "LTRIM({x}[, {what}])", NULL},
    {"ltrim_string", MY, "", NULL, "TRIM(LEADING {what} FROM {x})", NULL},
    {"ltrim_white", BIG | TRINO, "", NULL, "LTRIM({x})", NULL},
    {"md5", EVERY & ~TRINO & ~LITE & ~BIG, "MD5", NULL, NULL, NULL},
    {"md5", BIG, "", NULL, "TO_HEX(MD5({x}))", NULL},
    {"md5", TRINO, "", NULL, "LOWER(TO_HEX(MD5(TO_UTF8({x}))))", NULL},
    {"md5", SNOW, "MD5_HEX", NULL, NULL, NULL},
    {"md5", BIG | TRINO, "MD5", "x", NULL, NULL},
    {"position", BIG | TRINO | PG | DUCK, "STRPOS", "x needle", NULL, NULL},
    {"position", TRINO, "STRPOS", "_ _ _", NULL, read_strpos},
    {"position", SNOW, "CHARINDEX", NULL, NULL, NULL},
    {"position", SNOW | SPARK, "POSITION", NULL, NULL, NULL},
    {"position", SPARK | MY | FLINK, "LOCATE", NULL, NULL, NULL},
    {"position", SPARK, "CHARINDEX", NULL, NULL, NULL},
    {"position", EVERY & ~BIG & ~LITE, "POSITION", "needle x", NULL, NULL},
    {"position", BIG, "INSTR", "x needle start? occurrence?", NULL, NULL},
    {"position", SPARK | MY | DUCK | FLINK | LITE, "INSTR", "x needle", NULL, NULL},
    {"repeat", EVERY & ~TRINO & ~LITE, "REPEAT", NULL, NULL, NULL},
    {"replace", EVERY, "REPLACE", NULL, NULL, NULL},
    {"replace", SNOW | TRINO | SPARK, "REPLACE", "x old", NULL, read_remove},
    {"reverse", EVERY & ~LITE, "REVERSE", NULL, NULL, NULL},
    {"right", EVERY & ~TRINO & ~LITE, "RIGHT", "_ _", NULL, read_right},
    {"right", EVERY & ~TRINO & ~LITE, "", NULL, "RIGHT({x}, {n})", NULL},
    {"right", TRINO | LITE, "", NULL, "SUBSTR({x}, -{n})", NULL},
    {"right_or_off", PG | DUCK, "", NULL, "RIGHT({x}, {n})", NULL},
    {"rpad", DUCK, "RPAD", "x n pad", NULL, NULL},
    {"rpad", DUCK, "", "x n", "RPAD({x}, {n}, ' ')", NULL},
    {"rpad", EVERY & ~TRINO & ~LITE & ~DUCK, "RPAD", NULL, NULL, NULL},
    {"rpad", TRINO, "RPAD", "x n pad", NULL, NULL},
    {"rpad", TRINO, "", "x n", "RPAD({x}, {n}, ' ')", NULL},
    {"rtrim", EVERY, "RTRIM", NULL, NULL, read_rtrim},
    {"rtrim", MY | FLINK | SPARK, "", "x what", "TRIM(TRAILING {what} FROM {x})", NULL},
    {"rtrim", EVERY, "", NULL, "RTRIM({x}[, {what}])", NULL},
    {"rtrim_string", MY, "", NULL, "TRIM(TRAILING {what} FROM {x})", NULL},
    {"rtrim_white", BIG | TRINO, "", NULL, "RTRIM({x})", NULL},
    {"sha1", SNOW | SPARK | MY | FLINK | DUCK, "SHA1", NULL, NULL, NULL},
    {"sha1", SNOW, "SHA1_HEX", NULL, NULL, NULL},
    {"sha1", BIG, "", NULL, "TO_HEX(SHA1({x}))", NULL},
    {"sha1", TRINO, "", NULL, "LOWER(TO_HEX(SHA1(TO_UTF8({x}))))", NULL},
    {"sha1", BIG | TRINO, "SHA1", "x", NULL, NULL},
    {"sha1", SPARK | MY, "SHA", NULL, NULL, NULL},
    {"sha2", SNOW | SPARK | MY | FLINK, "SHA2", NULL, NULL, NULL},
    {"sha2", BIG, "", "x bits=256", "TO_HEX(SHA256({x}))", NULL},
    {"sha2", TRINO, "", "x bits=256", "LOWER(TO_HEX(SHA256(TO_UTF8({x}))))", NULL},
    {"sha2", BIG | TRINO, "SHA256", "x bits=256", NULL, NULL},
    {"sha2", SNOW, "SHA2", "x bits=256", NULL, NULL},
    {"sha2", SNOW, "SHA2_HEX", "x bits=256", NULL, NULL},
    {"sha2", DUCK | FLINK, "SHA256", "x bits=256", NULL, NULL},
    {"soundex", SNOW | SPARK | TRINO | BIG, "SOUNDEX", NULL, NULL, NULL},
    {"soundex_long", MY, "SOUNDEX", NULL, NULL, NULL},
    {"space", SNOW | SPARK | MY, "SPACE", "_", NULL, read_space},
    {"split_back", SNOW | PG | SPARK | DUCK, "", NULL, "SPLIT_PART({x}, {separator}, -{n})", NULL},
    {"split_back", BIG, "", NULL,
     "COALESCE(ARRAY_REVERSE(SPLIT({x}, {separator}))\\[SAFE_ORDINAL({n})\\], LEFT({x}, 0))", NULL},
    {"split_back", TRINO, "", NULL,
     "COALESCE(ELEMENT_AT(SPLIT({x}, {separator}), -{n}), SUBSTR({x}, 1, 0))", NULL},
    {"split_back", MY, "", "x separator n=1", "SUBSTRING_INDEX({x}, {separator}, -1)", NULL},
    {"split_part", SNOW, "SPLIT_PART", "_ _ _", NULL, read_split_part}, // 0 is 1
    {"split_part", PG | SPARK | DUCK, "SPLIT_PART", "x separator n style=EMPTY", NULL, NULL},
    {"split_part", SNOW, "", "x separator n style=EMPTY", "SPLIT_PART({x}, {separator}, {n})",
     NULL},
    {"split_part", TRINO, "SPLIT_PART", "x separator n style=NULL", NULL, NULL},
    {"split_part", TRINO, "", NULL,
     "COALESCE(SPLIT_PART({x}, {separator}, {n}), SUBSTR({x}, 1, 0))", NULL},
    {"split_part", SNOW | PG | SPARK | DUCK, "", NULL,
     "NULLIF(SPLIT_PART({x}, {separator}, {n}), '')", NULL},
    {"split_part", BIG, "", "x separator n style=EMPTY",
     "COALESCE(SPLIT({x}, {separator})\\[SAFE_ORDINAL({n})\\], LEFT({x}, 0))", NULL},
    {"split_part", BIG, "", "x separator n style=NULL",
     "SPLIT({x}, {separator})\\[SAFE_ORDINAL({n})\\]", NULL},
    {"split_part", MY, "", "x separator n style=EMPTY",
     "CASE WHEN CHAR_LENGTH({x}) - CHAR_LENGTH(REPLACE({x}, {separator}, '')) >= ({n} - 1) * "
     "CHAR_LENGTH({separator}) THEN SUBSTRING_INDEX(SUBSTRING_INDEX({x}, {separator}, {n}), "
     "{separator}, -1) WHEN {x} IS NOT NULL THEN '' END",
     NULL},
    {"split_part", MY, "", "x separator n style=NULL",
     "CASE WHEN CHAR_LENGTH({x}) - CHAR_LENGTH(REPLACE({x}, {separator}, '')) >= ({n} - 1) * "
     "CHAR_LENGTH({separator}) THEN SUBSTRING_INDEX(SUBSTRING_INDEX({x}, {separator}, {n}), "
     "{separator}, -1) END",
     NULL},
    {"split_part", FLINK, "", NULL, "SPLIT_INDEX({x}, {separator}, {n} - 1)", NULL},
    {"split_part", FLINK, "SPLIT_INDEX", "x separator n", NULL, read_split_index},
    {"starts_with", SNOW | SPARK | FLINK, "STARTSWITH", NULL, NULL, NULL},
    {"starts_with", BIG | PG | TRINO | DUCK, "STARTS_WITH", NULL, NULL, NULL},
    {"starts_with", DUCK, "PREFIX", NULL, NULL, NULL},
    {"starts_with", MY, "", NULL, "(LEFT({x}, CHAR_LENGTH({y})) = {y})", NULL},
    {"strtok", SNOW, "STRTOK", NULL, NULL, read_strtok},
    {"strtok", SNOW, "", NULL, "STRTOK({x}, {separators}, {n})", NULL},
    {"substring", EVERY, "SUBSTRING", NULL, NULL, read_substring},
    {"substring", EVERY & ~FLINK, "SUBSTR", NULL, NULL, read_substring},
    {"substring", MY, "MID", NULL, NULL, read_substring},
    {"substring", BIG | TRINO | LITE, "", NULL, "SUBSTR({x}, {start}[, {length}])", NULL},
    {"substring", EVERY, "", NULL, "SUBSTRING({x}, {start}[, {length}])", NULL},
    {"substring_index", MY | SPARK, "SUBSTRING_INDEX", NULL, NULL, read_substring_index},
    {"substring_index", MY | SPARK, "", NULL, "SUBSTRING_INDEX({x}, {separator}, {n})", NULL},
    {"substring_index", SNOW | PG | DUCK, "", "x separator n=-1",
     "SPLIT_PART({x}, {separator}, -1)", NULL},
    {"substring_index", TRINO, "", "x separator n=-1", "ELEMENT_AT(SPLIT({x}, {separator}), -1)",
     NULL},
    {"substring_index", BIG, "", "x separator n=-1",
     "ARRAY_REVERSE(SPLIT({x}, {separator}))\\[OFFSET(0)\\]", NULL},
    {"substring_index", SNOW | PG | DUCK | TRINO, "", "x separator n=1",
     "SPLIT_PART({x}, {separator}, 1)", NULL},
    {"substring_index", BIG, "", "x separator n=1", "SPLIT({x}, {separator})\\[OFFSET(0)\\]", NULL},
    {"to_utf8", TRINO, "TO_UTF8", NULL, NULL, NULL},
    {"to_utf8", DUCK, "ENCODE", NULL, NULL, NULL},
    {"translate", EVERY & ~MY & ~LITE, "TRANSLATE", NULL, NULL, NULL},
    {"trim", EVERY, "TRIM", NULL, NULL, read_trim},
    {"trim", PG | MY | FLINK | SPARK, "", "x what", "TRIM(BOTH {what} FROM {x})", NULL},
    {"trim", EVERY, "", NULL, "TRIM({x}[, {what}])", NULL},
    {"trim", PG | SPARK | FLINK, "BTRIM", NULL, NULL, NULL},
    {"trim_string", MY, "", NULL, "TRIM(BOTH {what} FROM {x})", NULL},
    {"trim_white", BIG | TRINO, "", NULL, "TRIM({x})", NULL},
    {"upper", EVERY, "UPPER", NULL, NULL, NULL},
    {"upper", MY | SPARK | DUCK, "UCASE", NULL, NULL, NULL},
};

const FnFamily fn_text = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
