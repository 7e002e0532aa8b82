// break_fit: typed rows as a database of the warehouse: what they break is said in a sentence, what
// they leave open is filled in.
#include "exam/breaking/break_private.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

typedef struct {
    Arena *a;
    const WarehouseSpec *w;
    const BreakRows *rows;
    const DataJudge *judge;
    Data bare; // the typed rows; columns that are not named hold NULL
    Error *fault;
} Fit;

static size_t table_of(const Fit *f, size_t i)
{
    return (size_t)(warehouse_table(f->w, f->rows->at[i].table) - f->w->tables);
}

static bool blame_line(const Fit *f, int line, Str sentence)
{
    return error_at(f->fault, ERROR_INPUT, (Str){0}, line, 1, STR_FMT, STR_ARG(sentence));
}

static bool names_column(const WitnessTable *t, Str column, size_t *at)
{
    for (*at = 0; *at < t->columns.len; (*at)++) {
        if (str_eq_nocase(t->columns.at[*at], column)) return true;
    }
    return false;
}

static void lay_bare(Fit *f)
{
    f->bare = (Data){arena_array(f->a, Table, f->w->table_count), f->w->table_count};
    for (size_t i = 0; i < f->w->table_count; i++) {
        const TableSpec *spec = &f->w->tables[i];
        Table *t = &f->bare.tables[i];
        t->width = spec->width;
        t->columns = arena_array(f->a, Column, spec->width);
        for (size_t c = 0; c < spec->width; c++) {
            t->columns[c] = (Column){spec->columns[c].name, spec->columns[c].type};
        }
    }
    for (size_t i = 0; i < f->rows->len; i++) {
        const WitnessTable *from = &f->rows->at[i];
        Table *t = &f->bare.tables[table_of(f, i)];
        t->rows = from->rows;
        t->cells = arena_array(f->a, Value, t->rows * t->width);
        for (size_t r = 0; r < t->rows; r++) {
            for (size_t c = 0, at; c < t->width; c++) {
                if (!names_column(from, t->columns[c].name, &at)) continue;
                t->cells[r * t->width + c] = from->cells[r * from->columns.len + at];
            }
        }
    }
}

// --- Keys ---

static bool same_key(const Table *x, size_t row, const Table *y, size_t other, const StrList *names,
                     const StrList *others)
{
    for (size_t i = 0; i < names->len; i++) {
        size_t c = 0, d = 0;
        while (c + 1 < x->width && !str_eq_nocase(x->columns[c].name, names->at[i])) c++;
        while (d + 1 < y->width && !str_eq_nocase(y->columns[d].name, others->at[i])) d++;
        const Value *v = table_at(x, row, c);
        if (v->kind == VALUE_NULL || !value_same(v, table_at(y, other, d))) return false;
    }
    return true;
}

static Str key_words(const Fit *f, const Table *t, size_t row, const StrList *names)
{
    Buf b = buf_new(f->a);
    for (size_t i = 0; i < names->len; i++) {
        size_t c = 0;
        while (c + 1 < t->width && !str_eq_nocase(t->columns[c].name, names->at[i])) c++;
        buf_fmt(&b, "%s" STR_FMT " " STR_FMT, i ? ", " : "", STR_ARG(names->at[i]),
                STR_ARG(value_text(f->a, table_at(t, row, c), t->columns[c].type)));
    }
    return buf_str(&b);
}

static bool all_named(const WitnessTable *t, const StrList *names)
{
    size_t at;
    for (size_t i = 0; i < names->len; i++) {
        if (!names_column(t, names->at[i], &at)) return false;
    }
    return true;
}

static bool is_unique(const Fit *f, size_t i, StrList names)
{
    const Table *t = &f->bare.tables[table_of(f, i)];
    if (!all_named(&f->rows->at[i], &names)) return true;
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t k = 0; k < r; k++) {
            if (!same_key(t, r, t, k, &names, &names)) continue;
            Str s = str_fmt(f->a, "two rows of " STR_FMT " have " STR_FMT "; it is unique there",
                            STR_ARG(f->rows->at[i].table), STR_ARG(key_words(f, t, r, &names)));
            return blame_line(f, f->rows->lines[i][r], s);
        }
    }
    return true;
}

static bool keys_hold(const Fit *f, size_t i)
{
    const TableSpec *spec = &f->w->tables[table_of(f, i)];
    for (size_t c = 0; c < spec->width; c++) {
        ColumnSpec *k = &spec->columns[c];
        if ((k->unique || k->primary_key) && !is_unique(f, i, (StrList){&k->name, 1})) return false;
    }
    for (size_t k = 0; k < spec->unique_count; k++) {
        if (!is_unique(f, i, spec->unique[k])) return false;
    }
    return true;
}

static bool is_null_key(const Table *t, size_t row, const StrList *names)
{
    for (size_t i = 0; i < names->len; i++) {
        for (size_t c = 0; c < t->width; c++) {
            if (!str_eq_nocase(t->columns[c].name, names->at[i])) continue;
            if (table_at(t, row, c)->kind == VALUE_NULL) return true;
        }
    }
    return false;
}

// Parents whose table was not typed are made; those of a typed table must stand there.
static bool parents_hold(const Fit *f, size_t i, const ForeignKey *fk)
{
    size_t p = 0;
    while (p < f->rows->len && !str_eq_nocase(f->rows->at[p].table, fk->ref_table)) p++;
    if (p == f->rows->len) return true;
    if (!all_named(&f->rows->at[i], &fk->columns)) return true;
    if (!all_named(&f->rows->at[p], &fk->ref_columns)) return true;
    const Table *t = &f->bare.tables[table_of(f, i)], *to = &f->bare.tables[table_of(f, p)];
    for (size_t r = 0; r < t->rows; r++) {
        bool found = is_null_key(t, r, &fk->columns);
        for (size_t k = 0; k < to->rows && !found; k++) {
            found = same_key(t, r, to, k, &fk->columns, &fk->ref_columns);
        }
        if (found) continue;
        Str s = str_fmt(f->a, STR_FMT " has no row in " STR_FMT,
                        STR_ARG(key_words(f, t, r, &fk->columns)), STR_ARG(fk->ref_table));
        return blame_line(f, f->rows->lines[i][r], s);
    }
    return true;
}

static bool references_hold(const Fit *f, size_t i)
{
    const TableSpec *spec = &f->w->tables[table_of(f, i)];
    for (size_t c = 0; c < spec->width; c++) {
        ColumnSpec *k = &spec->columns[c];
        if (!k->ref_table.len) continue;
        ForeignKey fk = {{&k->name, 1}, k->ref_table, {&k->ref_column, 1}};
        if (!parents_hold(f, i, &fk)) return false;
    }
    for (size_t k = 0; k < spec->foreign_key_count; k++) {
        if (!parents_hold(f, i, &spec->foreign_keys[k])) return false;
    }
    return true;
}

// --- Conditions ---

// A column that is left open is NULL here, and a check that is unknown passes.
static bool checks_hold(const Fit *f, size_t i, bool *hold, Error *err)
{
    size_t table = table_of(f, i);
    const TableSpec *spec = &f->w->tables[table];
    for (size_t k = 0; f->rows->at[i].rows && k < spec->check.len && *hold; k++) {
        size_t *broken, count = 0;
        if (!f->judge->broken(f->judge->ctx, f->a, f->w, &f->bare, table, spec->check.at[k],
                              &broken, &count, err)) {
            return false;
        }
        if (!count) continue;
        Str s = str_fmt(f->a, "this row breaks a rule of " STR_FMT ": " STR_FMT,
                        STR_ARG(spec->name), STR_ARG(spec->check.at[k]));
        *hold = blame_line(f, f->rows->lines[i][broken[0]], s);
    }
    return true;
}

// Which rule of the warehouse the rows as a whole break.
static bool rules_hold(const Fit *f, bool *hold, Error *err)
{
    for (size_t i = 0; i < f->w->never_count && *hold; i++) {
        bool returns = false;
        if (!f->judge->returns_rows(f->judge->ctx, f->w, &f->bare, f->w->never[i].sql, &returns,
                                    err)) {
            return false;
        }
        if (!returns) continue;
        Str s = str_fmt(f->a, "these rows cannot be: " STR_FMT, STR_ARG(f->w->never[i].why));
        *hold = blame_line(f, f->rows->heads[0], s);
    }
    return true;
}

// --- What is left open ---

// Rows that nobody typed stay only where a typed row needs them as its parent.
static void keep_parents(Arena *a, const Link *l, const Data *data, bool *const *keep, bool *more)
{
    bool *asked = arena_array(a, bool, l->keys);
    for (size_t r = 0; r < data->tables[l->child].rows; r++) {
        if (keep[l->child][r]) asked[l->child_key[r]] = true;
    }
    for (size_t r = 0; r < data->tables[l->parent].rows; r++) {
        if (!l->parent_key[r] || !asked[l->parent_key[r]] || keep[l->parent][r]) continue;
        keep[l->parent][r] = *more = true;
    }
}

static bool cut_spare(const Fit *f, Data *data, Error *err)
{
    Links links = links_find(f->a, f->w, data);
    bool **keep = arena_array(f->a, bool *, data->table_count), holds;
    for (size_t t = 0; t < data->table_count; t++) {
        keep[t] = arena_array(f->a, bool, data->tables[t].rows);
    }
    for (size_t i = 0; i < f->rows->len; i++) {
        size_t t = table_of(f, i);
        for (size_t r = 0; r < data->tables[t].rows; r++) keep[t][r] = true;
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < links.len; i++) keep_parents(f->a, &links.at[i], data, keep, &more);
    }
    Data small = links_subset(f->a, data, keep);
    if (!witness_holds(f->w, &small, f->judge, &holds, err)) return false;
    if (holds) *data = small;
    return true;
}

static bool fill(const Fit *f, uint64_t seed, Data *out, bool *fits, Error *err)
{
    Literals none = {0};
    Making m = {.arena = f->a, .w = f->w, .literals = &none, .judge = f->judge, .seed = seed};
    ExamWrong rows = {.witness = f->rows->at, .witness_count = f->rows->len};
    if (!witness_data(&m, &rows, out, fits, err)) return false;
    if (*fits) return cut_spare(f, out, err);
    *fits = true;
    if (!rules_hold(f, fits, err)) return false;
    if (*fits) {
        *fits = blame_line(f, f->rows->heads[0],
                           S("no values were found for what these rows leave open; name more "
                             "columns, or their parents"));
    }
    return true;
}

bool break_fit(Arena *a, const WarehouseSpec *w, const BreakFill *how, Data *out, bool *fits,
               Error *fault, Error *err)
{
    Fit f = {.a = a, .w = w, .rows = how->rows, .judge = how->judge, .fault = fault};
    lay_bare(&f);
    *fits = true;
    for (size_t i = 0; i < f.rows->len && *fits; i++) {
        *fits = keys_hold(&f, i) && references_hold(&f, i);
        if (*fits && !checks_hold(&f, i, fits, err)) return false;
    }
    return !*fits || fill(&f, how->seed, out, fits, err);
}
