// attempt: one drill under way: events into the session, its effects carried out, the draft kept.
#include "app/private.h"
#include "base/check.h"

// ---- saying

static void add_line(App *app, Who who, Str text)
{
    Attempt *t = &app->attempt;
    Line *l = vec_push(&app->attempt_arena, &t->talk);
    *l = (Line){who, str_copy(&app->attempt_arena, text), session_spent_ms(&t->session)};
}

void app_trouble(App *app, const Error *err)
{
    if (!app->has_attempt) return;
    app->attempt.trouble = str_copy(&app->attempt_arena, str_from(err->text));
}

// ---- remembering

static void log_event(App *app, Str name, Str body)
{
    const Attempt *t = &app->attempt;
    if (!app->store) return;
    StoreEvent e = {
        .session = t->id,
        .utc_ms = app->world->wall_ms(app->world),
        .mono_ms = t->session.now,
        .tz_min = app->world->tz_min(app->world),
        .kind = name,
        .version = 1,
        .item = t->item,
        .item_hash = t->session.drill->hash,
        .body = body,
    };
    Error err;
    if (!store_append(app->store, &e, &err)) app_trouble(app, &err);
}

void app_save_draft(App *app)
{
    Attempt *t = &app->attempt;
    app->last_try_ms = app->world->mono_ms(app->world);
    if (!app->store) {
        app->text_dirty = false;
        return;
    }
    Arena scratch = {0};
    Error err;
    StoreDraft d = {
        .session = t->id,
        .item = t->item,
        .item_hash = t->session.drill->hash,
        .text = t->text,
        .cursor = t->cursor,
        .spent_ms = session_spent_ms(&t->session),
        .state = session_state(&t->session, &scratch),
        .utc_ms = app->world->wall_ms(app->world),
    };
    if (store_save_draft(app->store, &d, &err)) {
        if (app->text_dirty) t->trouble = (Str){0};
        app->text_dirty = false;
        t->saved_at = app->last_try_ms;
    } else {
        app_trouble(app, &err); // kept in memory; the next timer tries again
    }
    app->draft_known = false;
    arena_free(&scratch);
}

static void end_draft(App *app)
{
    Error err;
    app->text_dirty = false;
    app->items_fresh = false;
    app->draft_known = false;
    if (app->store && !store_end_draft(app->store, app->attempt.id, &err)) app_trouble(app, &err);
}

// ---- stepping

static void carry_out(App *app, const Effect *f)
{
    switch (f->kind) {
    case EFFECT_SAY:
        add_line(app, f->who, f->text);
        break;
    case EFFECT_LOG:
        log_event(app, f->name, f->text);
        break;
    case EFFECT_RUN:
        app_work(app, ASK_RUN, f->text);
        break;
    case EFFECT_GRADE:
        app_work(app, app->attempt.session.breaking ? ASK_BREAK : ASK_GRADE, f->text);
        break;
    case EFFECT_CANCEL:
        app_stop_work(app);
        break;
    case EFFECT_SAVE:
        app_save_draft(app);
        break;
    case EFFECT_END_DRAFT:
        end_draft(app);
        break;
    }
}

void app_step(App *app, const Event *e)
{
    Arena scratch = {0};
    Effects out;
    session_step(&app->attempt.session, &scratch, e, &out);
    for (size_t i = 0; i < out.len; i++) carry_out(app, &out.at[i]);
    arena_free(&scratch);
}

static void send(App *app, Event e)
{
    CHECK(app->has_attempt);
    e.at = app->world->mono_ms(app->world);
    e.dialect = app->attempt.session.dialect;
    app_step(app, &e);
}

void app_send(App *app, EventKind kind, Str text, int64_t number, bool flag)
{
    send(app, (Event){.kind = kind, .text = text, .number = number, .flag = flag});
}

void app_rate(App *app, Axis axis, int value)
{
    send(app, (Event){.kind = EV_RATE, .number = axis, .value = value});
}

void app_type(App *app, Str text, size_t cursor, bool words)
{
    CHECK(app->has_attempt);
    Arena fresh = {0};
    app->attempt.text = str_copy(&fresh, text);
    app->attempt.cursor = cursor;
    arena_free(&app->text_arena);
    app->text_arena = fresh;
    app->text_dirty = true;
    app_send(app, EV_EDIT, (Str){0}, 0, words);
}

void app_choose_dialect(App *app, Dialect d)
{
    if (app->has_attempt) app->attempt.session.dialect = d;
    app_set(app, S("dialect"), str_from(dialect_name(d)));
}

const Attempt *app_attempt(const App *app)
{
    return app->has_attempt ? &app->attempt : NULL;
}

// ---- beginning

static void clear_attempt(App *app)
{
    app_stop_work(app);
    arena_free(&app->attempt_arena);
    arena_free(&app->text_arena);
    arena_free(&app->result_arena);
    arena_free(&app->steps_arena);
    arena_free(&app->verdict_arena);
    arena_free(&app->break_arena);
    arena_free(&app->another_arena);
    app->attempt = (Attempt){0};
    app->text_dirty = false;
}

static Dialect last_dialect(App *app)
{
    Arena scratch = {0};
    Dialect d = DIALECT_SQLITE;
    dialect_from_name(app_setting(app, &scratch, S("dialect")), &d);
    arena_free(&scratch);
    return d;
}

static void prepare(App *app)
{
    const Session *s = &app->attempt.session;
    if (s->drill->kind == KIND_SQL) {
        app_work(app, s->breaking ? ASK_BREAK : ASK_PREPARE, (Str){0});
    }
}

// Everything is as it was before the attempt, but for its session.
static void begin(App *app, Str item, EventKind how, Str state)
{
    app->attempt.item = str_copy(&app->attempt_arena, item);
    app->has_attempt = true;
    app_send(app, how, state, 0, false);
    prepare(app);
}

static Str fresh_id(App *app)
{
    const World *w = app->world; // two attempts may begin within one millisecond
    return str_fmt(&app->attempt_arena, "%llx-%llx-%x", (unsigned long long)w->wall_ms(w),
                   (unsigned long long)w->mono_ms(w), app->begun++);
}

static uint64_t attempts_before(App *app, Str item)
{
    const StoreItem *before = app_item(app, item);
    return before ? (uint64_t)before->attempts : 0;
}

bool app_begin(App *app, const Drill *drill, Error *err)
{
    library_read(&app->library, drill);
    if (drill->beat_count == 0) {
        return error_set(err, ERROR_INPUT, "%.*s has no beats to run", STR_ARG(drill->id));
    }
    clear_attempt(app);
    app->attempt.session = session_new(drill, last_dialect(app));
    session_draw(&app->attempt.session, app->world->seed + attempts_before(app, drill->id));
    app->attempt.id = fresh_id(app);
    begin(app, drill->id, EV_START, (Str){0});
    return true;
}

static bool resume(App *app, const StoreDraft *d, Error *err)
{
    const Drill *drill = app_item_drill(app, d->item);
    if (!drill) return error_set(err, ERROR_INPUT, "the drill of this draft is not here any more");
    library_read(&app->library, drill);
    clear_attempt(app);
    app->attempt.session = app_is_break(d->item) ? session_breaking(drill, (BreakTurn){0})
                                                 : session_new(drill, last_dialect(app));
    app->attempt.id = str_copy(&app->attempt_arena, d->session);
    app->attempt.text = str_copy(&app->text_arena, d->text);
    app->attempt.cursor = d->cursor < d->text.len ? d->cursor : d->text.len;
    begin(app, d->item, EV_RESUME, d->state);
    return true;
}

bool app_resume_of(App *app, Str item, Error *err)
{
    Arena scratch = {0};
    StoreDraft d;
    bool found = false;
    bool ok = !app->store || store_draft_of(app->store, &scratch, item, &d, &found, err);
    if (ok && !found) ok = error_set(err, ERROR_INPUT, "there is no draft to go on with");
    if (ok) ok = resume(app, &d, err);
    arena_free(&scratch);
    return ok;
}

bool app_resume(App *app, Error *err)
{
    return app_resume_of(app, S(""), err);
}

bool app_break(App *app, const Drill *drill, Error *err)
{
    library_read(&app->library, drill);
    if (drill->kind != KIND_SQL || !drill->exam.warehouse) {
        return error_set(err, ERROR_INPUT, "only SQL drills have a query to break");
    }
    Arena scratch = {0};
    Str item = app_break_item(&scratch, drill);
    bool ok = true;
    if (app_has_draft(app, item)) {
        ok = app_resume_of(app, item, err);
    } else {
        clear_attempt(app);
        BreakTurn turn = {app->world->seed, (size_t)attempts_before(app, item)};
        app->attempt.session = session_breaking(drill, turn);
        app->attempt.id = fresh_id(app);
        begin(app, item, EV_START, (Str){0});
    }
    arena_free(&scratch);
    return ok;
}

// ---- the loop

int app_wait_ms(const App *app)
{
    if (!app->has_attempt || !app->text_dirty) return -1;
    int64_t due = app->last_try_ms + app->world->autosave_ms - app->world->mono_ms(app->world);
    return due > 0 ? (int)due : 0;
}

bool app_pump(App *app)
{
    if (!app->has_attempt) return false;
    if (app_wait_ms(app) == 0) app_save_draft(app);
    bool changed = app_read_replies(app);
    if (app->attempt.session.phase == PHASE_GUESS) app_send(app, EV_TICK, (Str){0}, 0, false);
    return changed;
}
