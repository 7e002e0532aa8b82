// worker: the helper mode that runs foreign SQL: warm up, lock the doors, answer until told no
// more.
#include "proc/proc.h"
#include "query/private.h"
#include <malloc.h>
#include <unistd.h>

enum { SEND_MS = 10000, ASK_BYTES = 256 * MIB, KEEP_BYTES = 16 * MIB };
// Pages of temporary tables: SQLite asks for twenty at a time for each of them, and a tiny database
// fills one. A slot has room for what SQLite notes beside a page.
enum { TEMP_PAGES = 128, TEMP_SLOT = IMAGE_PAGE + 272 };

// SQLite's code, tables and first allocations come in before the first question.
static bool warm_up(Engine *e, Error *err)
{
    // Memory that one image or query gave back is kept for the next.
    mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
    mallopt(M_MMAP_THRESHOLD, KEEP_BYTES);
    static _Alignas(16) char pages[TEMP_PAGES * TEMP_SLOT];
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, pages, TEMP_SLOT, TEMP_PAGES);
    if (!engine_open(e, err)) return false;
    Arena scratch = {0};
    QueryResult r;
    bool ok = engine_run(e, &scratch,
                         S("WITH t(n) AS (VALUES (1), (2)) SELECT n, row_number() OVER (ORDER BY n "
                           "DESC), date('now'), 1.5 FROM t ORDER BY n"),
                         &QUERY_SHOW, &r, err);
    arena_free(&scratch);
    return ok;
}

// The rules of a table are asked of it alone, between two queries over all tables: each set of
// tables has an engine of its own, so that what was prepared stays so. Only small images have.
enum { ENGINES = 3, SMALL_BYTES = 64 * 1024 };

// What the worker goes through. A bad image is told when a query wants it, unless its sender waits.
typedef struct {
    ProcLink *link;
    Engine engines[ENGINES]; // the first takes the large images
    uint64_t used[ENGINES], clock;
    Engine *engine;  // the one with the image
    Error image;     // why there is none; ERROR_NONE = all is well
    Arena arena;     // of one answer
    int64_t held_us; // since when answers are kept back
} Worker;

// Answers are kept back while more questions lie there, so that the other side wakes up once for
// all of them; but not while one of these takes its time.
enum { HOLD_US = 2000, HOLD_BYTES = 64 * 1024 };

static bool flush(Worker *w)
{
    return !proc_held(w->link) || proc_flush(w->link, SEND_MS) == PROC_IO_DONE;
}

static void while_busy(void *ctx)
{
    Worker *w = ctx;
    bool late = proc_held(w->link) && world_real_us() - w->held_us > HOLD_US;
    if (late) (void)flush(w); // who is gone is met again when the answer is sent
}

static bool reply_with(Worker *w, Str bytes)
{
    if (!proc_held(w->link)) w->held_us = world_real_us();
    proc_hold(w->link, bytes, (Str){0});
    return proc_held(w->link) < HOLD_BYTES || flush(w);
}

// The one with these tables, else one that is not open yet, else the one unused longest. One that
// cannot be opened leaves the first.
static Engine *engine_for(Worker *w, const QueryImage *image)
{
    size_t at = 0;
    bool small = image->fd < 0 && image->bytes.len <= SMALL_BYTES;
    for (size_t i = 1; small && i < ENGINES; i++) {
        if (w->used[i] < w->used[at]) at = i;
    }
    for (size_t i = 0; small && i < ENGINES; i++) {
        if (w->engines[i].db && engine_fits(&w->engines[i], image)) at = i;
    }
    Error none;
    if (!w->engines[at].db && !engine_open(&w->engines[at], &none)) at = 0;
    w->used[at] = ++w->clock;
    return &w->engines[at];
}

static void load(Worker *w, const QueryImage *image, int fd)
{
    QueryImage mine = *image;
    if (mine.fd >= 0) mine.fd = fd;
    w->image = (Error){0};
    w->engine = engine_for(w, &mine);
    (void)!engine_load(w->engine, &mine, &w->image);
}

// What the others hold must not decide what fits into memory.
static bool close_others(Worker *w)
{
    bool any = false;
    for (size_t i = 0; i < ENGINES; i++) {
        Engine *e = &w->engines[i];
        if (e == w->engine || !e->db) continue;
        engine_close(e);
        *e = (Engine){0};
        w->used[i] = 0;
        any = true;
    }
    return any;
}

static void run(Worker *w, const AskMessage *ask, Buf *reply)
{
    QueryResult r;
    Error err = w->image;
    bool ok = err.kind == ERROR_NONE &&
              engine_run(w->engine, &w->arena, ask->sql, &ask->limits, &r, &err);
    if (ok && r.error.kind == ERROR_MEMORY && close_others(w))
        ok = engine_run(w->engine, &w->arena, ask->sql, &ask->limits, &r, &err);
    if (ok) {
        reply_result(reply, &r);
    } else {
        reply_failure(reply, &err);
    }
}

// One way of running a script; over: a way before it went over a limit.
static void run_way(Worker *w, const AskMessage *ask, const QueryScript *way, Error *over,
                    Buf *reply)
{
    QueryScriptResult r = {.last.error_at = SIZE_MAX, .last.source_at = SIZE_MAX};
    Error err = w->image;
    bool ok = err.kind == ERROR_NONE;
    if (over->kind != ERROR_NONE) {
        r.last.error = *over;
    } else {
        ok = ok && engine_script(w->engine, &w->arena, way, &ask->limits, &r, &err);
    }
    if (error_is_limit(r.last.error.kind)) *over = r.last.error;
    if (ok) {
        reply_script(reply, &r);
    } else {
        reply_failure(reply, &err);
    }
}

static bool run_script(Worker *w, const AskMessage *ask)
{
    QueryScript way = ask->script;
    size_t left = way.round_count, one = left;
    const size_t *ways = way.way_count ? way.ways : &one;
    Error over = {.kind = ERROR_NONE};
    for (size_t i = 0; i < query_script_ways(&ask->script); i++) {
        ArenaMark mark = arena_mark(&w->arena);
        Buf reply = buf_new(&w->arena);
        way.round_count = ways[i] < left ? ways[i] : left;
        run_way(w, ask, &way, &over, &reply);
        way.rounds += way.round_count;
        left -= way.round_count;
        if (!reply_with(w, buf_str(&reply))) return false;
        arena_rewind(&w->arena, mark);
    }
    return true;
}

static bool answer(Worker *w, const AskMessage *ask, int fd)
{
    ArenaMark mark = arena_mark(&w->arena);
    Buf reply = buf_new(&w->arena);
    bool waits = true;
    switch (ask->kind) {
    case ASK_LOAD:
        load(w, &ask->image, fd);
        waits = ask->image.fd >= 0;
        if (w->image.kind == ERROR_NONE) {
            reply_loaded(&reply);
        } else {
            reply_failure(&reply, &w->image);
        }
        break;
    case ASK_RUN:
        run(w, ask, &reply);
        break;
    case ASK_SCRIPT:
        return run_script(w, ask);
    }
    bool ok = !waits || reply_with(w, buf_str(&reply));
    arena_rewind(&w->arena, mark);
    return ok;
}

// False when the parent is gone or speaks another language.
static bool serve_one(Worker *w)
{
    ProcMessage m;
    AskMessage ask;
    ProcIo io = proc_receive(w->link, ASK_BYTES, 0, &m);
    if (io == PROC_IO_WAITING && flush(w)) io = proc_receive(w->link, ASK_BYTES, PROC_FOREVER, &m);
    if (io != PROC_IO_DONE) return false;
    ArenaMark mark = arena_mark(&w->arena);
    bool ok = ask_read(&w->arena, m.bytes, &ask) && answer(w, &ask, m.fd);
    arena_rewind(&w->arena, mark);
    if (m.fd >= 0) close(m.fd); // a mapping of it stays
    return ok;
}

int query_worker_main(void)
{
    Worker w = {.link = proc_child()};
    if (!w.link) return 2;
    Error err = {0};
    Buf hello = buf_new(&w.arena); // stays: the block it lies in is there for every answer
    bool ok = warm_up(&w.engines[0], &err);
    w.engine = &w.engines[0];
    if (ok) {
        ProcLayers layers;
        proc_confine(PROC_SQL, &layers);
        reply_loaded(&hello);
    } else {
        reply_failure(&hello, &err);
    }
    ok = proc_send(w.link, buf_str(&hello), -1, SEND_MS) == PROC_IO_DONE && ok;
    guard_while_busy(while_busy, &w);
    while (ok) ok = serve_one(&w);
    _exit(0);
}
