// neutral_cast: casts: what each dialect makes of a value in another type.
//
// Numbers to integers are rounded or cut, text that is no number fails, is NULL or counts as far as
// it is one; the letters that say so (cast_how) are what the runtime's functions are told.
#include "sql/create.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

// --- How a dialect casts ---

// f fails, n is NULL, p the number at its start; d decimals in the text are fine, x are not;
// r rounds, c cuts.
static const char *how_of(Dialect d)
{
    switch (d) {
    case DIALECT_POSTGRES:
    case DIALECT_BIGQUERY:
    case DIALECT_TRINO:
        return "fxr";
    case DIALECT_SNOWFLAKE:
    case DIALECT_DUCKDB:
        return "fdr";
    case DIALECT_SPARK:
        return "ndc";
    case DIALECT_FLINK:
        return "fdc";
    case DIALECT_MYSQL:
        return "pdr";
    case DIALECT_SQLITE:
        break;
    }
    return "pdc";
}

static bool cuts(Dialect d)
{
    return how_of(d)[2] == 'c';
}

static SqlNode *how_word(Translator *t, const SqlNode *n)
{
    const char *how = how_of(t->from);
    Str word = str_fmt(t->arena, "%s", how);
    bool soft = n->op == OP_TRY_CAST && how[0] == 'f';
    if (soft) word = str_fmt(t->arena, "n%s", how + 1);
    return make_word(t, n, word);
}

// --- Types by name ---

static bool starts(Str name, const char *head)
{
    return str_starts(name, str_from(head));
}

static bool is_decimal(Str name)
{
    return starts(name, "DEC") || starts(name, "NUM") || starts(name, "BIGNUM") ||
           starts(name, "BIGDEC") || starts(name, "FIXED");
}

typedef struct {
    bool fixed; // rounded to `scale`
    int64_t precision, scale;
} Scale;

static int64_t size_of(const SqlNode *type, uint32_t i, int64_t otherwise)
{
    int64_t v;
    const SqlNode *n = i < sql_tail_count(type) ? sql_tail(type, i) : NULL;
    return n && n->kind == NODE_NUMBER && str_to_i64(n->text, &v) ? v : otherwise;
}

// What DECIMAL alone means.
static Scale scale_of(Dialect d, const SqlNode *type)
{
    if (sql_tail_count(type)) return (Scale){true, size_of(type, 0, 38), size_of(type, 1, 0)};
    switch (d) {
    case DIALECT_SNOWFLAKE:
    case DIALECT_TRINO:
        return (Scale){true, 38, 0};
    case DIALECT_SPARK:
    case DIALECT_MYSQL:
    case DIALECT_FLINK:
        return (Scale){true, 10, 0};
    case DIALECT_DUCKDB:
        return (Scale){true, 18, 3};
    case DIALECT_BIGQUERY:
        return (Scale){true, 38, 9};
    case DIALECT_POSTGRES:
    case DIALECT_SQLITE:
        break;
    }
    return (Scale){0};
}

// --- Neutral ---

static LogicalType target_of(const Translator *t, const SqlNode *type)
{
    LogicalType to = type_of_node(type).type;
    bool whole = is_decimal(type->text) && t->from == DIALECT_SNOWFLAKE;
    if (!whole) return to;
    Scale s = scale_of(t->from, type);
    return s.fixed && s.scale == 0 ? TYPE_INTEGER : to; // what its INTEGER is, too
}

// CAST(ROW(1, 'x') AS ROW(a integer, b varchar)): a struct, each value of its field's type.
static SqlNode *cast_row(Translator *t, const SqlNode *n)
{
    SqlNode *row = n->child[CAST_VALUE], *type = n->child[CAST_TYPE];
    if (row->kind != NODE_ROW || !row->count || row->count != sql_tail_count(type)) return NULL;
    SqlNode *made = make_node(t, NODE_STRUCT, n, row->count);
    for (uint32_t i = 0; i < row->count; i++) {
        SqlNode *field = sql_tail(type, i), *cast = make_node(t, NODE_CAST, row->child[i], 0);
        if (field->kind != NODE_FIELD) return NULL;
        cast->op = OP_CAST;
        cast->child[CAST_VALUE] = row->child[i];
        cast->child[CAST_TYPE] = field->child[ONLY];
        SqlNode *one = make_node(t, NODE_FIELD, field, 0);
        one->text = field->text;
        one->child[ONLY] = neutral_cast(t, cast);
        made->child[sql_roles(NODE_STRUCT) + i] = one;
    }
    return neutral_struct(t, made);
}

SqlNode *neutral_cast(Translator *t, SqlNode *n)
{
    SqlNode *row = cast_row(t, n);
    if (row) return row;
    SqlType into = type_of_node(n->child[CAST_TYPE]);
    SqlNode *braces =
        into.type == TYPE_ARRAY ? array_in_braces(t, n->child[CAST_VALUE], into.element) : NULL;
    if (braces) return braces;
    if (n->child[CAST_FORMAT])
        return translate_unsupported(
            t, n->child[CAST_FORMAT],
            "CAST with a FORMAT is not supported here: use FORMAT_DATE or FORMAT_TIMESTAMP.");
    SqlNode *time = time_cast_node(t, n);
    if (time) return time;
    bool soft = n->op == OP_TRY_CAST || n->op == OP_SAFE_CAST;
    n->op = soft ? OP_TRY_CAST : OP_CAST;
    if (type_of_node(n->child[CAST_TYPE]).type == TYPE_TEXT)
        n->child[CAST_VALUE] = truth_number(t, n->child[CAST_VALUE]);
    n->type = (uint8_t)target_of(t, n->child[CAST_TYPE]);
    bool interval = node_is(n->child[CAST_VALUE], TYPE_INTERVAL) && node_is(n, TYPE_TEXT);
    if (interval && t->to == DIALECT_SQLITE) // while the tree still says what it is made of
        n->child[CAST_VALUE] = interval_as_text(t, n->child[CAST_VALUE]);
    SqlNode *word = truth_word_there(t, n);
    if (word) return word;
    SqlNode *text = node_is(n, TYPE_TEXT) ? as_text_there(t, n->child[CAST_VALUE]) : NULL;
    if (!text) return n;
    if (!sql_tail_count(n->child[CAST_TYPE])) return text;
    n->child[CAST_VALUE] = text;
    return n;
}

// --- … as the runtime does it ---

static SqlNode *typed(SqlNode *n, LogicalType type)
{
    n->type = (uint8_t)type;
    return n;
}

static SqlNode *native(Translator *t, SqlNode *x, const char *type, LogicalType logical)
{
    SqlNode *n = make_node(t, NODE_CAST, x, 0), *name = make_node(t, NODE_TYPE, x, 0);
    name->text = str_from(type);
    n->op = OP_CAST;
    n->child[CAST_VALUE] = x;
    n->child[CAST_TYPE] = name;
    return typed(n, logical);
}

// What is computed may be too large for the type; a column is taken to be none of that.
static int bits_of(Dialect d, Str name)
{
    bool sized = d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_DUCKDB ||
                 d == DIALECT_SPARK || d == DIALECT_FLINK;
    if (!sized) return 64;
    if (starts(name, "TINY")) return 8;
    if (starts(name, "SMALL") || str_eq(name, S("INT2"))) return 16;
    bool four = str_eq(name, S("INT")) || str_eq(name, S("INTEGER")) || str_eq(name, S("INT4"));
    return four ? 32 : 64;
}

// Postgres and DuckDB round a double to the even neighbour, a decimal away from 0.
static bool rounds_even(const Translator *t, const SqlNode *x)
{
    bool duck = t->from == DIALECT_DUCKDB;
    if (!duck && t->from != DIALECT_POSTGRES) return false;
    bool divides = node_is_call(x, "divide") || (x->kind == NODE_BINARY && x->op == OP_DIVIDE);
    bool cast = x->kind == NODE_CAST && x->type == TYPE_REAL;
    return (duck && divides) || cast;
}

static SqlNode *to_integer(Translator *t, SqlNode *n, SqlNode *x)
{
    int bits = bits_of(t->from, n->child[CAST_TYPE]->text);
    bool computed = x->kind == NODE_NUMBER || x->kind == NODE_BINARY || x->kind == NODE_UNARY;
    if (node_is(x, TYPE_INTEGER) && computed && bits < 64 && t->from == DIALECT_SPARK &&
        n->op != OP_TRY_CAST)
        return typed(make_call2(t, n, "cast_wrapped", x, make_number(t, n, bits)), TYPE_INTEGER);
    if (node_is(x, TYPE_INTEGER) && computed && bits < 64) {
        SqlNode *size = make_number(t, n, bits);
        return typed(make_call3(t, n, "cast_small", x, size, how_word(t, n)), TYPE_INTEGER);
    }
    if (node_is(x, TYPE_INTEGER)) return x;
    if (node_is(x, TYPE_BOOLEAN)) return native(t, x, "INTEGER", TYPE_INTEGER); // text of it is '1'
    if (node_is(x, TYPE_REAL) && cuts(t->from)) return native(t, x, "INTEGER", TYPE_INTEGER);
    if (node_is(x, TYPE_REAL)) {
        const char *fn = rounds_even(t, x) ? "round_even" : "lite_round";
        SqlNode *round = typed(make_call1(t, n, fn, x), TYPE_REAL);
        return native(t, round, "INTEGER", TYPE_INTEGER);
    }
    return typed(make_call2(t, n, "cast_integer", x, how_word(t, n)), TYPE_INTEGER);
}

static SqlNode *to_real(Translator *t, SqlNode *n, SqlNode *x)
{
    if (node_is(x, TYPE_REAL) && x->kind != NODE_NUMBER) return x; // a literal is a decimal
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_BOOLEAN) || node_is(x, TYPE_REAL))
        return native(t, x, "REAL", TYPE_REAL);
    bool prefix = n->op == OP_CAST && how_of(t->from)[0] == 'p'; // as SQLite's own
    if (prefix) return native(t, x, "REAL", TYPE_REAL);
    return typed(make_call2(t, n, "cast_real", x, how_word(t, n)), TYPE_REAL);
}

static SqlNode *to_decimal(Translator *t, SqlNode *n, SqlNode *x)
{
    const SqlNode *type = n->child[CAST_TYPE];
    Scale s = scale_of(t->from, type);
    if (node_is(n, TYPE_INTEGER)) return to_integer(t, n, x);
    if (!s.fixed) return to_real(t, n, x);
    SqlNode *args[] = {x, make_number(t, n, s.precision), make_number(t, n, s.scale),
                       how_word(t, n)};
    return typed(make_call(t, n, "cast_decimal", args, 4), (LogicalType)n->type);
}

static SqlNode *boolean_text(Translator *t, SqlNode *x)
{
    bool capital = t->from == DIALECT_FLINK;
    if (t->from == DIALECT_MYSQL) return native(t, x, "TEXT", TYPE_TEXT);
    SqlNode *made = make_node(t, NODE_CASE, x, 2);
    made->child[CASE_OPERAND] = x;
    for (uint32_t i = 0; i < 2; i++) {
        SqlNode *when = make_node(t, NODE_WHEN, x, 0);
        when->child[WHEN_CONDITION] = make_number(t, x, i ? 0 : 1);
        const char *word = i ? capital ? "FALSE" : "false" : capital ? "TRUE" : "true";
        when->child[WHEN_RESULT] = make_string(t, x, str_from(word));
        made->child[sql_roles(NODE_CASE) + i] = when;
    }
    return typed(made, TYPE_TEXT);
}

// 1.0 of a double is '1' here, '1.0' elsewhere.
static bool drops_point(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_BIGQUERY ||
           d == DIALECT_SNOWFLAKE;
}

// A decimal keeps its places: a literal those it is written with, a cast those it rounds to.
static SqlNode *text_of_real(Translator *t, SqlNode *x)
{
    bool decimals = t->from != DIALECT_BIGQUERY;
    bool written = x->kind == NODE_NUMBER && !str_find(x->text, S("e"), NULL) &&
                   !str_find(x->text, S("E"), NULL);
    if (decimals && written) {
        Str text =
            x->text.ptr[0] == '.' ? str_fmt(t->arena, "0" STR_FMT, STR_ARG(x->text)) : x->text;
        return make_string(t, x, text);
    }
    SqlNode *scale = node_is_call(x, "cast_decimal") ? node_arg(x, "scale") : NULL;
    if (decimals && scale) return make_call2(t, x, "fixed_text", x, node_clone(t, scale));
    int places = decimals ? decimal_places(t, x) : -1;
    if (places >= 0) return make_call2(t, x, "fixed_text", x, make_number(t, x, places));
    bool java = t->from == DIALECT_SPARK || t->from == DIALECT_FLINK;
    const char *how = drops_point(t->from)       ? "PLAIN"
                      : java                     ? "JAVA"
                      : t->from == DIALECT_TRINO ? "TRINO"
                                                 : "DOTTED";
    return make_call2(t, x, "real_text", x, make_word(t, x, str_from(how)));
}

static SqlNode *to_text(Translator *t, SqlNode *n, SqlNode *x)
{
    int64_t most = size_of(n->child[CAST_TYPE], 0, 0);
    SqlNode *made = x;
    if (node_is(x, TYPE_BOOLEAN)) made = boolean_text(t, x);
    if (node_is(x, TYPE_INTEGER)) made = native(t, x, "TEXT", TYPE_TEXT);
    if (node_is(x, TYPE_REAL)) made = typed(text_of_real(t, x), TYPE_TEXT);
    if (node_is(x, TYPE_UNKNOWN) && x->kind != NODE_NULL) made = native(t, x, "TEXT", TYPE_TEXT);
    bool limited = most > 0 && t->from != DIALECT_DUCKDB && t->from != DIALECT_SPARK;
    if (!limited) return made;
    SqlNode *cut = make_call3(t, n, "substr", made, make_number(t, n, 1), make_number(t, n, most));
    return typed(cut, TYPE_TEXT);
}

static SqlNode *to_boolean(Translator *t, SqlNode *n, SqlNode *x)
{
    if (node_is(x, TYPE_BOOLEAN)) return x;
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL)) return node_truth(t, x);
    bool few = t->from == DIALECT_BIGQUERY;
    SqlNode *how = how_word(t, n);
    how->text = str_fmt(t->arena, STR_FMT "%s", STR_ARG(how->text), few ? "2" : "");
    return typed(make_call2(t, n, "cast_boolean", x, how), TYPE_BOOLEAN);
}

static bool is_json(Str name)
{
    static const char *const names_of[] = {"JSON",   "VARIANT", "OBJECT", "ARRAY",
                                           "STRUCT", "MAP",     "ROW"};
    for (size_t i = 0; i < sizeof names_of / sizeof *names_of; i++) {
        if (starts(name, names_of[i])) return true;
    }
    return str_ends(name, S("[]"));
}

// JSON text already; texts in it that are to be numbers compare otherwise.
static SqlNode *to_array(Translator *t, SqlNode *n, SqlNode *x)
{
    LogicalType element = type_of_node(n->child[CAST_TYPE]).element;
    bool numbers = element == TYPE_INTEGER || element == TYPE_REAL;
    return numbers ? typed(make_call1(t, n, "array_numbers", x), TYPE_ARRAY) : x;
}

static SqlNode *cast_here(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    Str name = n->child[CAST_TYPE]->text;
    switch (type_of_node(n->child[CAST_TYPE]).type) {
    case TYPE_INTEGER:
        return to_integer(t, n, x);
    case TYPE_REAL:
        return is_decimal(name) ? to_decimal(t, n, x) : to_real(t, n, x);
    case TYPE_TEXT:
        return to_text(t, n, x);
    case TYPE_BOOLEAN:
        return to_boolean(t, n, x);
    case TYPE_ARRAY:
        return to_array(t, n, x);
    case TYPE_STRUCT:
        return x; // JSON text already
    case TYPE_UNKNOWN:
        if (is_json(name)) return x;
        return translate_unsupported(t, n->child[CAST_TYPE],
                                     "A cast to " STR_FMT " is not supported here.", STR_ARG(name));
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
    case TYPE_TIME:
    case TYPE_INTERVAL:
        break; // neutral_moment.c has made them calls
    }
    return n;
}

// --- … and as other dialects write it ---

// The names of a type, by dialect; 0 where the first one serves.
static const struct {
    LogicalType type;
    const char *reads; // of the names of that type; "" = the others
    const char *as[DIALECT_COUNT_];
} names[] = {
    {TYPE_INTEGER, "BIGINT", {[DIALECT_BIGQUERY] = "INT64", [DIALECT_MYSQL] = "SIGNED"}},
    {TYPE_INTEGER, "SMALLINT", {[DIALECT_BIGQUERY] = "INT64", [DIALECT_MYSQL] = "SIGNED"}},
    {TYPE_INTEGER,
     "TINYINT",
     {[DIALECT_BIGQUERY] = "INT64", [DIALECT_MYSQL] = "SIGNED", [DIALECT_POSTGRES] = "SMALLINT"}},
    {TYPE_INTEGER,
     "INT",
     {[DIALECT_SNOWFLAKE] = "INTEGER",
      [DIALECT_BIGQUERY] = "INT64",
      [DIALECT_SPARK] = "INT",
      [DIALECT_POSTGRES] = "INTEGER",
      [DIALECT_TRINO] = "INTEGER",
      [DIALECT_MYSQL] = "SIGNED",
      [DIALECT_DUCKDB] = "INTEGER",
      [DIALECT_FLINK] = "INT"}},
    {TYPE_INTEGER,
     "",
     {[DIALECT_SNOWFLAKE] = "BIGINT",
      [DIALECT_BIGQUERY] = "INT64",
      [DIALECT_SPARK] = "BIGINT",
      [DIALECT_POSTGRES] = "BIGINT",
      [DIALECT_TRINO] = "BIGINT",
      [DIALECT_MYSQL] = "SIGNED",
      [DIALECT_DUCKDB] = "BIGINT",
      [DIALECT_FLINK] = "BIGINT"}},
    {TYPE_REAL,
     "",
     {[DIALECT_SNOWFLAKE] = "DOUBLE",
      [DIALECT_BIGQUERY] = "FLOAT64",
      [DIALECT_SPARK] = "DOUBLE",
      [DIALECT_POSTGRES] = "DOUBLE PRECISION",
      [DIALECT_TRINO] = "DOUBLE",
      [DIALECT_MYSQL] = "DOUBLE",
      [DIALECT_DUCKDB] = "DOUBLE",
      [DIALECT_FLINK] = "DOUBLE"}},
    {TYPE_TEXT,
     "",
     {[DIALECT_SNOWFLAKE] = "VARCHAR",
      [DIALECT_BIGQUERY] = "STRING",
      [DIALECT_SPARK] = "STRING",
      [DIALECT_POSTGRES] = "TEXT",
      [DIALECT_TRINO] = "VARCHAR",
      [DIALECT_MYSQL] = "CHAR",
      [DIALECT_DUCKDB] = "VARCHAR",
      [DIALECT_FLINK] = "STRING"}},
    {TYPE_BOOLEAN,
     "",
     {[DIALECT_SNOWFLAKE] = "BOOLEAN",
      [DIALECT_BIGQUERY] = "BOOL",
      [DIALECT_SPARK] = "BOOLEAN",
      [DIALECT_POSTGRES] = "BOOLEAN",
      [DIALECT_TRINO] = "BOOLEAN",
      [DIALECT_MYSQL] = "SIGNED",
      [DIALECT_DUCKDB] = "BOOLEAN",
      [DIALECT_FLINK] = "BOOLEAN"}},
};

static Str decimal_name(Dialect d)
{
    if (d == DIALECT_SNOWFLAKE) return S("NUMBER");
    return d == DIALECT_BIGQUERY || d == DIALECT_POSTGRES ? S("NUMERIC") : S("DECIMAL");
}

// VARCHAR(10) keeps its length where a text type has one.
static Str sized_text(Dialect d)
{
    bool plain = d == DIALECT_BIGQUERY || d == DIALECT_SPARK;
    return plain ? S("STRING") : d == DIALECT_MYSQL ? S("CHAR") : S("VARCHAR");
}

static void spell_decimal(Translator *t, SqlNode *type)
{
    Scale s = scale_of(t->from, type), there = scale_of(t->to, type);
    type->text = decimal_name(t->to);
    if (t->to == DIALECT_BIGQUERY && s.fixed && s.scale == 0) {
        type->text = S("INT64");
        node_set_tail(t, type, NULL, 0);
        return;
    }
    bool same = s.fixed == there.fixed && s.precision == there.precision && s.scale == there.scale;
    if (same || sql_tail_count(type)) return;
    if (!s.fixed) { // as many places as there are
        type->text = t->to == DIALECT_BIGQUERY ? S("NUMERIC") : S("DECIMAL");
        s = (Scale){true, 38, 10};
        if (t->to == DIALECT_BIGQUERY) return;
    }
    SqlNode *sizes[] = {make_number(t, type, s.precision), make_number(t, type, s.scale)};
    node_set_tail(t, type, sizes, 2);
}

void spell_type(Translator *t, SqlNode *type)
{
    LogicalType logical = type_of_node(type).type;
    if (logical == TYPE_ARRAY && t->to != DIALECT_SQLITE && t->from != t->to) {
        SqlNode *there = type_there(t, type); // create_type.c
        type->text = there->text;
        node_set_tail(t, type, there->child, there->count);
        return;
    }
    if (logical == TYPE_ARRAY) return;
    if (is_decimal(type->text)) {
        spell_decimal(t, type);
        return;
    }
    if (logical == TYPE_TEXT && sql_tail_count(type)) {
        type->text = sized_text(t->to);
        if (str_eq(type->text, S("STRING"))) node_set_tail(t, type, NULL, 0);
        return;
    }
    if (str_eq(type->text, S("JSONB")) && t->to != DIALECT_POSTGRES) type->text = S("JSON");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].type != logical || !starts(type->text, names[i].reads)) continue;
        const char *as = names[i].as[t->to];
        if (as) type->text = str_from(as);
        if (logical == TYPE_INTEGER) node_set_tail(t, type, NULL, 0); // MySQL's INT(11)
        return;
    }
}

// A number that is rounded here and cut there, or the other way round.
static SqlNode *rounded(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool whole = node_is(n, TYPE_INTEGER) && node_is(x, TYPE_REAL);
    if (!whole || cuts(t->from) == cuts(t->to)) return x;
    const char *done[] = {"round", "floor", "ceil", "truncate"};
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        if (node_is_call(x, done[i]) && sql_tail_count(x) == 1) return x;
    }
    return typed(make_call1(t, n, cuts(t->from) ? "truncate" : "round", x), TYPE_REAL);
}

// MySQL has no type for truth: a number is made 0 or 1, a truth value a word.
static SqlNode *truth_there(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool number = node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL);
    if (t->to != DIALECT_MYSQL || t->from == t->to) return NULL;
    if (node_is(n, TYPE_TEXT) && node_is(x, TYPE_BOOLEAN)) return boolean_text(t, x);
    if (!node_is(n, TYPE_BOOLEAN) || node_is(x, TYPE_BOOLEAN)) return NULL;
    if (number) return node_truth(t, x);
    return translate_unsupported(t, n, "MySQL has no cast of a text to a truth value.");
}

// Spark casts what is no number to NULL, and cuts what has decimals; elsewhere that has a word of
// its own, or none.
static void spell_lenient(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    double v;
    bool lenient = how_of(t->from)[0] == 'n' && t->from != t->to && node_is(x, TYPE_TEXT);
    bool number = node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
    bool sure = x->kind == NODE_STRING && str_to_f64(str_trim(x->text), &v);
    if (!lenient || !number || sure) return;
    n->op = OP_TRY_CAST;
}

// '3.7' as an integer: of dialects that round or cut it, for one that would not read it.
static SqlNode *through_real(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    const char *from = how_of(t->from), *to = how_of(t->to);
    bool decimals = node_is(n, TYPE_INTEGER) && node_is(x, TYPE_TEXT) && t->from != t->to &&
                    from[1] == 'd' && (to[1] != 'd' || from[2] != to[2]);
    bool cut = t->to == DIALECT_MYSQL && from[1] == 'd' && from[2] == 'r' && n->op != OP_TRY_CAST;
    if (cut && node_is(n, TYPE_INTEGER) && node_is(x, TYPE_TEXT)) // … a text it cuts
        return typed(make_call1(t, n, "round", x), TYPE_REAL);
    if (!decimals || n->op != OP_TRY_CAST) return x;
    SqlNode *real = make_cast(t, x, "DOUBLE");
    real->op = OP_TRY_CAST;
    n->op = OP_CAST;
    return typed(make_call1(t, n, from[2] == 'c' ? "truncate" : "round", lower_cast(t, real)),
                 TYPE_REAL);
}

// VARCHAR(3) cuts a text; where a type has no length, LEFT does.
static SqlNode *cut_there(Translator *t, SqlNode *n, int64_t most)
{
    bool here = t->from != DIALECT_DUCKDB && t->from != DIALECT_SPARK && most > 0;
    bool wide = t->from == DIALECT_MYSQL && t->to == DIALECT_POSTGRES; // for a recursive CTE
    bool there =
        t->to != DIALECT_DUCKDB && t->to != DIALECT_SPARK && t->to != DIALECT_BIGQUERY && !wide;
    if (wide && here && node_is(n, TYPE_TEXT)) {
        n->child[CAST_TYPE]->text = S("TEXT");
        node_set_tail(t, n->child[CAST_TYPE], NULL, 0);
    }
    if (!here || there || !node_is(n, TYPE_TEXT)) return n;
    const SqlNode *x = n->child[CAST_VALUE];
    bool fits = x->kind == NODE_STRING && (int64_t)x->text.len <= most;
    if (fits || node_is(x, TYPE_BOOLEAN)) return n;
    return typed(make_call2(t, n, "left", n, make_number(t, n, most)), TYPE_TEXT);
}

// TRY_CAST of a text to a number: only what looks like one is cast.
static SqlNode *checked_cast(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool whole = node_is(n, TYPE_INTEGER), real = node_is(n, TYPE_REAL);
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL) || !(whole || real)) return NULL;
    bool rounds = whole && how_of(t->from)[1] == 'd';
    const char *looks = whole && !rounds
                            ? "^[[:space:]]*[+-]?[0-9]+[[:space:]]*$"
                            : "^[[:space:]]*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
                              "[[:space:]]*$";
    SqlNode *pattern = make_string(t, n, str_from(looks));
    SqlNode *is = lower_regexp(t, make_regexp(t, node_clone(t, x), pattern, "FIND", NULL));
    if (rounds) n->child[CAST_VALUE] = typed(make_call1(t, n, "round", x), TYPE_REAL);
    n->op = OP_CAST;
    return typed(make_case(t, is, n, NULL), n->type);
}

// A text cast to JSON is parsed, where a function does it.
static SqlNode *json_there(Translator *t, SqlNode *n)
{
    const SqlNode *type = n->child[CAST_TYPE];
    bool json = str_starts(type->text, S("JSON")) && t->from != t->to;
    bool casts = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB || t->to == DIALECT_MYSQL;
    if (!json || casts || !node_is(n->child[CAST_VALUE], TYPE_TEXT)) return NULL;
    SqlNode *how = make_word(t, n, n->op == OP_TRY_CAST ? S("N") : S("F"));
    return typed(make_call2(t, n, "json_parse", n->child[CAST_VALUE], how), TYPE_STRUCT);
}

static SqlNode *cast_there(Translator *t, SqlNode *n)
{
    SqlNode *truth = truth_there(t, n);
    if (truth) return truth;
    SqlNode *text = variant_cast(t, n);
    if (text) return text;
    SqlNode *json = json_there(t, n);
    if (json) return json;
    int64_t most = size_of(n->child[CAST_TYPE], 0, 0);
    spell_lenient(t, n);
    n->child[CAST_VALUE] = through_real(t, n);
    n->child[CAST_VALUE] = rounded(t, n);
    spell_type(t, n->child[CAST_TYPE]);
    if (n->op != OP_TRY_CAST) return cut_there(t, n, most);
    if (t->to == DIALECT_BIGQUERY) {
        n->op = OP_SAFE_CAST;
    } else if (!sql_feature_in(FEATURE_TRY_CAST, t->to)) {
        SqlNode *checked = checked_cast(t, n);
        if (checked) return checked;
        return translate_unsupported(t, n,
                                     "%s has no cast that gives NULL for what it cannot "
                                     "convert.",
                                     home_title(t->to));
    }
    return n;
}

SqlNode *lower_cast(Translator *t, SqlNode *n)
{
    return t->to == DIALECT_SQLITE ? cast_here(t, n) : cast_there(t, n);
}
