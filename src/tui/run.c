// run: the loop: draw, wait for a key, a reply or a second, hand it on.
#include "tui/ui.h"

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

void ui_turn(Ui *ui)
{
    TermWatch watch = {.fd = app_fd(ui->app)};
    Key k = term_poll(ui->term, &watch, watch.fd >= 0 ? 1 : 0, wait_ms(ui));
    const Attempt *t = app_attempt(ui->app);
    if (t && ui->at >= SCREEN_WORK) app_send(ui->app, EV_TICK, (Str){0}, 0, false);
    app_pump(ui->app);
    // Keys that wait are taken before anything is drawn: a held arrow costs one frame, not twenty.
    for (int taken = 0; k.code != KC_NONE; taken++) {
        ui_key(ui, k);
        ui_follow_phase(ui);
        if (ui->quit || taken == KEYS_A_FRAME) break;
        k = term_poll(ui->term, NULL, 0, 0);
    }
    app_pump(ui->app);
    ui_follow_phase(ui);
    show_trouble(ui);
    arena_free(&ui->frame);
}

void ui_load_theme(Ui *ui)
{
    arena_free(&ui->theme_arena);
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

void ui_close(Ui *ui)
{
    if (ui->app && app_attempt(ui->app)) app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
    app_close(ui->app);
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
    const Drill *d = app_item_drill(ui->app, o->argument);
    if (!d) {
        Str near = library_nearest_id(&ui->frame, app_library(ui->app), o->argument);
        return error_set(err, ERROR_INPUT, "there is no drill '%.*s'%s%.*s%s", STR_ARG(o->argument),
                         near.len ? "; did you mean " : "", STR_ARG(near),
                         near.len ? "?" : " (see: greenroom list)");
    }
    if (app_is_break(o->argument)) {
        ui_break(ui, d);
    } else {
        ui_begin(ui, d);
    }
    return true;
}

bool ui_open(Ui *ui, const TuiOptions *o, Error *err)
{
    AppOptions app = {.world = o->world, .packs = o->packs, .remember = true};
    return app_open(&app, &ui->app, err);
}

bool ui_start(Ui *ui, const TuiOptions *o, Term *term, Error *err)
{
    ui->term = term;
    ui_load_theme(ui);
    if (!start(ui, o, err)) return false;
    say_opening(ui);
    return true;
}

bool tui_run(const TuiOptions *o, Error *err)
{
    Ui ui = {0};
    Arena arena = {0};
    Term *term = NULL;
    TermOptions options = {
        .no_color = o->world->no_color, .no_mouse = o->no_mouse, .escape_ms = o->world->escape_ms};
    bool ok = ui_open(&ui, o, err) && term_open(&arena, &options, &term, err) &&
              ui_start(&ui, o, term, err);
    while (ok && !ui.quit) {
        ui_draw(&ui);
        ui_turn(&ui);
    }
    term_close(term);
    ui_close(&ui);
    arena_free(&arena);
    return ok;
}
