// schema: the tables of the store, version by version. A step that was released never changes.
//
// event is the truth and only grows; attempt, tick and item are folded from it and may be made
// again at any time. edit holds the changes of open drafts, replay those of ended ones in one
// piece.
#include "store/private.h"
#include <assert.h>

static const char version_1[] =
    "CREATE TABLE event("
    " seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, session TEXT NOT NULL,"
    " utc_ms INTEGER NOT NULL, mono_ms INTEGER NOT NULL, tz_min INTEGER NOT NULL,"
    " kind TEXT NOT NULL, version INTEGER NOT NULL,"
    " item TEXT NOT NULL, item_hash INTEGER NOT NULL, body TEXT NOT NULL) STRICT;"
    "CREATE INDEX event_session ON event(session);"
    "CREATE TABLE draft("
    " saved INTEGER PRIMARY KEY, session TEXT NOT NULL UNIQUE, item TEXT NOT NULL,"
    " item_hash INTEGER NOT NULL, text TEXT NOT NULL, cursor INTEGER NOT NULL,"
    " spent_ms INTEGER NOT NULL, state TEXT NOT NULL, utc_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE edit("
    " id INTEGER PRIMARY KEY, session TEXT NOT NULL, n INTEGER NOT NULL,"
    " spent_ms INTEGER NOT NULL, at INTEGER NOT NULL, cut INTEGER NOT NULL, put TEXT NOT NULL,"
    " UNIQUE(session, n)) STRICT;"
    "CREATE TABLE replay("
    " id INTEGER PRIMARY KEY, session TEXT NOT NULL UNIQUE, edits BLOB NOT NULL) STRICT;"
    "CREATE TABLE setting("
    " id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE attempt("
    " seq INTEGER PRIMARY KEY, session TEXT NOT NULL UNIQUE, item TEXT NOT NULL,"
    " item_hash INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0,"
    " started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL DEFAULT 0,"
    " spent_ms INTEGER NOT NULL DEFAULT 0, clock_seconds INTEGER NOT NULL DEFAULT 0,"
    " verdict TEXT NOT NULL DEFAULT '', beat TEXT NOT NULL DEFAULT '',"
    " rate_correctness INTEGER NOT NULL DEFAULT 0, rate_clarification INTEGER NOT NULL DEFAULT 0,"
    " rate_tradeoffs INTEGER NOT NULL DEFAULT 0, rate_failure INTEGER NOT NULL DEFAULT 0,"
    " rate_communication INTEGER NOT NULL DEFAULT 0,"
    " runs INTEGER NOT NULL DEFAULT 0, submits INTEGER NOT NULL DEFAULT 0,"
    " hints INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX attempt_item ON attempt(item);"
    "CREATE TABLE tick("
    " session TEXT NOT NULL, id TEXT NOT NULL, hit INTEGER NOT NULL,"
    " PRIMARY KEY(session, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE item("
    " item TEXT PRIMARY KEY, attempts INTEGER NOT NULL, right INTEGER NOT NULL,"
    " last_verdict TEXT NOT NULL, last_ms INTEGER NOT NULL, best_ms INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;";

static const DbStep steps[] = {{.sql = version_1}};

enum { APPLICATION_ID = 0x47524E52 }; // "GRNR"

const DbSchema store_schema = {
    .application_id = APPLICATION_ID, .steps = steps, .version = sizeof steps / sizeof *steps};
