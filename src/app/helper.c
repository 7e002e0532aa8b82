// helper: the other side of app's jobs: parses the pack again, prepares, runs and grades.
//
// It keeps its desk (a warm worker, made databases) and the last library between requests, so the
// second run of a drill costs the query alone. While nobody asks it works ahead for the verdict: an
// answer is typed in minutes, and the databases it will meet are made in a second.
#include "app/private.h"
#include "grade/grade.h"

typedef struct {
    Arena world_arena;
    World world;
    GradeDesk *desk;
    Arena library_arena;
    Library library;
    uint64_t library_key; // hash of the files it was made from; 0 = none
    const Drill *drill;   // asked for last, of the library; NULL = none
    uint64_t seed;
    size_t drill_world;
} Helper;

static bool open_desk(Helper *h, const Request *r, Error *err)
{
    if (h->desk) return true;
    // Our own places do not matter here: only the cache folder, which the request names.
    WorldOptions o = {.home = r->cache_dir};
    if (!world_open(&h->world_arena, NULL, &o, &h->world, err)) return false;
    h->world.cache_dir = str_copy(&h->world_arena, r->cache_dir);
    h->world.seed = r->seed;
    return grade_open(&h->world, &h->desk, err);
}

static uint64_t key_of(Arena *a, const SourceFiles *files)
{
    Buf b = buf_new(a);
    pack_files_wire(&b, files);
    return str_hash(buf_str(&b)) | 1;
}

static bool open_library(Helper *h, Arena *scratch, const Request *r, Error *err)
{
    uint64_t key = key_of(scratch, &r->files);
    if (key == h->library_key) return true;
    // The specs borrow from the files' bytes, and those from the request, which is gone after this
    // one.
    arena_free(&h->library_arena);
    h->library_key = 0;
    h->drill = NULL;
    SourceFiles files = {arena_array(&h->library_arena, SourceFile, r->files.len), r->files.len};
    for (size_t i = 0; i < files.len; i++) {
        const SourceFile *f = &r->files.at[i];
        files.at[i] = (SourceFile){str_copy(&h->library_arena, f->path),
                                   str_copy(&h->library_arena, f->bytes),
                                   str_copy(&h->library_arena, f->root)};
    }
    Diags diags = {.arena = &h->library_arena};
    if (!pack_load_files(&h->library_arena, &files, &h->library, &diags, err)) return false;
    h->library_key = key;
    return true;
}

static bool serve(Helper *h, Arena *a, const Request *r, JobPort *port, Reply *reply, Error *err)
{
    if (!open_desk(h, r, err) || !open_library(h, a, r, err)) return false;
    const Drill *drill = library_drill(&h->library, r->drill);
    if (!drill)
        return error_set(err, ERROR_INPUT, "the drill %.*s is not in its pack any more",
                         STR_ARG(r->drill));
    h->drill = drill;
    h->seed = r->seed;
    h->drill_world = r->world;
    reply->ask = r->ask;
    switch (r->ask) {
    case ASK_PREPARE:
        job_phase(port, S("making the data"));
        return grade_prepare(h->desk, drill, &reply->rows, err);
    case ASK_RUN:
        job_phase(port, S("candidate"));
        return grade_run(h->desk, a, drill, r->answer, r->dialect, &reply->result, err);
    case ASK_STEPS:
        job_phase(port, S("candidate"));
        return grade_steps(h->desk, a, drill, r->answer, r->dialect, &reply->steps, err);
    case ASK_GRADE:
        job_phase(port, S("grading"));
        return grade_answer(h->desk, a, drill,
                            &(GradeAnswer){r->answer, r->dialect, r->seed, r->world},
                            &reply->verdict, err);
    case ASK_ANOTHER:
        job_phase(port, S("grading"));
        return grade_another(h->desk, a, drill,
                             &(GradeAnswer){r->answer, r->dialect, r->seed, r->world}, r->seen,
                             &reply->another, err);
    case ASK_BREAK:
        job_phase(port, r->answer.len ? S("running the rows") : S("choosing a query"));
        reply->judged = r->answer.len > 0;
        return grade_break(h->desk, a, drill, &(GradeBreak){r->turn, r->answer}, &reply->shown,
                           &reply->end, err);
    }
    return false;
}

static bool handle(void *ctx, Arena *a, Str request, JobPort *port, Buf *out, Error *err)
{
    Request r;
    Reply reply = {0};
    if (!app_read_request(a, request, &r)) {
        return error_set(err, ERROR_INTERNAL, "the request to the helper could not be read");
    }
    if (!serve(ctx, a, &r, port, &reply, err)) return false;
    app_write_reply(out, &reply);
    return true;
}

static bool work_ahead(void *ctx)
{
    Helper *h = ctx;
    Error ignored; // the verdict will meet it again, and say so
    bool more;
    return h->drill && grade_warm(h->desk, h->drill, h->seed, h->drill_world, &more, &ignored) &&
           more;
}

int app_helper_main(void)
{
    static Helper h; // lives as long as the process
    return job_serve(handle, work_ahead, &h);
}
