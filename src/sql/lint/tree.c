// tree: what rules ask of the tree: what stands around, what a call means, what a column is.
#include "sql/lint/lint.h"
#include <string.h>

const SqlNode *lint_parent(const Lint *l, const SqlNode *n)
{
    return l->parents[n->id];
}

const SqlNode *lint_around(const Lint *l, const SqlNode *n, SqlKind kind)
{
    for (n = lint_parent(l, n); n && n->kind != kind;) n = lint_parent(l, n);
    return n;
}

bool lint_within(const Lint *l, const SqlNode *n, const SqlNode *whole)
{
    while (n && n != whole) n = lint_parent(l, n);
    return n != NULL;
}

const SqlNode *lint_find(const Lint *l, const SqlNode *n, LintTest *is, LintTest *stop)
{
    if (!n) return NULL;
    if (is(l, n)) return n;
    if (stop && stop(l, n)) return NULL;
    const SqlNode *found = NULL;
    for (uint32_t i = 0; i < n->count && !found; i++) found = lint_find(l, n->child[i], is, stop);
    return found;
}

bool lint_holds(const SqlNode *n, const SqlNode *part)
{
    if (!n) return false;
    if (sql_same(n, part)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (lint_holds(n->child[i], part)) return true;
    }
    return false;
}

bool lint_is_query(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n->kind == NODE_QUERY;
}

// --- Functions ---

static const SqlFn *fn_of(const Lint *l, const SqlNode *n)
{
    return n && n->kind == NODE_CALL ? sql_fn_of(n, l->script->dialect) : NULL;
}

bool lint_is_fn(const Lint *l, const SqlNode *n, const char *meaning)
{
    const SqlFn *fn = fn_of(l, n);
    return fn && strcmp(fn->name, meaning) == 0;
}

bool lint_is_window(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n && n->kind == NODE_CALL && n->child[CALL_OVER];
}

bool lint_is_aggregate(const Lint *l, const SqlNode *n)
{
    const SqlFn *fn = fn_of(l, n);
    return fn && fn->class == FN_AGGREGATE && !n->child[CALL_OVER];
}

const SqlNode *lint_window(const Lint *l, const SqlNode *call)
{
    const SqlNode *over = call->child[CALL_OVER];
    if (!over || !(over->flags & FLAG_NAMED)) return over;
    const SqlNode *select = lint_around(l, call, NODE_SELECT);
    const SqlNode *windows = select ? select->child[SELECT_WINDOWS] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(windows); i++) {
        const SqlNode *item = sql_tail(windows, i), *name = item->child[ITEM_ALIAS];
        if (name && str_eq_nocase(name->text, over->text)) return item->child[ITEM_VALUE];
    }
    return NULL;
}

Str lint_date_part(const Lint *l, const SqlNode *n, const SqlNode **time)
{
    FnBound b;
    FnFound f = {0};
    if (n && n->kind == NODE_CALL && !n->child[CALL_OVER]) f = fn_find(l->script->dialect, n);
    bool part_of = f.spelling && (strcmp(f.fn->name, "date_part") == 0 ||
                                  strcmp(f.fn->name, "date_part_exact") == 0);
    if (!part_of || !fn_bind(&f, n, &b)) return (Str){0};
    const FnArg *part = &b.at[fn_param(f.fn, S("part"))], *of = &b.at[fn_param(f.fn, S("time"))];
    Str word = part->token.constant;
    if (part->node)
        word = part->node->kind == NODE_COLUMN ? sql_last(part->node)->text : part->node->text;
    *time = of->node;
    return of->node ? str_upper(l->arena, word) : (Str){0};
}

// --- Columns and tables ---

const SqlBinding *lint_binding(const Lint *l, const SqlNode *column)
{
    if (!column || column->kind != NODE_COLUMN || !l->meaning->bindings) return NULL;
    const SqlBinding *b = &l->meaning->bindings[column->id];
    return b->source ? b : NULL;
}

const SqlColumn *lint_column(const Lint *l, const SqlNode *column)
{
    const SqlBinding *b = lint_binding(l, column);
    if (!b || b->column == SQL_COLUMN_OPEN || b->source->kind == NODE_JOIN) return NULL;
    SqlColumns c = l->meaning->sources[b->source->id];
    return b->column < c.len ? &c.at[b->column] : NULL;
}

static bool is_cte(const Lint *l, const SqlNode *table)
{
    if (l->meaning->queries[table->id]) return true;
    if (l->meaning->tables[table->id]) return false; // inside a CTE of the same name, say
    for (const SqlNode *n = table; n; n = lint_parent(l, n)) {
        const SqlNode *with = n->kind == NODE_QUERY ? n->child[QUERY_WITH] : NULL;
        for (uint32_t i = 0; i < sql_tail_count(with); i++) {
            if (str_eq_nocase(sql_tail(with, i)->text, sql_last(table)->text)) return true;
        }
    }
    return false;
}

bool lint_is_base(const Lint *l, const SqlNode *source)
{
    return source && source->kind == NODE_TABLE && !is_cte(l, source);
}

Str lint_source_name(const SqlNode *source)
{
    const SqlNode *alias = NULL;
    if (source->kind == NODE_TABLE) alias = source->child[TABLE_ALIAS];
    if (source->kind == NODE_DERIVED) alias = source->child[DERIVED_ALIAS];
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    return source->kind == NODE_TABLE ? sql_last(source)->text : (Str){0};
}

LogicalType lint_type(const Lint *l, const SqlNode *n)
{
    return n && l->meaning->types ? l->meaning->types[n->id].type : TYPE_UNKNOWN;
}

static bool is_column(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n->kind == NODE_COLUMN || n->kind == NODE_STAR || n->kind == NODE_QUERY;
}

bool lint_is_constant(const Lint *l, const SqlNode *n)
{
    return n && !lint_find(l, n, is_column, NULL);
}

bool lint_is_date_text(const SqlNode *n)
{
    if (n && n->kind == NODE_TYPED) return str_eq(n->text, S("DATE"));
    return n && n->kind == NODE_STRING && n->text.len == 10 && n->text.ptr[4] == '-' &&
           n->text.ptr[7] == '-';
}

static void add_source(const SqlNode *n, const SqlNode **out, size_t most, size_t *len)
{
    if (!n) return;
    if (n->kind == NODE_JOIN) {
        add_source(n->child[JOIN_LEFT], out, most, len);
        add_source(n->child[JOIN_RIGHT], out, most, len);
    } else if (*len < most) {
        out[(*len)++] = n;
    }
}

size_t lint_sources(const SqlNode *from, const SqlNode **out, size_t most)
{
    size_t len = 0;
    for (uint32_t i = 0; i < sql_tail_count(from); i++)
        add_source(sql_tail(from, i), out, most, &len);
    return len;
}

bool lint_reads(const Lint *l, const SqlNode *n, const SqlNode *source)
{
    if (!n) return false;
    const SqlBinding *b = lint_binding(l, n);
    if (b && b->source == source) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (lint_reads(l, n->child[i], source)) return true;
    }
    return false;
}

size_t lint_conjuncts(const SqlNode *condition, const SqlNode **out, size_t most)
{
    size_t len = 0;
    if (!condition || !most) return 0;
    if (condition->kind != NODE_AND) {
        out[len++] = condition;
        return len;
    }
    for (uint32_t i = 0; i < condition->count && len < most; i++) {
        if (condition->child[i]->kind == NODE_AND) {
            len += lint_conjuncts(condition->child[i], out + len, most - len);
        } else {
            out[len++] = condition->child[i];
        }
    }
    return len;
}
