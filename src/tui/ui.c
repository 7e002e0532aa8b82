// ui: one frame drawn, one key handed on: to what floats above the screen, to the screen, to its
// actions.
#include "tui/ui.h"
#include "base/check.h"
#include "base/utf8.h"
#include <assert.h>

static const Screen *const screens[] = {
    [SCREEN_HOME] = &screen_home,       [SCREEN_DRILLS] = &screen_drills,
    [SCREEN_WORK] = &screen_work,       [SCREEN_REFUTED] = &screen_refuted,
    [SCREEN_COMPARE] = &screen_compare, [SCREEN_SCORE] = &screen_score,
    [SCREEN_BREAK] = &screen_break,
};
static_assert(sizeof screens / sizeof *screens == SCREEN_COUNT_, "a row for every screen");

// ---- what every screen has

enum { ACT_HELP = 1000, ACT_PALETTE, ACT_MOUSE, ACT_THEME, ACT_COMPLETION, ACT_QUIT };
static const KeyRow global_rows[] = {
    {ACT_PALETTE, "^P :", NULL, "Every action by name"},
    {ACT_MOUSE, "", NULL, "Mouse on or off (off: the terminal selects text itself)"},
    {ACT_THEME, "", NULL, "The next theme: default, dusk, paper, mono"},
    {ACT_COMPLETION, "", NULL, "Completion in the editor on or off"},
    {ACT_QUIT, "", NULL, "Leave greenroom; the draft is kept"},
    {ACT_HELP, "F1 ?", "help", "The keys of this screen"},
};
static const KeyTable globals = {"everywhere", global_rows,
                                 sizeof global_rows / sizeof *global_rows};

static size_t all_tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX + 1])
{
    size_t n = screens[ui->at]->tables(ui, out);
    out[n++] = &globals;
    return n;
}

int64_t ui_now(const Ui *ui)
{
    const World *w = app_world(ui->app);
    return w->mono_ms(w);
}

void ui_say(Ui *ui, Role role, Str text)
{
    toast_show(&ui->toast, role, text, ui_now(ui));
}

void ui_go(Ui *ui, ScreenKind to)
{
    ui->at = to;
    if (screens[to]->enter) screens[to]->enter(ui);
}

Str ui_clock(Arena *a, int64_t ms)
{
    int64_t seconds = (ms < 0 ? -ms : ms) / 1000;
    return str_fmt(a, "%s%d:%02d", ms < 0 ? "-" : "", (int)(seconds / 60), (int)(seconds % 60));
}

// ---- attempts

static ScreenKind screen_of(Phase p)
{
    switch (p) {
    case PHASE_WORKING:
    case PHASE_CONFIRM:
    case PHASE_GRADING:
        return SCREEN_WORK;
    case PHASE_GUESS:
    case PHASE_REFUTED:
        return SCREEN_REFUTED;
    case PHASE_COMPARE:
        return SCREEN_COMPARE;
    case PHASE_SCORE:
        return SCREEN_SCORE;
    case PHASE_OVER:
        return SCREEN_BREAK;
    case PHASE_ENDED:
        return SCREEN_HOME;
    }
    return SCREEN_HOME;
}

void ui_follow_phase(Ui *ui)
{
    const Attempt *t = app_attempt(ui->app);
    bool in_attempt = ui->at >= SCREEN_WORK;
    if (!t || !in_attempt) return;
    bool ended = t->session.phase == PHASE_ENDED;
    ScreenKind to = t->session.breaking ? SCREEN_BREAK : screen_of(t->session.phase);
    if (ended && t->session.breaking && ui->left_for_break) {
        const Drill *d = ui->left_for_break;
        ui->left_for_break = NULL;
        ui_begin(ui, d);
        return;
    }
    if (ended) to = ui->from;
    if (to == ui->at) return;
    ui->solution_open = false;
    ui_go(ui, to);
}

static void open_attempt(Ui *ui, bool ok, const Error *err)
{
    if (!ok) {
        ui_say(ui, ROLE_BAD, str_from(err->text));
        return;
    }
    if (ui->at < SCREEN_WORK) ui->from = ui->at;
    ui->bench.drill = NULL; // the workbench is laid anew
    ui->solution_open = false;
    ui_go(ui, app_attempt(ui->app)->session.breaking ? SCREEN_BREAK : SCREEN_WORK);
}

void ui_break(Ui *ui, const Drill *d)
{
    Error err;
    const Attempt *t = app_attempt(ui->app);
    bool writing = ui->at >= SCREEN_WORK && t && !t->session.breaking;
    if (writing && t->session.phase != PHASE_SCORE) {
        // One query in four is right: it counts as a look at the model answer.
        app_send(ui->app, EV_SOLUTION, (Str){0}, 0, false);
        ui->left_for_break = d;
    }
    if (writing) app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
    open_attempt(ui, app_break(ui->app, d, &err), &err);
}

void ui_begin(Ui *ui, const Drill *d)
{
    Error err;
    if (app_has_draft(ui->app, d->id)) { // nothing typed is thrown away
        open_attempt(ui, app_resume_of(ui->app, d->id, &err), &err);
        ui_say(ui, ROLE_ACCENT, S("Your draft is back. Palette: start this drill afresh."));
        return;
    }
    open_attempt(ui, app_begin(ui->app, d, &err), &err);
}

void ui_resume(Ui *ui)
{
    Error err;
    if (!app_draft_drill(ui->app)) {
        ui_say(ui, ROLE_DIM, S("There is no draft to go on with."));
        return;
    }
    open_attempt(ui, app_resume(ui->app, &err), &err);
}

void ui_show_solution(Ui *ui)
{
    app_send(ui->app, EV_SOLUTION, (Str){0}, 0, false);
    ui->solution_open = true;
    ui->solution.top = 0;
}

// ---- drawing

static void draw_header(Ui *ui, Grid *g, Rect row)
{
    const Screen *s = screens[ui->at];
    enum { REST = 18 }; // for the clock, however long the title
    Str title = s->title(ui);
    int wide = utf8_width(title), most = row.cols - (s->header ? REST : 1) - 1;
    int col = 1 + (wide < most ? wide : most);
    grid_fit(g, rect_part(row, 0, 1, col - 1), ROLE_TITLE, title);
    Rect rest = rect_part(row, 0, col + 2, row.cols - col - 3);
    if (s->header && rest.cols > 0) s->header(ui, g, rest);
}

static void add_sql(Buf *b, Str sql)
{
    buf_fmt(b, "```sql\n" STR_FMT "%s```\n\n", STR_ARG(sql), str_ends(sql, S("\n")) ? "" : "\n");
}

Prose ui_solution(Ui *ui, int cells)
{
    const Session *s = &app_attempt(ui->app)->session;
    const Drill *d = s->drill;
    Buf b = buf_new(&ui->frame);
    if (d->kind == KIND_SQL) add_sql(&b, drill_exam(d, s->world)->answer);
    buf_add(&b, d->solution);
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

Prose ui_answer(Ui *ui, int cells)
{
    const Attempt *t = app_attempt(ui->app);
    Prose p = prose_plain(&ui->frame, t->text, cells);
    if (t->session.drill->kind != KIND_SQL) return p;
    for (size_t i = 0; i < p.len; i++) {
        p.at[i].language = S("sql");
        for (size_t k = 0; k < p.at[i].count; k++) p.at[i].spans[k].role = PROSE_CODE;
    }
    return p;
}

void ui_draw_clock(Ui *ui, Grid *g, Rect row)
{
    static const Role roles[] = {
        [CLOCK_CALM] = ROLE_TEXT, [CLOCK_WARM] = ROLE_WARN, [CLOCK_OVER] = ROLE_BAD};
    const Session *s = &app_attempt(ui->app)->session;
    ClockTone tone = session_tone(s);
    Str spent = ui_clock(&ui->frame, session_spent_ms(s));
    Str all = ui_clock(&ui->frame, (int64_t)s->drill->clock_seconds * 1000);
    grid_fit_right(g, row, roles[tone],
                   str_fmt(&ui->frame, STR_FMT " of " STR_FMT "%s", STR_ARG(spent), STR_ARG(all),
                           tone == CLOCK_OVER ? " over" : ""));
}

static void draw_solution(Ui *ui, Grid *g, Rect body)
{
    grid_fill(g, body, ROLE_TEXT);
    grid_text(g, body, 0, 1, ROLE_HEADING, S("What a senior would say"));
    grid_fit_right(g, rect_part(body, 0, 30, body.cols - 31), ROLE_DIM, S("esc back"));
    enum { READABLE = 100 }; // longer lines are hard to follow
    Rect text = rect_inset(body, 2, 2);
    if (text.cols > READABLE) text.cols = READABLE;
    pane_set(&ui->solution, ui_solution(ui, text.cols));
    pane_draw(&ui->solution, g, text);
}

static void draw_corner(Ui *ui, Grid *g, Rect *keys)
{
    enum { LEAST = 64 }; // cells for the keys
    const Screen *s = screens[ui->at];
    ui->corner = (Rect){0};
    if (!s->corner || keys->cols < LEAST) return;
    Str text = s->corner(ui);
    ui->corner = rect_right(keys, utf8_width(text));
    grid_fit(g, ui->corner, ROLE_DIM, text);
    rect_right(keys, 2);
}

enum { MIN_ROWS = 8, MIN_COLS = 40 };

static void draw_too_small(Grid *g)
{
    Rect all = grid_rect(g);
    grid_fit(g, rect_row(all, 0), ROLE_WARN, S("too small: 40x8 is needed"));
    grid_fit(g, rect_row(all, 1), ROLE_DIM, S("nothing is lost"));
}

void ui_draw(Ui *ui)
{
    Grid *g = term_grid(ui->term);
    Rect body = grid_rect(g);
    if (body.rows < MIN_ROWS || body.cols < MIN_COLS) {
        draw_too_small(g);
        term_show(ui->term);
        return;
    }
    const KeyTable *tables[UI_TABLES_MAX + 1];
    draw_header(ui, g, rect_top(&body, 1));
    Rect keys = rect_bottom(&body, 1);
    screens[ui->at]->draw(ui, g, body);
    if (ui->solution_open) draw_solution(ui, g, body);
    size_t n = all_tables(ui, tables);
    keys = rect_inset(keys, 0, 1);
    draw_corner(ui, g, &keys);
    keybar_draw(&ui->keybar, g, keys, tables, n);
    if (ui->help.open) help_draw(&ui->help, g, body, tables, n);
    if (ui->palette.open) palette_draw(&ui->palette, g, body);
    toast_draw(&ui->toast, g, body, ui_now(ui));
    term_show(ui->term);
}

// ---- keys

static void toggle_completion(Ui *ui)
{
    EditorOptions *o = &ui->bench.editor.options;
    o->no_completion = !o->no_completion;
    app_set(ui->app, S("completion"), o->no_completion ? S("off") : S("on"));
    ui_say(ui, ROLE_TEXT, o->no_completion ? S("Completion is off.") : S("Completion is on."));
}

static void next_theme(Ui *ui)
{
    static const char *const names[] = {"default", "dusk", "paper", "mono"};
    enum { NAMES = sizeof names / sizeof *names };
    size_t i = 0;
    while (i + 1 < NAMES && !str_eq(ui->theme.name, str_from(names[i]))) i++;
    const char *next = names[(i + 1) % NAMES];
    app_set(ui->app, S("theme"), str_from(next));
    ui_load_theme(ui);
    ui_say(ui, ROLE_TEXT, str_fmt(&ui->frame, "Theme: %s", next));
}

static void act_global(Ui *ui, int action)
{
    const KeyTable *tables[UI_TABLES_MAX + 1];
    switch (action) {
    case ACT_HELP:
        help_open(&ui->help);
        break;
    case ACT_PALETTE:
        palette_open(&ui->palette, tables, all_tables(ui, tables));
        break;
    case ACT_MOUSE:
        term_set_mouse(ui->term, !term_has_mouse(ui->term));
        break;
    case ACT_THEME:
        next_theme(ui);
        break;
    case ACT_COMPLETION:
        toggle_completion(ui);
        break;
    case ACT_QUIT:
        ui->quit = true;
        break;
    default:
        break;
    }
}

static void act(Ui *ui, int action)
{
    if (action >= ACT_HELP) {
        act_global(ui, action);
    } else {
        screens[ui->at]->act(ui, action);
    }
}

static bool find_action(Ui *ui, Key k)
{
    const KeyTable *tables[UI_TABLES_MAX + 1];
    size_t n = all_tables(ui, tables);
    for (size_t i = 0; i < n; i++) {
        int action = keymap_find(tables[i], k);
        if (action == KEYMAP_NONE) continue;
        act(ui, action);
        return true;
    }
    return false;
}

static void palette_took(Ui *ui, Reply r)
{
    const KeyRow *row = palette_chosen(&ui->palette).row; // NULL when nothing matches
    if (r == REPLY_CHOSEN && row) act(ui, row->action);
}

void ui_key(Ui *ui, Key k)
{
    Key pressed;
    if (k.code == KC_GONE) {
        ui->quit = true;
        return;
    }
    if (k.code == KC_MOUSE && keybar_hit(&ui->keybar, k, &pressed)) k = pressed;
    bool corner =
        k.code == KC_MOUSE && k.mouse == MOUSE_PRESS && rect_has(ui->corner, k.row, k.col);
    if (ui->help.open) {
        (void)help_key(&ui->help, k);
    } else if (ui->palette.open) {
        palette_took(ui, palette_key(&ui->palette, k));
    } else if (ui->solution_open) {
        bool closes =
            k.code == KC_ESC || k.code == KC_ENTER || k.code == KC_F7 || key_is_char(k, 'q');
        if (closes) ui->solution_open = false;
        if (!closes && pane_key(&ui->solution, k) == REPLY_NO) find_action(ui, k);
    } else if (corner) {
        act(ui, screens[ui->at]->corner_action);
    } else if (!screens[ui->at]->key(ui, k)) {
        find_action(ui, k);
    }
}
