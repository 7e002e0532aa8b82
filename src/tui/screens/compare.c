// compare: the model answer beside mine; the points that count, ticked by oneself.
#include "tui/screens/rows.h"

enum { ACT_HIT, ACT_MISS, ACT_FINISH, ACT_BACK, ACT_SCROLL, ACT_LEAVE };

static const KeyRow rows[] = {
    {ACT_HIT, "y space", "said it", "I addressed this point"},
    {ACT_MISS, "n", "did not", "I did not"},
    {ACT_FINISH, "enter", "score card", "Go on to the score card"},
    {ACT_BACK, "esc", "back", "Go on with the answer; the clock runs on"},
    {ACT_SCROLL, "tab", "scroll", "Scroll both answers on, and round again"},
    {ACT_LEAVE, "^Q F10", NULL,
     "Back to the list; after a right verdict the card is kept as it is"},
};
static const KeyTable table = {"compare", rows, sizeof rows / sizeof *rows};

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

static Str row_text(const void *ctx, size_t i)
{
    return session((Ui *)ctx)->drill->items[i].want;
}

static void row_draw(const void *ctx, size_t i, Grid *g, Rect row, bool selected)
{
    enum { AXIS_CELLS = 14 };
    Ui *ui = (Ui *)ctx;
    const RubricItem *item = &session(ui)->drill->items[i];
    static const struct {
        const char *text;
        Role role;
    } marks[] = {[ITEM_OPEN] = {"?", ROLE_WARN},
                 [ITEM_HIT] = {"✓", ROLE_GOOD},
                 [ITEM_MISS] = {"·", ROLE_DIM}};
    ItemMark mark = session(ui)->items[i];
    (void)selected;
    grid_text(g, row, 0, 0, marks[mark].role, str_from(marks[mark].text));
    row.col += 2;
    row.cols -= 2;
    grid_fit_right(g, rect_right(&row, AXIS_CELLS), ROLE_DIM, str_from(axis_title(item->axis)));
    row.cols -= 1;
    grid_fit(g, row, ROLE_TEXT, item->want);
}

static void enter(Ui *ui)
{
    ui->mine = (Pane){0};
    ui->model = (Pane){0};
    list_set(&ui->items, (ListSource){.count = session(ui)->drill->item_count,
                                      .ctx = ui,
                                      .text = row_text,
                                      .draw = row_draw});
}

static Str title(Ui *ui)
{
    const Drill *d = session(ui)->drill;
    return str_fmt(&ui->frame, "%s · " STR_FMT " · compare", kind_name(d->kind), STR_ARG(d->title));
}

static void header(Ui *ui, Grid *g, Rect row)
{
    size_t open = 0;
    for (size_t i = 0; i < session(ui)->drill->item_count; i++)
        open += session(ui)->items[i] == ITEM_OPEN;
    Str text = open ? str_fmt(&ui->frame, "did you say it? %zu open", open) : S("all ticked ✓");
    grid_fit_right(g, row, open ? ROLE_WARN : ROLE_GOOD, text);
}

// A verdict, where there is one: it was right, or there would be no comparison yet.
static void draw_verdict(Ui *ui, Grid *g, Rect *body)
{
    const Attempt *t = app_attempt(ui->app);
    if (!t->session.graded || !t->has_verdict) return;
    bool right = t->session.verdict == VERDICT_RIGHT;
    Str text = right ? str_fmt(&ui->frame, "✓ Right, on all %zu databases that were tried.",
                               t->verdict.tried)
                     : S("✗ Not yet. The points below count all the same.");
    grid_fit(g, rect_top(body, 2), right ? ROLE_GOOD : ROLE_WARN, text);
}

// The points, and of the selected one what there was to say.
static void draw_points(Ui *ui, Grid *g, Rect *body)
{
    enum { TELL_ROWS = 2, FRAME = 1 + TELL_ROWS };
    size_t count = session(ui)->drill->item_count, i;
    if (count == 0) return;
    int most = body->rows / 2, all = (int)count + FRAME;
    Rect list = rect_bottom(body, all < most ? all : most);
    grid_rule(g, rect_top(&list, 1), 0);
    Rect tell = rect_bottom(&list, list.rows > FRAME ? TELL_ROWS : 0);
    list_draw(&ui->items, g, list, true);
    if (!list_selected(&ui->items, &i)) return;
    rect_left(&tell, 4);
    rows_words(ui, g, &tell, ROLE_DIM, session(ui)->drill->items[i].tell, TELL_ROWS);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    enum { NARROW = 60 };
    body = rect_inset(body, 0, 1);
    rect_top(&body, 1);
    draw_verdict(ui, g, &body);
    draw_points(ui, g, &body);
    Rect left = rect_left(&body, body.cols < NARROW ? 0 : (body.cols - 2) / 2);
    if (left.cols) rect_left(&body, 2);
    grid_text(g, rect_top(&left, 1), 0, 0, ROLE_HEADING, S("yours"));
    grid_text(g, rect_top(&body, 1), 0, 0, ROLE_HEADING, S("what a senior would say"));
    pane_set(&ui->mine, ui_answer(ui, left.cols));
    pane_set(&ui->model, ui_solution(ui, body.cols));
    pane_draw(&ui->mine, g, left);
    pane_draw(&ui->model, g, body);
}

static bool key(Ui *ui, Key k)
{
    if (k.code == KC_ENTER || k.code == KC_ESC || key_is_char(k, 'n')) return false;
    if (key_is_char(k, '/')) return false;
    if (k.code == KC_MOUSE &&
        (pane_key(&ui->mine, k) != REPLY_NO || pane_key(&ui->model, k) != REPLY_NO))
        return true;
    Reply r = list_key(&ui->items, k);
    return r != REPLY_NO && r != REPLY_CLOSED && r != REPLY_CHOSEN;
}

static void mark(Ui *ui, bool hit)
{
    size_t i;
    if (!list_selected(&ui->items, &i)) return;
    app_send(ui->app, EV_ITEM, (Str){0}, (int64_t)i, hit);
    (void)list_key(&ui->items, (Key){.code = KC_DOWN});
}

static void scroll(Ui *ui)
{
    bool end = pane_is_at_end(&ui->mine) && pane_is_at_end(&ui->model);
    Key k = {.code = end ? KC_HOME : KC_PAGE_DOWN};
    (void)pane_key(&ui->mine, k);
    (void)pane_key(&ui->model, k);
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_HIT:
        mark(ui, true);
        break;
    case ACT_MISS:
        mark(ui, false);
        break;
    case ACT_FINISH:
        app_send(ui->app, EV_FINISH, (Str){0}, 0, false);
        break;
    case ACT_BACK:
        app_send(ui->app, EV_BACK, (Str){0}, 0, false);
        break;
    case ACT_LEAVE:
        app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
        break;
    case ACT_SCROLL:
        scroll(ui);
        break;
    default:
        break;
    }
}

const Screen screen_compare = {.enter = enter,
                               .draw = draw,
                               .title = title,
                               .header = header,
                               .key = key,
                               .act = act,
                               .tables = tables};
