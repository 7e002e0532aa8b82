// lower_insert: INSERT: partitions, OVERWRITE, DEFAULT among the values.
#include "sql/lower_write.h"

static void add_name(Translator *t, Names *names, Str name)
{
    *vec_push(t->arena, names) = name;
}

static bool has_name(const Names *names, Str name)
{
    for (size_t i = 0; i < names->len; i++) {
        if (str_eq_nocase(names->at[i], name)) return true;
    }
    return false;
}

static SqlNode *name_list(Translator *t, const SqlNode *place, const Names *names)
{
    SqlNode *list = make_node(t, NODE_LIST, place, (uint32_t)names->len);
    for (size_t i = 0; i < names->len; i++) list->child[i] = make_word(t, place, names->at[i]);
    return list;
}

// --- DEFAULT among VALUES: the column is left out, where no row has a value for it ---

static SqlNode *values_of(const SqlNode *n)
{
    const SqlNode *query = n->child[INSERT_QUERY];
    bool values = query && query->child[QUERY_BODY]->kind == NODE_VALUES;
    return values ? query->child[QUERY_BODY] : NULL;
}

static uint32_t defaults_at(const SqlNode *values, uint32_t column)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        const SqlNode *row = values->child[i];
        n += column < row->count && row->child[column]->kind == NODE_DEFAULT;
    }
    return n;
}

static void drop_column(Translator *t, SqlNode *n, SqlNode *values, uint32_t column)
{
    SqlNode *columns = n->child[INSERT_COLUMNS];
    for (uint32_t i = 0; i <= values->count; i++) {
        SqlNode *row = i < values->count ? values->child[i] : columns;
        Nodes kept = {0};
        for (uint32_t c = 0; c < row->count; c++) {
            if (c != column) *vec_push(t->arena, &kept) = row->child[c];
        }
        node_set_tail(t, row, kept.at, (uint32_t)kept.len);
    }
}

static void lower_defaults(Translator *t, SqlNode *n)
{
    SqlNode *values = values_of(n);
    for (uint32_t c = values ? values->child[0]->count : 0; c > 0; c--) {
        uint32_t found = defaults_at(values, c - 1);
        if (!found) continue;
        SqlColumns known = source_columns(t, n->child[INSERT_TABLE]->id);
        if (!n->child[INSERT_COLUMNS] && !known.open) {
            Names all = {0};
            for (size_t i = 0; i < known.len && i < values->child[0]->count; i++)
                add_name(t, &all, known.at[i].name);
            n->child[INSERT_COLUMNS] = name_list(t, n, &all);
        }
        if (found < values->count || !n->child[INSERT_COLUMNS]) {
            translate_unsupported(t, values,
                                  "DEFAULT is only supported for a column that has it in every "
                                  "row.");
            return;
        }
        drop_column(t, n, values, c - 1);
    }
}

// --- PARTITION and OVERWRITE ---

typedef struct {
    Names given;   // columns that the query fills, in its order
    Names fixed;   // columns of PARTITION (day = '…')
    Nodes values;  // … and their values
    Names dynamic; // columns of PARTITION (day)
} Parts;

static void read_parts(Translator *t, const SqlNode *n, Parts *p)
{
    *p = (Parts){0};
    const SqlNode *spec = n->child[INSERT_PARTITION], *columns = n->child[INSERT_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(spec); i++) {
        SqlNode *one = sql_tail(spec, i);
        if (one->kind == NODE_ASSIGN) {
            add_name(t, &p->fixed, sql_last(one->child[ASSIGN_TARGET])->text);
            *vec_push(t->arena, &p->values) = one->child[ASSIGN_VALUE];
        } else {
            add_name(t, &p->dynamic, one->text);
        }
    }
    for (uint32_t i = 0; i < sql_tail_count(columns); i++)
        add_name(t, &p->given, sql_tail(columns, i)->text);
    SqlColumns known = source_columns(t, n->child[INSERT_TABLE]->id);
    for (size_t i = 0; !columns && i < known.len; i++) {
        Str name = known.at[i].name;
        bool part = has_name(&p->fixed, name) || has_name(&p->dynamic, name);
        if (!part) add_name(t, &p->given, name);
    }
    for (size_t i = 0; i < p->dynamic.len; i++) {
        if (!has_name(&p->given, p->dynamic.at[i])) add_name(t, &p->given, p->dynamic.at[i]);
    }
    if (known.open && !columns && spec)
        translate_unsupported(t, n, "PARTITION wants a table whose columns are known here.");
}

// The query with the values of the partition behind its columns, all under their names.
static SqlNode *filled_query(Translator *t, const SqlNode *n, const Parts *p, Names *all)
{
    *all = (Names){0};
    SqlNode *items = make_node(t, NODE_LIST, n, 0);
    Str alias = make_name(t, "q");
    for (size_t i = 0; i < p->given.len; i++) {
        add_name(t, all, p->given.at[i]);
        node_add_tail(t, items, make_item(t, make_column(t, n, alias, p->given.at[i]), (Str){0}));
    }
    for (size_t i = 0; i < p->fixed.len; i++) {
        add_name(t, all, p->fixed.at[i]);
        SqlNode *value = node_clone(t, p->values.at[i]);
        node_add_tail(t, items, make_item(t, value, p->fixed.at[i]));
    }
    SqlNode *place = make_node(t, NODE_LIST, n, 0);
    SqlNode *from = derived_named(t, place, n->child[INSERT_QUERY], alias, &p->given);
    return write_query(t, n, items, from);
}

// The rows that make way: of the fixed partition, and of those that the new rows are in.
static SqlNode *replaced_rows(Translator *t, const SqlNode *n, const Parts *p, Str fresh)
{
    SqlNode *where = NULL;
    Str table = sql_last(n->child[INSERT_TABLE])->text;
    for (size_t i = 0; i < p->fixed.len; i++) {
        SqlNode *column = make_column(t, n, table, p->fixed.at[i]);
        where = make_and(t, where, make_binary(t, OP_SAME, column, node_clone(t, p->values.at[i])));
    }
    if (!p->dynamic.len) return where;
    SqlNode *same = NULL, *items = make_node(t, NODE_LIST, n, 1);
    for (size_t i = 0; i < p->dynamic.len; i++) {
        SqlNode *old = make_column(t, n, table, p->dynamic.at[i]);
        SqlNode *new = make_column(t, n, fresh, p->dynamic.at[i]);
        same = make_and(t, same, make_binary(t, OP_SAME, new, old));
    }
    items->child[0] = make_item(t, make_number(t, n, 1), (Str){0});
    SqlNode *query = write_query(t, n, items, write_table(t, n, fresh, (Str){0}));
    SqlNode *exists = make_node(t, NODE_EXISTS, n, 0);
    query->child[QUERY_BODY]->child[SELECT_WHERE] = same;
    exists->child[ONLY] = query;
    return make_and(t, where, exists);
}

// Spark: what is written has to be among what makes way.
static void check_replaced(Translator *t, const SqlNode *n, Str fresh, Nodes *out)
{
    Str text = S("A row that is written is none of those that REPLACE WHERE replaces (Delta: "
                 "written data does not conform to partial table overwrite condition).");
    SqlNode *items = make_node(t, NODE_LIST, n, 1), *is = make_node(t, NODE_IS, n, 0);
    items->child[0] =
        make_item(t, make_call1(t, n, "rows_stop", make_string(t, n, text)), (Str){0});
    is->op = OP_IS_TRUE;
    is->flags = FLAG_NOT;
    is->child[ONLY] = node_clone(t, n->child[INSERT_REPLACED]);
    is->child[ONLY]->parens = 1;
    SqlNode *rows = write_table(t, n, fresh, write_alias(n->child[INSERT_TABLE]));
    SqlNode *query = write_query(t, n, items, rows);
    query->child[QUERY_BODY]->child[SELECT_WHERE] = is;
    *vec_push(t->arena, out) = query;
}

// The new rows first, since they may be read from the table; then the old ones go.
static void lower_overwrite(Translator *t, SqlNode *n, Nodes *out)
{
    Parts p;
    Names all = {0};
    Str fresh = make_name(t, "fresh");
    read_parts(t, n, &p);
    if (t->failed) return;
    bool known = p.given.len > 0;
    if (p.dynamic.len)
        translate_note(t, n,
                       "INSERT OVERWRITE replaces the partitions that it writes "
                       "(partitionOverwriteMode=dynamic).");
    SqlNode *query = known ? filled_query(t, n, &p, &all) : n->child[INSERT_QUERY];
    *vec_push(t->arena, out) = write_temp(t, n, fresh, query);
    SqlNode *target = write_table(t, n, sql_last(n->child[INSERT_TABLE])->text, (Str){0});
    SqlNode *where = n->child[INSERT_REPLACED];
    if (where) check_replaced(t, n, fresh, out);
    *vec_push(t->arena, out) =
        write_delete(t, n, target, where ? where : replaced_rows(t, n, &p, fresh));
    n->child[INSERT_REPLACED] = NULL;
    if (known) n->child[INSERT_COLUMNS] = name_list(t, n, &all);
    n->child[INSERT_QUERY] = write_query(t, n, NULL, write_table(t, n, fresh, (Str){0}));
    n->child[INSERT_PARTITION] = NULL;
    n->flags &= ~(uint32_t)FLAG_OVERWRITE;
    *vec_push(t->arena, out) = n;
    *vec_push(t->arena, out) = write_drop(t, n, fresh);
}

static void lower_partition(Translator *t, SqlNode *n)
{
    Parts p;
    Names all = {0};
    read_parts(t, n, &p);
    if (t->failed) return;
    n->child[INSERT_QUERY] = filled_query(t, n, &p, &all);
    n->child[INSERT_COLUMNS] = name_list(t, n, &all);
    n->child[INSERT_PARTITION] = NULL;
}

// BY NAME: the columns of the query are those that are filled.
static void lower_names(Translator *t, SqlNode *n)
{
    Names names = {0};
    n->flags &= ~(uint32_t)FLAG_BY_NAME;
    if (!query_names(t, &n->child[INSERT_QUERY], &names)) {
        translate_unsupported(t, n, "INSERT … BY NAME wants a query whose columns are known here.");
        return;
    }
    n->child[INSERT_COLUMNS] = name_list(t, n, &names);
}

void lower_insert(Translator *t, SqlNode *n, Nodes *out)
{
    write_bare_name(t, n->child[INSERT_TABLE]);
    if (n->flags & FLAG_BY_NAME) lower_names(t, n);
    lower_defaults(t, n);
    assign_insert(t, n);
    Str rows = lower_meet(t, n, out);
    if (t->failed) return;
    if (n->flags & FLAG_OVERWRITE || n->child[INSERT_REPLACED]) {
        lower_overwrite(t, n, out);
        return;
    }
    if (n->child[INSERT_PARTITION]) lower_partition(t, n);
    *vec_push(t->arena, out) = n;
    if (rows.len) *vec_push(t->arena, out) = write_drop(t, n, rows);
}
