// work: long work as jobs: one at a time, one more may wait behind the preparation of the data.
#include "app/private.h"

static const Work work_of[] = {
    [ASK_PREPARE] = WORK_PREPARING, [ASK_RUN] = WORK_RUNNING,    [ASK_STEPS] = WORK_STEPPING,
    [ASK_GRADE] = WORK_GRADING,     [ASK_BREAK] = WORK_BREAKING, [ASK_ANOTHER] = WORK_SEARCHING,
};

// Greenroom's own failure to do the work: said in the conversation, and the session goes on.
static void failed(App *app, Ask ask, const Error *err)
{
    app->attempt.work = WORK_NONE;
    if (ask == ASK_GRADE) {
        app_send(app, EV_FAILED, str_from(err->text), 0, false);
    } else {
        if (app->attempt.session.breaking) app_send(app, EV_FAILED, (Str){0}, 0, false);
        app_trouble(app, err);
    }
}

static void start(App *app, Ask ask, Str text)
{
    Attempt *t = &app->attempt;
    Arena scratch = {0};
    Error err;
    Request r = {
        .ask = ask,
        .cache_dir = app->world->cache_dir,
        .seed = app->world->seed,
        .files = pack_files(&scratch, &app->library, t->session.drill),
        .drill = t->session.drill->id,
        .answer = text,
        .dialect = t->session.dialect,
        .world = t->session.world,
        .turn = t->session.turn,
        .seen = t->has_another ? t->another.seen : 0,
    };
    t->work = work_of[ask];
    t->work_since = app->world->mono_ms(app->world);
    t->work_phase = (Str){0};
    bool ok = app->job || job_open(app->world, &app->job, &err);
    if (!ok || !job_start(app->job, app_write_request(&scratch, &r), &err)) failed(app, ask, &err);
    arena_free(&scratch);
}

void app_work(App *app, Ask ask, Str text)
{
    Attempt *t = &app->attempt;
    if (t->work == WORK_NONE) {
        start(app, ask, text);
    } else if (t->work == WORK_PREPARING) {
        arena_free(&app->job_arena);
        app->queued = true;
        app->queued_ask = ask;
        app->queued_text = str_copy(&app->job_arena, text);
    } else if (ask == ASK_GRADE || t->work == WORK_SEARCHING) {
        // A run is under way: what counts is the verdict. A search may always be begun again.
        app_stop_work(app);
        start(app, ask, text);
    }
}

void app_stop_work(App *app)
{
    app->queued = false;
    if (app->attempt.work == WORK_NONE) return;
    if (app->job) job_cancel(app->job);
    app->attempt.work = WORK_NONE;
}

void app_steps(App *app, Str text)
{
    app->attempt.has_steps = false;
    app_work(app, ASK_STEPS, text);
}

void app_another(App *app)
{
    const Attempt *t = &app->attempt;
    if (t->work == WORK_NONE && t->has_verdict) app_work(app, ASK_ANOTHER, t->text);
}

void app_forget_another(App *app)
{
    app->attempt.has_another = false;
}

void app_choose_query(App *app)
{
    app_work(app, ASK_BREAK, (Str){0});
}

void app_stop(App *app)
{
    app_stop_work(app);
}

static void after_run(App *app, const QueryResult *r)
{
    Attempt *t = &app->attempt;
    t->result = *r;
    t->has_result = true;
    bool ok = r->error.kind == ERROR_NONE;
    Event e = {.kind = EV_RAN,
               .at = app->world->mono_ms(app->world),
               .number = ok ? (int64_t)r->table.rows : -1,
               .value = (int)(r->elapsed_ms + 0.5),
               .dialect = t->session.dialect};
    if (!ok) e.text = str_from(error_kind_name(r->error.kind));
    app_step(app, &e);
}

static void after_grade(App *app, const Verdict *v)
{
    Attempt *t = &app->attempt;
    t->verdict = *v;
    t->has_another = false;
    t->has_verdict = true;
    Event e = {.kind = EV_GRADED,
               .at = app->world->mono_ms(app->world),
               .number = v->kind,
               .value = (int)(app->world->mono_ms(app->world) - t->work_since),
               .text = v->why,
               .dialect = t->session.dialect};
    Arena scratch = {0};
    if (v->has_counterexample) e.script = exam_script(&scratch, &v->counterexample);
    app_step(app, &e);
    arena_free(&scratch);
}

static void after_break(App *app, const Reply *r)
{
    Attempt *t = &app->attempt;
    t->shown = r->shown;
    t->has_case = true;
    t->end = r->end;
    t->has_end = r->judged;
    if (!r->judged) return;
    Event e = {.kind = EV_JUDGED,
               .at = app->world->mono_ms(app->world),
               .number = r->end.kind,
               .value = r->end.has_run ? (int)r->end.run.rows : 0};
    app_step(app, &e);
}

static Arena *arena_of(App *app, Ask ask)
{
    switch (ask) {
    case ASK_PREPARE:
        return NULL;
    case ASK_RUN:
        return &app->result_arena;
    case ASK_STEPS:
        return &app->steps_arena;
    case ASK_GRADE:
        return &app->verdict_arena;
    case ASK_BREAK:
        return &app->break_arena;
    case ASK_ANOTHER:
        return &app->another_arena;
    }
    return NULL;
}

static void take_reply(App *app, Str bytes)
{
    Attempt *t = &app->attempt;
    Arena fresh = {0};
    Reply reply;
    Error err;
    bool readable = app_read_reply(&fresh, bytes, &reply);
    bool expected = readable && work_of[reply.ask] == t->work;
    if (!expected) {
        error_set(&err, ERROR_INTERNAL, "the helper's answer could not be read; try again");
        failed(app, t->work == WORK_GRADING ? ASK_GRADE : ASK_RUN, &err);
        arena_free(&fresh);
        return;
    }
    t->work = WORK_NONE;
    Arena *keep = arena_of(app, reply.ask);
    if (keep) arena_free(keep);
    switch (reply.ask) {
    case ASK_PREPARE:
        t->data_ready = true;
        t->data_rows = reply.rows;
        arena_free(&fresh);
        return;
    case ASK_RUN:
        after_run(app, &reply.result);
        break;
    case ASK_STEPS:
        t->steps = reply.steps;
        t->has_steps = true;
        break;
    case ASK_GRADE:
        after_grade(app, &reply.verdict);
        break;
    case ASK_BREAK:
        after_break(app, &reply);
        break;
    case ASK_ANOTHER:
        t->another = reply.another;
        t->has_another = true;
        break;
    }
    *keep = fresh;
}

bool app_read_replies(App *app)
{
    Attempt *t = &app->attempt;
    bool changed = false;
    while (app->job && t->work != WORK_NONE) {
        Arena scratch = {0};
        JobEvent e = job_poll(app->job, &scratch);
        if (e.kind == JOB_QUIET) break;
        changed = true;
        if (e.kind == JOB_PHASE) t->work_phase = str_copy(&app->attempt_arena, e.text);
        if (e.kind == JOB_DONE) take_reply(app, e.text);
        if (e.kind == JOB_FAILED) {
            failed(app, t->work == WORK_GRADING ? ASK_GRADE : ASK_RUN, &e.error);
        }
        arena_free(&scratch);
    }
    if (app->queued && t->work == WORK_NONE) {
        app->queued = false;
        start(app, app->queued_ask, app->queued_text);
        changed = true;
    }
    return changed;
}

int app_fd(const App *app)
{
    return app->job && app->has_attempt && app->attempt.work != WORK_NONE ? job_fd(app->job) : -1;
}
