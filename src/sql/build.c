// build: new nodes for a tree that is being translated.
#include "base/buf.h"
#include "base/check.h"
#include "sql/scope.h"
#include "sql/translate.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

SqlNode *make_node(Translator *t, SqlKind kind, const SqlNode *place, uint32_t tail)
{
    SqlNode *n = arena_new(t->arena, SqlNode);
    n->kind = (uint8_t)kind;
    n->id = NODE_MADE;
    n->height = 1;
    n->at = place->at, n->end = place->end;
    n->line = place->line, n->column = place->column;
    n->count = sql_roles(kind) + tail;
    n->child = arena_array(t->arena, SqlNode *, n->count);
    return n;
}

static uint8_t type_of(const Translator *t, const SqlNode *n)
{
    bool known = t->meaning && n->id < t->script->nodes && n->type == TYPE_UNKNOWN;
    return known ? (uint8_t)t->meaning->types[n->id].type : n->type;
}

SqlNode *node_clone(Translator *t, const SqlNode *n)
{
    if (!n) return NULL;
    SqlNode *c = arena_new(t->arena, SqlNode);
    *c = *n;
    c->type = type_of(t, n);
    c->child = arena_array(t->arena, SqlNode *, n->count);
    for (uint32_t i = 0; i < n->count; i++) c->child[i] = node_clone(t, n->child[i]);
    return c;
}

SqlNode *make_list(Translator *t, const SqlNode *place, const SqlNode *const *nodes, uint32_t n)
{
    SqlNode *list = make_node(t, NODE_LIST, place, n);
    for (uint32_t i = 0; i < n; i++) list->child[i] = (SqlNode *)nodes[i];
    return list;
}

SqlNode *make_null(Translator *t, const SqlNode *place)
{
    return make_node(t, NODE_NULL, place, 0);
}

SqlNode *typed(SqlNode *n, LogicalType type)
{
    n->type = (uint8_t)type;
    return n;
}

SqlNode *make_number(Translator *t, const SqlNode *place, int64_t value)
{
    SqlNode *n = make_node(t, NODE_NUMBER, place, 0);
    n->type = TYPE_INTEGER;
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    n->text = str_fmt(t->arena, "%llu", (unsigned long long)size);
    return value < 0 ? make_unary(t, OP_MINUS, n) : n;
}

SqlNode *make_string(Translator *t, const SqlNode *place, Str value)
{
    SqlNode *n = make_node(t, NODE_STRING, place, 0);
    n->type = TYPE_TEXT;
    n->text = value;
    return n;
}

SqlNode *make_moment(Translator *t, const SqlNode *place, Str text)
{
    SqlNode *made = make_node(t, NODE_TYPED, place, 0);
    made->text = S("TIMESTAMP");
    made->child[ONLY] = make_string(t, place, text);
    return typed(made, TYPE_TIMESTAMP);
}

SqlNode *make_word(Translator *t, const SqlNode *place, Str word)
{
    SqlNode *n = make_node(t, NODE_NAME, place, 0);
    n->text = word;
    return n;
}

SqlNode *make_column(Translator *t, const SqlNode *place, Str table, Str name)
{
    SqlNode *n = make_node(t, NODE_COLUMN, place, table.len ? 2 : 1);
    if (table.len) n->child[0] = make_word(t, place, table);
    n->child[n->count - 1] = make_word(t, place, name);
    return n;
}

SqlNode *make_unary(Translator *t, SqlOp op, SqlNode *of)
{
    SqlNode *n = make_node(t, NODE_UNARY, of, 0);
    n->op = (uint8_t)op;
    n->child[ONLY] = of;
    n->type = op == OP_NOT ? TYPE_BOOLEAN : of->type;
    return n;
}

SqlNode *make_binary(Translator *t, SqlOp op, SqlNode *left, SqlNode *right)
{
    SqlNode *n = make_node(t, NODE_BINARY, left, 0);
    n->op = (uint8_t)op;
    n->child[LEFT_SIDE] = left;
    n->child[RIGHT_SIDE] = right;
    bool compares = (op >= OP_EQ && op <= OP_GE) || op == OP_SAME || op == OP_DISTINCT;
    n->type = compares ? TYPE_BOOLEAN : op == OP_CONCAT ? TYPE_TEXT : left->type;
    return n;
}

SqlNode *make_and(Translator *t, SqlNode *a, SqlNode *b)
{
    if (!a || !b) return a ? a : b;
    SqlNode *n = make_node(t, NODE_AND, a, 2);
    n->type = TYPE_BOOLEAN;
    n->child[0] = a;
    n->child[1] = b;
    return n;
}

SqlNode *make_cast(Translator *t, SqlNode *value, const char *type)
{
    SqlNode *n = make_node(t, NODE_CAST, value, 0), *name = make_node(t, NODE_TYPE, value, 0);
    name->text = str_from(type);
    n->op = OP_CAST;
    n->child[CAST_VALUE] = value;
    n->child[CAST_TYPE] = name;
    n->type = (uint8_t)type_of_name(name->text);
    return n;
}

SqlNode *make_is_null(Translator *t, SqlNode *of, bool is_not)
{
    SqlNode *n = make_node(t, NODE_IS, of, 0);
    n->op = OP_IS_NULL;
    n->flags = is_not ? FLAG_NOT : 0;
    n->type = TYPE_BOOLEAN;
    n->child[OPERAND] = of;
    return n;
}

SqlNode *make_case(Translator *t, SqlNode *when, SqlNode *then, SqlNode *other)
{
    SqlNode *n = make_node(t, NODE_CASE, when, 1), *arm = make_node(t, NODE_WHEN, when, 0);
    arm->child[WHEN_CONDITION] = when;
    arm->child[WHEN_RESULT] = then;
    n->child[CASE_ELSE] = other;
    n->child[n->count - 1] = arm;
    n->type = then->type ? then->type : other ? other->type : TYPE_UNKNOWN;
    return n;
}

SqlNode *make_call(Translator *t, const SqlNode *place, const char *fn, SqlNode *const *args,
                   uint32_t n)
{
    const SqlFn *row = fn_named(fn);
    CHECK(row);
    SqlNode *call = make_node(t, NODE_CALL, place, n);
    call->text = str_from(row->name);
    call->fn = fn_index(row);
    uint32_t roles = sql_roles(NODE_CALL);
    for (uint32_t i = 0; i < n; i++) call->child[roles + i] = args[i];
    return call;
}
SqlNode *make_call1(Translator *t, const SqlNode *place, const char *fn, SqlNode *x)
{
    return make_call(t, place, fn, (SqlNode *[]){x}, 1);
}
SqlNode *make_call2(Translator *t, const SqlNode *place, const char *fn, SqlNode *x, SqlNode *y)
{
    return make_call(t, place, fn, (SqlNode *[]){x, y}, 2);
}
SqlNode *make_call3(Translator *t, const SqlNode *place, const char *fn, SqlNode *x, SqlNode *y,
                    SqlNode *z)
{
    return make_call(t, place, fn, (SqlNode *[]){x, y, z}, 3);
}

SqlNode *make_item(Translator *t, SqlNode *value, Str alias)
{
    SqlNode *n = make_node(t, NODE_ITEM, value, 0);
    n->child[ITEM_VALUE] = value;
    if (alias.len) n->child[ITEM_ALIAS] = make_word(t, value, alias);
    return n;
}

SqlNode *make_alias(Translator *t, const SqlNode *place, Str name)
{
    SqlNode *n = make_node(t, NODE_ALIAS, place, 0);
    n->child[ALIAS_NAME] = make_word(t, place, name);
    return n;
}

SqlNode *make_select(Translator *t, const SqlNode *place, SqlNode *items)
{
    SqlNode *n = make_node(t, NODE_SELECT, place, 0);
    n->child[SELECT_ITEMS] = items;
    return n;
}

SqlNode *make_query(Translator *t, SqlNode *body)
{
    SqlNode *n = make_node(t, NODE_QUERY, body, 0);
    n->child[QUERY_BODY] = body;
    return n;
}

SqlNode *make_derived(Translator *t, SqlNode *query, Str alias)
{
    SqlNode *n = make_node(t, NODE_DERIVED, query, 0);
    n->child[DERIVED_QUERY] = query;
    if (alias.len) n->child[DERIVED_ALIAS] = make_alias(t, query, alias);
    return n;
}

SqlNode *make_from(Translator *t, SqlNode *one)
{
    SqlNode *n = make_node(t, NODE_FROM, one, 1);
    n->child[0] = one;
    return n;
}

static void put_words(Translator *t)
{
    Str sql = str_lower(t->arena, t->script->sql);
    t->written = (Map){.arena = t->arena};
    for (size_t at = 0, end; at < sql.len; at = end + 1) {
        for (end = at;
             end < sql.len && (isalnum((unsigned char)sql.ptr[end]) || sql.ptr[end] == '_');)
            end++;
        if (end > at) map_put(&t->written, str_slice(sql, at, end), t);
    }
}

// As a word of the script, whatever it stands for there. The words are put down once: a query of
// thousands of columns asks as often.
static bool is_written(Translator *t, Str word)
{
    if (!t->written.arena) put_words(t);
    return map_get(&t->written, str_lower(t->arena, word)) != NULL;
}

Str make_name(Translator *t, const char *stem)
{
    if (t->to == DIALECT_SQLITE) return str_fmt(t->arena, "gr_%s_%u", stem, ++t->names);
    Str name;
    do {
        name = str_fmt(t->arena, "%s_%u", stem, ++t->names);
    } while (is_written(t, name));
    return name;
}

Str make_part(Translator *t, const char *stem, size_t i)
{
    Str name = str_fmt(t->arena, "%s_%zu", stem, i + 1);
    bool free = t->to != DIALECT_SQLITE && !is_written(t, name);
    return free ? name : str_fmt(t->arena, "gr_" STR_FMT, STR_ARG(name));
}

Str make_name_of(Translator *t, const SqlNode *value, const char *stem)
{
    enum { LONGEST = 24 };
    bool call = value->kind == NODE_CALL && value->text.len && value->text.len <= LONGEST;
    if (t->to == DIALECT_SQLITE || !call) return make_name(t, stem);
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < value->text.len; i++) {
        char c = value->text.ptr[i];
        buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return make_name(t, str_c(t->arena, buf_str(&b)));
}

void node_set_tail(Translator *t, SqlNode *n, SqlNode *const *nodes, uint32_t count)
{
    uint32_t roles = sql_roles(sql_kind_of(n));
    SqlNode **all = arena_array(t->arena, SqlNode *, roles + count);
    for (uint32_t i = 0; i < roles; i++) all[i] = n->child[i];
    for (uint32_t i = 0; i < count; i++) all[roles + i] = nodes[i];
    n->child = all;
    n->count = roles + count;
}

void node_add_tail(Translator *t, SqlNode *n, SqlNode *one)
{
    SqlNode **all = arena_array(t->arena, SqlNode *, n->count + 1);
    for (uint32_t i = 0; i < n->count; i++) all[i] = n->child[i];
    all[n->count++] = one;
    n->child = all;
}

SqlNode *node_map(Translator *t, SqlNode *n, SqlNode *(*f)(Translator *t, SqlNode *n))
{
    if (!n || t->failed) return n;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = node_map(t, n->child[i], f);
    return t->failed ? n : f(t, n);
}

LogicalType node_type(const SqlNode *n)
{
    return n ? (LogicalType)n->type : TYPE_UNKNOWN;
}
bool node_is(const SqlNode *n, LogicalType type)
{
    return node_type(n) == type;
}
bool node_is_moment(const SqlNode *n)
{
    return node_is(n, TYPE_DATE) || node_is(n, TYPE_TIMESTAMP);
}

bool node_is_call(const SqlNode *n, const char *meaning)
{
    return n && n->kind == NODE_CALL && n->fn && strcmp(fn_at(n->fn)->name, meaning) == 0;
}

bool node_is_constant(const SqlNode *n)
{
    if (n && n->kind == NODE_UNARY && (n->op == OP_MINUS || n->op == OP_PLUS)) n = n->child[ONLY];
    return n && (n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_NULL ||
                 n->kind == NODE_BOOLEAN);
}

SqlNode *node_arg(const SqlNode *call, const char *param)
{
    int i = fn_param_at(call->fn, str_from(param));
    if (i < 0 || (uint32_t)i >= sql_tail_count(call)) return NULL;
    SqlNode *arg = sql_tail(call, (uint32_t)i);
    return arg->kind == NODE_DEFAULT ? NULL : arg;
}

// ---- what the candidate wrote

Str source_line(const Translator *t, const SqlNode *n)
{
    Str source = sql_source(t->script->sql, n);
    Buf b = buf_new(t->arena);
    bool space = false;
    for (size_t i = 0; i < source.len; i++) {
        char c = source.ptr[i];
        bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (blank && space) continue;
        buf_char(&b, blank ? ' ' : c);
        space = blank;
    }
    return buf_str(&b);
}

Str source_short(const Translator *t, const SqlNode *n)
{
    enum { CHARS = 40 };
    Str all = source_line(t, n);
    if (all.len <= CHARS) return all;
    size_t end = CHARS;
    while (end && ((uint8_t)all.ptr[end] & 0xc0) == 0x80) end--;
    return str_fmt(t->arena, STR_FMT "…", STR_ARG(str_slice(all, 0, end)));
}
