// scratch: the temporary tables of a translation, made once and kept from run to run.
//
// To make or to drop a table changes the schema, and then every statement has to be prepared again,
// which takes ten times as long as to run it. So a copy makes the tables of its script before the
// first run, by the script's own statements, and each run fills and empties them. Where one cannot
// be made ahead (it reads a table that the script makes) all of them go the plain way.
#include "base/buf.h"
#include "query/private.h"

uint64_t scratch_hash(const QueryScript *s)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (s->at[i].rows.len) hash = hash * 31 + str_hash(s->at[i].sql);
    }
    return hash;
}

// --- A session ends: what is temporary goes, but for what is kept ---

static Str next_temp(Copy *c, Arena *a)
{
    return copy_text(&c->engine, a,
                     str_fmt(a,
                             "SELECT 'DROP ' || type || ' temp.\"' || replace(name, '\"', '\"\"') "
                             "|| '\"' FROM sqlite_temp_master WHERE type IN ('table', 'view') AND "
                             "name NOT IN (" STR_FMT ") LIMIT 1",
                             STR_ARG(c->scratch)));
}

void scratch_end(Copy *c, Arena *a)
{
    for (Str drop = next_temp(c, a); drop.len && copy_exec(&c->engine, drop);)
        drop = next_temp(c, a);
}

void scratch_drop(Copy *c, Arena *a)
{
    c->scratch = (Str){0};
    scratch_end(c, a);
}

// --- Making them ---

bool scratch_empty(Copy *c, Arena *a, Str name)
{
    Str all = str_fmt(a, "DELETE FROM temp." STR_FMT, STR_ARG(str_quoted(a, name, '\"')));
    return copy_exec(&c->engine, all);
}

static bool make_all(Copy *c, Arena *a, const QueryScript *s, const QueryLimits *limits)
{
    for (size_t i = 0; i < s->len; i++) {
        QueryResult r;
        if (!s->at[i].rows.len) continue;
        c->engine.steps = 0;
        run_statement(&c->engine, a, s->at[i].sql, limits, &r);
        if (r.error.kind != ERROR_NONE || !scratch_empty(c, a, s->at[i].scratch)) return false;
    }
    return true;
}

void scratch_make(Copy *c, Arena *a, const QueryScript *s, const QueryLimits *limits)
{
    if (c->scratch.len || !c->scratch_hash) return;
    Buf names = buf_new(a);
    for (size_t i = 0; i < s->len; i++) {
        const QueryStatement *one = &s->at[i];
        if (one->rows.len)
            buf_fmt(&names, "%s'" STR_FMT "'", names.len ? ", " : "", STR_ARG(one->scratch));
    }
    if (make_all(c, a, s, limits)) c->scratch = str_copy(&c->arena, buf_str(&names));
    if (!c->scratch.len) scratch_drop(c, a);
}

// --- Running a statement about one ---

Str scratch_fill(Arena *a, const QueryStatement *s)
{
    return str_fmt(a, "INSERT INTO temp." STR_FMT " " STR_FMT,
                   STR_ARG(str_quoted(a, s->scratch, '\"')), STR_ARG(s->rows));
}
