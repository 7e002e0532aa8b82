// test_pack: what stands in a pack stands in the specs; the schema, and what is shipped.
#include "base/file.h"
#include "pack/pack.h"
#include "packs.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static Str example(const char *name)
{
    return str_fmt(&arena, SOURCE_DIR "/tests/packs-ok/%s.yaml", name);
}

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
    ck_assert_msg(diags.errors == 0, "%s", packs_first_error());
}
END_TEST

START_TEST(a_sql_drill_stands_in_its_spec_as_written)
{
    ck_assert_msg(packs_load(example("sql")), "%s", packs_first_error());
    const Drill *d = packs_drill("reference-sql/late-share");
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
    ck_assert_msg(packs_load(example("sql")), "%s", packs_first_error());
    const ExamWrong *w = &packs_drill("reference-sql/watch-streak")->exam.wrong[1];
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
    ck_assert_msg(packs_load(example("sql")), "%s", packs_first_error());
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
    ck_assert_msg(packs_load(example("incident")), "%s", packs_first_error());
    const Drill *d = packs_drill("reference-incident/lag-after-launch");
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
    ck_assert_msg(packs_load(example("model")), "%s", packs_first_error());
    const Drill *d = packs_drill("reference-model/production-lifecycle");
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
    ck_assert_msg(packs_load(example("minimal")), "%s", packs_first_error());
    const Drill *d = packs_drill("smallest/best-meal");
    ck_assert_int_eq(d->pack->version, 1);
    ck_assert_int_eq(d->version, 1);
    ck_assert_int_eq(d->level, LEVEL_CORE);
    ck_assert(d->points == 1);
    ck_assert_int_eq(d->clock_seconds, 15 * 60);
    ck_assert_int_eq(d->exam.dialect, DIALECT_SQLITE);
    ck_assert_uint_eq(d->beat_count, 4);
    ck_str(d->beats[2].name, "build");
    const Drill *e = packs_drill("smallest/why-upsert");
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
    ck_assert_msg(packs_load(packs_put("p.yaml", text.ptr)), "%s", packs_first_error());
    const Drill *d = packs_drill("p/d");
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
    Str path = packs_put("p.yaml",
                         "pack: p\n" HEAD "drills:\n"
                         "  - {id: d, kind: model, title: T, skills: [x], prompt: P, "
                         "solution: S, items: [{id: a, want: W, move: clarify}, "
                         "{id: b, want: W, move: stress}, {id: c, want: W, move: build}, "
                         "{id: e, want: W}, {id: f, want: W, move: stress, axis: tradeoffs}]}\n");
    static const Axis axes[] = {AXIS_CLARIFICATION, AXIS_FAILURE, AXIS_CORRECTNESS,
                                AXIS_CORRECTNESS, AXIS_TRADEOFFS};
    ck_assert_msg(packs_load(path), "%s", packs_first_error());
    for (size_t i = 0; i < 5; i++) ck_assert_int_eq(packs_drill("p/d")->items[i].axis, axes[i]);
}
END_TEST

START_TEST(sort_orders_are_keys_or_the_references_own)
{
    Str path = packs_put(
        "p.yaml", "pack: p\n" HEAD "warehouses: [{warehouse: w, tables: {t: {columns: {a: {type: "
                  "integer}}}}}]\ndrills:\n"
                  "  - {id: a, kind: sql, title: T, skills: [x], prompt: P, solution: S, "
                  "warehouse: w, answer: SELECT a FROM t, sorted_by: [k, ts desc, n ASC]}\n"
                  "  - {id: b, kind: sql, title: T, skills: [x], prompt: P, solution: S, "
                  "warehouse: w, answer: SELECT a FROM t, sorted_by: reference}\n");
    ck_assert_msg(packs_load(path), "%s", packs_first_error());
    const CompareRule *rule = &packs_drill("p/a")->exam.rule;
    ck_assert_uint_eq(rule->key_count, 3);
    ck_str(rule->keys[1].column, "ts");
    ck_assert(!rule->keys[0].descending && rule->keys[1].descending && !rule->keys[2].descending);
    ck_assert(!rule->as_reference && packs_drill("p/b")->exam.rule.as_reference);
}
END_TEST

START_TEST(exact_rows_are_typed_by_their_columns)
{
    Str path =
        packs_put("p.yaml", "pack: p\n" HEAD "warehouses:\n"
                            "  - warehouse: w\n"
                            "    tables:\n"
                            "      t:\n"
                            "        columns: {i: {type: integer}, r: {type: real}, b: {type: "
                            "boolean}, d: {type: date}, s: {type: timestamp}, x: {type: text}}\n"
                            "        data: [[1, 2, true, 2025-03-01, 2025-03-01T10:00:00.50, 012], "
                            "[~, ~, ~, ~, ~, ~]]\n");
    ck_assert_msg(packs_load(path), "%s", packs_first_error());
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
    ck_assert_msg(diags.errors == 0, "%s", packs_first_error());
    ck_assert_msg(ok, "%s", err.text);
    ck_assert_uint_gt(library.skills.len, 10);
    ck_assert_uint_gt(library.sets.len, 10);
    ck_assert(library_warehouse(&library, S("netflix")) != NULL);
}
END_TEST

START_TEST(shipped_packs_take_the_advice_they_give)
{
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    Error err = {0};
    Str paths[] = {S(SOURCE_DIR "/drills"), S(SOURCE_DIR "/schemas/warehouses"),
                   S(SOURCE_DIR "/schemas/skills.yaml"), S(SOURCE_DIR "/content/sets.yaml")};
    ck_assert(pack_lint(&arena, &from, (StrList){paths, 4}, &diags, &err));
    for (size_t i = 0; i < diags.list.len; i++) {
        fprintf(stderr, "%s\n", diag_line(&arena, &diags.list.at[i]).ptr);
    }
    ck_assert_uint_eq(diags.list.len, 0);
}
END_TEST

static TCase *specs(void)
{
    TCase *t = tcase_create("specs");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
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

static TCase *schema_and_shipped(void)
{
    TCase *t = tcase_create("schema and shipped");
    tcase_add_checked_fixture(t, packs_setup, packs_teardown);
    tcase_add_test(t, the_schema_in_the_tree_is_the_tables);
    tcase_add_test(t, every_shipped_pack_and_warehouse_is_without_fault);
    tcase_add_test(t, shipped_packs_take_the_advice_they_give);
    return t;
}

int main(void)
{
    Suite *s = suite_create("pack");
    suite_add_tcase(s, specs());
    suite_add_tcase(s, schema_and_shipped());
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
