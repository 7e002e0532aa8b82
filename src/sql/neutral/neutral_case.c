// neutral_case: upper and lower case where the collations of two dialects differ: what MySQL finds
// equal is compared in lower case elsewhere, and what it would find equal is told apart in it.
//
// It is said of what the query compares. How rows are grouped and sorted is left to the collation
// of the column, which no query shows.
#include "sql/neutral_pair.h"

#define EXACT "utf8mb4_0900_bin"

static bool loses_case(const Translator *t)
{
    return sql_rules(t->ambient)->text_folds_case && !sql_rules(t->to)->text_folds_case;
}

static bool gains_case(const Translator *t)
{
    return !sql_rules(t->ambient)->text_folds_case && sql_rules(t->to)->text_folds_case;
}

static bool has_letters(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        int lower = c | 0x20;
        if (c >= 0x80 || (lower >= 'a' && lower <= 'z')) return true;
    }
    return false;
}

static bool is_plain(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
    }
    return true;
}

SqlNode *case_lower(Translator *t, SqlNode *n)
{
    if (n->kind == NODE_STRING && is_plain(n->text)) {
        SqlNode *made = make_string(t, n, str_lower(t->arena, n->text));
        made->parens = n->parens;
        return made;
    }
    bool lower = node_is_call(n, "lower");
    SqlNode *made = lower ? n : make_call1(t, n, "lower", n);
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *collated(Translator *t, SqlNode *n)
{
    SqlNode *made = make_node(t, NODE_COLLATE, n, 0);
    made->text = S(EXACT);
    made->type = TYPE_TEXT;
    made->child[ONLY] = n;
    return made;
}

SqlNode *case_exact(Translator *t, SqlNode *n)
{
    bool letters = n->kind != NODE_STRING || has_letters(n->text);
    bool text = node_is(n, TYPE_TEXT) && n->kind != NODE_COLLATE;
    return text && letters && is_foreign(t) && gains_case(t) ? collated(t, n) : n;
}

SqlNode *case_folded(Translator *t, SqlNode *n)
{
    bool text = node_is(n, TYPE_TEXT) && n->kind != NODE_COLLATE;
    return text && is_foreign(t) && loses_case(t) ? case_lower(t, n) : n;
}

static bool is_collate(const SqlNode *n, Str word)
{
    return n && n->kind == NODE_COLLATE && str_eq(n->text, word);
}

static SqlNode *bare(SqlNode *n)
{
    return n->kind == NODE_COLLATE ? n->child[ONLY] : n;
}

typedef struct {
    bool text;         // both sides are, as far as they are known
    bool letters;      // a case matters
    bool exact, folds; // … is said by COLLATE
    bool json;         // a text out of JSON, which MySQL compares with its case
    bool column;       // … unless anything but a literal stands beside it
} Sides;

static void look(const Translator *t, Sides *s, const SqlNode *n)
{
    if (!n || n->kind == NODE_NULL) return;
    bool json = t->from == DIALECT_MYSQL && document_of(t, n) == DOCUMENT_TEXT;
    s->json = s->json || json;
    s->column = s->column || !(json || n->kind == NODE_STRING);
    s->text = s->text && node_is(n, TYPE_TEXT);
    s->letters = s->letters && (n->kind != NODE_STRING || has_letters(n->text));
    s->exact = s->exact || is_collate(n, S("BINARY"));
    s->folds = s->folds || is_collate(n, S("gr_folded"));
}

// x against all of `set`: IN, CASE x WHEN, BETWEEN, or one value.
void case_set(Translator *t, SqlNode **x, SqlNode **set, uint32_t n)
{
    Sides s = {.text = true, .letters = true};
    bool any = false; // of the values has letters
    if (!is_foreign(t)) return;
    look(t, &s, *x);
    for (uint32_t i = 0; i < n; i++) {
        Sides one = {.text = true, .letters = true};
        look(t, &one, set[i]);
        any = any || one.letters;
        s.text = s.text && one.text;
        s.exact = s.exact || one.exact;
        s.folds = s.folds || one.folds;
        s.json = s.json || one.json;
        s.column = s.column || one.column;
    }
    if (s.json && !s.column && !s.folds) s.exact = true;
    if (!s.text || !s.letters || !any) return;
    bool folds = !s.exact && (s.folds || loses_case(t));
    if (folds && !sql_rules(t->to)->text_folds_case) {
        *x = case_lower(t, bare(*x));
        for (uint32_t i = 0; i < n; i++) {
            if (set[i] && set[i]->kind != NODE_NULL) set[i] = case_lower(t, bare(set[i]));
        }
    } else if (!folds && (gains_case(t) || s.exact) && sql_rules(t->to)->text_folds_case) {
        *x = collated(t, bare(*x));
    }
}

// a = b; of a literal on the right side the collation is said there, where it reads best.
void case_pair(Translator *t, SqlNode **a, SqlNode **b)
{
    if ((*a)->kind == NODE_ROW && (*b)->kind == NODE_ROW && (*a)->count == (*b)->count) {
        for (uint32_t i = 0; i < (*a)->count; i++) case_pair(t, &(*a)->child[i], &(*b)->child[i]);
        return;
    }
    SqlNode *left = *a;
    case_set(t, a, b, 1);
    bool moved = left != *a && is_collate(*a, S(EXACT)) && (*b)->kind == NODE_STRING;
    if (!moved) return;
    *a = bare(*a);
    *b = collated(t, *b);
}

// What COLLATE says beside no comparison: ORDER BY x COLLATE NOCASE.
SqlNode *lower_collate(Translator *t, SqlNode *n)
{
    if (!is_foreign(t)) return n;
    if (is_collate(n, S("BINARY"))) {
        return sql_rules(t->to)->text_folds_case ? collated(t, n->child[ONLY]) : n->child[ONLY];
    }
    if (!is_collate(n, S("gr_folded"))) return n;
    bool there = sql_rules(t->to)->text_folds_case;
    return there ? n->child[ONLY] : case_lower(t, n->child[ONLY]);
}
