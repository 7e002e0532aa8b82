// test_warehouse_cache: made data is kept, found again, checked before use and made again when it
// is damaged.
#include "base/file.h"
#include "base/path.h"
#include "temp_dir.h"
#include "warehouse/warehouse.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static World world;
static Str dir;
static ColumnSpec columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("name"), .type = TYPE_TEXT, .not_null = true, .null_share = -1},
};
static TableSpec tables[] = {
    {.name = STR_LIT("person"), .rows = 100, .columns = columns, .width = 2}};
static WarehouseSpec spec = {.name = STR_LIT("people"), .tables = tables, .table_count = 1};
static const DataOptions options = {.scale = 1, .seed = 1};

static void setup(void)
{
    arena = (Arena){0};
    world = world_fake(0);
    dir = temp_dir_make(&arena);
    world.cache_dir = path_join(&arena, dir, S("cache"));
}
static void teardown(void)
{
    temp_dir_remove(&arena, dir);
    arena_free(&arena);
}

static CachedImage get(const DataOptions *o)
{
    CachedImage image;
    Error err;
    ck_assert_msg(warehouse_cached(&world, &spec, o, NULL, &image, &err), "%s", err.text);
    return image;
}

static Str only_file(void)
{
    StrList names;
    Error err;
    ck_assert(file_list(&arena, world.cache_dir, 10, &names, &err));
    ck_assert_uint_eq(names.len, 1);
    return path_join(&arena, world.cache_dir, names.at[0]);
}

static Str bytes_of(const CachedImage *image)
{
    char *p = arena_array(&arena, char, image->size);
    ck_assert_int_eq(pread(image->fd, p, image->size, 0), (ssize_t)image->size);
    return (Str){p, image->size};
}

START_TEST(the_second_time_the_same_bytes_are_found)
{
    CachedImage first = get(&options), second = get(&options);
    ck_assert(!first.was_cached && second.was_cached);
    ck_assert_int_eq(first.rows, 100);
    ck_assert_int_eq(second.rows, 100);
    ck_assert(str_eq(bytes_of(&first), bytes_of(&second)));
    ck_assert(str_starts(bytes_of(&first), S("SQLite format 3")));
    close(first.fd);
    close(second.fd);
}
END_TEST

START_TEST(another_seed_scale_or_spec_is_another_file)
{
    CachedImage image = get(&options);
    close(image.fd);
    image = get(&(DataOptions){.scale = 1, .seed = 2});
    ck_assert(!image.was_cached);
    close(image.fd);
    image = get(&(DataOptions){.scale = 2, .seed = 1});
    ck_assert(!image.was_cached);
    close(image.fd);
    columns[1].unique = true;
    image = get(&options);
    columns[1].unique = false;
    ck_assert(!image.was_cached);
    close(image.fd);
}
END_TEST

static const char *const damages[] = {"cut", "flipped", "empty", "foreign", "grown"};
START_TEST(a_damaged_file_is_noticed_and_made_again)
{
    CachedImage image = get(&options);
    Str good = bytes_of(&image), path = only_file(), bytes;
    Error err;
    close(image.fd);
    ck_assert(file_read(&arena, path, 1 << 20, &bytes, &err));
    Str bad = str_copy(&arena, bytes);
    if (_i == 0) bad.len -= 100;
    if (_i == 1) ((char *)bad.ptr)[bad.len / 2] ^= 1;
    if (_i == 2) bad.len = 0;
    if (_i == 3) bad = S("this is a text that somebody put here, longer than a trailer is");
    if (_i == 4) bad = str_fmt(&arena, "%.*s%s", 20, bad.ptr, "grown");
    ck_assert(file_write_atomic(path, bad, &err));
    image = get(&options);
    ck_assert_msg(!image.was_cached, "%s", damages[_i]);
    ck_assert(str_eq(good, bytes_of(&image)));
    close(image.fd);
    image = get(&options);
    ck_assert_msg(image.was_cached, "%s", damages[_i]);
    close(image.fd);
}
END_TEST

// A file of this length that takes no room, used last at this time.
static Str put_sparse(const char *name, off_t bytes, time_t used)
{
    Str path = path_join(&arena, world.cache_dir, str_from(name));
    int fd = open(str_c(&arena, path), O_CREAT | O_WRONLY, 0600);
    const struct timespec times[] = {{.tv_sec = used}, {.tv_sec = used}};
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(ftruncate(fd, bytes), 0);
    ck_assert_int_eq(futimens(fd, times), 0);
    close(fd);
    return path;
}

START_TEST(what_was_not_used_for_longest_goes_when_the_folder_is_full)
{
    Error err;
    ck_assert(file_make_dirs(world.cache_dir, &err));
    const off_t large = 300 << 20;
    Str old = put_sparse("a.image", large, 1000), newer = put_sparse("b.image", large, 2000);
    Str foreign = put_sparse("notes.txt", large, 10);
    CachedImage image = get(&options);
    close(image.fd);
    ck_assert(!file_exists(old));
    ck_assert(file_exists(newer) && file_exists(foreign));
    image = get(&options);
    ck_assert(image.was_cached);
    close(image.fd);
}
END_TEST

START_TEST(a_name_with_a_slash_is_cached_too)
{
    Str plain = spec.name;
    spec.name = S("../people/of/all");
    CachedImage first = get(&options), second = get(&options);
    spec.name = plain;
    ck_assert(!first.was_cached && second.was_cached);
    only_file();
    close(first.fd);
    close(second.fd);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_costs_only_the_cache)
{
    Error err;
    ck_assert(
        file_write_atomic(world.cache_dir, S("a file stands where the folder should be"), &err));
    CachedImage image = get(&options);
    ck_assert(!image.was_cached);
    ck_assert_int_eq(image.rows, 100);
    ck_assert(str_starts(bytes_of(&image), S("SQLite format 3")));
    close(image.fd);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("warehouse cache");
    TCase *t = tcase_create("cache");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_second_time_the_same_bytes_are_found);
    tcase_add_test(t, another_seed_scale_or_spec_is_another_file);
    tcase_add_loop_test(t, a_damaged_file_is_noticed_and_made_again, 0,
                        (int)(sizeof damages / sizeof *damages));
    tcase_add_test(t, what_was_not_used_for_longest_goes_when_the_folder_is_full);
    tcase_add_test(t, a_name_with_a_slash_is_cached_too);
    tcase_add_test(t, a_folder_that_cannot_be_written_costs_only_the_cache);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
