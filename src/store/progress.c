// progress: attempts, drills and settings read back.
#include "base/check.h"
#include "store/private.h"
#include <limits.h>

static int small(const Value *v)
{
    return v->integer > INT_MAX ? INT_MAX : v->integer < INT_MIN ? INT_MIN : (int)v->integer;
}

#define ATTEMPT_COLUMNS                                                                            \
    "session, item, item_hash, ended, started_ms, ended_ms, spent_ms, clock_seconds, verdict, "    \
    "beat,"                                                                                        \
    " rate_correctness, rate_clarification, rate_tradeoffs, rate_failure, rate_communication,"     \
    " runs, submits, hints, asked,"                                                                \
    " (SELECT count(*) FROM tick WHERE tick.session = attempt.session),"                           \
    " (SELECT count(*) FROM tick WHERE tick.session = attempt.session AND hit)"

static StoreAttempt attempt_of(const Value *v)
{
    StoreAttempt t = {.session = v[0].text,
                      .item = v[1].text,
                      .item_hash = (uint64_t)v[2].integer,
                      .end = v[3].integer == ATTEMPT_KEPT   ? ATTEMPT_KEPT
                             : v[3].integer == ATTEMPT_LEFT ? ATTEMPT_LEFT
                                                            : ATTEMPT_OPEN,
                      .started_ms = v[4].integer,
                      .ended_ms = v[5].integer,
                      .spent_ms = v[6].integer,
                      .clock_seconds = small(&v[7]),
                      .verdict = v[8].text,
                      .beat = v[9].text,
                      .runs = small(&v[15]),
                      .submits = small(&v[16]),
                      .hints = small(&v[17]),
                      .asked = small(&v[18]),
                      .ticks = small(&v[19]),
                      .ticked = small(&v[20])};
    for (size_t i = 0; i < sizeof t.ratings / sizeof *t.ratings; i++) {
        t.ratings[i] = small(&v[10 + i]);
    }
    return t;
}

bool store_attempts(Store *s, Arena *a, Str item, size_t limit, StoreAttempt **out, size_t *count,
                    Error *err)
{
    Table t;
    const char *sql = item.len ? "SELECT " ATTEMPT_COLUMNS " FROM attempt WHERE item = ?2"
                                 " ORDER BY seq DESC LIMIT ?1"
                               : "SELECT " ATTEMPT_COLUMNS " FROM attempt"
                                 " ORDER BY seq DESC LIMIT ?1";
    Value most = VALUE_INT(limit > INT_MAX ? INT_MAX : (int64_t)limit);
    DbArgs args = item.len ? DB_ARGS(most, VALUE_STR(item)) : DB_ARGS(most);
    if (!db_query(s->db, a, sql, args, &t, err)) return store_told(s, false, err);
    *out = arena_array(a, StoreAttempt, t.rows);
    *count = t.rows;
    for (size_t i = 0; i < t.rows; i++) (*out)[i] = attempt_of(&t.cells[i * t.width]);
    return true;
}

bool store_items(Store *s, Arena *a, StoreItem **out, size_t *count, Error *err)
{
    Table t;
    if (!db_query(s->db, a,
                  "SELECT item, attempts, right, last_verdict, last_ms, best_ms FROM item"
                  " ORDER BY item",
                  DB_NO_ARGS, &t, err)) {
        return store_told(s, false, err);
    }
    *out = arena_array(a, StoreItem, t.rows);
    *count = t.rows;
    for (size_t i = 0; i < t.rows; i++) {
        const Value *v = &t.cells[i * t.width];
        (*out)[i] = (StoreItem){v[0].text, small(&v[1]), small(&v[2]),
                                v[3].text, v[4].integer, v[5].integer};
    }
    return true;
}

bool store_set(Store *s, Str key, Str value, Error *err)
{
    bool ok = db_run(s->db, "INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)",
                     DB_ARGS(VALUE_STR(key), VALUE_STR(value)), err);
    return store_told(s, ok, err);
}

Str store_get(Store *s, Arena *a, Str key)
{
    Table t;
    Error ignored; // a setting that cannot be read is one that was not made
    bool ok = db_query(s->db, a, "SELECT value FROM setting WHERE key = ?1",
                       DB_ARGS(VALUE_STR(key)), &t, &ignored);
    return ok && t.rows ? t.cells[0].text : (Str){0};
}
