// app, inside: what its files share.
#ifndef APP_PRIVATE_H
#define APP_PRIVATE_H
#include "app/app.h"
#include "app/request.h"
#include "job/job.h"

struct App {
    const World *world;
    Arena arena; // the library and what lives as long as the app
    Library library;
    Diags faults;
    Store *store; // NULL when nothing is remembered
    StoreOpening opening;
    Arena items_arena;
    StoreItem *items;
    size_t item_count;
    bool items_fresh;
    Arena draft_arena;
    StoreDraft draft;
    bool draft_known, draft_found;
    // ---- the attempt under way
    bool has_attempt;
    unsigned begun;      // attempts since the start
    Arena attempt_arena; // its talk and texts
    Attempt attempt;
    Arena text_arena; // the answer as it stands: replaced as a whole
    Arena result_arena, steps_arena, verdict_arena, break_arena, another_arena;
    bool text_dirty;     // newer than what is on disk
    int64_t last_try_ms; // of saving
    Job *job;
    Arena job_arena; // the request that waits for the one under way
    bool queued;
    Ask queued_ask;
    Str queued_text;
};

// work.c: long work in the helper
void app_work(App *app, Ask ask, Str text); // starts it, or queues it behind the preparation
void app_stop_work(App *app);
bool app_read_replies(App *app); // true when something changed

// attempt.c
void app_step(App *app, const Event *e); // session_step and its effects
void app_save_draft(App *app);
void app_trouble(App *app, const Error *err);
#endif
