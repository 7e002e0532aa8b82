// neutral_group: calls over groups as the dialects write them, in one form: where ORDER BY stands,
// what a separator is, what is understood when it is left out.
#include "sql/fn_group.h"
#include "sql/lower.h"
#include <string.h>

SqlNode *read_as(Translator *t, SqlNode *n, const char *meaning)
{
    const SqlFn *fn = fn_named(meaning);
    SqlNode *call = make_call(t, n, meaning, n->child + sql_roles(NODE_CALL), sql_tail_count(n));
    call->id = n->id;
    call->flags = n->flags & ~(uint32_t)(FLAG_WORDS | FLAG_BARE);
    call->parens = n->parens;
    for (uint32_t i = 0; i < sql_roles(NODE_CALL); i++) call->child[i] = n->child[i];
    call->child[CALL_SCHEMA] = NULL;
    char rule = fn->type[0];
    if (rule == '=' || rule == '~' || rule == '#' || rule == '%') {
        call->type = sql_tail_count(call) ? sql_tail(call, 0)->type : TYPE_UNKNOWN;
    } else {
        size_t len = strcspn(fn->type, "!?");
        for (int i = 0; i < TYPE_COUNT_; i++) {
            bool it = strlen(type_name((LogicalType)i)) == len &&
                      strncmp(type_name((LogicalType)i), fn->type, len) == 0;
            if (it) call->type = (uint8_t)i;
        }
    }
    return call;
}

// --- Lists as text ---

SqlNode *read_listagg(Translator *t, SqlNode *n)
{
    // Snowflake's list of nothing is an empty text.
    SqlNode *call = neutral_group(t, read_as(t, n, "string_agg"));
    if (t->from != DIALECT_SNOWFLAKE) return call;
    SqlNode *made = make_call2(t, n, "coalesce", call, make_string(t, n, S("")));
    made->type = TYPE_TEXT;
    return made;
}

// ORDER BY 2: by the second argument.
static void spell_positions(Translator *t, SqlNode *n)
{
    SqlNode *order = n->child[CALL_ORDER];
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode **key = &sql_tail(order, i)->child[ONLY];
        int64_t place;
        bool is_place = (*key)->kind == NODE_NUMBER && str_to_i64((*key)->text, &place);
        if (is_place && place >= 1 && place <= sql_tail_count(n))
            *key = node_clone(t, sql_tail(n, (uint32_t)place - 1));
    }
}

// GROUP_CONCAT(a, '-', b): one text of all arguments.
SqlNode *read_group_concat(Translator *t, SqlNode *n)
{
    if (!sql_tail_count(n)) return NULL;
    if (t->from == DIALECT_MYSQL) spell_positions(t, n);
    SqlNode *all = sql_tail(n, 0);
    for (uint32_t i = 1; i < sql_tail_count(n); i++)
        all = make_binary(t, OP_CONCAT, all, sql_tail(n, i));
    node_set_tail(t, n, &all, 1);
    return neutral_group(t, read_as(t, n, "string_agg"));
}

static SqlNode *add_separator(Translator *t, SqlNode *n)
{
    bool none =
        t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK || t->from == DIALECT_TRINO;
    SqlNode *s = n->child[CALL_SEPARATOR];
    n->child[CALL_SEPARATOR] = NULL;
    if (sql_tail_count(n) == 1)
        node_add_tail(t, n, s ? s : make_string(t, n, none ? S("") : S(",")));
    return n;
}

SqlNode *neutral_group(Translator *t, SqlNode *n)
{
    if (n->kind != NODE_CALL || !n->fn) return n;
    if (n->child[CALL_WITHIN] && !n->child[CALL_ORDER]) {
        n->child[CALL_ORDER] = n->child[CALL_WITHIN];
        n->child[CALL_WITHIN] = NULL;
    }
    return node_is_call(n, "string_agg") ? add_separator(t, n) : neutral_array_call(t, n);
}

// --- Lists as arrays ---

// Of nothing: an empty array, and NULLs left out.
SqlNode *read_array_agg(Translator *t, SqlNode *n)
{
    SqlNode *call = neutral_group(t, read_as(t, n, "array_agg"));
    call->flags |= FLAG_IGNORE_NULLS;
    SqlNode *made = make_call2(t, n, "coalesce", call, make_node(t, NODE_ARRAY, n, 0));
    sql_tail(made, 1)->type = TYPE_ARRAY;
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *read_collect_set(Translator *t, SqlNode *n)
{
    n->flags |= FLAG_DISTINCT;
    return read_array_agg(t, n);
}

// --- Percentiles: PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x) ---

static SqlNode *by_order(Translator *t, SqlNode *n, const char *meaning, SqlNode *p)
{
    SqlNode *order = n->child[CALL_WITHIN];
    if (sql_tail_count(order) != 1) {
        return translate_unsupported(t, n, STR_FMT " takes one ORDER BY in WITHIN GROUP.",
                                     STR_ARG(n->text));
    }
    SqlNode *item = sql_tail(order, 0), *args[3] = {item->child[ONLY], p, NULL};
    uint32_t count = p ? 2 : 1;
    if (item->flags & FLAG_DESC) args[count++] = make_word(t, item, S("DESC"));
    n->child[CALL_WITHIN] = NULL;
    node_set_tail(t, n, args, count);
    SqlNode *call = read_as(t, n, meaning);
    call->type = fn_named(meaning)->type[0] == '=' ? args[0]->type : TYPE_REAL;
    return call;
}

SqlNode *read_percentile(Translator *t, SqlNode *n)
{
    bool cont = str_eq_nocase(n->text, S("PERCENTILE_CONT"));
    if (sql_tail_count(n) != 1 || !n->child[CALL_WITHIN]) return NULL;
    return by_order(t, n, cont ? "percentile_cont" : "percentile_disc", sql_tail(n, 0));
}

SqlNode *read_mode_within(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) == 1 && !n->child[CALL_WITHIN]) return read_as(t, n, "mode");
    if (sql_tail_count(n) || !n->child[CALL_WITHIN]) return NULL;
    return by_order(t, n, "mode", NULL);
}

// --- One of the values ---

// ANY_VALUE(x HAVING MAX y)
SqlNode *read_any_having(Translator *t, SqlNode *n)
{
    SqlNode *having = n->child[CALL_HAVING];
    if (sql_tail_count(n) != 1) return NULL;
    if (!having) return read_as(t, n, "any_value");
    n->child[CALL_HAVING] = NULL;
    node_add_tail(t, n, having->child[ONLY]);
    return read_as(t, n, having->flags & FLAG_DESC ? "max_by" : "min_by");
}

// FIRST(x, TRUE): IGNORE NULLS.
SqlNode *read_first(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 1 || count > 2) return NULL;
    if (count == 2) {
        const SqlNode *ignore = sql_tail(n, 1);
        if (ignore->kind != NODE_BOOLEAN) return NULL;
        if (str_eq(ignore->text, S("TRUE"))) n->flags |= FLAG_IGNORE_NULLS;
        SqlNode *x = sql_tail(n, 0);
        node_set_tail(t, n, &x, 1);
    }
    bool first = str_eq_nocase(n->text, S("FIRST")) || str_eq_nocase(n->text, S("FIRST_VALUE")) ||
                 str_eq_nocase(n->text, S("ARBITRARY"));
    if (str_eq_nocase(n->text, S("ANY_VALUE"))) return read_as(t, n, "any_value");
    if (n->child[CALL_OVER]) return read_as(t, n, first ? "first_value" : "last_value");
    return read_as(t, n, first ? "first" : "last");
}

// MySQL's BIT_OR and BIT_XOR of nothing are 0.
SqlNode *read_bit_or_nothing(Translator *t, SqlNode *n)
{
    bool or = str_eq_nocase(n->text, S("BIT_OR"));
    SqlNode *call = read_as(t, n, or ? "bit_or_agg" : "bit_xor_agg");
    SqlNode *made = make_call2(t, n, "coalesce", call, make_number(t, n, 0));
    made->type = TYPE_INTEGER;
    return made;
}

// SQLite's TOTAL: a sum that is a REAL, of nothing 0.0.
SqlNode *read_total(Translator *t, SqlNode *n)
{
    SqlNode *zero = make_node(t, NODE_NUMBER, n, 0);
    zero->text = S("0.0");
    zero->type = TYPE_REAL;
    n->child[sql_roles(NODE_CALL)] = make_cast(t, sql_tail(n, 0), "DOUBLE");
    n->child[sql_roles(NODE_CALL)]->type = TYPE_REAL;
    SqlNode *made = make_call2(t, n, "coalesce", read_as(t, n, "sum"), zero);
    made->type = TYPE_REAL;
    return made;
}

SqlNode *read_count(Translator *t, SqlNode *n)
{
    if (!sql_tail_count(n)) { // DuckDB's COUNT()
        SqlNode *star = make_node(t, NODE_STAR, n, 0);
        node_set_tail(t, n, &star, 1);
    }
    return read_as(t, n, "count");
}

// The accuracy that is asked for is met by counting.
SqlNode *read_approx_count(Translator *t, SqlNode *n)
{
    SqlNode *x = sql_tail(n, 0);
    node_set_tail(t, n, &x, 1);
    return read_as(t, n, "approx_count_distinct");
}

// --- COUNT(t.*), COUNT(DISTINCT *) ---

static SqlNode *some_there(Translator *t, const SqlNode *n, SqlNode *const *columns, uint32_t count)
{
    SqlNode *any = make_node(t, NODE_OR, n, count);
    for (uint32_t i = 0; i < count; i++) any->child[i] = make_is_null(t, columns[i], true);
    any->type = TYPE_BOOLEAN;
    return make_case(t, count == 1 ? any->child[0] : any, make_number(t, n, 1), NULL);
}

// The columns that the star stands for. In Postgres a row of a table counts unless a join left it
// out, in Snowflake and Spark unless it has a NULL in it.
void count_star(Translator *t, SqlNode *n)
{
    SqlNode *star = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    bool distinct = n->flags & FLAG_DISTINCT;
    bool it = star && star->kind == NODE_STAR && str_eq_nocase(n->text, S("COUNT")) &&
              (distinct || star->child[STAR_OF]);
    bool takes = 1u << t->from & (PG | DUCK | SNOW | SPARK);
    const SqlStar *all = it && takes ? star_meant(t, star) : NULL;
    if (!all || all->open || !all->len || (t->to != DIALECT_SQLITE && t->to != t->from)) return;
    SqlNode **columns = arena_array(t->arena, SqlNode *, all->len);
    for (size_t i = 0; i < all->len; i++)
        columns[i] = star_column(t, all->at[i].source, star, &all->at[i]);
    uint32_t count = (uint32_t)all->len;
    if (t->from == DIALECT_DUCKDB && !distinct) {
        star->child[STAR_OF] = NULL; // what a join left out, too
    } else if (t->from == DIALECT_POSTGRES && !distinct) {
        SqlNode *x = some_there(t, n, columns, count);
        node_set_tail(t, n, &x, 1);
    } else {
        node_set_tail(t, n, columns, count);
    }
}
