// ui: the loop: draw, wait for a key, a reply or a second, hand it on.
#include "tui/ui.h"
#include "base/check.h"
#include <assert.h>

static const Screen *const screens[] = {
    [SCREEN_HOME] = &screen_home,       [SCREEN_DRILLS] = &screen_drills,
    [SCREEN_WORK] = &screen_work,       [SCREEN_REFUTED] = &screen_refuted,
    [SCREEN_COMPARE] = &screen_compare, [SCREEN_SCORE] = &screen_score,
};
static_assert(sizeof screens / sizeof *screens == SCREEN_COUNT_, "a row for every screen");

// ---- what every screen has

enum { ACT_HELP = 1000, ACT_PALETTE, ACT_MOUSE, ACT_THEME, ACT_COMPLETION, ACT_QUIT };
static const KeyRow global_rows[] = {
    {ACT_PALETTE, "^P", NULL, "Every action by name"},
    {ACT_MOUSE, "", NULL, "Mouse on or off (off: the terminal selects text itself)"},
    {ACT_COMPLETION, "", NULL, "Completion in the editor on or off"},
    {ACT_QUIT, "", NULL, "Leave greenroom; the draft is kept"},
    {ACT_HELP, "F1", "help", "The keys of this screen"},
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
    ScreenKind to = screen_of(t->session.phase);
    if (t->session.phase == PHASE_ENDED) to = ui->from;
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
    ui_go(ui, SCREEN_WORK);
}

void ui_begin(Ui *ui, const Drill *d)
{
    Error err;
    const StoreDraft *draft = app_draft(ui->app);
    if (draft && str_eq(draft->item, d->id)) { // the same drill: nothing typed is thrown away
        open_attempt(ui, app_resume(ui->app, &err), &err);
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
    int col = grid_text(g, row, 0, 1, ROLE_TITLE, s->title(ui));
    Rect rest = rect_part(row, 0, col + 2, row.cols - col - 3);
    if (s->header && rest.cols > 0) s->header(ui, g, rest);
}

static Prose solution_prose(Ui *ui, int cells)
{
    const Drill *d = app_attempt(ui->app)->session.drill;
    Buf b = buf_new(&ui->frame);
    if (d->kind == KIND_SQL) {
        buf_fmt(&b, "```sql\n" STR_FMT "%s```\n\n", STR_ARG(d->exam.answer),
                str_ends(d->exam.answer, S("\n")) ? "" : "\n");
    }
    buf_add(&b, d->solution);
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

static void draw_solution(Ui *ui, Grid *g, Rect body)
{
    grid_fill(g, body, ROLE_TEXT);
    grid_text(g, body, 0, 1, ROLE_HEADING, S("What a senior would say"));
    grid_fit_right(g, rect_part(body, 0, 30, body.cols - 31), ROLE_DIM, S("esc back"));
    Rect text = rect_inset(body, 2, 2);
    pane_set(&ui->solution, solution_prose(ui, text.cols));
    pane_draw(&ui->solution, g, text);
}

enum { MIN_ROWS = 8, MIN_COLS = 40 };

static void draw_too_small(Grid *g)
{
    Rect all = grid_rect(g);
    grid_fit(g, rect_row(all, 0), ROLE_WARN, S("too small: 40x8 is needed"));
    grid_fit(g, rect_row(all, 1), ROLE_DIM, S("nothing is lost"));
}

static void draw(Ui *ui)
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
    keybar_draw(&ui->keybar, g, rect_part(keys, 0, 1, keys.cols - 2), tables, n);
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
    if (r == REPLY_CHOSEN) act(ui, palette_chosen(&ui->palette).row->action);
}

static void on_key(Ui *ui, Key k)
{
    Key pressed;
    if (k.code == KC_GONE) {
        ui->quit = true;
        return;
    }
    if (k.code == KC_MOUSE && keybar_hit(&ui->keybar, k, &pressed)) k = pressed;
    if (ui->help.open) {
        (void)help_key(&ui->help, k);
    } else if (ui->palette.open) {
        palette_took(ui, palette_key(&ui->palette, k));
    } else if (ui->solution_open) {
        bool closes =
            k.code == KC_ESC || k.code == KC_ENTER || k.code == KC_F7 || key_is_char(k, 'q');
        if (closes) ui->solution_open = false;
        if (!closes && pane_key(&ui->solution, k) == REPLY_NO) find_action(ui, k);
    } else if (!screens[ui->at]->key(ui, k)) {
        find_action(ui, k);
    }
}

// ---- the loop

enum { SECOND_MS = 1000, KEYS_A_FRAME = 64 };

static int smaller(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

// Until the next autosave, the end of a toast, or the next second of a running clock.
static int wait_ms(Ui *ui)
{
    int ms = app_wait_ms(ui->app), left = toast_left(&ui->toast, ui_now(ui));
    if (left) ms = smaller(ms, left);
    const Attempt *t = app_attempt(ui->app);
    if (t && ui->at >= SCREEN_WORK && t->session.phase < PHASE_REFUTED) {
        int64_t part = session_spent_ms(&t->session) % SECOND_MS;
        ms = smaller(ms, (int)(SECOND_MS - part));
    }
    return ms;
}

static void show_trouble(Ui *ui)
{
    const Attempt *t = app_attempt(ui->app);
    if (!t || !t->trouble.len || t->trouble.ptr == ui->shown_trouble.ptr) return;
    ui->shown_trouble = t->trouble;
    ui_say(ui, ROLE_BAD, t->trouble);
}

static void turn(Ui *ui)
{
    TermWatch watch = {.fd = app_fd(ui->app)};
    Key k = term_poll(ui->term, &watch, watch.fd >= 0 ? 1 : 0, wait_ms(ui));
    const Attempt *t = app_attempt(ui->app);
    if (t && ui->at >= SCREEN_WORK) app_send(ui->app, EV_TICK, (Str){0}, 0, false);
    app_pump(ui->app);
    // Keys that wait are taken before anything is drawn: a held arrow costs one frame, not twenty.
    for (int taken = 0; k.code != KC_NONE; taken++) {
        on_key(ui, k);
        ui_follow_phase(ui);
        if (ui->quit || taken == KEYS_A_FRAME) break;
        k = term_poll(ui->term, NULL, 0, 0);
    }
    app_pump(ui->app);
    ui_follow_phase(ui);
    show_trouble(ui);
    arena_free(&ui->frame);
}

static void open_settings(Ui *ui)
{
    Error err;
    Diags faults = {.arena = &ui->theme_arena};
    const World *w = app_world(ui->app);
    ThemePlaces places = {w->config_dir, w->share_dir};
    Str name = app_setting(ui->app, &ui->theme_arena, S("theme"));
    ui->theme = *theme_default();
    if (name.len && !theme_load(&ui->theme_arena, &places, name, &ui->theme, &faults, &err)) {
        ui->theme = *theme_default(); // a theme that is gone costs its colours
    }
    term_set_theme(ui->term, &ui->theme);
}

static void say_opening(Ui *ui)
{
    const StoreOpening *how = app_opening(ui->app);
    if (how->said.len) {
        ui_say(ui, ROLE_WARN, how->said);
    } else if (app_faults(ui->app)->errors) {
        ui_say(ui, ROLE_WARN,
               str_fmt(&ui->frame, "%zu faults in packs; greenroom pack lint names them",
                       app_faults(ui->app)->errors));
    }
}

static void close_ui(Ui *ui)
{
    if (ui->bench.drill) {
        editor_close(&ui->bench.editor);
        arena_free(&ui->bench.arena);
    }
    list_close(&ui->home);
    list_close(&ui->drills);
    list_close(&ui->items);
    palette_close(&ui->palette);
    arena_free(&ui->next_arena);
    arena_free(&ui->theme_arena);
    arena_free(&ui->frame);
}

static bool start(Ui *ui, const TuiOptions *o, Error *err)
{
    ui_go(ui, SCREEN_HOME);
    if (!str_eq(o->command, S("drill"))) return true;
    if (!o->argument.len) {
        ui_go(ui, SCREEN_DRILLS);
        return true;
    }
    const Drill *d = library_drill(app_library(ui->app), o->argument);
    if (!d) {
        Str near = library_nearest_id(&ui->frame, app_library(ui->app), o->argument);
        return error_set(err, ERROR_INPUT, "there is no drill '%.*s'%s%.*s%s", STR_ARG(o->argument),
                         near.len ? "; did you mean " : "", STR_ARG(near),
                         near.len ? "?" : " (see: greenroom list)");
    }
    ui_begin(ui, d);
    return true;
}

bool tui_run(const TuiOptions *o, Error *err)
{
    Ui ui = {0};
    Arena arena = {0};
    AppOptions app = {.world = o->world, .packs = o->packs, .remember = true};
    TermOptions term = {.no_color = o->world->no_color, .no_mouse = o->no_mouse};
    bool ok = app_open(&app, &ui.app, err) && term_open(&arena, &term, &ui.term, err);
    if (ok) {
        open_settings(&ui);
        ok = start(&ui, o, err);
        say_opening(&ui);
    }
    while (ok && !ui.quit) {
        draw(&ui);
        turn(&ui);
    }
    if (ok && app_attempt(ui.app)) app_send(ui.app, EV_LEAVE, (Str){0}, 0, false);
    close_ui(&ui);
    term_close(ui.term);
    app_close(ui.app);
    arena_free(&arena);
    return ok;
}
