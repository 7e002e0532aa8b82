// lower_pivot: PIVOT as a grouped query with an aggregate a value, UNPIVOT as a row a column.
#include "base/buf.h"
#include "sql/lower_from.h"
#include "sql/scope.h"

static bool names_column(const SqlNode *n, Str column)
{
    if (!n) return false;
    if (n->kind == NODE_COLUMN) return str_eq_nocase(sql_last(n)->text, column);
    for (uint32_t i = 0; i < n->count; i++) {
        if (names_column(n->child[i], column)) return true;
    }
    return false;
}

static bool source_known(FromScope *s, const SqlNode *n, SqlColumns *out)
{
    const SqlNode *source = n->child[PIVOT_SOURCE];
    *out = source_columns(s->t, source->id);
    bool join = source->kind == NODE_JOIN || source->kind == NODE_LATERAL_VIEW;
    if (!out->open && out->len && !join) return true;
    const char *what = n->kind == NODE_PIVOT ? "PIVOT" : "UNPIVOT";
    translate_unsupported(s->t, n, "%s wants a table or a subquery whose columns are known here.",
                          what);
    return false;
}

// Its own query around the source, which sees no table beside it.
static SqlNode *source_select(FromScope *s, const SqlNode *n, SqlNode *items)
{
    bool first = s->first;
    s->first = true;
    SqlNode *source = lower_item(s, n->child[PIVOT_SOURCE]);
    s->first = first;
    SqlNode *select = make_select(s->t, n, items);
    select->child[SELECT_FROM] = make_from(s->t, source);
    return select;
}

static SqlNode *as_source(FromScope *s, const SqlNode *n, SqlNode *select, const SqlNode *alias)
{
    bool named = alias && alias->child[ALIAS_NAME];
    Str name = named ? alias->child[ALIAS_NAME]->text : (Str){0};
    if (!named && n->child[PIVOT_SOURCE]->kind == NODE_TABLE)
        name = sql_last(n->child[PIVOT_SOURCE])->text;
    return from_derived(s->t, n, make_query(s->t, select), name);
}

// --- PIVOT ---

static SqlNode *equals(Translator *t, SqlNode *left, SqlNode *right)
{
    SqlOp op = right->kind == NODE_NULL ? OP_SAME : OP_EQ;
    return make_binary(t, op, node_clone(t, left), node_clone(t, right));
}

// FOR x IN (1), FOR (x, y) IN ((1, 2))
static SqlNode *value_condition(Translator *t, SqlNode *of, SqlNode *value)
{
    if (of->kind != NODE_ROW || value->kind != NODE_ROW || of->count != value->count)
        return equals(t, of, value);
    SqlNode *all = NULL;
    for (uint32_t i = 0; i < of->count; i++)
        all = make_and(t, all, equals(t, of->child[i], value->child[i]));
    return all;
}

// Every aggregate of the expression looks at the rows of one value only.
static uint32_t filter_aggregates(Translator *t, SqlNode *n, const SqlNode *condition)
{
    if (!n || n->kind == NODE_QUERY) return 0;
    bool aggregate = n->kind == NODE_CALL && n->fn && fn_at(n->fn)->class == FN_AGGREGATE;
    if (aggregate) {
        n->child[CALL_FILTER] = make_and(t, n->child[CALL_FILTER], node_clone(t, condition));
        return 1;
    }
    uint32_t found = 0;
    for (uint32_t i = 0; i < n->count; i++) found += filter_aggregates(t, n->child[i], condition);
    return found;
}

static bool is_listed_value(const SqlNode *value)
{
    bool any = value->kind == NODE_COLUMN || value->kind == NODE_QUERY ||
               value->kind == NODE_SUBQUERY || value->kind == NODE_STAR;
    return !any;
}

static bool counts(const SqlNode *n)
{
    return node_is_call(n, "count") || node_is_call(n, "count_if") ||
           node_is_call(n, "approx_count_distinct");
}

// Spark pivots what it has grouped: a cell without rows is NULL, a count too.
static SqlNode *unless_missing(Translator *t, SqlNode *count, const SqlNode *condition)
{
    if (t->from != DIALECT_SPARK) return count;
    SqlNode *rows = make_call1(t, count, "count", make_node(t, NODE_STAR, count, 0));
    rows->child[CALL_FILTER] = node_clone(t, condition);
    rows->type = TYPE_INTEGER;
    SqlNode *some = make_binary(t, OP_GT, rows, make_number(t, count, 0));
    some->type = TYPE_BOOLEAN;
    SqlNode *made = make_case(t, some, count, NULL);
    made->type = count->type;
    return made;
}

static void add_values(FromScope *s, SqlNode *n, SqlNode *items, const SqlColumns *names)
{
    Translator *t = s->t;
    const SqlNode *aggregates = n->child[PIVOT_AGGREGATES], *values = n->child[PIVOT_IN];
    for (uint32_t v = 0; v < sql_tail_count(values); v++) {
        SqlNode *value = sql_tail(values, v)->child[ITEM_VALUE];
        if (!is_listed_value(value)) {
            translate_unsupported(t, value,
                                  "PIVOT wants its values written out here: the columns "
                                  "would depend on the data.");
            return;
        }
        SqlNode *condition = value_condition(t, n->child[PIVOT_FOR], value);
        for (uint32_t a = 0; a < sql_tail_count(aggregates); a++) {
            SqlNode *one = node_clone(t, sql_tail(aggregates, a)->child[ITEM_VALUE]);
            if (!filter_aggregates(t, one, condition))
                translate_unsupported(t, one, "PIVOT wants an aggregate here.");
            if (counts(one)) one = unless_missing(t, one, condition);
            uint32_t at = sql_tail_count(items);
            Str name = at < names->len ? names->at[at].name : make_name(t, "c");
            node_add_tail(t, items, make_item(t, one, name));
        }
    }
}

SqlNode *lower_pivot(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlColumns from, names = source_columns(t, n->id);
    if (!source_known(s, n, &from)) return n;
    SqlNode *items = make_node(t, NODE_LIST, n, 0), *groups = make_node(t, NODE_GROUP_BY, n, 0);
    for (size_t i = 0; i < from.len; i++) {
        bool used = names_column(n->child[PIVOT_AGGREGATES], from.at[i].name) ||
                    names_column(n->child[PIVOT_FOR], from.at[i].name);
        if (used) continue;
        uint32_t at = sql_tail_count(items);
        SqlNode *column = make_column(t, n, (Str){0}, from.at[i].name);
        bool same = at >= names.len || str_eq(names.at[at].name, from.at[i].name);
        node_add_tail(t, items, make_item(t, column, same ? (Str){0} : names.at[at].name));
        node_add_tail(t, groups, node_clone(t, column));
    }
    add_values(s, n, items, &names);
    if (t->failed) return n;
    SqlNode *select = source_select(s, n, items);
    if (sql_tail_count(groups)) select->child[SELECT_GROUP] = groups;
    return as_source(s, n, select, n->child[PIVOT_ALIAS]);
}

// --- UNPIVOT ---

static Str upper(Arena *a, Str s)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return buf_str(&b);
}

// What stands in the column of names: Snowflake's are in capitals.
static Str name_value(Translator *t, const SqlNode *item)
{
    const SqlNode *as = item->child[ITEM_ALIAS];
    if (as) return as->text;
    const SqlNode *name = sql_last(item->child[ITEM_VALUE]);
    bool folds = t->from == DIALECT_SNOWFLAKE && !(name->flags & FLAG_QUOTED);
    return folds ? upper(t->arena, name->text) : name->text;
}

// VALUES ('a', 0), ('b', 1): a row a column.
static SqlNode *name_rows(Translator *t, const SqlNode *n, Str alias)
{
    const SqlNode *in = n->child[UNPIVOT_IN];
    SqlNode *values = make_node(t, NODE_VALUES, n, sql_tail_count(in));
    for (uint32_t i = 0; i < sql_tail_count(in); i++) {
        SqlNode *row = values->child[i] = make_node(t, NODE_ROW, n, 2);
        row->child[0] = make_string(t, sql_tail(in, i), name_value(t, sql_tail(in, i)));
        row->child[1] = make_number(t, n, i);
    }
    return make_derived(t, make_query(t, values), alias);
}

// Columns of VALUES are called as at home until a later pass says how the target calls them.
static Str row_column(Translator *t, uint32_t i)
{
    return values_name(t->arena, t->to == DIALECT_SQLITE ? t->to : t->from, i);
}

static SqlNode *value_of_row(Translator *t, const SqlNode *n, Str alias)
{
    const SqlNode *in = n->child[UNPIVOT_IN];
    SqlNode *value = make_node(t, NODE_CASE, n, sql_tail_count(in));
    value->child[CASE_OPERAND] = make_column(t, n, alias, row_column(t, 1));
    for (uint32_t i = 0; i < sql_tail_count(in); i++) {
        SqlNode *when = make_node(t, NODE_WHEN, n, 0);
        when->child[WHEN_CONDITION] = make_number(t, n, i);
        when->child[WHEN_RESULT] = sql_tail(in, i)->child[ITEM_VALUE];
        value->child[sql_roles(NODE_CASE) + i] = when;
    }
    return value;
}

SqlNode *lower_unpivot(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlColumns from, names = source_columns(t, n->id);
    if (!source_known(s, n, &from)) return n;
    const SqlNode *in = n->child[UNPIVOT_IN];
    for (uint32_t i = 0; i < sql_tail_count(in); i++) {
        const SqlNode *value = sql_tail(in, i)->child[ITEM_VALUE];
        if (value->kind != NODE_COLUMN)
            return translate_unsupported(t, value, "UNPIVOT wants single columns here.");
    }
    Str alias = make_name(t, "names");
    SqlNode *items = make_node(t, NODE_LIST, n, 0);
    for (size_t i = 0; i < from.len; i++) {
        if (names_column(in, from.at[i].name)) continue;
        uint32_t at = sql_tail_count(items);
        bool same = at >= names.len || str_eq(names.at[at].name, from.at[i].name);
        SqlNode *column = make_column(t, n, (Str){0}, from.at[i].name);
        node_add_tail(t, items, make_item(t, column, same ? (Str){0} : names.at[at].name));
    }
    SqlNode *value = value_of_row(t, n, alias), *name = make_column(t, n, alias, row_column(t, 0));
    bool value_first = t->from == DIALECT_BIGQUERY;
    for (int i = 0; i < 2; i++) {
        bool is_value = value_first == (i == 0);
        uint32_t at = sql_tail_count(items);
        Str own = n->child[is_value ? UNPIVOT_VALUE : UNPIVOT_NAME]->text;
        Str as = at < names.len ? names.at[at].name : own;
        node_add_tail(t, items, make_item(t, is_value ? value : name, as));
    }
    SqlNode *select = source_select(s, n, items), *join = make_node(t, NODE_JOIN, n, 0);
    if (t->failed) return n;
    join->op = OP_CROSS;
    join->child[JOIN_LEFT] = select->child[SELECT_FROM]->child[0];
    join->child[JOIN_RIGHT] = name_rows(t, n, alias);
    select->child[SELECT_FROM]->child[0] = join;
    if (!(n->flags & FLAG_OUTER))
        select->child[SELECT_WHERE] = make_is_null(t, node_clone(t, value), true);
    return as_source(s, n, select, n->child[UNPIVOT_ALIAS]);
}
