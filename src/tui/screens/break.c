// break: a query that may be right, and the rows that break it: query and question left, rows to
// fill in right, below them what the rows did; when it is over, a page with everything.
#include "tui/screens/break.h"
#include "base/utf8.h"
#include "tui/screens/bench.h"

enum {
    ACT_RUN,
    ACT_HOLDS,
    ACT_GIVE_UP,
    ACT_SCHEMA,
    ACT_QUERY_UP,
    ACT_QUERY_DOWN,
    ACT_PANE,
    ACT_FORM,
    ACT_LEAVE,
    ACT_ANOTHER,
    ACT_SOLUTION,
};

static const KeyRow rows[] = {
    {ACT_RUN, "F5 ^R alt-enter", "run", "Run both queries on your rows"},
    {ACT_HOLDS, "F9", "it holds", "Say that no rows break it; asks once"},
    {ACT_GIVE_UP, "F7", "give up", "Show what is wrong with it, if anything; asks once"},
    {ACT_SCHEMA, "F2", "data", "Tables and columns, or what your rows did"},
    {ACT_QUERY_DOWN, "pgdn", "query", "Scroll the query down"},
    {ACT_LEAVE, "^Q F10", "leave", "Back to where you came from; your rows are kept"},
    {ACT_QUERY_UP, "pgup", NULL, "Scroll the query up"},
    {ACT_PANE, "shift-tab", NULL, "The next pane: rows, what they did, query"},
    {ACT_FORM, "", NULL, "An empty form in place of your rows (undo brings them back)"},
};
static const KeyTable table = {"break it", rows, sizeof rows / sizeof *rows};
static const KeyRow over_rows[] = {
    {ACT_ANOTHER, "n enter", "another query", "Break another query of this drill"},
    {ACT_SOLUTION, "F7", "model answer", "What a senior would say"},
    {ACT_LEAVE, "esc q ^Q F10", "back", "Back to where you came from"},
};
static const KeyTable over_table = {"break it", over_rows, sizeof over_rows / sizeof *over_rows};

static const Attempt *attempt(Ui *ui)
{
    return app_attempt(ui->app);
}

static bool is_over(Ui *ui)
{
    return attempt(ui)->session.phase == PHASE_OVER;
}

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    if (is_over(ui)) {
        out[0] = &over_table;
        return 1;
    }
    out[0] = &table;
    out[1] = &editor_keys;
    return 2;
}

// ---- header

static Str title(Ui *ui)
{
    const Session *s = &attempt(ui)->session;
    return str_fmt(&ui->frame, "break it · " STR_FMT, STR_ARG(s->drill->title));
}

static void header(Ui *ui, Grid *g, Rect row)
{
    const Session *s = &attempt(ui)->session;
    Str clock = ui_clock(&ui->frame, session_spent_ms(s));
    Str tries = s->submits
                    ? str_fmt(&ui->frame, "%d tr%s   ", s->submits, s->submits == 1 ? "y" : "ies")
                    : (Str){0};
    grid_fit_right(g, row, ROLE_DIM,
                   str_fmt(&ui->frame, STR_FMT STR_FMT, STR_ARG(tries), STR_ARG(clock)));
}

// ---- the workbench

static void enter(Ui *ui)
{
    ui->bench.drill = NULL; // laid when the query is there
    ui->query = (Pane){0};
    ui->verdict = (Pane){0};
}

// The cursor goes to the first line that waits for a row.
static void to_first_row(Editor *e, Str text)
{
    Str line;
    int n = 1;
    for (; str_line(&text, &line); n++) {
        if (!str_trim(line).len) break;
    }
    editor_go(e, n, 1);
}

static Str form(Ui *ui)
{
    const Attempt *t = attempt(ui);
    return exam_break_form(&ui->frame, t->session.drill->exam.warehouse, t->shown.sql);
}

static void lay(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    if (b->drill || !t->has_case) return;
    editor_close(&b->editor);
    arena_free(&b->arena);
    *b = (Bench){.drill = t->session.drill, .schema = true};
    editor_open(&b->editor, (EditorOptions){.no_completion = true, .wrap = true});
    if (t->text.len) {
        int line, column;
        editor_set_text(&b->editor, t->text);
        sql_place(t->text, t->cursor, &line, &column);
        editor_go(&b->editor, line, column);
    } else {
        Str empty = form(ui);
        editor_set_text(&b->editor, empty);
        to_first_row(&b->editor, empty);
    }
    b->seen_changes = b->editor.changes;
}

// ---- drawing

static void draw_query(Ui *ui, Grid *g, Rect area)
{
    if (ui->bench.focus == FOCUS_TALK) grid_repeat(g, rect_left(&area, 1), ROLE_ACCENT, S("▏"));
    area.col += 1;
    area.cols -= 2;
    pane_set(&ui->query, break_question(ui, area.cols - 1));
    pane_draw(&ui->query, g, area);
}

static Str caption_words(Ui *ui, Role *role)
{
    const Attempt *t = attempt(ui);
    *role = ROLE_DIM;
    if (t->session.phase == PHASE_CONFIRM) {
        *role = ROLE_ACCENT;
        return t->session.giving_up ? S("Give up, and see everything?  enter: yes · esc: go on")
                                    : S("No rows break it?  enter: it holds · esc: go on");
    }
    if (t->work != WORK_NONE) {
        Str since = ui_clock(&ui->frame, ui_now(ui) - t->work_since);
        return str_fmt(&ui->frame, "%s… " STR_FMT "  esc: stop",
                       t->has_case ? "running both queries on your rows" : "choosing a query",
                       STR_ARG(since));
    }
    if (!t->has_case) return S("F5: try again");
    if (!t->has_end || ui->bench.schema) {
        return S("One row a line: 1, 'text', NULL. Columns you leave out are filled in.");
    }
    bool ran = t->end.has_run;
    if (!ran) *role = ROLE_BAD;
    return ran ? str_fmt(&ui->frame, "on %zu row%s", t->end.run.rows,
                         t->end.run.rows == 1 ? "" : "s")
               : S("nothing ran");
}

static void draw_below(Ui *ui, Grid *g, Rect area)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    Role role;
    Str words = caption_words(ui, &role);
    Rect caption = rect_top(&area, 1);
    grid_rule(g, caption, 0);
    grid_fit(g, rect_inset(caption, 0, 1), role,
             str_fmt(&ui->frame, " " STR_FMT " ", STR_ARG(words)));
    if (b->focus == FOCUS_ROWS) grid_repeat(g, rect_left(&area, 1), ROLE_ACCENT, S("▏"));
    area = b->focus == FOCUS_ROWS ? rect_inset(area, 0, 0) : rect_inset(area, 0, 1);
    if (!t->has_case) return;
    bool shows_end = t->has_end && !b->schema;
    if (!shows_end) {
        bench_draw_schema(ui, g, area);
    } else {
        pane_set(&ui->verdict, break_so_far(ui, area.cols - 1));
        pane_draw(&ui->verdict, g, area);
    }
}

// A verdict that has just come: on the screen, and its place into the gutter.
static void take_end(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    bool fresh = t->has_end && b->shown_runs != t->session.submits && t->work == WORK_NONE;
    if (!fresh) return;
    b->shown_runs = t->session.submits;
    b->schema = false;
    ui->verdict.top = 0;
    const Error *e = &t->end.fault;
    editor_mark(&b->editor, e->line, e->column, e->line ? str_from(e->text) : (Str){0});
    if (e->line) b->focus = FOCUS_ANSWER;
}

static void draw_over(Ui *ui, Grid *g, Rect body)
{
    enum { READABLE = 120 };
    body = rect_inset(body, 1, 2);
    if (body.cols > READABLE) body.cols = READABLE;
    pane_set(&ui->verdict, break_everything(ui, body.cols - 1));
    pane_draw(&ui->verdict, g, body);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { NARROW = 60, BELOW_MIN = 6 };
    Bench *b = &ui->bench;
    lay(ui);
    if (is_over(ui)) {
        draw_over(ui, g, body);
        return;
    }
    const Attempt *t = attempt(ui);
    if (b->drill) take_end(ui);
    rect_top(&body, 1);
    int below = body.rows * 2 / 5 < BELOW_MIN ? BELOW_MIN : body.rows * 2 / 5;
    if (below > body.rows / 2) below = body.rows / 2;
    draw_below(ui, g, rect_bottom(&body, below));
    bool narrow = body.cols < NARROW;
    int left = narrow ? (b->focus == FOCUS_TALK ? body.cols : 0) : body.cols * 11 / 20;
    Rect query = rect_left(&body, left);
    if (left && t->has_case) draw_query(ui, g, query);
    if (!t->has_case) {
        grid_fit(g, rect_inset(rect_row(query, 0), 0, 2), ROLE_DIM,
                 t->work == WORK_NONE ? t->trouble : S("A query is being chosen …"));
    } else if (body.cols > 0) {
        editor_draw(&b->editor, g, body, b->focus == FOCUS_ANSWER);
    } else {
        b->editor.area = (Rect){0};
    }
}

// ---- keys

static bool confirm_key(Ui *ui, Key k)
{
    bool same = attempt(ui)->session.giving_up ? k.code == KC_F7 : k.code == KC_F9;
    if (k.code == KC_ENTER || same || key_is_char(k, 'y')) {
        app_send(ui->app, EV_SUBMIT, (Str){0}, 0, false);
    } else if (k.code == KC_ESC || key_is_char(k, 'n')) {
        app_send(ui->app, EV_BACK, (Str){0}, 0, false);
    } else {
        return k.code != KC_F1 && k.code != KC_RESIZE && !key_is_ctrl(k, 'q');
    }
    return true;
}

static void next_pane(Bench *b)
{
    static const Focus next[] = {[FOCUS_ANSWER] = FOCUS_ROWS,
                                 [FOCUS_ROWS] = FOCUS_TALK,
                                 [FOCUS_TALK] = FOCUS_ANSWER,
                                 [FOCUS_ASK] = FOCUS_ANSWER};
    b->focus = next[b->focus];
}

static bool editor_takes(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    if (k.code == KC_PAGE_UP || k.code == KC_PAGE_DOWN) return false;
    Reply r = editor_key(&b->editor, k);
    if (r == REPLY_COPIED) term_copy(ui->term, editor_clip(&b->editor));
    if (r == REPLY_EXTERNAL) {
        Error err;
        if (!editor_external(&b->editor, ui->term, app_world(ui->app), S("txt"), &err)) {
            ui_say(ui, ROLE_BAD, str_from(err.text));
        }
    }
    bench_hand_over(ui);
    return r != REPLY_NO;
}

static void focus_click(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    if (k.code != KC_MOUSE || k.mouse != MOUSE_PRESS) return;
    if (rect_has(b->editor.area, k.row, k.col)) b->focus = FOCUS_ANSWER;
    if (rect_has(ui->query.area, k.row, k.col)) b->focus = FOCUS_TALK;
    if (!b->schema && rect_has(ui->verdict.area, k.row, k.col)) b->focus = FOCUS_ROWS;
}

static bool pane_takes(Ui *ui, Key k)
{
    switch (ui->bench.focus) {
    case FOCUS_ANSWER:
    case FOCUS_ASK:
        return editor_takes(ui, k);
    case FOCUS_ROWS:
        return pane_key(&ui->verdict, k) != REPLY_NO;
    case FOCUS_TALK:
        return pane_key(&ui->query, k) != REPLY_NO;
    }
    return false;
}

static bool key(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    if (is_over(ui)) {
        return k.code != KC_ENTER && k.code != KC_ESC && pane_key(&ui->verdict, k) != REPLY_NO;
    }
    if (t->session.phase == PHASE_CONFIRM) return confirm_key(ui, k);
    if (k.code == KC_ESC && t->work != WORK_NONE) {
        if (t->session.phase == PHASE_GRADING) {
            app_send(ui->app, EV_BACK, (Str){0}, 0, false);
        } else {
            app_stop(ui->app);
        }
        return true;
    }
    if (!b->drill) return false;
    focus_click(ui, k);
    bool wheel = k.code == KC_MOUSE && rect_has(ui->query.area, k.row, k.col);
    if (wheel && pane_key(&ui->query, k) != REPLY_NO) return true;
    if (pane_takes(ui, k)) return true;
    if (k.code == KC_TAB && k.mods == 0) {
        next_pane(b);
    } else if (k.code == KC_ESC) {
        b->focus = FOCUS_ANSWER;
    } else {
        return false;
    }
    return true;
}

// ---- actions

static void run_rows(Ui *ui)
{
    const Attempt *t = attempt(ui);
    if (!t->has_case && t->work == WORK_NONE) app_choose_query(ui->app);
    if (!ui->bench.drill || t->work != WORK_NONE) return;
    Str text = str_copy(&ui->frame, editor_text(&ui->bench.editor));
    app_send(ui->app, EV_RUN, text, 0, false);
}

static void ask(Ui *ui, EventKind what)
{
    if (ui->bench.drill && attempt(ui)->work == WORK_NONE) {
        app_send(ui->app, what, (Str){0}, 0, false);
    }
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_RUN:
        run_rows(ui);
        break;
    case ACT_HOLDS:
        ask(ui, EV_SUBMIT);
        break;
    case ACT_GIVE_UP:
        ask(ui, EV_SOLUTION);
        break;
    case ACT_SCHEMA:
        ui->bench.schema = !ui->bench.schema;
        break;
    case ACT_QUERY_UP:
        (void)pane_key(&ui->query, (Key){.code = KC_PAGE_UP});
        break;
    case ACT_QUERY_DOWN:
        (void)pane_key(&ui->query, (Key){.code = KC_PAGE_DOWN});
        break;
    case ACT_PANE:
        next_pane(&ui->bench);
        break;
    case ACT_FORM:
        if (!ui->bench.drill) break;
        editor_replace_text(&ui->bench.editor, form(ui));
        to_first_row(&ui->bench.editor, form(ui));
        bench_hand_over(ui);
        break;
    case ACT_ANOTHER:
        ui_break(ui, attempt(ui)->session.drill);
        break;
    case ACT_SOLUTION:
        ui_show_solution(ui);
        break;
    case ACT_LEAVE:
        app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
        break;
    default:
        break;
    }
}

const Screen screen_break = {.enter = enter,
                             .draw = draw,
                             .title = title,
                             .header = header,
                             .key = key,
                             .act = act,
                             .tables = tables};
