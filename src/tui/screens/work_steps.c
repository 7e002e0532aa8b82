// work_steps: below the workbench: the steps of the query, each with its number of rows, and the
// rows of the one that is chosen; so one sees where rows multiply or vanish.
#include "base/utf8.h"
#include "tui/screens/bench.h"

static const GradeStep *chosen(const Bench *b, const Attempt *t)
{
    return b->step < t->steps.len ? &t->steps.at[b->step] : NULL;
}

static void show_step(Ui *ui)
{
    Bench *b = &ui->bench;
    const GradeStep *s = chosen(b, app_attempt(ui->app));
    bool ok = s && s->rows >= 0;
    sheet_set(&b->sheet, ok ? &s->result.table : NULL, ok ? s->rows : 0);
}

void bench_steps(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    if (t->work == WORK_STEPPING) return; // its rows are still to come
    bool fresh = b->steps && t->has_steps && b->steps_changes == b->editor.changes;
    if (fresh && t->steps.len) {
        b->step = (b->step + 1) % t->steps.len;
        show_step(ui);
        return;
    }
    b->steps = true;
    b->step = 0;
    b->steps_shown = NULL;
    b->steps_changes = b->editor.changes;
    app_steps(ui->app, str_copy(&ui->frame, editor_text(&b->editor)));
}

void bench_leave_steps(Ui *ui)
{
    Bench *b = &ui->bench;
    if (!b->steps) return;
    b->steps = false;
    b->shown = NULL; // the rows of the last run go back into the sheet
    b->shown_runs = -1;
}

static void take_steps(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    if (!t->has_steps || b->steps_shown == t->steps.at) return;
    b->steps_shown = t->steps.at;
    show_step(ui);
    const Error *e = &t->steps.error;
    if (e->kind != ERROR_NONE) editor_mark(&b->editor, e->line, e->column, str_from(e->text));
}

// That a subquery selects needs no saying where there is little room.
static Str step_name(Arena *a, const GradeStep *s)
{
    Str select = S("(SELECT ");
    if (s->whole) return S("whole query");
    if (!str_eq_nocase(str_slice(s->name, 0, select.len), select)) return s->name;
    return str_fmt(a, "(" STR_FMT, STR_ARG(str_slice(s->name, select.len, s->name.len)));
}

static void draw_step(Ui *ui, Grid *g, Rect row, size_t i)
{
    enum { ROWS = 13, LINE = 9 };
    const GradeStep *s = &app_attempt(ui->app)->steps.at[i];
    bool here = i == ui->bench.step;
    Role role = here ? ROLE_ACCENT : ROLE_TEXT;
    grid_fit(g, rect_left(&row, 2), role, here ? S("▸ ") : S("  "));
    Str rows = s->rows < 0 ? S("does not run") : sheet_count(&ui->frame, s->rows);
    grid_fit_right(g, rect_right(&row, ROWS),
                   s->rows == 0  ? ROLE_WARN
                   : s->rows < 0 ? ROLE_BAD
                                 : role,
                   rows);
    Str line = str_fmt(&ui->frame, "line %d", s->line);
    if (row.cols > 2 * LINE) grid_fit_right(g, rect_right(&row, LINE), ROLE_DIM, line);
    grid_fit(g, row, role, step_name(&ui->frame, s));
}

static void draw_list(Ui *ui, Grid *g, Rect area)
{
    const GradeSteps *s = &app_attempt(ui->app)->steps;
    size_t page = area.rows > 0 ? (size_t)area.rows : 1, step = ui->bench.step;
    size_t top = step >= page ? step - page + 1 : 0;
    for (size_t i = top; i < s->len && area.rows > 0; i++) draw_step(ui, g, rect_top(&area, 1), i);
}

static void draw_caption(Ui *ui, Grid *g, Rect row)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    const GradeStep *s = chosen(b, t);
    if (t->work != WORK_NONE || t->session.phase == PHASE_CONFIRM) { // what is asked comes first
        bench_draw_caption(ui, g, row);
        return;
    }
    grid_rule(g, row, 0);
    row = rect_inset(row, 0, 1);
    if (!s) {
        bool ran = t->has_steps && t->steps.error.kind == ERROR_NONE;
        grid_fit(g, row, ran ? ROLE_DIM : ROLE_BAD,
                 ran ? S(" no part of it can be run alone ") : S(" it did not run "));
        return;
    }
    bool stale = b->steps_changes != b->editor.changes;
    Str hint = stale ? S(" changed since: F6 runs again ") : S(" F6 next step · F5 the rows ");
    grid_fit_right(g, rect_right(&row, utf8_width(hint)), ROLE_DIM, hint);
    grid_fit(g, row, ROLE_DIM,
             str_fmt(&ui->frame, " step %zu of %zu, each run alone ", b->step + 1, t->steps.len));
}

void bench_draw_steps(Ui *ui, Grid *g, Rect area)
{
    enum { LIST_MIN = 38, GAP = 2 };
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    take_steps(ui);
    draw_caption(ui, g, rect_top(&area, 1));
    area = rect_inset(area, 0, 1);
    if (!t->has_steps || t->steps.error.kind != ERROR_NONE) {
        if (t->has_steps) bench_draw_error(ui, g, area, &t->steps.error);
        return;
    }
    int list = area.cols / 3 < LIST_MIN ? LIST_MIN : area.cols / 3;
    if (list > area.cols) list = area.cols;
    draw_list(ui, g, rect_left(&area, list));
    rect_left(&area, GAP);
    const GradeStep *s = chosen(b, t);
    if (!s || area.cols <= 0) return;
    if (s->rows < 0) {
        bench_draw_error(ui, g, area, &s->result.error);
    } else {
        sheet_draw(&b->sheet, g, area, b->focus == FOCUS_ROWS);
    }
}
