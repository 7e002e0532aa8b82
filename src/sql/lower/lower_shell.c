// lower_shell: a SELECT put into another one, so that what it computes can be filtered and sorted.
//
// The columns of the inner one get names of which there is one each; the outer one gives them the
// names that they had. What only the outer one needs is added to the inner one, hidden.
#include "sql/lower.h"
#include "sql/scope.h"

static bool is_taken(const Shell *s, Str name)
{
    for (size_t i = 0; i < s->columns.len; i++) {
        if (str_eq_nocase(s->columns.at[i].inner, name)) return true;
    }
    return false;
}

static Str own_name(const SqlNode *item, bool *quoted)
{
    const SqlNode *value = item->child[ITEM_VALUE], *name = item->child[ITEM_ALIAS];
    if (!name && value->kind == NODE_COLUMN) name = sql_last(value);
    if (!name) return (Str){0};
    *quoted = name->flags & FLAG_QUOTED;
    return name->text;
}

// What home calls an output without a name of its own.
static Str home_name(const Shell *s, size_t i)
{
    uint32_t id = s->select->id;
    if (!s->t->meaning || id >= s->t->script->nodes) return (Str){0};
    const SqlColumns *out = &s->t->meaning->outputs[id];
    return i < out->len && !out->open ? out->at[i].name : (Str){0};
}

// What is no word, such as SUM(v), is not worth a quoted name where people read it, unless the
// script calls the column by it.
static bool keeps_name(const Translator *t, Str name)
{
    bool word = name.len > 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        word = word && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                        (i > 0 && c >= '0' && c <= '9'));
    }
    Str quoted = str_fmt(t->arena, "\"" STR_FMT "\"", STR_ARG(name));
    return t->to == DIALECT_SQLITE || word || str_find(t->script->sql, quoted, NULL) ||
           str_find(t->script->sql, str_fmt(t->arena, "`" STR_FMT "`", STR_ARG(name)), NULL);
}

static void add_column(Shell *s, SqlNode *item, size_t i)
{
    ShellColumn c = {.value = item->child[ITEM_VALUE], .item = item};
    c.name = own_name(item, &c.quoted);
    bool named = c.name.len;
    if (!named) {
        Str home = home_name(s, i);
        if (keeps_name(s->t, home)) c.name = home;
        c.quoted = c.name.len;
    }
    bool own = named && !is_taken(s, c.name);
    c.inner = own ? c.name : make_name_of(s->t, c.value, "c");
    if (!own) item->child[ITEM_ALIAS] = make_word(s->t, item, c.inner);
    *vec_push(s->t->arena, &s->columns) = c;
}

bool shell_open(Shell *s, Translator *t, SqlNode *select)
{
    *s = (Shell){.t = t, .select = select};
    SqlNode *items = items_spelled(t, select);
    if (!items) return false;
    select->child[SELECT_ITEMS] = items;
    s->alias = make_name(t, "t");
    s->distinct = select->flags & FLAG_DISTINCT;
    for (uint32_t i = 0; i < items->count; i++) add_column(s, items->child[i], i);
    return true;
}

static SqlNode *shell_column(const Shell *s, const SqlNode *place, Str name)
{
    return make_column(s->t, place, s->alias, name);
}

SqlNode *shell_output(const Shell *s, const SqlNode *place, size_t i)
{
    const ShellColumn *c = &s->columns.at[i];
    SqlNode *n = shell_column(s, place, c->inner);
    if (c->quoted && str_eq(c->inner, c->name)) n->child[1]->flags |= FLAG_QUOTED;
    n->type = c->value->type;
    return n;
}

SqlNode *shell_hide(Shell *s, SqlNode *value, const char *stem)
{
    for (size_t i = 0; i < s->columns.len; i++) {
        if (same_value(s->t, s->columns.at[i].value, value)) return shell_output(s, value, i);
    }
    SqlNode *items = s->select->child[SELECT_ITEMS];
    for (uint32_t i = (uint32_t)s->columns.len; i < items->count; i++) { // hidden before
        SqlNode *item = items->child[i];
        if (same_value(s->t, item->child[ITEM_VALUE], value))
            return shell_column(s, value, item->child[ITEM_ALIAS]->text);
    }
    Str name = make_name_of(s->t, value, stem);
    node_add_tail(s->t, items, make_item(s->t, value, name));
    SqlNode *n = shell_column(s, value, name);
    n->type = value->type;
    return n;
}

// Which output a name, a position or a value is; columns.len when none.
static size_t output_of(const Shell *s, const SqlNode *value)
{
    if (is_position(value)) {
        uint64_t at = 0;
        for (size_t i = 0; i < value->text.len && at < s->columns.len + 1; i++)
            at = at * 10 + (uint64_t)(value->text.ptr[i] - '0');
        return at && at <= s->columns.len ? (size_t)at - 1 : s->columns.len;
    }
    const SqlNode *item = item_meant(s->t, s->select->child[SELECT_ITEMS], value);
    for (size_t i = 0; i < s->columns.len; i++) {
        const ShellColumn *c = &s->columns.at[i];
        if (item ? c->item == item : same_value(s->t, c->value, value)) return i;
    }
    return s->columns.len;
}

SqlNode *shell_value(const Shell *s, SqlNode *value)
{
    size_t i = output_of(s, value);
    if (i < s->columns.len) return value_again(s->t, s->columns.at[i].value, value);
    return aliases_spelled(s->t, s->select->child[SELECT_ITEMS], value);
}

// Outside, an output whose name is its own is called by it, another one by its place.
static SqlNode *outer_key(const Shell *s, SqlNode *value, size_t i)
{
    const ShellColumn *c = &s->columns.at[i];
    bool bare = value->kind == NODE_COLUMN && sql_tail_count(value) == 1;
    if (bare && str_eq(sql_last(value)->text, c->inner)) return value;
    return make_number(s->t, value, (int64_t)i + 1);
}

void shell_order(Shell *s, SqlNode *order)
{
    for (uint32_t i = 0; i < sql_tail_count(order) && !s->t->failed; i++) {
        SqlNode *item = sql_tail(order, i), *value = item->child[ONLY];
        size_t output = output_of(s, value);
        if (output < s->columns.len) {
            item->child[ONLY] = outer_key(s, value, output);
        } else {
            value = aliases_spelled(s->t, s->select->child[SELECT_ITEMS], value);
            item->child[ONLY] = shell_hide(s, value, "o");
        }
    }
}

SqlNode *shell_around(Shell *s, SqlNode *body)
{
    Translator *t = s->t;
    SqlNode *items = make_node(t, NODE_LIST, body, 0);
    for (size_t i = 0; i < s->columns.len; i++) {
        const ShellColumn *c = &s->columns.at[i];
        bool renamed = c->name.len && !str_eq(c->name, c->inner);
        SqlNode *column = shell_output(s, body, i);
        SqlNode *item = make_item(t, column, renamed ? c->name : (Str){0});
        if (renamed && c->quoted) item->child[ITEM_ALIAS]->flags |= FLAG_QUOTED;
        node_add_tail(t, items, item);
    }
    SqlNode *outer = make_select(t, body, items);
    SqlNode *query = body->kind == NODE_QUERY ? body : make_query(t, body);
    outer->child[SELECT_FROM] = make_from(t, make_derived(t, query, s->alias));
    return outer;
}

SqlNode *shell_close(Shell *s)
{
    return shell_around(s, s->select);
}

// ---- any body

static bool shell_of_values(Shell *s, Translator *t, SqlNode *values)
{
    *s = (Shell){.t = t, .select = values, .alias = make_name(t, "t")};
    const SqlNode *row = sql_tail(values, 0);
    for (uint32_t i = 0; i < sql_tail_count(row); i++) {
        ShellColumn c = {.value = sql_tail(row, i)};
        c.inner = values_name(t->arena, t->to, i);
        c.name = values_name(t->arena, t->from, i);
        *vec_push(t->arena, &s->columns) = c;
    }
    return true;
}

// The names of the outputs of a set operation are those of its first arm.
bool shell_over(Shell *s, Translator *t, SqlNode *body)
{
    while (body->kind == NODE_SETOP || body->kind == NODE_QUERY)
        body = body->child[body->kind == NODE_SETOP ? LEFT_SIDE : QUERY_BODY];
    return body->kind == NODE_VALUES ? shell_of_values(s, t, body) : shell_open(s, t, body);
}

// The order of a set operation or of VALUES, by places; an expression is left to its names.
static void order_by_places(const Shell *s, SqlNode *order, const SqlNode *body)
{
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *item = sql_tail(order, i), *value = item->child[ONLY];
        const SqlBinding *b = node_binding(s->t, value);
        bool output = b && b->source && b->source->id == body->id && b->column < s->columns.len;
        if (output) item->child[ONLY] = make_number(s->t, value, (int64_t)b->column + 1);
    }
}

bool query_settle(Translator *t, SqlNode *query)
{
    SqlNode *body = query->child[QUERY_BODY];
    Shell s;
    if (!shell_over(&s, t, body)) return false;
    if (body->kind == NODE_SELECT) {
        shell_order(&s, query->child[QUERY_ORDER]);
    } else {
        order_by_places(&s, query->child[QUERY_ORDER], body);
    }
    query->child[QUERY_BODY] = shell_around(&s, body);
    return !t->failed;
}
