// draft: the text of an open attempt as it is typed, and the way it came about.
//
// A save overwrites one row and adds the difference to the text before: what lies between the
// longest common beginning and the longest common end. When the draft ends, its edits become one
// row of `replay`; a draft that begins again under the same session goes on behind them.
#include "base/vec.h"
#include "store/private.h"
#include <string.h>

typedef VEC(StoreEdit) EditVec;

static const uint32_t CUT_ALL_ON_WIRE = UINT32_MAX;

static bool inside_character(Str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

// Whole characters only, so that every text in between is one that could have been typed.
static StoreEdit difference(Str old, Str new)
{
    size_t least = old.len < new.len ? old.len : new.len;
    size_t head = 0, tail = 0;
    while (head < least && old.ptr[head] == new.ptr[head]) head++;
    while (head > 0 && (inside_character(old, head) || inside_character(new, head))) head--;
    while (tail < least - head && old.ptr[old.len - 1 - tail] == new.ptr[new.len - 1 - tail])
        tail++;
    while (tail > 0 && inside_character(old, old.len - tail)) tail--;
    return (StoreEdit){
        .at = head, .cut = old.len - head - tail, .put = str_slice(new, head, new.len - tail)};
}

static bool add_edit(Db *db, Str session, const StoreEdit *e, Error *err)
{
    int64_t cut = e->cut == STORE_CUT_ALL ? -1 : (int64_t)e->cut;
    return db_run(db,
                  "INSERT INTO edit(session, n, spent_ms, at, cut, put) VALUES (?1,"
                  " (SELECT coalesce(max(n), 0) + 1 FROM edit WHERE session = ?1), ?2, ?3, ?4, ?5)",
                  DB_ARGS(VALUE_STR(session), VALUE_INT(e->spent_ms), VALUE_INT((int64_t)e->at),
                          VALUE_INT(cut), VALUE_STR(e->put)),
                  err);
}

static bool put_draft(Db *db, const StoreDraft *d, int64_t utc_ms, Error *err)
{
    // REPLACE gives the row a new, greatest `saved`: the newest draft is told without a clock.
    return db_run(db,
                  "INSERT OR REPLACE INTO draft(session, item, item_hash, text, cursor, spent_ms,"
                  " state, utc_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  DB_ARGS(VALUE_STR(d->session), VALUE_STR(d->item),
                          VALUE_INT((int64_t)d->item_hash), VALUE_STR(d->text),
                          VALUE_INT((int64_t)d->cursor), VALUE_INT(d->spent_ms),
                          VALUE_STR(d->state), VALUE_INT(utc_ms)),
                  err);
}

static bool save(Store *s, const StoreDraft *d, Arena *scratch, Error *err)
{
    Table old;
    if (!db_query(s->db, scratch, "SELECT text FROM draft WHERE session = ?1",
                  DB_ARGS(VALUE_STR(d->session)), &old, err)) {
        return false;
    }
    StoreEdit e = {.cut = STORE_CUT_ALL, .put = d->text};
    if (old.rows) e = difference(old.cells[0].text, d->text);
    e.spent_ms = d->spent_ms;
    if ((e.cut || e.put.len) && !add_edit(s->db, d->session, &e, err)) return false;
    return put_draft(s->db, d, d->utc_ms ? d->utc_ms : s->world->wall_ms(s->world), err);
}

bool store_save_draft(Store *s, const StoreDraft *d, Error *err)
{
    Arena scratch = {0};
    bool ok = db_begin(s->db, err) && db_end(s->db, save(s, d, &scratch, err), err);
    arena_free(&scratch);
    return store_told(s, ok, err);
}

bool store_draft_of(Store *s, Arena *a, Str item, StoreDraft *out, bool *found, Error *err)
{
    Table t;
    if (!db_query(s->db, a,
                  "SELECT session, item, item_hash, text, cursor, spent_ms, state, utc_ms"
                  " FROM draft WHERE (?1 = '' OR item = ?1) AND NOT EXISTS (SELECT 1 FROM attempt"
                  " WHERE attempt.session = draft.session AND ended = 1)"
                  " ORDER BY saved DESC LIMIT 1",
                  DB_ARGS(VALUE_STR(item)), &t, err)) {
        return store_told(s, false, err);
    }
    *found = t.rows > 0;
    if (!*found) return true;
    const Value *v = t.cells;
    size_t cursor = (size_t)v[4].integer;
    *out = (StoreDraft){.session = v[0].text,
                        .item = v[1].text,
                        .item_hash = (uint64_t)v[2].integer,
                        .text = v[3].text,
                        .cursor = cursor > v[3].text.len ? v[3].text.len : cursor,
                        .spent_ms = v[5].integer,
                        .state = v[6].text,
                        .utc_ms = v[7].integer};
    return true;
}

bool store_open_draft(Store *s, Arena *a, StoreDraft *out, bool *found, Error *err)
{
    return store_draft_of(s, a, S(""), out, found, err);
}

// --- Edits ---

static void pack(Buf *b, const StoreEdit *e)
{
    wire_i64(b, e->spent_ms);
    wire_u32(b, (uint32_t)e->at);
    wire_u32(b, e->cut == STORE_CUT_ALL ? CUT_ALL_ON_WIRE : (uint32_t)e->cut);
    wire_str(b, e->put);
}

static bool unpack(Arena *a, Str bytes, EditVec *out)
{
    Wire w = wire_open(bytes);
    while (w.rest.len && !w.bad) {
        StoreEdit e = {.spent_ms = wire_get_i64(&w), .at = wire_get_u32(&w)};
        uint32_t cut = wire_get_u32(&w);
        e.cut = cut == CUT_ALL_ON_WIRE ? STORE_CUT_ALL : cut;
        e.put = wire_get_str(&w);
        if (!w.bad) *vec_push(a, out) = e;
    }
    return wire_done(&w);
}

static bool ended_edits(Db *db, Arena *a, Str session, Str *bytes, Error *err)
{
    Table t;
    if (!db_query(db, a, "SELECT edits FROM replay WHERE session = ?1", DB_ARGS(VALUE_STR(session)),
                  &t, err)) {
        return false;
    }
    *bytes = t.rows ? t.cells[0].text : (Str){0};
    return true;
}

static bool open_edits(Db *db, Arena *a, Str session, EditVec *out, Error *err)
{
    Table t;
    if (!db_query(db, a, "SELECT spent_ms, at, cut, put FROM edit WHERE session = ?1 ORDER BY n",
                  DB_ARGS(VALUE_STR(session)), &t, err)) {
        return false;
    }
    for (size_t i = 0; i < t.rows; i++) {
        const Value *v = &t.cells[i * t.width];
        *vec_push(a, out) =
            (StoreEdit){.spent_ms = v[0].integer,
                        .at = (size_t)v[1].integer,
                        .cut = v[2].integer < 0 ? STORE_CUT_ALL : (size_t)v[2].integer,
                        .put = v[3].text};
    }
    return true;
}

bool store_edits(Store *s, Arena *a, Str session, StoreEdit **out, size_t *count, Error *err)
{
    EditVec edits = {0};
    Str ended;
    if (!ended_edits(s->db, a, session, &ended, err)) return store_told(s, false, err);
    if (!unpack(a, ended, &edits)) {
        return error_set(err, ERROR_INPUT, "the replay of this attempt is damaged");
    }
    if (!open_edits(s->db, a, session, &edits, err)) return store_told(s, false, err);
    *out = edits.at;
    *count = edits.len;
    return true;
}

Str store_play(Arena *a, const StoreEdit *edits, size_t count)
{
    size_t most = 1;
    for (size_t i = 0; i < count; i++) most += edits[i].put.len;
    char *text = arena_array(a, char, most);
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        Str put = edits[i].put;
        size_t at = edits[i].at < len ? edits[i].at : len;
        size_t cut = edits[i].cut < len - at ? edits[i].cut : len - at;
        memmove(text + at + put.len, text + at + cut, len - at - cut);
        if (put.len) memcpy(text + at, put.ptr, put.len);
        len = len - cut + put.len;
    }
    text[len] = '\0';
    return (Str){text, len};
}

// --- The end of a draft ---

static bool compact(Db *db, Arena *scratch, Str session, Error *err)
{
    Str ended;
    EditVec edits = {0};
    if (!ended_edits(db, scratch, session, &ended, err) ||
        !open_edits(db, scratch, session, &edits, err)) {
        return false;
    }
    if (edits.len == 0) return true;
    Buf b = buf_new(scratch);
    buf_add(&b, ended);
    for (size_t i = 0; i < edits.len; i++) pack(&b, &edits.at[i]);
    Value packed = {.kind = VALUE_BLOB, .text = buf_str(&b)};
    return db_run(db, "INSERT OR REPLACE INTO replay(session, edits) VALUES (?1, ?2)",
                  DB_ARGS(VALUE_STR(session), packed), err);
}

bool draft_end(Db *db, Str session, Error *err)
{
    Arena scratch = {0};
    DbArgs args = DB_ARGS(VALUE_STR(session));
    bool ok = compact(db, &scratch, session, err) &&
              db_run(db, "DELETE FROM edit WHERE session = ?1", args, err) &&
              db_run(db, "DELETE FROM draft WHERE session = ?1", args, err);
    arena_free(&scratch);
    return ok;
}

bool store_end_draft(Store *s, Str session, Error *err)
{
    bool ok = db_begin(s->db, err) && db_end(s->db, draft_end(s->db, session, err), err);
    return store_told(s, ok, err);
}
