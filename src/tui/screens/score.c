// score: the card of an attempt: evidence first, then my own verdict.
#include "tui/ui.h"

enum {
    ACT_KEEP,
    ACT_NEXT,
    ACT_PREVIOUS,
    ACT_AGAIN,
    ACT_SOLUTION,
    ACT_ONE,
    ACT_TWO,
    ACT_THREE,
    ACT_FOUR
};

static const KeyRow rows[] = {
    {ACT_KEEP, "enter", "keep", "Keep this card: it is what progress counts"},
    {ACT_ONE, "1", NULL, "Rate the selected axis 1"},
    {ACT_TWO, "2", NULL, "Rate it 2"},
    {ACT_THREE, "3", NULL, "Rate it 3"},
    {ACT_FOUR, "4", NULL, "Rate it 4"},
    {ACT_NEXT, "1-4", "rate", NULL},
    {ACT_NEXT, "space tab down j", "next axis", "The next axis"},
    {ACT_PREVIOUS, "up k", NULL, "The axis before"},
    {ACT_SOLUTION, "F7", "model answer", "What a senior would say"},
    {ACT_AGAIN, "r", "again", "Keep this card and start the drill again"},
};
static const KeyTable table = {"score card", rows, sizeof rows / sizeof *rows};

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    (void)ui;
    out[0] = &table;
    return 1;
}

static const Session *session(Ui *ui)
{
    return &app_attempt(ui->app)->session;
}

static void enter(Ui *ui)
{
    ui->axis = AXIS_CLARIFICATION;
}

static Str title(Ui *ui)
{
    return session(ui)->drill->title;
}

static void header(Ui *ui, Grid *g, Rect row)
{
    const Session *s = session(ui);
    Str spent = ui_clock(&ui->frame, session_spent_ms(s));
    Str all = ui_clock(&ui->frame, (int64_t)s->drill->clock_seconds * 1000);
    Role role = session_tone(s) == CLOCK_OVER ? ROLE_BAD : ROLE_TEXT;
    grid_fit_right(g, row, role,
                   str_fmt(&ui->frame, STR_FMT " of " STR_FMT, STR_ARG(spent), STR_ARG(all)));
}

// Four dots for a mark, filled from the left.
static void draw_mark(Grid *g, Rect field, int mark)
{
    for (int i = 0; i < 4; i++) {
        grid_text(g, field, 0, i, i < mark ? ROLE_GOOD : ROLE_DIM, i < mark ? S("●") : S("○"));
    }
}

static void draw_line(Ui *ui, Grid *g, Rect row, Axis axis, const ScoreLine *line)
{
    enum { NAME = 17, DOTS = 6, AT = 8 };
    bool verdict = axis == AXIS_CORRECTNESS && session(ui)->graded;
    grid_fit(g, rect_left(&row, NAME), ROLE_STRONG,
             str_from(verdict ? session_verdict_word(session(ui)) : axis_title(axis)));
    Rect dots = rect_right(&row, DOTS);
    Rect at = rect_right(&row, AT);
    if (line->suggested) {
        draw_mark(g, dots, line->suggested);
    } else {
        grid_text(g, dots, 0, 0, ROLE_DIM, line->scored ? S("?") : S("-"));
    }
    if (line->at_ms >= 0) grid_fit(g, at, ROLE_DIM, ui_clock(&ui->frame, line->at_ms));
    row.cols -= 1;
    grid_fit(g, row, line->scored ? ROLE_TEXT : ROLE_DIM,
             session_evidence(session(ui), &ui->frame, axis, line));
}

static void draw_own(Ui *ui, Grid *g, Rect area, const ScoreLine lines[AXIS_COUNT_])
{
    grid_fit(g, rect_top(&area, 2), ROLE_HEADING, S("What I would rate myself"));
    for (int i = 0; i < AXIS_COUNT_; i++) {
        Rect row = rect_row(area, i);
        bool here = (size_t)i == ui->axis;
        int value = lines[i].rating ? lines[i].rating : lines[i].suggested;
        Role role = lines[i].rating ? ROLE_TEXT : ROLE_DIM;
        grid_text(g, row, 0, 0, ROLE_ACCENT, here ? S("▸") : S(" "));
        grid_text(g, row, 0, 2, here ? ROLE_ACCENT : ROLE_TEXT, str_from(axis_title((Axis)i)));
        if (value) {
            grid_text(g, row, 0, 18, role,
                      str_fmt(&ui->frame, "%d%s", value, lines[i].rating ? "" : "  as suggested"));
        } else {
            grid_text(g, row, 0, 18, ROLE_DIM, S("-"));
        }
    }
}

static void draw_counts(Ui *ui, Grid *g, Rect row)
{
    const Session *s = session(ui);
    const Attempt *t = app_attempt(ui->app);
    Buf b = buf_new(&ui->frame);
    buf_fmt(&b, "%d question%s, %d hint%s, %d run%s, %d submitted", s->questions,
            s->questions == 1 ? "" : "s", s->hints, s->hints == 1 ? "" : "s", s->runs,
            s->runs == 1 ? "" : "s", s->submits);
    if (t->has_verdict && t->verdict.tried) buf_fmt(&b, "; %zu databases tried", t->verdict.tried);
    grid_fit(g, row, ROLE_DIM, buf_str(&b));
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    ScoreLine lines[AXIS_COUNT_];
    session_score(session(ui), lines);
    body = rect_inset(body, 1, 2);
    for (int i = 0; i < AXIS_COUNT_; i++) draw_line(ui, g, rect_top(&body, 1), (Axis)i, &lines[i]);
    rect_top(&body, 1);
    draw_counts(ui, g, rect_top(&body, 1));
    rect_top(&body, 1);
    draw_own(ui, g, body, lines);
}

static bool key(Ui *ui, Key k)
{
    (void)ui;
    (void)k;
    return false;
}

static void rate(Ui *ui, int value)
{
    app_rate(ui->app, (Axis)ui->axis, value);
    ui->axis = (ui->axis + 1) % AXIS_COUNT_;
}

static void again(Ui *ui)
{
    const Drill *d = session(ui)->drill;
    app_send(ui->app, EV_KEEP, (Str){0}, 0, false);
    ui_begin(ui, d);
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_KEEP:
        app_send(ui->app, EV_KEEP, (Str){0}, 0, false);
        ui_say(ui, ROLE_GOOD, S("Kept."));
        break;
    case ACT_NEXT:
        ui->axis = (ui->axis + 1) % AXIS_COUNT_;
        break;
    case ACT_PREVIOUS:
        ui->axis = (ui->axis + AXIS_COUNT_ - 1) % AXIS_COUNT_;
        break;
    case ACT_ONE:
        rate(ui, 1);
        break;
    case ACT_TWO:
        rate(ui, 2);
        break;
    case ACT_THREE:
        rate(ui, 3);
        break;
    case ACT_FOUR:
        rate(ui, 4);
        break;
    case ACT_SOLUTION:
        ui_show_solution(ui);
        break;
    case ACT_AGAIN:
        again(ui);
        break;
    default:
        break;
    }
}

const Screen screen_score = {.enter = enter,
                             .draw = draw,
                             .title = title,
                             .header = header,
                             .key = key,
                             .act = act,
                             .tables = tables};
