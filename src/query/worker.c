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

// What the worker goes through. A bad image is told when a query wants it, unless its sender waits.
typedef struct {
    ProcLink *link;
    Engine engine;
    Error image; // why there is none; ERROR_NONE = all is well
    Arena arena; // of one answer
} Worker;

static void load(Worker *w, const QueryImage *image, int fd)
{
    QueryImage mine = *image;
    if (mine.fd >= 0) mine.fd = fd;
    w->image = (Error){0};
    (void)!engine_load(&w->engine, &mine, &w->image);
}

static void run(Worker *w, const AskMessage *ask, Buf *reply)
{
    QueryResult r;
    Error err = w->image;
    if (err.kind == ERROR_NONE &&
        engine_run(&w->engine, &w->arena, ask->sql, &ask->limits, &r, &err)) {
        reply_result(reply, &r);
    } else {
        reply_failure(reply, &err);
    }
}

static void run_script(Worker *w, const AskMessage *ask, Buf *reply)
{
    QueryScriptResult r;
    Error err = w->image;
    if (err.kind == ERROR_NONE &&
        engine_script(&w->engine, &w->arena, &ask->script, &ask->limits, &r, &err)) {
        reply_script(reply, &r);
    } else {
        reply_failure(reply, &err);
    }
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
        run_script(w, ask, &reply);
        break;
    }
    bool ok = !waits || proc_send(w->link, buf_str(&reply), -1, SEND_MS) == PROC_IO_DONE;
    arena_rewind(&w->arena, mark);
    return ok;
}

// False when the parent is gone or speaks another language.
static bool serve_one(Worker *w)
{
    ProcMessage m;
    AskMessage ask;
    if (proc_receive(w->link, ASK_BYTES, PROC_FOREVER, &m) != PROC_IO_DONE) return false;
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
    bool ok = warm_up(&w.engine, &err);
    if (ok) {
        ProcLayers layers;
        proc_confine(PROC_SQL, &layers);
        reply_loaded(&hello);
    } else {
        reply_failure(&hello, &err);
    }
    ok = proc_send(w.link, buf_str(&hello), -1, SEND_MS) == PROC_IO_DONE && ok;
    while (ok) ok = serve_one(&w);
    _exit(0);
}
