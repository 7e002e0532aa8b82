// Tests of base's outside: paths, files, the world's places and clocks, and civil time.
#include "base/file.h"
#include "base/path.h"
#include "base/world.h"
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(cases) ((int)(sizeof(cases) / sizeof *(cases)))

static const size_t MIB = 1024 * (size_t)1024;
static Arena arena;
static Error err;
static char dir[64]; // a fresh folder for each test

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    snprintf(dir, sizeof dir, "/tmp/greenroom-base-world-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void teardown(void)
{
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&arena);
}

static Str in_dir(const char *name)
{
    return path_join(&arena, str_from(dir), str_from(name));
}

static void put(const char *name, Str bytes)
{
    ck_assert_msg(file_write_atomic(in_dir(name), bytes, &err), "%s", err.text);
}

// --- Paths ---

static const struct {
    const char *path, *dir, *base, *stem;
} path_cases[] = {
    {"", "", "", ""},
    {"a", "", "a", "a"},
    {"a/b.c", "a", "b.c", "b"},
    {"/a", "/", "a", "a"},
    {"/", "/", "/", "/"},
    {"a/b/", "a", "b", "b"},
    {"a//b", "a", "b", "b"},
    {"x.tar.gz", "", "x.tar.gz", "x.tar"},
    {"d.d/.hidden", "d.d", ".hidden", ".hidden"},
    {".hidden.txt", "", ".hidden.txt", ".hidden"},
    {"../..", "..", "..", ".."},
    {"end.", "", "end.", "end"},
};

START_TEST(paths_are_taken_apart)
{
    Str path = str_from(path_cases[_i].path);
    ck_assert_str_eq(str_c(&arena, path_dir(path)), path_cases[_i].dir);
    ck_assert_str_eq(str_c(&arena, path_base(path)), path_cases[_i].base);
    ck_assert_str_eq(str_c(&arena, path_stem(path)), path_cases[_i].stem);
}
END_TEST

START_TEST(paths_are_joined_with_one_slash)
{
    ck_assert_str_eq(path_join(&arena, S("a"), S("b")).ptr, "a/b");
    ck_assert_str_eq(path_join(&arena, S("a/"), S("b")).ptr, "a/b");
    ck_assert_str_eq(path_join(&arena, S("/"), S("b")).ptr, "/b");
    ck_assert_str_eq(path_join(&arena, S("a"), S("/b")).ptr, "/b");
    ck_assert_str_eq(path_join(&arena, S(""), S("b")).ptr, "b");
    ck_assert_str_eq(path_join(&arena, S("a"), S("")).ptr, "a");
}
END_TEST

// --- Files ---

START_TEST(what_is_written_is_read_back)
{
    Str bytes = {"a\0b\xff\n", 5}, back;
    put("f", bytes);
    ck_assert(file_read(&arena, in_dir("f"), 5, &back, &err));
    ck_assert(str_eq(bytes, back));
    ck_assert_int_eq(back.ptr[5], '\0');
    put("f", (Str){0});
    ck_assert(file_read(&arena, in_dir("f"), 0, &back, &err));
    ck_assert_uint_eq(back.len, 0);
    char *big = arena_array(&arena, char, 3 * MIB);
    memset(big, 'x', 3 * MIB);
    put("f", (Str){big, 3 * MIB});
    ck_assert(file_read(&arena, in_dir("f"), 3 * MIB, &back, &err));
    ck_assert(str_eq(back, (Str){big, 3 * MIB}));
}
END_TEST

static void refused(Str path, const char *part)
{
    Str out;
    err = (Error){0};
    ck_assert(!file_read(&arena, path, MIB, &out, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
}

START_TEST(what_is_no_readable_file_is_refused_at_once)
{
    ck_assert_int_eq(mkfifo(in_dir("fifo").ptr, 0600), 0);
    refused(in_dir("fifo"), "is a pipe, not a file");
    refused(str_from(dir), "is a folder, not a file");
    refused(S("/dev/zero"), "is a device, not a file");
    refused(in_dir("none"), "No such file");
    refused((Str){"a\0b", 3}, "NUL");
    refused((Str){0}, "empty");
    ck_assert_int_eq(symlink("loop", in_dir("loop").ptr), 0);
    refused(in_dir("loop"), "cannot read");
}
END_TEST

START_TEST(a_file_above_the_limit_is_refused_with_the_limit)
{
    put("ok", (Str){arena_array(&arena, char, MIB), MIB});
    put("big", (Str){arena_array(&arena, char, MIB + 1), MIB + 1});
    Str out;
    ck_assert(file_read(&arena, in_dir("ok"), MIB, &out, &err));
    refused(in_dir("big"), "is larger than 1 MiB");
    int fd = open(in_dir("sparse").ptr, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(ftruncate(fd, (off_t)5 << 30), 0);
    close(fd);
    size_t before = arena_bytes(&arena);
    refused(in_dir("sparse"), "is larger than 1 MiB");
    ck_assert_uint_lt(arena_bytes(&arena) - before, MIB);
}
END_TEST

START_TEST(a_file_whose_size_is_not_told_is_read_and_bounded)
{
    Str out;
    ck_assert(file_read(&arena, S("/proc/self/status"), MIB, &out, &err));
    ck_assert_uint_gt(out.len, 0);
    ck_assert(!file_read(&arena, S("/proc/self/status"), 10, &out, &err));
    ck_assert_msg(strstr(err.text, "larger than 10 bytes") != NULL, "%s", err.text);
}
END_TEST

START_TEST(standard_input_is_read_to_its_end_and_bounded)
{
    put("in", S("one\ntwo\n"));
    for (size_t limit = 7; limit <= 8; limit++) {
        int fd = open(in_dir("in").ptr, O_RDONLY);
        ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
        close(fd);
        Str out;
        ck_assert(file_read_stdin(&arena, limit, &out, &err) == (limit == 8));
        if (limit == 8) ck_assert(str_eq(out, S("one\ntwo\n")));
    }
    ck_assert_str_eq(err.text, "standard input is larger than 7 bytes, the most that is read here");
}
END_TEST

START_TEST(writing_leaves_no_other_file_behind)
{
    StrList names;
    put("b", S("1"));
    put("b", S("2"));
    put("a", S("3"));
    put(".hidden", S("4"));
    ck_assert(file_list(&arena, str_from(dir), 2, &names, &err));
    ck_assert_uint_eq(names.len, 2);
    ck_assert(str_eq(names.at[0], S("a")) && str_eq(names.at[1], S("b")));
    ck_assert(!file_list(&arena, str_from(dir), 1, &names, &err));
    ck_assert_msg(strstr(err.text, "more than 1 files") != NULL, "%s", err.text);
    char temp[64];
    snprintf(temp, sizeof temp, ".greenroom-%ld.tmp", (long)getpid());
    ck_assert(!file_exists(in_dir(temp)));
    put(temp, S("left by a process that died"));
    put("a", S("5"));
    ck_assert(!file_exists(in_dir(temp)));
}
END_TEST

START_TEST(writing_keeps_the_mode_and_follows_links)
{
    put("real", S("1"));
    ck_assert_int_eq(chmod(in_dir("real").ptr, 0640), 0);
    ck_assert_int_eq(symlink("real", in_dir("link").ptr), 0);
    put("link", S("2"));
    struct stat st;
    ck_assert_int_eq(lstat(in_dir("link").ptr, &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert_int_eq(stat(in_dir("real").ptr, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0640);
    Str out;
    ck_assert(file_read(&arena, in_dir("real"), 9, &out, &err));
    ck_assert(str_eq(out, S("2")));
}
END_TEST

START_TEST(a_target_that_is_no_file_is_left_alone)
{
    ck_assert_int_eq(mkfifo(in_dir("fifo").ptr, 0600), 0);
    ck_assert(!file_write_atomic(in_dir("fifo"), S("x"), &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, "a pipe") != NULL, "%s", err.text);
    ck_assert(!file_write_atomic(str_from(dir), S("x"), &err));
    ck_assert(!file_write_atomic(in_dir("no/folder"), S("x"), &err));
    ck_assert_msg(strstr(err.text, "No such file") != NULL, "%s", err.text);
    ck_assert(!file_write_atomic(S("/dev/full"), S("x"), &err));
    struct stat st;
    ck_assert_int_eq(stat("/dev/full", &st), 0);
    ck_assert(S_ISCHR(st.st_mode));
}
END_TEST

START_TEST(folders_are_made_with_their_parents)
{
    ck_assert(file_make_dirs(in_dir("a/b//c/"), &err));
    ck_assert(file_make_dirs(in_dir("a/b/c"), &err));
    ck_assert(file_is_dir(in_dir("a/b/c")));
    struct stat st;
    ck_assert_int_eq(stat(in_dir("a/b").ptr, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0700);
    put("f", S("x"));
    ck_assert(file_exists(in_dir("f")) && !file_is_dir(in_dir("f")));
    ck_assert(!file_make_dirs(in_dir("f"), &err));
    ck_assert_msg(strstr(err.text, "in the way") != NULL, "%s", err.text);
    ck_assert(!file_make_dirs(in_dir("f/g"), &err));
    ck_assert(!file_make_dirs((Str){0}, &err));
    ck_assert(file_remove(in_dir("f")) && !file_remove(in_dir("f")));
    ck_assert(!file_exists(in_dir("f")));
}
END_TEST

// --- The world ---

static World opened(WorldOptions o)
{
    World w;
    ck_assert_msg(world_open(&arena, "test", &o, &w, &err), "%s", err.text);
    return w;
}

static void clear_env(void)
{
    static const char *const names[] = {"XDG_DATA_HOME",
                                        "XDG_CACHE_HOME",
                                        "XDG_CONFIG_HOME",
                                        "VISUAL",
                                        "EDITOR",
                                        "NO_COLOR",
                                        "TZ",
                                        "GREENROOM_SHARE",
                                        "HOME"};
    for (int i = 0; i < COUNT(names); i++) unsetenv(names[i]);
}

START_TEST(places_follow_xdg)
{
    clear_env();
    setenv("HOME", "/somewhere/ada", 1);
    setenv("XDG_CACHE_HOME", "/var/made", 1);
    setenv("XDG_CONFIG_HOME", "relative/is/ignored", 1);
    World w = opened((WorldOptions){0});
    ck_assert_str_eq(w.data_dir.ptr, "/somewhere/ada/.local/share/greenroom");
    ck_assert_str_eq(w.cache_dir.ptr, "/var/made/greenroom");
    ck_assert_str_eq(w.config_dir.ptr, "/somewhere/ada/.config/greenroom");
    ck_assert_uint_eq(w.seed, 1);
    ck_assert_int_eq(w.autosave_ms, 1000);
}
END_TEST

START_TEST(home_puts_everything_below_one_folder)
{
    clear_env();
    World w = opened((WorldOptions){.home = S("/x/y"), .seed = 9, .autosave_ms = 50});
    ck_assert_str_eq(w.data_dir.ptr, "/x/y");
    ck_assert_str_eq(w.cache_dir.ptr, "/x/y/cache");
    ck_assert_str_eq(w.config_dir.ptr, "/x/y/config");
    ck_assert_uint_eq(w.seed, 9);
    ck_assert_int_eq(w.autosave_ms, 50);
    ck_assert_int_eq(chdir(dir), 0);
    w = opened((WorldOptions){.home = S("mine")});
    ck_assert_str_eq(w.data_dir.ptr, in_dir("mine").ptr);
}
END_TEST

START_TEST(without_any_home_the_world_says_what_to_do)
{
    World w;
    WorldOptions o = {0};
    clear_env();
    ck_assert(!world_open(&arena, "test", &o, &w, &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_msg(strstr(err.text, "--home") != NULL, "%s", err.text);
    setenv("HOME", "", 1);
    ck_assert(!world_open(&arena, "test", &o, &w, &err));
    setenv("XDG_DATA_HOME", "/d", 1);
    setenv("XDG_CACHE_HOME", "/e", 1);
    setenv("XDG_CONFIG_HOME", "/f", 1);
    ck_assert(world_open(&arena, "test", &o, &w, &err));
    ck_assert_str_eq(w.data_dir.ptr, "/d/greenroom");
}
END_TEST

START_TEST(editor_and_colours_come_from_the_environment)
{
    clear_env();
    WorldOptions o = {.home = S("/x")};
    ck_assert_uint_eq(opened(o).editor.len, 0);
    setenv("EDITOR", "ed", 1);
    setenv("NO_COLOR", "", 1);
    ck_assert_str_eq(opened(o).editor.ptr, "ed");
    ck_assert(!opened(o).no_color);
    setenv("VISUAL", "vi", 1);
    setenv("NO_COLOR", "1", 1);
    ck_assert_str_eq(opened(o).editor.ptr, "vi");
    ck_assert(opened(o).no_color);
}
END_TEST

static const struct {
    const char *clock;
    int64_t ms;
    int tz;
} clock_cases[] = {
    {"2025-06-30", 1751241600000, 0},
    {"2025-06-30T12:00:00", 1751284800000, 0},
    {"2025-06-30 12:00", 1751284800000, 0},
    {"2025-06-30T12:00:00.250Z", 1751284800250, 0},
    {"2025-06-30T14:00:00+02:00", 1751284800000, 120},
    {"2025-06-30T06:30:00-05:30", 1751284800000, -330},
};

START_TEST(a_fixed_clock_stands_still)
{
    World w = opened((WorldOptions){.home = S("/x"), .clock = str_from(clock_cases[_i].clock)});
    ck_assert_int_eq(w.wall_ms(&w), clock_cases[_i].ms);
    ck_assert_int_eq(w.tz_min(&w), clock_cases[_i].tz);
    ck_assert_int_le(w.mono_ms(&w), w.mono_ms(&w));
    ck_assert_int_gt(w.mono_ms(&w), 0);
}
END_TEST

START_TEST(a_clock_that_is_no_time_is_a_usage_error)
{
    World w;
    WorldOptions o = {.home = S("/x"), .clock = S("noon")};
    ck_assert(!world_open(&arena, "test", &o, &w, &err));
    ck_assert_int_eq(err.kind, ERROR_USAGE);
    ck_assert_msg(strstr(err.text, "'noon'") != NULL, "%s", err.text);
}
END_TEST

START_TEST(real_clocks_run_and_know_their_zone)
{
    clear_env();
    setenv("TZ", "XXX-05:30", 1); // POSIX spells east as minus
    World w = opened((WorldOptions){.home = S("/x")});
    ck_assert_int_gt(w.wall_ms(&w), 1700000000000);
    ck_assert_int_le(w.mono_ms(&w), w.mono_ms(&w));
    ck_assert_int_eq(w.tz_min(&w), 330);
    setenv("TZ", "XXX+03", 1);
    w = opened((WorldOptions){.home = S("/x")});
    ck_assert_int_eq(w.tz_min(&w), -180);
}
END_TEST

START_TEST(a_fake_world_has_no_places)
{
    World w = world_fake(77);
    ck_assert_int_eq(w.wall_ms(&w), 77);
    ck_assert_int_eq(w.mono_ms(&w), 77);
    ck_assert_int_eq(w.tz_min(&w), 0);
    ck_assert_uint_eq(w.seed, 1);
    ck_assert_uint_eq(w.data_dir.len, 0);
}
END_TEST

START_TEST(our_own_binary_is_known)
{
    World w = opened((WorldOptions){.home = S("/x")});
    ck_assert(str_starts(w.self, S("/")) && file_exists(w.self));
}
END_TEST

// Runs a copy of this binary at `where`, which prints the share folder that it finds.
static Str share_seen_from(const char *where)
{
    Str self, out, path = in_dir(where), report = in_dir("report");
    ck_assert(file_read(&arena, S("/proc/self/exe"), 256 * MIB, &self, &err));
    ck_assert(file_make_dirs(path_dir(path), &err));
    put(where, self);
    ck_assert_int_eq(chmod(path.ptr, 0700), 0);
    pid_t child = fork();
    if (child == 0) {
        execl(path.ptr, path.ptr, "--report-share", report.ptr, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert(file_read(&arena, report, PATH_MAX, &out, &err));
    return out;
}

static int report_share(const char *argv0, const char *report)
{
    World w;
    WorldOptions o = {.home = S("/x")};
    return !world_open(&arena, argv0, &o, &w, &err) ||
           !file_write_atomic(str_from(report), w.share_dir, &err);
}

START_TEST(shared_files_are_found_beside_the_prefix_or_above_the_build)
{
    clear_env();
    ck_assert_uint_eq(share_seen_from("usr/bin/x").len, 0);
    ck_assert(file_make_dirs(in_dir("drills"), &err));
    ck_assert_uint_eq(share_seen_from("usr/bin/x").len, 0); // drills alone is not the source tree
    ck_assert(file_make_dirs(in_dir("schemas"), &err));
    ck_assert_str_eq(share_seen_from("usr/bin/x").ptr, dir);
    ck_assert_str_eq(share_seen_from("build/dev/src/x").ptr, dir);
    ck_assert(file_make_dirs(in_dir("usr/share/greenroom/drills"), &err));
    ck_assert_str_eq(share_seen_from("usr/bin/x").ptr, in_dir("usr/share/greenroom").ptr);
    setenv("GREENROOM_SHARE", "/named", 1);
    ck_assert_str_eq(share_seen_from("usr/bin/x").ptr, "/named");
}
END_TEST

// --- Civil time ---

START_TEST(days_and_dates_agree_for_four_thousand_years)
{
    int year, month, day, weekday = date_weekday(date_days(-1, 12, 31));
    int64_t days = date_days(0, 1, 1);
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int wrong = 0; // counted: an assertion a day would cost more than what it tests
    for (int y = 0; y < 4000; y++) {
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= lengths[m - 1] + (m == 2 && leap); d++, days++) {
                wrong += date_days(y, m, d) != days;
                date_civil(days, &year, &month, &day);
                wrong += !(year == y && month == m && day == d);
                weekday = (weekday + 1) % 7;
                wrong += date_weekday(days) != weekday;
            }
        }
    }
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(date_days(1970, 1, 1), 0);
    ck_assert_int_eq(date_weekday(0), 3);
    date_civil(INT64_MAX, &year, &month, &day); // garbage, but no fault
    date_civil(INT64_MIN, &year, &month, &day);
}
END_TEST

static const struct {
    const char *text;
    bool ok;
    int64_t days;
} date_cases[] = {
    {"1970-01-01", true, 0},
    {"1969-12-31", true, -1},
    {"2024-02-29", true, 19782},
    {"0001-01-01", true, -719162},
    {"9999-12-31", true, 2932896},
    {"2023-02-29", false, 0},
    {"1900-02-29", false, 0},
    {"2025-13-01", false, 0},
    {"2025-00-10", false, 0},
    {"2025-04-31", false, 0},
    {"2025-01-00", false, 0},
    {"0000-01-01", false, 0},
    {"2025-1-1", false, 0},
    {"2025-01-01 ", false, 0},
    {"25-01-01", false, 0},
    {"2025/01/01", false, 0},
    {"", false, 0},
    {"+025-01-01", false, 0},
    {"2025-01-01T00:00:00", false, 0},
};

START_TEST(dates_are_read_only_when_they_exist)
{
    int64_t days = 4711;
    Str s = str_from(date_cases[_i].text);
    ck_assert(date_parse(s, &days) == date_cases[_i].ok);
    ck_assert_int_eq(days, date_cases[_i].ok ? date_cases[_i].days : 4711);
    if (date_cases[_i].ok) ck_assert(str_eq(date_text(&arena, days), s));
}
END_TEST

static const struct {
    const char *text;
    int64_t ms;
    const char *shown; // NULL: refused
} time_cases[] = {
    {"1970-01-01", 0, "1970-01-01 00:00:00"},
    {"1970-01-01 00:00:01.5", 1500, "1970-01-01 00:00:01.5"},
    {"1969-12-31T23:59:59.999", -1, "1969-12-31 23:59:59.999"},
    {"2025-06-30 12:00:00.010", 1751284800010, "2025-06-30 12:00:00.01"},
    {"2025-06-30T12:00:00.100000Z", 1751284800100, "2025-06-30 12:00:00.1"},
    {"2025-01-01T00:30:00+01:00", 1735687800000, "2024-12-31 23:30:00"},
    {"9999-12-31 23:59:59", 253402300799000, "9999-12-31 23:59:59"},
    {"2025-06-30 24:00:00", 0, NULL},
    {"2025-06-30 12:60:00", 0, NULL},
    {"2025-06-30 12:00:60", 0, NULL},
    {"2025-06-30 12", 0, NULL},
    {"2025-06-30 12:00:", 0, NULL},
    {"2025-06-30 12:00:00.", 0, NULL},
    {"2025-06-30 12:00:00.0001", 0, NULL}, // would be lost
    {"2025-06-30Z", 0, NULL},
    {"2025-06-30T", 0, NULL},
    {"2025-06-30 12:00:00 Z", 0, NULL},
    {"2025-06-30 12:00:00+25:00", 0, NULL},
    {"2025-06-30 12:00:00+0200", 0, NULL},
    {"2025-02-30 12:00:00", 0, NULL},
    {"x", 0, NULL},
};

START_TEST(times_are_read_and_shown_in_utc)
{
    int64_t ms = 4711;
    bool ok = time_parse(str_from(time_cases[_i].text), &ms);
    ck_assert(ok == (time_cases[_i].shown != NULL));
    ck_assert_int_eq(ms, ok ? time_cases[_i].ms : 4711);
    if (ok) ck_assert_str_eq(str_c(&arena, time_text(&arena, ms)), time_cases[_i].shown);
    (void)time_text(&arena, INT64_MAX);
    (void)time_text(&arena, INT64_MIN);
}
END_TEST

static TCase *file_case(void)
{
    TCase *t = tcase_create("path and file");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, paths_are_taken_apart, 0, COUNT(path_cases));
    tcase_add_test(t, paths_are_joined_with_one_slash);
    tcase_add_test(t, what_is_written_is_read_back);
    tcase_add_test(t, what_is_no_readable_file_is_refused_at_once);
    tcase_add_test(t, a_file_above_the_limit_is_refused_with_the_limit);
    tcase_add_test(t, a_file_whose_size_is_not_told_is_read_and_bounded);
    tcase_add_test(t, standard_input_is_read_to_its_end_and_bounded);
    tcase_add_test(t, writing_leaves_no_other_file_behind);
    tcase_add_test(t, writing_keeps_the_mode_and_follows_links);
    tcase_add_test(t, a_target_that_is_no_file_is_left_alone);
    tcase_add_test(t, folders_are_made_with_their_parents);
    return t;
}

static TCase *world_case(void)
{
    TCase *t = tcase_create("world");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, places_follow_xdg);
    tcase_add_test(t, home_puts_everything_below_one_folder);
    tcase_add_test(t, without_any_home_the_world_says_what_to_do);
    tcase_add_test(t, editor_and_colours_come_from_the_environment);
    tcase_add_loop_test(t, a_fixed_clock_stands_still, 0, COUNT(clock_cases));
    tcase_add_test(t, a_clock_that_is_no_time_is_a_usage_error);
    tcase_add_test(t, real_clocks_run_and_know_their_zone);
    tcase_add_test(t, a_fake_world_has_no_places);
    tcase_add_test(t, our_own_binary_is_known);
    tcase_add_test(t, shared_files_are_found_beside_the_prefix_or_above_the_build);
    tcase_add_test(t, days_and_dates_agree_for_four_thousand_years);
    tcase_add_loop_test(t, dates_are_read_only_when_they_exist, 0, COUNT(date_cases));
    tcase_add_loop_test(t, times_are_read_and_shown_in_utc, 0, COUNT(time_cases));
    return t;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--report-share") == 0) return report_share(argv[0], argv[2]);
    Suite *s = suite_create("base: world");
    suite_add_tcase(s, file_case());
    suite_add_tcase(s, world_case());
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
