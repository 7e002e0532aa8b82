// create_clause: the comment, options and storage of a table.
#include "sql/create.h"
#include "sql/home.h"

SqlNode *make_property(Translator *t, const SqlNode *place, const char *name, SqlNode *value)
{
    SqlNode *n = make_node(t, NODE_PROPERTY, place, 0);
    n->text = str_from(name);
    n->child[ONLY] = value;
    return n;
}

static void comment_there(Definition *d, const SqlNode *place, Str text)
{
    Translator *t = d->t;
    SqlNode *value = make_string(t, place, text);
    if (t->to == DIALECT_BIGQUERY) {
        *vec_push(t->arena, &d->options) = make_property(t, place, "description", value);
        return;
    }
    if (t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB) {
        left_out(t, place, "COMMENT ON TABLE " STR_FMT " IS " STR_FMT ";",
                 STR_ARG(name_spelled(t, sql_last(d->n->child[CREATE_NAME])->text)),
                 STR_ARG(str_quoted(t->arena, text, '\'')));
        return;
    }
    SqlNode *n = make_node(t, NODE_CLAUSE, place, 0);
    n->op = OP_COMMENT;
    n->child[CLAUSE_VALUE] = value;
    *vec_push(t->arena, &d->clauses) = n;
}

static void lose(Definition *d, const SqlNode *n)
{
    left_out(d->t, n, STR_FMT " is %s's own, and left out.", STR_ARG(source_line(d->t, n)),
             home_title(d->t->from));
}

static void options_there(Definition *d, SqlNode *clause)
{
    const SqlNode *list = clause->child[CLAUSE_LIST];
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *one = sql_tail(list, i), *value = one->child[ONLY];
        bool text = value && value->kind == NODE_STRING;
        bool described =
            d->t->from == DIALECT_BIGQUERY && str_eq_nocase(one->text, S("description"));
        if (described && text) {
            comment_there(d, one, value->text);
        } else if (!partition_option(d, one)) {
            lose(d, one);
        }
    }
}

void clause_there(Definition *d, SqlNode *n)
{
    if (n->kind == NODE_PROPERTY) {
        lose(d, n);
        return;
    }
    switch ((SqlOp)n->op) {
    case OP_PARTITION:
        partition_there(d, n);
        break;
    case OP_CLUSTER:
        cluster_there(d, n);
        break;
    case OP_COMMENT:
        comment_there(d, n, n->child[CLAUSE_VALUE]->text);
        break;
    case OP_OPTIONS:
        options_there(d, n);
        break;
    default:
        lose(d, n);
        break;
    }
}
