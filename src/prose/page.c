// page: lines with what their containers put before them.
#include "prose/page.h"
#include "base/clean.h"
#include "base/utf8.h"

enum { ROOM_MIN = 10, GAP = 2, COLUMN_MIN = 4 };

// Nesting that leaves no room to write is not shown.
static size_t shown_containers(const Page *p, int *room)
{
    size_t n = 0;
    *room = p->cells;
    for (; n < p->containers.len; n++) {
        int width = utf8_width(p->containers.at[n].rest);
        if (*room - width < ROOM_MIN) break;
        *room -= width;
    }
    return n;
}

int page_room(const Page *p)
{
    int room;
    shown_containers(p, &room);
    return room;
}

static void add_prefix(Page *p, SpanVec *spans)
{
    int room;
    size_t n = shown_containers(p, &room);
    for (size_t i = 0; i < p->containers.len; i++) {
        Container *c = &p->containers.at[i];
        if (i < n) spans_add(p->arena, spans, c->role, c->used ? c->rest : c->first);
        c->used = true;
    }
}

static void end_line(Page *p, const SpanVec *spans, Str language)
{
    *vec_push(p->arena, &p->lines) =
        (ProseLine){.spans = spans->at, .count = spans->len, .language = language};
}

static bool is_tight(const Page *p)
{
    return p->lists.len > 0 && p->lists.at[p->lists.len - 1].tight;
}

void page_start(Page *p)
{
    if (p->gap && p->lines.len > 0 && !is_tight(p)) {
        SpanVec spans = {0};
        int room;
        size_t n = shown_containers(p, &room);
        for (size_t i = 0; i < n && p->containers.at[i].used; i++) {
            spans_add(p->arena, &spans, p->containers.at[i].role, p->containers.at[i].rest);
        }
        end_line(p, &spans, (Str){0});
    }
    p->gap = false;
}

void page_end(Page *p)
{
    p->gap = true;
}

void page_run(Page *p, const Run *r)
{
    size_t at = 0, from, to;
    while (run_fold(r, &at, page_room(p), &from, &to)) {
        SpanVec spans = {0};
        add_prefix(p, &spans);
        run_spans(p->arena, r, from, to, &spans);
        end_line(p, &spans, (Str){0});
    }
}

void page_code(Page *p, Str code, Str language)
{
    for (Str line; str_line(&code, &line);) {
        SpanVec spans = {0};
        add_prefix(p, &spans);
        spans_pad(p->arena, &spans, 2);
        spans_add(p->arena, &spans, PROSE_CODE, clean_text(p->arena, line, CLEAN_LINE, NULL));
        end_line(p, &spans, language);
    }
}

static Str dashes(Arena *a, int cells)
{
    Buf b = buf_new(a);
    for (int i = 0; i < cells; i++) buf_add(&b, S("─"));
    return buf_str(&b);
}

void page_rule(Page *p)
{
    SpanVec spans = {0};
    add_prefix(p, &spans);
    spans_add(p->arena, &spans, PROSE_DIM, dashes(p->arena, page_room(p)));
    end_line(p, &spans, (Str){0});
}

void page_open(Page *p, Container c)
{
    *vec_push(p->arena, &p->containers) = c;
}

void page_close(Page *p)
{
    if (!p->containers.at[p->containers.len - 1].used) {
        SpanVec spans = {0};
        add_prefix(p, &spans);
        end_line(p, &spans, (Str){0});
    }
    p->containers.len--;
}

// Tables -----------------------------------------------------------------------------------------

static const MarkCell *cell_at(const MarkTable *t, size_t row, size_t column)
{
    return &t->cells.at[row * t->columns + column];
}

static void widest(const MarkTable *t, int *widths, int *least)
{
    size_t rows = t->cells.len / t->columns;
    for (size_t i = 0; i < rows * t->columns; i++) {
        int width = run_cells(&t->cells.at[i].run), word = run_longest_word(&t->cells.at[i].run);
        if (width > widths[i % t->columns]) widths[i % t->columns] = width;
        if (word > least[i % t->columns]) least[i % t->columns] = word;
    }
}

// Takes a cell from the widest column that has more than it needs, as often as it must.
static void squeeze(const MarkTable *t, int *widths, const int *least, int room)
{
    int total = (int)(t->columns - 1) * GAP;
    for (size_t c = 0; c < t->columns; c++) total += widths[c];
    for (bool words = true; total > room;) {
        size_t best = t->columns;
        for (size_t c = 0; c < t->columns; c++) {
            if (widths[c] <= (words ? least[c] : COLUMN_MIN)) continue;
            if (best == t->columns || widths[c] > widths[best]) best = c;
        }
        if (best < t->columns) {
            widths[best]--;
            total--;
        } else if (words) {
            words = false; // words must be broken
        } else {
            return;
        }
    }
}

static void add_aligned(Page *p, SpanVec *line, const MarkCell *cell, const size_t range[2],
                        int width)
{
    Str text = {cell->run.text.ptr + range[0], range[1] - range[0]};
    int blanks = width - utf8_width(text);
    int before = cell->align == ALIGN_RIGHT ? blanks : cell->align == ALIGN_CENTER ? blanks / 2 : 0;
    spans_pad(p->arena, line, before);
    run_spans(p->arena, &cell->run, range[0], range[1], line);
    spans_pad(p->arena, line, blanks - before);
}

static void add_row(Page *p, const MarkTable *t, size_t row, const int *widths)
{
    size_t *at = arena_array(p->arena, size_t, t->columns);
    for (bool more = true, first = true; more; first = false) {
        SpanVec line = {0};
        bool any = false;
        add_prefix(p, &line);
        more = false;
        for (size_t c = 0; c < t->columns; c++) {
            const MarkCell *cell = cell_at(t, row, c);
            size_t range[2] = {0, 0};
            any |= run_fold(&cell->run, &at[c], widths[c], &range[0], &range[1]);
            more |= at[c] < cell->run.text.len;
            if (c) spans_pad(p->arena, &line, GAP);
            add_aligned(p, &line, cell, range, widths[c]);
        }
        if (any || first) end_line(p, &line, (Str){0});
    }
}

void page_table(Page *p, const MarkTable *t)
{
    if (t->columns == 0 || t->cells.len == 0) return;
    int *widths = arena_array(p->arena, int, t->columns);
    int *least = arena_array(p->arena, int, t->columns);
    widest(t, widths, least);
    squeeze(t, widths, least, page_room(p));
    for (size_t row = 0; row < t->cells.len / t->columns; row++) {
        add_row(p, t, row, widths);
        if (row > 0) continue;
        SpanVec line = {0};
        add_prefix(p, &line);
        for (size_t c = 0; c < t->columns; c++) {
            if (c) spans_pad(p->arena, &line, GAP);
            spans_add(p->arena, &line, PROSE_DIM, dashes(p->arena, widths[c]));
        }
        end_line(p, &line, (Str){0});
    }
}
