// focus: of a counterexample's tables, the columns that matter: those that one of the two queries
// names.
#include "exam/data/literals/literals.h"
#include "exam/private.h"

static bool before_star(Token t)
{
    static const Str words[] = {STR_LIT("SELECT"), STR_LIT("DISTINCT"), STR_LIT("ALL"),
                                STR_LIT(","), STR_LIT(".")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(t.text, words[i])) return true;
    }
    return false;
}

bool focus_takes_all(Str sql)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    Token last = {0};
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind == TOKEN_COMMENT) continue;
        if (str_eq(t.text, S("*")) && before_star(last)) return true;
        if (str_eq_nocase(t.text, S("NATURAL"))) return true;
        last = t;
    }
    return false;
}

bool focus_names(Str sql, Str name)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        bool word = t.kind == TOKEN_NAME || t.kind == TOKEN_KEYWORD;
        if (word && str_eq_nocase(literals_bare(t.text), name)) return true;
    }
    return false;
}

Table exam_focus(Arena *a, const Counterexample *x, size_t table)
{
    const Table *all = &x->tables[table].table;
    size_t *kept = arena_array(a, size_t, all->width), n = 0;
    bool whole = focus_takes_all(x->expected_sql) || focus_takes_all(x->actual_sql);
    for (size_t k = 0; k < all->width && !whole; k++) {
        Str name = all->columns[k].name;
        bool named = focus_names(x->expected_sql, name) || focus_names(x->actual_sql, name);
        if (named) kept[n++] = k;
    }
    if (whole || n == 0) return *all;
    Table t = {.columns = arena_array(a, Column, n), .width = n, .rows = all->rows};
    t.cells = arena_array(a, Value, n * all->rows);
    for (size_t k = 0; k < n; k++) {
        t.columns[k] = all->columns[kept[k]];
        for (size_t r = 0; r < all->rows; r++) t.cells[r * n + k] = *table_at(all, r, kept[k]);
    }
    return t;
}
