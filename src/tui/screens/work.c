// work: an attempt under way: question and conversation left, the answer right, rows below, the
// clock above.
#include "base/utf8.h"
#include "tui/screens/bench.h"

enum {
    ACT_RUN,
    ACT_STEPS,
    ACT_SUBMIT,
    ACT_ASK,
    ACT_HINT,
    ACT_SCHEMA,
    ACT_PANE,
    ACT_BEAT,
    ACT_TALK,
    ACT_SOLUTION,
    ACT_DIALECT,
    ACT_FORMAT,
    ACT_RESTART,
    ACT_BREAK,
    ACT_LEAVE,
};

static const KeyRow sql_rows[] = {
    {ACT_RUN, "F5 ^R alt-enter", "run", "Run the query on the visible data"},
    {ACT_SUBMIT, "F9", "submit", "Submit the answer; asks once"},
    {ACT_ASK, "F3", "ask", "Ask the interviewer"},
    {ACT_HINT, "F4", "hint", "The next hint"},
    {ACT_STEPS, "F6", "steps", "Each CTE and subquery alone, with its rows; again: the next one"},
    {ACT_SCHEMA, "F2", "data", "Tables and columns, or the conversation again"},
    {ACT_LEAVE, "^Q F10", "leave", "Back to the list; the draft is kept"},
    {ACT_BEAT, "F8", "beat", "Go on to the next beat"},
    {ACT_PANE, "shift-tab", NULL, "The next pane: answer, rows, conversation"},
    {ACT_TALK, "^T", NULL, "I am speaking: counts as a word, not as silence"},
    {ACT_SOLUTION, "F7", NULL, "The model answer, once you have submitted"},
    {ACT_DIALECT, "alt-s", NULL, "The next SQL dialect"},
    {ACT_FORMAT, "alt-q", NULL, "Lay the query out: clauses on lines, keywords in capitals"},
    {ACT_BREAK, "b F11", NULL,
     "Break somebody else's query (b outside the answer); this one waits"},
    {ACT_RESTART, "", NULL, "Start this drill afresh: empty answer, new clock"},
};
static const KeyTable sql_table = {"SQL drill", sql_rows, sizeof sql_rows / sizeof *sql_rows};

static const KeyRow text_rows[] = {
    {ACT_SUBMIT, "F9", "done", "Compare with the model answer; asks once"},
    {ACT_ASK, "F3", "ask", "Ask the interviewer"},
    {ACT_HINT, "F4", "hint", "The next hint"},
    {ACT_BEAT, "F8", "beat", "Go on to the next beat"},
    {ACT_PANE, "shift-tab", NULL, "The next pane: answer, conversation"},
    {ACT_SOLUTION, "F7", NULL, "The model answer, once you have submitted"},
    {ACT_RESTART, "", NULL, "Start this drill afresh: empty answer, new clock"},
    {ACT_LEAVE, "^Q F10", "leave", "Back to the list; the draft is kept"},
};
static const KeyTable text_table = {"drill", text_rows, sizeof text_rows / sizeof *text_rows};

static const Attempt *attempt(Ui *ui)
{
    return app_attempt(ui->app);
}
static bool is_sql(Ui *ui)
{
    return ui->bench.drill->kind == KIND_SQL;
}

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    out[0] = is_sql(ui) ? &sql_table : &text_table;
    out[1] = &editor_keys;
    return 2;
}

// ---- header

static Str title(Ui *ui)
{
    const Drill *d = attempt(ui)->session.drill;
    return str_fmt(&ui->frame, "%s · " STR_FMT, kind_name(d->kind), STR_ARG(d->title));
}

// The beats with the one we are in, and the time left of it; or that one only.
static Str beat_words(Ui *ui, size_t i)
{
    const Session *s = &attempt(ui)->session;
    Str name = s->drill->beats[i].name;
    if (i < s->beat) return str_fmt(&ui->frame, STR_FMT " ✓", STR_ARG(name));
    if (i > s->beat) return name;
    Str left = ui_clock(&ui->frame, session_beat_left_ms(s, i));
    return str_fmt(&ui->frame, "▸" STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(left));
}

static void draw_beats(Ui *ui, Grid *g, Rect row)
{
    enum { GAP = 2 };
    const Session *s = &attempt(ui)->session;
    int wide = -GAP;
    for (size_t i = 0; i < s->drill->beat_count; i++) wide += utf8_width(beat_words(ui, i)) + GAP;
    bool over = session_beat_left_ms(s, s->beat) < 0;
    Role here = over ? ROLE_WARN : ROLE_ACCENT;
    if (wide > row.cols) {
        grid_fit_right(g, row, here, beat_words(ui, s->beat));
        return;
    }
    int col = row.cols - wide;
    for (size_t i = 0; i < s->drill->beat_count; i++) {
        col = grid_text(g, row, 0, col, i == s->beat ? here : ROLE_DIM, beat_words(ui, i)) + GAP;
    }
}

static void draw_header(Ui *ui, Grid *g, Rect row)
{
    enum { CLOCK_CELLS = 16, OVER_CELLS = 5, CLOCK_GAP = 2 };
    bool over = session_tone(&attempt(ui)->session) == CLOCK_OVER;
    ui_draw_clock(ui, g, rect_right(&row, CLOCK_CELLS + (over ? OVER_CELLS : 0)));
    rect_right(&row, CLOCK_GAP);
    draw_beats(ui, g, row);
}

static Str corner(Ui *ui)
{
    if (!is_sql(ui)) return (Str){0};
    return str_fmt(&ui->frame, "%s ▾", dialect_name(attempt(ui)->session.dialect));
}

// The pane one stands in, where no cursor says so.
static void draw_focus(Ui *ui, Grid *g, Rect left, Rect below)
{
    Focus f = ui->bench.focus;
    if (f == FOCUS_TALK) grid_repeat(g, rect_left(&left, 1), ROLE_ACCENT, S("▏"));
    rect_top(&below, 1);
    if (f == FOCUS_ROWS) grid_repeat(g, rect_left(&below, 1), ROLE_ACCENT, S("▏"));
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { LEFT_MIN = 30, LEFT_MAX = 64, ROWS_MIN = 6, NARROW = 60 };
    Bench *b = &ui->bench;
    bench_take_result(ui);
    rect_top(&body, 1);
    int rows = body.rows * 2 / 5 < ROWS_MIN ? ROWS_MIN : body.rows * 2 / 5;
    if (rows > body.rows / 2) rows = body.rows / 2;
    Rect below = rect_bottom(&body, is_sql(ui) ? rows : 1);
    if (is_sql(ui)) {
        bench_draw_rows(ui, g, below);
    } else {
        bench_draw_caption(ui, g, below);
    }
    int left = body.cols * 2 / 5;
    left = left < LEFT_MIN ? LEFT_MIN : left > LEFT_MAX ? LEFT_MAX : left;
    bool narrow = body.cols < NARROW, words = b->focus == FOCUS_TALK || b->focus == FOCUS_ASK;
    if (narrow) left = words || b->schema ? body.cols : 0; // one at a time
    Rect talk = rect_left(&body, left);
    draw_focus(ui, g, talk, below);
    talk.col += 1;
    talk.cols -= 2;
    if (talk.cols > 0) {
        bench_draw_left(ui, g, talk);
    } else {
        b->talk.area = (Rect){0}; // no click finds it
    }
    if (body.cols > 0) {
        editor_draw(&b->editor, g, body, b->focus == FOCUS_ANSWER);
    } else {
        b->editor.area = (Rect){0};
    }
}

// ---- keys

static void ask(Ui *ui)
{
    Bench *b = &ui->bench;
    Str q = str_copy(&ui->frame, input_text(&b->ask));
    if (!str_trim(q).len) {
        b->focus = FOCUS_ANSWER;
        return;
    }
    input_set(&b->ask, (Str){0});
    b->schema = false;
    app_send(ui->app, EV_ASK, q, 0, false);
}

static bool ask_key(Ui *ui, Key k)
{
    Reply r = input_key(&ui->bench.ask, k);
    if (r == REPLY_CHOSEN) ask(ui);
    bool away = r == REPLY_CLOSED || (r == REPLY_NO && (k.code == KC_TAB || k.code == KC_F3));
    if (away) ui->bench.focus = FOCUS_ANSWER;
    return r != REPLY_NO || away;
}

static void edit_elsewhere(Ui *ui)
{
    Error err;
    Str suffix = is_sql(ui) ? S("sql") : S("md");
    if (!editor_external(&ui->bench.editor, ui->term, app_world(ui->app), suffix, &err)) {
        ui_say(ui, ROLE_BAD, str_from(err.text));
    }
}

static bool answer_key(Ui *ui, Key k)
{
    Editor *e = &ui->bench.editor;
    Reply r = editor_key(e, k);
    if (r == REPLY_COPIED) term_copy(ui->term, editor_clip(e));
    if (r == REPLY_EXTERNAL) edit_elsewhere(ui);
    bench_hand_over(ui);
    return r != REPLY_NO;
}

static bool confirm_key(Ui *ui, Key k)
{
    if (k.code == KC_ENTER || k.code == KC_F9 || key_is_char(k, 'y')) {
        app_send(ui->app, EV_SUBMIT, str_copy(&ui->frame, editor_text(&ui->bench.editor)), 0,
                 false);
    } else if (k.code == KC_ESC || key_is_char(k, 'n')) {
        app_send(ui->app, EV_BACK, (Str){0}, 0, false);
    } else {
        return k.code != KC_F1 && k.code != KC_RESIZE && !key_is_ctrl(k, 'q');
    }
    return true;
}

static void next_pane(Ui *ui)
{
    Bench *b = &ui->bench;
    static const Focus next[] = {[FOCUS_ANSWER] = FOCUS_ROWS,
                                 [FOCUS_ROWS] = FOCUS_TALK,
                                 [FOCUS_TALK] = FOCUS_ANSWER,
                                 [FOCUS_ASK] = FOCUS_ANSWER};
    b->focus = next[b->focus];
    if (b->focus == FOCUS_ROWS && (!is_sql(ui) || !b->sheet.table)) b->focus = FOCUS_TALK;
}

// A click gives a pane the focus before the pane sees it.
static void focus_click(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    if (k.code != KC_MOUSE || k.mouse != MOUSE_PRESS) return;
    if (rect_has(b->editor.area, k.row, k.col)) b->focus = FOCUS_ANSWER;
    if (b->sheet.table && rect_has(b->sheet.area, k.row, k.col)) b->focus = FOCUS_ROWS;
    if (rect_has(b->talk.area, k.row, k.col)) b->focus = FOCUS_TALK;
}

static bool key(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    if (t->session.phase == PHASE_CONFIRM) return confirm_key(ui, k);
    if (k.code == KC_ESC && t->work != WORK_NONE) {
        if (t->session.phase == PHASE_GRADING) {
            app_send(ui->app, EV_BACK, (Str){0}, 0, false);
        } else {
            app_stop(ui->app);
        }
        return true;
    }
    focus_click(ui, k);
    switch (b->focus) {
    case FOCUS_ANSWER:
        return answer_key(ui, k);
    case FOCUS_ASK:
        return ask_key(ui, k);
    case FOCUS_ROWS:
        if (sheet_key(&b->sheet, k) != REPLY_NO) return true;
        break;
    case FOCUS_TALK:
        if (pane_key(&b->talk, k) != REPLY_NO) return true;
        break;
    }
    if (k.code == KC_TAB && k.mods == 0) {
        next_pane(ui);
    } else if (k.code == KC_ESC) {
        b->focus = FOCUS_ANSWER;
    } else {
        return false;
    }
    return true;
}

// ---- actions

static void next_dialect(Ui *ui)
{
    Dialect d = (Dialect)((attempt(ui)->session.dialect + 1) % DIALECT_COUNT_);
    app_choose_dialect(ui->app, d);
    ui->bench.editor.options.dialect = d;
    ui_say(ui, ROLE_TEXT, str_fmt(&ui->frame, "Dialect: %s", dialect_name(d)));
}

static void show_model(Ui *ui)
{
    if (attempt(ui)->session.submits == 0) {
        ui_say(ui, ROLE_DIM, S("The model answer opens once you have submitted (F9)."));
        return;
    }
    ui_show_solution(ui);
}

static void next_beat(Ui *ui)
{
    const Session *s = &attempt(ui)->session;
    size_t next = (s->beat + 1) % s->drill->beat_count;
    app_send(ui->app, EV_BEAT, (Str){0}, (int64_t)next, false);
}

static void restart(Ui *ui)
{
    const Drill *d = ui->bench.drill;
    Error err;
    app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
    app_drop_draft(ui->app);
    ui->bench.drill = NULL;
    if (!app_begin(ui->app, d, &err)) ui_say(ui, ROLE_BAD, str_from(err.text));
    bench_lay(ui);
}

// One undo step; a query that does not parse stays as it is, and is told why.
static void format_answer(Ui *ui, Str text)
{
    SqlScript script;
    Error err;
    if (sql_parse(&ui->frame, text, attempt(ui)->session.dialect, &script, &err)) {
        editor_replace_text(&ui->bench.editor, sql_format(&ui->frame, &script));
        bench_hand_over(ui);
    } else {
        editor_mark(&ui->bench.editor, err.line, err.column, str_from(err.text));
        ui_say(ui, ROLE_WARN, str_from(err.text));
    }
}

static void act(Ui *ui, int action)
{
    Str text = str_copy(&ui->frame, editor_text(&ui->bench.editor));
    switch (action) {
    case ACT_STEPS:
        bench_steps(ui);
        break;
    case ACT_RUN:
        bench_leave_steps(ui);
        ui->bench.ran_changes = ui->bench.editor.changes;
        app_send(ui->app, EV_RUN, text, 0, false);
        break;
    case ACT_SUBMIT:
        app_send(ui->app, EV_SUBMIT, text, 0, false);
        break;
    case ACT_ASK:
        ui->bench.focus = FOCUS_ASK;
        break;
    case ACT_HINT:
        ui->bench.schema = false;
        app_send(ui->app, EV_HINT, (Str){0}, 0, false);
        break;
    case ACT_SCHEMA:
        ui->bench.schema = !ui->bench.schema;
        ui->bench.talk.top = 0;
        break;
    case ACT_PANE:
        next_pane(ui);
        break;
    case ACT_BEAT:
        next_beat(ui);
        break;
    case ACT_TALK:
        app_send(ui->app, EV_TALK, (Str){0}, 0, false);
        ui_say(ui, ROLE_DIM, S("Noted: you are speaking."));
        break;
    case ACT_SOLUTION:
        show_model(ui);
        break;
    case ACT_DIALECT:
        next_dialect(ui);
        break;
    case ACT_FORMAT:
        format_answer(ui, text);
        break;
    case ACT_BREAK:
        ui_break(ui, ui->bench.drill);
        break;
    case ACT_RESTART:
        restart(ui);
        break;
    case ACT_LEAVE:
        app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
        break;
    default:
        break;
    }
}

const Screen screen_work = {.enter = bench_lay,
                            .draw = draw,
                            .title = title,
                            .header = draw_header,
                            .key = key,
                            .act = act,
                            .tables = tables,
                            .corner = corner,
                            .corner_action = ACT_DIALECT};
