// direct_seen: texts out of those that the visible data holds, which the rules allow as they are.
//
// Where a rule says what a text is like (an address has one @), a text made up hardly ever passes.
// Those of the visible data do: taken apart at a mark that all of them hold and put together anew,
// in another case, with a letter before it, they mostly pass again; rows with the others go.
#include "exam/data/literals/literals.h"
#include "exam/data/values/direct.h"
#include "exam/private.h"
#include <string.h>

enum { SEEN_MOST = 3, MADE_MOST = 7 };

// Whether a check or a rule speaks of the column.
static bool is_ruled(const Drawing *d)
{
    const TableSpec *t = &d->w->tables[d->table];
    for (size_t i = 0; i < t->check.len; i++) {
        if (focus_names(t->check.at[i], d->column->name)) return true;
    }
    for (size_t i = 0; i < d->w->never_count; i++) {
        Str sql = d->w->never[i].sql;
        if (focus_names(sql, t->name) && focus_names(sql, d->column->name)) return true;
    }
    return false;
}

// A few of the texts that stand in the column.
static size_t draw_some(Drawing *d, Str *out)
{
    const Table *t = &d->literals->seen->tables[d->table];
    size_t n = 0;
    for (size_t i = 0; t->rows && i < 2 * SEEN_MOST && n < SEEN_MOST; i++) {
        const Value *v = table_at(t, rng_below(&d->rng, t->rows), d->place);
        if (v->kind == VALUE_TEXT && v->text.len && v->text.len < 60) out[n++] = v->text;
    }
    return n;
}

// The place of a mark that all texts hold, the same one: an @, else a -, a dot, a blank.
static bool find_mark(const Str *texts, size_t n, char *mark)
{
    for (const char *m = "@:/-_. "; *m; m++) {
        bool all = n > 0;
        for (size_t i = 0; i < n; i++) all &= memchr(texts[i].ptr, *m, texts[i].len) != NULL;
        *mark = *m;
        if (all) return true;
    }
    return false;
}

static Str in_capitals(Arena *a, Str s)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        bool small = s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
        buf_char(&b, small ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i]);
    }
    return buf_str(&b);
}

static Str head_of(Str s, char mark)
{
    return str_slice(s, 0, (size_t)((const char *)memchr(s.ptr, mark, s.len) - s.ptr));
}

static Str tail_of(Str s, char mark)
{
    return str_slice(s, head_of(s, mark).len + 1, s.len);
}

// The ending that a pattern asks for: %.com.
static Str asked_ending(Drawing *d)
{
    for (size_t i = 0; i < d->literals->len; i++) {
        const Literal *l = &d->literals->at[i];
        bool ending = l->use == LITERAL_LIKE && l->text.len > 1 && l->text.ptr[0] == '%' &&
                      str_eq_nocase(l->column, d->column->name);
        Str rest = ending ? str_slice(l->text, 1, l->text.len) : (Str){0};
        if (rest.len && !memchr(rest.ptr, '%', rest.len) && !memchr(rest.ptr, '_', rest.len))
            return rest;
    }
    return (Str){0};
}

// One half of this text and one of that, each as it is, in capitals, or longer by a letter.
static Str put_together(Drawing *d, Str x, Str y, char mark, Str ending)
{
    // Where the query changes the case, two that differ in nothing else are worth more.
    bool alike = d->literals->folds && rng_below(&d->rng, 3) > 0;
    Str half[2] = {head_of(x, mark), tail_of(alike ? x : y, mark)};
    for (size_t i = 0; i < 2; i++) {
        uint64_t how = alike ? 2 + 2 * rng_below(&d->rng, 2) : rng_below(&d->rng, 6);
        if (how < 2 && half[i].len > 1) half[i] = str_slice(half[i], 0, 1 + i * (half[i].len - 1));
        if (how == 2) half[i] = in_capitals(d->arena, half[i]);
        if (how == 3 && i == 0) half[i] = str_fmt(d->arena, "q" STR_FMT, STR_ARG(half[i]));
    }
    const char *behind = ending.len && rng_below(&d->rng, 6) == 0 ? "q" : "";
    return str_fmt(d->arena, STR_FMT "%c" STR_FMT STR_FMT "%s", STR_ARG(half[0]), mark,
                   STR_ARG(half[1]), STR_ARG(ending), behind);
}

bool direct_seen(Drawing *d)
{
    Str seen[SEEN_MOST];
    char mark;
    if (!d->literals->seen || d->table >= d->literals->seen->table_count) return false;
    if (rng_below(&d->rng, 6) >= (d->literals->folds ? 4 : 2) || !is_ruled(d)) return false;
    size_t n = draw_some(d, seen), count = 2 + rng_below(&d->rng, MADE_MOST - 1);
    if (!n) return false;
    bool parted = find_mark(seen, n, &mark);
    Str ending = rng_below(&d->rng, 4) ? asked_ending(d) : (Str){0};
    direct_put(d, seen[0]);
    for (size_t i = 0; i < count; i++) {
        Str x = seen[rng_below(&d->rng, n)], y = seen[rng_below(&d->rng, n)];
        if (d->literals->folds && rng_below(&d->rng, 3)) x = seen[0];
        if (parted) direct_put(d, put_together(d, x, y, mark, ending));
        if (!parted) direct_put(d, rng_below(&d->rng, 2) ? in_capitals(d->arena, x) : x);
    }
    return true;
}
