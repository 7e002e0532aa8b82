// refuted: the verdict that is not right: first the question which rows would break it, then the
// rows.
#include "base/utf8.h"
#include "tui/ui.h"

enum { ACT_BACK, ACT_SOLUTION, ACT_FINISH, ACT_LEAVE };

static const KeyRow rows[] = {
    {ACT_BACK, "enter esc", "back to the answer", "Go on with the answer; the clock runs on"},
    {ACT_SOLUTION, "F7", "model answer", "What a senior would say"},
    {ACT_FINISH, "n", "score card", "Leave the answer as it is and go to the score card"},
    {ACT_LEAVE, "^Q F10", NULL, "Back to the list; the draft is kept"},
};
static const KeyTable table = {"verdict", rows, sizeof rows / sizeof *rows};
static const KeyRow guess_rows[] = {
    {ACT_BACK, "enter", "show me", "Show the rows; an empty line skips the question"},
    {ACT_LEAVE, "^Q F10", NULL, "Back to the list; the draft is kept"},
};
static const KeyTable guess_table = {"which rows?", guess_rows,
                                     sizeof guess_rows / sizeof *guess_rows};

static bool guessing(Ui *ui)
{
    return app_attempt(ui->app)->session.phase == PHASE_GUESS;
}

static size_t tables(Ui *ui, const KeyTable *out[UI_TABLES_MAX])
{
    out[0] = guessing(ui) ? &guess_table : &table;
    return 1;
}

static void enter(Ui *ui)
{
    ui->verdict = (Pane){0};
    input_set(&ui->guess, (Str){0});
}

static Str title(Ui *ui)
{
    static const char *const words[] = {[VERDICT_RIGHT] = "right",
                                        [VERDICT_WRONG] = "not yet",
                                        [VERDICT_ERROR] = "it did not run",
                                        [VERDICT_LIMIT] = "stopped"};
    const Attempt *t = app_attempt(ui->app);
    return str_fmt(&ui->frame, "%s · " STR_FMT " · %s", kind_name(t->session.drill->kind),
                   STR_ARG(t->session.drill->title), words[t->verdict.kind]);
}

// ---- the page: lines of prose put together by hand

typedef VEC(ProseLine) Lines;

static void add_prose(Arena *a, Lines *out, Prose p)
{
    for (size_t i = 0; i < p.len; i++) *vec_push(a, out) = p.at[i];
}

static void add_words(Arena *a, Lines *out, Str text, int cells)
{
    add_prose(a, out, prose_markdown(a, text, cells));
    *vec_push(a, out) = (ProseLine){0};
}

static bool is_among(size_t row, const size_t *rows_at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows_at[i] == row) return true;
    }
    return false;
}

// A table with a mark before the rows that have no partner in the other one.
static Prose marked(Arena *a, const Table *t, int cells, const size_t *lone, size_t lone_count)
{
    ProseTableOptions o = {.cells = cells - 2, .rows_max = 12};
    Prose p = prose_table(a, t, &o);
    for (size_t i = 0; i < p.len; i++) {
        bool hit = i >= 2 && is_among(i - 2, lone, lone_count);
        ProseSpan *spans = arena_array(a, ProseSpan, p.at[i].count + 1);
        spans[0] = (ProseSpan){hit ? S("✗ ") : S("  "), PROSE_STRONG};
        for (size_t k = 0; k < p.at[i].count; k++) spans[k + 1] = p.at[i].spans[k];
        p.at[i].spans = spans;
        p.at[i].count++;
    }
    return p;
}

static ProseLine joined(Arena *a, const ProseLine *left, const ProseLine *right, int left_cells)
{
    size_t l = left ? left->count : 0, r = right ? right->count : 0;
    ProseLine out = {.spans = arena_array(a, ProseSpan, l + r + 1), .count = l + r + 1};
    for (size_t i = 0; i < l; i++) out.spans[i] = left->spans[i];
    Buf pad = buf_new(a);
    int used = left ? prose_cells(left) : 0;
    buf_repeat(&pad, ' ', used < left_cells ? (size_t)(left_cells - used) : 1);
    out.spans[l] = (ProseSpan){buf_str(&pad), PROSE_TEXT};
    for (size_t i = 0; i < r; i++) out.spans[l + 1 + i] = right->spans[i];
    return out;
}

static Prose titled(Arena *a, const char *head, Prose p)
{
    Prose out = {arena_array(a, ProseLine, p.len + 1), p.len + 1};
    ProseSpan *span = arena_new(a, ProseSpan);
    *span = (ProseSpan){str_fmt(a, "  %s", head), PROSE_HEADING};
    out.at[0] = (ProseLine){.spans = span, .count = 1};
    for (size_t i = 0; i < p.len; i++) out.at[i + 1] = p.at[i];
    return out;
}

// Expected and mine side by side where they fit, else one below the other.
static void add_results(Arena *a, Lines *out, const Counterexample *x, int cells)
{
    int half = cells / 2;
    Prose e =
        titled(a, "expected", marked(a, &x->expected, half, x->diff.missing, x->diff.missing_len));
    Prose m = titled(a, "yours", marked(a, &x->actual, half, x->diff.extra, x->diff.extra_len));
    for (size_t i = 0; i < e.len || i < m.len; i++) {
        *vec_push(a, out) =
            joined(a, i < e.len ? &e.at[i] : NULL, i < m.len ? &m.at[i] : NULL, half);
    }
    *vec_push(a, out) = (ProseLine){0};
}

static void add_code(Arena *a, Lines *out, Str text)
{
    ProseSpan *span = arena_new(a, ProseSpan);
    *span = (ProseSpan){text, PROSE_CODE};
    *vec_push(a, out) = (ProseLine){.spans = span, .count = 1, .language = S("sql")};
}

// The sentence, and the line it is about with a mark under the place.
static void add_error(Arena *a, Lines *out, const Attempt *t, int cells)
{
    const Error *e = &t->verdict.error;
    Buf b = buf_new(a);
    if (e->line) buf_fmt(&b, "line %d, column %d: ", e->line, e->column);
    buf_add(&b, str_from(e->text));
    add_prose(a, out, prose_plain(a, buf_str(&b), cells));
    *vec_push(a, out) = (ProseLine){0};
    Str line = {0}, rest = t->text;
    for (int i = 0; i < e->line; i++) {
        if (!str_line(&rest, &line)) return;
    }
    if (e->line == 0 || utf8_width(line) > cells) return;
    add_code(a, out, line);
    Buf mark = buf_new(a);
    buf_repeat(&mark, ' ', (size_t)(e->column > 0 ? e->column - 1 : 0));
    buf_char(&mark, '^');
    add_code(a, out, buf_str(&mark));
}

static Prose page(Ui *ui, int cells)
{
    Arena *a = &ui->frame;
    const Verdict *v = &app_attempt(ui->app)->verdict;
    Lines out = {0};
    if (v->error.kind != ERROR_NONE) add_error(a, &out, app_attempt(ui->app), cells);
    if (v->why.len && v->error.kind == ERROR_NONE) add_words(a, &out, v->why, cells);
    if (v->diagnosis.len) add_words(a, &out, v->diagnosis, cells);
    if (v->has_counterexample && v->counterexample.diff.kind != COMPARE_COLUMNS) {
        const Counterexample *x = &v->counterexample;
        for (size_t i = 0; i < x->table_count; i++) {
            Table t = exam_focus(a, x, i);
            const char *name = str_c(a, x->tables[i].name);
            add_prose(a, &out, titled(a, name, marked(a, &t, cells, NULL, 0)));
            *vec_push(a, &out) = (ProseLine){0};
        }
        if (x->table_count == 0)
            add_words(a, &out, S("Every table of that database is empty."), cells);
        add_results(a, &out, x, cells);
        if (x->unstable) {
            Prose again = marked(a, &x->again, cells, NULL, 0);
            add_prose(a, &out, titled(a, "yours, the same rows stored in another order", again));
            *vec_push(a, &out) = (ProseLine){0};
        }
    }
    for (size_t i = 0; i < v->review_count; i++) {
        const ReviewNote *n = &v->review[i];
        Str place = n->line ? str_fmt(a, "line %d: ", n->line) : (Str){0};
        Str note = str_fmt(a, "- " STR_FMT STR_FMT, STR_ARG(place), STR_ARG(n->message));
        add_words(a, &out, note, cells);
    }
    return (Prose){out.at, out.len};
}

static void draw_guess(Ui *ui, Grid *g, Rect body)
{
    const Session *s = &app_attempt(ui->app)->session;
    int64_t left = s->guess_until - s->now;
    grid_fit(g, rect_row(body, 0), ROLE_TEXT,
             S("Your answer differs from the reference on a small database."));
    grid_fit(g, rect_row(body, 2), ROLE_STRONG, S("Before you look: which rows would break it?"));
    input_draw(&ui->guess, g, rect_row(body, 4), S("> "), S("two rows with the same …"), true);
    Str clock =
        str_fmt(&ui->frame, "%d s, then the rows come by themselves", (int)((left + 999) / 1000));
    grid_fit(g, rect_row(body, 6), ROLE_DIM, clock);
}

static void draw(Ui *ui, Grid *g, Rect body)
{
    body = rect_inset(body, 1, 2);
    if (guessing(ui)) {
        draw_guess(ui, g, body);
        return;
    }
    pane_set(&ui->verdict, page(ui, body.cols));
    pane_draw(&ui->verdict, g, body);
}

static bool key(Ui *ui, Key k)
{
    if (!guessing(ui))
        return k.code != KC_ENTER && k.code != KC_ESC && pane_key(&ui->verdict, k) != REPLY_NO;
    Reply r = input_key(&ui->guess, k);
    if (r == REPLY_CHOSEN || r == REPLY_CLOSED) {
        Str text = r == REPLY_CHOSEN ? str_copy(&ui->frame, input_text(&ui->guess)) : (Str){0};
        app_send(ui->app, EV_GUESS, text, 0, false);
    }
    return r != REPLY_NO;
}

static void act(Ui *ui, int action)
{
    switch (action) {
    case ACT_BACK:
        app_send(ui->app, EV_BACK, (Str){0}, 0, false);
        break;
    case ACT_SOLUTION:
        ui_show_solution(ui);
        break;
    case ACT_FINISH:
        app_send(ui->app, EV_FINISH, (Str){0}, 0, false);
        break;
    case ACT_LEAVE:
        app_send(ui->app, EV_LEAVE, (Str){0}, 0, false);
        break;
    default:
        break;
    }
}

const Screen screen_refuted = {.enter = enter,
                               .draw = draw,
                               .title = title,
                               .header = ui_draw_clock,
                               .key = key,
                               .act = act,
                               .tables = tables};
