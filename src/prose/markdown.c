// markdown: md4c's events as lines of a page. Nothing that an author writes is an error; HTML is
// shown as it was written.
#include "base/utf8.h"
#include "prose/page.h"
#include <md4c.h>

typedef struct {
    Page page;
    Run run; // the paragraph, heading or table cell that is being read
    bool running;
    VEC(ProseRole) roles; // of the spans around; the last one counts
    ProseRole base;       // of text outside of spans
    int quotes;           // depth
    Buf code;             // of a code block
    bool coding;
    MarkTable table;
    bool in_table;
} Reader;

static ProseRole role(const Reader *r)
{
    return r->roles.len ? r->roles.at[r->roles.len - 1] : r->base;
}

static void run_begin(Reader *r)
{
    r->run = run_new(r->page.arena);
    r->running = true;
}

static void run_end(Reader *r)
{
    if (r->running && !r->in_table) page_run(&r->page, &r->run);
    r->running = false;
}

static void add(Reader *r, ProseRole role, Str text)
{
    if (!r->running) run_begin(r);
    run_add(&r->run, role, text);
}

static void open_list(Reader *r, bool ordered, bool tight, unsigned start)
{
    *vec_push(r->page.arena, &r->page.lists) =
        (ItemList){.ordered = ordered, .tight = tight, .number = start};
}

static void open_item(Reader *r, const MD_BLOCK_LI_DETAIL *d)
{
    ItemList *list = &r->page.lists.at[r->page.lists.len - 1];
    Arena *a = r->page.arena;
    Str mark = S("• ");
    if (list->ordered) mark = str_fmt(a, "%u. ", list->number++);
    if (d->is_task) mark = d->task_mark == ' ' ? S("[ ] ") : S("[x] ");
    Buf blanks = buf_new(a);
    buf_repeat(&blanks, ' ', (size_t)utf8_width(mark));
    page_start(&r->page);
    page_open(&r->page, (Container){mark, buf_str(&blanks), PROSE_BULLET, false});
}

static void open_table(Reader *r, const MD_BLOCK_TABLE_DETAIL *d)
{
    r->table = (MarkTable){.columns = d->col_count};
    r->in_table = true;
}

static void end_cell(Reader *r, const MD_BLOCK_TD_DETAIL *d)
{
    MarkCell *c = vec_push(r->page.arena, &r->table.cells);
    if (!r->running) run_begin(r);
    *c = (MarkCell){.run = r->run,
                    .align = d->align == MD_ALIGN_RIGHT    ? ALIGN_RIGHT
                             : d->align == MD_ALIGN_CENTER ? ALIGN_CENTER
                                                           : ALIGN_LEFT};
    run_end(r);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    Reader *r = ctx;
    bool starts = type != MD_BLOCK_DOC && type != MD_BLOCK_LI && type != MD_BLOCK_THEAD &&
                  type != MD_BLOCK_TBODY && type != MD_BLOCK_TR && type != MD_BLOCK_TH &&
                  type != MD_BLOCK_TD;
    if (starts) {
        run_end(r); // of an item that holds text and then a block
        page_start(&r->page);
    }
    switch (type) {
    case MD_BLOCK_QUOTE:
        page_open(&r->page, (Container){S("│ "), S("│ "), PROSE_DIM, false});
        r->quotes++;
        r->base = PROSE_QUOTE;
        break;
    case MD_BLOCK_UL:
        open_list(r, false, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, 0);
        break;
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *d = detail;
        open_list(r, true, d->is_tight, d->start);
        break;
    }
    case MD_BLOCK_LI:
        open_item(r, detail);
        break;
    case MD_BLOCK_H:
        r->base = PROSE_HEADING;
        break;
    case MD_BLOCK_CODE:
        r->code = buf_new(r->page.arena);
        r->coding = true;
        break;
    case MD_BLOCK_TABLE:
        open_table(r, detail);
        break;
    case MD_BLOCK_TH:
        r->base = PROSE_HEADER;
        break;
    case MD_BLOCK_HR:
        page_rule(&r->page);
        break;
    default:
        break;
    }
    return 0;
}

static ProseRole outer_role(const Reader *r)
{
    return r->quotes ? PROSE_QUOTE : PROSE_TEXT;
}

static void end_code(Reader *r, const MD_BLOCK_CODE_DETAIL *d)
{
    r->coding = false;
    page_code(&r->page, buf_str(&r->code),
              str_copy(r->page.arena, (Str){d->lang.text, d->lang.size}));
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    Reader *r = ctx;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        run_end(r);
        break;
    case MD_BLOCK_H:
        run_end(r);
        r->base = outer_role(r);
        break;
    case MD_BLOCK_QUOTE:
        run_end(r);
        page_close(&r->page);
        r->quotes--;
        r->base = outer_role(r);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->page.lists.len--;
        break;
    case MD_BLOCK_HR:
        break;
    case MD_BLOCK_LI:
        run_end(r);
        page_close(&r->page);
        break;
    case MD_BLOCK_CODE:
        end_code(r, detail);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        end_cell(r, detail);
        r->base = outer_role(r);
        return 0;
    case MD_BLOCK_TABLE:
        r->in_table = false;
        page_table(&r->page, &r->table);
        break;
    default:
        return 0;
    }
    page_end(&r->page);
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)detail;
    Reader *r = ctx;
    ProseRole next = role(r);
    switch (type) {
    case MD_SPAN_EM:
        next = PROSE_EMPHASIS;
        break;
    case MD_SPAN_STRONG:
        next = PROSE_STRONG;
        break;
    case MD_SPAN_A:
        next = PROSE_LINK;
        break;
    case MD_SPAN_CODE:
        next = PROSE_CODE;
        break;
    case MD_SPAN_IMG:
        add(r, PROSE_DIM, S("[image: "));
        next = PROSE_DIM;
        break;
    default:
        break;
    }
    *vec_push(r->page.arena, &r->roles) = next;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    Reader *r = ctx;
    if (type == MD_SPAN_IMG) add(r, PROSE_DIM, S("]"));
    r->roles.len--;
    if (type != MD_SPAN_A) return 0;
    // A terminal's reader cannot hover: where a link goes is written out, once.
    const MD_SPAN_A_DETAIL *d = detail;
    Str href = {d->href.text, d->href.size}, shown = buf_str(&r->run.text);
    if (href.len > 0 && !str_ends(shown, href) && href.ptr[0] != '#') {
        add(r, PROSE_DIM, S(" ("));
        add(r, PROSE_DIM, href);
        add(r, PROSE_DIM, S(")"));
    }
    return 0;
}

static void add_entity(Reader *r, Str name)
{
    static const struct {
        const char *name, *text;
    } known[] = {{"&amp;", "&"},    {"&lt;", "<"},        {"&gt;", ">"},    {"&quot;", "\""},
                 {"&apos;", "'"},   {"&nbsp;", "\u00a0"}, {"&ndash;", "–"}, {"&mdash;", "—"},
                 {"&hellip;", "…"}, {"&rarr;", "→"},      {"&larr;", "←"},  {"&times;", "×"},
                 {"&le;", "≤"},     {"&ge;", "≥"},        {"&ne;", "≠"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_eq(name, str_from(known[i].name))) continue;
        add(r, role(r), str_from(known[i].text));
        return;
    }
    int64_t cp;
    char bytes[4];
    if (str_starts(name, S("&#")) && str_to_i64(str_slice(name, 2, name.len - 1), &cp) && cp > 0 &&
        cp <= 0x10FFFF) {
        add(r, role(r), (Str){bytes, utf8_encode((uint32_t)cp, bytes)});
        return;
    }
    add(r, role(r), name);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *ctx)
{
    Reader *r = ctx;
    Str s = {text, size};
    if (r->coding) {
        buf_add(&r->code, s);
        return 0;
    }
    switch (type) {
    case MD_TEXT_NULLCHAR:
        add(r, role(r), S("\uFFFD"));
        break;
    case MD_TEXT_BR:
        add(r, role(r), S("\n"));
        break;
    case MD_TEXT_SOFTBR:
        add(r, role(r), S(" "));
        break;
    case MD_TEXT_ENTITY:
        add_entity(r, s);
        break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
        add(r, role(r), s);
        break;
    }
    return 0;
}

Prose prose_markdown(Arena *a, Str markdown, int cells)
{
    enum { CELLS_MIN = 20, MARKDOWN_MAX = 4 << 20 };
    static const MD_PARSER parser = {
        .flags =
            MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = on_text,
    };
    Reader r = {.page = {.arena = a, .cells = cells > CELLS_MIN ? cells : CELLS_MIN}};
    markdown = str_slice(markdown, 0, MARKDOWN_MAX);
    // It fails only when a callback does, or when memory is out: what was read so far is shown.
    (void)md_parse(markdown.len ? markdown.ptr : "", (MD_SIZE)markdown.len, &parser, &r);
    return (Prose){r.page.lines.at, r.page.lines.len};
}
