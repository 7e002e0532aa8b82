// script: statements that write, on a copy of the image that is thrown away: a load, run as often
// and as far as the exam wants it, and the tables that it leaves.
#include "base/buf.h"
#include "query/private.h"

typedef struct {
    Engine *of, *copy; // copy: of->copy's
    Arena *arena;
    const QueryScript *script;
    const QueryLimits *limits;
    QueryLimits left; // for what stands in the tables
    QueryScriptResult *out;
} Load;

static bool failed(const Load *l)
{
    return l->out->last.error.kind != ERROR_NONE;
}

// --- Our own statements ---

static void roll_back(Load *l)
{
    if (!sqlite3_get_autocommit(l->copy->db)) copy_exec(l->copy, S("ROLLBACK"));
}

// A session ends: its open transaction is undone, its temporary tables go.
static void end_session(Load *l)
{
    roll_back(l);
    scratch_end(l->of->copy, l->arena);
}

// --- Statements of the candidate ---

static bool damaged(const Load *l, Error *err)
{
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.",
                     sqlite3_errmsg(l->copy->db));
}

static size_t group_end(const QueryScript *s, size_t from)
{
    size_t i = from + 1;
    while (i < s->len && s->at[i].statement == s->at[from].statement) i++;
    return i;
}

// An error in the rows of a kept table stands where the script has them.
static void place_error(const QueryStatement *s, Str ran, QueryResult *r)
{
    size_t head = ran.len - s->rows.len;
    if (r->error_at != SIZE_MAX && r->error_at >= head)
        r->error_at += s->sql.len - s->rows.len - head;
}

// False when the copy turns out to be damaged.
static bool run_one(Load *l, size_t at, Error *err)
{
    QueryResult r;
    const QueryStatement *s = &l->script->at[at];
    Copy *copy = l->of->copy;
    bool kept = s->scratch.len && copy->scratch.len;
    if (kept && !s->rows.len) return scratch_empty(copy, l->arena, s->scratch) || damaged(l, err);
    Str sql = kept ? scratch_fill(l->arena, s) : s->sql;
    int rc = run_statement(l->copy, l->arena, sql, l->limits, &r);
    if (run_is_damage(rc)) return damaged(l, err);
    if (kept) place_error(s, sql, &r);
    bool wrong = r.error.kind != ERROR_NONE;
    if (wrong || r.table.width) l->out->last = r;
    if (wrong) l->out->at = at;
    return true;
}

// The statements that stand for one of the source: all or nothing.
static bool run_group(Load *l, size_t from, size_t to, Error *err)
{
    bool several = to - from > 1;
    if (several) copy_exec(l->copy, S("SAVEPOINT gr_one"));
    for (size_t i = from; i < to && !failed(l); i++) {
        if (!run_one(l, i, err)) return false;
    }
    bool open = several && !sqlite3_get_autocommit(l->copy->db);
    if (open && failed(l)) copy_exec(l->copy, S("ROLLBACK TO gr_one"));
    if (open) copy_exec(l->copy, S("RELEASE gr_one"));
    return true;
}

static bool run_round(Load *l, const QueryRound *round, Error *err)
{
    const QueryScript *s = l->script;
    for (size_t i = 0; i < round->before.len; i++) {
        if (copy_exec(l->copy, round->before.at[i])) continue;
        return error_set(err, ERROR_INTERNAL, "The next batch cannot arrive: %s.",
                         sqlite3_errmsg(l->copy->db));
    }
    for (size_t i = 0; i < s->len && !failed(l); i = group_end(s, i)) {
        if (s->at[i].statement >= round->until) break;
        if (!run_group(l, i, group_end(s, i), err)) return false;
    }
    end_session(l);
    return true;
}

// --- What it leaves ---

// What a view says may fail: that is the script's fault.
static void read_final(Load *l, Str name, QueryLimits *left, QueryFinal *out)
{
    Arena *a = l->arena;
    Str select = str_fmt(a, "SELECT * FROM " STR_FMT, STR_ARG(str_quoted(a, name, '\"')));
    int width = copy_width(l->copy, str_quoted(a, name, '\"'));
    if (!width) return; // there is no such table any more
    Buf b = buf_new(a);
    buf_add(&b, select);
    for (int i = 1; i <= width; i++) buf_fmt(&b, i == 1 ? " ORDER BY %d" : ", %d", i);
    QueryResult r;
    run_statement(l->copy, a, buf_str(&b), left, &r);
    if (r.error.kind != ERROR_NONE) {
        l->out->last = r;
        l->out->at = l->script->len;
        return;
    }
    *out = (QueryFinal){.found = true, .rows = r.table};
    size_t bytes = r.table.rows * r.table.width * CELL_COST;
    for (size_t i = 0; i < r.table.rows * r.table.width; i++) bytes += r.table.cells[i].text.len;
    left->bytes -= bytes < left->bytes ? bytes : left->bytes;
}

static void read_finals(Load *l)
{
    const StrList *tables = &l->script->tables;
    QueryFinal *next = l->out->finals + l->out->final_count;
    for (size_t i = 0; i < tables->len && !failed(l); i++)
        read_final(l, tables->at[i], &l->left, &next[i]);
    if (!failed(l)) l->out->final_count += tables->len;
}

// --- The whole ---

static bool run_all(Load *l, Error *err)
{
    const QueryScript *s = l->script;
    l->out->finals = arena_array(l->arena, QueryFinal, s->round_count * s->tables.len);
    for (size_t i = 0; i < s->round_count && !failed(l); i++) {
        l->out->round = i;
        if (!run_round(l, &s->rounds[i], err)) return false;
        if (s->rounds[i].shown && !failed(l)) read_finals(l);
    }
    return true;
}

bool engine_script(Engine *e, Arena *a, const QueryScript *script, const QueryLimits *limits,
                   QueryScriptResult *out, Error *err)
{
    *out = (QueryScriptResult){.last.error_at = SIZE_MAX, .last.source_at = SIZE_MAX};
    Load l = {.of = e, .arena = a, .script = script, .limits = limits, .left = *limits, .out = out};
    int64_t began = world_real_us();
    double cpu = world_cpu_ms();
    bool ok = copy_begin(e, a, script, err);
    if (ok) {
        l.copy = &e->copy->engine;
        l.copy->most = limits->steps;
        scratch_make(e->copy, a, script, limits);
        vfs_draw(limits->draw);
        l.copy->steps = 0;
        ok = run_all(&l, err);
        out->last.steps = l.copy->steps;
        if (failed(&l) && e->copy->scratch.len) scratch_drop(e->copy, a);
    }
    out->last.elapsed_ms = (double)(world_real_us() - began) / 1000;
    out->last.cpu_ms = world_cpu_ms() - cpu;
    if (!ok || error_is_limit(out->last.error.kind)) copy_discard(e);
    guard_heap(e, e->image.len);
    return ok;
}
