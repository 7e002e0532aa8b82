// condition: a precedence parser from text to a tree, with classes known at compile time.
//
// Classes keep the tree to what needs none of SQLite's conversions: a comparison has numbers on
// both sides or texts on both sides, arithmetic has numbers. Texts compare by bytes, NULL makes
// unknown.
#include "base/world.h"
#include "warehouse/condition_node.h"
#include <string.h>

// A tree of so many nodes is at most so deep: neither reading nor evaluating it exhausts the stack.
enum { ARGS_MAX = 24, DEPTH_MAX = 40, NODES_MAX = 400 };

// ---- tokens

typedef enum { WORD_NAME, WORD_NUMBER, WORD_STRING, WORD_SIGN, WORD_END, WORD_BAD } WordKind;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const TableSpec *table;
    Str text;
    size_t at;
    WordKind kind; // of the word that is looked at
    Str word;
    bool bad; // this cannot be compiled
    int depth, nodes;
} Parser;

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void skip_blank(Parser *p)
{
    while (p->at < p->text.len) {
        Str rest = str_slice(p->text, p->at, p->text.len), line;
        char c = rest.ptr[0];
        if (str_starts(rest, S("--"))) {
            Str after = rest;
            str_line(&after, &line);
            p->at = p->text.len - after.len;
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            p->at++;
        } else {
            return;
        }
    }
}

static size_t number_length(Str s)
{
    size_t n = 0;
    while (n < s.len && (is_name_char(s.ptr[n]) || s.ptr[n] == '.')) n++;
    return n;
}

static void advance(Parser *p)
{
    static const char *const two[] = {"<>", "!=", "<=", ">=", "==", "||", "<<", ">>"};
    skip_blank(p);
    Str rest = str_slice(p->text, p->at, p->text.len);
    size_t n = 1;
    if (rest.len == 0) {
        p->kind = WORD_END;
        n = 0;
    } else if (rest.ptr[0] >= '0' && rest.ptr[0] <= '9') {
        p->kind = WORD_NUMBER;
        n = number_length(rest);
    } else if (is_name_char(rest.ptr[0])) {
        p->kind = WORD_NAME;
        while (n < rest.len && is_name_char(rest.ptr[n])) n++;
    } else if (rest.ptr[0] == '\'') {
        p->kind = WORD_STRING;
        while (n < rest.len && rest.ptr[n] != '\'') n++;
        n++;
        // A doubled quote goes on; so rare here that it is left to the judge.
        bool open = n > rest.len, doubled = n < rest.len && rest.ptr[n] == '\'';
        if (open || doubled) p->kind = WORD_BAD;
    } else {
        p->kind = WORD_SIGN;
        for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
            if (str_starts(rest, str_from(two[i]))) n = 2;
        }
    }
    p->word = str_slice(rest, 0, n);
    p->at += p->word.len;
    if (p->kind == WORD_BAD) p->bad = true;
}

static bool take(Parser *p, const char *word)
{
    bool is =
        p->kind != WORD_STRING && p->kind != WORD_END && str_eq_nocase(p->word, str_from(word));
    if (is) advance(p);
    return is;
}

// ---- nodes

static const Node *refuse(Parser *p)
{
    static const Node nothing = {.kind = NODE_LITERAL};
    p->bad = true;
    return &nothing;
}

static const Node *node(Parser *p, NodeKind kind, Class class, Op op, const Node **args, size_t n)
{
    if (++p->nodes > NODES_MAX) return refuse(p);
    Node *made = arena_new(p->arena, Node);
    *made = (Node){.kind = kind, .class = class, .op = op, .count = n};
    made->args = arena_array(p->arena, const Node *, n);
    if (n) memcpy(made->args, args, n * sizeof *args);
    return made;
}

static const Node *two(Parser *p, NodeKind kind, Class class, Op op, const Node *a, const Node *b)
{
    return node(p, kind, class, op, (const Node *[]){a, b}, 2);
}

static const Node *literal(Parser *p, Value v)
{
    Node *made = arena_new(p->arena, Node);
    Class class = v.kind == VALUE_NULL   ? CLASS_NULL
                  : v.kind == VALUE_TEXT ? CLASS_TEXT
                                         : CLASS_NUMBER;
    *made = (Node){.kind = NODE_LITERAL, .class = class, .literal = v};
    return made;
}

// Numbers with numbers, texts with texts, NULL with either.
static bool comparable(const Node *a, const Node *b)
{
    return a->class == b->class || a->class == CLASS_NULL || b->class == CLASS_NULL;
}

static bool truthy(const Node *n)
{
    return n->class != CLASS_TEXT;
}

static const Node *compare(Parser *p, Op op, const Node *a, const Node *b)
{
    return comparable(a, b) ? two(p, NODE_COMPARE, CLASS_NUMBER, op, a, b) : refuse(p);
}

static const Node *negate(Parser *p, const Node *a, bool negated)
{
    if (!negated) return a;
    return truthy(a) ? node(p, NODE_NOT, CLASS_NUMBER, OP_EQ, &a, 1) : refuse(p);
}

// ---- the parser, loosest first

static const Node *expression(Parser *p);

static const Node *column_named(Parser *p, Str name)
{
    size_t i;
    const ColumnSpec *c = warehouse_column(p->table, name, &i);
    if (!c) return refuse(p);
    Node *made = arena_new(p->arena, Node);
    bool text = c->type == TYPE_TEXT || c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP ||
                c->type == TYPE_UNKNOWN;
    *made = (Node){.kind = NODE_COLUMN, .class = text ? CLASS_TEXT : CLASS_NUMBER, .column = i};
    return made;
}

// "(a, b, …)" behind the parenthesis that is taken already.
static size_t list(Parser *p, const Node **args)
{
    size_t n = 0;
    do {
        if (n == ARGS_MAX) {
            refuse(p);
            return n;
        }
        args[n++] = expression(p);
    } while (!p->bad && take(p, ","));
    if (!take(p, ")")) refuse(p);
    return n;
}

// Only what moves a date as here is understood by NODE_DATE; see date_moved.
static bool date_modifier(const Node *n)
{
    int64_t days;
    Str s = n->literal.text, head, tail;
    if (n->kind != NODE_LITERAL || n->class != CLASS_TEXT) return false;
    if (str_eq(s, S("start of month"))) return true;
    if (str_starts(s, S("weekday "))) return s.len == 9 && s.ptr[8] >= '0' && s.ptr[8] <= '6';
    if (!str_cut(s, ' ', &head, &tail)) return false;
    return head.len < 7 && str_to_i64(head, &days) &&
           (str_eq(tail, S("days")) || str_eq(tail, S("day")));
}

static const Node *call(Parser *p, Str name)
{
    const Node *args[ARGS_MAX];
    size_t n = list(p, args);
    if (p->bad) return refuse(p);
    bool same = true;
    Class class = CLASS_NULL;
    for (size_t i = 0; i < n; i++) {
        if (class == CLASS_NULL) class = args[i]->class;
        same &= args[i]->class == class || args[i]->class == CLASS_NULL;
    }
    bool coalesce = str_eq_nocase(name, S("coalesce")) || str_eq_nocase(name, S("ifnull"));
    if (coalesce && n >= 2 && same) return node(p, NODE_COALESCE, class, OP_EQ, args, n);
    if (str_eq_nocase(name, S("nullif")) && n == 2 && same) {
        return node(p, NODE_NULLIF, class, OP_EQ, args, n);
    }
    if (str_eq_nocase(name, S("date")) && args[0]->class == CLASS_TEXT) {
        for (size_t i = 1; i < n; i++) {
            if (!date_modifier(args[i])) return refuse(p);
        }
        return node(p, NODE_DATE, CLASS_TEXT, OP_EQ, args, n);
    }
    if (str_eq_nocase(name, S("strftime")) && n == 2 && args[1]->class == CLASS_TEXT &&
        args[0]->kind == NODE_LITERAL && str_eq(args[0]->literal.text, S("%w"))) {
        return node(p, NODE_WEEKDAY, CLASS_TEXT, OP_EQ, args + 1, 1);
    }
    return refuse(p);
}

static const Node *named(Parser *p)
{
    static const char *const reserved[] = {"case", "cast", "exists", "select", "not",
                                           "and",  "or",   "is",     "in",     "between",
                                           "like", "glob", "collate"};
    Str name = p->word;
    int64_t today = p->w->today;
    advance(p);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (str_eq_nocase(name, str_from(reserved[i]))) return refuse(p);
    }
    if (take(p, "(")) return call(p, name);
    if (p->kind == WORD_SIGN && str_eq(p->word, S("."))) return refuse(p);
    if (warehouse_column(p->table, name, NULL)) return column_named(p, name);
    if (str_eq_nocase(name, S("null"))) return literal(p, (Value){0});
    if (str_eq_nocase(name, S("true"))) return literal(p, VALUE_INT(1));
    if (str_eq_nocase(name, S("false"))) return literal(p, VALUE_INT(0));
    if (str_eq_nocase(name, S("current_date"))) {
        return literal(p, VALUE_STR(date_text(p->arena, today)));
    }
    if (str_eq_nocase(name, S("current_timestamp"))) {
        return literal(p, VALUE_STR(time_text(p->arena, p->w->now_ms / 1000 * 1000)));
    }
    return refuse(p);
}

static const Node *number(Parser *p)
{
    int64_t n;
    double x;
    Str word = p->word;
    advance(p);
    if (str_to_i64(word, &n)) return literal(p, VALUE_INT(n));
    if (str_find(word, S("."), NULL) && str_to_f64(word, &x)) return literal(p, VALUE_FLT(x));
    return refuse(p);
}

static const Node *primary(Parser *p)
{
    if (take(p, "(")) {
        const Node *inside = expression(p);
        return take(p, ")") ? inside : refuse(p);
    }
    if (take(p, "-")) {
        if (++p->depth > DEPTH_MAX) return refuse(p);
        const Node *of = primary(p);
        p->depth--;
        if (of->class == CLASS_TEXT) return refuse(p);
        return two(p, NODE_ARITHMETIC, CLASS_NUMBER, OP_SUB, literal(p, VALUE_INT(0)), of);
    }
    switch (p->kind) {
    case WORD_NAME:
        return named(p);
    case WORD_NUMBER:
        return number(p);
    case WORD_STRING: {
        Str text = str_slice(p->word, 1, p->word.len - 1);
        advance(p);
        return literal(p, VALUE_STR(text));
    }
    case WORD_SIGN:
    case WORD_END:
    case WORD_BAD:
        break;
    }
    return refuse(p);
}

// strftime gives a text of digits, which arithmetic reads as a number.
static bool is_number(const Node *n)
{
    return n->class != CLASS_TEXT || n->kind == NODE_WEEKDAY;
}

static const Node *arithmetic(Parser *p, Op op, const Node *a, const Node *b)
{
    if (!is_number(a) || !is_number(b)) return refuse(p);
    return two(p, NODE_ARITHMETIC, CLASS_NUMBER, op, a, b);
}

static const Node *product(Parser *p)
{
    const Node *left = primary(p);
    while (!p->bad) {
        if (take(p, "*"))
            left = arithmetic(p, OP_MUL, left, primary(p));
        else if (take(p, "/"))
            left = arithmetic(p, OP_DIV, left, primary(p));
        else if (take(p, "%"))
            left = arithmetic(p, OP_MOD, left, primary(p));
        else
            break;
    }
    return left;
}

static const Node *sum(Parser *p)
{
    const Node *left = product(p);
    while (!p->bad) {
        if (take(p, "+"))
            left = arithmetic(p, OP_ADD, left, product(p));
        else if (take(p, "-"))
            left = arithmetic(p, OP_SUB, left, product(p));
        else
            break;
    }
    return left;
}

static const Node *order(Parser *p)
{
    const Node *left = sum(p);
    while (!p->bad) {
        if (take(p, "<"))
            left = compare(p, OP_LT, left, sum(p));
        else if (take(p, "<="))
            left = compare(p, OP_LE, left, sum(p));
        else if (take(p, ">"))
            left = compare(p, OP_GT, left, sum(p));
        else if (take(p, ">="))
            left = compare(p, OP_GE, left, sum(p));
        else
            break;
    }
    return left;
}

static const Node *in_list(Parser *p, const Node *left, bool negated)
{
    const Node *args[ARGS_MAX + 1] = {left};
    if (!take(p, "(")) return refuse(p);
    size_t n = list(p, args + 1);
    for (size_t i = 1; i <= n && !p->bad; i++) {
        if (args[i]->kind != NODE_LITERAL || !comparable(left, args[i])) return refuse(p);
    }
    return p->bad ? refuse(p)
                  : negate(p, node(p, NODE_IN, CLASS_NUMBER, OP_EQ, args, n + 1), negated);
}

static const Node *between(Parser *p, const Node *left, bool negated)
{
    const Node *low = order(p);
    if (!take(p, "and")) return refuse(p);
    const Node *high = order(p);
    const Node *both = two(p, NODE_AND, CLASS_NUMBER, OP_EQ, compare(p, OP_GE, left, low),
                           compare(p, OP_LE, left, high));
    return negate(p, both, negated);
}

static const Node *is(Parser *p, const Node *left)
{
    bool negated = take(p, "not");
    if (take(p, "distinct")) return refuse(p);
    const Node *right = order(p);
    // IS TRUE asks for truth, not for equality; left to the judge.
    bool word = right->kind == NODE_LITERAL && right->literal.kind == VALUE_INTEGER;
    if (word || !comparable(left, right)) return refuse(p);
    return negate(p, two(p, NODE_IS, CLASS_NUMBER, OP_EQ, left, right), negated);
}

static const Node *equality(Parser *p)
{
    const Node *left = order(p);
    while (!p->bad) {
        if (take(p, "=") || take(p, "=="))
            left = compare(p, OP_EQ, left, order(p));
        else if (take(p, "<>") || take(p, "!="))
            left = compare(p, OP_NE, left, order(p));
        else if (take(p, "is"))
            left = is(p, left);
        else if (take(p, "in"))
            left = in_list(p, left, false);
        else if (take(p, "between"))
            left = between(p, left, false);
        else if (take(p, "not")) {
            if (take(p, "in"))
                left = in_list(p, left, true);
            else if (take(p, "between"))
                left = between(p, left, true);
            else
                return refuse(p);
        } else {
            break;
        }
    }
    return left;
}

static const Node *inversion(Parser *p)
{
    if (++p->depth > DEPTH_MAX) return refuse(p);
    const Node *out = take(p, "not") ? negate(p, inversion(p), true) : equality(p);
    p->depth--;
    return out;
}

static const Node *conjunction(Parser *p)
{
    const Node *left = inversion(p);
    while (!p->bad && take(p, "and")) {
        const Node *right = inversion(p);
        if (!truthy(left) || !truthy(right)) return refuse(p);
        left = two(p, NODE_AND, CLASS_NUMBER, OP_EQ, left, right);
    }
    return left;
}

static const Node *expression(Parser *p)
{
    if (++p->depth > DEPTH_MAX) return refuse(p);
    const Node *left = conjunction(p);
    while (!p->bad && take(p, "or")) {
        const Node *right = conjunction(p);
        if (!truthy(left) || !truthy(right)) return refuse(p);
        left = two(p, NODE_OR, CLASS_NUMBER, OP_EQ, left, right);
    }
    p->depth--;
    return left;
}

const Condition *condition_compile(Arena *a, const WarehouseSpec *w, const TableSpec *t, Str text,
                                   bool for_truth)
{
    Parser p = {.arena = a, .w = w, .table = t, .text = text};
    advance(&p);
    const Node *n = expression(&p);
    return p.bad || p.kind != WORD_END || (for_truth && !truthy(n)) ? NULL : n;
}
