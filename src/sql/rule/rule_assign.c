// rule_assign: values that an engine does not write into a column of another type.
//
// Only what is sure: columns and types that are known, and of texts that are written out those that
// nothing reads as a number or a moment.
#include "base/calendar.h"
#include "sql/rule.h"

enum { STRICT = PG | BIG | TRINO | SPARK };

static const struct {
    TypeClass from, to;
    unsigned in;
} strangers[] = {
    {IS_TEXT, IS_NUMBER, STRICT},
    {IS_TEXT, IS_MOMENT, STRICT},
    {IS_TEXT, IS_BOOLEAN, STRICT},
    {IS_NUMBER, IS_TEXT, BIG | TRINO},
    {IS_NUMBER, IS_MOMENT, STRICT | DUCK | SNOW},
    {IS_NUMBER, IS_BOOLEAN, STRICT},
    {IS_MOMENT, IS_TEXT, BIG | TRINO},
    {IS_MOMENT, IS_NUMBER, STRICT | DUCK | SNOW},
    {IS_MOMENT, IS_BOOLEAN, STRICT | DUCK | SNOW},
    {IS_BOOLEAN, IS_TEXT, BIG | TRINO},
    {IS_BOOLEAN, IS_NUMBER, STRICT},
    {IS_BOOLEAN, IS_MOMENT, STRICT | DUCK | SNOW},
};

// A text that is written out takes the column's type where it can be read as that.
static bool literal_fails(Dialect d, Str text, TypeClass to)
{
    double x;
    Moment m;
    if (to == IS_NUMBER && !str_to_f64(str_trim(text), &x))
        return (PG | DUCK | MY | SNOW | BIG | TRINO | SPARK) >> d & 1;
    if (to == IS_NUMBER) return (BIG | TRINO | SPARK) >> d & 1;
    if (to == IS_MOMENT && !moment_read(str_trim(text), &m))
        return text.len && (text.ptr[0] >= '0' && text.ptr[0] <= '9')
                   ? (PG | DUCK | MY | SNOW | BIG) >> d & 1
                   : (DUCK | MY | BIG) >> d & 1; // 'today' is a day in Postgres
    return false;
}

static bool are_strangers(RuleRun *r, const SqlNode *value, LogicalType to)
{
    TypeClass x = rule_class(r, value), y = rule_class_of(to);
    if (rule_is_literal(value)) return literal_fails(r->dialect, value->text, y);
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (strangers[i].from == x && strangers[i].to == y)
            return strangers[i].in >> r->dialect & 1;
    }
    bool exact = (BIG | TRINO) >> r->dialect & 1;
    LogicalType from = rule_type(r, value);
    bool plain = value->kind == NODE_COLUMN || value->kind == NODE_NUMBER;
    return exact && ((from == TYPE_TIMESTAMP && to == TYPE_DATE) ||
                     (plain && from == TYPE_REAL && to == TYPE_INTEGER));
}

static void assign(RuleRun *r, const SqlNode *value, const SqlColumn *to)
{
    if (!value || !to || r->meaning->types[value->id].untyped || !are_strangers(r, value, to->type))
        return;
    const char *is = rule_type_word(r->dialect, to->type);
    if (rule_is_literal(value)) {
        rule_refuse(r, value, HOME_NONE, (Str){0},
                    "'" STR_FMT "' is no %s: the column " STR_FMT " takes nothing else.",
                    STR_ARG(value->text), is, STR_ARG(to->name));
        return;
    }
    const char *of = rule_type_word(r->dialect, rule_type(r, value));
    Str says = str_fmt(r->arena, "\"" STR_FMT "\" is of type %s but expression is of type %s",
                       STR_ARG(to->name), is, of);
    rule_refuse(r, value, HOME_ASSIGN, says,
                "%s does not write %s into the column " STR_FMT ", which is %s: cast it.",
                home_title(r->dialect), of, STR_ARG(to->name), is);
}

static const SqlColumn *column_named(SqlColumns of, Str name)
{
    for (size_t i = 0; !of.open && i < of.len; i++) {
        if (str_eq_nocase(of.at[i].name, name)) return &of.at[i];
    }
    return NULL;
}

static const SqlColumn *column_at(SqlColumns of, const SqlNode *names, uint32_t i)
{
    if (names) return i < sql_tail_count(names) ? column_named(of, sql_tail(names, i)->text) : NULL;
    return !of.open && i < of.len ? &of.at[i] : NULL;
}

static void assign_set(RuleRun *r, SqlColumns of, const SqlNode *set)
{
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        const SqlNode *one = sql_tail(set, i), *to = one->child[ASSIGN_TARGET];
        if (to->kind == NODE_COLUMN)
            assign(r, one->child[ASSIGN_VALUE], column_named(of, sql_last(to)->text));
    }
}

static void assign_values(RuleRun *r, SqlColumns of, const SqlNode *names, const SqlNode *values)
{
    for (uint32_t i = 0; i < sql_tail_count(values); i++) {
        const SqlNode *value = sql_tail(values, i);
        if (value->kind == NODE_ITEM) value = value->child[ITEM_VALUE];
        if (value->kind == NODE_STAR) return;
        if (value->kind != NODE_DEFAULT) assign(r, value, column_at(of, names, i));
    }
}

static void assign_query(RuleRun *r, SqlColumns of, const SqlNode *n)
{
    const SqlNode *query = n->child[INSERT_QUERY], *names = n->child[INSERT_COLUMNS];
    const SqlNode *body = query ? query->child[QUERY_BODY] : NULL;
    bool plain = body && !n->child[INSERT_PARTITION] && !(n->flags & FLAG_BY_NAME);
    if (plain && body->kind == NODE_SELECT) assign_values(r, of, names, body->child[SELECT_ITEMS]);
    for (uint32_t i = 0; plain && body->kind == NODE_VALUES && i < body->count; i++)
        assign_values(r, of, names, body->child[i]);
}

static void check_assign(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *table = n->child[n->kind == NODE_UPDATE  ? UPDATE_TABLE
                                    : n->kind == NODE_MERGE ? MERGE_TABLE
                                                            : INSERT_TABLE];
    if (!table || table->kind != NODE_TABLE) return;
    SqlColumns of = r->meaning->sources[table->id];
    if (n->kind == NODE_INSERT) assign_query(r, of, n);
    if (n->kind == NODE_UPDATE) assign_set(r, of, n->child[UPDATE_SET]);
    for (uint32_t i = 0; n->kind == NODE_MERGE && i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i);
        assign_set(r, of, when->child[MERGE_SET]);
        assign_values(r, of, when->child[MERGE_COLUMNS], when->child[MERGE_VALUES]);
    }
}

const SqlRule rule_assign = {"a value that does not fit the column it is written into",
                             STRICT | DUCK | SNOW | MY,
                             {NODE_INSERT, NODE_UPDATE, NODE_MERGE},
                             check_assign};
