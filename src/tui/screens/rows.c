// rows: one drill on one line.
#include "tui/screens/rows.h"

DrillMark rows_mark(Ui *ui, const Drill *d)
{
    const StoreItem *item = app_item(ui->app, d->id);
    if (!item) return (DrillMark){"new", ROLE_DIM};
    if (str_eq(item->last_verdict, S("right"))) return (DrillMark){"right", ROLE_GOOD};
    if (str_eq(item->last_verdict, S("self"))) return (DrillMark){"done", ROLE_GOOD};
    if (!item->last_verdict.len) return (DrillMark){"begun", ROLE_DIM};
    return (DrillMark){"again", ROLE_WARN};
}

void rows_drill(Ui *ui, const Drill *d, Grid *g, Rect row)
{
    enum { KIND = 9, MARK = 7, CLOCK = 8 };
    Rect rest = row;
    grid_fit(g, rect_left(&rest, KIND), ROLE_DIM, str_from(kind_name(d->kind)));
    Str clock = d->clock_seconds >= 120
                    ? str_fmt(&ui->frame, "%d min", (d->clock_seconds + 30) / 60)
                    : str_fmt(&ui->frame, "%d s", d->clock_seconds);
    grid_fit_right(g, rect_right(&rest, CLOCK), ROLE_DIM, clock);
    DrillMark mark = rows_mark(ui, d);
    grid_fit(g, rect_right(&rest, MARK), mark.role, str_from(mark.word));
    rest.cols -= 1;
    grid_fit(g, rest, ROLE_TEXT, d->title);
}

void rows_words(Ui *ui, Grid *g, Rect *body, Role role, Str text, int most)
{
    Prose p = prose_plain(&ui->frame, text, body->cols);
    for (size_t i = 0; i < p.len && (int)i < most && body->rows > 0; i++) {
        Rect row = rect_top(body, 1);
        int col = 0;
        for (size_t k = 0; k < p.at[i].count; k++)
            col = grid_text(g, row, 0, col, role, p.at[i].spans[k].text);
        bool cut = i + 1 == (size_t)most && i + 1 < p.len;
        if (cut) grid_text(g, row, 0, col < row.cols ? col : row.cols - 1, role, S("…"));
    }
}

Prose rows_about(Ui *ui, const Drill *d, int cells)
{
    Buf b = buf_new(&ui->frame);
    Str skills = str_join(&ui->frame, d->skills, S(", "));
    buf_fmt(&b, STR_FMT "\n\n*%s%s" STR_FMT "*\n", STR_ARG(d->prompt), level_name(d->level),
            skills.len ? " · " : "", STR_ARG(skills));
    const StoreItem *item = app_item(ui->app, d->id);
    if (item) {
        buf_fmt(&b, "\n*tried %d time%s", item->attempts, item->attempts == 1 ? "" : "s");
        if (d->kind == KIND_SQL) buf_fmt(&b, ", right %d", item->right);
        if (item->best_ms) {
            buf_fmt(&b, ", best time " STR_FMT, STR_ARG(ui_clock(&ui->frame, item->best_ms)));
        }
        buf_add(&b, S("*\n"));
    }
    const StoreItem *broken = app_item(ui->app, app_break_item(&ui->frame, d));
    if (broken && broken->attempts) {
        buf_fmt(&b, "\n*queries to break: %d, right %d*\n", broken->attempts, broken->right);
    }
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

int64_t rows_day(const World *w, int64_t utc_ms)
{
    const int64_t day_ms = (int64_t)24 * 60 * 60 * 1000;
    return (utc_ms + (int64_t)w->tz_min(w) * 60000) / day_ms;
}

Str rows_date(Arena *a, int64_t day)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int y, m, d;
    date_civil(day, &y, &m, &d);
    return str_fmt(a, "%d %s", d, months[m - 1]);
}

Str rows_ago(const World *w, Arena *a, int64_t then_ms)
{
    int64_t now_ms = w->wall_ms(w), minutes = (now_ms - then_ms) / 60000;
    int64_t days = rows_day(w, now_ms) - rows_day(w, then_ms);
    if (minutes < 1) return S("just now");
    if (minutes < 60) return str_fmt(a, "%d min ago", (int)minutes);
    if (days < 1) return str_fmt(a, "%d h ago", (int)(minutes / 60));
    if (days == 1) return S("yesterday");
    if (days < 14) return str_fmt(a, "%d days ago", (int)days);
    return rows_date(a, rows_day(w, then_ms));
}
