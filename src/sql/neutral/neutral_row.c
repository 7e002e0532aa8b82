// neutral_row: whole rows where a value stands: the name of a table, (a, b) IS NULL, f(*), a row
// that a subquery selects.
//
// The runtime has no rows: the name of a table becomes a struct of its columns, and what asks
// whether a row is NULL asks its columns.
#include "sql/fn_group.h"
#include "sql/lower.h"

static Str known_name(const Translator *t, const SqlBinding *b)
{
    const SqlNode *alias =
        b->source->child[b->source->kind == NODE_TABLE ? TABLE_ALIAS : DERIVED_ALIAS];
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    (void)t;
    return b->source->kind == NODE_TABLE ? sql_last(b->source)->text : (Str){0};
}

// The table whose row a name means: its columns.
static const SqlColumns *row_of(const Translator *t, const SqlNode *n, const SqlBinding **b)
{
    bool known = n && n->kind == NODE_COLUMN && n->id < t->script->nodes;
    *b = known ? &t->meaning->bindings[n->id] : NULL;
    const SqlNode *source = *b ? (*b)->source : NULL;
    bool table = source && (source->kind == NODE_TABLE || source->kind == NODE_DERIVED);
    if (!table || (*b)->column != SQL_COLUMN_OPEN || sql_tail_count(n) != 1) return NULL;
    const SqlColumns *c = &t->meaning->sources[source->id];
    bool itself = str_eq_nocase(sql_last(n)->text, known_name(t, *b));
    return itself && !c->open && c->len ? c : NULL;
}

static SqlNode *column_of(Translator *t, const SqlNode *n, const SqlBinding *b, const SqlColumns *c,
                          uint32_t i)
{
    SqlStarColumn star = {
        .column = c->at[i], .table = sql_last(n)->text, .source = b->source, .index = i};
    return star_column(t, b->query, n, &star);
}

// The values of a row: of a table, or as they were written.
static SqlNode **values_of(Translator *t, const SqlNode *n, uint32_t *count)
{
    const SqlBinding *b;
    const SqlColumns *c = row_of(t, n, &b);
    *count = c ? (uint32_t)c->len : n->kind == NODE_ROW ? sql_tail_count(n) : 0;
    SqlNode **all = arena_array(t->arena, SqlNode *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        all[i] = c ? column_of(t, n, b, c, i) : node_clone(t, sql_tail(n, i));
    return all;
}

static SqlNode *each_null(Translator *t, const SqlNode *place, SqlNode *const *values,
                          uint32_t count, SqlKind join, bool negated)
{
    if (count == 1) return typed(make_is_null(t, values[0], negated), TYPE_BOOLEAN);
    SqlNode *n = make_node(t, join, place, count);
    for (uint32_t i = 0; i < count; i++)
        n->child[i] = typed(make_is_null(t, values[i], negated), TYPE_BOOLEAN);
    n->parens = 1;
    return typed(n, TYPE_BOOLEAN);
}

// Postgres: a row is NULL when all of it is, and is not NULL when none of it is. DuckDB's row of a
// table is never NULL. Elsewhere only a row that a join left out is.
static SqlNode *row_is_null(Translator *t, SqlNode *n)
{
    uint32_t count;
    bool negated = n->flags & FLAG_NOT;
    SqlNode **values = values_of(t, n->child[OPERAND], &count);
    if (n->op != OP_IS_NULL || !count) return n;
    if (t->from == DIALECT_DUCKDB) {
        SqlNode *word = make_node(t, NODE_BOOLEAN, n, 0);
        word->text = negated ? S("TRUE") : S("FALSE");
        return typed(word, TYPE_BOOLEAN);
    }
    SqlKind join = negated && t->from != DIALECT_POSTGRES ? NODE_OR : NODE_AND;
    return each_null(t, n, values, count, join, negated);
}

static SqlNode *struct_of(Translator *t, const SqlNode *n, const SqlColumns *c,
                          SqlNode *const *values, bool capitals)
{
    SqlNode *made = make_node(t, NODE_STRUCT, n, (uint32_t)c->len);
    for (uint32_t i = 0; i < c->len; i++) {
        SqlNode *field = make_node(t, NODE_FIELD, n, 0);
        field->text = capitals ? str_upper(t->arena, c->at[i].name) : c->at[i].name;
        field->child[ONLY] = values[i];
        field->type = values[i]->type;
        made->child[sql_roles(NODE_STRUCT) + i] = field;
    }
    return typed(made, TYPE_STRUCT);
}

static SqlNode *row_value(Translator *t, SqlNode *n)
{
    uint32_t count;
    const SqlBinding *b;
    const SqlColumns *c = row_of(t, n, &b);
    SqlNode **values = values_of(t, n, &count);
    SqlNode *made = struct_of(t, n, c, values, false);
    if (t->from == DIALECT_DUCKDB) return made;
    return typed(
        make_case(t, each_null(t, n, values_of(t, n, &count), count, NODE_OR, true), made, NULL),
        TYPE_STRUCT);
}

// COUNT(u): of the rows that no join left out; DuckDB's are there in any case.
static bool counts_row(const Translator *t, const SqlNode *n)
{
    const SqlBinding *b;
    bool counts = n->kind == NODE_CALL && str_eq_nocase(n->text, S("COUNT")) &&
                  sql_tail_count(n) == 1 && !(n->flags & FLAG_DISTINCT);
    return counts && row_of(t, sql_tail(n, 0), &b);
}

static SqlNode *row_there(Translator *t, SqlNode *n)
{
    uint32_t count;
    SqlNode **values = values_of(t, n, &count), *one = make_number(t, n, 1);
    if (t->from == DIALECT_DUCKDB) return one;
    return make_case(t, each_null(t, n, values, count, NODE_OR, true), one, NULL);
}

// OBJECT_CONSTRUCT(*), STRUCT(*): of all columns.
static SqlNode *star_value(Translator *t, SqlNode *n, const SqlNode *select)
{
    SqlNode *star = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    bool struct_ =
        n->kind == NODE_STRUCT || (t->from == DIALECT_SPARK && str_eq_nocase(n->text, S("STRUCT")));
    bool keeps = str_eq_nocase(n->text, S("OBJECT_CONSTRUCT_KEEP_NULL"));
    bool object = keeps || str_eq_nocase(n->text, S("OBJECT_CONSTRUCT"));
    const SqlStar *all =
        star && star->kind == NODE_STAR && (struct_ || object) ? star_meant(t, star) : NULL;
    if (!all || all->open || !all->len) return n;
    SqlColumn *columns = arena_array(t->arena, SqlColumn, all->len);
    SqlNode **values = arena_array(t->arena, SqlNode *, all->len * 2);
    for (size_t i = 0; i < all->len; i++) {
        columns[i] = all->at[i].column;
        values[i] = star_column(t, select, star, &all->at[i]);
    }
    SqlColumns c = {columns, all->len, false};
    if (struct_) return struct_of(t, n, &c, values, false);
    SqlNode **pairs = arena_array(t->arena, SqlNode *, all->len * 2);
    for (size_t i = 0; i < all->len; i++) {
        pairs[2 * i] = make_string(t, n, str_upper(t->arena, columns[i].name));
        pairs[2 * i + 1] = values[i];
    }
    node_set_tail(t, n, pairs, (uint32_t)all->len * 2);
    return n;
}

static void visit(Translator *t, SqlNode *n, const SqlNode *select);

// s.* of a struct: an item for each field.
static void spread_struct(Translator *t, SqlNode *list, const SqlNode *item, const SqlNode *select)
{
    const SqlNode *star = item->child[ITEM_VALUE];
    const SqlStar *all = star_meant(t, star);
    for (size_t i = 0; i < all->len; i++) {
        if (all->at[i].value) {
            translate_unsupported(t, star,
                                  "REPLACE in the star of a struct is not supported here.");
            return;
        }
        SqlNode *member = make_node(t, NODE_MEMBER, star, 0);
        SqlStarColumn base = all->at[i];
        base.column.type = TYPE_STRUCT;
        member->child[ONLY] = star_column(t, select, star, &base);
        member->text = all->at[i].column.name;
        member->type = (uint8_t)all->at[i].column.type;
        node_add_tail(t, list, make_item(t, member, all->at[i].column.name));
    }
}

static void spread_stars(Translator *t, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS], *list = NULL;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        SqlNode *item = sql_tail(items, i), *star = item->child[ITEM_VALUE];
        const SqlStar *all = star && star->kind == NODE_STAR ? star_meant(t, star) : NULL;
        if (!list && all && all->fields) {
            list = make_node(t, NODE_LIST, items, 0);
            list->id = items->id;
            for (uint32_t k = 0; k < i; k++) node_add_tail(t, list, sql_tail(items, k));
        }
        if (all && all->fields) {
            spread_struct(t, list, item, select);
        } else if (list) {
            node_add_tail(t, list, item);
        }
    }
    if (list) select->child[SELECT_ITEMS] = list;
}

// (a, b) IN (SELECT (x, y) …): the row that is selected is as many columns.
static void spread_row(Translator *t, SqlNode *n)
{
    const SqlNode *left = n->child[OPERAND], *set = n->child[OPERAND_SECOND]; // of both kinds
    if (left->kind != NODE_ROW || set->kind != NODE_SUBQUERY) return;
    SqlNode *body = set->child[ONLY]->child[QUERY_BODY];
    SqlNode *items = body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    const SqlNode *row =
        items && sql_tail_count(items) == 1 ? sql_tail(items, 0)->child[ITEM_VALUE] : NULL;
    if (!row || row->kind != NODE_ROW || sql_tail_count(row) != sql_tail_count(left)) return;
    SqlNode *list = make_node(t, NODE_LIST, items, 0);
    list->id = items->id;
    for (uint32_t i = 0; i < sql_tail_count(row); i++)
        node_add_tail(t, list, make_item(t, sql_tail(row, i), str_fmt(t->arena, "c%u", i + 1)));
    body->child[SELECT_ITEMS] = list;
}

static SqlNode *replaced(Translator *t, SqlNode *n, const SqlNode *select)
{
    const SqlBinding *b;
    const SqlNode *operand = n->kind == NODE_IS ? n->child[OPERAND] : NULL;
    bool written = operand && operand->kind == NODE_ROW && t->from == DIALECT_POSTGRES;
    if (operand && (written || row_of(t, operand, &b))) {
        n = row_is_null(t, n);
        visit(t, n, select);
        return n;
    }
    if (n->kind == NODE_MEMBER && row_of(t, n->child[ONLY], &b)) // (u).name
        return make_column(t, n, sql_last(n->child[ONLY])->text, n->text);
    if (counts_row(t, n)) {
        SqlNode *there = row_there(t, sql_tail(n, 0));
        node_set_tail(t, n, &there, 1);
        return n;
    }
    if (row_of(t, n, &b)) return row_value(t, n);
    visit(t, n, select);
    return n->kind == NODE_CALL || n->kind == NODE_STRUCT ? star_value(t, n, select) : n;
}

static void visit(Translator *t, SqlNode *n, const SqlNode *select)
{
    if (n->kind == NODE_SELECT) {
        select = n;
        spread_stars(t, n);
    }
    if (n->kind == NODE_IN || n->kind == NODE_BINARY) spread_row(t, n);
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (!c) continue;
        n->child[i] = replaced(t, c, select);
        bool unnamed = n->kind == NODE_ITEM && i == ITEM_VALUE && !n->child[ITEM_ALIAS];
        if (unnamed && n->child[i] != c && c->kind == NODE_COLUMN)
            n->child[ITEM_ALIAS] = make_word(t, c, sql_last(c)->text);
    }
}

void whole_rows(Translator *t, SqlNode *root)
{
    if (t->to != t->from && t->meaning) visit(t, root, NULL);
}
