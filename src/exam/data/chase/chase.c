// chase: the rows that a query asks for, written down: one of each table that it joins, with keys
// that are equal where it says so and values that pass its conditions; then more of them, of which
// some share their things with earlier ones and some just miss.
//
// Rows drawn one by one never meet in eight tables with four constants. The conditions of a query
// say what such rows look like, so they need not be drawn. What cannot be read this way is left to
// chance: a database that says nothing costs one run.
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/mutate/mutants.h"

enum { OWN = 3 }; // share of what each copy has for itself
enum { ATTEMPTS = 4, SLIP_ONE_IN = 8, CHASE_STREAM = 0xc4a5e };

typedef struct {
    Chase c;
    const Making *m;
    const Data *base;
    Data out;
    size_t room;     // rows of each table
    Value *values;   // by class: of this copy
    bool *kept;      // by class: as in the copy before
    size_t *in_turn; // classes, each once
    size_t class_count;
    ChaseSlip slip;
    size_t turn; // which branch the first copy takes
} Build;

// --- Copies ---

static bool key_is_kept(Build *b, const Stand *s)
{
    const TableSpec *t = &b->c.w->tables[s->table];
    for (size_t i = 0; i < t->width; i++) {
        if (bounds_is_key(t, &t->columns[i]) && b->kept[chase_class(&b->c, s->first + i)])
            return true;
    }
    for (size_t u = 0; u < t->unique_count; u++) {
        bool all = t->unique[u].len > 0;
        for (size_t k = 0; k < t->unique[u].len; k++) {
            size_t at;
            all &= warehouse_column(t, t->unique[u].at[k], &at) &&
                   b->kept[chase_class(&b->c, s->first + at)];
        }
        if (all) return true;
    }
    return false;
}

// What a row with an earlier key holds, the earlier row does.
static void close_kept(Build *b)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t s = 0; s < b->c.stands.len; s++) {
            const Stand *stand = &b->c.stands.at[s];
            if (!key_is_kept(b, stand)) continue;
            for (size_t i = 0; i < b->c.w->tables[stand->table].width; i++) {
                bool *kept = &b->kept[chase_class(&b->c, stand->first + i)];
                more |= !*kept;
                *kept = true;
            }
        }
    }
}

static void draw_class(Build *b, ChaseDraw *d, size_t class, size_t copy)
{
    const ChaseSlip *s = &b->slip;
    bool here = s->on && s->class && s->copy == copy && chase_class(&b->c, s->slot) == class;
    if (b->kept[class] && !here) return;
    bool any = !s->on && !b->m->story && copy && rng_below(&b->c.rng, SLIP_ONE_IN) == 0;
    d->slip = s->on ? here && !s->null : any;
    b->values[class] = chase_value(&b->c, d, class);
    if (here && s->null) b->values[class] = (Value){.kind = VALUE_NULL};
}

static void settle(Build *b, const Pair *p, size_t copy)
{
    const ChaseSlip *s = &b->slip;
    size_t class = chase_class(&b->c, p->slot);
    bool here = s->on && s->class && s->copy == copy && chase_class(&b->c, s->slot) == class;
    if (b->kept[class] || (here && s->null) || !chase_active(&b->c, &p->path)) return;
    chase_settle(&b->c, p, b->values, here);
}

// Mostly each copy takes the next one of several branches.
static void draw_choices(Build *b, size_t copy)
{
    Chase *c = &b->c;
    for (size_t i = 0; i < c->choices.len; i++) {
        uint64_t next = (b->turn + copy) % c->choices.at[i];
        bool any = rng_below(&c->rng, 8) == 0;
        c->chosen[i] = (uint16_t)(any ? rng_below(&c->rng, c->choices.at[i]) : next);
    }
}

static void draw_copy(Build *b, size_t copy, const uint8_t *share)
{
    b->c.turn = b->turn + copy;
    draw_choices(b, copy);
    ChaseDraw d = {.base = b->base, .out = &b->out, .in_turn = b->m->story, .copy = copy};
    for (size_t i = 0; i < b->class_count; i++) {
        size_t class = b->in_turn[i];
        b->kept[class] = copy && (share[i] == 0 || (share[i] == 1 && rng_below(&b->c.rng, 2)));
    }
    close_kept(b);
    for (size_t i = 0; i < b->class_count; i++) draw_class(b, &d, b->in_turn[i], copy);
    for (size_t i = 0; i < b->c.pairs.len; i++) settle(b, &b->c.pairs.at[i], copy);
}

// --- Rows ---

static bool agrees(const TableSpec *t, const Table *rows, size_t at, const Value *row,
                   StrList names)
{
    for (size_t k = 0; k < names.len; k++) {
        size_t i;
        if (!warehouse_column(t, names.at[k], &i)) return false;
        if (row[i].kind == VALUE_NULL || !value_same(table_at(rows, at, i), &row[i])) return false;
    }
    return true;
}

// Whether a row with this key is there already. A whole row may stand twice where nothing forbids
// it.
static bool has_row(Build *b, const TableSpec *t, const Table *rows, const Value *row)
{
    bool once = rng_below(&b->c.rng, 4);
    for (size_t r = 0; r < rows->rows; r++) {
        bool whole = true;
        for (size_t i = 0; i < t->width; i++) {
            bool same = value_same(table_at(rows, r, i), &row[i]);
            if (same && row[i].kind != VALUE_NULL && bounds_is_key(t, &t->columns[i])) return true;
            whole &= same;
        }
        for (size_t u = 0; u < t->unique_count; u++) {
            if (agrees(t, rows, r, row, t->unique[u])) return true;
        }
        if (whole && once) return true;
    }
    return false;
}

// What the row holds there in this copy.
static Value cell_of(Build *b, size_t slot, size_t copy)
{
    const ChaseSlip *s = &b->slip;
    Value v = b->values[chase_class(&b->c, slot)];
    if (!s->on || s->class || s->slot != slot || s->copy != copy) return v;
    return s->null ? (Value){.kind = VALUE_NULL} : chase_other(&b->c, slot, v);
}

// A number that names something is not below zero, unless the query says so.
static bool is_below(const TableSpec *t, size_t column, const Value *v, const Literals *l)
{
    bool below = v->kind == VALUE_INTEGER && v->integer < 0 && bounds_is_name_of(t, column);
    for (size_t i = 0; below && i < l->len; i++) {
        bool said = str_starts(l->at[i].text, S("-")) &&
                    str_eq_nocase(l->at[i].column, t->columns[column].name);
        if (said) return false;
    }
    return below;
}

static bool add_rows(Build *b, size_t copy)
{
    for (size_t s = 0; s < b->c.stands.len; s++) {
        const Stand *stand = &b->c.stands.at[s];
        const TableSpec *t = &b->c.w->tables[stand->table];
        Table *rows = &b->out.tables[stand->table];
        Value *row = &rows->cells[rows->rows * rows->width];
        if (stand->absent || rows->rows == b->room) continue;
        for (size_t i = 0; i < t->width; i++) {
            row[i] = value_fitted(b->c.arena, &t->columns[i], cell_of(b, stand->first + i, copy));
            if (is_below(t, i, &row[i], b->c.literals)) return false;
            if (!bounds_value(b->c.w, &t->columns[i], &row[i])) return false;
        }
        if (!has_row(b, t, rows, row)) rows->rows++;
    }
    return true;
}

static Data roomy(Arena *a, const Data *base, size_t room, bool empty)
{
    Data d = data_copy(a, base);
    for (size_t t = 0; t < d.table_count; t++) {
        Table *rows = &d.tables[t];
        if (empty) rows->rows = 0;
        Value *cells = arena_array(a, Value, (room + 1) * rows->width);
        for (size_t i = 0; i < rows->rows * rows->width; i++) cells[i] = rows->cells[i];
        rows->cells = cells;
    }
    return d;
}

static void list_classes(Build *b)
{
    size_t n = b->c.class.len;
    b->values = arena_array(b->c.arena, Value, n);
    b->kept = arena_array(b->c.arena, bool, n);
    b->in_turn = arena_array(b->c.arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        if (chase_class(&b->c, i) == i) b->in_turn[b->class_count++] = i;
    }
}

// Rows of one story are about the same: what they are grouped by, or else what joins them.
static void tell_apart(Build *b, uint8_t *share)
{
    Chase *c = &b->c;
    for (size_t i = 0; i < b->class_count; i++) {
        size_t members = 0;
        bool key = false;
        for (size_t k = 0; k < c->class.len; k++) members += chase_class(c, k) == b->in_turn[i];
        for (size_t k = 0; k < c->keys.len; k++)
            key |= chase_class(c, c->keys.at[k]) == b->in_turn[i];
        bool about = key || (members > 1 && (!c->keys.len || rng_below(&c->rng, 4)));
        share[i] = about ? 0 : OWN;
    }
}

// By class: 0 = all copies share it, 1 = some do, else each has its own. At times what rows are
// grouped by is shared by all, and nothing else is.
static uint8_t *draw_shares(Build *b, bool grouped)
{
    Chase *c = &b->c;
    uint8_t *share = arena_array(c->arena, uint8_t, b->class_count);
    if (b->m->story) tell_apart(b, share);
    for (size_t i = 0; !b->m->story && i < b->class_count; i++) {
        share[i] = (uint8_t)(grouped ? 1 + rng_below(&c->rng, 3) : rng_below(&c->rng, 4));
        for (size_t k = 0; grouped && k < c->keys.len; k++) {
            if (chase_class(c, c->keys.at[k]) == b->in_turn[i]) share[i] = 0;
        }
    }
    return share;
}

static bool build(Build *b, size_t copies)
{
    Chase *c = &b->c;
    chase_read(c);
    if (!c->stands.len) return false;
    c->chosen = arena_array(c->arena, uint16_t, c->choices.len);
    b->turn = rng_below(&c->rng, UINT8_MAX);
    chase_parents(c);
    list_classes(b);
    bool grouped = c->keys.len && rng_below(&c->rng, 2);
    if (grouped && c->crowd && copies > 1) copies = c->crowd + rng_below(&c->rng, 2);
    b->slip = chase_slip(c, copies);
    if (b->m->story && rng_below(&c->rng, 3)) b->slip.on = false;
    b->room = data_widest(b->base) + copies * c->stands.len;
    b->out = roomy(c->arena, b->base, b->room, rng_below(&c->rng, 3) > 0);
    const uint8_t *share = draw_shares(b, grouped);
    for (size_t copy = 0; copy < copies; copy++) {
        draw_copy(b, copy, share);
        if (!add_rows(b, copy)) return false;
    }
    return true;
}

bool chase_data(const Making *m, const SameTree *tree, const Data *base, size_t copies, Data *out,
                bool *made, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    *made = false;
    for (uint64_t i = 0; tree && i < ATTEMPTS && ok && !*made; i++) {
        Build b = {.m = m, .base = base};
        b.c = (Chase){.arena = &scratch, .w = m->w, .tree = tree, .literals = m->literals};
        b.c.rng = (Rng){.seed = m->seed, .stream = CHASE_STREAM + i};
        if (build(&b, copies)) ok = witness_holds(m->w, &b.out, m->judge, made, err);
        if (ok && *made) *out = data_copy(m->arena, &b.out);
    }
    arena_free(&scratch);
    return ok;
}
