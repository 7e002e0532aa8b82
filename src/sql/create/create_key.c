// create_key: keys and checks as far as the target has them, and holds them.
#include "sql/create.h"
#include "sql/home.h"

bool is_key(const SqlNode *n)
{
    return n->op == OP_PRIMARY_KEY || n->op == OP_UNIQUE || n->op == OP_REFERENCES ||
           n->op == OP_CHECK;
}

// Whether the rows are held to a key, or it is only written down.
static bool enforces(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_DUCKDB ||
           d == DIALECT_SQLITE;
}

static bool has(Dialect d, SqlOp op)
{
    switch (d) {
    case DIALECT_SNOWFLAKE:
        return op != OP_CHECK;
    case DIALECT_BIGQUERY:
    case DIALECT_SPARK:
        return op == OP_PRIMARY_KEY || op == OP_REFERENCES;
    case DIALECT_FLINK:
        return op == OP_PRIMARY_KEY;
    case DIALECT_TRINO:
        return false;
    default:
        return true;
    }
}

static const char *name_of(SqlOp op)
{
    return op == OP_CHECK        ? "checks"
           : op == OP_UNIQUE     ? "unique keys"
           : op == OP_REFERENCES ? "foreign keys"
                                 : "keys";
}

static SqlNode *words(Translator *t, const SqlNode *place, const char *text)
{
    SqlNode *n = make_node(t, NODE_WORDS, place, 0);
    n->text = str_from(text);
    return n;
}

// What is said of a key at home: ON DELETE … is done, or refused; the rest is left out.
static bool keeps_word(const Definition *d, const SqlNode *key, const SqlNode *word)
{
    Translator *t = d->t;
    bool acts = str_starts(word->text, S("ON DELETE")) || str_starts(word->text, S("ON UPDATE"));
    bool idle = str_ends(word->text, S("NO ACTION")) || str_ends(word->text, S("RESTRICT"));
    if (acts && t->to == DIALECT_DUCKDB && !idle) {
        translate_unsupported(t, word,
                              "DuckDB has no " STR_FMT ": delete the rows that refer to it first.",
                              STR_ARG(word->text));
    }
    if (acts) return t->to == DIALECT_POSTGRES || t->to == DIALECT_MYSQL;
    bool deferred =
        str_find(word->text, S("DEFER"), NULL) || str_find(word->text, S("INITIALLY"), NULL);
    if (deferred && t->to == DIALECT_POSTGRES) return true;
    if (deferred && enforces(t->to))
        left_out(t, word, "%s checks keys at once: " STR_FMT " is left out.", home_title(t->to),
                 STR_ARG(word->text));
    return str_starts(word->text, S("MATCH")) && t->to == DIALECT_POSTGRES &&
           key->op == OP_REFERENCES;
}

static void say_words(const Definition *d, SqlNode *key)
{
    Translator *t = d->t;
    Pieces kept = {0};
    bool unenforced = t->to == DIALECT_BIGQUERY || t->to == DIALECT_FLINK || t->to == DIALECT_SPARK;
    for (uint32_t i = 0; i < sql_tail_count(key); i++) {
        if (keeps_word(d, key, sql_tail(key, i))) *vec_push(t->arena, &kept) = sql_tail(key, i);
    }
    if (unenforced) *vec_push(t->arena, &kept) = words(t, key, "NOT ENFORCED");
    node_set_tail(t, key, kept.at, (uint32_t)kept.len);
}

// In MySQL a REFERENCES of a column is read and forgotten: it stands at the end of the table.
static SqlNode *at_end(Definition *d, SqlNode *key, const SqlNode *column)
{
    SqlNode *name = node_clone(d->t, column->child[DEF_NAME]);
    key->child[CONSTRAINT_COLUMNS] = make_list(d->t, key, (const SqlNode *const[]){name}, 1);
    *vec_push(d->t->arena, &d->keys) = key;
    return NULL;
}

static void note_promise(Definition *d, const SqlNode *key)
{
    bool lost = enforces(d->t->from) && !enforces(d->t->to) && !d->keyed;
    if (!lost) return;
    d->keyed = true;
    left_out(d->t, key, "%s writes keys down and does not hold the rows to them.",
             home_title(d->t->to));
}

SqlNode *key_there(Definition *d, SqlNode *key, const SqlNode *column)
{
    Translator *t = d->t;
    if (!has(t->to, (SqlOp)key->op)) {
        left_out(t, key, "%s has no %s: " STR_FMT "%s" STR_FMT " is left out.", home_title(t->to),
                 name_of((SqlOp)key->op), STR_ARG(column ? column->child[DEF_NAME]->text : S("")),
                 column ? " " : "", STR_ARG(source_line(t, key)));
        return NULL;
    }
    if (key->flags & FLAG_DISTINCT && t->to != DIALECT_POSTGRES) {
        return translate_unsupported(t, key,
                                     "%s takes NULLs in a unique key for different ones: NULLS NOT "
                                     "DISTINCT has no word there.",
                                     home_title(t->to));
    }
    if (key->op != OP_CHECK) note_promise(d, key);
    say_words(d, key);
    key->flags &= ~(uint32_t)(FLAG_ASC | FLAG_DESC); // of SQLite's and MySQL's indexes
    SqlNode *names = key->child[CONSTRAINT_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(names) && t->to != DIALECT_MYSQL; i++)
        sql_tail(names, i)->flags &= ~(uint32_t)(FLAG_ASC | FLAG_DESC);
    bool own = column && key->op == OP_REFERENCES && t->to == DIALECT_MYSQL;
    return own ? at_end(d, key, column) : key;
}
