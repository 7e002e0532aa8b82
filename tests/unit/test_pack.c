// test_pack: what stands in a pack stands in the specs; what is broken is left out and the rest
// goes on.
#include "base/file.h"
#include "base/path.h"
#include "pack/pack.h"
#include "temp_dir.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static Diags diags;
static Library library;
static Str dir; // a fresh folder, made when asked for

static void setup(void)
{
    arena = (Arena){0};
    diags = (Diags){.arena = &arena};
    library = (Library){0};
    dir = (Str){0};
}

static void teardown(void)
{
    if (dir.len) temp_dir_remove(&arena, dir);
    arena_free(&arena);
}

// ---- helpers

static Str put(const char *name, const char *text)
{
    Error err = {0};
    if (!dir.len) dir = temp_dir_make(&arena);
    Str path = path_join(&arena, dir, str_from(name));
    ck_assert_msg(file_make_dirs(path_dir(path), &err), "%s", err.text);
    ck_assert_msg(file_write_atomic(path, str_from(text), &err), "%s", err.text);
    return path;
}

static bool load_paths(const Str *paths, size_t count)
{
    Error err = {0};
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    from.extra = (StrList){arena_array(&arena, Str, count), count};
    memcpy(from.extra.at, paths, count * sizeof *paths);
    return pack_load(&arena, &from, &library, &diags, &err);
}

static bool load(Str path)
{
    return load_paths(&path, 1);
}

static Str example(const char *name)
{
    return str_fmt(&arena, SOURCE_DIR "/tests/packs-ok/%s.yaml", name);
}

static const Drill *drill(const char *id)
{
    const Drill *d = library_drill(&library, str_from(id));
    ck_assert_msg(d != NULL, "no drill %s", id);
    return d;
}

// Is there a fault of this file that says this?
static bool was_said(Str path, const char *part)
{
    for (size_t i = 0; i < diags.list.len; i++) {
        const Diag *d = &diags.list.at[i];
        if (str_eq(d->place.file, path) && str_find(d->text, str_from(part), NULL)) return true;
    }
    return false;
}

static const char *first_error(void)
{
    for (size_t i = 0; i < diags.list.len; i++) {
        const Diag *d = &diags.list.at[i];
        if (d->severity == DIAG_ERROR) return diag_line(&arena, d).ptr;
    }
    return "";
}

#define ck_str(str, text) ck_assert_str_eq(str_c(&arena, str), text)

#define HEAD "title: T\nlicence: CC0-1.0\n"
#define EXPLAIN(id)                                                                                \
    "  - {id: " id ", kind: explain, title: T, skills: [sql.join], prompt: Why?, solution: So.}\n"

// ---- the examples

static const char *const examples[] = {"explain", "incident", "kernel",    "loop",
                                       "minimal", "model",    "plan",      "sets",
                                       "sql",     "story",    "vocabulary"};

START_TEST(every_example_of_the_format_is_without_fault)
{
    Str path = example(examples[_i]);
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    Error err = {0};
    ck_assert(pack_lint(&arena, &from, (StrList){&path, 1}, &diags, &err));
    ck_assert_msg(diags.errors == 0, "%s", first_error());
}
END_TEST

START_TEST(a_sql_drill_stands_in_its_spec_as_written)
{
    ck_assert_msg(load(example("sql")), "%s", first_error());
    const Drill *d = drill("reference-sql/late-share");
    ck_assert_int_eq(d->kind, KIND_SQL);
    ck_assert_int_eq(d->level, LEVEL_CORE);
    ck_assert_int_eq(d->clock_seconds, 720);
    ck_str(d->exam.warehouse->name, "tiffin");
    ck_assert_int_eq(d->exam.dialect, DIALECT_POSTGRES);
    ck_assert(d->exam.rule.tolerance == 1e-9);
    ck_assert_int_eq(d->exam.rule.columns, COLUMNS_BY_NAME_OR_POSITION);
    ck_assert_uint_eq(d->exam.tables.len, 3);
    ck_assert_uint_eq(d->exam.must_have.len, 2);
    ck_assert_uint_eq(d->exam.also_right.len, 1);
    ck_assert_uint_eq(d->exam.wrong_count, 5);
    ck_assert_uint_eq(d->exam.wrong[0].edit_count, 2);
    ck_str(d->exam.wrong[0].edits[1].from, "LEFT JOIN delivery");
    ck_assert_uint_eq(d->exam.wrong[1].edits[0].to.len, 0);
    ck_assert(str_starts(d->exam.wrong[4].sql, S("SELECT c.id AS city_id")));
    ck_assert_uint_eq(d->fact_count, 3);
    ck_str(d->facts[2].say, "Only orders that were delivered count.");
    ck_assert_uint_eq(d->facts[0].ask.len, 6);
    ck_assert(str_starts(d->source, S("id: late-share")));
}
END_TEST

START_TEST(a_witness_holds_typed_rows)
{
    ck_assert_msg(load(example("sql")), "%s", first_error());
    const ExamWrong *w = &drill("reference-sql/watch-streak")->exam.wrong[1];
    ck_assert_uint_eq(w->witness_count, 1);
    ck_str(w->witness[0].table, "fact_viewing_session");
    ck_assert_uint_eq(w->witness[0].rows, 4);
    const Value *row = &w->witness[0].cells[2 * 3];
    ck_assert_int_eq(row[0].integer, 1);
    ck_str(row[1].text, "2025-06-02 22:00:00");
    ck_assert_int_eq(row[2].kind, VALUE_INTEGER);
    ck_assert_int_eq(row[2].integer, 1);
}
END_TEST

START_TEST(a_warehouse_stands_in_its_spec_as_written)
{
    ck_assert_msg(load(example("sql")), "%s", first_error());
    const WarehouseSpec *w = library_warehouse(&library, S("tiffin"));
    ck_assert_int_eq(w->today, date_days(2025, 6, 30));
    ck_str(time_text(&arena, w->now_ms), "2025-06-30 09:00:00");
    ck_assert_uint_eq(w->table_count, 3);
    ck_assert_uint_eq(w->never_count, 1);
    const TableSpec *t = &w->tables[2];
    ck_str(t->name, "delivery");
    ck_assert_int_eq(t->rows, 3000);
    ck_assert_uint_eq(t->width, 6);
    ck_assert_uint_eq(t->check.len, 3);
    const ColumnSpec *status = &t->columns[2];
    ck_assert_uint_eq(status->value_count, 3);
    ck_str(status->values[1].text, "cancelled");
    ck_assert(status->values[1].weight == 0.08);
    ck_str(t->columns[1].ref_table, "restaurant");
    ck_str(t->columns[1].ref_column, "id");
    ck_str(t->columns[3].max, "today");
    ck_str(t->columns[4].after, "ordered_at");
    ck_assert_int_eq(t->columns[4].after_min_s, 25 * 60);
    ck_assert_int_eq(t->columns[4].after_max_s, 50 * 60);
    ck_str(t->columns[5].when, "status = 'delivered'");
    ck_assert(t->columns[5].null_share < 0);
    ck_assert_int_eq(w->tables[1].columns[1].orphan_parents, 1);
}
END_TEST

START_TEST(items_take_their_axis_and_matching_from_what_is_written)
{
    ck_assert_msg(load(example("incident")), "%s", first_error());
    const Drill *d = drill("reference-incident/lag-after-launch");
    ck_assert_uint_eq(d->item_count, 10); // the actions
    ck_assert_uint_eq(d->fact_count, 7);  // the evidence
    ck_str(d->facts[1].id, "retention");
    const RubricItem *skew = &d->items[5];
    ck_str(skew->beat, "diagnose");
    ck_assert_int_eq(skew->axis, AXIS_TRADEOFFS);
    ck_assert_uint_eq(skew->match.alone.len, 2);
    ck_str(skew->match.alone.at[0].text, "$skew");
    ck_assert_int_eq(skew->match.alone.at[1].kind, MATCH_RULE);
    ck_assert_uint_eq(skew->match.alone.at[1].rule->near.len, 2);
    const RubricItem *eta = &d->items[7];
    const MatchTerm *num = &eta->match.pair.at[1].any[0];
    ck_assert_int_eq(num->kind, MATCH_NUM);
    ck_assert(num->has_min && num->num_max == 12);
    ck_assert_uint_eq(num->units.len, 3);
    ck_assert_int_eq(eta->match.within, 8);
}
END_TEST

START_TEST(sets_are_the_shared_ones_with_the_packs_own_words_added)
{
    ck_assert_msg(load(example("model")), "%s", first_error());
    const Drill *d = drill("reference-model/production-lifecycle");
    size_t again = 0, stage = 0;
    for (size_t i = 0; i < d->sets.len; i++) {
        if (str_eq(d->sets.at[i].name, S("again"))) again = d->sets.at[i].words.len;
        if (str_eq(d->sets.at[i].name, S("stage"))) stage = d->sets.at[i].words.len;
    }
    ck_assert_uint_gt(again, 25); // more than the ten of the pack
    ck_assert_uint_eq(stage, 5);
    ck_assert_uint_gt(d->sets.len, library.sets.len);
}
END_TEST

// ---- defaults

START_TEST(what_is_left_out_has_its_default)
{
    ck_assert_msg(load(example("minimal")), "%s", first_error());
    const Drill *d = drill("smallest/best-meal");
    ck_assert_int_eq(d->pack->version, 1);
    ck_assert_int_eq(d->version, 1);
    ck_assert_int_eq(d->level, LEVEL_CORE);
    ck_assert(d->points == 1);
    ck_assert_int_eq(d->clock_seconds, 15 * 60);
    ck_assert_int_eq(d->exam.dialect, DIALECT_SQLITE);
    ck_assert_uint_eq(d->beat_count, 4);
    ck_str(d->beats[2].name, "build");
    const Drill *e = drill("smallest/why-upsert");
    ck_assert_int_eq(e->clock_seconds, 90);
    ck_assert(e->items[0].worth == 1);
    ck_assert_int_eq(e->items[0].axis, AXIS_CORRECTNESS);
    const WarehouseSpec *w = d->exam.warehouse;
    ck_str(time_text(&arena, w->now_ms), "2025-06-30 12:00:00");
}
END_TEST

static const struct {
    const char *lines; // of the drill
    const char *beats; // "name seconds …"
} clocks[] = {
    {"kind: explain, minutes: 3", "claim 30 how 80 edge 40 pick 30"},
    {"kind: explain, beats: {one: 10, two: 20.5}", "one 10 two 21"},
    {"kind: story", "situation 15 task 15 action 45 result 15"},
    {"kind: explain, beats: star", "situation 15 task 15 action 45 result 15"},
    {"kind: model", "clarify 300 grain 180 build 900 time 420 stress 300"},
    {"kind: model, moves: {a: 1, b: 2}", "a 60 b 120"},
    {"kind: design, minutes: 30", "clarify 240 frame 240 build 920 stress 400"},
    {"kind: incident, minutes: 10, stages: [stop, fix]", "stop 300 fix 300"},
    {"kind: incident", "protect 180 stop 180 diagnose 180 fix 180 prevent 180"},
    {"kind: kernel, signature: f, answer: f", "clarify 60 frame 30 build 1020 stress 90"},
    {"kind: kernel, signature: f, answer: f, minutes: 2", "clarify 6 frame 3 build 102 stress 9"},
};

START_TEST(the_clock_is_the_sum_of_its_beats)
{
    Str text = str_fmt(&arena,
                       "pack: p\n" HEAD "drills:\n  - {id: d, title: T, skills: [x], prompt: P, "
                       "solution: S, %s}\n",
                       clocks[_i].lines);
    ck_assert_msg(load(put("p.yaml", text.ptr)), "%s", first_error());
    const Drill *d = drill("p/d");
    Buf b = buf_new(&arena);
    int sum = 0;
    for (size_t i = 0; i < d->beat_count; i++) {
        buf_fmt(&b, "%s" STR_FMT " %d", i ? " " : "", STR_ARG(d->beats[i].name),
                d->beats[i].seconds);
        sum += d->beats[i].seconds;
    }
    ck_str(buf_str(&b), clocks[_i].beats);
    ck_assert_int_eq(d->clock_seconds, sum);
}
END_TEST

START_TEST(the_axis_of_an_item_comes_from_its_beat)
{
    Str path =
        put("p.yaml", "pack: p\n" HEAD "drills:\n"
                      "  - {id: d, kind: model, title: T, skills: [x], prompt: P, "
                      "solution: S, items: [{id: a, want: W, move: clarify}, "
                      "{id: b, want: W, move: stress}, {id: c, want: W, move: build}, "
                      "{id: e, want: W}, {id: f, want: W, move: stress, axis: tradeoffs}]}\n");
    static const Axis axes[] = {AXIS_CLARIFICATION, AXIS_FAILURE, AXIS_CORRECTNESS,
                                AXIS_CORRECTNESS, AXIS_TRADEOFFS};
    ck_assert_msg(load(path), "%s", first_error());
    for (size_t i = 0; i < 5; i++) ck_assert_int_eq(drill("p/d")->items[i].axis, axes[i]);
}
END_TEST

START_TEST(sort_orders_are_keys_or_the_references_own)
{
    Str path = put("p.yaml",
                   "pack: p\n" HEAD "warehouses: [{warehouse: w, tables: {t: {columns: {a: {type: "
                   "integer}}}}}]\ndrills:\n"
                   "  - {id: a, kind: sql, title: T, skills: [x], prompt: P, solution: S, "
                   "warehouse: w, answer: SELECT a FROM t, sorted_by: [k, ts desc, n ASC]}\n"
                   "  - {id: b, kind: sql, title: T, skills: [x], prompt: P, solution: S, "
                   "warehouse: w, answer: SELECT a FROM t, sorted_by: reference}\n");
    ck_assert_msg(load(path), "%s", first_error());
    const CompareRule *rule = &drill("p/a")->exam.rule;
    ck_assert_uint_eq(rule->key_count, 3);
    ck_str(rule->keys[1].column, "ts");
    ck_assert(!rule->keys[0].descending && rule->keys[1].descending && !rule->keys[2].descending);
    ck_assert(!rule->as_reference && drill("p/b")->exam.rule.as_reference);
}
END_TEST

START_TEST(exact_rows_are_typed_by_their_columns)
{
    Str path =
        put("p.yaml", "pack: p\n" HEAD "warehouses:\n"
                      "  - warehouse: w\n"
                      "    tables:\n"
                      "      t:\n"
                      "        columns: {i: {type: integer}, r: {type: real}, b: {type: "
                      "boolean}, d: {type: date}, s: {type: timestamp}, x: {type: text}}\n"
                      "        data: [[1, 2, true, 2025-03-01, 2025-03-01T10:00:00.50, 012], "
                      "[~, ~, ~, ~, ~, ~]]\n");
    ck_assert_msg(load(path), "%s", first_error());
    const TableSpec *t = &library_warehouse(&library, S("w"))->tables[0];
    ck_assert(t->has_data);
    ck_assert_uint_eq(t->data_rows, 2);
    ck_assert_int_eq(t->data[0].integer, 1);
    ck_assert_int_eq(t->data[1].kind, VALUE_REAL);
    ck_assert_int_eq(t->data[2].integer, 1);
    ck_str(t->data[3].text, "2025-03-01");
    ck_str(t->data[4].text, "2025-03-01 10:00:00.5");
    ck_str(t->data[5].text, "012"); // text stays as written
    for (size_t i = 6; i < 12; i++) ck_assert_int_eq(t->data[i].kind, VALUE_NULL);
}
END_TEST

// ---- what is broken is left out

START_TEST(a_drill_with_a_fault_is_left_out_and_the_rest_goes_on)
{
    Str path = put(
        "p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN(
                      "a") "  - {id: b, kind: explain, title: T, skills: [x], prompt: P}\n"
                           "  - {id: c, kind: explain, title: T, title: T, skills: [x], prompt: P, "
                           "solution: S}\n" EXPLAIN("d"));
    ck_assert(load(path));
    ck_assert_uint_eq(library_drill_count(&library), 2);
    ck_str(library_at(&library, 0)->slug, "a");
    ck_str(library_at(&library, 1)->slug, "d");
    ck_assert_uint_eq(diags.errors, 2);
    ck_assert(was_said(path, "`solution` is missing"));
    ck_assert(was_said(path, "`title` stands here a second time"));
}
END_TEST

START_TEST(two_packs_of_one_name_are_an_error_that_names_both_files)
{
    Str one = put("one.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str two = put("two.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    Str both[] = {one, two};
    ck_assert(load_paths(both, 2));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert(was_said(two, str_c(&arena, one)));
}
END_TEST

START_TEST(a_folder_is_one_pack_with_its_head_in_pack_yaml)
{
    put("p/pack.yaml", "pack: p\n" HEAD "sets: {mine: [word]}\n");
    put("p/b.yaml", "drills:\n" EXPLAIN("two"));
    put("p/a.yaml", "drills:\n" EXPLAIN("one"));
    put("p/notes.txt", "no: [yaml");
    Str old = put("p/old.yml", "drills: []\n");
    ck_assert_msg(load(path_join(&arena, dir, S("p"))), "%s", first_error());
    ck_assert_uint_eq(diags.errors, 0);
    ck_assert_uint_eq(library.pack_count, 1);
    ck_str(library_at(&library, 0)->id, "p/one");
    ck_str(library_at(&library, 1)->id, "p/two");
    ck_assert_uint_eq(library.packs[0]->files.len, 3);
    ck_assert(was_said(old, "must end in .yaml"));
}
END_TEST

START_TEST(a_folder_of_packs_is_all_of_them)
{
    put("one/pack.yaml", "pack: one\n" HEAD "drills:\n" EXPLAIN("a"));
    put("two.yaml", "pack: two\n" HEAD "drills:\n" EXPLAIN("a"));
    put("empty/readme", "");
    ck_assert_msg(load(dir), "%s", first_error());
    ck_assert_uint_eq(library.pack_count, 2);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(an_id_that_two_files_of_a_pack_use_is_an_error)
{
    put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str other = put("p/more.yaml", "drills:\n" EXPLAIN("a"));
    ck_assert(load(path_join(&arena, dir, S("p"))));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert(was_said(other, "the id `a` is taken since"));
}
END_TEST

START_TEST(old_ids_find_the_drill)
{
    Str path = put("p.yaml", "pack: p\n" HEAD "drills:\n  - {id: new, kind: explain, title: T, "
                             "skills: [x], prompt: P, solution: S, was: [old]}\n");
    ck_assert(load(path));
    ck_str(drill("p/old")->slug, "new");
}
END_TEST

START_TEST(the_hash_follows_the_drills_own_text_only)
{
    Str path = put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a") EXPLAIN("b"));
    ck_assert(load(path));
    uint64_t a = drill("p/a")->hash, b = drill("p/b")->hash;
    ck_assert(a != b);
    put("p.yaml", "# a comment\npack: p\n" HEAD "drills:\n" EXPLAIN("b") EXPLAIN("a"));
    ck_assert(load(path));
    ck_assert(drill("p/a")->hash == a && drill("p/b")->hash == b);
}
END_TEST

START_TEST(nothing_to_load_is_an_error)
{
    ck_assert(!load(put("p.yaml", "just: text\n")));
    ck_assert(!load(path_join(&arena, dir, S("nowhere"))));
    ck_assert(was_said(path_join(&arena, dir, S("nowhere")), "cannot read"));
}
END_TEST

// ---- what a disk may hold

static void make_fifo(const char *name)
{
    put("p/x", ""); // so that the folder is there
    ck_assert_int_eq(mkfifo(str_c(&arena, path_join(&arena, dir, str_from(name))), 0600), 0);
}

static void make_link(const char *name, const char *to)
{
    ck_assert_int_eq(symlink(to, str_c(&arena, path_join(&arena, dir, str_from(name)))), 0);
}

START_TEST(what_cannot_be_read_is_skipped_with_its_reason)
{
    put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    make_fifo("p/fifo.yaml");
    make_link("p/device.yaml", "/dev/zero");
    make_link("p/loop.yaml", "loop.yaml");
    make_link("p/gone.yaml", "../gone/pack.yaml");
    put("p/folder.yaml/x", "");
    Str sparse = put("p/large.yaml", "");
    ck_assert_int_eq(truncate(str_c(&arena, sparse), (off_t)5 << 30), 0);
    Str latin = put("p/latin.yaml", "drills: \xE9\n");
    Str folder = path_join(&arena, dir, S("p"));
    ck_assert(load(folder));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert(was_said(path_join(&arena, folder, S("fifo.yaml")), "a pipe"));
    ck_assert(was_said(path_join(&arena, folder, S("device.yaml")), "a device"));
    ck_assert(was_said(path_join(&arena, folder, S("loop.yaml")), "cannot read"));
    ck_assert(was_said(path_join(&arena, folder, S("gone.yaml")), "cannot read"));
    ck_assert(was_said(path_join(&arena, folder, S("folder.yaml")), "a folder"));
    ck_assert(was_said(sparse, "larger than 1 MiB"));
    ck_assert(was_said(latin, "UTF-8"));
    ck_assert_uint_eq(diags.errors, 7);
}
END_TEST

START_TEST(a_folder_of_ten_thousand_files_is_refused_and_others_load)
{
    Str one = put("one.yaml", "pack: one\n" HEAD "drills:\n" EXPLAIN("a"));
    put("many/pack.yaml", "pack: many\n" HEAD);
    Str many = path_join(&arena, dir, S("many"));
    for (int i = 0; i < 10000; i++) {
        Str name = str_fmt(&arena, STR_FMT "/%d.yaml", STR_ARG(many), i);
        ck_assert_int_eq(symlink("x", name.ptr), 0);
    }
    Str both[] = {many, one};
    ck_assert(load_paths(both, 2));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert(was_said(many, "more than 200 files"));
}
END_TEST

START_TEST(a_link_back_to_its_own_folder_ends)
{
    put("p/pack.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    make_link("p/again", ".");
    make_link("p/up", "..");
    ck_assert(load(dir));
    ck_assert_uint_eq(library_drill_count(&library), 1);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

// ---- outlines

static bool load_again(Str path)
{
    Error err = {0};
    PackSources from = {.share_dir = S(SOURCE_DIR), .extra = {&path, 1}};
    from.cache_dir = path_join(&arena, dir, S("cache"));
    return pack_load(&arena, &from, &library, &diags, &err);
}

static Str outline_file(void)
{
    return path_join(&arena, dir, S("cache/packs.outline"));
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
    put("x", "");
    ck_assert(load_again(path));
    ck_assert(!library.packs[0]->outline);
    Library whole = library;
    ck_assert(load_again(path));
    ck_assert(library.packs[0]->outline);
    ck_assert_uint_eq(library_drill_count(&library), library_drill_count(&whole));
    for (size_t i = 0; i < library_drill_count(&whole); i++) {
        same_in_lists(library_at(&library, i), library_at(&whole, i));
    }
    const Drill *d = drill("reference-sql/late-share");
    ck_assert_uint_eq(d->fact_count, 0);
    library_read(&library, d);
    ck_assert_ptr_eq(d, drill("reference-sql/late-share"));
    ck_assert_uint_eq(d->fact_count, 3);
    ck_str(d->exam.warehouse->name, "tiffin");
    ck_assert_ptr_eq(d->pack, library.packs[0]);
    ck_str(drill("reference-sql/watch-streak")->exam.warehouse->name, "netflix");
    ck_assert_uint_gt(library.sets.len, 10);
    ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(a_changed_pack_is_read_again)
{
    Str path = put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    ck_assert(load_again(path) && load_again(path));
    ck_assert(library.packs[0]->outline);
    put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    ck_assert(load_again(path));
    ck_assert(!library.packs[0]->outline);
    ck_str(library_at(&library, 0)->slug, "b");
}
END_TEST

START_TEST(a_pack_with_faults_says_them_at_every_start)
{
    Str path = put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a") EXPLAIN("a"));
    ck_assert(load_again(path) && load_again(path));
    ck_assert(!library.packs[0]->outline);
    ck_assert_uint_eq(diags.errors, 2);
}
END_TEST

START_TEST(damaged_outlines_cost_nothing_but_time)
{
    Str path = put("p.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a")), bytes;
    Error err = {0};
    ck_assert(load_again(path));
    ck_assert(file_read(&arena, outline_file(), 1 << 20, &bytes, &err));
    for (size_t i = 0; i < bytes.len; i++) {
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
    put("packs/one.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("a"));
    Str packs = path_join(&arena, dir, S("packs"));
    ck_assert(load_again(packs));
    Str two = put("packs/two.yaml", "pack: p\n" HEAD "drills:\n" EXPLAIN("b"));
    ck_assert(load_again(packs));
    ck_assert_uint_eq(library.pack_count, 1);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert(was_said(two, "is taken by the pack in"));
}
END_TEST

START_TEST(a_warehouse_is_found_in_packs_known_in_outline)
{
    Str path = S(SOURCE_DIR "/tests/packs-ok/minimal.yaml");
    put("x", "");
    ck_assert(load_again(path) && load_again(path));
    ck_assert(library.packs[0]->outline);
    ck_assert(library_warehouse(&library, S("kitchen")) != NULL);
    ck_assert(library_warehouse(&library, S("netflix")) != NULL);
    ck_assert(!library.packs[0]->outline);
}
END_TEST

// ---- jobs

START_TEST(a_jobs_request_carries_all_that_a_drill_is_made_of)
{
    put("p/pack.yaml", "pack: p\n" HEAD "sets: {mine: [word]}\n");
    put("p/data.yaml",
        "warehouses: [{warehouse: w, tables: {t: {columns: {a: {type: integer}}}}}]");
    put("p/one.yaml", "drills:\n  - {id: a, kind: sql, title: T, skills: [x], prompt: P, solution: "
                      "S, warehouse: w, answer: SELECT a FROM t}\n");
    put("p/two.yaml", "drills:\n" EXPLAIN("b"));
    ck_assert_msg(load(path_join(&arena, dir, S("p"))), "%s", first_error());
    SourceFiles files = pack_files(&arena, &library, drill("p/a"));
    Buf b = buf_new(&arena);
    pack_files_wire(&b, &files);
    Wire w = wire_open(buf_str(&b));
    SourceFiles read = pack_files_read(&arena, &w);
    ck_assert(wire_done(&w));
    Library again;
    Error err = {0};
    ck_assert_msg(pack_load_files(&arena, &read, &again, &diags, &err), "%s", first_error());
    const Drill *d = library_drill(&again, S("p/a"));
    ck_assert(d && d->hash == drill("p/a")->hash);
    ck_str(d->exam.warehouse->tables[0].name, "t");
    ck_assert_uint_eq(d->sets.len, drill("p/a")->sets.len);
    ck_assert_ptr_null(library_drill(&again, S("p/b"))); // a file it does not need
}
END_TEST

START_TEST(a_drill_on_a_shared_warehouse_takes_its_file_along)
{
    ck_assert_msg(load(example("sql")), "%s", first_error());
    SourceFiles files = pack_files(&arena, &library, drill("reference-sql/watch-streak"));
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

// ---- the schema, and what is shipped

START_TEST(the_schema_in_the_tree_is_the_tables)
{
    Str path = S(SOURCE_DIR "/schemas/pack.schema.json"), text;
    Str now = pack_schema(&arena);
    Error err = {0};
    if (getenv("BLESS")) ck_assert_msg(file_write_atomic(path, now, &err), "%s", err.text);
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    ck_assert_msg(str_eq(text, now), "schemas/pack.schema.json is not what pack_schema says: run "
                                     "this test with BLESS=1 and look at the difference");
}
END_TEST

START_TEST(every_shipped_pack_and_warehouse_is_without_fault)
{
    PackSources from = {.share_dir = S(SOURCE_DIR), .shipped = true};
    Error err = {0};
    bool ok = pack_load(&arena, &from, &library, &diags, &err);
    ck_assert_msg(diags.errors == 0, "%s", first_error());
    ck_assert_msg(ok, "%s", err.text);
    ck_assert_uint_gt(library.skills.len, 10);
    ck_assert_uint_gt(library.sets.len, 10);
    ck_assert(library_warehouse(&library, S("netflix")) != NULL);
}
END_TEST

static TCase *specs(void)
{
    TCase *t = tcase_create("specs");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, every_example_of_the_format_is_without_fault, 0,
                        sizeof examples / sizeof *examples);
    tcase_add_test(t, a_sql_drill_stands_in_its_spec_as_written);
    tcase_add_test(t, a_witness_holds_typed_rows);
    tcase_add_test(t, a_warehouse_stands_in_its_spec_as_written);
    tcase_add_test(t, items_take_their_axis_and_matching_from_what_is_written);
    tcase_add_test(t, sets_are_the_shared_ones_with_the_packs_own_words_added);
    tcase_add_test(t, what_is_left_out_has_its_default);
    tcase_add_loop_test(t, the_clock_is_the_sum_of_its_beats, 0, sizeof clocks / sizeof *clocks);
    tcase_add_test(t, the_axis_of_an_item_comes_from_its_beat);
    tcase_add_test(t, sort_orders_are_keys_or_the_references_own);
    tcase_add_test(t, exact_rows_are_typed_by_their_columns);
    return t;
}

static TCase *loading(void)
{
    TCase *t = tcase_create("loading");
    tcase_add_checked_fixture(t, setup, teardown);
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
    return t;
}

static TCase *outlines(void)
{
    TCase *t = tcase_create("outlines");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_pack_that_did_not_change_comes_in_outline_and_is_read_when_wanted);
    tcase_add_test(t, a_changed_pack_is_read_again);
    tcase_add_test(t, a_pack_with_faults_says_them_at_every_start);
    tcase_add_test(t, damaged_outlines_cost_nothing_but_time);
    tcase_add_test(t, packs_of_one_name_are_found_out_in_outline_too);
    tcase_add_test(t, a_warehouse_is_found_in_packs_known_in_outline);
    return t;
}

static TCase *jobs_and_schema(void)
{
    TCase *t = tcase_create("jobs and schema");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_jobs_request_carries_all_that_a_drill_is_made_of);
    tcase_add_test(t, a_drill_on_a_shared_warehouse_takes_its_file_along);
    tcase_add_test(t, a_cut_request_is_bad_and_never_a_crash);
    tcase_add_test(t, the_schema_in_the_tree_is_the_tables);
    tcase_add_test(t, every_shipped_pack_and_warehouse_is_without_fault);
    return t;
}

int main(void)
{
    Suite *s = suite_create("pack");
    suite_add_tcase(s, specs());
    suite_add_tcase(s, loading());
    suite_add_tcase(s, outlines());
    suite_add_tcase(s, jobs_and_schema());
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
