// lower_cast_there: casts as other dialects write them: the names of types, and what a cast of
// theirs would make otherwise.
#include "sql/cast.h"
#include "sql/create.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/scope.h"

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
    CastScale s = cast_scale(t->from, type), there = cast_scale(t->to, type);
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
        s = (CastScale){true, 38, 10};
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
    if (cast_is_decimal(type->text)) {
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
        if (names[i].type != logical || !type_starts(type->text, names[i].reads)) continue;
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
    if (!whole || cast_cuts(t->from) == cast_cuts(t->to)) return x;
    const char *done[] = {"round", "floor", "ceil", "truncate"};
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        if (node_is_call(x, done[i]) && sql_tail_count(x) == 1) return x;
    }
    return typed(make_call1(t, n, cast_cuts(t->from) ? "truncate" : "round", x), TYPE_REAL);
}

// MySQL has no type for truth: a number is made 0 or 1, a truth value a word.
static SqlNode *truth_there(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool number = node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL);
    if (t->to != DIALECT_MYSQL || t->from == t->to) return NULL;
    if (node_is(n, TYPE_TEXT) && node_is(x, TYPE_BOOLEAN)) return cast_boolean_text(t, x);
    if (!node_is(n, TYPE_BOOLEAN) || node_is(x, TYPE_BOOLEAN)) return NULL;
    if (number) return node_truth(t, x);
    return translate_unsupported(t, n, "MySQL has no cast of a text to a truth value.");
}

// Spark casts what is no number to NULL, and cast_cuts what has decimals; elsewhere that has a word
// of its own, or none.
static void spell_lenient(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    double v;
    bool lenient = cast_how(t->from)[0] == 'n' && t->from != t->to && node_is(x, TYPE_TEXT);
    bool number = node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
    bool sure = x->kind == NODE_STRING && str_to_f64(str_trim(x->text), &v);
    if (!lenient || !number || sure) return;
    n->op = OP_TRY_CAST;
}

// '3.7' as an integer: of dialects that round or cut it, for one that would not read it.
static SqlNode *through_real(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    const char *from = cast_how(t->from), *to = cast_how(t->to);
    bool decimals = node_is(n, TYPE_INTEGER) && node_is(x, TYPE_TEXT) && t->from != t->to &&
                    from[1] == 'd' && (to[1] != 'd' || from[2] != to[2]);
    bool cut = t->to == DIALECT_MYSQL && from[1] == 'd' && from[2] == 'r' && n->op != OP_TRY_CAST;
    if (cut && node_is(n, TYPE_INTEGER) && node_is(x, TYPE_TEXT)) // … a text it cast_cuts
        return typed(make_call1(t, n, "round", x), TYPE_REAL);
    if (!decimals || n->op != OP_TRY_CAST) return x;
    SqlNode *real = make_cast(t, x, "DOUBLE");
    real->op = OP_TRY_CAST;
    n->op = OP_CAST;
    return typed(make_call1(t, n, from[2] == 'c' ? "truncate" : "round", lower_cast(t, real)),
                 TYPE_REAL);
}

// VARCHAR(3) cast_cuts a text; where a type has no length, LEFT does.
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

static bool is_whole_text(Str text)
{
    Str s = str_trim(text);
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    for (size_t k = i; k < s.len; k++) {
        if (s.ptr[k] < '0' || s.ptr[k] > '9') return false;
    }
    return s.len > i;
}

// A literal is cast while the query is planned, whatever stands around it: it is judged here.
static SqlNode *checked_literal(Translator *t, SqlNode *n, bool digits, bool rounds)
{
    SqlNode *x = n->child[CAST_VALUE];
    double v;
    bool is = digits ? is_whole_text(x->text) : str_to_f64(str_trim(x->text), &v);
    n->op = OP_CAST;
    if (!is) n->child[CAST_VALUE] = make_null(t, x);
    if (is && rounds && !is_whole_text(x->text))
        n->child[CAST_VALUE] = typed(make_call1(t, n, "round", x), TYPE_REAL);
    return n;
}

// DuckDB would round '12.5', which the source does not read as an integer.
static SqlNode *whole_in_duck(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool whole = node_is(n, TYPE_INTEGER) && node_is(x, TYPE_TEXT) && n->op == OP_TRY_CAST;
    bool rounds = cast_how(t->from)[1] == 'd';
    if (!whole || rounds || t->to != DIALECT_DUCKDB || t->from == t->to) return NULL;
    if (x->kind == NODE_STRING) return checked_literal(t, n, true, false);
    SqlNode *pattern = make_string(t, n, S("^[[:space:]]*[+-]?[0-9]+[[:space:]]*$"));
    SqlNode *is = lower_regexp(t, make_regexp(t, node_clone(t, x), pattern, "FIND", NULL));
    return typed(make_case(t, is, n, NULL), n->type);
}

// TRY_CAST of a text to a number: only what looks like one is cast.
static SqlNode *checked_cast(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    bool whole = node_is(n, TYPE_INTEGER), real = node_is(n, TYPE_REAL);
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL) || !(whole || real)) return NULL;
    bool rounds = whole && cast_how(t->from)[1] == 'd';
    const char *looks = whole && !rounds
                            ? "^[[:space:]]*[+-]?[0-9]+[[:space:]]*$"
                            : "^[[:space:]]*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
                              "[[:space:]]*$";
    if (x->kind == NODE_STRING) return checked_literal(t, n, whole && !rounds, rounds);
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

// Snowflake's VARIANT holds any value as it is; elsewhere there is no type for that.
static bool is_variant(const Translator *t, const SqlNode *n)
{
    bool variant = document_of_name(n->child[CAST_TYPE]->text) == DOCUMENT_VARIANT;
    return variant && t->from == DIALECT_SNOWFLAKE && t->to != DIALECT_SNOWFLAKE;
}

SqlNode *lower_cast_there(Translator *t, SqlNode *n)
{
    if (is_variant(t, n) && !node_is(n->child[CAST_VALUE], TYPE_TEXT)) return n->child[CAST_VALUE];
    SqlNode *truth = truth_there(t, n);
    if (truth) return truth;
    SqlNode *text = variant_cast(t, n);
    if (text) return text;
    SqlNode *json = json_there(t, n);
    if (json) return json;
    int64_t most = cast_size(n->child[CAST_TYPE], 0, 0);
    spell_lenient(t, n);
    n->child[CAST_VALUE] = through_real(t, n);
    n->child[CAST_VALUE] = rounded(t, n);
    spell_type(t, n->child[CAST_TYPE]);
    SqlNode *digits = whole_in_duck(t, n);
    if (digits) return digits;
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
