// oracle_owed: a list is a text file, a name a line, sorted by bytes; or in groups, each under a
// line that says why: `# …`.
#include "oracle_owed.h"
#include "base/buf.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 20 };

static bool has(const Str *at, size_t len, Str name)
{
    for (size_t i = 0; i < len; i++) {
        if (str_eq(at[i], name)) return true;
    }
    return false;
}

Owed owed_open(Arena *a, Str path, Str prefix)
{
    Owed o = {.a = a, .path = path, .prefix = prefix};
    Names lines = {0};
    Error err = {0};
    Str text, line;
    if (file_exists(path) && !file_read(a, path, FILE_MAX, &text, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    } else if (file_exists(path)) {
        while (str_line(&text, &line)) *vec_push(a, &lines) = line;
    }
    o.lines = (StrList){lines.at, lines.len};
    return o;
}

bool owed_has(const Owed *o, Str name)
{
    return has(o->lines.at, o->lines.len, name);
}

void owed_note(Owed *o, Str name, bool wrong)
{
    *vec_push(o->a, &o->tried) = name;
    if (wrong) *vec_push(o->a, &o->wrong) = name;
    o->faults += wrong != owed_has(o, name);
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool is_reason(Str line)
{
    return str_starts(line, S("#"));
}

// The names of other runs stay, and those of this one that are wrong still.
static bool stays(const Owed *o, Str line)
{
    if (is_reason(line) || !line.len || !str_starts(line, o->prefix)) return true;
    return has(o->wrong.at, o->wrong.len, line);
}

static bool groups(const Owed *o)
{
    for (size_t i = 0; i < o->lines.len; i++) {
        if (is_reason(o->lines.at[i])) return true;
    }
    return false;
}

static void write_list(const Owed *o)
{
    Names lines = {0};
    Buf b = buf_new(o->a);
    Error err = {0};
    bool grouped = groups(o);
    for (size_t i = 0; i < o->lines.len; i++) {
        if (stays(o, o->lines.at[i])) *vec_push(o->a, &lines) = o->lines.at[i];
    }
    if (grouped && !has(lines.at, lines.len, S(OWED_NO_REASON)))
        *vec_push(o->a, &lines) = S(OWED_NO_REASON);
    for (size_t i = 0; i < o->wrong.len; i++) {
        if (!has(lines.at, lines.len, o->wrong.at[i])) *vec_push(o->a, &lines) = o->wrong.at[i];
    }
    if (grouped && str_eq(lines.at[lines.len - 1], S(OWED_NO_REASON))) lines.len--;
    if (lines.len && !grouped) qsort(lines.at, lines.len, sizeof *lines.at, by_bytes);
    for (size_t i = 0; i < lines.len; i++) buf_fmt(&b, STR_FMT "\n", STR_ARG(lines.at[i]));
    if (!file_write_atomic(o->path, buf_str(&b), &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
}

size_t owed_without_reason(const Owed *o)
{
    size_t names = 0;
    bool said = false;
    for (size_t i = 0; i < o->lines.len; i++) {
        Str line = o->lines.at[i];
        if (is_reason(line)) said = line.len > 20 && !str_eq(line, S(OWED_NO_REASON));
        if (is_reason(line) || !line.len || said) continue;
        printf("listed without a reason: " STR_FMT "\n", STR_ARG(line));
        names++;
    }
    return names;
}

void owed_close(Owed *o)
{
    if (getenv("BLESS")) {
        write_list(o);
        o->faults = 0;
        return;
    }
    for (size_t i = 0; i < o->lines.len; i++) {
        Str name = o->lines.at[i];
        if (is_reason(name) || !str_starts(name, o->prefix) || has(o->tried.at, o->tried.len, name))
            continue;
        printf("listed, and there is no such case: " STR_FMT "\n", STR_ARG(name));
        o->faults++;
    }
}
