// store: what is remembered. An append-only event log in SQLite, drafts, and tables folded from
// facts in events.
//
// journal_mode=TRUNCATE, synchronous=FULL; rotated backups by the backup API; migrations with a
// backup first; a newer or foreign file is refused untouched; a damaged one is set aside under a
// dated name, the newest good backup is taken, and what can still be read of the damaged one is
// added to it.
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/table.h"
#include "base/world.h"

typedef struct Store Store;
typedef struct {
    Str said;          // all of what follows in sentences for the user; "" = nothing to say
    Str set_aside;     // the damaged file was renamed to this; "" = none
    Str restored_from; // backup that was taken; "" = none (a fresh store, or all was well)
    int64_t salvaged;  // events read out of the damaged file that the backup did not have
    bool unclean;      // the last exit was not clean: the file was checked at this opening, and is
                       // whole unless set_aside says otherwise
} StoreOpening;
// Opens or makes data_dir/greenroom.db. Fails with path and reason, never touching a file it does
// not know. Several greenrooms may hold it at once. `w` must outlive the store. Once a day, after a
// clean exit, a backup goes to data_dir/backups (the newest STORE_BACKUPS stay).
enum { STORE_BACKUPS = 5 };
MUST_USE bool store_open(Arena *a, const World *w, Store **out, StoreOpening *how, Error *err);
void store_close(Store *s); // marks the exit clean; NULL is fine

// One event (contracts: the event log). `uid` makes appending twice harmless.
typedef struct {
    int64_t seq;             // given by the store
    Str uid;                 // "" = made by the store
    Str session;             // groups the events of one attempt
    int64_t utc_ms, mono_ms; // both 0 = now, by the world's clocks and zone
    int tz_min;
    Str kind;    // "start", "ask", "run", "submit", "verdict", "rate", "tick", "keep", "leave" …
    int version; // of the body's form
    Str item;    // drill id
    uint64_t item_hash;
    Str body; // JSON
} StoreEvent;
// Durable when it returns. Folds the event into its attempt; "keep" also ends the draft. Kinds that
// are not known here are kept and not folded.
MUST_USE bool store_append(Store *s, const StoreEvent *e, Error *err);
MUST_USE bool store_events(Store *s, Arena *a, Str session, StoreEvent **out, size_t *count,
                           Error *err); // oldest first; session "" = all

// The draft of an attempt: one overwritten row, and one edit delta an autosave (compacted when the
// draft ends). "leave" does not end it: whoever throws the text away says store_end_draft.
typedef struct {
    Str session, item;
    uint64_t item_hash;
    Str text;
    size_t cursor;    // byte offset
    int64_t spent_ms; // of the clock
    Str state;        // JSON of the session's resumable facts: beat, facts told, dialect …
    int64_t utc_ms;   // last saved; 0 = now
} StoreDraft;
MUST_USE bool store_save_draft(Store *s, const StoreDraft *d, Error *err);
MUST_USE bool store_open_draft(Store *s, Arena *a, StoreDraft *out, bool *found,
                               Error *err); // the newest unfinished one
MUST_USE bool store_draft_of(Store *s, Arena *a, Str item, StoreDraft *out, bool *found,
                             Error *err); // the newest unfinished one of this item
MUST_USE bool store_end_draft(Store *s, Str session, Error *err); // harmless when there is none

// One autosave's change, for replay: at byte `at`, `cut` bytes go and `put` comes. The first of a
// draft cuts STORE_CUT_ALL.
typedef struct {
    int64_t spent_ms;
    size_t at, cut;
    Str put;
} StoreEdit;
#define STORE_CUT_ALL SIZE_MAX
MUST_USE bool store_edits(Store *s, Arena *a, Str session, StoreEdit **out, size_t *count,
                          Error *err); // of an open or an ended draft, oldest first
Str store_play(Arena *a, const StoreEdit *edits, size_t count); // the text after so many edits

// An attempt, folded from its events.
typedef enum {
    ATTEMPT_OPEN,
    ATTEMPT_KEPT,
    ATTEMPT_LEFT, // abandoned: no verdict unless one was given before
    ATTEMPT_LAST = ATTEMPT_LEFT,
} AttemptEnd;
enum { ATTEMPT_COUNT_ = ATTEMPT_LAST + 1 };
typedef struct {
    Str session, item;
    uint64_t item_hash;
    AttemptEnd end;
    int64_t started_ms, ended_ms, spent_ms; // UTC; ended_ms 0 = open; spent of the clock
    int clock_seconds;
    Str verdict;    // "right", "wrong", "error", "limit", "self" for text kinds; "" = none
    Str beat;       // the last one begun; "" = none
    int ratings[5]; // by Axis order of rubric.h; 0 = not rated, 1-4
    int runs, submits, hints, asked;
    int ticks, ticked; // rubric items decided by hand, and those of them that were hit
} StoreAttempt;
MUST_USE bool store_attempts(Store *s, Arena *a, Str item, size_t limit, StoreAttempt **out,
                             size_t *count, Error *err); // newest first; item "" = all

typedef struct {
    Str item;
    int attempts, right; // kept or left ones, and those of them that were right
    Str last_verdict;    // of the newest one that has a verdict; "" = none yet
    int64_t last_ms;     // when the newest ended, or began if it is still open
    int64_t best_ms;     // spent on the quickest right one; 0 = none
} StoreItem;
MUST_USE bool store_items(Store *s, Arena *a, StoreItem **out, size_t *count,
                          Error *err); // one row a drill ever begun, by id

// Small settings: the dialect chosen last, completion on or off, theme.
MUST_USE bool store_set(Store *s, Str key, Str value, Error *err);
Str store_get(Store *s, Arena *a, Str key); // "" when unset

MUST_USE bool store_backup(Store *s, Str path,
                           Error *err); // sqlite3_backup into a temporary name, fsync, rename
MUST_USE bool store_check(Store *s, Error *err); // integrity_check in words
#endif
