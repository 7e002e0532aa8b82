// create_partition: how a table is cut into parts: by a value, by spans of time, by a hash.
//
// A term is read into what it means and written as the target's own function of it. Where the
// target would cut the rows otherwise, the statement is refused by name; where it cuts none at all,
// the clause is left out.
#include "base/buf.h"
#include "sql/create.h"
#include "sql/home.h"
#include <stdio.h>

typedef enum { BY_VALUE, BY_YEAR, BY_MONTH, BY_DAY, BY_HOUR, BY_HASH, BY_WIDTH, BY_OTHER } By;

typedef struct {
    By by;
    SqlNode *column; // COLUMN
    SqlNode *number; // of buckets; the width
    const SqlNode *place;
} Term;

// --- Reading ---

static Str name_of(const Term *term)
{
    return sql_last(term->column)->text;
}

static By by_unit(const SqlNode *n)
{
    static const struct {
        const char *name;
        By by;
    } units[] = {{"YEAR", BY_YEAR}, {"MONTH", BY_MONTH}, {"DAY", BY_DAY}, {"HOUR", BY_HOUR}};
    Str text = n->kind == NODE_COLUMN ? sql_last(n)->text : n->text;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(text, str_from(units[i].name))) return units[i].by;
    }
    return BY_OTHER;
}

static const struct {
    const char *name;
    By by;
} functions[] = {
    {"years", BY_YEAR}, {"year", BY_YEAR}, {"months", BY_MONTH}, {"month", BY_MONTH},
    {"days", BY_DAY},   {"day", BY_DAY},   {"date", BY_DAY},     {"to_date", BY_DAY},
    {"hours", BY_HOUR}, {"hour", BY_HOUR}, {"bucket", BY_HASH},  {"truncate", BY_WIDTH},
};

static By by_name(Str name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (str_eq_nocase(name, str_from(functions[i].name))) return functions[i].by;
    }
    return BY_OTHER;
}

static Term read_call(SqlNode *n)
{
    Term term = {.place = n};
    SqlNode *a = sql_tail_count(n) > 0 ? sql_tail(n, 0) : NULL;
    SqlNode *b = sql_tail_count(n) > 1 ? sql_tail(n, 1) : NULL;
    bool cuts = str_ends(n->text, S("TRUNC")) || str_ends(n->text, S("trunc"));
    term.by = by_name(n->text);
    term.column = a;
    if (cuts && b) { // DATE_TRUNC('month', ts), TIMESTAMP_TRUNC(ts, MONTH)
        bool first = a->kind == NODE_STRING;
        term.by = by_unit(first ? a : b);
        term.column = first ? b : a;
    } else if (b && (term.by == BY_HASH || term.by == BY_WIDTH)) {
        term.number = a->kind == NODE_NUMBER ? a : b;
        term.column = a->kind == NODE_NUMBER ? b : a;
    } else if (b) {
        term.by = BY_OTHER;
    }
    if (!term.column || term.column->kind != NODE_COLUMN) term.by = BY_OTHER;
    return term;
}

static Term read_term(SqlNode *n)
{
    if (n->kind == NODE_COLUMN) return (Term){.by = BY_VALUE, .column = n, .place = n};
    if (n->kind == NODE_CALL) return read_call(n);
    bool date = n->kind == NODE_CAST && str_eq(n->child[CAST_TYPE]->text, S("DATE")) &&
                n->child[CAST_VALUE]->kind == NODE_COLUMN;
    if (date) return (Term){.by = BY_DAY, .column = n->child[CAST_VALUE], .place = n};
    return (Term){.by = BY_OTHER, .place = n};
}

// PARTITIONS 4, of MySQL's HASH and KEY; NULL when the partitions are listed.
static SqlNode *partition_count(Translator *t, const SqlNode *clause)
{
    const SqlNode *words = clause->child[CLAUSE_VALUE];
    int64_t count;
    if (!words || !str_starts(words->text, S("PARTITIONS "))) return NULL;
    Str number = str_slice(words->text, S("PARTITIONS ").len, words->text.len);
    return str_to_i64(number, &count) ? make_number(t, words, count) : NULL;
}

// RANGE, LIST and HASH of Postgres and MySQL.
static bool read_method(Definition *d, const SqlNode *clause, Term *term)
{
    Translator *t = d->t;
    TypeKind kind = term->by == BY_VALUE ? definition_kind(d, name_of(term)) : KIND_NONE;
    bool moment = kind == KIND_DATE || kind == KIND_TIMESTAMP || kind == KIND_INSTANT;
    if (!clause->text.len || t->from == t->to) return true;
    bool hash = str_find(clause->text, S("HASH"), NULL) || str_find(clause->text, S("KEY"), NULL);
    SqlNode *count = hash ? partition_count(t, clause) : NULL;
    if (count && term->by == BY_VALUE) {
        term->by = BY_HASH;
        term->number = count;
        return true;
    }
    bool listed = clause->child[CLAUSE_VALUE];
    if (!listed && str_eq(clause->text, S("LIST")) && term->by == BY_VALUE) return true;
    if (!listed && str_eq(clause->text, S("RANGE")) && (moment || term->by != BY_VALUE)) {
        if (moment) term->by = BY_DAY;
        if (moment)
            left_out(t, clause,
                     "The bounds of the partitions stand in PARTITION OF: taken by day.");
        return true;
    }
    translate_unsupported(t, clause,
                          "The partitions by " STR_FMT " of %s have bounds of their own: write the "
                          "ones of %s by hand.",
                          STR_ARG(clause->text), home_title(t->from), home_title(t->to));
    return false;
}

// --- Writing ---

static SqlNode *refuse(const Definition *d, const Term *term, const char *instead)
{
    return translate_unsupported(d->t, term->place, "%s does not partition by " STR_FMT ": %s.",
                                 home_title(d->t->to), STR_ARG(source_line(d->t, term->place)),
                                 instead);
}

static SqlNode *transform(Translator *t, const Term *term, const char *name, SqlNode *a, SqlNode *b)
{
    SqlNode *n = make_node(t, NODE_TRANSFORM, term->place, 0);
    n->text = str_from(name);
    node_add_tail(t, n, a);
    if (b) node_add_tail(t, n, b);
    return n;
}

static const char *unit_of(By by)
{
    return by == BY_YEAR ? "YEAR" : by == BY_MONTH ? "MONTH" : by == BY_DAY ? "DAY" : "HOUR";
}

static bool is_span(By by)
{
    return by >= BY_YEAR && by <= BY_HOUR;
}

static SqlNode *for_spark(const Definition *d, const Term *term)
{
    static const char *const names[] = {
        [BY_YEAR] = "years", [BY_MONTH] = "months", [BY_DAY] = "days",
        [BY_HOUR] = "hours", [BY_HASH] = "bucket",  [BY_WIDTH] = "truncate"};
    if (term->by == BY_VALUE) return term->column;
    SqlNode *first = is_span(term->by) ? term->column : term->number;
    return transform(d->t, term, names[term->by], first, is_span(term->by) ? NULL : term->column);
}

static SqlNode *for_bigquery(const Definition *d, const Term *term)
{
    Translator *t = d->t;
    TypeKind kind = definition_kind(d, name_of(term));
    if (term->by == BY_HASH || term->by == BY_WIDTH)
        return refuse(d, term, "cluster by the column, or give RANGE_BUCKET its bounds");
    bool unknown = kind == KIND_NONE, date = kind == KIND_DATE;
    bool whole = term->by == BY_VALUE || term->by == BY_DAY;
    if (whole && (date || (unknown && term->by == BY_VALUE))) return term->column;
    if (term->by == BY_VALUE)
        return refuse(d, term,
                      "a date, a time or a RANGE_BUCKET of an integer; cluster by the rest");
    if (term->by == BY_DAY) return transform(t, term, "DATE", term->column, NULL);
    const char *name = date                     ? "DATE_TRUNC"
                       : kind == KIND_TIMESTAMP ? "DATETIME_TRUNC"
                                                : "TIMESTAMP_TRUNC";
    return transform(t, term, name, term->column,
                     make_word(t, term->place, str_from(unit_of(term->by))));
}

static SqlNode *for_snowflake(const Definition *d, const Term *term)
{
    Translator *t = d->t;
    bool date = definition_kind(d, name_of(term)) == KIND_DATE;
    if (!is_span(term->by) || (term->by == BY_DAY && date)) return term->column;
    if (term->by == BY_DAY) return transform(t, term, "TO_DATE", term->column, NULL);
    SqlNode *unit = make_string(t, term->place, str_from(unit_of(term->by)));
    return transform(t, term, "DATE_TRUNC", unit, term->column);
}

static SqlNode *for_trino(const Definition *d, const Term *term)
{
    Translator *t = d->t;
    static const char *const names[] = {
        [BY_YEAR] = "year", [BY_MONTH] = "month", [BY_DAY] = "day",
        [BY_HOUR] = "hour", [BY_HASH] = "bucket", [BY_WIDTH] = "truncate"};
    Buf b = buf_new(t->arena);
    Str column = name_of(term);
    if (term->by == BY_VALUE) {
        buf_add(&b, column);
    } else if (is_span(term->by)) {
        buf_fmt(&b, "%s(" STR_FMT ")", names[term->by], STR_ARG(column));
    } else {
        buf_fmt(&b, "%s(" STR_FMT ", " STR_FMT ")", names[term->by], STR_ARG(column),
                STR_ARG(term->number->text));
    }
    return make_string(t, term->place, buf_str(&b));
}

// Postgres cuts by ranges that are made one by one; a list of values, where the column is no time.
static SqlNode *for_postgres(const Definition *d, const Term *term)
{
    return term->by == BY_WIDTH ? refuse(d, term, "make the ranges by hand") : term->column;
}

static SqlNode *for_flink(const Definition *d, const Term *term)
{
    if (term->by == BY_VALUE) return term->column;
    return refuse(d, term, "by columns only; add one that is computed from it");
}

static SqlNode *for_mysql(const Definition *d, const Term *term)
{
    if (term->by == BY_HASH) return term->column;
    return refuse(d, term, "it wants each partition written, by RANGE or LIST");
}

// BigQuery's column of the time at which a row came in is no column elsewhere.
static bool is_ingestion(const Definition *d, const Term *term)
{
    Str start = str_slice(name_of(term), 0, S("_PARTITION").len);
    return d->t->from == DIALECT_BIGQUERY && str_eq_nocase(start, S("_PARTITION"));
}

static bool is_generated(const Definition *d, Str name)
{
    const SqlNode *list = d->n->child[CREATE_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *c = sql_tail(list, i);
        bool named = c->kind == NODE_COLUMN_DEF && str_eq_nocase(c->child[DEF_NAME]->text, name);
        for (uint32_t k = 0; named && k < sql_tail_count(c); k++) {
            if (sql_tail(c, k)->op == OP_GENERATED) return true;
        }
    }
    return false;
}

static SqlNode *one_there(const Definition *d, const Term *term)
{
    if (is_ingestion(d, term)) return refuse(d, term, "partition by a column of the table");
    if (d->t->to == DIALECT_POSTGRES && is_generated(d, name_of(term)))
        return refuse(d, term, "a generated column cuts nothing there; name what it is made of");
    switch (d->t->to) {
    case DIALECT_SPARK:
        return for_spark(d, term);
    case DIALECT_BIGQUERY:
        return for_bigquery(d, term);
    case DIALECT_SNOWFLAKE:
        return for_snowflake(d, term);
    case DIALECT_TRINO:
        return for_trino(d, term);
    case DIALECT_POSTGRES:
        return for_postgres(d, term);
    case DIALECT_MYSQL:
        return for_mysql(d, term);
    default:
        return for_flink(d, term);
    }
}

typedef VEC(Term) Terms;

// What Postgres calls a cut; "" where the terms are not of one kind.
static Str postgres_method(const Definition *d, const Terms *terms)
{
    Str all = {0};
    for (size_t i = 0; i < terms->len; i++) {
        const Term *term = &terms->at[i];
        TypeKind kind = definition_kind(d, name_of(term));
        bool moment = kind == KIND_DATE || kind == KIND_TIMESTAMP || kind == KIND_INSTANT;
        Str one = term->by == BY_HASH           ? S("HASH")
                  : is_span(term->by) || moment ? S("RANGE")
                                                : S("LIST");
        if (i && !str_eq(one, all)) return (Str){0};
        all = one;
    }
    return all;
}

static void put_clause(Definition *d, const SqlNode *place, const Terms *terms, Pieces *all)
{
    Translator *t = d->t;
    SqlNode *n = make_node(t, NODE_CLAUSE, place, 0);
    n->op = OP_PARTITION;
    n->child[CLAUSE_LIST] =
        make_list(t, place, (const SqlNode *const *)all->at, (uint32_t)all->len);
    const Term *first = &terms->at[0];
    if (t->to == DIALECT_POSTGRES) {
        n->text = postgres_method(d, terms);
        left_out(t, place, "The partitions themselves are made by CREATE TABLE … PARTITION OF.");
    } else if (t->to == DIALECT_MYSQL) {
        n->text = S("KEY");
        n->child[CLAUSE_VALUE] = make_node(t, NODE_WORDS, place, 0);
        n->child[CLAUSE_VALUE]->text =
            str_fmt(t->arena, "PARTITIONS " STR_FMT, STR_ARG(first->number->text));
    }
    *vec_push(t->arena, &d->clauses) = n;
}

// Spark's own tables are cut by columns; the functions of a column are Iceberg's.
static void put_format(Definition *d, const SqlNode *place, const Terms *terms)
{
    bool plain = true;
    for (size_t i = 0; i < terms->len; i++) plain = plain && terms->at[i].by == BY_VALUE;
    if (plain) return;
    SqlNode *format = make_node(d->t, NODE_CLAUSE, place, 0);
    format->op = OP_FORMAT;
    format->text = S("ICEBERG");
    *vec_push(d->t->arena, &d->clauses) = format;
}

static void put_there(Definition *d, const SqlNode *place, const Terms *terms, Pieces *all)
{
    Translator *t = d->t;
    if (t->to == DIALECT_POSTGRES && d->n->child[CREATE_QUERY]) {
        translate_unsupported(t, place,
                              "postgres makes no partitioned table from a query: create it "
                              "with its columns, and insert.");
        return;
    }
    Str method = t->to == DIALECT_POSTGRES ? postgres_method(d, terms) : (Str){0};
    bool alone = t->to == DIALECT_BIGQUERY || t->to == DIALECT_MYSQL || str_eq(method, S("LIST"));
    if ((alone && all->len > 1) || (t->to == DIALECT_POSTGRES && !method.len)) {
        translate_unsupported(
            t, place, "%s partitions by one thing%s: index or cluster by the others.",
            home_title(t->to), method.len || t->to != DIALECT_POSTGRES ? "" : " in one way");
    } else if (t->to == DIALECT_TRINO) {
        SqlNode *array = make_node(t, NODE_ARRAY, place, 0);
        node_set_tail(t, array, all->at, (uint32_t)all->len);
        *vec_push(t->arena, &d->options) = make_property(t, place, "partitioning", array);
    } else if (t->to == DIALECT_SNOWFLAKE) {
        for (size_t i = 0; i < all->len; i++) *vec_push(t->arena, &d->cluster) = all->at[i];
        left_out(t, place, "Snowflake cuts its partitions itself: CLUSTER BY keeps them in order.");
    } else {
        if (t->to == DIALECT_SPARK) put_format(d, place, terms);
        put_clause(d, place, terms, all);
    }
}

static void terms_there(Definition *d, const SqlNode *place, const Terms *terms)
{
    Pieces all = {0};
    for (size_t i = 0; i < terms->len && !d->t->failed; i++) {
        const Term *term = &terms->at[i];
        SqlNode *made = term->by == BY_OTHER
                            ? refuse(d, term, "write what it means in the words of the target")
                            : one_there(d, term);
        *vec_push(d->t->arena, &all) = made;
    }
    if (!d->t->failed && all.len) put_there(d, place, terms, &all);
}

// Hive writes a partition column behind the table: elsewhere it is one of its columns.
static SqlNode *hive_column(Definition *d, SqlNode *n)
{
    Translator *t = d->t;
    SqlNode *column = make_node(t, NODE_COLUMN, n, 0);
    node_add_tail(t, column, node_clone(t, n->child[DEF_NAME]));
    TypeKind kind = type_kind(t->from, n->child[DEF_TYPE]);
    column_there(d, n, kind);
    *vec_push(t->arena, &d->columns) = n;
    return column;
}

void partition_there(Definition *d, SqlNode *clause)
{
    Translator *t = d->t;
    Terms terms = {0};
    SqlNode *list = clause->child[CLAUSE_LIST];
    for (uint32_t i = 0; i < sql_tail_count(list) && !t->failed; i++) {
        SqlNode *one = sql_tail(list, i);
        if (one->kind == NODE_COLUMN_DEF) one = hive_column(d, one);
        Term term = read_term(one);
        if (term.by != BY_OTHER && !read_method(d, clause, &term)) return;
        *vec_push(t->arena, &terms) = term;
    }
    if (t->to == DIALECT_DUCKDB) {
        left_out(t, clause, "DuckDB has no partitions: " STR_FMT " is left out.",
                 STR_ARG(source_line(t, clause)));
        return;
    }
    terms_there(d, clause, &terms);
}

// --- Trino: partitioning = ARRAY['day(ts)', 'bucket(id, 8)'] ---

static Term read_text(Translator *t, SqlNode *n)
{
    Term term = {.place = n};
    Str head, rest, column, number;
    bool call = str_cut(n->text, '(', &head, &rest) && str_ends(rest, S(")"));
    Str inside = call ? str_slice(rest, 0, rest.len - 1) : n->text;
    bool two = str_cut(inside, ',', &column, &number);
    if (!two) column = inside;
    term.by = call ? by_name(str_trim(head)) : BY_VALUE;
    term.column = make_column(t, n, (Str){0}, str_trim(column));
    int64_t v;
    if (two && str_to_i64(str_trim(number), &v)) term.number = make_number(t, n, v);
    bool wants = term.by == BY_HASH || term.by == BY_WIDTH;
    if (wants != (term.number != NULL)) term.by = BY_OTHER;
    return term;
}

bool partition_option(Definition *d, const SqlNode *property)
{
    const SqlNode *list = property->child[ONLY];
    bool named = str_eq_nocase(property->text, S("partitioning")) ||
                 str_eq_nocase(property->text, S("partitioned_by"));
    if (d->t->from != DIALECT_TRINO || !named || !list || list->kind != NODE_ARRAY) return false;
    Terms terms = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *one = sql_tail(list, i);
        if (one->kind != NODE_STRING) return false;
        *vec_push(d->t->arena, &terms) = read_text(d->t, one);
    }
    if (d->t->to == DIALECT_DUCKDB) {
        left_out(d->t, property, "DuckDB has no partitions: " STR_FMT " is left out.",
                 STR_ARG(source_line(d->t, property)));
    } else {
        terms_there(d, property, &terms);
    }
    return true;
}

// --- CLUSTER BY ---

void cluster_there(Definition *d, SqlNode *clause)
{
    Translator *t = d->t;
    const SqlNode *list = clause->child[CLAUSE_LIST];
    bool columns = true;
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        columns = columns && sql_tail(list, i)->kind == NODE_COLUMN;
    bool few = t->to != DIALECT_BIGQUERY || sql_tail_count(list) <= 4;
    bool has = t->to == DIALECT_SNOWFLAKE || t->to == DIALECT_BIGQUERY || t->to == DIALECT_SPARK;
    if (has && columns && few) {
        for (uint32_t i = 0; i < sql_tail_count(list); i++)
            *vec_push(t->arena, &d->cluster) = sql_tail(list, i);
        return;
    }
    left_out(t, clause, "%s %s: " STR_FMT " is left out.", home_title(t->to),
             !has      ? "has no clusters"
             : columns ? "clusters by four columns at most"
                       : "clusters by columns only",
             STR_ARG(source_line(t, clause)));
}
