// rules: the table of what home engines refuse, and the one walk over the tree that asks it.
#include "sql/rule.h"
#include <stdarg.h>
#include <stdio.h>

static const SqlRule *const rules[] = {
    &rule_aggregate_nested,
    &rule_aggregate_order,
    &rule_aggregate_place,
    &rule_ampersands,
    &rule_argument_type,
    &rule_arithmetic,
    &rule_assign,
    &rule_boolean,
    &rule_case,
    &rule_cast,
    &rule_cast_between,
    &rule_compare,
    &rule_create_generated,
    &rule_create_names,
    &rule_create_primary,
    &rule_create_value,
    &rule_cte_names,
    &rule_derived_alias,
    &rule_derived_names,
    &rule_distinct_map,
    &rule_distinct_on,
    &rule_distinct_order,
    &rule_distinct_star,
    &rule_extract_clock,
    &rule_document_arrow,
    &rule_document_cast,
    &rule_document_compare,
    &rule_document_group,
    &rule_document_sum,
    &rule_extreme_truth,
    &rule_group,
    &rule_in_empty,
    &rule_in_limit,
    &rule_in_width,
    &rule_like,
    &rule_limit,
    &rule_listagg_order,
    &rule_many_arguments,
    &rule_merge_when,
    &rule_minus_text,
    &rule_mixed,
    &rule_moments,
    &rule_ntile,
    &rule_offset_negative,
    &rule_order_ambiguous,
    &rule_order_setop,
    &rule_over,
    &rule_position,
    &rule_qualify,
    &rule_rank_frame,
    &rule_recursive,
    &rule_round_double,
    &rule_row_place,
    &rule_rows_group,
    &rule_rows_names,
    &rule_scalar_width,
    &rule_setop_types,
    &rule_star_argument,
    &rule_sum_type,
    &rule_table_twice,
    &rule_target,
    &rule_timestamp_add,
    &rule_timestamp_compare,
    &rule_window_distinct,
    &rule_window_distinct_order,
    &rule_window_frame,
    &rule_window_name,
    &rule_window_nested,
    &rule_window_order,
    &rule_window_place,
    &rule_window_place_number,
    &rule_window_range,
    &rule_within_missing,
    &rule_within_over,
    &rule_write_where,
};
enum { RULES = sizeof rules / sizeof *rules };

size_t sql_rule_count(void)
{
    return RULES;
}
const char *sql_rule_name(size_t i)
{
    return rules[i]->name;
}
bool sql_rule_in(size_t i, Dialect d)
{
    return rules[i]->in >> d & 1;
}

static void note(RuleRun *r, const SqlNode *n, HomeName h, Str subject, const char *text)
{
    Error said = {0};
    home_refuse(r->script, n, h, subject, &said, "%s", text);
    *vec_push(r->arena, r->noted) =
        (SqlNote){n->at, n->line, n->column, str_copy(r->arena, str_from(said.text))};
}

void rule_refuse(RuleRun *r, const SqlNode *n, HomeName h, Str subject, const char *fmt, ...)
{
    bool noted = r->noted && r->rule->in & RULE_SPELLING;
    if (!noted && r->failed && r->at <= n->at) return;
    char text[sizeof r->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (noted) {
        note(r, n, h, subject, text);
        return;
    }
    home_refuse(r->script, n, h, subject, r->err, "%s", text);
    r->failed = true;
    r->at = n->at;
}

bool rule_step(RuleRun *r)
{
    if (!r->fuel) return false;
    r->fuel--;
    return true;
}

// ---- what a node is

CallClass rule_call(RuleRun *r, const SqlNode *call)
{
    if (call->child[CALL_OVER]) return CALL_WINDOW;
    FnFound f = fn_find(r->dialect, call);
    if (!f.fn || f.foreign || f.ambiguous) return CALL_UNKNOWN;
    switch (f.fn->class) {
    case FN_AGGREGATE:
        return CALL_AGGREGATE;
    case FN_WINDOW:
        return call->child[CALL_WITHIN] ? CALL_AGGREGATE : CALL_WINDOW;
    case FN_SCALAR:
    case FN_TABLE:
        break;
    }
    return CALL_SCALAR;
}

const SqlNode *rule_value(const RuleRun *r, const SqlNode *n)
{
    while (n->kind == NODE_COLUMN) {
        const SqlNode *item = r->meaning->bindings[n->id].item;
        if (!item) break;
        n = item->child[ITEM_VALUE];
    }
    return n;
}

static bool same_column(const RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    const SqlBinding *x = &r->meaning->bindings[a->id], *y = &r->meaning->bindings[b->id];
    bool named = str_eq_nocase(sql_last(a)->text, sql_last(b)->text);
    if (!x->source || !y->source) return named;
    // A merged column has a name of its own and those of both its tables.
    if (x->source->kind == NODE_JOIN || y->source->kind == NODE_JOIN) return named;
    if (x->source != y->source) return false;
    return x->column == SQL_COLUMN_OPEN || y->column == SQL_COLUMN_OPEN ? named
                                                                        : x->column == y->column;
}

bool rule_same(RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    if (!a || !b) return a == b;
    if (!rule_step(r)) return true;
    a = rule_value(r, a);
    b = rule_value(r, b);
    if (a->kind != b->kind) return false;
    if (a->kind == NODE_COLUMN) return same_column(r, a, b);
    bool cast = a->kind == NODE_CAST; // however it is spelled
    if ((a->op != b->op && !cast) || a->count != b->count) return false;
    bool nocase = a->kind != NODE_STRING;
    if (!(nocase ? str_eq_nocase(a->text, b->text) : str_eq(a->text, b->text))) return false;
    uint32_t ignored = FLAG_QUOTED | FLAG_WORDS | FLAG_BARE | FLAG_ASC | FLAG_ALL;
    if ((a->flags & ~ignored) != (b->flags & ~ignored)) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!rule_same(r, a->child[i], b->child[i])) return false;
    }
    return true;
}

const SqlNode *rule_find_call(RuleRun *r, const SqlNode *n, CallClass c, bool aliases)
{
    if (!n || n->kind == NODE_QUERY || !rule_step(r)) return NULL;
    if (n->kind == NODE_CALL && rule_call(r, n) == c) return n;
    if (n->kind == NODE_COLUMN) {
        const SqlNode *value = rule_value(r, n);
        return aliases && value != n ? rule_find_call(r, value, c, true) : NULL;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = rule_find_call(r, n->child[i], c, aliases);
        if (found) return found;
    }
    return NULL;
}

bool rule_is_position(const SqlNode *n, uint32_t *out)
{
    int64_t at;
    if (n->kind != NODE_NUMBER || !str_to_i64(n->text, &at)) return false;
    *out = at < 0 || at > UINT32_MAX ? 0 : (uint32_t)at;
    return true;
}

const SqlNode *rule_item_at(const SqlNode *items, const SqlNode *number)
{
    uint32_t at;
    if (!rule_is_position(number, &at) || at == 0 || at > sql_tail_count(items)) return NULL;
    for (uint32_t i = 0; i < at; i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return NULL;
    }
    return sql_tail(items, at - 1);
}

TypeClass rule_class_of(LogicalType t)
{
    switch (t) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        return IS_NUMBER;
    case TYPE_TEXT:
        return IS_TEXT;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        return IS_MOMENT;
    case TYPE_BOOLEAN:
        return IS_BOOLEAN;
    case TYPE_INTERVAL:
        return IS_INTERVAL;
    case TYPE_TIME:
        return IS_TIME;
    case TYPE_ARRAY:
        return IS_ARRAY;
    case TYPE_UNKNOWN:
    case TYPE_STRUCT:
        break;
    }
    return IS_UNKNOWN;
}

LogicalType rule_type(const RuleRun *r, const SqlNode *n)
{
    return r->meaning->types[n->id].type;
}

TypeClass rule_class(const RuleRun *r, const SqlNode *n)
{
    return rule_class_of(rule_type(r, n));
}

bool rule_is_literal(const SqlNode *n)
{
    return n->kind == NODE_STRING;
}

const char *rule_type_word(Dialect d, LogicalType t)
{
    static const char *const words[TYPE_COUNT_] = {
        [TYPE_UNKNOWN] = "unknown", [TYPE_INTEGER] = "integer", [TYPE_REAL] = "double",
        [TYPE_TEXT] = "varchar",    [TYPE_DATE] = "date",       [TYPE_TIMESTAMP] = "timestamp",
        [TYPE_BOOLEAN] = "boolean", [TYPE_TIME] = "time",       [TYPE_INTERVAL] = "interval",
        [TYPE_ARRAY] = "array",     [TYPE_STRUCT] = "struct",
    };
    static const char *const big[TYPE_COUNT_] = {
        [TYPE_INTEGER] = "INT64",     [TYPE_REAL] = "FLOAT64",        [TYPE_TEXT] = "STRING",
        [TYPE_DATE] = "DATE",         [TYPE_TIMESTAMP] = "TIMESTAMP", [TYPE_BOOLEAN] = "BOOL",
        [TYPE_INTERVAL] = "INTERVAL",
    };
    if (d == DIALECT_BIGQUERY && big[t]) return big[t];
    if (d == DIALECT_POSTGRES && t == TYPE_TEXT) return "text";
    if (d == DIALECT_POSTGRES && t == TYPE_REAL) return "double precision";
    return words[t];
}

// ---- the walk

static void visit(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    const SqlNode *order = r->order, *query = r->query;
    bool statement = n->kind == NODE_SELECT || n->kind == NODE_UPDATE || n->kind == NODE_DELETE;
    if (statement || n->kind == NODE_MERGE) r->query = n;
    if (n->kind == NODE_SELECT) {
        bool body = parent && parent->kind == NODE_QUERY;
        r->order = body ? parent->child[QUERY_ORDER] : NULL;
    }
    for (size_t i = 0; i < RULES; i++) {
        if (!(rules[i]->in >> r->dialect & 1)) continue;
        r->rule = rules[i];
        for (size_t k = 0; k < RULE_KINDS_MAX && rules[i]->kinds[k]; k++) {
            if (rules[i]->kinds[k] == sql_kind_of(n)) rules[i]->check(r, n, parent);
        }
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) visit(r, n->child[i], n);
    }
    r->order = order;
    r->query = query;
}

bool sql_rules_check(Arena *a, const SqlScript *s, const SqlMeaning *m, SqlNotes *noted, Error *err)
{
    RuleRun r = {.arena = a,
                 .script = s,
                 .meaning = m,
                 .dialect = s->dialect,
                 .noted = noted,
                 .err = err,
                 .fuel = 200ull * s->nodes + 10000};
    visit(&r, s->root, NULL);
    return !r.failed;
}
