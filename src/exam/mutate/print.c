// print: a fingerprint of what a query gave: alike for results that a person would call the same.
//
// Numbers are taken to ten digits, so two that lie within the tolerance on both sides of a rounding
// have two prints: then a diagnosis is missed, never a wrong one given.
#include "base/buf.h"
#include "exam/mutate/rivals.h"
#include "exam/run.h"
#include <stdio.h>

static uint64_t mix(uint64_t hash, uint64_t content)
{
    uint64_t parts[2] = {hash, content};
    return str_hash((Str){(const char *)parts, sizeof parts});
}

static uint64_t print_cell(const Value *v)
{
    char text[40];
    switch (v->kind) {
    case VALUE_NULL:
        return 7;
    case VALUE_INTEGER:
    case VALUE_REAL:
        snprintf(text, sizeof text, "%.10g",
                 v->kind == VALUE_REAL ? v->real + 0.0 : (double)v->integer);
        return mix(1, str_hash(str_from(text)));
    case VALUE_TEXT:
    case VALUE_BLOB:
        return mix(2, str_hash(query_plain(v->text)));
    }
    return 0;
}

uint64_t print_row(const Table *t, size_t row, const size_t *column_of, size_t width)
{
    uint64_t hash = width;
    for (size_t c = 0; c < width; c++) hash = mix(hash, print_cell(table_at(t, row, column_of[c])));
    return hash;
}

static bool is_key(const CompareRule *rule, Str column)
{
    for (size_t k = 0; k < rule->key_count; k++) {
        if (str_eq_nocase(rule->keys[k].column, column)) return true;
    }
    return false;
}

// The right rows in a wrong order: the order in which the keys stand.
static uint64_t print_order(const CompareRule *rule, const Table *expected, const Table *t,
                            const size_t *column_of)
{
    uint64_t hash = 3;
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t c = 0; c < expected->width; c++) {
            if (!rule->as_reference && !is_key(rule, expected->columns[c].name)) continue;
            hash = mix(hash, print_cell(table_at(t, r, column_of[c])));
        }
    }
    return hash;
}

uint64_t print_of(const Examinee *x, const Table *expected, const QueryResult *actual)
{
    const Table *t = &actual->table;
    if (actual->error.kind != ERROR_NONE) return PRINT_FAILED;
    Arena scratch = {0};
    Comparison c = run_compare(x, &scratch, expected, t);
    uint64_t print = PRINT_SAME;
    if (c.kind == COMPARE_COLUMNS) print = PRINT_COLUMNS;
    if (c.kind == COMPARE_ORDER) print = print_order(&x->spec->rule, expected, t, c.column_of);
    if (c.kind == COMPARE_ROWS) {
        uint64_t sum = t->rows; // of a multiset: the sum of its rows
        for (size_t r = 0; r < t->rows; r++) sum += print_row(t, r, c.column_of, expected->width);
        print = mix(5, sum);
    }
    arena_free(&scratch);
    return print ? print : 8;
}
