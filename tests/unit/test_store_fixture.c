// test_store_fixture: stores of every released version open, are backed up, and tell the same
// story.
//
// tests/fixtures/store/vN.sql is a store as version N left it after live_through(). When the schema
// gets a new version, write its fixture once and commit it; those of released versions never
// change:
//     GREENROOM_WRITE_FIXTURE=tests/fixtures/store/v2.sql build/dev/tests/test_store_fixture
#include "base/file.h"
#include "base/path.h"
#include "db/db.h"
#include "store/private.h"
#include "temp_dir.h"
#include <check.h>

static const int64_t NOON = INT64_C(1751284800000); // 2025-06-30 12:00:00 UTC

static Arena arena;
static World world;
static StoreOpening how;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    world = world_fake(NOON);
    world.data_dir = temp_dir_make(&arena);
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

// --- The story ---

static const struct {
    const char *session, *item, *kind, *body;
} story[] = {
    {"a", "sql-core/dedup", "start", "{\"clock_s\":900,\"dialect\":\"sqlite\"}"},
    {"a", "sql-core/dedup", "ask", "{\"text\":\"which copy?\",\"told\":[\"best\"]}"},
    {"a", "sql-core/dedup", "beat", "{\"beat\":\"build\"}"},
    {"a", "sql-core/dedup", "run", "{\"ms\":3,\"rows\":10,\"error\":null}"},
    {"a", "sql-core/dedup", "submit", "{\"text\":\"SELECT 1\",\"dialect\":\"sqlite\"}"},
    {"a", "sql-core/dedup", "verdict", "{\"verdict\":\"right\",\"why\":\"\",\"ms\":40}"},
    {"a", "sql-core/dedup", "rate", "{\"axis\":\"failure\",\"value\":3}"},
    {"a", "sql-core/dedup", "keep", "{\"spent_ms\":640000,\"verdict\":\"right\"}"},
    {"b", "design/ingest", "start", "{\"clock_s\":1200}"},
    {"b", "design/ingest", "tick", "{\"item\":\"late\",\"hit\":true}"},
    {"b", "design/ingest", "tick", "{\"item\":\"skew\",\"hit\":false}"},
    {"b", "design/ingest", "hint", "{\"n\":1}"},
    {"b", "design/ingest", "leave", "{\"spent_ms\":9000}"},
    {"c", "sql-core/dedup", "start", "{\"clock_s\":900}"},
    {"c", "sql-core/dedup", "comet", "{\"of\":\"a later version\"}"},
};

static void live_through(Store *s)
{
    for (size_t i = 0; i < sizeof story / sizeof *story; i++) {
        world.fixed_ms += 1000;
        StoreDraft d = {.session = str_from(story[i].session),
                        .item = str_from(story[i].item),
                        .text = str_fmt(&arena, "it's %d \xc3\xa4", (int)i),
                        .cursor = 4,
                        .spent_ms = (int64_t)i * 1000,
                        .state = S("{}")};
        ok(store_save_draft(s, &d, &err));
        ok(store_append(s,
                        &(StoreEvent){.uid = str_fmt(&arena, "uid-%d", (int)i),
                                      .session = d.session,
                                      .kind = str_from(story[i].kind),
                                      .version = 1,
                                      .item = d.item,
                                      .item_hash = UINT64_MAX - i,
                                      .body = str_from(story[i].body)},
                        &err));
    }
    ok(store_set(s, S("dialect"), S("sqlite"), &err));
}

// --- A store as SQL text ---

static void dump_table(Db *db, Buf *b, Str name)
{
    Table t;
    Str sql = str_fmt(&arena, "SELECT * FROM " STR_FMT " ORDER BY 1, 2", STR_ARG(name));
    ok(db_query(db, &arena, sql.ptr, DB_NO_ARGS, &t, &err));
    for (size_t r = 0; r < t.rows; r++) {
        buf_fmt(b, "INSERT INTO " STR_FMT " VALUES (", STR_ARG(name));
        for (size_t c = 0; c < t.width; c++) {
            if (c) buf_add(b, S(", "));
            buf_add(b, value_sql(&arena, table_at(&t, r, c)));
        }
        buf_add(b, S(");\n"));
    }
}

static Str dump(Db *db)
{
    Buf b = buf_new(&arena);
    DbHead head;
    Table t;
    ok(db_head(db, &head, &err));
    buf_fmt(&b, "PRAGMA application_id=%d;\nPRAGMA user_version=%d;\n", (int)head.application_id,
            head.version);
    ok(db_query(db, &arena,
                "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid",
                DB_NO_ARGS, &t, &err));
    for (size_t i = 0; i < t.rows; i++) {
        buf_add(&b, t.cells[i * 3 + 2].text);
        buf_add(&b, S(";\n"));
        if (str_eq(t.cells[i * 3].text, S("table"))) dump_table(db, &b, t.cells[i * 3 + 1].text);
    }
    return buf_str(&b);
}

static Str fresh_dump(void)
{
    Store *s = opened();
    live_through(s);
    Str text = dump(s->db);
    store_close(s);
    return text;
}

static Str fixture(int version)
{
    Str text = {0};
    Str path = str_fmt(&arena, SOURCE_DIR "/tests/fixtures/store/v%d.sql", version);
    ok(file_read(&arena, path, 1 << 20, &text, &err));
    return text;
}

static void build_fixture(int version)
{
    Db *db;
    ok(file_make_dirs(world.data_dir, &err));
    ok(db_open(path_join(&arena, world.data_dir, S("greenroom.db")), DB_MAKE, &db, &err));
    ok(db_begin(db, &err));
    ok(db_exec(db, str_c(&arena, fixture(version)), &err));
    ok(db_end(db, true, &err));
    db_close(db);
}

START_TEST(a_store_of_a_released_version_tells_the_same_story_after_its_migration)
{
    int version = _i + 1;
    Str told = fresh_dump();
    temp_dir_remove(&arena, world.data_dir);
    build_fixture(version);
    Store *s = opened();
    ck_assert_str_eq(dump(s->db).ptr, told.ptr);
    ok(fold_rebuild(s->db, &err));
    ck_assert_str_eq(dump(s->db).ptr, told.ptr);
    ok(store_check(s, &err));
    int before = 0;
    Backups all = backups_list(&arena, s);
    for (size_t i = 0; i < all.len; i++) before += !all.at[i].daily;
    ck_assert_int_eq(before, version < store_schema.version);
    store_close(s);
}
END_TEST

START_TEST(the_newest_version_is_written_down_as_a_fixture)
{
    Str told = fresh_dump();
    const char *path = getenv("GREENROOM_WRITE_FIXTURE");
    if (path) ok(file_write_atomic(str_from(path), told, &err));
    ck_assert_str_eq(told.ptr, fixture(store_schema.version).ptr);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store_fixture");
    TCase *t = tcase_create("store_fixture");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, a_store_of_a_released_version_tells_the_same_story_after_its_migration,
                        0, store_schema.version);
    tcase_add_test(t, the_newest_version_is_written_down_as_a_fixture);
    suite_add_tcase(suite, t);
    SRunner *r = srunner_create(suite);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
