// sql_random: see the header. A query is made from the outside in: its width is asked for, the
// tables in its FROM are remembered while its expressions are made.
#include "sql_random.h"
#include "base/buf.h"
#include "base/rng.h"
#include "sql_random_forms.h"
#include <stdio.h>

enum { NAMES_MOST = 24, DEPTH_MOST = 3, WIDTH_MOST = 3, FORMS_MOST = 100 };

#define COLUMN(n, t)                                                                               \
    {                                                                                              \
        .name = STR_LIT(n), .type = (t)                                                            \
    }
#define TYPED                                                                                      \
    COLUMN("s", TYPE_TEXT), COLUMN("day", TYPE_DATE), COLUMN("ts", TYPE_TIMESTAMP),                \
        COLUMN("f", TYPE_BOOLEAN)
static const SqlColumn t_columns[] = {COLUMN("a", TYPE_INTEGER), COLUMN("b", TYPE_INTEGER),
                                      COLUMN("c", TYPE_INTEGER), TYPED};
static const SqlColumn u_columns[] = {COLUMN("a", TYPE_INTEGER), COLUMN("d", TYPE_INTEGER),
                                      COLUMN("e", TYPE_INTEGER), TYPED};
static const SqlColumn v_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .not_null = true},
    COLUMN("k", TYPE_INTEGER),
    COLUMN("w", TYPE_INTEGER)};
static Str v_key[] = {STR_LIT("id")};
static const SqlTable tables[] = {
    {.name = STR_LIT("t"), .columns = {t_columns, 7, false}},
    {.name = STR_LIT("u"), .columns = {u_columns, 7, false}},
    {.name = STR_LIT("v"), .columns = {v_columns, 3, false}, .key = {v_key, 1}}};
const SqlSchema sql_random_schema = {tables, 3};
const char sql_random_script[] =
    "CREATE TABLE t(a INTEGER, b INTEGER, c INTEGER, s TEXT, day TEXT, ts TEXT, f INTEGER);"
    "CREATE TABLE u(a INTEGER, d INTEGER, e INTEGER, s TEXT, day TEXT, ts TEXT, f INTEGER);"
    "CREATE TABLE v(id INTEGER PRIMARY KEY, k INTEGER, w INTEGER);";

// A column that expressions may use.
typedef struct {
    char text[24]; // "x1.a"
    bool table;    // of a table, not of a subquery: it has the other columns as well
} Name;

typedef struct {
    Name at[NAMES_MOST];
    size_t len;
} Names;

typedef struct {
    Buf b;
    Rng rng;
    Dialect d;
    int depth;
    unsigned made; // aliases so far
    Names names;   // of the query that is being made, and of those around it
    size_t own;    // from here on: of this query
    bool grouped;  // only aggregates
    unsigned name; // the last $A
} Gen;

static bool one_in(Gen *g, uint64_t n)
{
    return rng_below(&g->rng, n) == 0;
}
static bool may(Gen *g, SqlFeature f, uint64_t n)
{
    return sql_feature_in(f, g->d) && one_in(g, n);
}
static void put(Gen *g, const char *text)
{
    buf_add(&g->b, str_from(text));
}
static const char *pick(Gen *g, const char *const *list, size_t n)
{
    return list[rng_below(&g->rng, n)];
}
#define PICK(g, ...)                                                                               \
    pick(g, (const char *const[]){__VA_ARGS__},                                                    \
         sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static void query(Gen *g, unsigned width);
static void expr(Gen *g);

// ---- expressions

static void column(Gen *g)
{
    if (!g->names.len || g->own >= g->names.len) {
        buf_fmt(&g->b, "%d", (int)rng_below(&g->rng, 9));
        return;
    }
    size_t from = one_in(g, 4) ? 0 : g->own; // correlated
    put(g, g->names.at[from + rng_below(&g->rng, g->names.len - from)].text);
}

static void own_column(Gen *g)
{
    size_t n = g->names.len - g->own;
    if (n) put(g, g->names.at[g->own + rng_below(&g->rng, n)].text);
}

// ---- forms (sql_random_forms.h)

static void condition(Gen *g);

// A typed column of a table in reach; without one a constant of its type.
static void typed_column(Gen *g, char gap)
{
    static const struct {
        char gap;
        const char *column, *constant;
    } rows[] = {{'i', "a", "7"},
                {'s', "s", "'abc'"},
                {'d', "day", "CAST('2024-01-31' AS DATE)"},
                {'m', "ts", "CAST('2024-01-31 10:20:30' AS TIMESTAMP)"},
                {'f', "f", "(1 = 1)"}};
    size_t k = 0, found[NAMES_MOST], n = 0;
    while (rows[k].gap != gap) k++;
    for (size_t i = g->own; i < g->names.len; i++) {
        if (g->names.at[i].table) found[n++] = i;
    }
    if (!n) {
        put(g, rows[k].constant);
        return;
    }
    Str name = str_from(g->names.at[found[rng_below(&g->rng, n)]].text), alias, rest;
    (void)str_cut(name, '.', &alias, &rest);
    buf_fmt(&g->b, STR_FMT ".%s", STR_ARG(alias), rows[k].column);
}

static void fill(Gen *g, char gap)
{
    Names outer = g->names;
    size_t own = g->own;
    switch (gap) {
    case 'e':
        expr(g);
        break;
    case 'c':
        condition(g);
        break;
    case '1':
    case '2':
    case '3':
        g->names.len = g->own = 0;
        query(g, (unsigned)(gap - '0'));
        g->names = outer;
        g->own = own;
        break;
    case 'A':
        g->name = ++g->made;
        buf_fmt(&g->b, "y%u", g->name);
        break;
    case 'B':
        buf_fmt(&g->b, "y%u", g->name);
        break;
    default:
        typed_column(g, gap);
        break;
    }
}

static void form(Gen *g, const SqlForms *all)
{
    const SqlForm *here[FORMS_MOST];
    size_t n = 0;
    for (size_t i = 0; i < all->len && n < FORMS_MOST; i++) {
        if (all->at[i].in >> g->d & 1) here[n++] = &all->at[i];
    }
    const char *text = n ? here[rng_below(&g->rng, n)]->text : "1";
    g->depth++;
    for (; *text; text++) {
        if (*text == '$')
            fill(g, *++text);
        else
            buf_char(&g->b, *text);
    }
    g->depth--;
}

static void subquery(Gen *g, unsigned width)
{
    bool grouped = g->grouped;
    g->grouped = false;
    put(g, "(");
    query(g, width);
    put(g, ")");
    g->grouped = grouped;
}

static void aggregate(Gen *g)
{
    bool grouped = g->grouped;
    g->grouped = false;
    if (one_in(g, 4) && g->own < g->names.len) {
        form(g, &sql_forms_aggregate);
        g->grouped = grouped;
        return;
    }
    put(g, PICK(g, "SUM(", "MAX(", "MIN(", "COUNT(", "COUNT(DISTINCT "));
    own_column(g);
    put(g, ")");
    g->grouped = grouped;
}

static void window(Gen *g)
{
    if (one_in(g, 3)) {
        form(g, &sql_forms_window);
        return;
    }
    put(g, PICK(g, "ROW_NUMBER()", "RANK()", "DENSE_RANK()", "COUNT(*)"));
    put(g, " OVER (");
    if (one_in(g, 2)) {
        put(g, "PARTITION BY ");
        own_column(g);
        put(g, " ");
    }
    put(g, "ORDER BY ");
    own_column(g);
    put(g, PICK(g, ")", " DESC)"));
}

static void condition(Gen *g)
{
    static const char *const compare[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    bool deep = g->depth < DEPTH_MOST;
    if (deep && one_in(g, 4)) {
        form(g, &sql_forms_condition);
        return;
    }
    switch (rng_below(&g->rng, deep ? 12 : 5)) {
    case 0:
        put(g, "NOT (");
        condition(g);
        put(g, ")");
        return;
    case 1:
        condition(g);
        put(g, PICK(g, " AND ", " OR "));
        condition(g);
        return;
    case 2:
        expr(g);
        put(g, PICK(g, " IS NULL", " IS NOT NULL", " IN (1, 2, NULL)", " BETWEEN 1 AND 5"));
        return;
    case 5:
        put(g, PICK(g, "EXISTS ", "NOT EXISTS "));
        subquery(g, 1);
        return;
    case 6:
        expr(g);
        put(g, PICK(g, " IN ", " NOT IN "));
        subquery(g, 1);
        return;
    case 7:
        expr(g);
        put(g, pick(g, compare, 6));
        put(g, PICK(g, "ALL ", "ANY "));
        subquery(g, 1);
        return;
    case 8:
        put(g, "(");
        column(g);
        put(g, ", ");
        column(g);
        put(g, ") IN ((1, 2), (3, 4))");
        return;
    default:
        expr(g);
        put(g, pick(g, compare, 6));
        expr(g);
        return;
    }
}

static void expr(Gen *g)
{
    if (g->depth > DEPTH_MOST + 2) {
        buf_fmt(&g->b, "%d", (int)rng_below(&g->rng, 9));
        return;
    }
    if (!g->grouped && g->depth < DEPTH_MOST && one_in(g, 6)) {
        form(g, &sql_forms_number);
        return;
    }
    g->depth++;
    switch (rng_below(&g->rng, 10)) {
    case 0:
        put(g, "(");
        expr(g);
        put(g, PICK(g, " + ", " - ", " * "));
        expr(g);
        put(g, ")");
        break;
    case 1:
        put(g, "CASE WHEN ");
        condition(g);
        put(g, " THEN ");
        expr(g);
        put(g, " ELSE ");
        expr(g);
        put(g, " END");
        break;
    case 2:
        put(g, "COALESCE(");
        expr(g);
        put(g, ", ");
        expr(g);
        put(g, ")");
        break;
    case 3:
        put(g, "-");
        put(g, "(");
        expr(g);
        put(g, ")");
        break;
    case 4:
        if (g->depth < DEPTH_MOST) {
            subquery(g, 1);
            break;
        }
        column(g);
        break;
    default:
        if (g->grouped) {
            aggregate(g);
        } else {
            column(g);
        }
        break;
    }
    g->depth--;
}

// ---- FROM

static void add_names(Gen *g, const char *alias, const char *const *columns, size_t n, bool table)
{
    for (size_t i = 0; i < n && g->names.len < NAMES_MOST; i++) {
        Name *name = &g->names.at[g->names.len++];
        snprintf(name->text, sizeof name->text, "%s.%s", alias, columns[i]);
        name->table = table;
    }
}

static const char *const width_names[] = {"k0", "k1", "k2"};

static void source(Gen *g)
{
    static const char *const of_t[] = {"a", "b", "c"}, *const of_u[] = {"a", "d", "e"};
    char alias[12];
    snprintf(alias, sizeof alias, "x%u", ++g->made);
    if (g->depth < DEPTH_MOST && one_in(g, 4)) {
        unsigned width = 1 + (unsigned)rng_below(&g->rng, WIDTH_MOST);
        size_t len = g->names.len, own = g->own;
        g->names.len = 0; // it does not see what stands beside it
        Names outer = g->names;
        subquery(g, width);
        g->names = outer;
        g->names.len = len, g->own = own;
        buf_fmt(&g->b, " AS %s", alias);
        add_names(g, alias, width_names, width, false);
        return;
    }
    bool t = one_in(g, 2);
    buf_fmt(&g->b, "%s AS %s", t ? "t" : "u", alias);
    add_names(g, alias, t ? of_t : of_u, 3, true);
}

static void from(Gen *g)
{
    put(g, " FROM ");
    source(g);
    for (int i = 0; i < 2 && one_in(g, 3); i++) {
        put(g, PICK(g, " JOIN ", " LEFT JOIN ", " CROSS JOIN ", " INNER JOIN "));
        bool cross = str_ends(buf_str(&g->b), S("CROSS JOIN "));
        source(g);
        if (cross) continue;
        put(g, " ON ");
        own_column(g);
        put(g, " = ");
        own_column(g);
    }
    if (one_in(g, 8)) form(g, &sql_forms_source);
}

// ---- SELECT

static void alias(Gen *g, unsigned i)
{
    static const char *const odd[] = {"order", "select", "two words", "K", "group"};
    if (one_in(g, 30) && g->depth == 1) { // nobody asks for it by name
        bool tick = g->d == DIALECT_BIGQUERY || g->d == DIALECT_SPARK || g->d == DIALECT_MYSQL;
        const char *quote = tick ? "`" : "\"";
        buf_fmt(&g->b, " AS %s%s%u%s", quote, pick(g, odd, 5), i, quote);
    } else {
        buf_fmt(&g->b, " AS k%u", i);
    }
}

static void items(Gen *g, unsigned width, const char *key)
{
    for (unsigned i = 0; i < width; i++) {
        if (i) put(g, ", ");
        if (key && i == 0) {
            put(g, key);
        } else if (!g->grouped && one_in(g, 6)) {
            window(g);
        } else {
            expr(g);
        }
        alias(g, i);
    }
}

static void group(Gen *g, const char *key, const char *second)
{
    put(g, " GROUP BY ");
    if (may(g, FEATURE_GROUPING_SETS, 4)) {
        buf_fmt(&g->b,
                PICK(g, "ROLLUP (%s, %s)", "CUBE (%s, %s)", "GROUPING SETS ((%s), (%s), ())"), key,
                second);
    } else if (may(g, FEATURE_WITH_ROLLUP, 4)) {
        buf_fmt(&g->b, "%s WITH ROLLUP", key);
    } else if (one_in(g, 6) && g->d != DIALECT_FLINK) {
        put(g, "1");
    } else {
        put(g, key);
        if (one_in(g, 3)) buf_fmt(&g->b, ", %s", second);
    }
    if (!one_in(g, 3)) return;
    put(g, " HAVING ");
    aggregate(g);
    put(g, PICK(g, " > 1", " IS NOT NULL", " = 2"));
}

static void head(Gen *g, bool grouped)
{
    put(g, "SELECT ");
    if (!grouped && may(g, FEATURE_DISTINCT_ON, 8)) {
        put(g, "DISTINCT ON (");
        own_column(g);
        put(g, ") ");
    } else if (one_in(g, 8)) {
        put(g, "DISTINCT ");
    } else if (may(g, FEATURE_TOP, 10)) {
        put(g, "TOP 2 ");
    }
}

// FROM is made first, so that the items know their columns, and stands behind them.
static void select(Gen *g, unsigned width)
{
    size_t len = g->names.len, own = g->own;
    bool grouped = g->grouped;
    Buf outer = g->b, tables_ = buf_new(outer.arena);
    g->own = len;
    g->b = tables_;
    from(g);
    Str read = buf_str(&g->b);
    g->b = outer;
    Name key = g->names.at[g->own + rng_below(&g->rng, g->names.len - g->own)];
    Name second = g->names.at[g->own + rng_below(&g->rng, g->names.len - g->own)];
    g->grouped = one_in(g, 4);
    bool whole = g->grouped && one_in(g, 4); // aggregates without groups
    head(g, g->grouped);
    items(g, width, g->grouped && !whole ? key.text : NULL);
    buf_add(&g->b, read);
    bool aggregates = g->grouped;
    g->grouped = false;
    if (one_in(g, 3)) {
        put(g, " WHERE ");
        condition(g);
    }
    if (aggregates && !whole) group(g, key.text, second.text);
    if (!aggregates && may(g, FEATURE_QUALIFY, 4)) {
        put(g, " QUALIFY ");
        window(g);
        put(g, PICK(g, " = 1", " < 3"));
        if (one_in(g, 3)) {
            put(g, " AND ");
            condition(g);
        }
    }
    g->grouped = grouped;
    g->names.len = len;
    g->own = own;
}

// ---- queries

static void order(Gen *g, unsigned width)
{
    put(g, " ORDER BY ");
    if (one_in(g, 3)) {
        put(g, "1");
    } else {
        buf_fmt(&g->b, "k%u", (unsigned)rng_below(&g->rng, width));
    }
    put(g, PICK(g, "", " DESC", " ASC"));
}

static void limit(Gen *g)
{
    if (may(g, FEATURE_TIES, 3)) {
        put(g, " FETCH FIRST 2 ROWS WITH TIES");
    } else if (may(g, FEATURE_LIMIT_COMMA, 4)) {
        put(g, " LIMIT 1, 2");
    } else {
        put(g, " LIMIT 2");
    }
}

static void arm(Gen *g, unsigned width)
{
    bool parens = one_in(g, 4);
    if (parens) put(g, "(");
    if (parens && g->depth < DEPTH_MOST) {
        query(g, width);
    } else {
        select(g, width);
    }
    if (parens) put(g, ")");
}

static void query(Gen *g, unsigned width)
{
    g->depth++;
    bool set = g->depth < DEPTH_MOST && one_in(g, 6), ties = false;
    if (g->depth < 3 && one_in(g, 12)) {
        buf_fmt(&g->b, "WITH w%u AS (", ++g->made);
        Names outer = g->names;
        size_t own = g->own;
        g->names.len = g->own = 0;
        query(g, 1);
        g->names = outer;
        g->own = own;
        put(g, ") ");
    }
    size_t start = g->b.len;
    if (set) {
        for (unsigned i = 0, n = 2 + (unsigned)rng_below(&g->rng, 2); i < n; i++) {
            bool all = may(g, FEATURE_SETOP_ALL, 2);
            if (i)
                put(g, PICK(g, " UNION ALL ", " UNION ALL ", " UNION ", " EXCEPT ", " INTERSECT "));
            if (i && all && !str_ends(buf_str(&g->b), S("ALL "))) put(g, "ALL ");
            if (i && g->d == DIALECT_BIGQUERY && !str_ends(buf_str(&g->b), S("ALL ")))
                put(g, "DISTINCT ");
            arm(g, width);
        }
    } else {
        select(g, width);
    }
    Str made = str_slice(buf_str(&g->b), start, g->b.len);
    bool top = str_find(made, S("TOP 2"), NULL), on = str_find(made, S("DISTINCT ON"), NULL);
    bool odd = str_find(made, S(" AS \""), NULL) || str_find(made, S(" AS `"), NULL);
    if (on || odd || top) ties = true; // their order is their own
    if (!ties && one_in(g, 3)) {
        order(g, width);
        if (one_in(g, 2)) limit(g);
    }
    g->depth--;
}

Str sql_random(Arena *a, Dialect d, uint64_t seed)
{
    Gen g = {.b = buf_new(a), .d = d};
    g.rng = (Rng){.seed = seed, .stream = (uint64_t)d};
    if (one_in(&g, 4)) {
        form(&g, &sql_forms_statement);
    } else {
        query(&g, 1 + (unsigned)rng_below(&g.rng, WIDTH_MOST));
    }
    return buf_str(&g.b);
}
