// test_store_faults: the store under kill -9, full disks, damaged files and several processes.
#define _DEFAULT_SOURCE // MAP_ANONYMOUS
#include "base/file.h"
#include "base/path.h"
#include "base/rng.h"
#include "db/db.h"
#include "storage_faults.h"
#include "store/private.h"
#include "temp_dir.h"
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DAY_MS = 24 * 3600 * 1000, PAGE = 4096 };
static const int64_t NOON = INT64_C(1751284800000); // 2025-06-30 12:00:00 UTC

static Arena arena;
static World world;
static StoreOpening how;
static Error err;

// What a child has been promised, in memory that outlives it.
static volatile struct {
    int events, drafts;
} * acked;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    world = world_fake(NOON);
    world.data_dir = temp_dir_make(&arena);
    acked = mmap(NULL, sizeof *acked, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne((const void *)(uintptr_t)acked, MAP_FAILED);
}
static void teardown(void)
{
    temp_dir_remove(&arena, world.data_dir);
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

static void put_bytes(Str file, Str bytes)
{
    ok(file_write_atomic(file, bytes, &err));
}

static bool append(Store *s, const char *session, int i, Error *e)
{
    return store_append(s,
                        &(StoreEvent){.uid = str_fmt(&arena, "%s-%d", session, i),
                                      .session = str_from(session),
                                      .kind = i ? S("hint") : S("start"),
                                      .item = S("pack/slug"),
                                      .body = S("{\"clock_s\":900,\"n\":1}")},
                        e);
}

static bool save(Store *s, const char *session, int i, Error *e)
{
    return store_save_draft(s,
                            &(StoreDraft){.session = str_from(session),
                                          .item = S("pack/slug"),
                                          .text = str_fmt(&arena, "SELECT %d", i),
                                          .spent_ms = i},
                            e);
}

static int count_events(Store *s, const char *session)
{
    StoreEvent *at;
    size_t n;
    ok(store_events(s, &arena, str_from(session), &at, &n, &err));
    for (size_t i = 0; i < n && *session; i++) {
        ck_assert_str_eq(at[i].uid.ptr, str_fmt(&arena, "%s-%d", session, (int)i).ptr);
    }
    return (int)n;
}

// The number of the newest save; -1 = no draft.
static int saved_draft(Store *s)
{
    StoreDraft d;
    bool found;
    ok(store_open_draft(s, &arena, &d, &found, &err));
    return found ? (int)d.spent_ms : -1;
}

// What is there must fold, again, to what was folded.
static void check_whole(Store *s)
{
    Table before, after;
    static const char sql[] = "SELECT session, hints, runs FROM attempt ORDER BY session";
    ok(store_check(s, &err));
    ok(db_query(s->db, &arena, sql, DB_NO_ARGS, &before, &err));
    ok(fold_rebuild(s->db, &err));
    ok(db_query(s->db, &arena, sql, DB_NO_ARGS, &after, &err));
    ck_assert_uint_eq(before.rows, after.rows);
    for (size_t i = 0; i < before.rows * before.width; i++) {
        ck_assert(value_same(&before.cells[i], &after.cells[i]));
    }
}

static int wait_for(pid_t child)
{
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

// --- kill -9 ---

// Appends and saves until it is killed, telling what was acknowledged.
_Noreturn static void write_for_ever(const char *session)
{
    Store *s = NULL;
    Error e;
    if (!store_open(&arena, &world, &s, &how, &e)) _exit(1);
    for (int i = 0;; i++) {
        if (!append(s, session, i, &e)) _exit(2);
        acked->events = i + 1;
        if (!save(s, session, i, &e)) _exit(3);
        acked->drafts = i + 1;
    }
}

START_TEST(nothing_acknowledged_is_lost_when_killed_at_any_moment)
{
    Rng r = {.seed = 20250630};
    for (int round = 0; round < 30; round++) {
        Str session = str_fmt(&arena, "r%d", round);
        int until = (int)rng_below(&r, 12);
        acked->events = acked->drafts = 0;
        pid_t child = fork();
        if (child == 0) write_for_ever(session.ptr);
        while (acked->events < until && waitpid(child, NULL, WNOHANG) == 0) {
        }
        for (uint64_t spin = rng_below(&r, 200000); spin > 0; spin--) (void)acked->events;
        kill(child, SIGKILL);
        int status = wait_for(child);
        ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        Store *s = opened();
        ck_assert_uint_eq(how.set_aside.len, 0);
        ck_assert_int_ge(count_events(s, session.ptr), acked->events);
        ck_assert_int_ge(saved_draft(s), acked->drafts - 1);
        ok(store_end_draft(s, session, &err));
        if (round % 10 == 9) check_whole(s);
        store_close(s);
    }
}
END_TEST

// --- Faults at every call ---

static void make_small(void)
{
    Store *s = opened();
    for (int i = 0; i < 3; i++) ok(append(s, "old", i, &err));
    store_close(s);
}

static void make_nothing(void) {}

static void make_backup_due(void)
{
    make_small();
    store_close(opened());
    world.fixed_ms += 2 * (int64_t)DAY_MS;
}

static void make_damaged(void)
{
    make_backup_due();
    world.fixed_ms -= DAY_MS; // none is due
    Str bytes = bytes_of(in_dir("greenroom.db"));
    put_bytes(in_dir("greenroom.db"), str_slice(bytes, 0, bytes.len / 2));
}

static const struct {
    void (*make)(void);
    int old_events; // that must be there whatever happens
} scenes[] = {{make_nothing, 0}, {make_backup_due, 3}, {make_damaged, 3}};

// Goes on after a failure, as the program does. Returns how many steps were refused.
static int work(void)
{
    Store *s = NULL;
    Error e;
    int refused = 0;
    acked->events = acked->drafts = 0;
    if (!store_open(&arena, &world, &s, &how, &e)) return 1;
    for (int i = 0; i < 2; i++) {
        if (append(s, "new", acked->events, &e)) {
            acked->events = acked->events + 1;
        } else {
            ck_assert_uint_gt(strlen(e.text), 20);
            refused++;
        }
        if (save(s, "new", i, &e)) {
            acked->drafts = i + 1;
        } else {
            refused++;
        }
    }
    store_close(s);
    return refused;
}

static void check_kept(int old_events)
{
    Store *s = opened();
    ck_assert_int_eq(count_events(s, "old"), old_events);
    ck_assert_int_ge(count_events(s, "new"), acked->events);
    ck_assert_int_ge(saved_draft(s), acked->drafts - 1);
    check_whole(s);
    ok(append(s, "later", 0, &err));
    store_close(s);
}

static void begin_again(int scene)
{
    temp_dir_remove(&arena, world.data_dir);
    world.fixed_ms = NOON;
    scenes[scene].make();
}

// Each test takes every STRIDE-th call, from its own start on, so that none takes long.
enum { STRIDE = 4, SCENES = sizeof scenes / sizeof *scenes };

START_TEST(killed_at_every_call_that_changes_the_disk_it_keeps_what_it_promised)
{
    int scene = _i / STRIDE;
    ArenaMark mark = arena_mark(&arena);
    for (int n = 1 + _i % STRIDE;; n += STRIDE) {
        arena_rewind(&arena, mark);
        begin_again(scene);
        pid_t child = fork();
        if (child == 0) {
            storage_faults_arm(FAULT_KILL, n, 0);
            work();
            _exit(0);
        }
        int status = wait_for(child);
        check_kept(scenes[scene].old_events);
        if (WIFEXITED(status)) break; // there is no n-th call any more
        ck_assert_int_eq(WTERMSIG(status), SIGKILL);
        ck_assert_int_lt(n, 1000);
    }
}
END_TEST

START_TEST(when_the_disk_fails_at_any_call_what_was_promised_is_kept)
{
    static const int reasons[] = {ENOSPC, EIO};
    int scene = _i / STRIDE;
    ArenaMark mark = arena_mark(&arena);
    for (int n = 1 + _i % STRIDE, reached = true; reached; n += STRIDE) {
        arena_rewind(&arena, mark);
        begin_again(scene);
        storage_faults_arm(n / STRIDE % 2 ? FAULT_ONCE : FAULT_FROM_THEN_ON, n, reasons[n % 2]);
        int refused = work();
        reached = storage_faults_disarm();
        ck_assert(reached || refused == 0);
        check_kept(scenes[scene].old_events);
        ck_assert_int_lt(n, 1000);
    }
}
END_TEST

START_TEST(a_full_disk_is_said_and_a_later_save_works)
{
    Store *s = opened();
    struct rlimit was, tight;
    ok(append(s, "s", 0, &err));
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &was), 0);
    tight = was;
    tight.rlim_cur = bytes_of(in_dir("greenroom.db")).len;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &tight), 0);
    int i = 1;
    while (i < 1000 && append(s, "s", i, &err)) i++;
    ck_assert_int_lt(i, 1000);
    bool saved = save(s, "s", 1, &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &was), 0);
    ck_assert(saved || err.kind == ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, "greenroom.db"), "%s", err.text);
    ok(append(s, "s", i, &err));
    ok(save(s, "s", 2, &err));
    store_close(s);
    s = opened();
    ck_assert(!how.unclean);
    ck_assert_int_eq(count_events(s, "s"), i + 1);
    ck_assert_int_eq(saved_draft(s), 2);
    check_whole(s);
    store_close(s);
}
END_TEST

// --- Damaged files ---

enum { OLD = 150, NEW = 150 }; // events before and after the backup

static char *bytes; // of the store, to be damaged
static size_t bytes_len;

static void noise(size_t from, size_t to)
{
    Rng r = {.seed = 99};
    for (size_t i = from; i < to && i < bytes_len; i++) bytes[i] = (char)rng_next(&r);
}
static void noise_second_page(void)
{
    noise(PAGE, 2 * PAGE);
}
static void noise_in_the_middle(void)
{
    noise(bytes_len / PAGE / 2 * PAGE, bytes_len / PAGE / 2 * PAGE + 2 * PAGE);
}
static void noise_at_the_end(void)
{
    noise(bytes_len - 3 * PAGE, bytes_len);
}
static void noise_in_every_other_page(void)
{
    for (size_t p = 1; p < bytes_len / PAGE; p += 2) noise(p * PAGE, (p + 1) * PAGE);
}
static void noise_in_the_schema(void)
{
    noise(100, PAGE);
}
static void noise_everywhere(void)
{
    noise(0, bytes_len);
}
static void noise_behind_the_header(void)
{
    noise(PAGE, bytes_len);
}
static void zero_header(void)
{
    memset(bytes, 0, 100);
}
static void zero_first_page(void)
{
    memset(bytes, 0, PAGE);
}
static void zero_all(void)
{
    memset(bytes, 0, bytes_len);
}
static void half_file(void)
{
    bytes_len /= 2;
}
static void half_page(void)
{
    bytes_len = PAGE / 2;
}
static void one_byte(void)
{
    bytes_len = 1;
}
static void no_bytes(void)
{
    bytes_len = 0;
}
static void cut_in_mid_page(void)
{
    bytes_len -= PAGE + PAGE / 2;
}
static void text_file(void)
{
    static const char text[] = "Dear diary, today I dropped a table.\n";
    memcpy(bytes, text, sizeof text - 1);
    bytes_len = sizeof text - 1;
}
static void version_lost(void)
{
    memset(bytes + 60, 0, 4);
}
static void page_size_lost(void)
{
    bytes[16] = 3;
}

static const struct {
    void (*damage)(void);
    int kept; // events at least, of OLD + NEW, when there is a backup of OLD
} damages[] = {
    {noise_second_page, OLD},
    {noise_in_the_middle, OLD + NEW * 2 / 3},
    {noise_at_the_end, OLD},
    {noise_in_every_other_page, OLD},
    {noise_in_the_schema, OLD},
    {noise_everywhere, OLD},
    {noise_behind_the_header, OLD},
    {zero_header, OLD},
    {zero_first_page, OLD},
    {zero_all, OLD},
    {half_file, OLD},
    {half_page, OLD},
    {one_byte, OLD},
    {no_bytes, OLD},
    {cut_in_mid_page, OLD},
    {text_file, OLD},
    {version_lost, OLD + NEW},
    {page_size_lost, OLD},
};

static void load_bytes(void)
{
    Str whole = bytes_of(in_dir("greenroom.db"));
    bytes = arena_array(&arena, char, whole.len);
    bytes_len = whole.len;
    memcpy(bytes, whole.ptr, whole.len);
}

static void make_large(bool backup)
{
    Store *s = opened();
    for (int i = 0; i < OLD; i++) ok(append(s, "s", i, &err));
    store_close(s);
    if (backup) store_close(opened());
    s = opened();
    for (int i = OLD; i < OLD + NEW; i++) ok(append(s, "s", i, &err));
    ok(save(s, "s", 1, &err));
    store_close(s);
    if (!backup) {
        Error none;
        StrList names;
        ck_assert(file_list(&arena, in_dir("backups"), 9, &names, &none) && names.len == 1);
        ok(file_remove(path_join(&arena, in_dir("backups"), names.at[0])));
    }
}

START_TEST(a_damaged_store_is_set_aside_and_its_backup_taken)
{
    make_large(true);
    load_bytes();
    damages[_i].damage();
    Str damaged = {bytes, bytes_len};
    put_bytes(in_dir("greenroom.db"), damaged);
    Store *s = opened();
    ck_assert_uint_gt(how.set_aside.len, 0);
    ck_assert(str_find(how.set_aside, S("greenroom-damaged-2025-06-30-120000"), NULL));
    ck_assert(str_eq(bytes_of(how.set_aside), damaged));
    ck_assert_uint_gt(how.restored_from.len, 0);
    ck_assert_msg(str_find(how.said, how.set_aside, NULL), "%s", how.said.ptr);
    StoreEvent *at;
    size_t n;
    ok(store_events(s, &arena, (Str){0}, &at, &n, &err));
    ck_assert_int_ge((int)n, damages[_i].kept);
    ck_assert_int_eq((int)n, OLD + (int)how.salvaged);
    check_whole(s);
    ok(append(s, "later", 0, &err));
    store_close(s);
    store_close(opened());
    ck_assert_uint_eq(how.said.len, 0);
}
END_TEST

START_TEST(a_damaged_store_without_backup_is_set_aside_and_read_as_far_as_possible)
{
    make_large(false);
    load_bytes();
    damages[_i].damage();
    Str damaged = {bytes, bytes_len};
    put_bytes(in_dir("greenroom.db"), damaged);
    Store *s = opened();
    ck_assert_uint_eq(how.restored_from.len, 0);
    if (bytes_len) { // an empty file without backups is a new store
        ck_assert(str_eq(bytes_of(how.set_aside), damaged));
        ck_assert_ptr_nonnull(strstr(how.said.ptr, "There was no backup"));
    }
    StoreEvent *at;
    size_t n;
    ok(store_events(s, &arena, (Str){0}, &at, &n, &err));
    ck_assert_int_ge((int)n, damages[_i].kept - OLD);
    ck_assert_int_eq((int)n, (int)how.salvaged);
    check_whole(s);
    store_close(s);
}
END_TEST

START_TEST(a_damaged_backup_is_passed_over_for_an_older_good_one)
{
    make_large(true);
    world.fixed_ms += DAY_MS;
    store_close(opened());
    StrList names;
    ok(file_list(&arena, in_dir("backups"), 9, &names, &err));
    ck_assert_uint_eq(names.len, 2);
    put_bytes(path_join(&arena, in_dir("backups"), names.at[1]), S("SQLite format 3"));
    put_bytes(in_dir("greenroom.db"), S("gone"));
    Store *s = opened();
    ck_assert_msg(str_ends(how.restored_from, names.at[0]), "%s", how.said.ptr);
    ck_assert_int_eq(count_events(s, "s"), OLD);
    store_close(s);
}
END_TEST

static const char *const journals[] = {
    "noise", // of no meaning
    "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\x00\x00\x00\x02\x12\x34\x56\x78\x00\x00\x00\x09"
    "\x00\x00\x02\x00\x00\x00\x10\x00", // the head of one, as SQLite writes it
};

START_TEST(noise_in_the_journal_harms_nothing)
{
    make_large(true);
    char *junk = arena_array(&arena, char, 3 * PAGE);
    Rng r = {.seed = 5};
    for (size_t i = 0; i < 3 * PAGE; i++) junk[i] = (char)rng_next(&r);
    memcpy(junk, journals[_i], _i ? 28 : 5);
    put_bytes(in_dir("greenroom.db-journal"), (Str){junk, 3 * PAGE});
    Store *s = opened();
    ck_assert(how.unclean);
    // SQLite believes a head that looks like its own, so that pages may be lost to it.
    ck_assert_int_ge(count_events(s, "s"), _i ? OLD : OLD + NEW);
    check_whole(s);
    store_close(s);
}
END_TEST

START_TEST(after_any_flipped_byte_it_opens_or_refuses_but_never_crashes)
{
    make_large(true);
    load_bytes();
    Rng r = {.seed = (uint64_t)_i + 1};
    for (int i = 0; i < 40; i++) {
        size_t at = rng_below(&r, _i ? bytes_len : 100);
        char was = bytes[at];
        bytes[at] = (char)(was ^ (1 << rng_below(&r, 8)));
        put_bytes(in_dir("greenroom.db"), (Str){bytes, bytes_len});
        Store *s = NULL;
        if (store_open(&arena, &world, &s, &how, &err)) {
            ok(store_check(s, &err));
            ok(append(s, "later", i, &err));
            int64_t events;
            ok(db_query_int(s->db, "SELECT count(*) FROM event", DB_NO_ARGS, 0, &events, &err));
            ck_assert_int_ge(events, OLD);
        } else {
            ck_assert(at < 100 && strstr(err.text, "left untouched"));
            ck_assert(str_eq(bytes_of(in_dir("greenroom.db")), (Str){bytes, bytes_len}));
        }
        store_close(s);
        bytes[at] = was;
    }
}
END_TEST

START_TEST(damage_met_while_open_is_said_and_repaired_at_the_next_start)
{
    make_large(true);
    Store *s = opened();
    Db *db; // another program writes over the file; the page cache does not know yet
    ok(db_open(in_dir("greenroom.db"), DB_WRITE, &db, &err));
    int64_t root;
    ok(db_query_int(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'", DB_NO_ARGS, 0,
                    &root, &err));
    db_close(db);
    FILE *f = fopen(in_dir("greenroom.db").ptr, "r+b");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, (long)(root - 1) * PAGE, SEEK_SET), 0);
    for (int i = 0; i < PAGE; i++) fputc(0x5A, f);
    ck_assert_int_eq(fclose(f), 0);
    ck_assert(!append(s, "later", 0, &err));
    ck_assert_msg(strstr(err.text, "start it again"), "%s", err.text);
    store_close(s);
    s = opened();
    ck_assert_uint_gt(how.set_aside.len, 0);
    ck_assert_int_ge(count_events(s, "s"), OLD);
    store_close(s);
}
END_TEST

// --- Several processes ---

START_TEST(two_processes_that_write_at_once_lose_nothing)
{
    enum { EACH = 200 };
    store_close(opened());
    pid_t children[2];
    for (int c = 0; c < 2; c++) {
        children[c] = fork();
        if (children[c]) continue;
        Store *s = NULL;
        Error e;
        if (!store_open(&arena, &world, &s, &how, &e)) _exit(1);
        for (int i = 0; i < EACH; i++) {
            if (!append(s, c ? "two" : "one", i, &e)) _exit(2);
        }
        store_close(s);
        _exit(0);
    }
    for (int c = 0; c < 2; c++) ck_assert_int_eq(wait_for(children[c]), 0);
    Store *s = opened();
    ck_assert(!how.unclean);
    ck_assert_int_eq(count_events(s, "one"), EACH);
    ck_assert_int_eq(count_events(s, "two"), EACH);
    check_whole(s);
    store_close(s);
}
END_TEST

// A process that has the store open until it is killed.
static pid_t hold_open(void)
{
    acked->events = 0;
    pid_t child = fork();
    if (child == 0) {
        Store *s = NULL;
        Error e;
        if (!store_open(&arena, &world, &s, &how, &e) || !append(s, "held", 0, &e)) _exit(1);
        acked->events = 1;
        for (;;) pause();
    }
    while (!acked->events && waitpid(child, NULL, WNOHANG) == 0) {
    }
    return child;
}

START_TEST(a_second_greenroom_opens_beside_the_first_without_a_check)
{
    make_small();
    pid_t child = hold_open();
    Store *s = opened();
    ck_assert(!how.unclean && how.said.len == 0);
    ck_assert_int_eq(count_events(s, "old"), 3);
    store_close(s);
    kill(child, SIGKILL);
    wait_for(child);
    s = opened();
    ck_assert(how.unclean); // the first never said goodbye
    store_close(s);
}
END_TEST

START_TEST(a_damaged_store_is_not_repaired_under_another_greenroom)
{
    make_large(true);
    pid_t child = hold_open();
    put_bytes(in_dir("greenroom.db"), S("gone"));
    Store *s = NULL;
    bool did = store_open(&arena, &world, &s, &how, &err);
    kill(child, SIGKILL);
    wait_for(child);
    ck_assert(!did);
    ck_assert_msg(strstr(err.text, "another greenroom has it open"), "%s", err.text);
    ck_assert(str_eq(bytes_of(in_dir("greenroom.db")), S("gone")));
    s = opened();
    ck_assert_int_ge(count_events(s, "s"), OLD);
    store_close(s);
}
END_TEST

#define LOOP(t, test, table) tcase_add_loop_test(t, test, 0, (int)(sizeof table / sizeof *table))

int main(void)
{
    Suite *suite = suite_create("store_faults");
    TCase *t = tcase_create("store_faults");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, nothing_acknowledged_is_lost_when_killed_at_any_moment);
    tcase_add_loop_test(t, killed_at_every_call_that_changes_the_disk_it_keeps_what_it_promised, 0,
                        STRIDE * SCENES);
    tcase_add_loop_test(t, when_the_disk_fails_at_any_call_what_was_promised_is_kept, 0,
                        STRIDE * SCENES);
    tcase_add_test(t, a_full_disk_is_said_and_a_later_save_works);
    LOOP(t, a_damaged_store_is_set_aside_and_its_backup_taken, damages);
    LOOP(t, a_damaged_store_without_backup_is_set_aside_and_read_as_far_as_possible, damages);
    tcase_add_test(t, a_damaged_backup_is_passed_over_for_an_older_good_one);
    LOOP(t, noise_in_the_journal_harms_nothing, journals);
    tcase_add_loop_test(t, after_any_flipped_byte_it_opens_or_refuses_but_never_crashes, 0, 4);
    tcase_add_test(t, damage_met_while_open_is_said_and_repaired_at_the_next_start);
    tcase_add_test(t, two_processes_that_write_at_once_lose_nothing);
    tcase_add_test(t, a_second_greenroom_opens_beside_the_first_without_a_check);
    tcase_add_test(t, a_damaged_store_is_not_repaired_under_another_greenroom);
    suite_add_tcase(suite, t);
    SRunner *r = srunner_create(suite);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
