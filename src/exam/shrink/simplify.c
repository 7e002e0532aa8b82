// simplify: when no row can go any more, what the rows hold is made plainer, while the two results
// still differ and all constraints hold.
//
// Numbers of things are counted from 1; where rules forbid gaps a row goes and the ones behind it
// move up; numbers and times become those a person would have written. Only columns that one of
// the queries names are touched. The attempts are counted, so the result is the same everywhere.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/private.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"

enum { ATTEMPTS_MOST = 96, ATTEMPTS_LOAD = 24, KEYS_MOST = 64, DAY_S = 86400 };

typedef struct {
    Examinee *x;
    Arena *arena;
    Data data; // the plainest so far
    size_t attempts, most;
} Simplify;

static bool attempt(Simplify *s, const Data *plainer, bool *taken, Error *err)
{
    DataJudge judge = exam_judge(s->x->q);
    *taken = false;
    if (s->attempts == s->most) return true;
    s->attempts++;
    if (!witness_holds(s->x->w, plainer, &judge, taken, err)) return false;
    if (*taken && !run_differs(s->x, plainer, taken, err)) return false;
    if (*taken) s->data = data_copy(s->arena, plainer);
    return true;
}

static const ColumnSpec *column_at(const Simplify *s, size_t table, size_t column)
{
    return &s->x->w->tables[table].columns[column];
}

// --- Numbers of things ---

static bool is_number_of(const Simplify *s, size_t table, size_t column, const ColumnSpec *root)
{
    const ColumnSpec *c = column_at(s, table, column);
    if (c->type != TYPE_INTEGER || c->value_count) return false;
    bool alike = bounds_is_thing(c) && bounds_is_thing(root) && !c->ref_table.len &&
                 str_eq_nocase(c->name, root->name);
    return alike || links_root(s->x->w, c) == root;
}

// Columns that refer to each other hold the same numbers, and so do those of one name that nothing
// links: `change` sees all of them.
typedef int64_t Renumber(int64_t number, const int64_t *with, size_t len);

static void renumber(const Simplify *s, Data *data, const ColumnSpec *root, Renumber *change,
                     const int64_t *with, size_t len)
{
    for (size_t t = 0; t < data->table_count; t++) {
        Table *rows = &data->tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            Value *v = &rows->cells[i];
            bool number = v->kind == VALUE_INTEGER && is_number_of(s, t, i % rows->width, root);
            if (number) v->integer = change(v->integer, with, len);
        }
    }
}

static int64_t place_among(int64_t number, const int64_t *sorted, size_t len)
{
    int64_t place = 1;
    for (size_t i = 0; i < len; i++) place += sorted[i] < number;
    return place;
}

static size_t add_sorted(int64_t *sorted, size_t len, int64_t number)
{
    size_t at = 0;
    while (at < len && sorted[at] < number) at++;
    if (len == KEYS_MOST || (at < len && sorted[at] == number)) return len;
    for (size_t i = len; i > at; i--) sorted[i] = sorted[i - 1];
    sorted[at] = number;
    return len + 1;
}

static bool count_from_one(Simplify *s, const ColumnSpec *root, Error *err)
{
    int64_t sorted[KEYS_MOST];
    size_t len = 0;
    for (size_t t = 0; t < s->data.table_count; t++) {
        const Table *rows = &s->data.tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            const Value *v = &rows->cells[i];
            bool number = v->kind == VALUE_INTEGER && is_number_of(s, t, i % rows->width, root);
            if (number) len = add_sorted(sorted, len, v->integer);
        }
    }
    bool counted = len == 0 || (sorted[0] == 1 && sorted[len - 1] == (int64_t)len);
    if (counted || len == KEYS_MOST) return true;
    Arena scratch = {0};
    Data plainer = data_copy(&scratch, &s->data);
    renumber(s, &plainer, root, place_among, sorted, len);
    bool taken, ok = attempt(s, &plainer, &taken, err);
    arena_free(&scratch);
    return ok;
}

static int64_t moved_up(int64_t number, const int64_t *gone, size_t len)
{
    (void)len;
    return number > *gone ? number - 1 : number;
}

static void drop_row(Table *t, size_t row)
{
    for (size_t i = row * t->width; i + t->width < t->rows * t->width; i++)
        t->cells[i] = t->cells[i + t->width];
    t->rows--;
}

static bool close_gap(Simplify *s, size_t table, size_t row, size_t key, bool *taken, Error *err)
{
    Arena scratch = {0};
    Data plainer = data_copy(&scratch, &s->data);
    int64_t gone = table_at(&plainer.tables[table], row, key)->integer;
    drop_row(&plainer.tables[table], row);
    const ColumnSpec *root = links_root(s->x->w, column_at(s, table, key));
    renumber(s, &plainer, root, moved_up, &gone, 1);
    bool ok = attempt(s, &plainer, taken, err);
    arena_free(&scratch);
    return ok;
}

static bool close_gaps(Simplify *s, size_t table, size_t key, Error *err)
{
    for (size_t row = 0; row < s->data.tables[table].rows;) {
        bool taken = false,
             number = table_at(&s->data.tables[table], row, key)->kind == VALUE_INTEGER;
        if (number && !close_gap(s, table, row, key, &taken, err)) return false;
        row += !taken;
    }
    return true;
}

static bool simplify_keys(Simplify *s, Error *err)
{
    const WarehouseSpec *w = s->x->w;
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *column = &w->tables[t].columns[c];
            bool key = bounds_is_key(&w->tables[t], column), own = links_root(w, column) == column;
            if (!own || !is_number_of(s, t, c, column)) continue;
            if (!key && !bounds_is_thing(column)) continue;
            if (key && w->never_count && !close_gaps(s, t, c, err)) return false;
            if (!count_from_one(s, column, err)) return false;
        }
    }
    return true;
}

static void swap_rows(Table *t, size_t x, size_t y)
{
    for (size_t c = 0; c < t->width; c++) {
        Value v = t->cells[x * t->width + c];
        t->cells[x * t->width + c] = t->cells[y * t->width + c];
        t->cells[y * t->width + c] = v;
    }
}

static void sort_by(Table *t, size_t key)
{
    for (size_t i = 1; i < t->rows; i++) {
        for (size_t k = i; k > 0; k--) {
            if (table_at(t, k - 1, key)->integer <= table_at(t, k, key)->integer) break;
            swap_rows(t, k - 1, k);
        }
    }
}

// Rows of things stand in the order of their numbers.
static bool sort_rows(Simplify *s, Error *err)
{
    const WarehouseSpec *w = s->x->w;
    Arena scratch = {0};
    Data sorted = data_copy(&scratch, &s->data);
    for (size_t t = 0; t < w->table_count; t++) {
        size_t key = 0;
        while (key < w->tables[t].width && !bounds_is_key(&w->tables[t], column_at(s, t, key)))
            key++;
        bool number = key < w->tables[t].width && column_at(s, t, key)->type == TYPE_INTEGER;
        if (number) sort_by(&sorted.tables[t], key);
    }
    bool taken, ok = attempt(s, &sorted, &taken, err);
    arena_free(&scratch);
    return ok;
}

// --- Values ---

enum { PLAINER_MOST = 7, TEXT_ROUNDS = 12 };

static size_t plain_integers(const ColumnSpec *c, const Value *now, Value *out)
{
    static const int64_t plain[] = {1, 2, 10, 100};
    int64_t size = now->integer < 0 ? -now->integer : now->integer, least;
    size_t n = 0;
    if (str_to_i64(c->min, &least) && least < now->integer) out[n++] = VALUE_INT(least);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        bool plainer = now->integer < 0 ? plain[i] <= 2 : plain[i] < size && (i == 0 || size > 3);
        if (plainer) out[n++] = VALUE_INT(plain[i]);
    }
    return n;
}

static size_t plain_reals(const Value *now, Value *out)
{
    static const double plain[] = {1, 2, 10};
    double size = now->real < 0 ? -now->real : now->real;
    bool whole = size < 1e15 && now->real == (double)(int64_t)now->real;
    size_t n = 0;
    if (whole && size <= 3 && now->real >= 0) return 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (now->real < 0 ? plain[i] <= 2 : plain[i] < size) out[n++] = VALUE_FLT(plain[i]);
    }
    if (!whole && size < 1e15) out[n++] = VALUE_FLT((double)(int64_t)now->real);
    return n;
}

// The time of another row, or the start of its own day.
static size_t plain_times(const Simplify *s, const ColumnSpec *c, const Value *now,
                          const Value *first, Value *out)
{
    int64_t seconds;
    size_t n = 0;
    if (first->kind == VALUE_TEXT && !value_same(first, now)) out[n++] = *first;
    bool clock = c->type == TYPE_TIMESTAMP && bounds_moment(now->text, &seconds);
    if (clock && seconds % DAY_S)
        out[n++] = VALUE_STR(time_text(s->arena, seconds / DAY_S * DAY_S * 1000));
    return n;
}

// What no person would write as a name: made along a pattern, or to be so long.
static bool is_odd(Str text)
{
    const size_t long_from = 20;
    bool odd = text.len >= long_from, space = true; // at the start, too
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        odd |= !letter && (c != ' ' || space);
        space = c == ' ';
    }
    return odd || space;
}

// A letter that no other row has, or the text without a half, a quarter or a character at an end.
static size_t plain_texts(const Table *t, size_t column, const Value *now, Value *out)
{
    static const Str letters[] = {STR_LIT("a"), STR_LIT("b"), STR_LIT("c"), STR_LIT("d")};
    const size_t short_enough = 2;
    size_t n = 0;
    if (now->text.len <= short_enough || !is_odd(now->text)) return 0;
    for (size_t i = 0; i < sizeof letters / sizeof *letters && !n; i++) {
        bool free = true;
        for (size_t r = 0; r < t->rows && free; r++) {
            const Value *v = table_at(t, r, column);
            free = v->kind != VALUE_TEXT || !str_eq_nocase(v->text, letters[i]);
        }
        if (free) out[n++] = VALUE_STR(letters[i]);
    }
    for (size_t i = 0; i < now->text.len; i++) {
        if ((unsigned char)now->text.ptr[i] >= 0x80) return n;
    }
    const size_t pieces[] = {now->text.len / 2, now->text.len / 4, 1};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        if (!pieces[i] || (i && pieces[i] == pieces[i - 1])) continue;
        out[n++] = VALUE_STR(str_slice(now->text, 0, now->text.len - pieces[i]));
        out[n++] = VALUE_STR(str_slice(now->text, pieces[i], now->text.len));
    }
    return n;
}

static size_t plainer_values(const Simplify *s, size_t table, size_t row, size_t column, Value *out)
{
    const ColumnSpec *c = column_at(s, table, column);
    const Value *now = table_at(&s->data.tables[table], row, column);
    const Value *first = table_at(&s->data.tables[table], 0, column);
    if (c->value_count) return 0;
    if (c->type == TYPE_INTEGER && now->kind == VALUE_INTEGER) return plain_integers(c, now, out);
    if (c->type == TYPE_REAL && now->kind == VALUE_REAL) return plain_reals(now, out);
    if (c->type == TYPE_TEXT && now->kind == VALUE_TEXT)
        return plain_texts(&s->data.tables[table], column, now, out);
    bool time = c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
    return time && now->kind == VALUE_TEXT ? plain_times(s, c, now, first, out) : 0;
}

// All that hold the value: they may matter because they are alike.
static void replace_all(Table *t, size_t column, const Value *was, Value now)
{
    for (size_t r = 0; r < t->rows; r++) {
        Value *cell = &t->cells[r * t->width + column];
        if (value_same(cell, was)) *cell = now;
    }
}

static bool simplify_cell(Simplify *s, size_t table, size_t row, size_t column, bool *taken,
                          Error *err)
{
    Value plainer[PLAINER_MOST];
    size_t n = plainer_values(s, table, row, column, plainer);
    *taken = false;
    for (size_t i = 0; i < n && !*taken; i++) {
        Arena scratch = {0};
        if (!bounds_value(s->x->w, column_at(s, table, column), &plainer[i])) continue;
        Data other = data_copy(&scratch, &s->data);
        replace_all(&other.tables[table], column, table_at(&s->data.tables[table], row, column),
                    plainer[i]);
        bool ok = attempt(s, &other, taken, err);
        arena_free(&scratch);
        if (!ok) return false;
    }
    return true;
}

// A number of a thing is its name: those were counted already.
static bool is_plain_column(const Simplify *s, size_t table, size_t column)
{
    const TableSpec *t = &s->x->w->tables[table];
    const ColumnSpec *c = &t->columns[column];
    if (bounds_is_key(t, c) || c->ref_table.len || bounds_is_thing(c)) return false;
    return focus_names(s->x->reference->text, c->name) || focus_names(s->x->answer->text, c->name);
}

static bool simplify_cells(Simplify *s, Error *err)
{
    for (size_t t = 0; t < s->data.table_count; t++) {
        for (size_t c = 0; c < s->data.tables[t].width; c++) {
            if (!is_plain_column(s, t, c)) continue;
            for (size_t r = 0; r < s->data.tables[t].rows; r++) {
                bool text = column_at(s, t, c)->type == TYPE_TEXT, taken = true;
                for (size_t round = 0; taken && round < (text ? TEXT_ROUNDS : 1); round++) {
                    if (!simplify_cell(s, t, r, c, &taken, err)) return false;
                }
            }
        }
    }
    return true;
}

bool simplify_values(Examinee *x, Arena *a, const Data *data, Data *out, Error *err)
{
    Arena scratch = {0};
    Simplify s = {.x = x, .arena = &scratch, .data = data_copy(&scratch, data)};
    s.most = x->spec->load.len ? ATTEMPTS_LOAD : ATTEMPTS_MOST;
    bool ok = simplify_keys(&s, err) && sort_rows(&s, err) && simplify_cells(&s, err);
    if (ok) *out = data_copy(a, &s.data);
    arena_free(&scratch);
    return ok;
}
