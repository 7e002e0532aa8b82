// work_left: the left of the workbench: question and conversation, or the schema in their place.
#include "tui/screens/bench.h"

// ---- the conversation

typedef VEC(ProseLine) Lines;

static void add(Arena *a, Lines *out, Prose p)
{
    if (out->len) *vec_push(a, out) = (ProseLine){0};
    for (size_t i = 0; i < p.len; i++) *vec_push(a, out) = p.at[i];
}

// What a candidate typed is no Markdown; it stands behind "> ".
static Prose asked(Arena *a, Str text, int cells)
{
    Prose p = prose_plain(a, text, cells - 2);
    for (size_t i = 0; i < p.len; i++) {
        ProseSpan *spans = arena_array(a, ProseSpan, p.at[i].count + 1);
        spans[0] = (ProseSpan){i ? S("  ") : S("> "), PROSE_BULLET};
        for (size_t k = 0; k < p.at[i].count; k++) {
            spans[k + 1] = (ProseSpan){p.at[i].spans[k].text, PROSE_EMPHASIS};
        }
        p.at[i] = (ProseLine){.spans = spans, .count = p.at[i].count + 1};
    }
    return p;
}

static Prose noted(Arena *a, Str text, int cells)
{
    Prose p = prose_plain(a, text, cells);
    for (size_t i = 0; i < p.len; i++) {
        for (size_t k = 0; k < p.at[i].count; k++) p.at[i].spans[k].role = PROSE_DIM;
    }
    return p;
}

static Prose talk_prose(Ui *ui, int cells)
{
    Arena *a = &ui->frame;
    const Attempt *t = app_attempt(ui->app);
    Lines out = {0};
    add(a, &out, prose_markdown(a, t->session.drill->prompt, cells));
    for (size_t i = 0; i < t->talk.len; i++) {
        const Line *l = &t->talk.at[i];
        switch (l->who) {
        case WHO_INTERVIEWER:
            add(a, &out, prose_markdown(a, l->text, cells));
            break;
        case WHO_CANDIDATE:
            add(a, &out, asked(a, l->text, cells));
            break;
        case WHO_PROGRAM:
            add(a, &out, noted(a, l->text, cells));
            break;
        }
    }
    return (Prose){out.at, out.len};
}

// ---- the schema

// A line a column: name, type, and whether it is a key or may be NULL.
static void add_columns(Buf *b, const TableSpec *t)
{
    buf_fmt(b, "**" STR_FMT "**  \n" STR_FMT "\n\n```\n", STR_ARG(t->name), STR_ARG(t->about));
    for (size_t k = 0; k < t->width; k++) {
        const ColumnSpec *c = &t->columns[k];
        buf_fmt(b, "%-16.*s %-9s %s\n", STR_ARG(c->name), type_name(c->type),
                c->primary_key ? "key"
                : c->not_null  ? ""
                               : "null?");
    }
    buf_add(b, S("```\n\n"));
}

static Prose schema_prose(Ui *ui, int cells)
{
    const Drill *d = ui->bench.drill;
    Buf b = buf_new(&ui->frame);
    for (size_t i = 0; i < d->exam.warehouse->table_count; i++) {
        if (bench_reads(d, d->exam.warehouse->tables[i].name))
            add_columns(&b, &d->exam.warehouse->tables[i]);
    }
    return prose_markdown(&ui->frame, buf_str(&b), cells);
}

void bench_draw_left(Ui *ui, Grid *g, Rect area)
{
    Bench *b = &ui->bench;
    bool asking = b->focus == FOCUS_ASK, asks = asking || b->ask.len > 0;
    Rect ask = asks ? rect_bottom(&area, 1) : (Rect){0};
    bool in_talk = b->focus == FOCUS_TALK;
    b->talk.follow = !b->schema && app_attempt(ui->app)->talk.len > 0 && !in_talk;
    int cells = area.cols - 1; // the marks of scrolling stand in the last one
    pane_set(&b->talk, b->schema ? schema_prose(ui, cells) : talk_prose(ui, cells));
    pane_draw(&b->talk, g, area);
    if (asks) input_draw(&b->ask, g, ask, S("> "), S("ask; esc goes back"), asking);
}
