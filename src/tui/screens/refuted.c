// refuted: the verdict that is not right: first the question which rows would break it, then the
// rows.
#include "base/utf8.h"
#include "tui/screens/versus.h"

enum { ACT_BACK, ACT_SOLUTION, ACT_FINISH, ACT_ANOTHER, ACT_STEPS, ACT_BREAK, ACT_LEAVE };

static const KeyRow rows[] = {
    {ACT_BACK, "enter esc", "back", "Go on with the answer; the clock runs on"},
    {ACT_SOLUTION, "F7", "model answer", "What a senior would say"},
    {ACT_FINISH, "n", "score card", "Leave the answer as it is and go to the score card"},
    {ACT_BREAK, "b", NULL, "Break somebody else's query instead; your answer waits"},
    {ACT_LEAVE, "^Q F10", NULL, "Back to the list; the draft is kept"},
    {ACT_ANOTHER, "a", "another", "A database that shows it for another reason, if there is one"},
    {ACT_STEPS, "F6", "steps", "What each CTE and subquery of yours gives on these rows"},
};
enum { ROWS_LEN = sizeof rows / sizeof *rows };
static const KeyTable with_steps = {"verdict", rows, ROWS_LEN};
static const KeyTable with_another = {"verdict", rows, ROWS_LEN - 1};
static const KeyTable alone = {"verdict", rows, ROWS_LEN - 2};
static const KeyRow guess_rows[] = {
    {ACT_BACK, "enter", "show me", "Show the rows; an empty line skips the question"},
    {ACT_LEAVE, "^Q F10", NULL, "Back to the list; the draft is kept"},
};
static const KeyTable guess_table = {"which rows?", guess_rows,
                                     sizeof guess_rows / sizeof *guess_rows};

static bool guessing(Ui *ui)
{
    return app_attempt(ui->app)->session.phase == PHASE_GUESS;
}

static bool has_database(const Verdict *v)
{
    return v->has_counterexample && v->counterexample.diff.kind != COMPARE_COLUMNS;
}

// More than one database can show it: not where it did not run, or hangs on the order of the rows.
static bool has_others(Ui *ui)
{
    const Verdict *v = &app_attempt(ui->app)->verdict;
    return v->kind == VERDICT_WRONG && has_database(v) && !v->counterexample.unstable &&
           v->counterexample.actual.width;
}

static bool has_steps(Ui *ui) // more than the whole query, which is on the page already
{
    return app_attempt(ui->app)->verdict.step_count > 1;
}

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    out[0] = guessing(ui)      ? &guess_table
             : !has_others(ui) ? &alone
             : has_steps(ui)   ? &with_steps
                               : &with_another;
    return 1;
}

static void enter(Ui *ui)
{
    ui->verdict = (Pane){0};
    ui->verdict_steps = false;
    app_forget_another(ui->app);
    input_set(&ui->guess, (Str){0});
}

static Str title(Ui *ui)
{
    static const char *const words[] = {[VERDICT_RIGHT] = "right",
                                        [VERDICT_WRONG] = "not yet",
                                        [VERDICT_ERROR] = "it did not run",
                                        [VERDICT_LIMIT] = "stopped"};
    const Attempt *t = app_attempt(ui->app);
    return str_fmt(&ui->frame, "%s · " STR_FMT " · %s", kind_name(t->session.drill->kind),
                   STR_ARG(t->session.drill->title), words[t->verdict.kind]);
}

// ---- the page

// The sentence, and the line it is about with a mark under the place.
static void add_error(Leaf *p, const Attempt *t)
{
    const Error *e = &t->verdict.error;
    Buf b = buf_new(p->a);
    if (e->line) buf_fmt(&b, "line %d, column %d: ", e->line, e->column);
    buf_add(&b, str_from(e->text));
    leaf_prose(p, prose_plain(p->a, buf_str(&b), p->cells));
    leaf_gap(p);
    Str line = {0}, rest = t->text;
    for (int i = 0; i < e->line; i++) {
        if (!str_line(&rest, &line)) return;
    }
    if (e->line == 0 || utf8_width(line) > p->cells) return;
    leaf_code(p, line);
    Buf mark = buf_new(p->a);
    buf_repeat(&mark, ' ', (size_t)(e->column > 0 ? e->column - 1 : 0));
    buf_char(&mark, '^');
    leaf_code(p, buf_str(&mark));
}

static void add_counterexample(Leaf *p, const Counterexample *x)
{
    if (!x->actual.width) { // no result: it stopped
        leaf_gap(p);
        leaf_words(p, S("It stops on these rows, which may come any day:"));
        versus_database(p, x);
        leaf_table(p, S("expected"), &x->expected);
        return;
    }
    versus_database(p, x);
    versus_results(p, x, "expected", "yours");
    if (x->unstable) {
        leaf_table(p, S("yours, the same rows stored in another order"), &x->again);
    }
}

// In place of the verdict's own database.
static Prose other_page(Ui *ui, int cells)
{
    const ExamAnother *o = &app_attempt(ui->app)->another;
    Leaf p = {.a = &ui->frame, .cells = cells};
    if (!o->found) {
        leaf_words(&p, S("**No other kind of database was found that tells them apart.**"));
        leaf_words(&p, S("a shows the first one again."));
        return leaf_end(&p);
    }
    const Counterexample *x = &o->counterexample;
    leaf_words(&p, str_fmt(p.a, "**Another kind: %s.** " STR_FMT " The database has %zu row%s.",
                           turn_words(o->turn), STR_ARG(x->diff.why), x->rows,
                           x->rows == 1 ? "" : "s"));
    add_counterexample(&p, x);
    return leaf_end(&p);
}

static Str step_head(Arena *a, const ExamStep *s)
{
    Str name = s->whole ? S("the whole query") : s->name;
    return str_fmt(a, STR_FMT ", line %d: %zu row%s", STR_ARG(name), s->line, s->table.rows,
                   s->table.rows == 1 ? "" : "s");
}

// The database, and what each step gives on it.
static Prose steps_page(Ui *ui, int cells)
{
    const Verdict *v = &app_attempt(ui->app)->verdict;
    Leaf p = {.a = &ui->frame, .cells = cells};
    leaf_words(&p, S("**Your steps, each run alone on these rows.** F6 goes back."));
    versus_database(&p, &v->counterexample);
    for (size_t i = 0; i < v->step_count; i++) {
        const ExamStep *s = &v->steps[i];
        Str head = step_head(p.a, s);
        if (s->fault.len) {
            leaf_heading(&p, str_fmt(p.a, "  " STR_FMT, STR_ARG(head)));
            leaf_words(&p, s->fault);
        } else {
            leaf_table(&p, head, &s->table);
        }
    }
    leaf_table(&p, S("expected"), &v->counterexample.expected);
    return leaf_end(&p);
}

static Prose page(Ui *ui, int cells)
{
    const Verdict *v = &app_attempt(ui->app)->verdict;
    if (app_attempt(ui->app)->has_another) return other_page(ui, cells);
    if (ui->verdict_steps) return steps_page(ui, cells);
    Leaf p = {.a = &ui->frame, .cells = cells};
    if (v->error.kind != ERROR_NONE) add_error(&p, app_attempt(ui->app));
    if (v->why.len && v->error.kind == ERROR_NONE) leaf_words(&p, v->why);
    if (v->diagnosis.len) leaf_words(&p, v->diagnosis);
    if (has_database(v)) {
        add_counterexample(&p, &v->counterexample);
    }
    if (v->astray.len) leaf_words(&p, v->astray);
    for (size_t i = 0; i < v->review_count; i++) {
        const ReviewNote *n = &v->review[i];
        Str place = n->line ? str_fmt(p.a, "line %d: ", n->line) : (Str){0};
        leaf_words(&p, str_fmt(p.a, "- " STR_FMT STR_FMT, STR_ARG(place), STR_ARG(n->message)));
    }
    return leaf_end(&p);
}

static void draw_guess(Ui *ui, Grid *g, Rect body)
{
    const Session *s = &app_attempt(ui->app)->session;
    int64_t left = s->guess_until - s->now;
    grid_fit(g, rect_row(body, 0), ROLE_TEXT,
             S("Your answer differs from the reference on a small database."));
    grid_fit(g, rect_row(body, 2), ROLE_STRONG, S("Before you look: which rows would break it?"));
    input_draw(&ui->guess, g, rect_row(body, 4), S("> "), S("two rows with the same …"), true);
    Str clock =
        str_fmt(&ui->frame, "%d s, then the rows come by themselves", (int)((left + 999) / 1000));
    grid_fit(g, rect_row(body, 6), ROLE_DIM, clock);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    body = rect_inset(body, 1, 2);
    if (guessing(ui)) {
        draw_guess(ui, g, body);
        return;
    }
    const Attempt *t = app_attempt(ui->app);
    if (t->work == WORK_SEARCHING) {
        grid_fit(g, rect_bottom(&body, 1), ROLE_ACCENT,
                 S("looking for a database of another kind…  esc: stop"));
    }
    pane_set(&ui->verdict, page(ui, body.cols));
    pane_draw(&ui->verdict, g, body);
}

static void another(Ui *ui)
{
    const Attempt *t = app_attempt(ui->app);
    ui->verdict.top = 0;
    ui->verdict_steps = false;
    if (t->has_another && !t->another.found) {
        app_forget_another(ui->app);
    } else {
        app_another(ui->app);
    }
}

static bool key(Ui *ui, Key k)
{
    if (k.code == KC_ESC && app_attempt(ui->app)->work == WORK_SEARCHING) {
        app_stop(ui->app);
        return true;
    }
    if (!guessing(ui))
        return k.code != KC_ENTER && k.code != KC_ESC && pane_key(&ui->verdict, k) != REPLY_NO;
    Reply r = input_key(&ui->guess, k);
    if (r == REPLY_CHOSEN || r == REPLY_CLOSED) {
        Str text = r == REPLY_CHOSEN ? str_copy(&ui->frame, input_text(&ui->guess)) : (Str){0};
        app_send(ui->app, EV_GUESS, text, 0, false);
    }
    return r != REPLY_NO;
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_BACK:
        app_send(ui->app, EV_BACK, (Str){0}, 0, false);
        break;
    case ACT_SOLUTION:
        ui_show_solution(ui);
        break;
    case ACT_FINISH:
        app_send(ui->app, EV_FINISH, (Str){0}, 0, false);
        break;
    case ACT_ANOTHER:
        another(ui);
        break;
    case ACT_STEPS:
        ui->verdict.top = 0;
        ui->verdict_steps = !ui->verdict_steps || app_attempt(ui->app)->has_another;
        app_forget_another(ui->app);
        break;
    case ACT_BREAK:
        ui_break(ui, app_attempt(ui->app)->session.drill);
        break;
    case ACT_LEAVE:
        app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
        break;
    default:
        break;
    }
}

const Screen screen_refuted = {.enter = enter,
                               .draw = draw,
                               .title = title,
                               .header = ui_draw_clock,
                               .key = key,
                               .act = act,
                               .tables = tables};
