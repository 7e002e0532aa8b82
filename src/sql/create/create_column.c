// create_column: a column of a table, and what is said of it.
#include "sql/create.h"
#include "sql/home.h"

static SqlNode *constraint(Translator *t, const SqlNode *place, SqlOp op, SqlNode *value)
{
    SqlNode *n = make_node(t, NODE_CONSTRAINT, place, 0);
    n->op = (uint8_t)op;
    n->child[CONSTRAINT_VALUE] = value;
    return n;
}

static bool keeps_comments(Dialect d)
{
    return d == DIALECT_SNOWFLAKE || d == DIALECT_SPARK || d == DIALECT_TRINO ||
           d == DIALECT_MYSQL || d == DIALECT_FLINK;
}

static SqlNode *comment(Definition *d, const SqlNode *place, const SqlNode *column, Str text)
{
    Translator *t = d->t;
    SqlNode *value = make_string(t, place, text);
    if (keeps_comments(t->to)) return constraint(t, place, OP_COMMENT, value);
    if (t->to == DIALECT_BIGQUERY) {
        SqlNode *n = constraint(t, place, OP_OPTIONS, NULL);
        SqlNode *one = make_property(t, place, "description", value);
        n->child[CONSTRAINT_OPTIONS] = make_list(t, place, (const SqlNode *const[]){one}, 1);
        return n;
    }
    left_out(t, place, "COMMENT ON COLUMN " STR_FMT "." STR_FMT " IS " STR_FMT ";",
             STR_ARG(name_spelled(t, sql_last(d->n->child[CREATE_NAME])->text)),
             STR_ARG(name_spelled(t, column->child[DEF_NAME]->text)),
             STR_ARG(str_quoted(t->arena, text, '\'')));
    return NULL;
}

// BigQuery's OPTIONS of a column: the description is its comment.
static SqlNode *options(Definition *d, SqlNode *n, const SqlNode *column)
{
    SqlNode *made = NULL;
    const SqlNode *list = n->child[CONSTRAINT_OPTIONS];
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *one = sql_tail(list, i), *value = one->child[ONLY];
        bool text =
            str_eq_nocase(one->text, S("description")) && value && value->kind == NODE_STRING;
        if (text) {
            made = comment(d, n, column, value->text);
        } else {
            left_out(d->t, one, "%s has no such option of a column: " STR_FMT " is left out.",
                     home_title(d->t->to), STR_ARG(source_line(d->t, one)));
        }
    }
    return made;
}

// DEFAULT 1 of a TINYINT(1), DEFAULT '0.00' of a number: MySQL's habits.
static void spell_default(const Definition *d, SqlNode *n, const SqlNode *column, TypeKind kind)
{
    Translator *t = d->t;
    SqlNode *value = n->child[CONSTRAINT_VALUE];
    double v;
    bool number = value->kind == NODE_NUMBER ||
                  (value->kind == NODE_STRING && str_to_f64(str_trim(value->text), &v));
    if (kind == KIND_BOOLEAN && number && t->to != DIALECT_MYSQL) {
        SqlNode *truth = make_node(t, NODE_BOOLEAN, value, 0);
        truth->text = str_eq(str_trim(value->text), S("0")) ? S("FALSE") : S("TRUE");
        n->child[CONSTRAINT_VALUE] = truth;
    } else if (kind >= KIND_INT8 && kind <= KIND_DECIMAL && number) {
        if (value->kind == NODE_STRING) value->text = str_trim(value->text);
        value->kind = NODE_NUMBER;
    }
    const SqlNode *type = column->child[DEF_TYPE];
    bool large = type && t->to == DIALECT_MYSQL &&
                 (str_eq(type->text, S("TEXT")) || str_eq(type->text, S("JSON")) ||
                  str_eq(type->text, S("LONGBLOB")));
    if (large && value->kind != NODE_NULL) value->parens = 1; // there only as an expression
}

static bool has_defaults(Dialect d)
{
    return d != DIALECT_TRINO && d != DIALECT_FLINK;
}

static bool is_processing_time(const SqlNode *value)
{
    return value->kind == NODE_CALL && str_eq_nocase(value->text, S("PROCTIME"));
}

static SqlNode *refuse_generated(Definition *d, SqlNode *n)
{
    if (is_processing_time(n->child[CONSTRAINT_VALUE])) {
        return translate_unsupported(d->t, n,
                                     "The processing time is Flink's: %s has the time at which a "
                                     "row is written, as a DEFAULT.",
                                     home_title(d->t->to));
    }
    return translate_unsupported(d->t, n,
                                 "%s has no generated columns: compute it in a view, or where the "
                                 "rows are loaded.",
                                 home_title(d->t->to));
}

// Flink and DuckDB leave the type to the value. A number may be a decimal or a double: not known.
static SqlNode *type_of_value(Translator *t, const SqlNode *value)
{
    static const char *const names[TYPE_COUNT_] = {[TYPE_BOOLEAN] = "BOOLEAN",
                                                   [TYPE_INTEGER] = "BIGINT",
                                                   [TYPE_TEXT] = "STRING",
                                                   [TYPE_DATE] = "DATE",
                                                   [TYPE_TIMESTAMP] = "TIMESTAMP"};
    const char *name = names[node_type(value)];
    if (!name) return NULL;
    SqlNode *type = make_node(t, NODE_TYPE, value, 0);
    type->text = str_from(name);
    return type_there(t, type);
}

// The day of a point in time is another one in another zone.
// What makes a text of a time depends on the language of the session, too.
static const SqlNode *zoned(const Definition *d, const SqlNode *n)
{
    static const char *const texts[] = {"TO_CHAR",   "DATE_FORMAT",      "FORMAT_DATE",
                                        "STRFTIME",  "FORMAT_TIMESTAMP", "FORMAT_DATETIME",
                                        "TO_VARCHAR"};
    if (!n) return NULL;
    for (size_t i = 0; n->kind == NODE_CALL && i < sizeof texts / sizeof *texts; i++) {
        if (str_eq_nocase(n->text, str_from(texts[i]))) return n;
    }
    bool column = n->kind == NODE_COLUMN && sql_tail_count(n) == 1;
    if (column && definition_kind(d, sql_last(n)->text) == KIND_INSTANT) return n;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = zoned(d, n->child[i]);
        if (found) return found;
    }
    return NULL;
}

// The words of a generated column, and whether its type is said, are the dialect's.
static SqlNode *generated(Definition *d, SqlNode *n, SqlNode *column)
{
    Translator *t = d->t;
    bool none = t->to == DIALECT_BIGQUERY || t->to == DIALECT_TRINO;
    if (none || is_processing_time(n->child[CONSTRAINT_VALUE])) return refuse_generated(d, n);
    bool stored = t->to == DIALECT_POSTGRES;
    const SqlNode *instant = stored ? zoned(d, n->child[CONSTRAINT_VALUE]) : NULL;
    if (instant) {
        return translate_unsupported(t, instant,
                                     "postgres generates no column from what the session's zone or "
                                     "language decides: " STR_FMT ". Compute it where rows are "
                                     "loaded.",
                                     STR_ARG(source_line(t, instant)));
    }
    for (uint32_t i = 0; i < sql_tail_count(n); i++)
        stored = stored || (t->to == DIALECT_MYSQL && str_eq(sql_tail(n, i)->text, S("STORED")));
    node_set_tail(t, n, NULL, 0);
    if (stored) {
        SqlNode *word = make_node(t, NODE_WORDS, n, 0);
        word->text = S("STORED");
        node_add_tail(t, n, word);
    }
    bool bare = t->to == DIALECT_FLINK || t->to == DIALECT_SNOWFLAKE;
    n->flags = bare ? FLAG_BARE : 0;
    if (t->to == DIALECT_FLINK) {
        column->child[DEF_TYPE] = NULL; // the expression's own
    } else if (!column->child[DEF_TYPE] && t->to != DIALECT_DUCKDB &&
               !(column->child[DEF_TYPE] = type_of_value(t, n->child[CONSTRAINT_VALUE]))) {
        return translate_unsupported(t, column,
                                     "%s wants the type of a generated column: write it, or a CAST "
                                     "around the value.",
                                     home_title(t->to));
    }
    return n;
}

static SqlNode *lost(Definition *d, const SqlNode *n, const SqlNode *column, const char *what)
{
    left_out(d->t, n, "%s has no %s: " STR_FMT " " STR_FMT " is left out.", home_title(d->t->to),
             what, STR_ARG(column->child[DEF_NAME]->text), STR_ARG(source_line(d->t, n)));
    return NULL;
}

static SqlNode *said_there(Definition *d, SqlNode *n, SqlNode *column, TypeKind kind)
{
    if (is_key(n)) return key_there(d, n, column);
    switch ((SqlOp)n->op) {
    case OP_NOT_NULL:
        n->text = (Str){0};
        node_set_tail(d->t, n, NULL, 0);
        return n;
    case OP_DEFAULT:
        spell_default(d, n, column, kind);
        return has_defaults(d->t->to) ? n : lost(d, n, column, "defaults");
    case OP_COMMENT:
        return comment(d, n, column, n->child[CONSTRAINT_VALUE]->text);
    case OP_OPTIONS:
        return options(d, n, column);
    case OP_IDENTITY:
        return identity_there(d, n, column);
    case OP_GENERATED:
        return generated(d, n, column);
    case OP_ON_UPDATE:
        return lost(d, n, column, "ON UPDATE");
    case OP_COLLATE:
        return lost(d, n, column, "collation of that name");
    case OP_METADATA:
        return lost(d, n, column, "metadata of a stream");
    case OP_WORDS:
        return lost(d, n, column, "such word");
    default:
        return NULL; // NULL, a character set
    }
}

static bool is_serial(const SqlNode *type)
{
    return type && str_find(type->text, S("SERIAL"), NULL);
}

static bool says(const SqlNode *column, SqlOp op)
{
    for (uint32_t i = 0; i < sql_tail_count(column); i++) {
        if (sql_tail(column, i)->op == op) return true;
    }
    return false;
}

// SERIAL is an integer that numbers the rows, and is never NULL.
static void spell_serial(Definition *d, SqlNode *column)
{
    Translator *t = d->t;
    SqlNode *number = constraint(t, column, OP_IDENTITY, NULL);
    number->text = S("GENERATED BY DEFAULT AS IDENTITY");
    if (!says(column, OP_NOT_NULL) && !says(column, OP_PRIMARY_KEY))
        node_add_tail(t, column, constraint(t, column, OP_NOT_NULL, NULL));
    node_add_tail(t, column, number);
}

static SqlNode *itself(Translator *t, const SqlNode *column, LogicalType type)
{
    SqlNode *n = make_node(t, NODE_COLUMN, column, 0);
    node_add_tail(t, n, node_clone(t, column->child[DEF_NAME]));
    n->type = (uint8_t)type;
    return n;
}

// ENUM('a', 'b') where there is none: the values stand in a CHECK, where there is one.
static void spell_enum(Definition *d, SqlNode *column, const SqlNode *type)
{
    Translator *t = d->t;
    bool checks = t->to == DIALECT_POSTGRES || t->to == DIALECT_SQLITE;
    if (t->to == DIALECT_MYSQL || t->to == DIALECT_DUCKDB) return;
    if (!checks) {
        left_out(t, type, "%s has no enumerations: " STR_FMT " takes any text.", home_title(t->to),
                 STR_ARG(column->child[DEF_NAME]->text));
        return;
    }
    SqlNode *in = make_node(t, NODE_IN, type, 0);
    in->child[OPERAND] = itself(t, column, TYPE_TEXT);
    in->child[OPERAND_SECOND] = make_node(t, NODE_LIST, type, 0);
    for (uint32_t i = 0; i < sql_tail_count(type); i++)
        node_add_tail(t, in->child[OPERAND_SECOND], node_clone(t, sql_tail(type, i)));
    in->type = TYPE_BOOLEAN;
    node_add_tail(t, column, constraint(t, column, OP_CHECK, in));
}

// A number below 0 is refused where a type did so.
static void spell_unsigned(Definition *d, SqlNode *column)
{
    Translator *t = d->t;
    SqlNode *x = itself(t, column, TYPE_INTEGER);
    SqlNode *least = make_binary(t, OP_GE, x, make_number(t, column, 0));
    node_add_tail(t, column, constraint(t, column, OP_CHECK, least));
}

void column_there(Definition *d, SqlNode *column, TypeKind kind)
{
    Translator *t = d->t;
    SqlNode *type = column->child[DEF_TYPE];
    if (is_serial(type)) spell_serial(d, column);
    if (kind == KIND_ENUM) spell_enum(d, column, type);
    bool holds = t->to == DIALECT_POSTGRES || t->to == DIALECT_SQLITE;
    if (kind >= KIND_UINT8 && kind <= KIND_UINT64 && holds) spell_unsigned(d, column);
    if (t->to == DIALECT_SQLITE) return; // lower_create.c sees to the rest
    if (type) column->child[DEF_TYPE] = type_there(t, type);
    Pieces kept = {0};
    for (uint32_t i = 0; i < sql_tail_count(column) && !t->failed; i++) {
        SqlNode *one = said_there(d, sql_tail(column, i), column, kind);
        if (one) *vec_push(t->arena, &kept) = one;
    }
    node_set_tail(t, column, kept.at, (uint32_t)kept.len);
}
