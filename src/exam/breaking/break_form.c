// break_form: what a candidate fills in to break a query: its tables with the columns that matter.
#include "exam/breaking/break_private.h"
#include "exam/private.h"

static void add_columns(Buf *b, const TableSpec *t, Str sql)
{
    bool whole = focus_takes_all(sql);
    size_t named = 0;
    for (size_t i = 0; i < t->width && !whole; i++) named += focus_names(sql, t->columns[i].name);
    if (!named) whole = true;
    for (size_t i = 0; i < t->width; i++) {
        Str name = t->columns[i].name;
        if (whole || focus_names(sql, name)) buf_fmt(b, " " STR_FMT, STR_ARG(name));
    }
}

Str exam_break_form(Arena *a, const WarehouseSpec *w, Str sql)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        if (!focus_names(sql, t->name)) continue;
        if (b.len) buf_char(&b, '\n');
        buf_fmt(&b, STR_FMT ":", STR_ARG(t->name));
        add_columns(&b, t, sql);
        buf_add(&b, S("\n"));
    }
    return buf_str(&b);
}
