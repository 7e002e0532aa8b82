// rows: one drill on one line.
#include "tui/screens/rows.h"

DrillMark rows_mark(Ui *ui, const Drill *d)
{
    const StoreItem *item = app_item(ui->app, d->id);
    if (!item) return (DrillMark){"new", ROLE_DIM};
    if (str_eq(item->last_verdict, S("right"))) return (DrillMark){"right", ROLE_GOOD};
    if (str_eq(item->last_verdict, S("self"))) return (DrillMark){"done", ROLE_GOOD};
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

Str rows_ago(Arena *a, int64_t then_ms, int64_t now_ms)
{
    int64_t minutes = (now_ms - then_ms) / 60000;
    if (minutes < 1) return S("just now");
    if (minutes < 60) return str_fmt(a, "%d min ago", (int)minutes);
    if (minutes < 24 * 60) return str_fmt(a, "%d h ago", (int)(minutes / 60));
    if (minutes < 48 * 60) return S("yesterday");
    if (minutes < 14 * 24 * 60) return str_fmt(a, "%d days ago", (int)(minutes / 60 / 24));
    const int64_t day_ms = (int64_t)24 * 60 * 60 * 1000;
    return date_text(a, then_ms / day_ms);
}
