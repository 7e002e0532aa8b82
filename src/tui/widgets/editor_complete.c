// editor_complete: words offered while one types; never in the way.
//
// The caller gives all candidates; here they are narrowed to those that begin like the word before
// the cursor. Behind `x.` only columns are offered: those of the table x, or of the table that the
// text gives the name x.
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"
#include "tui/widgets/words.h"

enum { PREFIX_MIN = 2, ROWS_MAX = 8, LEX_BYTES = 256 * 1024 };

void editor_popup_close(Editor *e)
{
    e->popup = (EditorPopup){0};
}

static const Candidate *table_named(const Editor *e, Str name)
{
    for (size_t i = 0; i < e->candidate_count; i++) {
        const Candidate *c = &e->candidates[i];
        if (c->kind == CANDIDATE_TABLE && str_eq_nocase(c->text, name)) return c;
    }
    return NULL;
}

// The table that stands before `name` in the text: `FROM fact_play_event AS name`.
static const Candidate *table_called(const Editor *e, Str name)
{
    Lexer x = sql_lexer(str_slice(editor_text(e), 0, LEX_BYTES), e->options.dialect);
    const Candidate *before = NULL;
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind == TOKEN_COMMENT) continue;
        if (before && str_eq_nocase(t.text, name)) return before;
        if (!(before && str_eq_nocase(t.text, S("as")))) before = table_named(e, t.text);
    }
    return NULL;
}

typedef struct {
    Str prefix;
    bool columns_only;
    const Candidate *table; // only its columns; NULL = any
} Wanted;

static bool fits(const Candidate *c, const Wanted *w)
{
    if (c->text.len < w->prefix.len) return false;
    if (!str_eq_nocase(str_slice(c->text, 0, w->prefix.len), w->prefix)) return false;
    if (!w->columns_only) return true;
    return c->kind == CANDIDATE_COLUMN && (!w->table || str_eq_nocase(c->parent, w->table->text));
}

static bool is_shown(const Editor *e, Str text)
{
    for (size_t i = 0; i < e->popup.count; i++) {
        if (str_eq(e->candidates[e->popup.shown[i]].text, text)) return true;
    }
    return false;
}

// Fills the popup; closed when there is nothing to say that is not written already.
static void collect(Editor *e, const Wanted *w)
{
    EditorPopup *p = &e->popup;
    p->count = p->at = p->top = 0;
    for (size_t i = 0; i < e->candidate_count && p->count < EDITOR_POPUP_MAX; i++) {
        const Candidate *c = &e->candidates[i];
        if (!fits(c, w) || is_shown(e, c->text)) continue;
        if (c->text.len == w->prefix.len) { // written out: another word is not meant
            p->count = 0;
            break;
        }
        p->shown[p->count++] = i;
    }
    p->open = p->count > 0;
}

void editor_popup_update(Editor *e)
{
    EditorPopup *p = &e->popup;
    Str text = editor_text(e);
    size_t from = e->at;
    while (from > 0 && word_is_part(text.ptr[from - 1])) from--;
    if (!p->refused || p->from != from) p->refused = false;
    p->from = from;
    p->open = false;
    p->count = 0;
    bool dotted = from > 1 && text.ptr[from - 1] == '.' && word_is_part(text.ptr[from - 2]);
    bool ends_word = e->at == text.len || !word_is_part(text.ptr[e->at]);
    if (e->options.no_completion || e->options.read_only || p->refused || !ends_word) return;
    if (editor_has_selection(e) || (!dotted && e->at - from < PREFIX_MIN)) return;
    if (!editor_in_code(e, e->at)) return;
    Wanted w = {.prefix = str_slice(text, from, e->at), .columns_only = dotted};
    if (dotted) {
        Str owner = str_slice(text, word_left(text, from - 1), from - 1);
        w.table = table_named(e, owner);
        if (!w.table) w.table = table_called(e, owner);
    }
    collect(e, &w);
}

static bool has_capital(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') return true;
    }
    return false;
}

static void accept(Editor *e)
{
    const Candidate *c = &e->candidates[e->popup.shown[e->popup.at]];
    Str typed = str_slice(editor_text(e), e->popup.from, e->at), text = c->text;
    Arena scratch = {0};
    bool spoken = c->kind == CANDIDATE_KEYWORD || c->kind == CANDIDATE_FUNCTION;
    if (spoken && typed.len > 0 && !has_capital(typed)) text = str_lower(&scratch, text);
    size_t from = e->popup.from;
    undo_seal(&e->undo);
    editor_change(e, &(Change){.from = from, .to = e->at, .with = text, .cursor = from + text.len});
    undo_seal(&e->undo);
    editor_popup_close(e);
    arena_free(&scratch);
}

Reply editor_popup_key(Editor *e, Key k)
{
    EditorPopup *p = &e->popup;
    if (k.mods) return REPLY_NO;
    switch (k.code) {
    case KC_UP:
        p->at = p->at ? p->at - 1 : p->count - 1;
        return REPLY_YES;
    case KC_DOWN:
        p->at = p->at + 1 < p->count ? p->at + 1 : 0;
        return REPLY_YES;
    case KC_TAB:
    case KC_ENTER:
        accept(e);
        return REPLY_YES;
    case KC_ESC:
        p->open = false;
        p->count = 0;
        p->refused = true;
        return REPLY_YES;
    default:
        return REPLY_NO;
    }
}

static const char *const kind_words[] = {
    [CANDIDATE_KEYWORD] = "",
    [CANDIDATE_FUNCTION] = "function",
    [CANDIDATE_TABLE] = "table",
    [CANDIDATE_COLUMN] = "column",
};

static Str detail_of(const Candidate *c)
{
    return c->detail.len ? c->detail : str_from(kind_words[c->kind]);
}

static Rect popup_box(const Editor *e, int row, int col, int rows)
{
    int cells = 0;
    for (size_t i = 0; i < e->popup.count; i++) {
        const Candidate *c = &e->candidates[e->popup.shown[i]];
        int width = utf8_width(c->text) + 2 + utf8_width(detail_of(c));
        if (width > cells) cells = width;
    }
    cells += 2;
    Rect area = e->area;
    if (cells > area.cols) cells = area.cols;
    if (col + cells > area.col + area.cols) col = area.col + area.cols - cells;
    bool below = row + 1 + rows <= area.row + area.rows;
    return rect_clip((Rect){below ? row + 1 : row - rows, col, rows, cells}, area);
}

void editor_popup_draw(Editor *e, Grid *g, int row, int col)
{
    EditorPopup *p = &e->popup;
    int rows = p->count < ROWS_MAX ? (int)p->count : ROWS_MAX;
    if (p->at < p->top) p->top = p->at;
    if (p->at >= p->top + (size_t)rows) p->top = p->at - (size_t)rows + 1;
    Rect box = popup_box(e, row, col - 1, rows);
    grid_fill(g, box, ROLE_TEXT);
    for (int i = 0; i < box.rows; i++) {
        size_t at = p->top + (size_t)i;
        const Candidate *c = &e->candidates[p->shown[at]];
        Rect line = rect_row(box, i), inner = rect_inset(line, 0, 1);
        grid_fit_right(g, inner, ROLE_DIM, detail_of(c));
        grid_fit(g, rect_part(inner, 0, 0, utf8_width(c->text) + 1), ROLE_TEXT, c->text);
        grid_over(g, line, at == p->at ? ROLE_SELECTION : ROLE_POPUP);
    }
}
