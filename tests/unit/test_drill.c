// test_drill: names of kinds and levels, and finding a drill by any id it has or had.
#include "drill/drill.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;

static void setup(void)
{
    arena = (Arena){0};
}

static void teardown(void)
{
    arena_free(&arena);
}

static Drill drill(const Pack *p, const char *slug)
{
    Drill d = {.slug = str_from(slug), .pack = p};
    d.id = str_fmt(&arena, STR_FMT "/%s", STR_ARG(p->name), slug);
    return d;
}

// Two packs: classics (top-salary, dedup, once fan-out) and mine (dedup).
static Library library(void)
{
    Pack *classics = arena_new(&arena, Pack);
    Pack *mine = arena_new(&arena, Pack);
    static Str old_names[] = {{"fan-out", 7}, {"mine/join-trap", 14}};
    *classics = (Pack){.name = S("classics"), .drill_count = 2};
    *mine = (Pack){.name = S("mine"), .drill_count = 1};
    classics->drills = arena_array(&arena, Drill, 2);
    classics->drills[0] = drill(classics, "top-salary");
    classics->drills[0].was = (StrList){old_names, 2};
    classics->drills[1] = drill(classics, "dedup");
    mine->drills = arena_array(&arena, Drill, 1);
    mine->drills[0] = drill(mine, "dedup");
    Library l = {.packs = arena_array(&arena, Pack *, 2), .pack_count = 2};
    l.packs[0] = classics;
    l.packs[1] = mine;
    return l;
}

START_TEST(every_kind_and_level_reads_back_from_its_name)
{
    for (int i = 0; i < KIND_COUNT_; i++) {
        DrillKind k;
        ck_assert(kind_from_name(str_from(kind_name((DrillKind)i)), &k));
        ck_assert_int_eq(k, i);
    }
    for (int i = 0; i < LEVEL_COUNT_; i++) {
        Level l;
        ck_assert(level_from_name(str_from(level_name((Level)i)), &l));
        ck_assert_int_eq(l, i);
    }
    DrillKind k;
    Level l;
    ck_assert(!kind_from_name(S("SQL"), &k));
    ck_assert(!level_from_name(S("junior"), &l));
}
END_TEST

static const struct {
    const char *asked, *found; // "" = none
} ids[] = {
    {"classics/top-salary", "classics/top-salary"},
    {"mine/dedup", "mine/dedup"},
    {"top-salary", "classics/top-salary"}, // a slug that only one pack has
    {"dedup", ""},                         // one that two have
    {"classics/fan-out", "classics/top-salary"},
    {"mine/join-trap", "classics/top-salary"}, // it moved here from another pack
    {"mine/fan-out", ""},                      // an old slug belongs to its own pack
    {"", ""},
    {"classics/", ""},
};

START_TEST(a_drill_is_found_by_the_ids_it_has_or_had)
{
    Library l = library();
    const Drill *d = library_drill(&l, str_from(ids[_i].asked));
    ck_assert_str_eq(d ? d->id.ptr : "", ids[_i].found);
}
END_TEST

START_TEST(drills_are_counted_and_taken_in_pack_order)
{
    Library l = library();
    ck_assert_uint_eq(library_drill_count(&l), 3);
    ck_assert_str_eq(library_at(&l, 0)->id.ptr, "classics/top-salary");
    ck_assert_str_eq(library_at(&l, 2)->id.ptr, "mine/dedup");
    ck_assert_ptr_null(library_at(&l, 3));
    ck_assert_uint_eq(library_drill_count(&(Library){0}), 0);
}
END_TEST

START_TEST(a_mistyped_id_finds_the_nearest)
{
    Library l = library();
    ck_assert_str_eq(library_nearest_id(&arena, &l, S("clasics/top-salry")).ptr,
                     "classics/top-salary");
    ck_assert_str_eq(library_nearest_id(&arena, &l, S("top-salry")).ptr, "classics/top-salary");
    ck_assert_uint_eq(library_nearest_id(&arena, &l, S("sessions")).len, 0);
}
END_TEST

START_TEST(a_pack_sees_its_own_warehouse_before_the_shared_one)
{
    Library l = library();
    WarehouseSpec shared = {.name = S("shop"), .title = S("shared")};
    WarehouseSpec own = {.name = S("shop"), .title = S("own")};
    WarehouseSpec only = {.name = S("kitchen")};
    WarehouseSpec *of_library[] = {&shared}, *of_mine[] = {&own, &only};
    l.warehouses = of_library;
    l.warehouse_count = 1;
    l.packs[1]->warehouses = of_mine;
    l.packs[1]->warehouse_count = 2;
    ck_assert_ptr_eq(library_warehouse_of(&l, l.packs[1], S("shop")), &own);
    ck_assert_ptr_eq(library_warehouse_of(&l, l.packs[0], S("shop")), &shared);
    ck_assert_ptr_null(library_warehouse_of(&l, l.packs[0], S("kitchen")));
    ck_assert_ptr_eq(library_warehouse(&l, S("shop")), &shared);
    ck_assert_ptr_eq(library_warehouse(&l, S("kitchen")), &only);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("drill");
    TCase *t = tcase_create("library");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_kind_and_level_reads_back_from_its_name);
    tcase_add_loop_test(t, a_drill_is_found_by_the_ids_it_has_or_had, 0, sizeof ids / sizeof *ids);
    tcase_add_test(t, drills_are_counted_and_taken_in_pack_order);
    tcase_add_test(t, a_mistyped_id_finds_the_nearest);
    tcase_add_test(t, a_pack_sees_its_own_warehouse_before_the_shared_one);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
