// fold: facts in events become the tables attempt, tick and item.
//
// One row a kind of event: an SQL statement that sees ?1 session, ?2 body, ?3 utc_ms, ?4 item,
// ?5 item_hash, ?6 seq. The same statements run when an event is appended and when all is made
// again, so both give the same tables. A body that is no JSON counts as one without facts.
#include "base/check.h"
#include "store/private.h"
#include <assert.h>

#define FACT(name) "(CASE WHEN json_valid(?2) THEN ?2->>'$." name "' END)"
#define COUNTED(column) "UPDATE attempt SET " column " = " column " + 1 WHERE session = ?1"
#define WHOLE(x) "max(0, CAST(" x " AS INTEGER))" // NULL stays NULL
#define RATING(x) "min(4, " WHOLE(x) ")"
// In the order of rubric.h's Axis; `X` makes the assignment of one axis.
#define AXES(X)                                                                                    \
    X("correctness")                                                                               \
    ", " X("clarification") ", " X("tradeoffs") ", " X("failure") ", " X("communication")
#define RATED(axis)                                                                                \
    "rate_" axis " = CASE WHEN " FACT("axis") " = '" axis "' THEN coalesce(" RATING(               \
        FACT("value")) ", 0) ELSE rate_" axis " END"
#define KEPT(axis) "rate_" axis " = coalesce(" RATING(FACT("ratings." axis)) ", rate_" axis ")"
// Taking the greatest lets a "leave" without figures stand behind a "keep" with them.
#define ENDED(how)                                                                                 \
    "ended = " how ", ended_ms = ?3, spent_ms = max(spent_ms, coalesce(" WHOLE(                    \
        FACT("spent_ms")) ", 0)), verdict = coalesce(" FACT("verdict") ", verdict)"

static const struct {
    Str kind;
    const char *sql;
    bool tells_item; // the drill's own row may change
} kinds[] = {
    {STR_LIT("start"),
     "UPDATE attempt SET clock_seconds = coalesce(" WHOLE(
         FACT("clock_s")) ", 0) WHERE session = ?1",
     true},
    {STR_LIT("ask"), COUNTED("asked"), false},
    {STR_LIT("hint"), COUNTED("hints"), false},
    {STR_LIT("run"), COUNTED("runs"), false},
    {STR_LIT("submit"), COUNTED("submits"), false},
    {STR_LIT("verdict"),
     "UPDATE attempt SET verdict = coalesce(" FACT("verdict") ", verdict) WHERE session = ?1",
     true},
    {STR_LIT("beat"),
     "UPDATE attempt SET beat = coalesce(" FACT("beat") ", beat) WHERE session = ?1", false},
    {STR_LIT("tick"),
     "INSERT OR REPLACE INTO tick(session, id, hit) SELECT ?1, " FACT("item") ", coalesce(" FACT(
         "hit") " <> 0, 0) WHERE " FACT("item") " IS NOT NULL",
     false},
    {STR_LIT("rate"), "UPDATE attempt SET " AXES(RATED) " WHERE session = ?1", false},
    {STR_LIT("keep"), "UPDATE attempt SET " ENDED("1") ", " AXES(KEPT) " WHERE session = ?1", true},
    {STR_LIT("leave"), "UPDATE attempt SET " ENDED("2") " WHERE session = ?1", true},
};
static_assert(sizeof kinds / sizeof *kinds == FOLD_KINDS, "one prepared statement a kind");
static_assert(ATTEMPT_KEPT == 1 && ATTEMPT_LEFT == 2, "as the rows above say");

// Whatever comes first opens the attempt: after a salvage "start" itself may be lost.
static const char open_sql[] =
    "INSERT INTO attempt(seq, session, item, item_hash, started_ms) VALUES (?6, ?1, ?4, ?5, ?3)"
    " ON CONFLICT(session) DO NOTHING";

// ?1: one drill's row, from all its attempts.
static const char item_sql[] =
    "INSERT OR REPLACE INTO item(item, attempts, right, last_verdict, last_ms, best_ms)"
    " SELECT ?1, count(*) FILTER (WHERE ended), count(*) FILTER (WHERE ended AND verdict = "
    "'right'),"
    " coalesce((SELECT verdict FROM attempt WHERE item = ?1 AND ended AND verdict <> ''"
    "  ORDER BY seq DESC LIMIT 1), ''),"
    " (SELECT CASE WHEN ended THEN ended_ms ELSE started_ms END FROM attempt WHERE item = ?1"
    "  ORDER BY seq DESC LIMIT 1),"
    " coalesce(min(spent_ms) FILTER (WHERE ended AND verdict = 'right' AND spent_ms > 0), 0)"
    " FROM attempt WHERE item = ?1 HAVING count(*) > 0";

// Runs a statement that is kept prepared in *s.
static bool run_kept(Db *db, DbStmt *s, const char *sql, DbArgs args, Error *err)
{
    if (!s->handle && !db_prepare(db, sql, s, err)) return false;
    for (size_t i = 0; i < args.len && (int)i < db_params(s); i++) {
        db_bind(s, (int)i + 1, &args.at[i]);
    }
    bool row = true, ok = true;
    while (ok && row) ok = db_step(s, &row, err);
    db_reset(s);
    return ok;
}

static size_t kind_of(Str name)
{
    size_t i = 0;
    while (i < FOLD_KINDS && !str_eq(kinds[i].kind, name)) i++;
    return i;
}

static bool fold_item(Fold *f, Str item, Error *err)
{
    return run_kept(f->db, &f->item, item_sql, DB_ARGS(VALUE_STR(item)), err);
}

// *opened: this was the attempt's first event.
static bool fold_facts(Fold *f, const StoreEvent *e, size_t kind, bool *opened, Error *err)
{
    const Value facts[] = {VALUE_STR(e->session),
                           VALUE_STR(e->body),
                           VALUE_INT(e->utc_ms),
                           VALUE_STR(e->item),
                           VALUE_INT((int64_t)e->item_hash),
                           VALUE_INT(e->seq)};
    DbArgs args = {facts, sizeof facts / sizeof *facts};
    if (!run_kept(f->db, &f->open, open_sql, args, err)) return false;
    *opened = db_changes(f->db) > 0;
    return run_kept(f->db, &f->kinds[kind], kinds[kind].sql, args, err);
}

bool fold_event(Fold *f, const StoreEvent *e, Error *err)
{
    size_t kind = kind_of(e->kind);
    bool opened;
    if (kind == FOLD_KINDS || e->session.len == 0) return true;
    if (!fold_facts(f, e, kind, &opened, err)) return false;
    return !(opened || kinds[kind].tells_item) || fold_item(f, e->item, err);
}

void fold_close(Fold *f)
{
    db_finish(&f->open);
    db_finish(&f->item);
    for (size_t i = 0; i < FOLD_KINDS; i++) db_finish(&f->kinds[i]);
}

static bool fold_all_events(Fold *f, Error *err)
{
    DbStmt s;
    if (!db_prepare(f->db, "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq", &s, err))
        return false;
    bool row, ok;
    while ((ok = db_step(&s, &row, err)) && row) {
        Value cells[EVENT_WIDTH];
        for (int i = 0; i < EVENT_WIDTH; i++) cells[i] = db_value(&s, i);
        StoreEvent e = event_of(cells);
        size_t kind = kind_of(e.kind);
        bool opened;
        ok = kind == FOLD_KINDS || e.session.len == 0 || fold_facts(f, &e, kind, &opened, err);
        if (!ok) break;
    }
    db_finish(&s);
    return ok;
}

static bool fold_all_items(Fold *f, Error *err)
{
    Arena scratch = {0};
    Table items;
    bool ok =
        db_query(f->db, &scratch, "SELECT DISTINCT item FROM attempt", DB_NO_ARGS, &items, err);
    for (size_t i = 0; ok && i < items.rows; i++) ok = fold_item(f, items.cells[i].text, err);
    arena_free(&scratch);
    return ok;
}

bool fold_rebuild(Db *db, Error *err)
{
    Fold f = {.db = db};
    bool ok = db_exec(db, "DELETE FROM attempt; DELETE FROM tick; DELETE FROM item;", err) &&
              fold_all_events(&f, err) && fold_all_items(&f, err);
    fold_close(&f);
    return ok;
}
