// work: an attempt under way: question and conversation left, the answer right, rows below, the
// clock above.
#include "tui/screens/bench.h"

enum {
    ACT_RUN,
    ACT_SUBMIT,
    ACT_ASK,
    ACT_HINT,
    ACT_SCHEMA,
    ACT_PANE,
    ACT_BEAT,
    ACT_TALK,
    ACT_SOLUTION,
    ACT_DIALECT,
    ACT_RESTART,
    ACT_LEAVE,
};

static const KeyRow sql_rows[] = {
    {ACT_RUN, "F5 ^R", "run", "Run the query on the visible data"},
    {ACT_SUBMIT, "F9", "submit", "Submit the answer; asks once"},
    {ACT_ASK, "F3", "ask", "Ask the interviewer"},
    {ACT_HINT, "F4", "hint", "The next hint"},
    {ACT_SCHEMA, "F2", "data", "Tables and columns, or the conversation again"},
    {ACT_BEAT, "F8", "beat", "Go on to the next beat"},
    {ACT_PANE, "shift-tab", NULL, "The next pane: answer, rows, conversation"},
    {ACT_TALK, "^T", NULL, "I am speaking: counts as a word, not as silence"},
    {ACT_SOLUTION, "F7", NULL, "The model answer, once you have submitted"},
    {ACT_DIALECT, "alt-d", NULL, "The next dialect"},
    {ACT_RESTART, "", NULL, "Start this drill afresh: empty answer, new clock"},
    {ACT_LEAVE, "^Q F10", "leave", "Back to the list; the draft is kept"},
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

static void draw_clock(Ui *ui, Grid *g, Rect row)
{
    static const Role roles[] = {
        [CLOCK_CALM] = ROLE_TEXT, [CLOCK_WARM] = ROLE_WARN, [CLOCK_OVER] = ROLE_BAD};
    const Session *s = &attempt(ui)->session;
    Str spent = ui_clock(&ui->frame, session_spent_ms(s));
    Str all = ui_clock(&ui->frame, (int64_t)s->drill->clock_seconds * 1000);
    ClockTone tone = session_tone(s);
    Str text = str_fmt(&ui->frame, STR_FMT " of " STR_FMT "%s", STR_ARG(spent), STR_ARG(all),
                       tone == CLOCK_OVER ? " over" : "");
    grid_fit_right(g, row, roles[tone], text);
}

static void draw_header(Ui *ui, Grid *g, Rect row)
{
    enum { CLOCK_CELLS = 20 };
    const Session *s = &attempt(ui)->session;
    draw_clock(ui, g, rect_right(&row, CLOCK_CELLS));
    Buf line = buf_new(&ui->frame);
    for (size_t i = 0; i < s->drill->beat_count; i++) {
        buf_fmt(&line, "%s" STR_FMT, i ? "  " : "", STR_ARG(s->drill->beats[i].name));
        if (i < s->beat) buf_add(&line, S(" ✓"));
    }
    int wide = (int)line.len,
        col = row.cols - wide; // a little left of the edge: ✓ counts three bytes
    if (col < 0) {             // no room for all: only the one we are in
        Beat b = s->drill->beats[s->beat];
        Str left = ui_clock(&ui->frame, session_beat_left_ms(s, s->beat));
        grid_fit_right(g, row, ROLE_ACCENT,
                       str_fmt(&ui->frame, STR_FMT " " STR_FMT, STR_ARG(b.name), STR_ARG(left)));
        return;
    }
    for (size_t i = 0; i < s->drill->beat_count; i++) {
        Role role = i == s->beat ? ROLE_ACCENT : ROLE_DIM;
        col = grid_text(g, row, 0, col, role, s->drill->beats[i].name);
        if (i < s->beat) col = grid_text(g, row, 0, col, ROLE_GOOD, S(" ✓"));
        col += 2;
    }
}

// ---- left: question and conversation, or the schema

static Prose talk_prose(Ui *ui, int cells)
{
    const Attempt *t = attempt(ui);
    Buf b = buf_new(&ui->frame);
    buf_add(&b, t->session.drill->prompt);
    buf_char(&b, '\n');
    for (size_t i = 0; i < t->talk.len; i++) {
        const Line *l = &t->talk.at[i];
        static const char *const forms[] = {[WHO_INTERVIEWER] = "\n" STR_FMT "\n",
                                            [WHO_CANDIDATE] = "\n> " STR_FMT "\n",
                                            [WHO_PROGRAM] = "\n*" STR_FMT "*\n"};
        buf_fmt(&b, forms[l->who], STR_ARG(l->text));
    }
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

static bool in_drill(const Drill *d, Str table)
{
    for (size_t i = 0; i < d->exam.tables.len; i++) {
        if (str_eq_nocase(d->exam.tables.at[i], table)) return true;
    }
    return d->exam.tables.len == 0;
}

static void add_columns(Buf *b, const TableSpec *t)
{
    buf_fmt(b, "**" STR_FMT "**  \n" STR_FMT "\n\n```\n", STR_ARG(t->name), STR_ARG(t->about));
    for (size_t k = 0; k < t->width; k++) {
        const ColumnSpec *c = &t->columns[k];
        buf_fmt(b, "%-16.*s %-9s %s\n", STR_ARG(c->name), type_name(c->type),
                c->primary_key ? "key"
                : c->not_null  ? ""
                               : "null?");
    }
    buf_add(b, S("```\n\n"));
}

static Prose schema_prose(Ui *ui, int cells)
{
    const Drill *d = ui->bench.drill;
    Buf b = buf_new(&ui->frame);
    for (size_t i = 0; i < d->exam.warehouse->table_count; i++) {
        if (in_drill(d, d->exam.warehouse->tables[i].name))
            add_columns(&b, &d->exam.warehouse->tables[i]);
    }
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

static void draw_left(Ui *ui, Grid *g, Rect area)
{
    Bench *b = &ui->bench;
    Rect ask = rect_bottom(&area, 1);
    b->talk.follow = !b->schema && attempt(ui)->talk.len > 0 && b->focus != FOCUS_TALK;
    pane_set(&b->talk, b->schema ? schema_prose(ui, area.cols) : talk_prose(ui, area.cols));
    pane_draw(&b->talk, g, area);
    bool focused = b->focus == FOCUS_ASK;
    if (focused || b->ask.len)
        input_draw(&b->ask, g, ask, S("> "), S("ask the interviewer"), focused);
}

// ---- below: rows, errors, what is going on

static Str work_words(Ui *ui)
{
    static const char *const words[] = {[WORK_NONE] = "",
                                        [WORK_PREPARING] = "making the data",
                                        [WORK_RUNNING] = "running",
                                        [WORK_GRADING] = "grading"};
    const Attempt *t = attempt(ui);
    Str since = ui_clock(&ui->frame, ui_now(ui) - t->work_since);
    return str_fmt(&ui->frame, "%s… " STR_FMT "  esc stops it", words[t->work], STR_ARG(since));
}

static void draw_caption(Ui *ui, Grid *g, Rect row)
{
    const Attempt *t = attempt(ui);
    Bench *b = &ui->bench;
    grid_rule(g, row, 0);
    Str left = {0}, right = {0};
    Role role = ROLE_DIM;
    if (t->session.phase == PHASE_CONFIRM) {
        left = is_sql(ui) ? S(" Submit this answer?  enter grade it · esc go on ")
                          : S(" Done?  enter compare with the model · esc go on ");
        role = ROLE_ACCENT;
    } else if (t->work != WORK_NONE) {
        left = str_fmt(&ui->frame, " " STR_FMT " ", STR_ARG(work_words(ui)));
    } else if (t->has_result && t->result.error.kind == ERROR_NONE) {
        left = str_fmt(&ui->frame, " " STR_FMT " ", STR_ARG(sheet_caption(&ui->frame, &b->sheet)));
        right = str_fmt(&ui->frame, " %.0f ms ", t->result.elapsed_ms);
    } else if (t->data_ready) {
        left = str_fmt(&ui->frame, " " STR_FMT " rows of data are ready: F5 runs your query ",
                       STR_ARG(sheet_count(&ui->frame, t->data_rows)));
    }
    grid_text(g, row, 0, 1, role, left);
    if (right.len) grid_fit_right(g, rect_part(row, 0, row.cols - 14, 13), ROLE_DIM, right);
}

static void draw_error(Ui *ui, Grid *g, Rect area, const Error *e)
{
    Buf b = buf_new(&ui->frame);
    if (e->line) buf_fmt(&b, "line %d, column %d: ", e->line, e->column);
    buf_add(&b, str_from(e->text));
    Prose p = prose_plain(&ui->frame, buf_str(&b), area.cols - 2);
    for (size_t i = 0; i < p.len && (int)i < area.rows; i++) {
        for (size_t k = 0; k < p.at[i].count; k++)
            grid_text(g, area, (int)i, 1, ROLE_BAD, p.at[i].spans[k].text);
    }
}

static void draw_rows(Ui *ui, Grid *g, Rect area)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    draw_caption(ui, g, rect_top(&area, 1));
    if (!t->has_result) return;
    if (t->result.error.kind != ERROR_NONE) {
        draw_error(ui, g, area, &t->result.error);
    } else {
        sheet_draw(&b->sheet, g, area, b->focus == FOCUS_ROWS);
    }
}

// A result that has just come: its rows into the sheet, its error into the editor's gutter.
static void take_result(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = attempt(ui);
    bool is_new =
        t->has_result && (b->shown_runs != t->session.runs || b->shown != t->result.table.cells);
    if (!is_new || t->work == WORK_RUNNING) return;
    b->shown = t->result.table.cells;
    b->shown_runs = t->session.runs;
    const Error *e = &t->result.error;
    if (e->kind == ERROR_NONE) {
        sheet_set(&b->sheet, &t->result.table, t->result.table.more ? -1 : 0);
        editor_mark(&b->editor, 0, 0, (Str){0});
    } else if (e->line) {
        sheet_set(&b->sheet, NULL, 0);
        editor_mark(&b->editor, e->line, e->column, str_from(e->text));
    }
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { LEFT_MIN = 30, LEFT_MAX = 64, ROWS_MIN = 6 };
    Bench *b = &ui->bench;
    take_result(ui);
    rect_top(&body, 1);
    if (is_sql(ui)) {
        int rows = body.rows * 2 / 5 < ROWS_MIN ? ROWS_MIN : body.rows * 2 / 5;
        draw_rows(ui, g, rect_bottom(&body, rows));
    } else {
        draw_caption(ui, g, rect_bottom(&body, 1));
    }
    int left = body.cols * 2 / 5;
    left = left < LEFT_MIN ? LEFT_MIN : left > LEFT_MAX ? LEFT_MAX : left;
    Rect talk = rect_left(&body, left);
    talk.col += 1;
    talk.cols -= 3;
    draw_left(ui, g, talk);
    editor_draw(&b->editor, g, body, b->focus == FOCUS_ANSWER);
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
    if (r == REPLY_CLOSED) ui->bench.focus = FOCUS_ANSWER;
    return r != REPLY_NO;
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

// A click gives a pane the focus before the pane sees it.
static void focus_click(Ui *ui, Key k)
{
    Bench *b = &ui->bench;
    if (k.code != KC_MOUSE || k.mouse != MOUSE_PRESS) return;
    if (rect_has(b->editor.area, k.row, k.col)) b->focus = FOCUS_ANSWER;
    if (rect_has(b->sheet.area, k.row, k.col)) b->focus = FOCUS_ROWS;
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
    if (k.code == KC_ESC || k.code == KC_TAB) {
        b->focus = FOCUS_ANSWER;
        return true;
    }
    return false;
}

// ---- actions

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

static void act(Ui *ui, int action)
{
    Str text = str_copy(&ui->frame, editor_text(&ui->bench.editor));
    switch (action) {
    case ACT_RUN:
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
                            .tables = tables};
