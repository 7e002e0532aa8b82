// neutral_number: arithmetic whose meaning differs: division, what is divided by nothing, powers.
#include "sql/neutral_time.h"

// Postgres' EXTRACT gives a numeric, though it be whole.
static bool is_part(const Translator *t, const SqlNode *n)
{
    bool part = node_is_call(n, "date_part") || node_is_call(n, "interval_part") ||
                node_is_call(n, "date_elapsed"); // of EXTRACT(DAY FROM b - a)
    return t->from == DIALECT_POSTGRES && part;
}

// Two integers divide to an integer here, unless one of them is known to be none.
static bool divides_whole(const Translator *t, const SqlNode *n)
{
    bool whole =
        node_is(n->child[LEFT_SIDE], TYPE_INTEGER) && node_is(n->child[RIGHT_SIDE], TYPE_INTEGER);
    bool parts = is_part(t, n->child[LEFT_SIDE]) || is_part(t, n->child[RIGHT_SIDE]);
    bool known = t->meaning && n->id < t->script->nodes;
    bool numeric = known && t->meaning->types[n->id].type == TYPE_REAL; // SUM of counts
    return sql_rules(t->from)->whole_division && whole && !parts && !numeric;
}

static const char *const by_zero[] = {
    [ZERO_FAILS] = "FAIL", [ZERO_NULL] = "NULL", [ZERO_INFINITE] = "INFINITE"};

static SqlNode *division(Translator *t, SqlNode *n, const char *meaning, SqlZero zero)
{
    SqlNode *word = make_word(t, n, str_from(by_zero[zero]));
    return make_call3(t, n, meaning, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], word);
}

static bool is_real(const SqlNode *n, uint32_t side)
{
    return node_is(n->child[side], TYPE_REAL);
}

SqlNode *neutral_arithmetic(Translator *t, SqlNode *n)
{
    const SqlRules *r = sql_rules(t->from);
    SqlNode *made = n;
    for (int i = LEFT_SIDE; i <= RIGHT_SIDE; i++) {
        n->child[i] = time_number(t, truth_number(t, n->child[i]));
        bool reads = t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK;
        if (t->from == DIALECT_MYSQL || (reads && t->to == DIALECT_SQLITE))
            n->child[i] = text_number(t, n->child[i]);
    }
    switch ((SqlOp)n->op) {
    case OP_DIVIDE: {
        bool whole = divides_whole(t, n);
        made = division(t, n, whole ? "divide_whole" : "divide", whole ? r->zero_whole : r->zero);
        made->type = whole ? TYPE_INTEGER : TYPE_REAL;
        break;
    }
    case OP_DIV:
        if (t->from == DIALECT_DUCKDB && (is_real(n, LEFT_SIDE) || is_real(n, RIGHT_SIDE))) {
            made = division(t, n, "divide", ZERO_NULL); // 7.5 // 2 is 3.75 there
            made->type = TYPE_REAL;
            break;
        }
        made = division(t, n, "divide_whole", r->zero_whole);
        made->type = TYPE_INTEGER;
        break;
    case OP_MODULO: {
        bool whole = node_is(n->child[LEFT_SIDE], TYPE_INTEGER) &&
                     node_is(n->child[RIGHT_SIDE], TYPE_INTEGER);
        made = division(t, n, "modulo", whole ? r->zero_whole : r->zero);
        made->type = whole ? TYPE_INTEGER : TYPE_REAL;
        break;
    }
    case OP_BIT_XOR:
        made = make_call2(t, n, "bit_xor", n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
        made->type = TYPE_INTEGER;
        break;
    case OP_POWER:
        made = make_call2(t, n, "power", n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
        made->type = TYPE_REAL;
        break;
    default:
        break;
    }
    return made;
}
