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
    int state = word[0] == 'a' ? 0 : word[0] == 'n' || word[0] == 'b' ? 1 : 2;
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
    rows_drill(ui, ui->next[i], g, row);
}

static void read_history(Ui *ui)
{
    enum { READ = 200 }; // enough for a week
    ui->history_error = (Error){0};
    (void)!app_attempts(ui->app, &ui->next_arena, (Str){0}, READ, &ui->history, &ui->history_count,
                        &ui->history_error);
}

static void enter(Ui *ui)
{
    order_drills(ui);
    read_history(ui);
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
    int64_t day = rows_day(w, w->wall_ms(w));
    Str date = rows_date(&ui->frame, day);
    grid_fit_right(g, row, ROLE_DIM,
                   str_fmt(&ui->frame, "%s " STR_FMT, days[date_weekday(day)], STR_ARG(date)));
}

static int draw_draft(Ui *ui, Grid *g, Rect area)
{
    const StoreDraft *d = app_draft(ui->app);
    if (!d) return 0;
    const Drill *drill = app_draft_drill(ui->app);
    Str ago = rows_ago(app_world(ui->app), &ui->frame, d->utc_ms);
    Str spent = ui_clock(&ui->frame, d->spent_ms);
    const char *doing = app_is_break(d->item) ? "breaking" : "in";
    Str text = drill ? str_fmt(&ui->frame,
                               "You were %s " STR_FMT ", " STR_FMT " on the clock, " STR_FMT
                               ".  r goes on",
                               doing, STR_ARG(drill->title), STR_ARG(spent), STR_ARG(ago))
                     : str_fmt(&ui->frame, "A draft of " STR_FMT " is kept; its pack is not here.",
                               STR_ARG(d->item));
    grid_fit(g, rect_row(area, 0), ROLE_ACCENT, text);
    return 2;
}

static const char *verdict_mark(const StoreAttempt *t, Role *role)
{
    Str verdict = t->verdict;
    *role = ROLE_WARN;
    if (str_eq(verdict, S("right"))) {
        *role = ROLE_GOOD;
        return "✓ right";
    }
    if (str_eq(verdict, S("self"))) {
        *role = ROLE_TEXT;
        return "· own marks";
    }
    if (verdict.len) return "✗ not yet";
    *role = ROLE_DIM;
    return t->end == ATTEMPT_OPEN ? "· open" : "· left";
}

static void draw_attempt(Ui *ui, Grid *g, Rect row, const StoreAttempt *t)
{
    enum { AGO = 13, MARK = 12, SPENT = 7, BREAK = 6 };
    const Drill *d = app_item_drill(ui->app, t->item);
    Role role;
    const char *mark = verdict_mark(t, &role);
    grid_fit_right(g, rect_right(&row, AGO), ROLE_DIM,
                   rows_ago(app_world(ui->app), &ui->frame, t->started_ms));
    grid_fit_right(g, rect_right(&row, SPENT), ROLE_TEXT, ui_clock(&ui->frame, t->spent_ms));
    grid_fit(g, rect_right(&row, MARK), role, str_from(mark));
    row.cols -= 1;
    if (app_is_break(t->item)) grid_fit(g, rect_left(&row, BREAK), ROLE_DIM, S("break"));
    grid_fit(g, row, ROLE_TEXT, d ? d->title : t->item);
}

// The time of this week's days, Monday first, and of all of them.
static void draw_week(Ui *ui, Grid *g, Rect row)
{
    static const char *const steps[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    enum { DAYS = 7, STEPS = 8, FULL_MS = 60 * 60 * 1000 };
    const World *w = app_world(ui->app);
    int64_t today = rows_day(w, w->wall_ms(w)), monday = today - date_weekday(today);
    int64_t day_ms[DAYS] = {0}, sum = 0;
    for (size_t i = 0; i < ui->history_count; i++) {
        int64_t day = rows_day(w, ui->history[i].started_ms) - monday;
        if (day < 0 || day >= DAYS) continue;
        day_ms[day] += ui->history[i].spent_ms;
        sum += ui->history[i].spent_ms;
    }
    if (sum == 0) return;
    Buf b = buf_new(&ui->frame);
    buf_add(&b, S("this week  "));
    for (int i = 0; i < DAYS; i++) {
        int64_t step = (day_ms[i] * STEPS + FULL_MS - 1) / FULL_MS;
        buf_fmt(&b, "%s", steps[step > STEPS ? STEPS : step]);
    }
    int minutes = (int)((sum + 30000) / 60000);
    buf_fmt(&b, "  %d h %02d", minutes / 60, minutes % 60);
    grid_fit_right(g, row, ROLE_DIM, buf_str(&b));
}

static void draw_lately(Ui *ui, Grid *g, Rect area)
{
    Rect head = rect_top(&area, 1);
    grid_text(g, head, 0, 0, ROLE_HEADING, S("Lately"));
    if (ui->history_error.kind != ERROR_NONE) {
        grid_fit(g, rect_row(area, 0), ROLE_BAD, str_from(ui->history_error.text));
        return;
    }
    draw_week(ui, g, head);
    if (ui->history_count == 0) {
        Str comfort = S("Nothing yet. Ten minutes a day beat a weekend.");
        grid_fit(g, rect_row(area, 0), ROLE_DIM, comfort);
    }
    for (size_t i = 0; i < ui->history_count && (int)i < area.rows; i++)
        draw_attempt(ui, g, rect_row(area, (int)i), &ui->history[i]);
}

static const Drill *selected(Ui *ui)
{
    size_t i;
    return list_selected(&ui->home, &i) ? ui->next[i] : NULL;
}

static void draw_about(Ui *ui, Grid *g, Rect area)
{
    const Drill *d = selected(ui);
    if (!d) return;
    Pane about = {0};
    pane_set(&about, rows_about(ui, d, area.cols));
    pane_draw(&about, g, area);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { RIGHT = 47, LATELY = 6, LATELY_WIDE = 13, WIDE = 108, GAP = 4 };
    body = rect_inset(body, 1, 1);
    rect_top(&body, draw_draft(ui, g, body));
    if (body.cols >= WIDE) {
        Rect right = rect_right(&body, RIGHT);
        rect_right(&body, GAP);
        draw_lately(ui, g, rect_top(&right, LATELY_WIDE));
        rect_top(&right, 1);
        draw_about(ui, g, right);
    } else if (body.rows > 2 * LATELY) {
        int lately = ui->history_count + 1 < LATELY ? (int)ui->history_count + 1 : LATELY;
        draw_lately(ui, g, rect_bottom(&body, lately < 2 ? 2 : lately));
        rect_bottom(&body, 1);
    }
    grid_text(g, rect_top(&body, 1), 0, 0, ROLE_HEADING, S("Next"));
    list_draw(&ui->home, g, body, true);
}

// ---- keys

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
