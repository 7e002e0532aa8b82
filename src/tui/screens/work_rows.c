// work_rows: below the workbench: what is going on, the rows of the last run or its error, and
// before the first run the columns there are.
#include "base/utf8.h"
#include "tui/screens/bench.h"
#include "tui/screens/rows.h"

static Str work_words(Ui *ui)
{
    static const char *const words[] = {
        [WORK_NONE] = "",           [WORK_PREPARING] = "making the data",
        [WORK_RUNNING] = "running", [WORK_STEPPING] = "running each step",
        [WORK_GRADING] = "grading", [WORK_BREAKING] = "",
        [WORK_SEARCHING] = ""};
    const Attempt *t = app_attempt(ui->app);
    Str since = ui_clock(&ui->frame, ui_now(ui) - t->work_since);
    return str_fmt(&ui->frame, "%s… " STR_FMT "  esc: stop", words[t->work], STR_ARG(since));
}

static Str caption_left(Ui *ui, Role *role)
{
    const Attempt *t = app_attempt(ui->app);
    bool sql = t->session.drill->kind == KIND_SQL;
    *role = ROLE_DIM;
    if (t->session.phase == PHASE_CONFIRM) {
        *role = ROLE_ACCENT;
        return sql ? S("Submit this answer?  enter: grade it · esc: go on")
                   : S("Done?  enter: compare with the model · esc: go on");
    }
    if (t->work != WORK_NONE) return work_words(ui);
    if (t->has_result && t->result.error.kind == ERROR_NONE) {
        return sheet_caption(&ui->frame, &ui->bench.sheet);
    }
    if (t->has_result) {
        *role = ROLE_BAD;
        return S("it did not run");
    }
    if (!t->data_ready) return (Str){0};
    return str_fmt(&ui->frame, STR_FMT " rows of data are ready: F5 runs your query",
                   STR_ARG(sheet_count(&ui->frame, t->data_rows)));
}

void bench_draw_caption(Ui *ui, Grid *g, Rect row)
{
    const Attempt *t = app_attempt(ui->app);
    Role role;
    Str left = caption_left(ui, &role);
    grid_rule(g, row, 0);
    row = rect_inset(row, 0, 1);
    if (t->work == WORK_NONE && t->has_result && t->result.error.kind == ERROR_NONE) {
        Str ms = str_fmt(&ui->frame, " %.0f ms ", t->result.elapsed_ms);
        grid_fit_right(g, rect_right(&row, utf8_width(ms)), ROLE_DIM, ms);
    }
    if (left.len) grid_fit(g, row, role, str_fmt(&ui->frame, " " STR_FMT " ", STR_ARG(left)));
}

void bench_draw_error(Ui *ui, Grid *g, Rect area, const Error *e)
{
    Buf b = buf_new(&ui->frame);
    if (e->line) buf_fmt(&b, "line %d, column %d: ", e->line, e->column);
    buf_add(&b, str_from(e->text));
    rows_words(ui, g, &area, ROLE_BAD, buf_str(&b), area.rows);
}

// ---- before the first run: the columns there are, table by table, in as many strips as fit

typedef struct {
    Grid *g;
    Rect area;
    int row, col;
    int name_cells; // of the widest name
} Strips;

enum { TYPE_CELLS = 9, STRIP_GAP = 3 };

static Rect next_line(Strips *s, bool head)
{
    if (s->row > 0 && s->row + head >= s->area.rows) { // a table's name does not stand alone
        s->row = 0;
        s->col += 1 + s->name_cells + 1 + TYPE_CELLS + STRIP_GAP;
    }
    return rect_part(s->area, s->row++, s->col, s->area.cols);
}

static void draw_columns(Strips *s, const TableSpec *t)
{
    grid_fit(s->g, next_line(s, true), ROLE_HEADER, t->name);
    for (size_t i = 0; i < t->width; i++) {
        const ColumnSpec *c = &t->columns[i];
        Rect line = next_line(s, false);
        rect_left(&line, 1);
        grid_fit(s->g, rect_left(&line, s->name_cells + 1),
                 c->primary_key ? ROLE_STRONG : ROLE_TEXT, c->name);
        grid_fit(s->g, line, ROLE_DIM, str_from(type_name(c->type)));
    }
}

void bench_draw_schema(Ui *ui, Grid *g, Rect area)
{
    const Drill *d = ui->bench.drill;
    const WarehouseSpec *w = d->exam.warehouse;
    Strips s = {.g = g, .area = area};
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        for (size_t k = 0; k < t->width && bench_reads(d, t->name); k++) {
            int cells = utf8_width(t->columns[k].name);
            if (cells > s.name_cells) s.name_cells = cells;
        }
    }
    for (size_t i = 0; i < w->table_count; i++) {
        if (bench_reads(d, w->tables[i].name)) draw_columns(&s, &w->tables[i]);
    }
}

void bench_draw_rows(Ui *ui, Grid *g, Rect area)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    if (b->steps) {
        bench_draw_steps(ui, g, area);
        return;
    }
    Rect caption = rect_top(&area, 1);
    area = rect_inset(area, 0, 1);
    if (!t->has_result) {
        bench_draw_schema(ui, g, area);
    } else if (t->result.error.kind != ERROR_NONE) {
        bench_draw_error(ui, g, area, &t->result.error);
    } else {
        sheet_draw(&b->sheet, g, area, b->focus == FOCUS_ROWS);
    }
    bench_draw_caption(ui, g, caption); // it says what the sheet shows
}

// A result that has just come: its rows into the sheet, its error into the editor's gutter.
void bench_take_result(Ui *ui)
{
    Bench *b = &ui->bench;
    const Attempt *t = app_attempt(ui->app);
    bool is_new =
        t->has_result && (b->shown_runs != t->session.runs || b->shown != t->result.table.cells);
    if (!is_new || b->steps || t->work == WORK_RUNNING) return;
    b->shown = t->result.table.cells;
    b->shown_runs = t->session.runs;
    const Error *e = &t->result.error;
    bool ok = e->kind == ERROR_NONE;
    sheet_set(&b->sheet, ok ? &t->result.table : NULL, ok && t->result.table.more ? -1 : 0);
    bool typed_since = b->editor.changes != b->ran_changes; // then the cursor stays where it is
    if (ok || !typed_since) {
        editor_mark(&b->editor, ok ? 0 : e->line, ok ? 0 : e->column,
                    ok ? (Str){0} : str_from(e->text));
    }
    if (!ok && b->focus == FOCUS_ROWS) b->focus = FOCUS_ANSWER;
}
