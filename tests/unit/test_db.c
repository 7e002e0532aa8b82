// test_db: files and images, statements, transactions, migrations, backups and checks over SQLite.
#include "base/file.h"
#include "base/path.h"
#include "db/db.h"
#include "temp_dir.h"
#include <check.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static Str dir, path;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    dir = temp_dir_make(&arena);
    path = path_join(&arena, dir, S("a%20b?c#d.db")); // a name that a URI would misread
}
static void teardown(void)
{
    temp_dir_remove(&arena, dir);
    arena_free(&arena);
}

static void ok(bool did)
{
    ck_assert_msg(did, "%s", err.text);
}

static Str bytes_of(Str file)
{
    Str out = {0};
    ok(file_read(&arena, file, 1 << 24, &out, &err));
    return out;
}

static void put_bytes(Str file, Str bytes)
{
    ok(file_write_atomic(file, bytes, &err));
}

static Db *make_numbers(int count)
{
    Db *db;
    ok(db_open(path, DB_MAKE, &db, &err));
    ok(db_exec(db, "CREATE TABLE n(i INTEGER PRIMARY KEY, t TEXT); BEGIN", &err));
    for (int i = 1; i <= count; i++) {
        ok(db_run(db, "INSERT INTO n VALUES (?1, ?2)",
                  DB_ARGS(VALUE_INT(i), VALUE_STR(str_fmt(&arena, "number %d", i))), &err));
    }
    ok(db_exec(db, "COMMIT", &err));
    return db;
}

static int64_t count_numbers(Db *db)
{
    int64_t n = -1;
    ok(db_query_int(db, "SELECT count(*) FROM n", DB_NO_ARGS, 0, &n, &err));
    return n;
}

START_TEST(every_kind_of_value_comes_back_as_it_was_bound)
{
    const Value values[] = {{0},
                            VALUE_INT(INT64_MIN),
                            VALUE_FLT(0.1),
                            VALUE_STR(S("it's\0here")),
                            VALUE_STR((Str){0}),
                            {.kind = VALUE_BLOB, .text = S("\xff\x00")},
                            {.kind = VALUE_BLOB}};
    size_t count = sizeof values / sizeof *values;
    Db *db;
    Table t;
    ok(db_open_memory(&db, &err));
    ok(db_query(db, &arena, "SELECT ?1 AS a, ?2, ?3, ?4, ?5, ?6, ?7", (DbArgs){values, count}, &t,
                &err));
    ck_assert_uint_eq(t.rows, 1);
    ck_assert_uint_eq(t.width, count);
    ck_assert_str_eq(t.columns[0].name.ptr, "a");
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(value_same(table_at(&t, 0, i), &values[i]), "value %zu", i);
    }
    db_close(db);
}
END_TEST

START_TEST(statements_are_stepped_reset_and_bound_again)
{
    Db *db;
    DbStmt s;
    bool row;
    ok(db_open_memory(&db, &err));
    ok(db_prepare(db, "SELECT ?1 * 2, 'x' WHERE ?1 > 0", &s, &err));
    ck_assert_int_eq(db_width(&s), 2);
    for (int64_t i = 0; i < 3; i++) {
        db_bind(&s, 1, &VALUE_INT(i));
        ok(db_step(&s, &row, &err));
        ck_assert_int_eq(row, i > 0);
        if (row) ck_assert_int_eq(db_int(&s, 0), 2 * i);
        if (row) ck_assert(str_eq(db_text(&s, 1), S("x")));
        db_reset(&s);
    }
    db_finish(&s);
    db_finish(&s);
    db_close(db);
    db_close(NULL);
}
END_TEST

START_TEST(a_failed_transaction_leaves_nothing_and_keeps_its_sentence)
{
    Db *db = make_numbers(3);
    ok(db_begin(db, &err));
    ok(db_run(db, "DELETE FROM n", DB_NO_ARGS, &err));
    bool did = db_run(db, "INSERT INTO nowhere VALUES (1)", DB_NO_ARGS, &err);
    ck_assert(!db_end(db, did, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "nowhere"));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    ck_assert_int_eq(count_numbers(db), 3);
    ok(db_begin(db, &err));
    ok(db_end(db, true, &err));
    db_close(db);
}
END_TEST

START_TEST(a_file_is_kept_in_truncate_mode_with_full_syncs)
{
    Db *db = make_numbers(1);
    Table t;
    int64_t sync;
    ok(db_query(db, &arena, "PRAGMA journal_mode", DB_NO_ARGS, &t, &err));
    ck_assert_str_eq(t.cells[0].text.ptr, "truncate");
    ok(db_query_int(db, "PRAGMA synchronous", DB_NO_ARGS, 0, &sync, &err));
    ck_assert_int_eq(sync, 2);
    db_close(db);
}
END_TEST

START_TEST(an_image_is_read_in_place_and_cannot_be_written)
{
    db_close(make_numbers(100));
    Str image = bytes_of(path);
    Str copy = str_copy(&arena, image);
    Db *db;
    ok(db_open_image(image, &db, &err));
    ck_assert_int_eq(count_numbers(db), 100);
    ok(db_check(db, DB_CHECK_FULL, &err));
    ck_assert(!db_exec(db, "DELETE FROM n", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "not written"));
    db_close(db);
    ck_assert(str_eq(image, copy));
}
END_TEST

START_TEST(an_image_that_is_none_says_so)
{
    Db *db;
    int64_t n;
    ck_assert(!db_open_image((Str){0}, &db, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ok(db_open_image(S("these bytes are a letter to a friend"), &db, &err));
    ck_assert(!db_query_int(db, "SELECT count(*) FROM n", DB_NO_ARGS, 0, &n, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert(db_damaged(db));
    db_close(db);
}
END_TEST

// --- Places that cannot be opened ---

static const struct {
    const char *path;
    DbMode mode;
    const char *says;
} places[] = {
    {"absent/x.db", DB_MAKE, "No such file"},
    {"x.db", DB_WRITE, "No such file"},
    {"file/x.db", DB_MAKE, "Not a directory"},
    {"loop/x.db", DB_MAKE, "symbolic links"},
    {"folder", DB_MAKE, "folder"},
    {"absent.db", DB_PEEK, "No such file"},
};

START_TEST(a_place_that_cannot_be_opened_is_named_with_its_reason)
{
    put_bytes(path_join(&arena, dir, S("file")), S("x"));
    ck_assert_int_eq(symlink("loop", str_fmt(&arena, STR_FMT "/loop", STR_ARG(dir)).ptr), 0);
    ok(file_make_dirs(path_join(&arena, dir, S("folder")), &err));
    Str at = path_join(&arena, dir, str_from(places[_i].path));
    Db *db;
    ck_assert(!db_open(at, places[_i].mode, &db, &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, places[_i].says) && strstr(err.text, at.ptr), "%s", err.text);
}
END_TEST

START_TEST(peeking_sees_the_bytes_as_they_lie_and_changes_none)
{
    db_close(make_numbers(50));
    Str before = bytes_of(path);
    Db *db;
    ok(db_open(path, DB_PEEK, &db, &err));
    ck_assert_int_eq(count_numbers(db), 50);
    ck_assert(!db_exec(db, "DELETE FROM n", &err));
    db_close(db);
    ck_assert(str_eq(before, bytes_of(path)));
}
END_TEST

START_TEST(reading_never_writes)
{
    db_close(make_numbers(5));
    Db *db;
    ok(db_open(path, DB_READ, &db, &err));
    ck_assert_int_eq(count_numbers(db), 5);
    ck_assert(!db_exec(db, "DELETE FROM n", &err));
    db_close(db);
}
END_TEST

// --- Migrations ---

enum { TEST_ID = 0x54455354 };
static bool refused_step(Db *db, Error *e)
{
    (void)db;
    return error_set(e, ERROR_INTERNAL, "the second step has failed");
}
static bool fill_step(Db *db, Error *e)
{
    return db_run(db, "UPDATE a SET y = x * 2", DB_NO_ARGS, e);
}
static const DbStep good_steps[] = {
    {.sql = "CREATE TABLE a(x); INSERT INTO a VALUES (21)"},
    {.sql = "ALTER TABLE a ADD COLUMN y", .then = fill_step},
};
static const DbStep bad_steps[] = {
    {.sql = "CREATE TABLE a(x); INSERT INTO a VALUES (21)"},
    {.sql = "ALTER TABLE a ADD COLUMN y", .then = refused_step},
};
static const DbSchema version_1 = {TEST_ID, good_steps, 1};
static const DbSchema version_2 = {TEST_ID, good_steps, 2};
static const DbSchema version_2_bad = {TEST_ID, bad_steps, 2};

static void make_version(const DbSchema *schema)
{
    Db *db;
    ok(db_open(path, DB_MAKE, &db, &err));
    ok(db_migrate(db, schema, (Str){0}, &err));
    db_close(db);
}

static int version_of(Str file)
{
    Db *db;
    DbHead head;
    ok(db_open(file, DB_PEEK, &db, &err));
    ok(db_head(db, &head, &err));
    db_close(db);
    return head.version;
}

START_TEST(a_new_file_takes_every_step)
{
    make_version(&version_2);
    Db *db;
    int64_t y;
    ok(db_open(path, DB_WRITE, &db, &err));
    ok(db_query_int(db, "SELECT y FROM a", DB_NO_ARGS, 0, &y, &err));
    ck_assert_int_eq(y, 42);
    db_close(db);
    ck_assert_int_eq(version_of(path), 2);
}
END_TEST

START_TEST(an_older_file_is_backed_up_before_it_is_migrated)
{
    Str backup = path_join(&arena, dir, S("v1.db"));
    make_version(&version_1);
    Db *db;
    ok(db_open(path, DB_WRITE, &db, &err));
    ok(db_migrate(db, &version_2, backup, &err));
    db_close(db);
    ck_assert_int_eq(version_of(path), 2);
    ck_assert_int_eq(version_of(backup), 1);
}
END_TEST

START_TEST(a_failed_step_leaves_the_old_version_whole)
{
    make_version(&version_1);
    Str before = bytes_of(path);
    Db *db;
    ok(db_open(path, DB_WRITE, &db, &err));
    ck_assert(!db_migrate(db, &version_2_bad, (Str){0}, &err));
    ck_assert_str_eq(err.text, "the second step has failed");
    db_close(db);
    ck_assert(str_eq(before, bytes_of(path)));
}
END_TEST

START_TEST(without_room_for_the_backup_nothing_is_migrated)
{
    make_version(&version_1);
    Db *db;
    ok(db_open(path, DB_WRITE, &db, &err));
    ck_assert(!db_migrate(db, &version_2, path_join(&arena, dir, S("no/such/v1.db")), &err));
    db_close(db);
    ck_assert_int_eq(version_of(path), 1);
}
END_TEST

static const struct {
    const char *made_by;
    const char *says;
} strangers[] = {
    {"PRAGMA application_id=1413829460; PRAGMA user_version=3; CREATE TABLE a(x)", "newer"},
    {"PRAGMA application_id=7; CREATE TABLE a(x)", "another program"},
    {"CREATE TABLE a(x)", "another program"},
    {"PRAGMA user_version=1", "another program"},
    {"PRAGMA application_id=1413829460; CREATE TABLE a(x)", "damaged"},
    {"PRAGMA application_id=1413829460; PRAGMA user_version=-2147483648", "damaged"},
};

START_TEST(a_newer_or_foreign_file_stays_as_it_is_byte_for_byte)
{
    Db *db;
    ok(db_open(path, DB_MAKE, &db, &err));
    ok(db_exec(db, strangers[_i].made_by, &err));
    db_close(db);
    Str before = bytes_of(path);
    ok(db_open(path, DB_WRITE, &db, &err));
    ck_assert(!db_migrate(db, &version_2, (Str){0}, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, strangers[_i].says), "%s", err.text);
    db_close(db);
    ck_assert(str_eq(before, bytes_of(path)));
}
END_TEST

// --- Backups and checks ---

START_TEST(a_backup_is_a_whole_copy_and_leaves_no_other_file)
{
    Db *db = make_numbers(2000);
    Str copy = path_join(&arena, dir, S("copy.db"));
    put_bytes(str_fmt(&arena, STR_FMT ".part", STR_ARG(copy)), S("left by a dead process"));
    ok(db_backup(db, copy, &err));
    db_close(db);
    ok(db_open(copy, DB_READ, &db, &err));
    ck_assert_int_eq(count_numbers(db), 2000);
    db_close(db);
    StrList names;
    ok(file_list(&arena, dir, 10, &names, &err));
    for (size_t i = 0; i < names.len; i++) ck_assert(!str_ends(names.at[i], S(".part")));
}
END_TEST

START_TEST(a_backup_over_an_older_one_replaces_it_only_when_whole)
{
    Str copy = path_join(&arena, dir, S("copy.db"));
    Db *db = make_numbers(2000);
    ok(db_backup(db, copy, &err));
    db_close(db);
    Str good = bytes_of(copy);
    Str bytes = bytes_of(path);
    char *torn = arena_array(&arena, char, bytes.len);
    memcpy(torn, bytes.ptr, bytes.len);
    memset(torn + 3 * 4096, 0x5A, 2 * 4096);
    put_bytes(path, (Str){torn, bytes.len});
    ok(db_open(path, DB_WRITE, &db, &err));
    ck_assert(!db_check(db, DB_CHECK_QUICK, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "is damaged: "));
    ck_assert(db_damaged(db));
    ck_assert(!db_backup(db, copy, &err));
    db_close(db);
    ck_assert(str_eq(good, bytes_of(copy)));
}
END_TEST

START_TEST(a_lock_that_is_held_is_told_as_another_greenroom)
{
    Db *first = make_numbers(1);
    Db *second;
    ok(db_open(path, DB_WRITE, &second, &err));
    ok(db_exec(second, "PRAGMA busy_timeout=1", &err));
    ok(db_begin(first, &err));
    ck_assert(!db_begin(second, &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, "another greenroom holds"), "%s", err.text);
    ok(db_end(first, true, &err));
    ok(db_begin(second, &err));
    ok(db_end(second, true, &err));
    db_close(first);
    db_close(second);
}
END_TEST

static const struct {
    const char *head;
    size_t keep; // bytes of the good file behind it; 0 = none
} wrecks[] = {{"", 5000}, {"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 8192}, {"Dear diary, ", 0}};

START_TEST(a_wreck_is_told_as_damaged_not_as_an_accident_of_ours)
{
    db_close(make_numbers(2000));
    Str good = bytes_of(path);
    Buf b = buf_new(&arena);
    Str head = _i == 1 ? (Str){wrecks[1].head, 16} : str_from(wrecks[_i].head);
    buf_add(&b, head);
    buf_add(&b, str_slice(good, head.len, wrecks[_i].keep));
    put_bytes(path, buf_str(&b));
    Db *db;
    int64_t n;
    ok(db_open(path, DB_WRITE, &db, &err));
    ck_assert(!db_query_int(db, "SELECT sum(length(t)) FROM n", DB_NO_ARGS, 0, &n, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "damaged"));
    ck_assert(db_damaged(db));
    db_close(db);
}
END_TEST

#define LOOP(t, test, table) tcase_add_loop_test(t, test, 0, (int)(sizeof table / sizeof *table))

int main(void)
{
    Suite *s = suite_create("db");
    TCase *t = tcase_create("db");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_kind_of_value_comes_back_as_it_was_bound);
    tcase_add_test(t, statements_are_stepped_reset_and_bound_again);
    tcase_add_test(t, a_failed_transaction_leaves_nothing_and_keeps_its_sentence);
    tcase_add_test(t, a_file_is_kept_in_truncate_mode_with_full_syncs);
    tcase_add_test(t, an_image_is_read_in_place_and_cannot_be_written);
    tcase_add_test(t, an_image_that_is_none_says_so);
    LOOP(t, a_place_that_cannot_be_opened_is_named_with_its_reason, places);
    tcase_add_test(t, peeking_sees_the_bytes_as_they_lie_and_changes_none);
    tcase_add_test(t, reading_never_writes);
    tcase_add_test(t, a_new_file_takes_every_step);
    tcase_add_test(t, an_older_file_is_backed_up_before_it_is_migrated);
    tcase_add_test(t, a_failed_step_leaves_the_old_version_whole);
    tcase_add_test(t, without_room_for_the_backup_nothing_is_migrated);
    LOOP(t, a_newer_or_foreign_file_stays_as_it_is_byte_for_byte, strangers);
    tcase_add_test(t, a_backup_is_a_whole_copy_and_leaves_no_other_file);
    tcase_add_test(t, a_backup_over_an_older_one_replaces_it_only_when_whole);
    tcase_add_test(t, a_lock_that_is_held_is_told_as_another_greenroom);
    LOOP(t, a_wreck_is_told_as_damaged_not_as_an_accident_of_ours, wrecks);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
