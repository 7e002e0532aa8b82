// log: events in and out.
#include "store/private.h"

StoreEvent event_of(const Value *row)
{
    return (StoreEvent){.seq = row[0].integer,
                        .uid = row[1].text,
                        .session = row[2].text,
                        .utc_ms = row[3].integer,
                        .mono_ms = row[4].integer,
                        .tz_min = (int)row[5].integer,
                        .kind = row[6].text,
                        .version = (int)row[7].integer,
                        .item = row[8].text,
                        .item_hash = (uint64_t)row[9].integer,
                        .body = row[10].text};
}

// SQLite's random bytes, not the world's: a name that is unique also among stores that meet later.
static bool insert(Db *db, const StoreEvent *e, Error *err)
{
    return db_run(db,
                  "INSERT INTO event(uid, session, utc_ms, mono_ms, tz_min, kind, version, item,"
                  " item_hash, body) VALUES (coalesce(nullif(?1, ''), lower(hex(randomblob(16)))),"
                  " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(uid) DO NOTHING",
                  DB_ARGS(VALUE_STR(e->uid), VALUE_STR(e->session), VALUE_INT(e->utc_ms),
                          VALUE_INT(e->mono_ms), VALUE_INT(e->tz_min), VALUE_STR(e->kind),
                          VALUE_INT(e->version), VALUE_STR(e->item),
                          VALUE_INT((int64_t)e->item_hash), VALUE_STR(e->body)),
                  err);
}

static bool append(Store *s, StoreEvent *e, Error *err)
{
    if (!insert(s->db, e, err)) return false;
    if (db_changes(s->db) == 0) return true; // this uid is there already
    e->seq = db_last_id(s->db);
    if (!fold_event(&s->fold, e, err)) return false;
    return !str_eq(e->kind, S("keep")) || draft_end(s->db, e->session, err);
}

bool store_append(Store *s, const StoreEvent *e, Error *err)
{
    StoreEvent now = *e;
    const World *w = s->world;
    if (!e->utc_ms && !e->mono_ms) {
        now.utc_ms = w->wall_ms(w);
        now.mono_ms = w->mono_ms(w);
        now.tz_min = w->tz_min(w);
    }
    bool ok = db_begin(s->db, err) && db_end(s->db, append(s, &now, err), err);
    return store_told(s, ok, err);
}

bool store_events(Store *s, Arena *a, Str session, StoreEvent **out, size_t *count, Error *err)
{
    Table t;
    const char *sql = session.len ? "SELECT " EVENT_COLUMNS
                                    " FROM event WHERE session = ?1 ORDER BY seq"
                                  : "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq";
    DbArgs args = session.len ? DB_ARGS(VALUE_STR(session)) : DB_NO_ARGS;
    if (!db_query(s->db, a, sql, args, &t, err)) return store_told(s, false, err);
    *out = arena_array(a, StoreEvent, t.rows);
    *count = t.rows;
    for (size_t i = 0; i < t.rows; i++) (*out)[i] = event_of(&t.cells[i * t.width]);
    return true;
}
