// drills: all of them, narrowed by typing after /.
#include "tui/screens/rows.h"

enum { ACT_START, ACT_FILTER, ACT_BREAK, ACT_BACK };

static const KeyRow rows[] = {
    {ACT_START, "enter", "start", "Start the selected drill"},
    {ACT_FILTER, "/", "filter", "Narrow the list: words of title, kind, level, skill"},
    {ACT_BREAK, "b", "break a query", "Break a query that should answer the selected SQL drill"},
    {ACT_BACK, "esc q ^Q", "back", "To the home screen"},
};
static const KeyTable table = {"drills", rows, sizeof rows / sizeof *rows};

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    (void)ui;
    out[0] = &table;
    return 1;
}

static Str row_text(const void *ctx, size_t i)
{
    Ui *ui = (Ui *)ctx;
    const Drill *d = library_at(app_library(ui->app), i);
    Str skills = str_join(&ui->frame, d->skills, S(" "));
    return str_fmt(&ui->frame, STR_FMT " " STR_FMT " %s %s " STR_FMT, STR_ARG(d->title),
                   STR_ARG(d->id), kind_name(d->kind), level_name(d->level), STR_ARG(skills));
}

static void row_draw(const void *ctx, size_t i, Grid *g, Rect row, bool selected)
{
    Ui *ui = (Ui *)ctx;
    (void)selected;
    rows_drill(ui, library_at(app_library(ui->app), i), g, row);
}

static void enter(Ui *ui)
{
    ui->drills.filtering = false; // the filter stays; keys are keys again
    list_set(&ui->drills, (ListSource){.count = library_drill_count(app_library(ui->app)),
                                       .ctx = ui,
                                       .text = row_text,
                                       .draw = row_draw});
}

static Str title(Ui *ui)
{
    (void)ui;
    return S("drills");
}

static void header(Ui *ui, Grid *g, Rect row)
{
    size_t all = library_drill_count(app_library(ui->app));
    Str text = ui->drills.shown_count < all
                   ? str_fmt(&ui->frame, "%zu of %zu", ui->drills.shown_count, all)
                   : str_fmt(&ui->frame, "%zu", all);
    grid_fit_right(g, row, ROLE_DIM, text);
}

static const Drill *selected(Ui *ui)
{
    size_t i;
    return list_selected(&ui->drills, &i) ? library_at(app_library(ui->app), i) : NULL;
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { WIDE = 100, ABOUT_ROWS = 9 };
    const Drill *d = selected(ui);
    body = rect_inset(body, 1, 1);
    Rect side = {0};
    if (body.cols >= WIDE - 2) {
        side = rect_right(&body, body.cols * 2 / 5);
        rect_right(&body, 3);
    } else if (body.rows >= 2 * ABOUT_ROWS) {
        side = rect_bottom(&body, ABOUT_ROWS);
        grid_rule(g, rect_top(&side, 1), 0);
    }
    list_draw(&ui->drills, g, body, true);
    if (!d || side.rows <= 0) return;
    Pane about = {0};
    pane_set(&about, rows_about(ui, d, side.cols));
    pane_draw(&about, g, side);
}

static bool key(Ui *ui, Key k)
{
    if (!ui->drills.filtering && key_is_char(k, '?')) return false;
    Reply r = list_key(&ui->drills, k);
    if (r == REPLY_CHOSEN && selected(ui)) ui_begin(ui, selected(ui));
    return r != REPLY_NO && r != REPLY_CLOSED;
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_START:
        if (selected(ui)) ui_begin(ui, selected(ui));
        break;
    case ACT_FILTER:
        (void)list_key(&ui->drills, (Key){.code = KC_CHAR, .ch = '/'});
        break;
    case ACT_BREAK:
        if (selected(ui)) ui_break(ui, selected(ui));
        break;
    case ACT_BACK:
        ui_go(ui, SCREEN_HOME);
        break;
    default:
        break;
    }
}

const Screen screen_drills = {.enter = enter,
                              .draw = draw,
                              .title = title,
                              .header = header,
                              .key = key,
                              .act = act,
                              .tables = tables};
