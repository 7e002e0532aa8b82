// format_write: statements that write.
#include "sql/format.h"

static void emit_head(Out *o, const SqlNode *with, uint32_t at)
{
    if (!with) return;
    out_node(o, with);
    out_break(o, at);
}

static void emit_clause(Out *o, const char *word, const SqlNode *n)
{
    if (!n) return;
    out_break(o, n->at);
    out_text(o, word);
    out_node(o, n);
}

static void emit_set(Out *o, const char *word, const SqlNode *list)
{
    if (!list) return;
    out_break(o, list->at);
    out_text(o, word);
    out_lines(o, list);
}

void emit_insert(Out *o, const SqlNode *n)
{
    emit_head(o, n->child[INSERT_WITH], n->child[INSERT_TABLE]->at);
    bool mysql = o->dialect == DIALECT_MYSQL;
    bool word = n->flags & FLAG_REPLACE && mysql; // MySQL writes REPLACE INTO
    out_text(o, word ? "REPLACE" : "INSERT");
    if (!word && n->flags & FLAG_REPLACE) out_text(o, " OR REPLACE");
    if (n->flags & FLAG_NOTHING) out_text(o, mysql ? " IGNORE" : " OR IGNORE");
    out_text(o, n->flags & FLAG_OVERWRITE ? " OVERWRITE " : " INTO ");
    out_node(o, n->child[INSERT_TABLE]);
    if (n->child[INSERT_PARTITION]) {
        out_opt(o, " PARTITION (", n->child[INSERT_PARTITION]);
        out_text(o, ")");
    }
    if (n->child[INSERT_COLUMNS]) {
        out_opt(o, " (", n->child[INSERT_COLUMNS]);
        out_text(o, ")");
    }
    if (n->flags & FLAG_BY_NAME) out_text(o, " BY NAME");
    out_opt(o, " REPLACE WHERE ", n->child[INSERT_REPLACED]);
    if (n->flags & FLAG_BARE) out_text(o, " DEFAULT VALUES");
    emit_clause(o, "", n->child[INSERT_QUERY]);
    emit_clause(o, "", n->child[INSERT_CONFLICT]);
    emit_clause(o, "RETURNING ", n->child[INSERT_RETURNING]);
}

void emit_conflict(Out *o, const SqlNode *n)
{
    if (n->flags & FLAG_WORDS) {
        if (n->text.len) { // VALUES … AS name
            out_text(o, "AS ");
            out_name(o, n->text, false);
            out_text(o, " ");
        }
        out_opt(o, "ON DUPLICATE KEY UPDATE ", n->child[CONFLICT_SET]);
        return;
    }
    out_text(o, "ON CONFLICT");
    if (n->child[CONFLICT_TARGET]) {
        out_opt(o, " (", n->child[CONFLICT_TARGET]);
        out_text(o, ")");
    }
    out_opt(o, " WHERE ", n->child[CONFLICT_TARGET_WHERE]);
    out_text(o, n->flags & FLAG_NOTHING ? " DO NOTHING" : " DO UPDATE");
    emit_set(o, "SET", n->child[CONFLICT_SET]);
    out_condition(o, "WHERE", n->child[CONFLICT_WHERE]);
}

void emit_update(Out *o, const SqlNode *n)
{
    emit_head(o, n->child[UPDATE_WITH], n->child[UPDATE_TABLE]->at);
    out_opt(o, "UPDATE ", n->child[UPDATE_TABLE]);
    emit_set(o, "SET", n->child[UPDATE_SET]);
    emit_clause(o, "", n->child[UPDATE_FROM]);
    out_condition(o, "WHERE", n->child[UPDATE_WHERE]);
    emit_clause(o, "RETURNING ", n->child[UPDATE_RETURNING]);
    emit_clause(o, "", n->child[UPDATE_ORDER]);
    emit_clause(o, "LIMIT ", n->child[UPDATE_LIMIT]);
}

void emit_delete(Out *o, const SqlNode *n)
{
    emit_head(o, n->child[DELETE_WITH], n->child[DELETE_TABLE]->at);
    out_opt(o, "DELETE FROM ", n->child[DELETE_TABLE]);
    const SqlNode *using = n->child[DELETE_USING];
    if (using) {
        out_break(o, using->at);
        out_text(o, "USING ");
        out_list(o, using);
    }
    out_condition(o, "WHERE", n->child[DELETE_WHERE]);
    emit_clause(o, "RETURNING ", n->child[DELETE_RETURNING]);
    emit_clause(o, "", n->child[DELETE_ORDER]);
    emit_clause(o, "LIMIT ", n->child[DELETE_LIMIT]);
}

void emit_merge(Out *o, const SqlNode *n)
{
    emit_head(o, n->child[MERGE_WITH], n->child[MERGE_TABLE]->at);
    out_opt(o, "MERGE INTO ", n->child[MERGE_TABLE]);
    emit_clause(o, "USING ", n->child[MERGE_SOURCE]);
    out_condition(o, "ON", n->child[MERGE_ON]);
    for (uint32_t i = 0; i < sql_tail_count(n); i++) emit_clause(o, "", sql_tail(n, i));
}

static void emit_merge_insert(Out *o, const SqlNode *n)
{
    out_text(o, "INSERT");
    if (n->flags & FLAG_BY_NAME) {
        out_text(o, o->dialect == DIALECT_BIGQUERY ? " ROW" : " *");
        return;
    }
    if (n->child[MERGE_COLUMNS]) {
        out_opt(o, " (", n->child[MERGE_COLUMNS]);
        out_text(o, ")");
    }
    out_opt(o, " VALUES (", n->child[MERGE_VALUES]);
    out_text(o, ")");
}

void emit_merge_when(Out *o, const SqlNode *n)
{
    buf_fmt(&o->b, "WHEN %s", sql_op_word((SqlOp)n->op));
    out_opt(o, " AND ", n->child[MERGE_GUARD]);
    out_text(o, " THEN ");
    if (n->flags & FLAG_DELETE) {
        out_text(o, "DELETE");
    } else if (n->flags & FLAG_NOTHING) {
        out_text(o, "DO NOTHING");
    } else if (n->op == OP_NOT_MATCHED) {
        emit_merge_insert(o, n);
    } else {
        out_text(o, "UPDATE SET ");
        if (n->flags & FLAG_BY_NAME) out_text(o, "*");
        out_list(o, n->child[MERGE_SET]);
    }
}

void emit_assign(Out *o, const SqlNode *n)
{
    bool many = n->child[ASSIGN_TARGET]->kind == NODE_LIST;
    out_opt(o, many ? "(" : "", n->child[ASSIGN_TARGET]);
    out_opt(o, many ? ") = " : " = ", n->child[ASSIGN_VALUE]);
}

void emit_drop(Out *o, const SqlNode *n)
{
    out_text(o, n->text.len ? "DROP VIEW " : "DROP TABLE ");
    if (n->flags & FLAG_IF) out_text(o, "IF EXISTS ");
    out_node(o, n->child[ONLY]);
}
void emit_truncate(Out *o, const SqlNode *n)
{
    out_opt(o, "TRUNCATE TABLE ", n->child[ONLY]);
}

void emit_transaction(Out *o, const SqlNode *n)
{
    bool begin = str_eq(n->text, S("BEGIN"));
    if (begin && o->dialect == DIALECT_TRINO) {
        out_text(o, "START TRANSACTION");
        return;
    }
    out_str(o, n->text);
    if (o->dialect == DIALECT_BIGQUERY) out_text(o, " TRANSACTION");
}
