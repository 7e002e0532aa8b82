// forms: the texts that the rules of a warehouse allow in a column, found by asking them.
//
// "A version is two numbers with a dot", "an address has one @": a rule that gives texts a form is
// a query, and what it forbids only running it tells. So texts of the usual forms, those of the
// visible data and those that stand in the query and in the rules are put into a row one by one;
// whoever passes is edited a little, digits up and down, other case, a part twice, and asked again.
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/private.h"
#include <string.h>

enum { FORMS_MOST = 72, EDITED_MOST = 12, TEXT_MOST = 40, ROWS_TRIES = 6, SEEN_MOST = 6 };

typedef struct {
    QueryWorker *q;
    const Paper *s;
    Arena *arena; // of the texts
    DataJudge judge;
    Data base; // rows among which the text is put
    size_t table, column;
    Str texts[FORMS_MOST];
    size_t len;
} Finding;

static const char *const usual[] = {
    "a",       "A",          "b",          "ab",          "B",        "1",         "2",
    "10",      "007",        "-1",         "1.5",         "1.1",      "1.9",       "1.10",
    "2.0",     "10.1",       "1.0.0",      "1.2.10",      "a@b.c",    "Ann@x.org", "a,b",
    "b,a",     "a,b,a",      "a, b",       "a;b",         "a|b",      "a-b",       "a b",
    "a_b",     "a/b",        "/a/b",       "AB-1",        "A1",       "ab12",      "NO",
    "NOR",     "#a",         "2025-06-30", "09:30",       "09:30:00", "10:00",     "+4712345678",
    "2025-06", "http://a.b", "a:b",        "192.168.0.1", "[1, 2]",   "Ann Berg",  "555-0100",
    "12-34",   "1/2",        "(555) 0100", "{\"a\": 1}",  "a.b",
};

// --- One text among rows that the rules allow ---

static bool is_known(const Finding *f, Str text)
{
    for (size_t i = 0; i < f->len; i++) {
        if (str_eq(f->texts[i], text)) return true;
    }
    return false;
}

static bool ask(Finding *f, Str text, Error *err)
{
    Table *t = &f->base.tables[f->table];
    bool holds;
    if (f->len == FORMS_MOST || !text.len || text.len > TEXT_MOST || is_known(f, text)) return true;
    Value *cell = &t->cells[f->column], was = *cell;
    *cell = VALUE_STR(text);
    bool ok = witness_holds(&f->s->w, &f->base, &f->judge, &holds, err);
    *cell = was;
    if (ok && holds) f->texts[f->len++] = text;
    return ok;
}

static Value plain_value(const WarehouseSpec *w, Arena *a, const ColumnSpec *c)
{
    int64_t least = 1;
    switch (c->type) {
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
        if (!str_to_i64(c->min, &least)) least = 1;
        return VALUE_INT(least);
    case TYPE_REAL:
        return VALUE_FLT(1);
    case TYPE_DATE:
        return VALUE_STR(date_text(a, w->today - 1));
    case TYPE_TIMESTAMP:
        return VALUE_STR(time_text(a, (w->today - 1) * 86400 * 1000));
    default:
        return VALUE_STR(c->value_count ? c->values[0].text : S("t1"));
    }
}

// A row to begin with, where the generator makes none: because of the text, as a rule.
static void make_row(Finding *f, Arena *a)
{
    const WarehouseSpec *w = &f->s->w;
    Table *t = &f->base.tables[f->table];
    t->cells = arena_array(a, Value, t->width);
    for (size_t c = 0; c < t->width; c++)
        t->cells[c] = plain_value(w, a, &w->tables[f->table].columns[c]);
    t->rows = 1;
}

static bool find_base(Finding *f, Arena *a, Error *err)
{
    const WarehouseSpec *w = &f->s->w;
    for (uint64_t i = 0; i < ROWS_TRIES; i++) {
        uint64_t seed = rng_at(f->s->seed, f->column, i);
        if (!warehouse_edge(a, w, 1 + i / 2, seed, &f->judge, &f->base, err)) return false;
        if (f->base.tables[f->table].rows) break;
    }
    f->base = data_copy(a, &f->base);
    if (!f->base.tables[f->table].rows) make_row(f, a);
    return true;
}

// --- Where texts come from ---

static bool ask_usual(Finding *f, Error *err)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (!ask(f, str_from(usual[i]), err)) return false;
    }
    return true;
}

static bool ask_seen(Finding *f, Error *err)
{
    const Data *seen = &f->s->sample.data;
    const Table *t = f->table < seen->table_count ? &seen->tables[f->table] : NULL;
    for (size_t r = 0; t && r < t->rows && r < SEEN_MOST; r++) {
        const Value *v = table_at(t, r, f->column);
        if (v->kind == VALUE_TEXT && !ask(f, str_copy(f->arena, v->text), err)) return false;
    }
    return true;
}

static bool ask_query(Finding *f, Error *err)
{
    const Literals *l = &f->s->literals;
    for (size_t i = 0; i < l->len; i++) {
        bool value = l->at[i].string && l->at[i].use == LITERAL_VALUE;
        if (value && !ask(f, l->at[i].text, err)) return false;
    }
    return true;
}

// --- Small edits ---

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char other_case_of(char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? (char)(c ^ 0x20) : c;
}

static Str in_other_case(Arena *a, Str s, size_t from)
{
    Buf b = buf_new(a);
    buf_add(&b, str_slice(s, 0, from));
    for (size_t i = from; i < s.len; i++) buf_char(&b, other_case_of(s.ptr[i]));
    return buf_str(&b);
}

static Str with_marks(Arena *a, Str s, char mark)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        bool is_mark = memchr(",.;|@-/ :_()+", s.ptr[i], 13) != NULL;
        if (!is_mark || mark) buf_char(&b, is_mark ? mark : s.ptr[i]);
    }
    return buf_str(&b);
}

// The last digit up; with a digit more; a part before the mark, or behind it, in other case; the
// first part once more behind all others, as it is and in other case; the parts the other way
// round; without its marks, with blanks for them, with one more.
static Str edited(Arena *a, Str s, size_t how)
{
    size_t mark = 0, digit = s.len;
    while (mark < s.len && !memchr(",.;|@-/ :", s.ptr[mark], 9)) mark++;
    while (digit > 0 && !is_digit(s.ptr[digit - 1])) digit--;
    Str head = str_slice(s, 0, mark), tail = str_slice(s, mark, s.len);
    Str one = tail.len ? str_slice(tail, 0, 1) : S(","),
        rest = str_slice(tail, tail.len > 0, tail.len);
    switch (how) {
    case 0:
        if (!digit || s.ptr[digit - 1] == '9') return (Str){0};
        return str_fmt(a, STR_FMT "%c" STR_FMT, STR_ARG(str_slice(s, 0, digit - 1)),
                       s.ptr[digit - 1] + 1, STR_ARG(str_slice(s, digit, s.len)));
    case 1:
        return digit ? str_fmt(a, STR_FMT "0" STR_FMT, STR_ARG(str_slice(s, 0, digit)),
                               STR_ARG(str_slice(s, digit, s.len)))
                     : (Str){0};
    case 2:
        return in_other_case(a, s, 0);
    case 3:
        return tail.len ? in_other_case(a, s, mark) : (Str){0};
    case 4:
        return str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(s), STR_ARG(one),
                       STR_ARG(in_other_case(a, head, 0)));
    case 5:
        return str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(s), STR_ARG(one), STR_ARG(head));
    case 6:
        return tail.len
                   ? str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(rest), STR_ARG(one), STR_ARG(head))
                   : (Str){0};
    case 7:
        return str_fmt(a, "b" STR_FMT, STR_ARG(s));
    case 8:
        return with_marks(a, s, '\0');
    case 9:
        return with_marks(a, s, ' ');
    default:
        return str_fmt(a, STR_FMT "-" STR_FMT, STR_ARG(str_slice(s, 0, s.len / 2)),
                       STR_ARG(str_slice(s, s.len / 2, s.len)));
    }
}

static bool ask_edited(Finding *f, Error *err)
{
    enum { EDITS = 11 };
    Str found[FORMS_MOST];
    size_t count = f->len;
    for (size_t i = 0; i < count; i++) found[i] = f->texts[i];
    f->len = 0; // each one anew, with what is like it behind it
    for (size_t i = 0; i < count; i++) {
        if (f->len < FORMS_MOST && !is_known(f, found[i])) f->texts[f->len++] = found[i];
        for (size_t how = 0; i < EDITED_MOST && how < EDITS; how++) {
            if (!ask(f, edited(f->arena, found[i], how), err)) return false;
        }
    }
    return true;
}

// --- All columns that a rule gives a form ---

bool forms_rule(const WarehouseSpec *w, const TableSpec *t, const ColumnSpec *c)
{
    for (size_t i = 0; i < t->check.len; i++) {
        if (focus_names(t->check.at[i], c->name)) return true;
    }
    for (size_t i = 0; i < w->never_count; i++) {
        Str sql = w->never[i].sql;
        if (focus_names(sql, t->name) && focus_names(sql, c->name)) return true;
    }
    return false;
}

static bool find_forms(Finding *f, Form *out, Error *err)
{
    Arena scratch = {0};
    bool ok = find_base(f, &scratch, err) && ask_seen(f, err) && ask_query(f, err) &&
              ask_usual(f, err) && ask_edited(f, err);
    if (ok && f->len) {
        *out = (Form){.table = f->table, .column = f->column};
        out->texts = (StrList){arena_array(f->arena, Str, f->len), f->len};
        for (size_t i = 0; i < f->len; i++) out->texts.at[i] = str_copy(f->arena, f->texts[i]);
    }
    arena_free(&scratch);
    return ok;
}

bool forms_find(QueryWorker *q, Paper *s, Error *err)
{
    const WarehouseSpec *w = &s->w;
    Forms *forms = &s->forms;
    if (forms->asked) return true;
    forms->asked = true;
    size_t width = 0;
    for (size_t t = 0; t < w->table_count; t++) width += w->tables[t].width;
    forms->at = arena_array(&s->arena, Form, width);
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *column = &w->tables[t].columns[c];
            bool text = column->type == TYPE_TEXT || column->type == TYPE_UNKNOWN;
            if (!text || column->value_count || column->ref_table.len || column->after.len)
                continue;
            if (!forms_rule(w, &w->tables[t], column)) continue;
            Finding f = {.q = q, .s = s, .arena = &s->arena, .judge = exam_judge(q)};
            f.table = t;
            f.column = c;
            if (!find_forms(&f, &forms->at[forms->len], err)) return false;
            forms->len += forms->at[forms->len].texts.len > 0;
        }
    }
    return true;
}

const StrList *forms_of(const Forms *forms, size_t table, size_t column)
{
    for (size_t i = 0; forms && i < forms->len; i++) {
        const Form *f = &forms->at[i];
        if (f->table == table && f->column == column) return &f->texts;
    }
    return NULL;
}
