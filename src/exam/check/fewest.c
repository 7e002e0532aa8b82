// fewest: of a wrong answer the smallest database that shows it, whichever way its rows lie and
// tie.
#include "exam/check/check.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"

enum {
    FIRM_TRIES = 40,   // databases on which the answer differs
    FIRM_ROWS_MOST = 9 // of a table: of so few each comes first in one of the orders
};

static bool is_firm(Check *c, const Data *data, bool *firm, Error *err)
{
    Examinee x = c->x;
    x.firm = true;
    return run_differs(&x, data, firm, err);
}

// A difference that hangs on how rows lie or tie is none on another engine. Where there is one that
// does not, on this database or another, only such ones are looked for from here on.
static bool look_for_firm(Check *c, Error *err)
{
    Paper *s = c->paper;
    SqlHome home = {.dialect = c->answer->dialect, .ambient = c->ambient};
    bool firm, differs;
    Ties *ties = arena_new(&c->scratch, Ties);
    *ties = ties_of_wrong(&c->scratch, s->spec, c->answer->sql, &home);
    c->x.answer_ties = ties;
    if (!is_firm(c, c->found, &firm, err)) return false;
    size_t tries = 0;
    for (size_t i = 0; i < s->planned && !firm && tries < FIRM_TRIES; i++) {
        // Small ones and large ones by turns: among many rows something stands apart from the ties.
        Case *k = &s->cases[i % 2 ? s->planned - 1 - i / 2 : i / 2];
        if (!case_make(&c->x, s, k, err)) return false;
        if (k->state != CASE_READY || data_widest(&k->data) > FIRM_ROWS_MOST) continue;
        if (!run_differs(&c->x, &k->data, &differs, err)) return false;
        tries += differs;
        if (differs && !is_firm(c, &k->data, &firm, err)) return false;
        if (differs && firm) c->found = &k->data;
    }
    c->x.firm = firm;
    return true;
}

// Plainer values may let one more row go.
static bool make_plain(Check *c, const Data *few, Data *small, Error *err)
{
    Data plain, fewer;
    if (!simplify_values(&c->x, &c->scratch, few, small, err)) return false;
    if (c->paper->spec->load.len) return true; // each run of a load is many
    if (!shrink_rows(&c->x, &c->scratch, small, &fewer, err)) return false;
    if (data_rows(&fewer) == data_rows(small)) return true;
    if (!simplify_values(&c->x, &c->scratch, &fewer, &plain, err)) return false;
    *small = plain;
    return true;
}

static bool make_small(Check *c, const Data *from, Data *small, Error *err)
{
    Data few;
    return shrink_rows(&c->x, &c->scratch, from, &few, err) &&
           shrink_elsewhere(&c->x, c->paper, &c->scratch, &few, err) &&
           shrink_moves(&c->x, &c->scratch, &few, err) && make_plain(c, &few, small, err);
}

// Where none that was met stands in every order, one that lies beside the smallest may.
static bool make_firm(Check *c, Data *small, Error *err)
{
    Data beside = *small;
    bool found;
    c->x.firm = true;
    if (!shrink_beside(&c->x, &c->scratch, &beside, &found, err)) return false;
    c->x.firm = found;
    return !found || make_plain(c, &beside, small, err);
}

bool check_fewest(Check *c, Data *small, Error *err)
{
    if (c->paper->spec->load.len || c->x.lucky) return make_small(c, c->found, small, err);
    const Data *first = c->found;
    if (!look_for_firm(c, err) || !make_small(c, c->found, small, err)) return false;
    if (c->x.firm && data_widest(small) > FIRM_ROWS_MOST) { // too many to say so
        c->x.firm = false;
        if (!make_small(c, first, small, err)) return false;
    }
    return c->x.firm || make_firm(c, small, err);
}
