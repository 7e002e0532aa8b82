// test_store: events, the fold, drafts and replays, settings, backups, opening and its refusals.
#include "base/file.h"
#include "base/path.h"
#include "base/rng.h"
#include "db/db.h"
#include "store/private.h"
#include "temp_dir.h"
#include <check.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };
static const int64_t NOON = INT64_C(1751284800000); // 2025-06-30 12:00:00 UTC

static Arena arena;
static World world;
static StoreOpening how;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    world = world_fake(NOON);
    world.data_dir = path_join(&arena, temp_dir_make(&arena), S("data/greenroom"));
}
static void teardown(void)
{
    temp_dir_remove(&arena, path_dir(path_dir(world.data_dir)));
    arena_free(&arena);
}

static void ok(bool did)
{
    ck_assert_msg(did, "%s", err.text);
}

static Store *opened(void)
{
    Store *s = NULL;
    ok(store_open(&arena, &world, &s, &how, &err));
    return s;
}

static Str in_dir(const char *name)
{
    return path_join(&arena, world.data_dir, str_from(name));
}

static Str bytes_of(Str file)
{
    Str out = {0};
    ok(file_read(&arena, file, 1 << 26, &out, &err));
    return out;
}

static void log_event(Store *s, const char *session, const char *kind, const char *body)
{
    world.fixed_ms += 1000;
    ok(store_append(s,
                    &(StoreEvent){.session = str_from(session),
                                  .kind = str_from(kind),
                                  .version = 1,
                                  .item = S("sql-core/tiered-dedup"),
                                  .item_hash = UINT64_C(0xFEDCBA9876543210),
                                  .body = str_from(body)},
                    &err));
}

static StoreAttempt only_attempt(Store *s)
{
    StoreAttempt *at;
    size_t n;
    ok(store_attempts(s, &arena, S("sql-core/tiered-dedup"), 10, &at, &n, &err));
    ck_assert_uint_eq(n, 1);
    return at[0];
}

static StoreItem only_item(Store *s)
{
    StoreItem *at;
    size_t n;
    ok(store_items(s, &arena, &at, &n, &err));
    ck_assert_uint_eq(n, 1);
    return at[0];
}

// --- Events ---

START_TEST(an_event_comes_back_as_it_was_logged)
{
    Store *s = opened();
    StoreEvent e = {.uid = S("u1"),
                    .session = S("s1"),
                    .utc_ms = -5,
                    .mono_ms = 7,
                    .tz_min = -330,
                    .kind = S("mystery"),
                    .version = 3,
                    .item = S("pack/slug"),
                    .item_hash = UINT64_MAX,
                    .body = S("{\"text\":\"SELECT 1 -- \xc3\xa4\"}")};
    StoreEvent *back;
    size_t n;
    ok(store_append(s, &e, &err));
    store_close(s);
    s = opened();
    ok(store_events(s, &arena, S("s1"), &back, &n, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert(str_eq(back[0].uid, e.uid) && str_eq(back[0].kind, e.kind));
    ck_assert(str_eq(back[0].item, e.item) && str_eq(back[0].body, e.body));
    ck_assert(back[0].utc_ms == -5 && back[0].mono_ms == 7 && back[0].tz_min == -330);
    ck_assert(back[0].version == 3 && back[0].item_hash == UINT64_MAX && back[0].seq == 1);
    StoreAttempt *none;
    ok(store_attempts(s, &arena, (Str){0}, 10, &none, &n, &err));
    ck_assert_uint_eq(n, 0); // an unknown kind is kept, and not folded
    store_close(s);
}
END_TEST

START_TEST(appending_the_same_uid_twice_is_harmless)
{
    Store *s = opened();
    for (int i = 0; i < 2; i++) {
        ok(store_append(s, &(StoreEvent){.uid = S("once"), .session = S("s"), .kind = S("hint")},
                        &err));
    }
    ck_assert_int_eq(only_item(s).attempts, 0);
    StoreAttempt *at;
    size_t n;
    ok(store_attempts(s, &arena, (Str){0}, 10, &at, &n, &err));
    ck_assert_int_eq(at[0].hints, 1);
    store_close(s);
}
END_TEST

START_TEST(events_without_uid_and_time_are_given_both)
{
    Store *s = opened();
    log_event(s, "s", "hint", "{}");
    log_event(s, "s", "hint", "{}");
    StoreEvent *at;
    size_t n;
    ok(store_events(s, &arena, (Str){0}, &at, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert(at[0].uid.len >= 16 && !str_eq(at[0].uid, at[1].uid));
    ck_assert_int_eq(at[0].utc_ms, NOON + 1000);
    store_close(s);
}
END_TEST

// --- The fold ---

START_TEST(a_whole_attempt_is_folded_from_its_events)
{
    Store *s = opened();
    log_event(s, "s", "start", "{\"clock_s\":900,\"dialect\":\"sqlite\"}");
    log_event(s, "s", "ask", "{\"text\":\"which copy?\",\"told\":[\"best\",\"ties\"]}");
    log_event(s, "s", "hint", "{\"n\":1}");
    log_event(s, "s", "beat", "{\"beat\":\"build\"}");
    log_event(s, "s", "run", "{\"ms\":3,\"rows\":10,\"error\":null}");
    log_event(s, "s", "run", "{\"ms\":3,\"rows\":0,\"error\":\"syntax\"}");
    log_event(s, "s", "submit", "{\"text\":\"SELECT 1\",\"dialect\":\"sqlite\"}");
    log_event(s, "s", "verdict", "{\"verdict\":\"wrong\",\"why\":\"rows differ\",\"ms\":40}");
    log_event(s, "s", "submit", "{\"text\":\"SELECT 2\",\"dialect\":\"sqlite\"}");
    log_event(s, "s", "verdict", "{\"verdict\":\"right\",\"why\":\"\",\"ms\":40}");
    log_event(s, "s", "tick", "{\"item\":\"late\",\"hit\":true}");
    log_event(s, "s", "tick", "{\"item\":\"skew\",\"hit\":true}");
    log_event(s, "s", "tick", "{\"item\":\"skew\",\"hit\":false}");
    log_event(s, "s", "rate", "{\"axis\":\"clarification\",\"value\":3}");
    log_event(s, "s", "rate", "{\"axis\":\"failure\",\"value\":9}");
    StoreAttempt t = only_attempt(s);
    ck_assert_int_eq(t.end, ATTEMPT_OPEN);
    ck_assert_int_eq(only_item(s).attempts, 0);
    log_event(s, "s", "keep",
              "{\"spent_ms\":640000,\"verdict\":\"right\",\"ratings\":{\"tradeoffs\":2}}");
    t = only_attempt(s);
    ck_assert(t.end == ATTEMPT_KEPT && t.clock_seconds == 900 && t.spent_ms == 640000);
    ck_assert(t.started_ms == NOON + 1000 && t.ended_ms == NOON + 16000);
    ck_assert(t.asked == 1 && t.hints == 1 && t.runs == 2 && t.submits == 2);
    ck_assert(t.ticks == 2 && t.ticked == 1);
    ck_assert(str_eq(t.verdict, S("right")) && str_eq(t.beat, S("build")));
    ck_assert_uint_eq(t.item_hash, UINT64_C(0xFEDCBA9876543210));
    const int ratings[] = {0, 3, 2, 4, 0};
    ck_assert_mem_eq(t.ratings, ratings, sizeof ratings);
    StoreItem i = only_item(s);
    ck_assert(i.attempts == 1 && i.right == 1 && i.best_ms == 640000 && i.last_ms == t.ended_ms);
    ck_assert(str_eq(i.last_verdict, S("right")));
    store_close(s);
}
END_TEST

START_TEST(the_best_time_is_that_of_the_quickest_right_attempt)
{
    Store *s = opened();
    static const struct {
        const char *session, *body;
    } ends[] = {{"a", "{\"spent_ms\":500,\"verdict\":\"right\"}"},
                {"b", "{\"spent_ms\":100,\"verdict\":\"wrong\"}"},
                {"c", "{\"spent_ms\":300,\"verdict\":\"right\"}"},
                {"d", "{\"spent_ms\":0,\"verdict\":\"right\"}"}};
    for (size_t i = 0; i < 4; i++) log_event(s, ends[i].session, "keep", ends[i].body);
    log_event(s, "e", "start", "{}");
    log_event(s, "e", "leave", "{\"spent_ms\":9}");
    StoreItem i = only_item(s);
    ck_assert_int_eq(i.attempts, 5);
    ck_assert_int_eq(i.right, 3);
    ck_assert_int_eq(i.best_ms, 300);
    ck_assert_str_eq(i.last_verdict.ptr, "right"); // leaving gave none
    StoreAttempt *at;
    size_t n;
    ok(store_attempts(s, &arena, (Str){0}, 2, &at, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert(str_eq(at[0].session, S("e")) && str_eq(at[1].session, S("d")));
    ck_assert(at[0].end == ATTEMPT_LEFT && at[0].verdict.len == 0 && at[0].spent_ms == 9);
    store_close(s);
}
END_TEST

static const char *const odd_bodies[] = {
    "",
    "{",
    "null",
    "[1,2]",
    "{\"spent_ms\":-5,\"clock_s\":-1,\"value\":-3,\"axis\":\"failure\"}",
    "{\"spent_ms\":1e300,\"clock_s\":1e300,\"verdict\":7,\"ratings\":[1],\"item\":{}}",
    "{\"spent_ms\":\"x\",\"clock_s\":[],\"verdict\":{},\"ratings\":{\"failure\":\"x\"}}",
    "{\"item\":\"x\",\"hit\":\"y\"}",
    "{\"beat\":12,\"axis\":true,\"item\":null,\"hit\":null}",
};

START_TEST(a_body_of_any_form_is_stored_and_never_breaks_the_fold)
{
    static const char *const kinds[] = {"start", "ask",  "hint", "run",  "submit", "verdict",
                                        "beat",  "tick", "rate", "keep", "leave",  "next-year"};
    Store *s = opened();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        log_event(s, "s", kinds[i], odd_bodies[_i]);
    }
    StoreAttempt t = only_attempt(s);
    ck_assert(t.spent_ms >= 0 && t.clock_seconds >= 0);
    for (size_t i = 0; i < 5; i++) ck_assert(t.ratings[i] >= 0 && t.ratings[i] <= 4);
    StoreEvent *at;
    size_t n;
    ok(store_events(s, &arena, S("s"), &at, &n, &err));
    ck_assert_uint_eq(n, sizeof kinds / sizeof *kinds);
    store_close(s);
}
END_TEST

static Str derived(Store *s)
{
    static const char *const sql[] = {"SELECT * FROM attempt ORDER BY 1",
                                      "SELECT * FROM tick ORDER BY 1, 2",
                                      "SELECT * FROM item ORDER BY 1"};
    Buf b = buf_new(&arena);
    Json j = json_new(&b);
    for (size_t i = 0; i < 3; i++) {
        Table t;
        ok(db_query(s->db, &arena, sql[i], DB_NO_ARGS, &t, &err));
        json_begin_object(&j);
        table_json(&j, &t);
        json_end_object(&j);
    }
    return buf_str(&b);
}

START_TEST(folding_all_events_again_gives_the_same_tables)
{
    static const char *const bodies[] = {
        "{\"clock_s\":60}",
        "{\"verdict\":\"right\",\"spent_ms\":77,\"ratings\":{\"failure\":2}}",
        "{\"verdict\":\"wrong\",\"item\":\"x\",\"hit\":true}",
        "{\"axis\":\"tradeoffs\",\"value\":4,\"beat\":\"frame\"}",
    };
    static const char *const kinds[] = {"start", "ask",  "hint", "run",  "submit", "verdict",
                                        "beat",  "tick", "rate", "keep", "leave",  "undo"};
    Store *s = opened();
    Rng r = {.seed = 7};
    for (int i = 0; i < 200; i++) {
        world.fixed_ms += (int64_t)rng_below(&r, 100000) - 30000; // the clock also goes back
        StoreEvent e = {.session = str_fmt(&arena, "s%d", (int)rng_below(&r, 12)),
                        .kind = str_from(kinds[rng_below(&r, 12)]),
                        .body = str_from(bodies[rng_below(&r, 4)])};
        e.item = str_fmt(&arena, "drill-%d", e.session.ptr[1] % 3);
        ok(store_append(s, &e, &err));
    }
    Str before = derived(s);
    ck_assert_uint_gt(before.len, 1000);
    ok(fold_rebuild(s->db, &err));
    ck_assert_str_eq(derived(s).ptr, before.ptr);
    store_close(s);
}
END_TEST

// --- Drafts ---

static StoreDraft draft_of(const char *session, Str text)
{
    return (StoreDraft){.session = str_from(session),
                        .item = S("pack/slug"),
                        .item_hash = 5,
                        .text = text,
                        .cursor = text.len,
                        .spent_ms = 1500,
                        .state = S("{\"beat\":\"build\"}")};
}

START_TEST(the_newest_unfinished_draft_is_offered_whatever_the_clock_says)
{
    Store *s = opened();
    StoreDraft d;
    bool found;
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(!found);
    StoreDraft a = draft_of("a", S("SELECT 1")), b = draft_of("b", S("SELECT 2"));
    ok(store_save_draft(s, &b, &err));
    ok(store_save_draft(s, &a, &err));
    world.fixed_ms -= 10 * DAY_MS;
    ok(store_save_draft(s, &b, &err));
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(found && str_eq(d.session, S("b")) && str_eq(d.text, b.text));
    ck_assert(d.cursor == b.text.len && d.spent_ms == 1500 && d.item_hash == 5);
    ck_assert(str_eq(d.state, b.state) && str_eq(d.item, b.item) && d.utc_ms == world.fixed_ms);
    ok(store_end_draft(s, S("b"), &err));
    ok(store_end_draft(s, S("b"), &err));
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(found && str_eq(d.session, S("a")));
    log_event(s, "a", "leave", "{}");
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(found); // leaving keeps the text
    log_event(s, "a", "keep", "{}");
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(!found);
    ok(store_save_draft(s, &a, &err)); // an autosave that came too late
    ok(store_open_draft(s, &arena, &d, &found, &err));
    ck_assert(!found);
    store_close(s);
}
END_TEST

static size_t changed_bytes(const StoreEdit *edits, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += edits[i].put.len;
    return sum;
}

START_TEST(edits_replay_every_saved_text_before_and_after_the_draft_ends)
{
    Str texts[] = {S(""),
                   S("SELECT \xc3\xa4"), // ä
                   S("SELECT \xc3\xb6"), // ö: shares a byte with ä
                   S("SELECT \xc3\xb6, b FROM t"),
                   S("SELECT b FROM t"),
                   S("SELECT b FROM t"), // nothing new
                   S("aSELECT b FROM ta"),
                   S("a\0b"),
                   S("aa\0b"),
                   S("")};
    enum { TEXTS = sizeof texts / sizeof *texts };
    Store *s = opened();
    StoreEdit *edits;
    size_t n, step[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        StoreDraft d = draft_of("s", texts[i]);
        ok(store_save_draft(s, &d, &err));
        ok(store_edits(s, &arena, S("s"), &edits, &step[i], &err));
    }
    for (int ended = 0; ended < 2; ended++) {
        ok(store_edits(s, &arena, S("s"), &edits, &n, &err));
        ck_assert_uint_eq(n, TEXTS - 1);
        for (size_t i = 0; i < TEXTS; i++) {
            Str played = store_play(&arena, edits, step[i]);
            ck_assert_msg(str_eq(played, texts[i]), "text %zu is '%s'", i, played.ptr);
        }
        ck_assert_uint_eq(changed_bytes(edits, 3), 9 + 2);
        ok(store_end_draft(s, S("s"), &err));
    }
    int64_t rows;
    ok(db_query_int(s->db, "SELECT count(*) FROM edit", DB_NO_ARGS, 1, &rows, &err));
    ck_assert_int_eq(rows, 0);
    store_close(s);
}
END_TEST

START_TEST(a_draft_begun_again_goes_on_behind_its_replay)
{
    Store *s = opened();
    StoreDraft d = draft_of("s", S("one"));
    ok(store_save_draft(s, &d, &err));
    ok(store_end_draft(s, S("s"), &err));
    d.text = S("two");
    ok(store_save_draft(s, &d, &err));
    ok(store_end_draft(s, S("s"), &err));
    StoreEdit *edits;
    size_t n;
    ok(store_edits(s, &arena, S("s"), &edits, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert(str_eq(store_play(&arena, edits, 1), S("one")));
    ck_assert(str_eq(store_play(&arena, edits, 2), S("two")));
    store_close(s);
}
END_TEST

START_TEST(random_edits_replay_to_the_same_text)
{
    static const char *const parts[] = {"a", "\xc3\xa4", "\xe2\x82\xac", "ab", "\n", "SELECT "};
    Store *s = opened();
    Rng r = {.seed = (uint64_t)_i + 1};
    Str text = {0};
    for (int i = 0; i < 40; i++) {
        // Parts are put at, and cut from, places between whole characters of a list of parts.
        size_t at = 0, end;
        while (at < text.len && rng_below(&r, 4)) {
            do {
                at++;
            } while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
        }
        end = at;
        while (end < text.len && rng_below(&r, 2)) {
            do {
                end++;
            } while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80);
        }
        text = str_fmt(&arena, STR_FMT "%s" STR_FMT, STR_ARG(str_slice(text, 0, at)),
                       parts[rng_below(&r, 6)], STR_ARG(str_slice(text, end, text.len)));
        StoreDraft d = draft_of("s", text);
        ok(store_save_draft(s, &d, &err));
    }
    StoreEdit *edits;
    size_t n;
    ok(store_edits(s, &arena, S("s"), &edits, &n, &err));
    ck_assert_str_eq(store_play(&arena, edits, n).ptr, text.ptr);
    for (size_t i = 0; i < n; i++) {
        ck_assert(edits[i].put.len == 0 || ((unsigned char)edits[i].put.ptr[0] & 0xC0) != 0x80);
    }
    store_close(s);
}
END_TEST

START_TEST(settings_are_kept_and_unset_ones_are_empty)
{
    Store *s = opened();
    ck_assert_uint_eq(store_get(s, &arena, S("dialect")).len, 0);
    ok(store_set(s, S("dialect"), S("trino"), &err));
    ok(store_set(s, S("dialect"), S("sqlite"), &err));
    store_close(s);
    s = opened();
    ck_assert_str_eq(store_get(s, &arena, S("dialect")).ptr, "sqlite");
    store_close(s);
}
END_TEST

// --- Opening ---

START_TEST(a_first_opening_makes_a_private_folder_and_says_nothing)
{
    Store *s = opened();
    struct stat st;
    ck_assert_int_eq(stat(world.data_dir.ptr, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0700);
    ck_assert(how.said.len == 0 && how.set_aside.len == 0 && !how.unclean);
    ok(store_check(s, &err));
    store_close(s);
    store_close(NULL);
    store_close(opened());
    ck_assert(!how.unclean && how.said.len == 0);
}
END_TEST

START_TEST(an_exit_without_closing_is_noticed_and_checked)
{
    Store *s = opened();
    log_event(s, "s", "start", "{}");
    store_close(s);
    ok(file_remove(in_dir("greenroom.clean"))); // what a killed process leaves
    s = opened();
    ck_assert(how.unclean && how.set_aside.len == 0);
    ck_assert_ptr_nonnull(strstr(how.said.ptr, "was checked and is whole"));
    store_close(s);
    store_close(opened());
    ck_assert(!how.unclean);
}
END_TEST

static const struct {
    const char *sql, *says;
} strangers[] = {
    {"PRAGMA user_version=99", "newer greenroom"},
    {"PRAGMA application_id=12345", "another program"},
    {"PRAGMA application_id=0; PRAGMA user_version=0", "another program"},
};

START_TEST(a_newer_or_foreign_store_is_refused_and_left_byte_for_byte)
{
    store_close(opened());
    Db *db;
    Store *s;
    Str path = in_dir("greenroom.db");
    ok(db_open(path, DB_WRITE, &db, &err));
    ok(db_exec(db, strangers[_i].sql, &err));
    db_close(db);
    Str before = bytes_of(path);
    ck_assert(!store_open(&arena, &world, &s, &how, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, strangers[_i].says) && strstr(err.text, path.ptr), "%s",
                  err.text);
    ck_assert(str_eq(before, bytes_of(path)));
}
END_TEST

static void make_file(void)
{
    ok(file_make_dirs(path_dir(world.data_dir), &err));
    ok(file_write_atomic(world.data_dir, S("a file"), &err));
}
static void make_loop(void)
{
    ok(file_make_dirs(path_dir(world.data_dir), &err));
    ck_assert_int_eq(symlink("greenroom", world.data_dir.ptr), 0);
}
static void make_below_file(void)
{
    make_file();
    world.data_dir = path_join(&arena, world.data_dir, S("below"));
}
static void make_store_a_folder(void)
{
    ok(file_make_dirs(in_dir("greenroom.db"), &err));
    ok(file_write_atomic(in_dir("greenroom.db/x"), S("x"), &err));
}
static void make_lock_a_folder(void)
{
    ok(file_make_dirs(in_dir("greenroom.lock"), &err));
}
static void make_no_home(void)
{
    world.data_dir = (Str){0};
}
static const struct {
    void (*make)(void);
    const char *says;
} places[] = {
    {make_file, "a file of that name is in the way"},
    {make_loop, "greenroom'"},
    {make_below_file, "greenroom"},
    {make_store_a_folder, "greenroom.db': it is a folder"},
    {make_lock_a_folder, "greenroom.lock': Is a directory"},
    {make_no_home, "empty"},
};

START_TEST(a_place_that_cannot_hold_a_store_is_named_with_the_reason)
{
    Str root = world.data_dir;
    Store *s = NULL;
    places[_i].make();
    ck_assert(!store_open(&arena, &world, &s, &how, &err));
    ck_assert_ptr_null(s);
    ck_assert_msg(strstr(err.text, places[_i].says), "%s", err.text);
    world.data_dir = root;
}
END_TEST

START_TEST(a_folder_that_may_not_be_written_is_named_with_the_reason)
{
    store_close(opened());
    ck_assert_int_eq(chmod(in_dir("greenroom.db").ptr, 0444), 0);
    ck_assert_int_eq(chmod(in_dir("greenroom.lock").ptr, 0666), 0);
    ck_assert_int_eq(chmod(world.data_dir.ptr, 0555), 0);
    ck_assert_int_eq(chmod(str_c(&arena, path_dir(world.data_dir)), 0755), 0);
    ck_assert_int_eq(chmod(str_c(&arena, path_dir(path_dir(world.data_dir))), 0755), 0);
    bool root = geteuid() == 0;
    if (root) ck_assert_int_eq(seteuid(65534), 0); // permissions do not bind the superuser
    Store *s = NULL;
    bool did = store_open(&arena, &world, &s, &how, &err);
    if (root) ck_assert_int_eq(seteuid(0), 0);
    ck_assert_int_eq(chmod(world.data_dir.ptr, 0755), 0);
    ck_assert(!did);
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, "greenroom.db' may be read but not written"), "%s", err.text);
}
END_TEST

// --- Backups ---

static size_t count_backups(void)
{
    StrList names;
    Error none;
    return file_list(&arena, in_dir("backups"), 100, &names, &none) ? names.len : 0;
}

START_TEST(a_backup_is_made_once_a_day_and_five_are_kept)
{
    Store *s = opened();
    store_close(s);
    store_close(opened());
    ck_assert_uint_eq(count_backups(), 0); // nothing to keep yet
    s = opened();
    log_event(s, "s", "start", "{}");
    store_close(s);
    for (int day = 0; day < 9; day++) {
        store_close(opened());
        ck_assert_uint_eq(how.said.len, 0);
        world.fixed_ms += HOUR_MS;
        store_close(opened());
        ck_assert_uint_eq(count_backups(), day < STORE_BACKUPS ? (size_t)day + 1 : STORE_BACKUPS);
        world.fixed_ms += DAY_MS;
    }
    StrList names;
    ok(file_list(&arena, in_dir("backups"), 100, &names, &err));
    ck_assert_str_eq(names.at[4].ptr, "greenroom-000009-2025-07-08-200001-v1.db");
}
END_TEST

START_TEST(a_clock_that_was_set_back_does_not_stop_backups)
{
    Store *s = opened();
    log_event(s, "s", "start", "{}");
    store_close(s);
    store_close(opened());
    world.fixed_ms -= 3650 * (int64_t)DAY_MS;
    store_close(opened());
    ck_assert_uint_eq(count_backups(), 2);
    store_close(opened());
    ck_assert_uint_eq(count_backups(), 2);
}
END_TEST

START_TEST(a_backup_that_cannot_be_made_is_said_and_stops_nothing)
{
    Store *s = opened();
    log_event(s, "s", "start", "{}");
    store_close(s);
    ok(file_write_atomic(in_dir("backups"), S("in the way"), &err));
    s = opened();
    ck_assert_msg(strstr(how.said.ptr, "backup could not be made: "), "%s", how.said.ptr);
    log_event(s, "s", "keep", "{}");
    store_close(s);
}
END_TEST

START_TEST(a_backup_by_hand_opens_as_a_store)
{
    Store *s = opened();
    log_event(s, "s", "start", "{}");
    Str copy = path_join(&arena, world.data_dir, S("copy/greenroom.db"));
    ck_assert(!store_backup(s, copy, &err)); // no such folder
    ok(file_make_dirs(path_dir(copy), &err));
    ok(store_backup(s, copy, &err));
    store_close(s);
    world.data_dir = path_dir(copy);
    s = opened();
    only_attempt(s);
    store_close(s);
    world.data_dir = path_dir(world.data_dir);
}
END_TEST

START_TEST(a_missing_store_comes_back_from_its_backup)
{
    Store *s = opened();
    log_event(s, "s", "start", "{}");
    store_close(s);
    store_close(opened());
    ok(file_remove(in_dir("greenroom.db")));
    s = opened();
    ck_assert_uint_gt(how.restored_from.len, 0);
    ck_assert_msg(strstr(how.said.ptr, "was missing"), "%s", how.said.ptr);
    only_attempt(s);
    store_close(s);
}
END_TEST

#define LOOP(t, test, table) tcase_add_loop_test(t, test, 0, (int)(sizeof table / sizeof *table))

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *t = tcase_create("store");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, an_event_comes_back_as_it_was_logged);
    tcase_add_test(t, appending_the_same_uid_twice_is_harmless);
    tcase_add_test(t, events_without_uid_and_time_are_given_both);
    tcase_add_test(t, a_whole_attempt_is_folded_from_its_events);
    tcase_add_test(t, the_best_time_is_that_of_the_quickest_right_attempt);
    LOOP(t, a_body_of_any_form_is_stored_and_never_breaks_the_fold, odd_bodies);
    tcase_add_test(t, folding_all_events_again_gives_the_same_tables);
    tcase_add_test(t, the_newest_unfinished_draft_is_offered_whatever_the_clock_says);
    tcase_add_test(t, edits_replay_every_saved_text_before_and_after_the_draft_ends);
    tcase_add_test(t, a_draft_begun_again_goes_on_behind_its_replay);
    tcase_add_loop_test(t, random_edits_replay_to_the_same_text, 0, 4);
    tcase_add_test(t, settings_are_kept_and_unset_ones_are_empty);
    tcase_add_test(t, a_first_opening_makes_a_private_folder_and_says_nothing);
    tcase_add_test(t, an_exit_without_closing_is_noticed_and_checked);
    LOOP(t, a_newer_or_foreign_store_is_refused_and_left_byte_for_byte, strangers);
    LOOP(t, a_place_that_cannot_hold_a_store_is_named_with_the_reason, places);
    tcase_add_test(t, a_folder_that_may_not_be_written_is_named_with_the_reason);
    tcase_add_test(t, a_backup_is_made_once_a_day_and_five_are_kept);
    tcase_add_test(t, a_clock_that_was_set_back_does_not_stop_backups);
    tcase_add_test(t, a_backup_that_cannot_be_made_is_said_and_stops_nothing);
    tcase_add_test(t, a_backup_by_hand_opens_as_a_store);
    tcase_add_test(t, a_missing_store_comes_back_from_its_backup);
    suite_add_tcase(suite, t);
    SRunner *r = srunner_create(suite);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
