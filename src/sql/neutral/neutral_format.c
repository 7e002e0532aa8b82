// neutral_format: a date as a text, in pieces where the formats of the target have no word for one
// of them: 'YYYY"Q"Q' is the year, a Q and QUARTER(…), joined.
#include "sql/home.h"
#include "sql/neutral_time.h"

static SqlNode *part(Translator *t, const SqlNode *time, const char *name)
{
    SqlNode *word = make_word(t, time, str_from(name));
    return typed(make_call2(t, time, "date_part", word, node_clone(t, time)), TYPE_INTEGER);
}

static SqlNode *part_text(Translator *t, const SqlNode *time, const char *name)
{
    return typed(make_cast(t, part(t, time, name), "VARCHAR"), TYPE_TEXT);
}

static SqlNode *padded(Translator *t, SqlNode *text, const char *fn, int64_t width,
                       const char *with)
{
    SqlNode *fill = make_string(t, text, str_from(with));
    return typed(make_call3(t, text, fn, text, make_number(t, text, width), fill), TYPE_TEXT);
}

static SqlNode *day_name(Translator *t, const SqlNode *time)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    enum { DAYS = sizeof days / sizeof *days };
    SqlNode *n = make_node(t, NODE_CASE, time, DAYS);
    n->child[CASE_OPERAND] = part(t, time, "DOW_MONDAY_1");
    for (uint32_t i = 0; i < DAYS; i++) {
        SqlNode *when = make_node(t, NODE_WHEN, time, 0);
        when->child[WHEN_CONDITION] = make_number(t, time, i + 1);
        when->child[WHEN_RESULT] = typed(make_string(t, time, str_from(days[i])), TYPE_TEXT);
        n->child[sql_roles(NODE_CASE) + i] = when;
    }
    return typed(n, TYPE_TEXT);
}

static SqlNode *formatted(Translator *t, const SqlNode *time, Str format)
{
    SqlNode *text = make_string(t, time, format);
    return typed(make_call2(t, time, "date_format", node_clone(t, time), text), TYPE_TEXT);
}

// What a directive stands for, said without a format; NULL: nothing is known that does.
static SqlNode *piece(Translator *t, const SqlNode *time, Str name)
{
    static const struct {
        const char *name, *part;
        int64_t width; // 0 = as many digits as there are
    } parts[] = {
        {"q", "QUARTER", 0},      {"-d", "DAY", 0},         {"-m", "MONTH", 0},
        {"-H", "HOUR", 0},        {"-j", "DOY", 0},         {"j", "DOY", 3},
        {"u", "DOW_MONDAY_1", 0}, {"w", "DOW_SUNDAY_0", 0}, {"N", "DOW_SUNDAY_1", 0},
        {"V", "WEEK", 2},         {"G", "ISOYEAR", 4},      {"d", "DAY", 2},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!str_eq(name, str_from(parts[i].name))) continue;
        SqlNode *text = part_text(t, time, parts[i].part);
        return parts[i].width ? padded(t, text, "lpad", parts[i].width, "0") : text;
    }
    enum { LONGEST = 9 }; // Wednesday, September
    if (str_eq(name, S("9A"))) {
        SqlNode *day =
            format_lacks(t->to, S("A")) ? day_name(t, time) : formatted(t, time, S("%A"));
        return padded(t, day, "rpad", LONGEST, " ");
    }
    if (str_eq(name, S("9B"))) return padded(t, formatted(t, time, S("%B")), "rpad", LONGEST, " ");
    return str_eq(name, S("A")) ? day_name(t, time) : NULL;
}

static SqlNode *joined(Translator *t, SqlNode *before, SqlNode *n)
{
    return before ? typed(make_binary(t, OP_CONCAT, before, n), TYPE_TEXT) : n;
}

// The literal signs and the directives that the target has, up to one that it lacks.
static SqlNode *kept(Translator *t, const SqlNode *time, Str format)
{
    for (size_t i = 0; i + 1 < format.len; i++) {
        if (format.ptr[i] == '%' && format.ptr[i + 1] != '%') return formatted(t, time, format);
        i += format.ptr[i] == '%';
    }
    return typed(make_string(t, time, format_literal(t, format)), TYPE_TEXT);
}

// MySQL's TIME_FORMAT looks at the clock alone: of a moment, where the target formats no time of
// day, it is the format of the moment.
static bool formats_clocks(Dialect d)
{
    return d == DIALECT_MYSQL || d == DIALECT_BIGQUERY || d == DIALECT_POSTGRES ||
           d == DIALECT_SNOWFLAKE;
}

static void moment_of_clock(Translator *t, SqlNode *call)
{
    SqlNode **time = &call->child[sql_roles(NODE_CALL)];
    if (!node_is(*time, TYPE_TIME) || formats_clocks(t->to)) return;
    const SqlNode *text = (*time)->kind == NODE_TYPED ? (*time)->child[ONLY] : NULL;
    SqlNode *of = node_is_call(*time, "to_time") ? node_arg(*time, "value") : NULL;
    if (text && text->kind == NODE_STRING) {
        *time =
            make_moment(t, *time, str_fmt(t->arena, "1970-01-01 " STR_FMT, STR_ARG(text->text)));
    } else if (of && node_is(of, TYPE_TIMESTAMP)) {
        *time = of;
    } else {
        translate_unsupported(t, call, "%s formats no time of day: format a timestamp.",
                              home_title(t->to));
    }
}

SqlNode *format_in_pieces(Translator *t, SqlNode *call)
{
    const SqlNode *format = node_arg(call, "format");
    if (!is_foreign(t) || t->from == t->to || format->kind != NODE_STRING) return call;
    moment_of_clock(t, call);
    const SqlNode *time = node_arg(call, "time");
    if (t->failed || !node_is_moment(time)) return call;
    Str all = format->text;
    SqlNode *made = NULL;
    size_t from = 0;
    for (size_t i = 0; i < all.len;) {
        size_t end = format_directive(all, i);
        Str name = str_slice(all, i + 1, end);
        SqlNode *one = end > i + 1 && format_lacks(t->to, name) ? piece(t, time, name) : NULL;
        if (one && i > from) made = joined(t, made, kept(t, time, str_slice(all, from, i)));
        if (one) made = joined(t, made, one);
        i = end;
        if (one) from = i;
    }
    if (!made) return call;
    if (from < all.len) made = joined(t, made, kept(t, time, str_slice(all, from, all.len)));
    return made;
}
