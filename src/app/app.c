// app: opens and closes the world; what is remembered.
#include "app/private.h"
#include "base/check.h"
#include <stdlib.h>

bool app_open(const AppOptions *o, App **out, Error *err)
{
    App *app = calloc(1, sizeof *app);
    if (!app) die_out_of_memory();
    app->world = o->world;
    app->faults.arena = &app->arena;
    PackSources packs = o->packs;
    packs.cache_dir = o->world->cache_dir;
    bool ok = pack_load(&app->arena, &packs, &app->library, &app->faults, err);
    if (ok && o->remember) ok = store_open(&app->arena, o->world, &app->store, &app->opening, err);
    if (!ok) {
        app_close(app);
        return false;
    }
    *out = app;
    return true;
}

void app_close(App *app)
{
    if (!app) return;
    if (app->has_attempt && app->text_dirty) app_save_draft(app);
    job_close(app->job);
    store_close(app->store);
    Arena *arenas[] = {&app->arena,         &app->items_arena,   &app->draft_arena,
                       &app->attempt_arena, &app->text_arena,    &app->result_arena,
                       &app->steps_arena,   &app->verdict_arena, &app->break_arena,
                       &app->another_arena, &app->job_arena};
    for (size_t i = 0; i < sizeof arenas / sizeof *arenas; i++) arena_free(arenas[i]);
    free(app);
}

const World *app_world(const App *app)
{
    return app->world;
}
const Library *app_library(const App *app)
{
    return &app->library;
}
const Diags *app_faults(const App *app)
{
    return &app->faults;
}
const StoreOpening *app_opening(const App *app)
{
    return &app->opening;
}

AppItems app_items(App *app)
{
    if (app->store && !app->items_fresh) {
        Error err; // history that cannot be read costs the marks on a list, nothing more
        arena_free(&app->items_arena);
        app->item_count = 0;
        app->items_fresh =
            store_items(app->store, &app->items_arena, &app->items, &app->item_count, &err);
    }
    return (AppItems){app->items, app->item_count};
}

const StoreItem *app_item(App *app, Str drill_id)
{
    AppItems all = app_items(app);
    for (size_t i = 0; i < all.len; i++) {
        if (str_eq(all.at[i].item, drill_id)) return &all.at[i];
    }
    return NULL;
}

const StoreDraft *app_draft(App *app)
{
    if (app->store && !app->draft_known) {
        Error err;
        arena_free(&app->draft_arena);
        app->draft_found = false;
        app->draft_known =
            store_open_draft(app->store, &app->draft_arena, &app->draft, &app->draft_found, &err);
    }
    return app->draft_found ? &app->draft : NULL;
}

const Drill *app_draft_drill(App *app)
{
    const StoreDraft *d = app_draft(app);
    return d ? app_item_drill(app, d->item) : NULL;
}

bool app_has_draft(App *app, Str item)
{
    Arena scratch = {0};
    StoreDraft d;
    Error err;
    bool found = false;
    bool ok = app->store && store_draft_of(app->store, &scratch, item, &d, &found, &err);
    arena_free(&scratch);
    return ok && found;
}

// ---- the two ways of taking a drill

static const Str break_mark = STR_LIT("#break");

Str app_break_item(Arena *a, const Drill *drill)
{
    return str_fmt(a, STR_FMT STR_FMT, STR_ARG(drill->id), STR_ARG(break_mark));
}

bool app_is_break(Str item)
{
    return str_ends(item, break_mark);
}

const Drill *app_item_drill(const App *app, Str item)
{
    if (app_is_break(item)) item = str_slice(item, 0, item.len - break_mark.len);
    return library_drill(&app->library, item);
}

void app_drop_draft(App *app)
{
    const StoreDraft *d = app_draft(app);
    Error err;
    if (d && !store_end_draft(app->store, d->session, &err)) app_trouble(app, &err);
    app->draft_known = false;
}

Str app_setting(App *app, Arena *a, Str key)
{
    return app->store ? store_get(app->store, a, key) : (Str){0};
}

void app_set(App *app, Str key, Str value)
{
    Error err;
    if (app->store && !store_set(app->store, key, value, &err)) app_trouble(app, &err);
}

bool app_attempts(App *app, Arena *a, Str item, size_t limit, StoreAttempt **out, size_t *count,
                  Error *err)
{
    *count = 0;
    return !app->store || store_attempts(app->store, a, item, limit, out, count, err);
}
