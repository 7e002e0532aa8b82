// break_page: what is written about a query to be broken: before it is over only what these rows
// did, afterwards everything.
#include "tui/screens/break.h"
#include "tui/screens/versus.h"

static void add_query(Leaf *p, Str sql)
{
    Prose code = prose_plain(p->a, str_trim(sql), p->cells);
    for (size_t i = 0; i < code.len; i++) {
        code.at[i].language = S("sql");
        for (size_t k = 0; k < code.at[i].count; k++) code.at[i].spans[k].role = PROSE_CODE;
    }
    leaf_prose(p, code);
    leaf_gap(p);
}

// Nobody can be asked here: what decides is told.
static void add_facts(Leaf *p, const Drill *d, size_t world)
{
    Buf list = buf_new(p->a);
    const DialogFact *facts = drill_facts(p->a, d, world);
    for (size_t i = 0; i < d->fact_count; i++)
        buf_fmt(&list, "- " STR_FMT "\n", STR_ARG(facts[i].say));
    if (!d->fact_count) return;
    leaf_words(p, S("**What holds**"));
    leaf_words(p, buf_str(&list));
}

Prose break_question(Ui *ui, int cells)
{
    const Attempt *t = app_attempt(ui->app);
    const Drill *d = t->session.drill;
    Leaf p = {.a = &ui->frame, .cells = cells};
    leaf_words(&p, d->prompt);
    leaf_words(&p, S("**Does this answer it, or which few rows break it?**"));
    add_query(&p, t->shown.sql);
    add_facts(&p, d, t->session.world);
    if (t->shown.again)
        leaf_words(&p, S("You have met every mistake of this drill; they begin anew."));
    return leaf_end(&p);
}

// ---- so far

static void add_fault(Leaf *p, const BreakVerdict *v)
{
    const Error *e = &v->fault;
    Buf b = buf_new(p->a);
    if (e->line) buf_fmt(&b, "line %d, column %d: ", e->line, e->column);
    buf_add(&b, str_from(e->text));
    leaf_prose(p, prose_plain(p->a, buf_str(&b), p->cells));
    leaf_gap(p);
}

// All columns: which ones the reference looks at is not told.
static void add_rows(Leaf *p, const Counterexample *x)
{
    if (x->rows) leaf_heading(p, S("with your rows as they were run"));
    for (size_t i = 0; i < x->table_count; i++) {
        leaf_table(p, x->tables[i].name, &x->tables[i].table);
    }
}

Prose break_so_far(Ui *ui, int cells)
{
    const BreakVerdict *v = &app_attempt(ui->app)->end;
    Leaf p = {.a = &ui->frame, .cells = cells};
    if (v->fault.kind != ERROR_NONE) add_fault(&p, v);
    if (!v->has_run) return leaf_end(&p);
    if (v->kind == BREAK_UNDECIDED) {
        leaf_words(&p, v->why);
        versus_results(&p, &v->run, "right, in one order", "this query");
    } else {
        leaf_words(&p, S("These rows do not break it: both queries give the same on them. Either "
                         "other rows do (go on typing), or it holds (F9)."));
        leaf_table(&p, S("both give"), &v->run.actual);
    }
    add_rows(&p, &v->run);
    return leaf_end(&p);
}

// ---- everything

static const char *headline(BreakKind k, bool gave_up, const BreakCase *c)
{
    if (gave_up) return c->holds ? "Given up. It holds." : "Given up. It does not hold.";
    switch (k) {
    case BREAK_BROKEN:
        return "✓ Broken.";
    case BREAK_HELD:
        return "✓ It holds.";
    case BREAK_MISSED:
        return "✗ It does not hold.";
    default:
        return "";
    }
}

static Str size_words(Arena *a, const Attempt *t)
{
    size_t used = t->end.run.rows, least = t->shown.own.counterexample.rows;
    if (used <= least) {
        return str_fmt(a, "Your %zu row%s: as few as the exam needs.", used, used == 1 ? "" : "s");
    }
    return str_fmt(a, "Your database has %zu rows; the smallest that the exam found has %zu.", used,
                   least);
}

static void add_own_rows(Leaf *p, const Counterexample *x)
{
    versus_database(p, x);
    versus_results(p, x, "right", "this query");
}

static void add_smallest(Leaf *p, const Attempt *t, bool broken)
{
    const Counterexample *x = &t->shown.own.counterexample;
    leaf_heading(p, broken ? str_fmt(p->a, "The smallest database that breaks it: %zu row%s",
                                     x->rows, x->rows == 1 ? "" : "s")
                           : str_fmt(p->a, "%zu row%s that break%s it", x->rows,
                                     x->rows == 1 ? "" : "s", x->rows == 1 ? "s" : ""));
    leaf_gap(p);
    add_own_rows(p, x);
}

Prose break_everything(Ui *ui, int cells)
{
    const Attempt *t = app_attempt(ui->app);
    const BreakCase *c = &t->shown;
    bool gave_up = t->session.giving_up;
    bool broken = !gave_up && t->end.kind == BREAK_BROKEN;
    Leaf p = {.a = &ui->frame, .cells = cells};
    const char *head = headline(t->end.kind, gave_up, c);
    leaf_words(
        &p, str_fmt(p.a, "**%s** " STR_FMT, head, STR_ARG(broken ? size_words(p.a, t) : (Str){0})));
    if (c->holds) {
        leaf_words(&p, str_fmt(p.a,
                               "It agrees with the reference on all %zu databases that the exam "
                               "tried.",
                               c->own.tried));
    } else if (c->why.len) {
        leaf_words(&p, c->why);
    }
    if (!gave_up && t->end.kind == BREAK_MISSED) {
        leaf_words(&p, S("F7 shows the reference and its reasons."));
    }
    if (broken) add_own_rows(&p, &t->end.run);
    bool smaller = !broken || t->end.run.rows > c->own.counterexample.rows;
    if (!c->holds && smaller) add_smallest(&p, t, broken);
    leaf_heading(&p, S("The query"));
    leaf_gap(&p);
    add_query(&p, c->sql);
    return leaf_end(&p);
}
