// test_pack_load: what is broken is left out and the rest goes on; outlines; what a job carries.
#include "base/file.h"
#include "base/path.h"
#include "pack/pack.h"
#include "packs.h"
#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- what is broken is left out

START_TEST(a_drill_with_a_fault_is_left_out_and_the_rest_goes_on)
{
    Str path = packs_put(
        "p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN(
                      "a") "  - {id: b, kind: explain, title: T, skills: [x], prompt: P}\n"
                           "  - {id: c, kind: explain, title: T, title: T, skills: [x], prompt: P, "
                           "solution: S}\n" EXPLAIN("d"));
    ck_assert(packs_load(path));
    ck_assert_uint_eq(library_drill_count(&library), 2);
    ck_str(library_at(&library, 0)->slug, "a");
    ck_str(library_at(&library, 1)->slug, "d");
    ck_assert_uint_eq(diags.errors, 2);
    ck_assert(packs_was_said(path, "`solution` is missing"));
    ck_assert(packs_was_said(path, "`title` stands here a second time"));
}
END_TEST

START_TEST(two_packs_of_one_name_are_an_error_that_names_both_files)
{
    Str one = packs_put("one.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str two = packs_put("two.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    Str both[] = {one, two};
    ck_assert(packs_load_all(both, 2));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert(packs_was_said(two, str_c(&arena, one)));
}
END_TEST

START_TEST(a_folder_is_one_pack_with_its_head_in_pack_yaml)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "sets: {mine: [word]}\n");
    packs_put("p/b.yaml", "drills:\n" EXPLAIN("two"));
    packs_put("p/a.yaml", "drills:\n" EXPLAIN("one"));
    packs_put("p/notes.txt", "no: [yaml");
    Str old = packs_put("p/old.yml", "drills: []\n");
    ck_assert_msg(packs_load(path_join(&arena, folder, S("p"))), "%s", packs_first_error());
    ck_assert_uint_eq(diags.errors, 0);
    ck_assert_uint_eq(library.pack_count, 1);
    ck_str(library_at(&library, 0)->id, "p/one");
    ck_str(library_at(&library, 1)->id, "p/two");
    ck_assert_uint_eq(library.packs[0]->files.len, 3);
    ck_assert(packs_was_said(old, "must end in .yaml"));
}
END_TEST

START_TEST(a_folder_of_packs_is_all_of_them)
{
    packs_put("one/pack.yaml", "pack: one\n" HEAD "drills:\n" EXPLAIN("a"));
    packs_put("two.yaml", "pack: two\n" HEAD "drills:\n" EXPLAIN("a"));
    packs_put("empty/readme", "");
    ck_assert_msg(packs_load(folder), "%s", packs_first_error());
    ck_assert_uint_eq(library.pack_count, 2);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(an_id_that_two_files_of_a_pack_use_is_an_error)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str other = packs_put("p/more.yaml", "drills:\n" EXPLAIN("a"));
    ck_assert(packs_load(path_join(&arena, folder, S("p"))));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert(packs_was_said(other, "the id `a` is taken since"));
}
END_TEST

START_TEST(old_ids_find_the_drill)
{
    Str path =
        packs_put("p.yaml", "pack: p\n" HEAD "drills:\n  - {id: new, kind: explain, title: T, "
                            "skills: [x], prompt: P, solution: S, was: [old]}\n");
    ck_assert(packs_load(path));
    ck_str(packs_drill("p/old")->slug, "new");
}
END_TEST

START_TEST(the_hash_follows_the_drills_own_text_only)
{
    Str path = packs_put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a") EXPLAIN("b"));
    ck_assert(packs_load(path));
    uint64_t a = packs_drill("p/a")->hash, b = packs_drill("p/b")->hash;
    ck_assert(a != b);
    packs_put("p.yaml", "# a comment\npack: p\n" HEAD "drills:\n" EXPLAIN("b") EXPLAIN("a"));
    ck_assert(packs_load(path));
    ck_assert(packs_drill("p/a")->hash == a && packs_drill("p/b")->hash == b);
}
END_TEST

START_TEST(nothing_to_load_is_an_error)
{
    ck_assert(!packs_load(packs_put("p.yaml", "just: text\n")));
    ck_assert(!packs_load(path_join(&arena, folder, S("nowhere"))));
    ck_assert(packs_was_said(path_join(&arena, folder, S("nowhere")), "cannot read"));
}
END_TEST

// ---- what a disk may hold

static void make_fifo(const char *name)
{
    packs_put("p/x", ""); // so that the folder is there
    ck_assert_int_eq(mkfifo(str_c(&arena, path_join(&arena, folder, str_from(name))), 0600), 0);
}

static void make_link(const char *name, const char *to)
{
    ck_assert_int_eq(symlink(to, str_c(&arena, path_join(&arena, folder, str_from(name)))), 0);
}

START_TEST(what_cannot_be_read_is_skipped_with_its_reason)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    make_fifo("p/fifo.yaml");
    make_link("p/device.yaml", "/dev/zero");
    make_link("p/loop.yaml", "loop.yaml");
    make_link("p/gone.yaml", "../gone/pack.yaml");
    packs_put("p/folder.yaml/x", "");
    Str sparse = packs_put("p/large.yaml", "");
    ck_assert_int_eq(truncate(str_c(&arena, sparse), (off_t)5 << 30), 0);
    Str latin = packs_put("p/latin.yaml", "drills: \xE9\n");
    Str p = path_join(&arena, folder, S("p"));
    ck_assert(packs_load(p));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert(packs_was_said(path_join(&arena, p, S("fifo.yaml")), "a pipe"));
    ck_assert(packs_was_said(path_join(&arena, p, S("device.yaml")), "a device"));
    ck_assert(packs_was_said(path_join(&arena, p, S("loop.yaml")), "cannot read"));
    ck_assert(packs_was_said(path_join(&arena, p, S("gone.yaml")), "cannot read"));
    ck_assert(packs_was_said(path_join(&arena, p, S("folder.yaml")), "a folder"));
    ck_assert(packs_was_said(sparse, "larger than 1 MiB"));
    ck_assert(packs_was_said(latin, "UTF-8"));
    ck_assert_uint_eq(diags.errors, 7);
}
END_TEST

START_TEST(a_folder_of_ten_thousand_files_is_refused_and_others_load)
{
    Str one = packs_put("one.yaml", "pack: one\n" HEAD "drills:\n" EXPLAIN("a"));
    packs_put("many/pack.yaml", "pack: many\n" HEAD);
    Str many = path_join(&arena, folder, S("many"));
    for (int i = 0; i < 10000; i++) {
        Str name = str_fmt(&arena, STR_FMT "/%d.yaml", STR_ARG(many), i);
        ck_assert_int_eq(symlink("x", name.ptr), 0);
    }
    Str both[] = {many, one};
    ck_assert(packs_load_all(both, 2));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert(packs_was_said(many, "more than 200 files"));
}
END_TEST

START_TEST(a_link_back_to_its_own_folder_ends)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    make_link("p/again", ".");
    make_link("p/up", "..");
    ck_assert(packs_load(folder));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

static const struct {
    const char *before, *each; // %d counts
    int count;
    const char *said;
} too_much[] = {
    {"    facts:\n", "    - {id: f%d, ask: [x], say: S}\n", 65, "more than 64 facts"},
    {"    items:\n", "    - {id: i%d, want: W}\n", 1001, "at most 1000"},
    {"    sets:\n", "      s%d: [x]\n", 501, "more than 500 sets"},
    {"    beats:\n", "      b%d: 1\n", 13, "1 to 12 parts"},
    {"    hints:\n      - |\n", "        %070d\n", 15000, "larger than 1 MiB"},
};

START_TEST(what_is_too_much_is_refused)
{
    Buf b = buf_new(&arena);
    buf_add(&b,
            S("pack: p\n" HEAD "drills:\n" EXPLAIN(
                "a") "  - id: b\n    kind: explain\n    title: T\n    skills: [x]\n    prompt: P\n"
                     "    solution: S\n"));
    buf_add(&b, str_from(too_much[_i].before));
    for (int i = 0; i < too_much[_i].count; i++) {
        Str each = str_from(too_much[_i].each), head, tail;
        bool wide = str_find(each, S("%070d"), NULL);
        ck_assert(str_cut(each, '%', &head, &tail));
        tail = str_slice(tail, wide ? 4 : 1, tail.len);
        buf_fmt(&b, STR_FMT "%0*d" STR_FMT, STR_ARG(head), wide ? 70 : 1, i, STR_ARG(tail));
    }
    Str path = packs_put("p.yaml", buf_str(&b).ptr);
    bool loaded = packs_load(path);
    ck_assert(packs_was_said(path, too_much[_i].said));
    ck_assert(!loaded || library_drill_count(&library) == 1);
}
END_TEST

START_TEST(code_of_more_than_64_kib_is_refused)
{
    Buf b = buf_new(&arena);
    buf_add(&b,
            S("pack: p\n" HEAD "drills:\n  - {id: k, kind: kernel, title: T, skills: [x], prompt: "
              "P, solution: S, signature: f, answer: "));
    buf_repeat(&b, 'x', 65 * 1024);
    buf_add(&b, S("}\n"));
    Str path = packs_put("p.yaml", buf_str(&b).ptr);
    ck_assert(packs_load(path));
    ck_assert(packs_was_said(path, "at most 64 KiB"));
    ck_assert_uint_eq(library_drill_count(&library), 0);
}
END_TEST

// ---- outlines

static bool load_again(Str path)
{
    Error err = {0};
    PackSources from = {.share_dir = S(SOURCE_DIR), .extra = {&path, 1}};
    from.cache_dir = path_join(&arena, folder, S("cache"));
    return pack_load(&arena, &from, &library, &diags, &err);
}

static Str outline_file(void)
{
    return path_join(&arena, folder, S("cache/packs.outline"));
}

static void same_in_lists(const Drill *x, const Drill *y)
{
    ck_assert(str_eq(x->id, y->id) && str_eq(x->title, y->title) && str_eq(x->prompt, y->prompt));
    ck_assert(x->kind == y->kind && x->level == y->level && x->version == y->version);
    ck_assert(x->points == y->points && x->clock_seconds == y->clock_seconds);
    ck_assert(x->hash == y->hash && x->at.line == y->at.line && x->at.column == y->at.column);
    ck_assert_uint_eq(x->skills.len, y->skills.len);
    ck_assert_uint_eq(x->values.len, y->values.len);
    ck_assert_uint_eq(x->was.len, y->was.len);
    ck_assert_uint_eq(x->beat_count, y->beat_count);
    for (size_t i = 0; i < x->beat_count; i++) {
        ck_assert(str_eq(x->beats[i].name, y->beats[i].name));
        ck_assert_int_eq(x->beats[i].seconds, y->beats[i].seconds);
    }
}

START_TEST(a_pack_that_did_not_change_comes_in_outline_and_is_read_when_wanted)
{
    Str path = S(SOURCE_DIR "/tests/packs-ok/sql.yaml");
    packs_put("x", "");
    ck_assert(load_again(path));
    ck_assert(!library.packs[0]->outline);
    Library whole = library;
    ck_assert(load_again(path));
    ck_assert(library.packs[0]->outline);
    ck_assert_uint_eq(library_drill_count(&library), library_drill_count(&whole));
    for (size_t i = 0; i < library_drill_count(&whole); i++) {
        same_in_lists(library_at(&library, i), library_at(&whole, i));
    }
    const Drill *d = packs_drill("reference-sql/late-share");
    ck_assert_uint_eq(d->fact_count, 0);
    library_read(&library, d);
    ck_assert_ptr_eq(d, packs_drill("reference-sql/late-share"));
    ck_assert_uint_eq(d->fact_count, 3);
    ck_str(d->exam.warehouse->name, "tiffin");
    ck_assert_ptr_eq(d->pack, library.packs[0]);
    ck_str(packs_drill("reference-sql/watch-streak")->exam.warehouse->name, "netflix");
    ck_assert_uint_gt(library.sets.len, 10);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(a_changed_pack_is_read_again)
{
    Str path = packs_put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    ck_assert(load_again(path) && load_again(path));
    ck_assert(library.packs[0]->outline);
    packs_put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    ck_assert(load_again(path));
    ck_assert(!library.packs[0]->outline);
    ck_str(library_at(&library, 0)->slug, "b");
}
END_TEST

START_TEST(a_pack_with_faults_says_them_at_every_start)
{
    Str path = packs_put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a") EXPLAIN("a"));
    ck_assert(load_again(path) && load_again(path));
    ck_assert(!library.packs[0]->outline);
    ck_assert_uint_eq(diags.errors, 2);
}
END_TEST

START_TEST(damaged_outlines_cost_nothing_but_time)
{
    Str path = packs_put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a")), bytes;
    Error err = {0};
    ck_assert(load_again(path));
    ck_assert(file_read(&arena, outline_file(), 1 << 20, &bytes, &err));
    for (size_t i = 0; i < bytes.len; i += 11) {
        char *damaged = (char *)str_copy(&arena, bytes).ptr;
        damaged[i] ^= 1;
        ck_assert(file_write_atomic(outline_file(), (Str){damaged, bytes.len}, &err));
        ck_assert(load_again(path));
        ck_assert_uint_eq(library_drill_count(&library), 1);
        ck_assert(!library.packs[0]->outline);
    }
}
END_TEST

START_TEST(packs_of_one_name_are_found_out_in_outline_too)
{
    packs_put("packs/one.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str packs = path_join(&arena, folder, S("packs"));
    ck_assert(load_again(packs));
    Str two = packs_put("packs/two.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    ck_assert(load_again(packs));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert(packs_was_said(two, "is taken by the pack in"));
}
END_TEST

START_TEST(a_warehouse_is_found_in_packs_known_in_outline)
{
    Str path = S(SOURCE_DIR "/tests/packs-ok/minimal.yaml");
    packs_put("x", "");
    ck_assert(load_again(path) && load_again(path));
    ck_assert(library.packs[0]->outline);
    ck_assert(library_warehouse(&library, S("kitchen")) != NULL);
    ck_assert(library_warehouse(&library, S("netflix")) != NULL);
    ck_assert(!library.packs[0]->outline);
}
END_TEST

// ---- lint

static void lint(Str path)
{
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    Error err = {0};
    ck_assert(pack_lint(&arena, &from, (StrList){&path, 1}, &diags, &err));
}

START_TEST(a_file_of_a_folder_is_linted_with_the_others_and_reported_alone)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "sets: {mine: [word]}\nautors: [x]\n");
    packs_put("p/a.yaml", "drills:\n" EXPLAIN("a"));
    Str b = packs_put("p/b.yaml", "drills:\n" EXPLAIN("a"));
    lint(b);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert(packs_was_said(b, "the id `a` is taken since"));
    diags.list.len = 0;
    lint(path_join(&arena, folder, S("p")));
    ck_assert(packs_was_said(path_join(&arena, folder, S("p/pack.yaml")), "unknown key `autors`"));
    ck_assert(packs_was_said(b, "the id `a` is taken since"));
}
END_TEST

START_TEST(linting_what_is_not_there_says_so)
{
    PackSources from = {0};
    Error err = {0};
    packs_put("p/pack.yaml", "pack: p\n" HEAD);
    Str path = path_join(&arena, folder, S("p/nothing.yaml"));
    ck_assert(!pack_lint(&arena, &from, (StrList){&path, 1}, &diags, &err));
    ck_assert(packs_was_said(path, "cannot read"));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
}
END_TEST

// ---- jobs

START_TEST(a_jobs_request_carries_all_that_a_drill_is_made_of)
{
    packs_put("p/pack.yaml", "pack: p\n" HEAD "sets: {mine: [word]}\n");
    packs_put("p/data.yaml",
              "warehouses: [{warehouse: w, tables: {t: {columns: {a: {type: integer}}}}}]");
    packs_put("p/one.yaml",
              "drills:\n  - {id: a, kind: sql, title: T, skills: [x], prompt: P, solution: "
              "S, warehouse: w, answer: SELECT a FROM t}\n");
    packs_put("p/two.yaml", "drills:\n" EXPLAIN("b"));
    ck_assert_msg(packs_load(path_join(&arena, folder, S("p"))), "%s", packs_first_error());
    SourceFiles files = pack_files(&arena, &library, packs_drill("p/a"));
    Buf b = buf_new(&arena);
    pack_files_wire(&b, &files);
    Wire w = wire_open(buf_str(&b));
    SourceFiles read = pack_files_read(&arena, &w);
    ck_assert(wire_done(&w));
    Library again;
    Error err = {0};
    ck_assert_msg(pack_load_files(&arena, &read, &again, &diags, &err), "%s", packs_first_error());
    const Drill *d = library_drill(&again, S("p/a"));
    ck_assert(d && d->hash == packs_drill("p/a")->hash);
    ck_str(d->exam.warehouse->tables[0].name, "t");
    ck_assert_uint_eq(d->sets.len, packs_drill("p/a")->sets.len);
    ck_assert_ptr_null(library_drill(&again, S("p/b"))); // a file it does not need
}
END_TEST

START_TEST(a_drill_on_a_shared_warehouse_takes_its_file_along)
{
    ck_assert_msg(packs_load(S(SOURCE_DIR "/tests/packs-ok/sql.yaml")), "%s", packs_first_error());
    SourceFiles files = pack_files(&arena, &library, packs_drill("reference-sql/watch-streak"));
    Library again;
    Error err = {0};
    ck_assert(pack_load_files(&arena, &files, &again, &diags, &err));
    const Drill *d = library_drill(&again, S("reference-sql/watch-streak"));
    ck_assert(d && d->exam.warehouse->table_count > 5);
}
END_TEST

START_TEST(a_cut_request_is_bad_and_never_a_crash)
{
    SourceFile file = {S("p.yaml"), S("pack: p\n"), S("p.yaml")};
    SourceFiles files = {&file, 1};
    Buf b = buf_new(&arena);
    pack_files_wire(&b, &files);
    Str whole = buf_str(&b);
    for (size_t i = 0; i < whole.len; i++) {
        Wire w = wire_open(str_slice(whole, 0, i));
        SourceFiles read = pack_files_read(&arena, &w);
        ck_assert(!wire_done(&w));
        ck_assert_uint_le(read.len, 1);
    }
}
END_TEST

static TCase *loading(void)
{
    TCase *t = tcase_create("loading");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
    tcase_add_test(t, a_drill_with_a_fault_is_left_out_and_the_rest_goes_on);
    tcase_add_test(t, two_packs_of_one_name_are_an_error_that_names_both_files);
    tcase_add_test(t, a_folder_is_one_pack_with_its_head_in_pack_yaml);
    tcase_add_test(t, a_folder_of_packs_is_all_of_them);
    tcase_add_test(t, an_id_that_two_files_of_a_pack_use_is_an_error);
    tcase_add_test(t, old_ids_find_the_drill);
    tcase_add_test(t, the_hash_follows_the_drills_own_text_only);
    tcase_add_test(t, nothing_to_load_is_an_error);
    tcase_add_test(t, what_cannot_be_read_is_skipped_with_its_reason);
    tcase_add_test(t, a_folder_of_ten_thousand_files_is_refused_and_others_load);
    tcase_add_test(t, a_link_back_to_its_own_folder_ends);
    tcase_add_loop_test(t, what_is_too_much_is_refused, 0, sizeof too_much / sizeof *too_much);
    tcase_add_test(t, code_of_more_than_64_kib_is_refused);
    return t;
}

static TCase *outlines(void)
{
    TCase *t = tcase_create("outlines");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
    tcase_add_test(t, a_pack_that_did_not_change_comes_in_outline_and_is_read_when_wanted);
    tcase_add_test(t, a_changed_pack_is_read_again);
    tcase_add_test(t, a_pack_with_faults_says_them_at_every_start);
    tcase_add_test(t, damaged_outlines_cost_nothing_but_time);
    tcase_add_test(t, packs_of_one_name_are_found_out_in_outline_too);
    tcase_add_test(t, a_warehouse_is_found_in_packs_known_in_outline);
    return t;
}

static TCase *linting(void)
{
    TCase *t = tcase_create("lint");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
    tcase_add_test(t, a_file_of_a_folder_is_linted_with_the_others_and_reported_alone);
    tcase_add_test(t, linting_what_is_not_there_says_so);
    return t;
}

static TCase *jobs(void)
{
    TCase *t = tcase_create("jobs");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
    tcase_add_test(t, a_jobs_request_carries_all_that_a_drill_is_made_of);
    tcase_add_test(t, a_drill_on_a_shared_warehouse_takes_its_file_along);
    tcase_add_test(t, a_cut_request_is_bad_and_never_a_crash);
    return t;
}

int main(void)
{
    Suite *s = suite_create("pack_load");
    suite_add_tcase(s, loading());
    suite_add_tcase(s, outlines());
    suite_add_tcase(s, linting());
    suite_add_tcase(s, jobs());
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
