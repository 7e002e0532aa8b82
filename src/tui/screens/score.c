// score: the card of an attempt: evidence first, then my own verdict.
#include "tui/screens/rows.h"

enum {
    ACT_KEEP,
    ACT_NEXT,
    ACT_PREVIOUS,
    ACT_AGAIN,
    ACT_BREAK,
    ACT_SOLUTION,
    ACT_ONE,
    ACT_TWO,
    ACT_THREE,
    ACT_FOUR
};

static const KeyRow rows[] = {
    {ACT_KEEP, "enter esc q ^Q F10", "keep", "Keep this card: it is what progress counts"},
    {ACT_ONE, "1", NULL, "Rate this line 1: what I think of it myself"},
    {ACT_TWO, "2", NULL, "Rate it 2"},
    {ACT_THREE, "3", NULL, "Rate it 3"},
    {ACT_FOUR, "4", NULL, "Rate it 4"},
    {ACT_NEXT, "1-4", "rate", NULL},
    {ACT_NEXT, "space tab down j", "next line", "The next line"},
    {ACT_PREVIOUS, "up k", NULL, "The line before"},
    {ACT_SOLUTION, "F7", "model answer", "What a senior would say"},
    {ACT_AGAIN, "r", "again", "Keep this card and start the drill again"},
    {ACT_BREAK, "b", NULL, "Keep this card and break a query that should answer this drill"},
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

// Four dots for a mark, filled from the left.
static void draw_mark(Grid *g, Rect field, int mark)
{
    for (int i = 0; i < 4; i++) {
        grid_text(g, field, 0, i, i < mark ? ROLE_GOOD : ROLE_DIM, i < mark ? S("●") : S("○"));
    }
}

enum { MARK_CELLS = 2, NAME_CELLS = 16, AT_CELLS = 7, DOTS_CELLS = 8, MINE_CELLS = 5 };

static void draw_heads(Grid *g, Rect row)
{
    grid_fit_right(g, rect_right(&row, MINE_CELLS), ROLE_DIM, S("mine"));
    grid_fit(g, rect_right(&row, DOTS_CELLS), ROLE_DIM, S("seen"));
    grid_fit(g, rect_right(&row, AT_CELLS), ROLE_DIM, S("at"));
}

// The evidence, the mark that it suggests, and mine: dim while it is only the suggestion.
static void draw_line(Ui *ui, Grid *g, Rect row, Axis axis, const ScoreLine *line)
{
    bool here = axis == ui->axis, verdict = axis == AXIS_CORRECTNESS && session(ui)->graded;
    int mine = line->rating ? line->rating : line->suggested;
    Rect whole = row;
    grid_text(g, rect_left(&row, MARK_CELLS), 0, 0, ROLE_ACCENT, here ? S("▸") : S(" "));
    grid_fit(g, rect_left(&row, NAME_CELLS), ROLE_STRONG,
             str_from(verdict ? session_verdict_word(session(ui)) : axis_title(axis)));
    grid_fit_right(g, rect_right(&row, MINE_CELLS), line->rating ? ROLE_ACCENT : ROLE_DIM,
                   mine ? str_fmt(&ui->frame, "%d", mine) : S("?"));
    Rect dots = rect_right(&row, DOTS_CELLS);
    Rect at = rect_right(&row, AT_CELLS);
    if (line->suggested) {
        draw_mark(g, dots, line->suggested);
    } else {
        grid_text(g, dots, 0, 0, ROLE_DIM, line->scored ? S("?") : S("-"));
    }
    if (line->at_ms >= 0) grid_fit(g, at, ROLE_DIM, ui_clock(&ui->frame, line->at_ms));
    row.cols -= 1;
    grid_fit(g, row, line->scored ? ROLE_TEXT : ROLE_DIM,
             session_evidence(session(ui), &ui->frame, axis, line));
    if (here) grid_over(g, whole, ROLE_CURSOR);
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

// What the query has in it that an interviewer would ask about.
static void draw_review(Ui *ui, Grid *g, Rect *body)
{
    enum { SHOWN = 4 };
    const Attempt *t = app_attempt(ui->app);
    if (!t->has_verdict || t->verdict.review_count == 0) return;
    grid_fit(g, rect_top(body, 1), ROLE_HEADING, S("Worth a look"));
    for (size_t i = 0; i < t->verdict.review_count && i < SHOWN; i++) {
        const ReviewNote *n = &t->verdict.review[i];
        Str place = n->line ? str_fmt(&ui->frame, "line %d: ", n->line) : (Str){0};
        Str text = str_fmt(&ui->frame, STR_FMT STR_FMT, STR_ARG(place), STR_ARG(n->message));
        grid_fit(g, rect_inset(rect_top(body, 1), 0, MARK_CELLS), ROLE_TEXT, text);
    }
    rect_top(body, 1);
}

static void draw_point(Ui *ui, Grid *g, Rect *body, const RubricItem *item, bool hit)
{
    enum { ROOMY = 8 };
    int most = body->rows > ROOMY ? 2 : 1;
    Rect mark = rect_row(*body, 0);
    Rect lines = *body;
    rect_left(&lines, MARK_CELLS);
    rows_words(ui, g, &lines, ROLE_TEXT, item->want, most);
    if (!hit) rows_words(ui, g, &lines, ROLE_DIM, item->tell, most);
    grid_text(g, mark, 0, 0, hit ? ROLE_GOOD : ROLE_WARN, hit ? S("✓") : S("·"));
    rect_top(body, body->rows - lines.rows);
}

// The points that count: first those that were not made, with what there was to say.
static void draw_points(Ui *ui, Grid *g, Rect body)
{
    const Session *s = session(ui);
    if (s->drill->item_count == 0) return;
    grid_fit(g, rect_top(&body, 1), ROLE_HEADING, S("Points"));
    for (int hit = 0; hit < 2; hit++) {
        for (size_t i = 0; i < s->drill->item_count && i < SESSION_ITEMS_MAX; i++) {
            if ((s->items[i] == ITEM_HIT) == hit)
                draw_point(ui, g, &body, &s->drill->items[i], hit);
        }
    }
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { READABLE = 104 };
    ScoreLine lines[AXIS_COUNT_];
    session_score(session(ui), lines);
    body = rect_inset(body, 0, 1);
    if (body.cols > READABLE) body.cols = READABLE;
    draw_heads(g, rect_top(&body, 1));
    for (int i = 0; i < AXIS_COUNT_; i++) draw_line(ui, g, rect_top(&body, 1), (Axis)i, &lines[i]);
    rect_top(&body, 1);
    draw_counts(ui, g, rect_inset(rect_top(&body, 1), 0, MARK_CELLS));
    rect_top(&body, 1);
    draw_review(ui, g, &body);
    draw_points(ui, g, body);
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
    case ACT_BREAK:
        ui_break(ui, session(ui)->drill);
        break;
    default:
        break;
    }
}

const Screen screen_score = {.enter = enter,
                             .draw = draw,
                             .title = title,
                             .header = ui_draw_clock,
                             .key = key,
                             .act = act,
                             .tables = tables};
