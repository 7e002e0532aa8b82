// neutral_moment: literals of dates and times, their casts, and values of two kinds side by side.
#include "base/calendar.h"
#include "sql/lower.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

static bool is_time(LogicalType t)
{
    return t == TYPE_DATE || t == TYPE_TIMESTAMP || t == TYPE_TIME;
}

static const char *word_of(LogicalType t)
{
    return t == TYPE_DATE ? "DATE" : t == TYPE_TIME ? "TIME" : "TIMESTAMP";
}

static MomentKind kind_of(LogicalType t)
{
    return t == TYPE_DATE ? MOMENT_DATE : t == TYPE_TIME ? MOMENT_TIME : MOMENT_TIMESTAMP;
}

// Where what is no date is NULL and no error.
static bool is_lenient(const Translator *t)
{
    return t->from == DIALECT_MYSQL || t->from == DIALECT_SPARK;
}

// --- Literals ---

static SqlNode *literal(Translator *t, const SqlNode *place, Moment m)
{
    static const LogicalType types[] = {
        [MOMENT_DATE] = TYPE_DATE, [MOMENT_TIMESTAMP] = TYPE_TIMESTAMP, [MOMENT_TIME] = TYPE_TIME};
    char text[MOMENT_TEXT_MAX];
    Str value = str_copy(t->arena, (Str){text, moment_write(m, text)});
    SqlNode *n = make_node(t, NODE_TYPED, place, 0);
    n->text = str_from(word_of(types[m.kind]));
    n->child[ONLY] = make_string(t, place, value);
    return typed(n, types[m.kind]);
}

// Postgres's and DuckDB's time behind all others: as a text, too, it stands behind and before them.
bool is_endless(Str text)
{
    if (str_starts(text, S("-"))) text = str_slice(text, 1, text.len);
    return str_eq_nocase(text, S("infinity"));
}

static SqlNode *endless(Translator *t, const SqlNode *place, Str text, LogicalType type)
{
    SqlNode *n = make_node(t, NODE_TYPED, place, 0);
    n->text = str_from(word_of(type));
    n->child[ONLY] = make_string(t, place, str_lower(t->arena, text));
    return typed(n, type);
}

static bool is_literal(const SqlNode *n)
{
    return n->kind == NODE_TYPED && is_time(node_type(n)) && !is_endless(n->child[ONLY]->text);
}

static Moment value_of(const SqlNode *n)
{
    Moment m = {0};
    bool ok = moment_read(n->child[ONLY]->text, &m);
    (void)ok; // made by literal()
    return m;
}

static bool has_zone_name(Str text) // 2024-01-01 10:00 Europe/Berlin
{
    size_t slash;
    if (!str_find(text, S("/"), &slash) || !slash) return false;
    char c = (char)(text.ptr[slash - 1] | 0x20);
    return c >= 'a' && c <= 'z';
}

static SqlNode *not_one(Translator *t, const SqlNode *n, Str text, LogicalType type)
{
    static const char *const shapes[] = {[TYPE_DATE] = "YYYY-MM-DD",
                                         [TYPE_TIMESTAMP] = "YYYY-MM-DD HH:MM:SS",
                                         [TYPE_TIME] = "HH:MM:SS"};
    if (has_zone_name(text)) {
        return translate_unsupported(t, n,
                                     "Time zones by name are not supported here: timestamps are "
                                     "UTC. Give an offset such as +02:00.");
    }
    Moment day;
    static const char *const names[] = {
        [TYPE_DATE] = "date", [TYPE_TIMESTAMP] = "timestamp", [TYPE_TIME] = "time"};
    bool shaped = text.len >= 10 && text.ptr[4] == '-' && text.ptr[7] == '-';
    if (shaped && !moment_read(str_slice(text, 0, 10), &day)) {
        return translate_refused(t, n, "'" STR_FMT "' is not a %s: there is no such day.",
                                 STR_ARG(text), names[type]);
    }
    return translate_refused(t, n, "'" STR_FMT "' is not a %s: write it '%s'.", STR_ARG(text),
                             names[type], shapes[type]);
}

// A text as a constant of that type. NULL: it is none.
static SqlNode *constant(Translator *t, const SqlNode *place, Str text, int type)
{
    Moment m;
    bool has = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    if (has && is_endless(text) && type != TYPE_TIME)
        return endless(t, place, text, type == TYPE_DATE ? TYPE_DATE : TYPE_TIMESTAMP);
    if (!moment_read(text, &m)) return time_in_words(t, place, text, type);
    if (type == TIME_EITHER) return m.kind == MOMENT_TIME ? NULL : literal(t, place, m);
    MomentKind kind = kind_of((LogicalType)type);
    if (m.kind == MOMENT_TIME && kind != MOMENT_TIME) return NULL;
    return literal(t, place, moment_as(m, kind));
}

// NUMERIC '0.1': the number, which is a decimal (FLAG_WORDS).
static SqlNode *numeric(Translator *t, const SqlNode *n, Str text)
{
    SqlNode *made = make_node(t, NODE_NUMBER, n, 0);
    made->text = text;
    made->flags = FLAG_WORDS;
    return typed(made, TYPE_REAL);
}

SqlNode *neutral_typed(Translator *t, SqlNode *n)
{
    LogicalType type = type_of_name(n->text);
    Str text = n->child[ONLY]->text;
    double v;
    bool number = type == TYPE_REAL && t->to == DIALECT_SQLITE && str_to_f64(str_trim(text), &v);
    if (number) return numeric(t, n, str_trim(text));
    bool json = str_eq_nocase(n->text, S("JSON")) || str_eq_nocase(n->text, S("JSONB"));
    bool same = t->from == t->to || t->to == DIALECT_TRINO || t->to == DIALECT_BIGQUERY;
    if (json && is_foreign(t) && !same) {
        SqlNode *how = make_word(t, n, S("F"));
        return typed(make_call2(t, n, "json_parse", n->child[ONLY], how), TYPE_STRUCT);
    }
    if (!is_time(type)) return n;
    // Postgres: a TIMESTAMP without a zone does not look at the offset.
    SqlNode *made = constant(t, n, text, (int)type);
    return made ? made : not_one(t, n, text, type);
}

// --- Conversions ---

static SqlNode *conversion(Translator *t, SqlNode *n, LogicalType type, bool tries)
{
    static const char *const names[][2] = {
        [TYPE_DATE] = {"to_date", "try_to_date"},
        [TYPE_TIMESTAMP] = {"to_timestamp", "try_to_timestamp"},
        [TYPE_TIME] = {"to_time", "try_to_time"},
        [TYPE_INTERVAL] = {"to_interval", "try_to_interval"},
    };
    return typed(make_call1(t, n, names[type][tries], n), type);
}

static SqlNode *text_as(Translator *t, SqlNode *n, int type, bool tries)
{
    if (type == TYPE_INTERVAL) {
        Interval i;
        if (!tries || interval_read(n->text, &i)) return time_interval_text(t, n, n->text);
        return typed(make_null(t, n), TYPE_INTERVAL);
    }
    SqlNode *made = constant(t, n, n->text, type);
    LogicalType one = type == TIME_EITHER ? TYPE_TIMESTAMP : (LogicalType)type;
    if (made) return made;
    return tries ? typed(make_null(t, n), one) : not_one(t, n, n->text, one);
}

SqlNode *time_cast(Translator *t, SqlNode *n, LogicalType type, bool tries)
{
    LogicalType from = node_type(n);
    if (from == type) return n;
    if (n->kind == NODE_NULL) return typed(n, type);
    if (is_literal(n) && is_time(type)) return literal(t, n, moment_as(value_of(n), kind_of(type)));
    if (n->kind == NODE_STRING) return text_as(t, n, (int)type, tries || is_lenient(t));
    if (n->kind == NODE_TYPED && is_endless(n->child[ONLY]->text))
        return endless(t, n, n->child[ONLY]->text, type);
    bool sure = is_time(from) || node_is_call(n, "date_format"); // cannot fail
    return conversion(t, n, type, !sure && (tries || is_lenient(t)));
}

SqlNode *time_as(Translator *t, SqlNode *n, int type)
{
    if (type != TIME_EITHER) return time_cast(t, n, (LogicalType)type, false);
    if (n->kind == NODE_STRING) return text_as(t, n, type, is_lenient(t));
    if (!node_is(n, TYPE_TEXT)) return n;
    bool either = t->from == DIALECT_MYSQL && t->to == DIALECT_SQLITE;
    if (either && !node_is_call(n, "date_format"))
        return typed(make_call1(t, n, "try_to_moment", n), TYPE_TIMESTAMP);
    return time_cast(t, n, TYPE_TIMESTAMP, false);
}

// CAST, TRY_CAST, :: and CONVERT to a type of time; NULL for other types.
SqlNode *time_cast_node(Translator *t, SqlNode *n)
{
    LogicalType type = type_of_node(n->child[CAST_TYPE]).type;
    bool tries = n->op == OP_TRY_CAST || n->op == OP_SAFE_CAST;
    SqlNode *value = n->child[CAST_VALUE];
    if (!is_time(type) && type != TYPE_INTERVAL) return NULL;
    if (n->child[CAST_FORMAT] && is_time(type)) {
        return translate_unsupported(t, n->child[CAST_FORMAT],
                                     "CAST with a FORMAT is not supported here: use PARSE_DATE.");
    }
    bool number = node_is(value, TYPE_INTEGER) || node_is(value, TYPE_REAL);
    if (number && type == TYPE_TIMESTAMP && t->from == DIALECT_SPARK) {
        SqlNode *unit = make_word(t, n, S("SECOND"));
        return typed(make_call2(t, n, "from_epoch", unit, value), TYPE_TIMESTAMP);
    }
    SqlNode *made = time_cast(t, value, type, tries);
    Str name = n->child[CAST_TYPE]->text;
    bool zoned = str_starts(name, S("TIMESTAMPTZ")) || str_starts(name, S("TIMESTAMP WITH TIME"));
    return zoned ? time_zoned(t, made) : made;
}

// --- Two kinds side by side ---

// A date beside a text that has a time of day: which of the two gives way.
static bool text_wins(const Translator *t, Str text)
{
    Moment m;
    return t->from == DIALECT_MYSQL && moment_read(text, &m) && m.kind == MOMENT_TIMESTAMP &&
           m.us != moment_days(m) * DAY_US;
}

// Postgres and others take a literal for what stands beside it, a column of texts for a text.
static bool reads_texts(const Translator *t)
{
    return t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK || t->from == DIALECT_DUCKDB ||
           t->from == DIALECT_BIGQUERY || t->from == DIALECT_MYSQL;
}

static void align_text(Translator *t, SqlNode **time, SqlNode **text)
{
    LogicalType type = node_type(*time);
    if ((*text)->kind == NODE_STRING && type == TYPE_DATE && text_wins(t, (*text)->text)) {
        *time = time_as(t, *time, TYPE_TIMESTAMP);
        type = TYPE_TIMESTAMP;
    }
    if ((*text)->kind != NODE_STRING && t->from == DIALECT_MYSQL && is_time(type)) {
        *time = time_as(t, *time, TYPE_TIMESTAMP); // it may have a time of day
        type = TYPE_TIMESTAMP;
    }
    if ((*text)->kind == NODE_STRING || reads_texts(t)) *text = time_as(t, *text, (int)type);
}

void time_align(Translator *t, SqlNode **a, SqlNode **b)
{
    LogicalType x = node_type(*a), y = node_type(*b);
    if (x == TYPE_DATE && y == TYPE_TIMESTAMP) *a = time_as(t, *a, TYPE_TIMESTAMP);
    if (x == TYPE_TIMESTAMP && y == TYPE_DATE) *b = time_as(t, *b, TYPE_TIMESTAMP);
    if ((is_time(x) || x == TYPE_INTERVAL) && y == TYPE_TEXT) align_text(t, a, b);
    if ((is_time(y) || y == TYPE_INTERVAL) && x == TYPE_TEXT) align_text(t, b, a);
    if (!node_is(*a, TYPE_INTERVAL) || !node_is(*b, TYPE_INTERVAL)) return;
    *a = interval_compared(t, *a);
    *b = interval_compared(t, *b);
}

static SqlNode *wider(Translator *t, SqlNode *n, LogicalType type)
{
    bool differs = n && (node_is(n, TYPE_DATE) || n->kind == NODE_STRING) && node_type(n) != type;
    return differs ? time_as(t, n, (int)type) : n;
}

static bool is_number(const SqlNode *n)
{
    return node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
}

// A literal beside numbers is taken for one; in DuckDB it fails as soon as it is come to.
static void cast_literals(Translator *t, SqlNode **at, uint32_t n)
{
    bool numbers = false, reals = false;
    for (uint32_t i = 0; i < n; i++) {
        numbers = numbers || (at[i] && is_number(at[i]));
        reals = reals || (at[i] && node_is(at[i], TYPE_REAL));
    }
    for (uint32_t i = 0; i < n && numbers; i++) {
        if (!at[i] || at[i]->kind != NODE_STRING) continue;
        SqlNode *number = reals ? NULL : number_of_text(t, at[i]);
        at[i] = number ? number : typed(make_cast(t, at[i], "DOUBLE"), TYPE_REAL);
    }
}

// Beside a text a number becomes one, in MySQL and Spark; a literal that is a number stays one.
static void unify_texts(Translator *t, SqlNode **at, uint32_t n)
{
    double v;
    bool casts =
        t->from == DIALECT_DUCKDB || t->from == DIALECT_POSTGRES || t->from == DIALECT_SNOWFLAKE;
    if (casts && t->to == DIALECT_SQLITE) cast_literals(t, at, n);
    bool joins = t->from == DIALECT_MYSQL || t->from == DIALECT_SPARK;
    bool texts = false, numbers = false;
    for (uint32_t i = 0; i < n && joins; i++) {
        bool digits = at[i] && at[i]->kind == NODE_STRING && str_to_f64(str_trim(at[i]->text), &v);
        texts = texts || (at[i] && node_is(at[i], TYPE_TEXT) && !digits);
        numbers = numbers || (at[i] && is_number(at[i]));
    }
    bool same = t->to == DIALECT_MYSQL || t->to == DIALECT_SPARK;
    for (uint32_t i = 0; i < n && numbers && !same; i++) {
        if (texts && at[i] && is_number(at[i])) {
            at[i] = typed(make_cast(t, at[i], "VARCHAR"), TYPE_TEXT);
        } else if (!texts && at[i] && at[i]->kind == NODE_STRING) {
            at[i] = number_of_text(t, at[i]);
        }
    }
}

// Values of which one is taken: all are timestamps where one is.
void time_unify(Translator *t, SqlNode **at, uint32_t n)
{
    LogicalType widest = TYPE_UNKNOWN;
    unify_texts(t, at, n);
    interval_unify(t, at, n);
    for (uint32_t i = 0; i < n; i++) {
        LogicalType one = at[i] ? node_type(at[i]) : TYPE_UNKNOWN;
        bool text = one == TYPE_TEXT && at[i]->kind == NODE_STRING;
        bool none = at[i] && (at[i]->kind == NODE_NULL || at[i]->kind == NODE_DEFAULT);
        if (!at[i] || text || none) continue;
        if (!is_time(one)) return;
        if (widest != TYPE_TIMESTAMP) widest = one;
    }
    for (uint32_t i = 0; i < n && widest; i++) at[i] = wider(t, at[i], widest);
}

void time_case(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    SqlNode **all = arena_array(t->arena, SqlNode *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *when = sql_tail(n, i);
        all[i] = when->child[WHEN_RESULT];
    }
    all[count] = n->child[CASE_ELSE];
    time_unify(t, all, count + 1);
    for (uint32_t i = 0; i < count; i++) sql_tail(n, i)->child[WHEN_RESULT] = all[i];
    n->child[CASE_ELSE] = all[count];
}

// --- OVERLAPS ---

typedef struct {
    SqlNode *start, *end;
} Period;

// Its two moments in their order; the second may be an interval after the first.
static Period period(Translator *t, const SqlNode *row)
{
    SqlNode *a = row->child[0], *b = row->child[1];
    if (node_is(b, TYPE_INTERVAL)) b = time_shift(t, node_clone(t, a), b, false);
    if (node_is_moment(a)) b = time_as(t, b, (int)node_type(a));
    if (node_is_moment(b)) a = time_as(t, a, (int)node_type(b));
    time_align(t, &a, &b);
    Period p = {make_call2(t, row, "least", a, b),
                make_call2(t, row, "greatest", node_clone(t, a), node_clone(t, b))};
    p.start->type = p.end->type = a->type;
    return p;
}

// Each starts before the other ends, or both start together.
SqlNode *time_periods(Translator *t, SqlNode *n)
{
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    bool pairs =
        left->kind == NODE_ROW && right->kind == NODE_ROW && left->count == 2 && right->count == 2;
    if (!pairs)
        return translate_refused(t, n, "OVERLAPS stands between two periods: (start, end).");
    Period a = period(t, left), b = period(t, right);
    SqlNode *together = make_binary(t, OP_EQ, a.start, b.start);
    SqlNode *first = make_binary(t, OP_LT, node_clone(t, a.start), b.end);
    SqlNode *second = make_binary(t, OP_LT, node_clone(t, b.start), a.end);
    SqlNode *either = make_node(t, NODE_OR, n, 2);
    either->child[0] = neutral_compare(t, together);
    either->child[1] = make_and(t, neutral_compare(t, first), neutral_compare(t, second));
    either->type = TYPE_BOOLEAN;
    return either;
}

// --- The arms of a UNION ---

static void name_item(Translator *t, SqlNode *item)
{
    const SqlNode *value = item->child[ITEM_VALUE];
    if (item->child[ITEM_ALIAS] || value->kind != NODE_COLUMN) return;
    item->child[ITEM_ALIAS] = make_word(t, item, sql_last(value)->text);
}

// The items of an arm, one for each of its columns; NULL: they are not known.
static SqlNode *arm_items(Translator *t, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    bool spelled = true;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        const SqlStar *star = value->kind == NODE_STAR ? star_meant(t, value) : NULL;
        if (value->kind != NODE_STAR) continue;
        if (!star || star->open) return NULL;
        spelled = false;
    }
    if (!spelled) select->child[SELECT_ITEMS] = items_spelled(t, select);
    return select->child[SELECT_ITEMS];
}

static SqlNode *lifted(Translator *t, SqlNode *value, LogicalType type)
{
    if (type == TYPE_TIMESTAMP) return wider(t, value, type);
    if (type == TYPE_INTERVAL) return interval_coded(t, value);
    bool number = node_is(value, TYPE_INTEGER) || node_is(value, TYPE_REAL);
    return number ? neutral_cast(t, make_cast(t, value, "VARCHAR")) : value;
}

// Column i of every arm as a value of the type.
static void lift_column(Translator *t, SqlNode *n, uint32_t i, LogicalType type)
{
    if (n->kind == NODE_SETOP) {
        lift_column(t, n->child[LEFT_SIDE], i, type);
        lift_column(t, n->child[RIGHT_SIDE], i, type);
    } else if (n->kind == NODE_QUERY) {
        lift_column(t, n->child[QUERY_BODY], i, type);
    } else if (n->kind == NODE_VALUES) {
        for (uint32_t row = 0; row < n->count; row++) {
            SqlNode **cell = i < n->child[row]->count ? &n->child[row]->child[i] : NULL;
            if (cell) *cell = lifted(t, *cell, type);
        }
    } else if (n->kind == NODE_SELECT) {
        SqlNode *items = arm_items(t, n);
        if (!items || i >= sql_tail_count(items)) return;
        SqlNode *item = sql_tail(items, i);
        SqlNode *made = lifted(t, item->child[ITEM_VALUE], type);
        if (made != item->child[ITEM_VALUE]) name_item(t, item);
        item->child[ITEM_VALUE] = made;
    }
}

// Numbers beside texts are texts at home; another dialect tries it the other way round, or refuses.
static bool texts_win(const Translator *t, LogicalType a, LogicalType b)
{
    static const unsigned homes = DUCK | MY | SPARK;
    bool one = a == TYPE_TEXT || b == TYPE_TEXT;
    LogicalType other = a == TYPE_TEXT ? b : a;
    bool number = other == TYPE_INTEGER || other == TYPE_REAL;
    return is_foreign(t) && homes >> t->from & 1 && one && number;
}

static void lift_columns(Translator *t, SqlNode *n)
{
    const SqlNode *sides[] = {n->child[LEFT_SIDE], n->child[RIGHT_SIDE]};
    SqlColumns out[2];
    for (int s = 0; s < 2; s++) {
        if (!t->meaning || sides[s]->id >= t->script->nodes) return;
        out[s] = t->meaning->outputs[sides[s]->id];
    }
    for (size_t i = 0; i < out[0].len && i < out[1].len; i++) {
        LogicalType a = out[0].at[i].type, b = out[1].at[i].type;
        bool mixed =
            (a == TYPE_DATE && b == TYPE_TIMESTAMP) || (a == TYPE_TIMESTAMP && b == TYPE_DATE);
        if (mixed) lift_column(t, n, (uint32_t)i, TYPE_TIMESTAMP);
        bool forms = a == TYPE_INTERVAL && b == a && out[0].at[i].element != out[1].at[i].element;
        if (forms) lift_column(t, n, (uint32_t)i, TYPE_INTERVAL);
        if (texts_win(t, a, b)) lift_column(t, n, (uint32_t)i, TYPE_TEXT);
    }
}

SqlNode *neutral_setop(Translator *t, SqlNode *n)
{
    if (!(n->flags & FLAG_BY_NAME)) lift_columns(t, n); // columns are counted
    return fold_setop(t, n);
}
