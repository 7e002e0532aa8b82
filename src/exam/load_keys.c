// load_keys: what the tables of a load hold their rows to, as the home engine does, and what it
// says when a row breaks that.
//
// Every engine keeps NOT NULL; keys and CHECK are kept by some, and are a word of their author
// elsewhere: there a load that writes a key twice leaves it twice.
#include "base/check.h"
#include "exam/private.h"

void load_hold(Arena *a, const TableSpec *t, Dialect d, StrList *out, size_t room)
{
    static const Str kept = STR_LIT("\"gr_held\"");
    Str name = str_quoted(a, t->name, '"');
    bool held = sql_rules(d)->keys_held;
    TableHolds holds = {.not_null = true, .keys = held, .checks = held};
    CHECK(out->len + LOAD_HOLD_STATEMENTS <= room);
    out->at[out->len++] = str_fmt(a, "CREATE TABLE " STR_FMT " AS SELECT * FROM " STR_FMT,
                                  STR_ARG(kept), STR_ARG(name));
    out->at[out->len++] = str_fmt(a, "DROP TABLE " STR_FMT, STR_ARG(name));
    out->at[out->len++] = warehouse_table_sql(a, t, holds);
    out->at[out->len++] =
        str_fmt(a, "INSERT INTO " STR_FMT " SELECT * FROM " STR_FMT, STR_ARG(name), STR_ARG(kept));
    out->at[out->len++] = str_fmt(a, "DROP TABLE " STR_FMT, STR_ARG(kept));
}

// --- What home says ---

typedef enum { BROKEN_KEY, BROKEN_NULL, BROKEN_CHECK, BROKEN_LAST = BROKEN_CHECK } Broken;
enum { BROKEN_COUNT_ = BROKEN_LAST + 1 };

static const char *const begins[BROKEN_COUNT_] = {
    [BROKEN_KEY] = "UNIQUE constraint failed: ",
    [BROKEN_NULL] = "NOT NULL constraint failed: ",
    [BROKEN_CHECK] = "CHECK constraint failed: ",
};
static const char *const ours[BROKEN_COUNT_] = {
    [BROKEN_KEY] = "the key {} is there already",
    [BROKEN_NULL] = "{} would be NULL, and is NOT NULL",
    [BROKEN_CHECK] = "a row breaks the rule {}",
};
// {}: the columns.
static const char *const homes[DIALECT_COUNT_][BROKEN_COUNT_] = {
    [DIALECT_SQLITE] = {"UNIQUE constraint failed: {}", "NOT NULL constraint failed: {}",
                        "CHECK constraint failed: {}"},
    [DIALECT_SNOWFLAKE] = {[BROKEN_NULL] = "NULL result in a non-nullable column"},
    [DIALECT_BIGQUERY] = {[BROKEN_NULL] = "Required field {} cannot be null"},
    [DIALECT_SPARK] = {[BROKEN_NULL] = "NOT NULL constraint violated for column: {}"},
    [DIALECT_POSTGRES] = {"duplicate key value violates unique constraint",
                          "null value in column {} violates not-null constraint",
                          "new row violates check constraint"},
    [DIALECT_TRINO] = {[BROKEN_NULL] = "NULL value not allowed for NOT NULL column: {}"},
    [DIALECT_MYSQL] = {"Duplicate entry for key", "Column {} cannot be null",
                       "Check constraint is violated"},
    [DIALECT_DUCKDB] = {"Duplicate key violates unique constraint",
                        "NOT NULL constraint failed: {}", "CHECK constraint failed"},
    [DIALECT_FLINK] = {[BROKEN_NULL] = "Column {} is NOT NULL, however, a null value is being "
                                       "written into it"},
};

static void add_filled(Buf *b, const char *words, Str what)
{
    Str rest = str_from(words);
    size_t at;
    while (str_find(rest, S("{}"), &at)) {
        buf_fmt(b, STR_FMT STR_FMT, STR_ARG(str_slice(rest, 0, at)), STR_ARG(what));
        rest = str_slice(rest, at + 2, rest.len);
    }
    buf_add(b, rest);
}

bool load_violation(Arena *a, Dialect d, Str text, Str *sentence)
{
    for (size_t i = 0; i < BROKEN_COUNT_; i++) {
        Str start = str_from(begins[i]);
        if (!str_starts(text, start)) continue;
        Str what = str_slice(text, start.len, text.len - str_ends(text, S(".")));
        Buf b = buf_new(a);
        add_filled(&b, ours[i], what);
        if (homes[d][i]) {
            buf_fmt(&b, " (%s: ", sql_rules(d)->title);
            add_filled(&b, homes[d][i], what);
            buf_char(&b, ')');
        }
        *sentence = buf_str(&b);
        return true;
    }
    return false;
}
