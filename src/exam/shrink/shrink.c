// shrink: rows are taken away, in halves and then one by one, while the two results still differ.
//
// After Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), table by
// table. Taking a row takes those that hang on it, so references hold in every attempt; taking rows
// breaks no other rule but those of `never`, which are asked. What is left is such that no single
// row can go, nor two or three of a few. The attempts are counted, so the result is the same
// everywhere.
#include "exam/shrink/shrink.h"
#include "exam/data/rows.h"
#include "exam/run.h"

enum { ATTEMPTS_MOST = 600 };

typedef struct {
    Examinee *x;
    const Data *data;
    Links links;
    bool **keep; // table, row
    size_t attempts;
} Shrink;

static size_t kept(const Shrink *s, size_t table)
{
    size_t n = 0;
    for (size_t r = 0; r < s->data->tables[table].rows; r++) n += s->keep[table][r];
    return n;
}

static bool **copy_keep(Arena *a, const Shrink *s)
{
    bool **keep = arena_array(a, bool *, s->data->table_count);
    for (size_t i = 0; i < s->data->table_count; i++) {
        size_t rows = s->data->tables[i].rows;
        keep[i] = arena_array(a, bool, rows);
        for (size_t r = 0; r < rows; r++) keep[i][r] = s->keep[i][r];
    }
    return keep;
}

// Whether no rule of the warehouse returns a row.
static bool rules_hold(Examinee *x, const Data *data, bool *hold, Error *err)
{
    DataJudge judge = exam_judge(x->q);
    *hold = true;
    for (size_t i = 0; i < x->w->never_count && *hold; i++) {
        bool returns;
        if (!judge.returns_rows(judge.ctx, x->w, data, x->w->never[i].sql, &returns, err)) {
            return false;
        }
        *hold = !returns;
    }
    return true;
}

// Keeps only what `keep` says, if that still differs.
static bool attempt_keep(Shrink *s, bool **keep, bool *taken, Error *err)
{
    Arena scratch = {0};
    links_close(&s->links, s->data, keep);
    Data rest = links_subset(&scratch, s->data, keep);
    s->attempts++;
    bool ok = run_differs(s->x, &rest, taken, err);
    if (ok && *taken) ok = rules_hold(s->x, &rest, taken, err);
    for (size_t i = 0; ok && *taken && i < s->data->table_count; i++) {
        for (size_t r = 0; r < s->data->tables[i].rows; r++) s->keep[i][r] = keep[i][r];
    }
    arena_free(&scratch);
    return ok;
}

// Takes `n` kept rows of a table, from the at-th on, if the rest still differs.
static bool attempt(Shrink *s, size_t table, size_t at, size_t n, bool *taken, Error *err)
{
    Arena scratch = {0};
    bool **keep = copy_keep(&scratch, s);
    for (size_t r = 0, seen = 0; r < s->data->tables[table].rows; r++) {
        if (!keep[table][r]) continue;
        if (seen >= at && seen < at + n) keep[table][r] = false;
        seen++;
    }
    bool ok = attempt_keep(s, keep, taken, err);
    arena_free(&scratch);
    return ok;
}

// One walk over all tables with pieces of 1 / share of their rows. *coarse: some piece had more
// than one row.
static bool walk(Shrink *s, size_t share, bool *any, bool *coarse, Error *err)
{
    *any = *coarse = false;
    for (size_t t = 0; t < s->data->table_count; t++) {
        size_t piece = kept(s, t) / share;
        if (piece > 1) *coarse = true;
        if (!piece) piece = 1;
        for (size_t at = 0; at < kept(s, t) && s->attempts < ATTEMPTS_MOST;) {
            bool taken;
            if (!attempt(s, t, at, piece, &taken, err)) return false;
            *any |= taken;
            if (!taken) at += piece;
        }
    }
    return true;
}

// --- What no single row may leave ---

enum { FEW_ROWS = 8 };

typedef struct {
    size_t table, row;
} Spot;

static size_t list_kept(const Shrink *s, Spot *out, size_t most)
{
    size_t n = 0;
    for (size_t t = 0; t < s->data->table_count; t++) {
        for (size_t r = 0; r < s->data->tables[t].rows; r++) {
            if (!s->keep[t][r]) continue;
            if (n < most) out[n] = (Spot){t, r};
            n++;
        }
    }
    return n;
}

static bool attempt_spots(Shrink *s, const Spot *spots, size_t n, bool *taken, Error *err)
{
    Arena scratch = {0};
    bool **keep = copy_keep(&scratch, s);
    for (size_t i = 0; i < n; i++) keep[spots[i].table][spots[i].row] = false;
    bool ok = attempt_keep(s, keep, taken, err);
    arena_free(&scratch);
    return ok;
}

// Two or three rows of a few may go together where none may go alone: a share of one in three, a
// pair of times.
static bool take_together(Shrink *s, bool *taken, Error *err)
{
    Spot at[FEW_ROWS];
    size_t n = list_kept(s, at, FEW_ROWS);
    *taken = false;
    if (n < 3 || n > FEW_ROWS) return true;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            Spot pair[] = {at[i], at[j]};
            if (s->attempts >= ATTEMPTS_MOST) return true;
            if (!attempt_spots(s, pair, 2, taken, err)) return false;
            if (*taken) return true;
        }
    }
    for (size_t i = 0; i < n && n > 3; i++) {
        for (size_t j = i + 1; j < n; j++) {
            for (size_t k = j + 1; k < n; k++) {
                Spot three[] = {at[i], at[j], at[k]};
                if (s->attempts >= ATTEMPTS_MOST) return true;
                if (!attempt_spots(s, three, 3, taken, err)) return false;
                if (*taken) return true;
            }
        }
    }
    return true;
}

static bool walk_all(Shrink *s, Error *err)
{
    bool any = true, coarse = true;
    for (size_t share = 1; (any || coarse) && s->attempts < ATTEMPTS_MOST; share *= 2) {
        if (!walk(s, share, &any, &coarse, err)) return false;
    }
    return true;
}

bool shrink_rows(Examinee *x, Arena *a, const Data *data, Data *out, Error *err)
{
    Arena scratch = {0};
    Shrink s = {.x = x, .data = data, .links = links_find(&scratch, x->w, data)};
    s.keep = arena_array(&scratch, bool *, data->table_count);
    for (size_t i = 0; i < data->table_count; i++) {
        s.keep[i] = arena_array(&scratch, bool, data->tables[i].rows);
        for (size_t r = 0; r < data->tables[i].rows; r++) s.keep[i][r] = true;
    }
    bool ok = walk_all(&s, err);
    for (bool taken = true; ok && taken;) {
        ok = take_together(&s, &taken, err);
        if (ok && taken) ok = walk_all(&s, err);
    }
    if (ok) *out = links_subset(a, data, s.keep);
    arena_free(&scratch);
    return ok;
}
