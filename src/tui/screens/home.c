// home: what do I do now, and what did I do lately.
#include "tui/screens/rows.h"

enum { ACT_START, ACT_DRILLS, ACT_RESUME, ACT_LEAVE };

static const KeyRow rows[] = {
    {ACT_START, "enter", "start", "Start the selected drill"},
    {ACT_DRILLS, "d", "drills", "All drills, with a filter"},
    {ACT_LEAVE, "q ^Q", "quit", "Leave greenroom"},
};
static const KeyTable table = {"home", rows, sizeof rows / sizeof *rows};
static const KeyRow draft_rows[] = {{ACT_RESUME, "r", "resume", "Go on with the draft"}};
static const KeyTable draft_table = {"draft", draft_rows, 1};

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    size_t n = 0;
    if (app_draft(ui->app)) out[n++] = &draft_table;
    out[n++] = &table;
    return n;
}

// ---- what to do next

// What went wrong last comes first, then what is new, then the rest; SQL before talk, easy before
// hard.
static int rank(Ui *ui, const Drill *d)
{
    enum { SIZES = LEVEL_COUNT_ * 2 };
    const char *word = rows_mark(ui, d).word;
    int state = word[0] == 'a' ? 0 : word[0] == 'n' ? 1 : 2;
    return state * SIZES + (d->kind != KIND_SQL) * LEVEL_COUNT_ + (int)d->level;
}

// All drills in that order, in pack order within a rank.
static void order_drills(Ui *ui)
{
    const Library *l = app_library(ui->app);
    arena_free(&ui->next_arena);
    ui->next_count = library_drill_count(l);
    ui->next = arena_array(&ui->next_arena, const Drill *, ui->next_count);
    for (size_t i = 0; i < ui->next_count; i++) {
        const Drill *d = library_at(l, i);
        size_t at = i;
        for (; at && rank(ui, ui->next[at - 1]) > rank(ui, d); at--)
            ui->next[at] = ui->next[at - 1];
        ui->next[at] = d;
    }
}

static Str row_text(const void *ctx, size_t i)
{
    const Ui *ui = ctx;
    return ui->next[i]->title;
}

static void row_draw(const void *ctx, size_t i, Grid *g, Rect row, bool selected)
{
    Ui *ui = (Ui *)ctx;
    (void)selected;
    row.col += 2;
    row.cols -= 2;
    rows_drill(ui, ui->next[i], g, row);
}

static void enter(Ui *ui)
{
    order_drills(ui);
    list_set(&ui->home,
             (ListSource){.count = ui->next_count, .ctx = ui, .text = row_text, .draw = row_draw});
}

// ---- drawing

static Str title(Ui *ui)
{
    (void)ui;
    return S("greenroom");
}

static void header(Ui *ui, Grid *g, Rect row)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const World *w = app_world(ui->app);
    const int64_t day_ms = (int64_t)24 * 60 * 60 * 1000;
    int64_t day = (w->wall_ms(w) + (int64_t)w->tz_min(w) * 60000) / day_ms;
    Str date = date_text(&ui->frame, day);
    grid_fit_right(g, row, ROLE_DIM,
                   str_fmt(&ui->frame, "%s " STR_FMT, days[date_weekday(day)], STR_ARG(date)));
}

static int draw_draft(Ui *ui, Grid *g, Rect area)
{
    const StoreDraft *d = app_draft(ui->app);
    if (!d) return 0;
    const Drill *drill = app_draft_drill(ui->app);
    const World *w = app_world(ui->app);
    Str ago = rows_ago(&ui->frame, d->utc_ms, w->wall_ms(w));
    Str spent = ui_clock(&ui->frame, d->spent_ms);
    Str text = drill ? str_fmt(&ui->frame,
                               "You were in " STR_FMT ", " STR_FMT " on the clock, " STR_FMT
                               ".  r goes on",
                               STR_ARG(drill->title), STR_ARG(spent), STR_ARG(ago))
                     : str_fmt(&ui->frame, "A draft of " STR_FMT " is kept; its pack is not here.",
                               STR_ARG(d->item));
    grid_fit(g, rect_row(area, 0), ROLE_ACCENT, text);
    return 2;
}

static const char *verdict_mark(Str verdict, Role *role)
{
    *role = ROLE_WARN;
    if (str_eq(verdict, S("right"))) {
        *role = ROLE_GOOD;
        return "✓ right";
    }
    if (str_eq(verdict, S("self"))) {
        *role = ROLE_TEXT;
        return "· own marks";
    }
    return verdict.len ? "✗ not yet" : "· left";
}

static void draw_attempt(Ui *ui, Grid *g, Rect row, const StoreAttempt *t)
{
    enum { AGO = 13, MARK = 12, SPENT = 7 };
    const World *w = app_world(ui->app);
    const Drill *d = library_drill(app_library(ui->app), t->item);
    Role role;
    const char *mark = verdict_mark(t->verdict, &role);
    grid_fit_right(g, rect_right(&row, AGO), ROLE_DIM,
                   rows_ago(&ui->frame, t->started_ms, w->wall_ms(w)));
    grid_fit_right(g, rect_right(&row, SPENT), ROLE_TEXT, ui_clock(&ui->frame, t->spent_ms));
    grid_fit(g, rect_right(&row, MARK), role, str_from(mark));
    row.cols -= 1;
    grid_fit(g, row, ROLE_TEXT, d ? d->title : t->item);
}

static void draw_lately(Ui *ui, Grid *g, Rect area)
{
    enum { SHOWN = 12 };
    StoreAttempt *all = NULL;
    size_t count = 0;
    Error err;
    grid_text(g, rect_top(&area, 1), 0, 0, ROLE_HEADING, S("Lately"));
    if (!app_attempts(ui->app, &ui->frame, (Str){0}, SHOWN, &all, &count, &err)) {
        grid_fit(g, rect_row(area, 0), ROLE_BAD, str_from(err.text));
        return;
    }
    if (count == 0)
        grid_fit(g, rect_row(area, 0), ROLE_DIM,
                 S("Nothing yet. Ten minutes a day beat a weekend."));
    for (size_t i = 0; i < count && (int)i < area.rows; i++)
        draw_attempt(ui, g, rect_row(area, (int)i), &all[i]);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { LATELY_COLS = 46, LATELY_ROWS = 7, WIDE = 110 };
    body = rect_inset(body, 1, 1);
    rect_top(&body, draw_draft(ui, g, body));
    if (body.cols >= WIDE) {
        Rect right = rect_right(&body, LATELY_COLS);
        draw_lately(ui, g, right);
        rect_right(&body, 4);
    } else if (body.rows > 2 * LATELY_ROWS) {
        draw_lately(ui, g, rect_bottom(&body, LATELY_ROWS));
        rect_bottom(&body, 1);
    }
    grid_text(g, rect_top(&body, 1), 0, 0, ROLE_HEADING, S("Next"));
    list_draw(&ui->home, g, body, true);
}

// ---- keys

static const Drill *selected(Ui *ui)
{
    size_t i;
    return list_selected(&ui->home, &i) ? ui->next[i] : NULL;
}

static bool key(Ui *ui, Key k)
{
    if (!ui->home.filtering && key_is_char(k, '?')) return false;
    Reply r = list_key(&ui->home, k);
    if (r == REPLY_CHOSEN && selected(ui)) ui_begin(ui, selected(ui));
    return r != REPLY_NO && r != REPLY_CLOSED;
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_START:
        if (selected(ui)) ui_begin(ui, selected(ui));
        break;
    case ACT_DRILLS:
        ui_go(ui, SCREEN_DRILLS);
        break;
    case ACT_RESUME:
        ui_resume(ui);
        break;
    case ACT_LEAVE:
        ui->quit = true;
        break;
    default:
        break;
    }
}

const Screen screen_home = {.enter = enter,
                            .draw = draw,
                            .title = title,
                            .header = header,
                            .key = key,
                            .act = act,
                            .tables = tables};
