// fuzz_pack: any bytes become drills that hold together, or faults with places, and never a crash.
#include "base/check.h"
#include "pack/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// A shared warehouse and set, so that references across files are met as well.
static SourceFile shared(void)
{
    static const char text[] = "warehouses:\n"
                               "  - warehouse: shop\n"
                               "    tables: {customer: {columns: {id: {type: integer}}}}\n"
                               "sets: {again: [twice]}\n";
    return (SourceFile){S("shared.yaml"), {text, sizeof text - 1}, S("")};
}

static void check_drill(const Drill *d)
{
    int sum = 0;
    CHECK(d->id.len > d->slug.len && d->title.len && d->beat_count);
    CHECK(d->source.len > 0);
    for (size_t i = 0; i < d->beat_count; i++) sum += d->beats[i].seconds;
    CHECK(sum == d->clock_seconds && sum > 0);
    CHECK(d->kind != KIND_SQL || d->exam.warehouse);
    for (size_t i = 0; i < d->item_count; i++) CHECK(d->items[i].id.len && d->items[i].want.len);
    for (size_t i = 0; i < d->exam.wrong_count; i++) {
        const ExamWrong *w = &d->exam.wrong[i];
        CHECK((w->sql.len > 0) != (w->edit_count > 0));
    }
}

static void check_table(const TableSpec *t)
{
    CHECK(t->width > 0);
    CHECK(!t->has_data || t->data || !t->data_rows);
    for (size_t i = 0; i < t->width; i++) {
        CHECK(t->columns[i].name.len && t->columns[i].type != TYPE_UNKNOWN);
    }
}

static void check_library(const Library *l)
{
    for (size_t i = 0; i < library_drill_count(l); i++) check_drill(library_at(l, i));
    for (size_t i = 0; i < l->pack_count; i++) {
        for (size_t k = 0; k < l->packs[i]->warehouse_count; k++) {
            const WarehouseSpec *w = l->packs[i]->warehouses[k];
            for (size_t t = 0; t < w->table_count; t++) check_table(&w->tables[t]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena a = {0};
    Diags d = {.arena = &a};
    Error err = {0};
    Library l;
    SourceFile both[] = {shared(), {S("fuzz.yaml"), {(const char *)data, size}, S("fuzz.yaml")}};
    SourceFiles files = {both, 2};
    if (!pack_load_files(&a, &files, &l, &d, &err)) CHECK(err.kind == ERROR_INPUT);
    check_library(&l);
    for (size_t i = 0; i < d.list.len; i++) CHECK(d.list.at[i].place.line >= 1);
    arena_free(&a);
    return 0;
}
