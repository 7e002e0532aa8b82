// fn: finding functions by meaning and by spelling, over one index of all families.
#include "sql/fn.h"
#include "base/check.h"
#include "sql/name_book.h"
#include <stdio.h>
#include <string.h>

// clang-format off
static const FnFamily *const families[] = {
    &fn_aggregate,
    &fn_array,
    &fn_encode,
    &fn_cast,
    &fn_choice,
    &fn_date,
    &fn_date_lite,
    &fn_date_part, &fn_date_other,
    &fn_format,
    &fn_json, &fn_json_find,
    &fn_list,
    &fn_map,
    &fn_math,
    &fn_number,
    &fn_print,
    &fn_regexp,
    &fn_select,
    &fn_sketch,
    &fn_stream, &fn_table,
    &fn_text,
    &fn_url,
    &fn_window,
};
// clang-format on
enum { FAMILIES = sizeof families / sizeof *families };

// Made at the first look; indexes are the numbers of the two books.
typedef struct {
    const SqlSpelling *spelling;
    const SqlFn *fn;
    uint16_t sibling;     // of the same meaning; 0 = the end
    uint32_t least, most; // arguments
} Entry;
// A name in SqlFn.params, read once: it is asked for at every argument.
typedef struct {
    uint8_t at, len;
} Param;
static struct {
    bool made;
    NameBook meanings, spellings;
    const SqlFn *fns[NAME_BOOK_MAX + 1];
    uint16_t eldest[NAME_BOOK_MAX + 1]; // by meaning: its first spelling
    Entry entries[NAME_BOOK_MAX + 1];
    Param params[NAME_BOOK_MAX + 1][FN_PARAMS_MAX]; // by meaning
} book;

static void read_params(uint16_t meaning)
{
    Str all = str_from(book.fns[meaning]->params), rest = all;
    CHECK(all.len <= UINT8_MAX);
    FnToken t;
    for (size_t i = 0; fn_token(&rest, &t); i++) {
        CHECK(i < FN_PARAMS_MAX);
        book.params[meaning][i] = (Param){(uint8_t)(t.name.ptr - all.ptr), (uint8_t)t.name.len};
    }
}

static void add_meanings(const FnFamily *f)
{
    for (size_t i = 0; i < f->fn_count; i++) {
        Str name = str_from(f->fns[i].name);
        CHECK(!name_book_find(&book.meanings, name)); // one row a meaning
        uint16_t at = name_book_add(&book.meanings, name);
        book.fns[at] = &f->fns[i];
        read_params(at);
    }
}

static Str args_of(const Entry *e)
{
    return str_from(e->spelling->args ? e->spelling->args : e->fn->params);
}

static void count_args(Entry *e)
{
    Str rest = args_of(e);
    FnToken t;
    while (fn_token(&rest, &t)) {
        if (t.constant.len) continue;
        if (t.rest) e->most = UINT32_MAX / 2;
        if (!t.optional) e->least++;
        e->most++;
    }
}

static void add_spellings(const FnFamily *f)
{
    for (size_t i = 0; i < f->spelling_count; i++) {
        const SqlSpelling *s = &f->spellings[i];
        uint16_t meaning = name_book_find(&book.meanings, str_from(s->means));
        CHECK(meaning); // a spelling of something
        uint16_t at = name_book_add(&book.spellings, str_from(s->name));
        book.entries[at] = (Entry){.spelling = s, .fn = book.fns[meaning]};
        count_args(&book.entries[at]);
        uint16_t *link = &book.eldest[meaning];
        while (*link) link = &book.entries[*link].sibling;
        *link = at;
    }
}

static void make_book(void)
{
    if (book.made) return;
    book.made = true;
    for (size_t i = 0; i < FAMILIES; i++) add_meanings(families[i]);
    for (size_t i = 0; i < FAMILIES; i++) add_spellings(families[i]);
}

const SqlFn *fn_at(uint16_t fn)
{
    make_book();
    return book.fns[fn];
}

static uint16_t index_of(Str meaning)
{
    make_book();
    return name_book_find(&book.meanings, meaning);
}

const SqlFn *fn_named(const char *meaning)
{
    return fn_at(index_of(str_from(meaning)));
}
uint16_t fn_index(const SqlFn *fn)
{
    return index_of(str_from(fn->name));
}

const SqlSpelling *fn_spelling_of(const SqlFn *fn, size_t i)
{
    uint16_t at = book.eldest[fn_index(fn)];
    while (at && i--) at = book.entries[at].sibling;
    return at ? book.entries[at].spelling : NULL;
}

// --- The language of args ---

static bool is_space(char c)
{
    return c == ' ';
}

bool fn_token(Str *args, FnToken *out)
{
    *out = (FnToken){0};
    while (args->len && is_space(args->ptr[0])) *args = str_slice(*args, 1, args->len);
    if (!args->len) return false;
    Str word;
    if (!str_cut(*args, ' ', &word, args)) *args = (Str){0};
    if (word.ptr[0] == '\'') {
        out->quoted = true;
        word = str_slice(word, 1, word.len - 1);
    }
    if (str_ends(word, S("..."))) {
        out->rest = true;
        word = str_slice(word, 0, word.len - 3);
    }
    if (str_ends(word, S("?"))) {
        out->optional = true;
        word = str_slice(word, 0, word.len - 1);
    }
    Str rest;
    if (str_cut(word, '=', &out->name, &rest)) {
        out->constant = rest;
        return true;
    }
    out->name = word;
    if (str_cut(word, ':', &out->name, &rest)) out->notation = rest;
    return true;
}

int fn_param_at(uint16_t fn, Str name)
{
    make_book();
    const char *params = book.fns[fn]->params;
    for (int i = 0; i < FN_PARAMS_MAX && book.params[fn][i].len; i++) {
        Param p = book.params[fn][i];
        if (p.len == name.len && memcmp(params + p.at, name.ptr, name.len) == 0) return i;
    }
    return -1;
}
int fn_param(const SqlFn *fn, Str name)
{
    return fn_param_at(fn_index(fn), name);
}

// --- Finding a spelling ---

static bool takes(const Entry *e, uint32_t count)
{
    // Without `args` a `read` looks for itself what it was given, though not at nothing.
    bool looks = e->spelling->read && !e->spelling->args;
    return looks ? count || !e->least || e->fn->params[strcspn(e->fn->params, " ?.")] == '.'
                 : count >= e->least && count <= e->most;
}

// The same function, its arguments in the same places.
static bool same_meaning(const Entry *a, const Entry *b)
{
    Str x = args_of(a), y = args_of(b);
    FnToken p = {0}, q = {0};
    if (a->fn != b->fn || a->spelling->read != b->spelling->read) return false;
    for (;;) {
        bool more = fn_token(&x, &p), too = fn_token(&y, &q);
        if (!more || !too) return more == too;
        if (!str_eq(p.name, q.name) || !str_eq(p.constant, q.constant)) return false;
        bool format = p.notation.len && !fn_is_conversion(p.notation);
        if (format && !str_eq(p.notation, q.notation)) return false;
    }
}

bool fn_is_safe(Dialect d, const SqlNode *call)
{
    const SqlNode *schema = call->child[CALL_SCHEMA];
    return d == DIALECT_BIGQUERY && schema && sql_tail_count(schema) == 1 &&
           str_eq_nocase(sql_tail(schema, 0)->text, S("SAFE"));
}

// The name as tables of spellings have it: HLL_COUNT.INIT with what stands before the dot.
static Str full_name(Dialect d, const SqlNode *call, char *room, size_t size)
{
    const SqlNode *schema = call->child[CALL_SCHEMA];
    if (!schema || fn_is_safe(d, call)) return call->text;
    if (sql_tail_count(schema) != 1) return (Str){0};
    Str first = sql_tail(schema, 0)->text;
    int len = snprintf(room, size, STR_FMT "." STR_FMT, STR_ARG(first), STR_ARG(call->text));
    return len > 0 && (size_t)len < size ? (Str){room, (size_t)len} : (Str){0};
}

// A path before the name that is no part of a known one (db.f) finds nothing.
FnFound fn_find(Dialect d, const SqlNode *call)
{
    make_book();
    FnFound found = {0};
    const Entry *other = NULL;
    uint32_t count = sql_tail_count(call);
    char room[64];
    Str name = full_name(d, call, room, sizeof room);
    uint16_t at = name.len ? name_book_find(&book.spellings, name) : 0;
    for (; at; at = name_book_next(&book.spellings, at)) {
        const Entry *e = &book.entries[at];
        bool here = e->spelling->in >> d & 1;
        found.known = found.known || here;
        if (!takes(e, count)) continue;
        if (here) return (FnFound){.fn = e->fn, .spelling = e->spelling, .known = true};
        if (other && !same_meaning(other, e)) found.ambiguous = true;
        if (!other) other = e;
    }
    if (!other) return found;
    found.foreign = true;
    found.fn = other->fn;
    found.spelling = other->spelling;
    return found;
}

FnFound fn_find_next(Dialect d, const SqlNode *call, const SqlSpelling *after)
{
    bool behind = false;
    uint16_t at = name_book_find(&book.spellings, call->text);
    for (; at; at = name_book_next(&book.spellings, at)) {
        const Entry *e = &book.entries[at];
        bool fits = behind && e->spelling->in >> d & 1 && takes(e, sql_tail_count(call));
        if (fits) return (FnFound){.fn = e->fn, .spelling = e->spelling, .known = true};
        behind = behind || e->spelling == after;
    }
    return (FnFound){.known = true};
}

const SqlFn *sql_fn_of(const SqlNode *call, Dialect d)
{
    if (call->kind != NODE_CALL) return NULL;
    FnFound f = fn_find(d, call);
    return f.ambiguous ? NULL : f.fn;
}

StrList fn_names(Arena *a, Dialect d)
{
    make_book();
    StrList names = {arena_array(a, Str, book.spellings.count), 0};
    for (size_t i = 1; i <= book.spellings.count; i++) {
        const SqlSpelling *s = book.entries[i].spelling;
        if (s->in >> d & 1 && s->name[0]) names.at[names.len++] = str_from(s->name);
    }
    return names;
}
