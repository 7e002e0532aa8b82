// private: what the files of store share: the handle, the gate, backups, the fold.
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H
#include "db/db.h"
#include "store/store.h"

// The lock file. An opener that is alone may repair and migrate; then it lets others in.
typedef struct {
    int fd; // -1 = closed
    bool alone;
} Gate;
MUST_USE bool gate_enter(Gate *g, Str path, Error *err); // shared with others, or alone
void gate_share(Gate *g);                                // lets others in
bool gate_last(Gate *g);                                 // has everybody else left?
void gate_leave(Gate *g);

// The mark of a clean exit: a small file that tells length and time of the store as it was left.
bool mark_matches(Str mark, Str db);
void mark_write(Str mark, Str db); // a mark that cannot be written only costs a check

// The fold: facts in events into the tables attempt, tick and item. Statements are prepared once.
enum { FOLD_KINDS = 11 };
typedef struct {
    Db *db;
    DbStmt open, item, kinds[FOLD_KINDS];
} Fold; // zero value with `db` set = nothing prepared
void fold_close(Fold *f);
MUST_USE bool fold_event(Fold *f, const StoreEvent *e, Error *err); // in the event's transaction
MUST_USE bool fold_rebuild(Db *db, Error *err); // all derived tables again, from all events

// A row of `event` in the order of EVENT_COLUMNS.
#define EVENT_COLUMNS                                                                              \
    "seq, uid, session, utc_ms, mono_ms, tz_min, kind, version, item, item_hash, body"
StoreEvent event_of(const Value *row);
enum { EVENT_WIDTH = 11 };

struct Store {
    Arena arena; // holds this struct and its paths
    const World *world;
    Str dir, path, mark, backups; // data_dir, the file, its mark, the folder of backups
    Gate gate;
    Db *db;
    Fold fold;
};

extern const DbSchema store_schema;

bool store_told(Store *s, bool ok, Error *err); // ok; else says what to do about a damaged file
MUST_USE bool draft_end(Db *db, Str session, Error *err); // in a transaction

// Backups in s->backups: greenroom-NNNNNN-DATE-vV.db, numbered, so that clocks do not order them.
typedef struct {
    Str path;
    int number;
    int64_t made_ms; // by its name; 0 = unreadable
    bool daily;      // false: made before a migration, and never rotated away
} Backup;
typedef struct {
    Backup *at; // newest first
    size_t len;
} Backups;
Backups backups_list(Arena *a, const Store *s); // none when the folder cannot be read
Str backup_name(Arena *a, const Store *s, int version, int migrates_to); // of the next; 0 = daily
MUST_USE bool backup_daily(Store *s, Error *err);                        // when one is due
Str stamp(Arena *a, int64_t ms);                                         // 2025-06-30-120000

// Builds a whole store from the newest good backup and what can be read of s->path, and puts it
// there; the old file is kept under a dated name.
MUST_USE bool repair(Store *s, Arena *a, StoreOpening *how, Error *err);
// Copies what can be read of the damaged file into `to`, which is current; counts the new events.
MUST_USE bool salvage(Db *to, Str damaged, int64_t *events, Error *err);
#endif
