// order: the same rows in another order, for finding results that hang on it.
#include "base/rng.h"
#include "exam/data/rows.h"
#include <string.h>

enum { SHUFFLE_SEED = 0x5eed };

static void put_row(Table *to, size_t row, const Table *from, size_t from_row)
{
    if (!from->width) return;
    memcpy(to->cells + row * to->width, from->cells + from_row * from->width,
           from->width * sizeof *from->cells);
}

static void reverse(Table *to, const Table *from)
{
    for (size_t r = 0; r < from->rows; r++) put_row(to, r, from, from->rows - 1 - r);
}

// Fisher and Yates, on a list of row numbers.
static void shuffle(Table *to, const Table *from, uint64_t stream)
{
    Arena scratch = {0};
    size_t *at = arena_array(&scratch, size_t, from->rows);
    Rng rng = {.seed = SHUFFLE_SEED, .stream = stream};
    for (size_t i = 0; i < from->rows; i++) {
        size_t k = rng_below(&rng, i + 1);
        at[i] = at[k];
        at[k] = i;
    }
    for (size_t r = 0; r < from->rows; r++) put_row(to, r, from, at[r]);
    arena_free(&scratch);
}

static void turn(Table *to, const Table *from, size_t by)
{
    for (size_t r = 0; r < from->rows; r++) put_row(to, r, from, (r + by) % from->rows);
}

// With room for the same rows.
static Data same_shape(Arena *a, const Data *data)
{
    Data d = {arena_array(a, Table, data->table_count), data->table_count};
    for (size_t i = 0; i < d.table_count; i++) {
        const Table *from = &data->tables[i];
        d.tables[i] = *from;
        d.tables[i].cells = arena_array(a, Value, from->rows * from->width);
    }
    return d;
}

Data order_rows(Arena *a, const Data *data, RowOrder order)
{
    Data d = same_shape(a, data);
    for (size_t i = 0; i < d.table_count; i++) {
        const Table *from = &data->tables[i];
        switch (order) {
        case ORDER_REVERSED:
            reverse(&d.tables[i], from);
            break;
        case ORDER_SHUFFLED:
            shuffle(&d.tables[i], from, i);
            break;
        }
    }
    return d;
}

Data order_turned(Arena *a, const Data *data, size_t by)
{
    Data d = same_shape(a, data);
    for (size_t i = 0; i < d.table_count; i++) turn(&d.tables[i], &data->tables[i], by);
    return d;
}

size_t data_rows(const Data *data)
{
    size_t n = 0;
    for (size_t i = 0; i < data->table_count; i++) n += data->tables[i].rows;
    return n;
}

size_t data_widest(const Data *data)
{
    size_t n = 0;
    for (size_t i = 0; i < data->table_count; i++) {
        if (data->tables[i].rows > n) n = data->tables[i].rows;
    }
    return n;
}

// The first text of the database that is the same but for its case.
static const Value *first_alike(const Data *data, const Value *v)
{
    for (size_t t = 0; t < data->table_count; t++) {
        const Table *rows = &data->tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            const Value *other = &rows->cells[i];
            if (other == v) return v;
            if (other->kind == VALUE_TEXT && str_eq_nocase(other->text, v->text)) return other;
        }
    }
    return v;
}

bool data_one_case(Data *data)
{
    bool any = false;
    for (size_t t = 0; t < data->table_count; t++) {
        Table *rows = &data->tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            Value *v = &rows->cells[i];
            const Value *first = v->kind == VALUE_TEXT ? first_alike(data, v) : v;
            if (first == v || str_eq(first->text, v->text)) continue;
            *v = *first;
            any = true;
        }
    }
    return any;
}

Data data_copy(Arena *a, const Data *data)
{
    Data d = {arena_array(a, Table, data->table_count), data->table_count};
    for (size_t t = 0; t < d.table_count; t++) d.tables[t] = table_copy(a, &data->tables[t]);
    return d;
}
