// types: the logical type of an expression from those of its parts.
//
// Only what is sure is said: TYPE_UNKNOWN and "may be NULL" are always right.
#include "sql/scope.h"

// ---- types by name

static const struct {
    const char *start;
    LogicalType type;
} type_names[] = {
    {"TIMESTAMP", TYPE_TIMESTAMP}, {"DATETIME", TYPE_TIMESTAMP}, {"DATE", TYPE_DATE},
    {"TIME", TYPE_TIME},           {"BOOL", TYPE_BOOLEAN},       {"VARCHAR", TYPE_TEXT},
    {"CHAR", TYPE_TEXT},           {"TEXT", TYPE_TEXT},          {"STRING", TYPE_TEXT},
    {"NVARCHAR", TYPE_TEXT},       {"NCHAR", TYPE_TEXT},         {"DOUBLE", TYPE_REAL},
    {"FLOAT", TYPE_REAL},          {"REAL", TYPE_REAL},          {"DEC", TYPE_REAL},
    {"NUMERIC", TYPE_REAL},        {"NUMBER", TYPE_REAL},        {"BIGNUMERIC", TYPE_REAL},
    {"INTERVAL", TYPE_INTERVAL},   {"INT", TYPE_INTEGER},        {"BIGINT", TYPE_INTEGER},
    {"SMALLINT", TYPE_INTEGER},    {"TINYINT", TYPE_INTEGER},    {"LONG", TYPE_INTEGER},
    {"SIGNED", TYPE_INTEGER},      {"UNSIGNED", TYPE_INTEGER},   {"MEDIUMINT", TYPE_INTEGER},
    {"HUGEINT", TYPE_INTEGER},     {"UBIGINT", TYPE_INTEGER},    {"UINTEGER", TYPE_INTEGER},
    {"BYTEINT", TYPE_INTEGER},     {"SERIAL", TYPE_INTEGER},     {"BIGSERIAL", TYPE_INTEGER},
    {"STRUCT", TYPE_STRUCT},       {"ROW", TYPE_STRUCT},         {"MAP", TYPE_STRUCT},
    {"VARIANT", TYPE_STRUCT},      {"OBJECT", TYPE_STRUCT},      {"JSON", TYPE_STRUCT},
    {"ARRAY", TYPE_ARRAY},
};

LogicalType type_of_name(Str name)
{
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
        if (str_starts(name, str_from(type_names[i].start))) return type_names[i].type;
    }
    return TYPE_UNKNOWN;
}

// The fields of STRUCT<a INT> are not kept: a type has no arena.
SqlType type_of_node(const SqlNode *n)
{
    Str name = n->text;
    if (str_ends(name, S("[]"))) {
        LogicalType element = type_of_name(str_slice(name, 0, name.len - 2));
        return (SqlType){.type = TYPE_ARRAY, .element = element};
    }
    SqlType t = {.type = type_of_name(name), .document = document_of_name(name)};
    const SqlNode *inner = sql_tail_count(n) ? sql_tail(n, 0) : NULL;
    if (t.type == TYPE_ARRAY && inner && inner->kind == NODE_TYPE)
        t.element = type_of_node(inner).type;
    return t;
}

// ---- the algebra of types

SqlType type_plain(LogicalType t, bool not_null)
{
    return (SqlType){.type = t, .not_null = not_null};
}

SqlColumn column_typed(Str name, SqlType t)
{
    return (SqlColumn){.name = name,
                       .type = t.type,
                       .not_null = t.not_null,
                       .untyped = t.untyped,
                       .element = t.element,
                       .fields = t.fields,
                       .document = t.document};
}

SqlType type_of_column(const SqlColumn *c, bool outer)
{
    return (SqlType){.type = c->type,
                     .not_null = c->not_null && !outer,
                     .untyped = c->untyped,
                     .element = c->element,
                     .fields = c->fields,
                     .document = c->document};
}

static bool is_number(LogicalType t)
{
    return t == TYPE_INTEGER || t == TYPE_REAL;
}

static bool is_moment(LogicalType t)
{
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

// Of two widths of integers (SqlType.element) the one that both fit into.
static LogicalType wider_whole(SqlType a, SqlType b)
{
    if (a.element == TYPE_REAL || b.element == TYPE_REAL) return TYPE_REAL;
    return a.element ? a.element : b.element;
}

SqlType type_wider(SqlType a, SqlType b)
{
    bool not_null = a.not_null && b.not_null;
    SqlType t = a.untyped ? b : a;
    if (!a.untyped && !b.untyped && a.type != b.type) {
        t = (SqlType){0};
        if (is_number(a.type) && is_number(b.type)) t.type = TYPE_REAL;
        if (is_moment(a.type) && is_moment(b.type)) t.type = TYPE_TIMESTAMP;
    } else if (!a.untyped && !b.untyped && a.type == TYPE_INTEGER) {
        t.element = wider_whole(a, b);
    } else if (!a.untyped && !b.untyped && a.element != b.element) {
        t.element = TYPE_UNKNOWN;
        t.fields = NULL;
    }
    if (!a.untyped && !b.untyped && a.document != b.document) t.document = DOCUMENT_NONE;
    t.not_null = not_null;
    return t;
}

// A text literal that is a number counts as one there: IFNULL(x, '0').
static bool is_text_value(const Resolver *r, const SqlNode *n)
{
    double v;
    bool digits = n->kind == NODE_STRING && str_to_f64(str_trim(n->text), &v);
    return r->meaning->types[n->id].type == TYPE_TEXT && !digits;
}

SqlType type_of_choice(const Resolver *r, const SqlNode *const *values, uint32_t n)
{
    SqlType t = {.untyped = true, .not_null = true};
    bool texts = false, numbers = false;
    bool joins = r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_SPARK;
    for (uint32_t i = 0; i < n && values[i]; i++) {
        SqlType one = r->meaning->types[values[i]->id];
        texts = texts || is_text_value(r, values[i]);
        numbers = numbers || is_number(one.type);
    }
    for (uint32_t i = 0; i < n && values[i]; i++) {
        SqlType one = r->meaning->types[values[i]->id];
        bool digits = joins && numbers && !texts && one.type == TYPE_TEXT;
        if (digits) one = type_plain(TYPE_INTEGER, one.not_null);
        t = type_wider(t, one);
    }
    if (joins && texts && numbers) t = type_plain(TYPE_TEXT, t.not_null);
    return t;
}

static SqlType of(const Resolver *r, const SqlNode *n)
{
    return n ? r->meaning->types[n->id] : (SqlType){0};
}

static bool all_not_null(const Resolver *r, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *c = n->child[i];
        if (!c) continue;
        if (c->kind == NODE_LIST ? !all_not_null(r, c) : !of(r, c).not_null) return false;
    }
    return true;
}

// ---- arithmetic

// Where integers divide to an integer.
static bool divides_whole(Dialect d)
{
    return d == DIALECT_SQLITE || d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_FLINK;
}

static LogicalType type_of_numbers(Dialect d, SqlOp op, LogicalType a, LogicalType b)
{
    bool real = a == TYPE_REAL || b == TYPE_REAL;
    if (op == OP_DIV) return real && d == DIALECT_DUCKDB ? TYPE_REAL : TYPE_INTEGER;
    if (op == OP_POWER) return TYPE_REAL;
    bool whole = a == TYPE_INTEGER && b == TYPE_INTEGER;
    if (op == OP_DIVIDE && !divides_whole(d)) whole = false;
    return whole ? TYPE_INTEGER : TYPE_REAL;
}

// What a moment less another of its kind is.
static LogicalType type_of_difference(Dialect d, LogicalType t)
{
    switch (d) {
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
        return t == TYPE_DATE ? TYPE_INTEGER : TYPE_INTERVAL;
    case DIALECT_SNOWFLAKE:
        return t == TYPE_DATE ? TYPE_INTEGER : TYPE_UNKNOWN;
    case DIALECT_BIGQUERY:
    case DIALECT_SPARK:
    case DIALECT_TRINO:
        return TYPE_INTERVAL;
    case DIALECT_MYSQL:
        return TYPE_INTEGER; // of the digits: 20250101 - 20241231
    case DIALECT_SQLITE:
    case DIALECT_FLINK:
        break;
    }
    return TYPE_UNKNOWN;
}

static bool takes_days(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_DUCKDB || d == DIALECT_SNOWFLAKE ||
           d == DIALECT_SPARK || d == DIALECT_BIGQUERY;
}

// Only whole days, months … in this interval.
static bool is_calendar(Arena *a, const SqlNode *n)
{
    static const char *const clocks[] = {"hour", "min", "sec"};
    for (uint32_t i = 0; n->kind == NODE_INTERVAL && i < sql_tail_count(n); i++) {
        const SqlNode *part = sql_tail(n, i), *amount = part->child[PART_AMOUNT];
        Str unit = part->child[PART_TO] ? part->child[PART_TO]->text
                   : part->text.len     ? part->text
                                        : amount->text;
        Str lower = str_lower(a, unit);
        for (size_t k = 0; k < sizeof clocks / sizeof *clocks; k++) {
            if (str_find(lower, str_from(clocks[k]), NULL)) return false;
        }
        if (!part->text.len && str_find(amount->text, S(":"), NULL)) return false;
    }
    return n->kind == NODE_INTERVAL;
}

static LogicalType type_of_shift(const Resolver *r, LogicalType moment, const SqlNode *interval)
{
    if (moment != TYPE_DATE) return moment;
    switch (r->dialect) {
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
    case DIALECT_BIGQUERY:
        return TYPE_TIMESTAMP;
    case DIALECT_SNOWFLAKE:
    case DIALECT_SPARK:
    case DIALECT_MYSQL:
        return is_calendar(r->arena, interval)   ? TYPE_DATE
               : interval->kind == NODE_INTERVAL ? TYPE_TIMESTAMP
                                                 : TYPE_UNKNOWN;
    case DIALECT_TRINO:
    case DIALECT_FLINK:
        return TYPE_DATE;
    case DIALECT_SQLITE:
        break;
    }
    return TYPE_UNKNOWN;
}

static LogicalType type_of_sum(const Resolver *r, const SqlNode *n, LogicalType a, LogicalType b)
{
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    bool shifts = is_moment(a) || a == TYPE_TIME;
    if (n->op == OP_SUBTRACT && is_moment(a) && a == b) return type_of_difference(r->dialect, a);
    if (n->op == OP_SUBTRACT && a == TYPE_TIME && b == a && r->dialect == DIALECT_POSTGRES)
        return TYPE_INTERVAL;
    if (n->op == OP_SUBTRACT && is_moment(a) && is_moment(b))
        return type_of_difference(r->dialect, TYPE_TIMESTAMP);
    if (shifts && b == TYPE_INTERVAL) return type_of_shift(r, a, right);
    if (n->op == OP_ADD && a == TYPE_INTERVAL && is_moment(b)) return type_of_shift(r, b, left);
    if (a == TYPE_INTERVAL && b == TYPE_INTERVAL) return TYPE_INTERVAL;
    bool days = a == TYPE_DATE && b == TYPE_INTEGER;
    if (n->op == OP_ADD && a == TYPE_INTEGER && b == TYPE_DATE) days = true;
    return days && takes_days(r->dialect) ? TYPE_DATE : TYPE_UNKNOWN;
}

// What lies between two moments: microseconds at run time (base/interval.h). BigQuery's hours are
// kept apart from its days.
static bool is_gap(const Resolver *r, uint8_t op, LogicalType a, LogicalType b)
{
    bool moments = is_moment(a) || a == TYPE_TIME;
    bool others = is_moment(b) || b == TYPE_TIME;
    return op == OP_SUBTRACT && moments && others && r->dialect != DIALECT_BIGQUERY;
}

// NULL where a divisor is 0.
static bool may_divide_to_null(const SqlNode *n)
{
    return n->op == OP_DIVIDE || n->op == OP_MODULO || n->op == OP_DIV;
}

// The type of the number that a text is read as.
static LogicalType number_in(const SqlNode *n, LogicalType t)
{
    int64_t v;
    if (t != TYPE_TEXT) return t;
    bool whole = n->kind == NODE_STRING && str_to_i64(str_trim(n->text), &v);
    return whole ? TYPE_INTEGER : TYPE_REAL;
}

// Postgres' EXTRACT gives a numeric: halves of it are not whole.
static bool is_numeric_part(const Resolver *r, const SqlNode *n)
{
    return r->dialect == DIALECT_POSTGRES && n->kind == NODE_CALL &&
           str_eq_nocase(n->text, S("EXTRACT"));
}

static SqlType infer_arithmetic(const Resolver *r, const SqlNode *n)
{
    SqlType a = of(r, n->child[LEFT_SIDE]), b = of(r, n->child[RIGHT_SIDE]);
    bool not_null = a.not_null && b.not_null && !may_divide_to_null(n);
    LogicalType t = TYPE_UNKNOWN;
    bool scaled = n->op == OP_MULTIPLY || n->op == OP_DIVIDE;
    bool reads = r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_SNOWFLAKE ||
                 r->dialect == DIALECT_SPARK;
    bool texts = reads && (a.type == TYPE_TEXT || b.type == TYPE_TEXT) &&
                 (is_number(a.type) || a.type == TYPE_TEXT) &&
                 (is_number(b.type) || b.type == TYPE_TEXT);
    bool whole = a.type == TYPE_INTEGER && b.type == TYPE_INTEGER;
    bool numeric = whole && wider_whole(a, b) == TYPE_REAL;
    if (n->op == OP_DIVIDE && (numeric || is_numeric_part(r, n->child[LEFT_SIDE]) ||
                               is_numeric_part(r, n->child[RIGHT_SIDE])))
        return type_plain(TYPE_REAL, not_null);
    bool spans = false; // of microseconds (SqlType.element)
    if (texts) {
        t = type_of_numbers(r->dialect, (SqlOp)n->op, number_in(n->child[LEFT_SIDE], a.type),
                            number_in(n->child[RIGHT_SIDE], b.type));
        not_null = false;
    } else if (is_number(a.type) && is_number(b.type)) {
        t = type_of_numbers(r->dialect, (SqlOp)n->op, a.type, b.type);
    } else if (scaled && a.type == TYPE_INTERVAL && is_number(b.type)) {
        t = TYPE_INTERVAL;
    } else if (n->op == OP_MULTIPLY && is_number(a.type) && b.type == TYPE_INTERVAL) {
        t = TYPE_INTERVAL;
    } else if (n->op == OP_ADD || n->op == OP_SUBTRACT) {
        t = type_of_sum(r, n, a.type, b.type);
        spans = is_gap(r, n->op, a.type, b.type);
    }
    if (t == TYPE_INTERVAL && sql_interval_kinds(r->dialect))
        spans = spans ||
                ((a.type != TYPE_INTERVAL || a.element) && (b.type != TYPE_INTERVAL || b.element));
    SqlType out = type_plain(t, not_null);
    bool days = spans && a.type == TYPE_DATE && b.type == TYPE_DATE && r->dialect == DIALECT_SPARK;
    if (t == TYPE_INTERVAL && spans) out.element = days ? TYPE_DATE : TYPE_INTEGER;
    if (t == TYPE_INTEGER && whole) out.element = wider_whole(a, b);
    return out;
}

// Postgres: jsonb || jsonb, jsonb - 'key'
static bool is_jsonb(const Resolver *r, SqlType a, SqlType b)
{
    return r->dialect == DIALECT_POSTGRES && (a.type == TYPE_STRUCT || b.type == TYPE_STRUCT);
}

static SqlType infer_binary(const Resolver *r, const SqlNode *n)
{
    SqlType a = of(r, n->child[LEFT_SIDE]), b = of(r, n->child[RIGHT_SIDE]);
    bool both = a.not_null && b.not_null;
    if (n->op == OP_SUBTRACT && is_jsonb(r, a, a)) return type_plain(TYPE_STRUCT, false);
    if (n->op >= OP_ADD && n->op <= OP_POWER) return infer_arithmetic(r, n);
    switch ((SqlOp)n->op) {
    case OP_CONCAT:
        if (a.type == TYPE_ARRAY || b.type == TYPE_ARRAY) {
            SqlType t = a.type == TYPE_ARRAY ? a : b;
            t.not_null = both;
            return t;
        }
        if (a.document == DOCUMENT_JSON || b.document == DOCUMENT_JSON)
            return type_plain(TYPE_TEXT, both); // json || text is of texts
        if (is_jsonb(r, a, b)) return type_plain(TYPE_STRUCT, false);
        return type_plain(TYPE_TEXT, both);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_XOR:
    case OP_MATCH:
    case OP_MATCH_ANY:
    case OP_NOT_MATCH:
    case OP_NOT_MATCH_ANY:
    case OP_OVERLAP:
    case OP_HOLDS:
    case OP_HELD:
    case OP_HAS:
    case OP_HAS_ANY:
    case OP_HAS_ALL:
    case OP_PERIODS:
        return type_plain(TYPE_BOOLEAN, both);
    case OP_SAME:
    case OP_DISTINCT:
        return type_plain(TYPE_BOOLEAN, true);
    case OP_BIT_AND:
    case OP_BIT_OR:
    case OP_BIT_XOR:
    case OP_SHIFT_LEFT:
    case OP_SHIFT_RIGHT:
        return type_plain(TYPE_INTEGER, both);
    case OP_JSON:
    case OP_JSON_TEXT:
        return document_at(r, n->op == OP_JSON ? TYPE_STRUCT : TYPE_TEXT, a);
    default:
        return (SqlType){0};
    }
}

// ---- the rest

static SqlType infer_case(const Resolver *r, const SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    const SqlNode **all = arena_array(r->arena, const SqlNode *, count + 1);
    for (uint32_t i = 0; i < count; i++) all[i] = sql_tail(n, i)->child[WHEN_RESULT];
    all[count] = n->child[CASE_ELSE];
    SqlType t = type_of_choice(r, all, count + 1);
    t.not_null = t.not_null && n->child[CASE_ELSE]; // without ELSE: NULL
    return t;
}

static SqlType infer_number(const SqlNode *n)
{
    bool hex = str_starts(n->text, S("0x")) || str_starts(n->text, S("0X"));
    bool real = str_find(n->text, S("."), NULL) || str_find(n->text, S("e"), NULL) ||
                str_find(n->text, S("E"), NULL);
    return type_plain(real && !hex ? TYPE_REAL : TYPE_INTEGER, true);
}

static SqlType infer_subquery(const Resolver *r, const SqlNode *n)
{
    SqlColumns c = r->meaning->outputs[n->child[ONLY]->id];
    return c.len ? type_of_column(&c.at[0], true) : (SqlType){0}; // no row is NULL
}

static SqlType infer_array(const Resolver *r, const SqlNode *n)
{
    SqlType t = {.untyped = true};
    for (uint32_t i = 0; i < sql_tail_count(n); i++) t = type_wider(t, of(r, sql_tail(n, i)));
    return (SqlType){.type = TYPE_ARRAY, .not_null = true, .element = t.type, .fields = t.fields};
}

// STRUCT(*): a field for each column.
static SqlType type_of_star(const Resolver *r, const SqlNode *star)
{
    const SqlStar *all = r->meaning->stars[star->id];
    SqlColumns *fields = arena_new(r->arena, SqlColumns);
    SqlColumn *at = arena_array(r->arena, SqlColumn, all ? all->len : 0);
    for (size_t i = 0; all && i < all->len; i++) at[i] = all->at[i].column;
    *fields = (SqlColumns){at, all ? all->len : 0, !all || all->open};
    return (SqlType){.type = TYPE_STRUCT, .not_null = true, .fields = fields};
}

static SqlType infer_struct(const Resolver *r, const SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count == 1 && sql_tail(n, 0)->kind == NODE_STAR) return type_of_star(r, sql_tail(n, 0));
    SqlColumn *all = arena_array(r->arena, SqlColumn, count);
    for (uint32_t i = 0; i < count; i++) {
        const SqlNode *f = sql_tail(n, i);
        bool field = f->kind == NODE_FIELD;
        Str name = field ? f->text : f->kind == NODE_COLUMN ? sql_last(f)->text : (Str){0};
        all[i] = column_typed(name, of(r, field ? f->child[ONLY] : f));
    }
    SqlColumns *fields = arena_new(r->arena, SqlColumns);
    *fields = (SqlColumns){all, count, n->child[ONLY] != NULL};
    return (SqlType){.type = TYPE_STRUCT, .not_null = true, .fields = fields};
}

// Its values have no names.
static SqlType infer_row(const Resolver *r, const SqlNode *n)
{
    SqlColumn *all = arena_array(r->arena, SqlColumn, n->count);
    for (uint32_t i = 0; i < n->count; i++) all[i] = column_typed((Str){0}, of(r, n->child[i]));
    SqlColumns *fields = arena_new(r->arena, SqlColumns);
    *fields = (SqlColumns){all, n->count, true};
    return (SqlType){.type = TYPE_STRUCT, .not_null = true, .fields = fields};
}

static SqlType infer_subscript(const Resolver *r, const SqlNode *n)
{
    SqlType base = of(r, n->child[SUBSCRIPT_BASE]);
    bool slice = n->child[SUBSCRIPT_TO] || n->flags & FLAG_BARE;
    if (slice) return base;
    if (base.document == DOCUMENT_JSONB) return document_at(r, TYPE_STRUCT, base);
    if (base.type != TYPE_ARRAY) return (SqlType){0};
    return (SqlType){.type = base.element, .fields = base.fields};
}

static SqlType infer_member(const Resolver *r, const SqlNode *n)
{
    SqlType base = of(r, n->child[ONLY]);
    SqlNode name = *n; // its text is a name
    name.flags = 0;
    const SqlColumn *c = base.type == TYPE_STRUCT && base.fields
                             ? name_column(r->dialect, base.fields, &name, NULL)
                             : NULL;
    return c ? type_of_column(c, !base.not_null) : (SqlType){0};
}

// ROW(a INTEGER, b VARCHAR), perhaps of an array: NULL where a field has no name.
static const SqlColumns *fields_of_type(const Resolver *r, const SqlNode *type)
{
    bool array = str_eq(type->text, S("ARRAY")) && sql_tail_count(type) == 1;
    const SqlNode *row = array ? sql_tail(type, 0) : type;
    uint32_t count = row->kind == NODE_TYPE ? sql_tail_count(row) : 0;
    if (!count || !str_eq(row->text, S("ROW"))) return NULL;
    SqlColumn *at = arena_array(r->arena, SqlColumn, count);
    for (uint32_t i = 0; i < count; i++) {
        const SqlNode *field = sql_tail(row, i);
        if (field->kind != NODE_FIELD || !field->text.len) return NULL;
        at[i] = column_typed(field->text, type_of_node(field->child[ONLY]));
    }
    SqlColumns *fields = arena_new(r->arena, SqlColumns);
    *fields = (SqlColumns){at, count, false};
    return fields;
}

static SqlType infer_cast(const Resolver *r, const SqlNode *n)
{
    SqlType t = type_of_node(n->child[CAST_TYPE]), value = of(r, n->child[CAST_VALUE]);
    if (r->dialect == DIALECT_TRINO && t.type == TYPE_ARRAY)
        t.fields = fields_of_type(r, n->child[CAST_TYPE]);
    bool big = r->dialect == DIALECT_POSTGRES && (str_eq(n->child[CAST_TYPE]->text, S("BIGINT")) ||
                                                  str_eq(n->child[CAST_TYPE]->text, S("INT8")));
    if (big) t.element = TYPE_INTEGER;
    t.not_null = value.not_null && value.type == t.type; // others may fail to NULL
    return t;
}

// In the dialects with two kinds those of days to seconds are microseconds (SqlType.element).
static SqlType infer_interval(const Resolver *r, const SqlNode *n)
{
    SqlType t = type_plain(TYPE_INTERVAL, all_not_null(r, n));
    if (!sql_interval_kinds(r->dialect)) return t;
    t.element = TYPE_INTEGER;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *part = sql_tail(n, i), *amount = part->child[PART_AMOUNT];
        Str unit = part->child[PART_TO] ? part->child[PART_TO]->text
                   : part->text.len     ? part->text
                                        : amount->text;
        Str lower = str_lower(r->arena, unit);
        bool months = str_find(lower, S("mon"), NULL) || str_find(lower, S("year"), NULL) ||
                      str_find(lower, S("quarter"), NULL);
        if (months) t.element = TYPE_UNKNOWN;
    }
    return t;
}

SqlType infer_type(const Resolver *r, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_NULL:
        return (SqlType){.untyped = true};
    case NODE_NUMBER:
        return infer_number(n);
    case NODE_STRING:
        return type_plain(TYPE_TEXT, true);
    case NODE_BOOLEAN:
    case NODE_IS:
    case NODE_EXISTS:
        return type_plain(TYPE_BOOLEAN, true);
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_LIKE:
        return type_plain(TYPE_BOOLEAN, all_not_null(r, n));
    case NODE_IN:
        return type_plain(TYPE_BOOLEAN,
                          n->child[OPERAND_SECOND]->kind == NODE_LIST && all_not_null(r, n));
    case NODE_QUANTIFIED:
        return type_plain(TYPE_BOOLEAN, false);
    case NODE_TYPED:
        return type_plain(type_of_name(n->text), true);
    case NODE_INTERVAL:
        return infer_interval(r, n);
    case NODE_PART:
        return type_plain(TYPE_INTERVAL, of(r, n->child[PART_AMOUNT]).not_null);
    case NODE_CAST:
        return infer_cast(r, n);
    case NODE_UNARY:
        if (n->op == OP_NOT) return type_plain(TYPE_BOOLEAN, of(r, n->child[ONLY]).not_null);
        if (of(r, n->child[ONLY]).type == TYPE_TEXT)
            return type_plain(TYPE_REAL, of(r, n->child[ONLY]).not_null);
        return of(r, n->child[ONLY]);
    case NODE_BINARY:
        return infer_binary(r, n);
    case NODE_CASE:
        return infer_case(r, n);
    case NODE_CALL:
        return infer_call(r, n);
    case NODE_SUBQUERY:
        return infer_subquery(r, n);
    case NODE_ARRAY:
        return infer_array(r, n);
    case NODE_STRUCT:
        return infer_struct(r, n);
    case NODE_ROW: // Trino's UNNEST makes a column of each value
        return r->dialect == DIALECT_TRINO ? infer_row(r, n) : type_plain(TYPE_STRUCT, true);
    case NODE_MAP:
        return type_plain(TYPE_STRUCT, true);
    case NODE_SUBSCRIPT:
        return infer_subscript(r, n);
    case NODE_MEMBER:
        return infer_member(r, n);
    case NODE_AT_ZONE:
        return type_plain(TYPE_TIMESTAMP, of(r, n->child[LEFT_SIDE]).not_null);
    case NODE_COLLATE:
    case NODE_ARG:
    case NODE_FIELD:
        return of(r, n->child[ONLY]);
    default:
        return (SqlType){0};
    }
}
