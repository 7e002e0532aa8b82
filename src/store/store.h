// store: what is remembered. An append-only event log in SQLite, drafts, and tables folded from
// facts in events.
//
// journal_mode=TRUNCATE, synchronous=FULL; rotated backups by the backup API; migrations with a
// backup first; a newer or foreign file is refused untouched; a damaged one is set aside under a
// dated name and the newest good backup is taken.
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/table.h"
#include "base/world.h"

typedef struct Store Store;
typedef struct {
    Str set_aside;     // the damaged file was renamed to this; "" = none
    Str restored_from; // backup that was taken; "" = none (a fresh store, or all was well)
    bool unclean;      // the last exit was not clean: quick_check is owed before writes
} StoreOpening;
// Opens or makes data_dir/greenroom.db. Fails with path and reason, never touching a file it does
// not know.
MUST_USE bool store_open(Arena *a, const World *w, Store **out, StoreOpening *how, Error *err);
void store_close(Store *s); // marks the exit clean; NULL is fine

// One event (contracts: the event log). `uid` makes appending twice harmless.
typedef struct {
    int64_t seq; // given by the store
    Str uid;     // "" = made by the store
    Str session; // groups the events of one attempt
    int64_t utc_ms, mono_ms;
    int tz_min;
    Str kind;    // "start", "ask", "run", "submit", "verdict", "rate", "tick", "keep", "leave" …
    int version; // of the body's form
    Str item;    // drill id
    uint64_t item_hash;
    Str body; // JSON
} StoreEvent;
MUST_USE bool store_append(Store *s, const StoreEvent *e, Error *err); // durable when it returns
MUST_USE bool store_events(Store *s, Arena *a, Str session, StoreEvent **out, size_t *count,
                           Error *err);

// The draft of an attempt: one overwritten row, and one edit delta an autosave (compacted when the
// attempt ends).
typedef struct {
    Str session, item;
    uint64_t item_hash;
    Str text;
    size_t cursor;    // byte offset
    int64_t spent_ms; // of the clock
    Str state;        // JSON of the session's resumable facts: beat, facts told, dialect …
    int64_t utc_ms;   // last saved
} StoreDraft;
MUST_USE bool store_save_draft(Store *s, const StoreDraft *d, Error *err);
MUST_USE bool store_open_draft(Store *s, Arena *a, StoreDraft *out, bool *found,
                               Error *err); // the newest unfinished one
MUST_USE bool store_end_draft(Store *s, Str session, Error *err);

// An attempt, folded from its events.
typedef struct {
    Str session, item;
    uint64_t item_hash;
    int64_t started_ms, ended_ms, spent_ms;
    int clock_seconds;
    Str verdict;    // "right", "wrong", "error", "limit", "self" for text kinds
    int ratings[5]; // by Axis order of rubric.h; 0 = not rated, 1-4
    int runs, submits, hints, asked;
} StoreAttempt;
MUST_USE bool store_attempts(Store *s, Arena *a, Str item, size_t limit, StoreAttempt **out,
                             size_t *count, Error *err); // newest first; item "" = all

typedef struct {
    Str item;
    int attempts, right;
    Str last_verdict;
    int64_t last_ms, best_ms; // best_ms: quickest right one; 0 = none
} StoreItem;
MUST_USE bool store_items(Store *s, Arena *a, StoreItem **out, size_t *count,
                          Error *err); // one row a drill ever tried

// Small settings: the dialect chosen last, completion on or off, theme.
MUST_USE bool store_set(Store *s, Str key, Str value, Error *err);
Str store_get(Store *s, Arena *a, Str key); // "" when unset

MUST_USE bool store_backup(Store *s, Str path,
                           Error *err); // sqlite3_backup into a temporary name, fsync, rename
MUST_USE bool store_check(Store *s, Error *err); // integrity_check in words
#endif
