// neutral_today: texts that say a time in words, and casts by a format.
#include "sql/home.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

// --- Postgres: 'now', 'today', 'tomorrow', 'yesterday', 'epoch' ---

static SqlNode *current(Translator *t, const SqlNode *place, bool moment)
{
    SqlNode *made = make_call(t, place, moment ? "current_timestamp" : "current_date", NULL, 0);
    return typed(made, moment ? TYPE_TIMESTAMP : TYPE_DATE);
}

// NULL: it is none of them.
SqlNode *time_in_words(Translator *t, const SqlNode *place, Str text, int type)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
    if (t->from != DIALECT_POSTGRES) return NULL;
    text = str_trim(text);
    LogicalType one = type == TIME_EITHER ? TYPE_TIMESTAMP : (LogicalType)type;
    if (str_eq_nocase(text, S("now"))) return time_cast(t, current(t, place, true), one, false);
    if (one == TYPE_TIME) return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_eq_nocase(text, str_from(words[i].word))) continue;
        SqlNode *day = current(t, place, false);
        if (words[i].days) // a number that is subtracted is written as one
            day = time_add(t, day, make_number(t, place, 1), S("DAY"), words[i].days < 0);
        return time_cast(t, typed(day, TYPE_DATE), one, false);
    }
    return NULL;
}

// --- BigQuery: CAST(x AS STRING FORMAT 'YYYY-MM') ---

// Names are not padded there.
static Str unpadded(Translator *t, Str strf)
{
    char *out = arena_array(t->arena, char, strf.len);
    size_t len = 0;
    for (size_t i = 0; i < strf.len; i++) {
        bool pad = strf.ptr[i] == '9' && i && strf.ptr[i - 1] == '%';
        bool sign = pad && i > 1 && strf.ptr[i - 2] == '%';
        if (!pad || sign) out[len++] = strf.ptr[i];
    }
    return (Str){out, len};
}

SqlNode *neutral_cast_format(Translator *t, SqlNode *n)
{
    SqlNode *format = n->child[CAST_FORMAT], *value = n->child[CAST_VALUE];
    LogicalType type = type_of_node(n->child[CAST_TYPE]).type;
    bool reads = type == TYPE_DATE || type == TYPE_TIMESTAMP;
    bool writes = type == TYPE_TEXT && (node_is_moment(value) || node_is(value, TYPE_TIME));
    bool here = format && t->from == DIALECT_BIGQUERY && format->kind == NODE_STRING;
    Str strf;
    if (!here || (!reads && !writes)) return neutral_cast(t, n);
    if (t->to == t->from) return typed(n, type);
    if (!fn_format_read(t, format, S("pg"), &strf)) return n;
    SqlNode *written = make_string(t, format, unpadded(t, strf));
    if (writes) return typed(make_call2(t, n, "date_format", value, written), TYPE_TEXT);
    bool tries = n->op == OP_SAFE_CAST || n->op == OP_TRY_CAST;
    const char *meaning = type == TYPE_DATE ? (tries ? "try_parse_date" : "parse_date")
                          : tries           ? "try_parse_timestamp"
                                            : "parse_timestamp";
    return typed(make_call2(t, n, meaning, value, written), type);
}
