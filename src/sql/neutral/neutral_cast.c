// neutral_cast: casts: what each dialect makes of a value in another type.
//
// Numbers to integers are rounded or cut, text that is no number fails, is NULL or counts as far as
// it is one; the letters that say so (cast_how) are what the runtime's functions are told.
#include "sql/cast.h"
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/neutral_pair.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

// --- How a dialect casts ---

// f fails, n is NULL, p the number at its start; d decimals in the text are fine, x are not;
// r rounds, c cast_cuts.
const char *cast_how(Dialect d)
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

bool cast_cuts(Dialect d)
{
    return cast_how(d)[2] == 'c';
}

SqlNode *cast_how_word(Translator *t, const SqlNode *n)
{
    const char *how = cast_how(t->from);
    Str word = str_fmt(t->arena, "%s", how);
    bool soft = n->op == OP_TRY_CAST && how[0] == 'f';
    if (soft) word = str_fmt(t->arena, "n%s", how + 1);
    return make_word(t, n, word);
}

// --- Types by name ---

bool type_starts(Str name, const char *head)
{
    return str_starts(name, str_from(head));
}

bool cast_is_decimal(Str name)
{
    return type_starts(name, "DEC") || type_starts(name, "NUM") || type_starts(name, "BIGNUM") ||
           type_starts(name, "BIGDEC") || type_starts(name, "FIXED");
}

int64_t cast_size(const SqlNode *type, uint32_t i, int64_t otherwise)
{
    int64_t v;
    const SqlNode *n = i < sql_tail_count(type) ? sql_tail(type, i) : NULL;
    return n && n->kind == NODE_NUMBER && str_to_i64(n->text, &v) ? v : otherwise;
}

CastScale cast_scale(Dialect d, const SqlNode *type)
{
    if (sql_tail_count(type))
        return (CastScale){true, cast_size(type, 0, 38), cast_size(type, 1, 0)};
    switch (d) {
    case DIALECT_SNOWFLAKE:
    case DIALECT_TRINO:
        return (CastScale){true, 38, 0};
    case DIALECT_SPARK:
    case DIALECT_MYSQL:
    case DIALECT_FLINK:
        return (CastScale){true, 10, 0};
    case DIALECT_DUCKDB:
        return (CastScale){true, 18, 3};
    case DIALECT_BIGQUERY:
        return (CastScale){true, 38, 9};
    case DIALECT_POSTGRES:
    case DIALECT_SQLITE:
        break;
    }
    return (CastScale){0};
}

// --- Neutral ---

static LogicalType target_of(const Translator *t, const SqlNode *type)
{
    LogicalType to = type_of_node(type).type;
    bool whole = cast_is_decimal(type->text) && t->from == DIALECT_SNOWFLAKE;
    if (!whole) return to;
    CastScale s = cast_scale(t->from, type);
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
    SqlNode *texts = document_texts(t, n, into);
    if (texts) return texts;
    document_cast(t, n, into.type);
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
