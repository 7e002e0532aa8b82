// exam_bench: what every suite that examines queries sets up: an arena, a World, a worker, a bank.
#include "exam_bench.h"
#include <check.h>

Arena arena;
World world;
Error err;
QueryWorker *worker;
ExamBank *bank;

void bench_setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    ck_assert_msg(query_open(&world, &worker, &err), "%s", err.text);
    bank = exam_bank_open(worker);
}

void bench_teardown(void)
{
    exam_bank_close(bank);
    query_close(worker);
    arena_free(&arena);
}

void bench_cold_bank(void)
{
    exam_bank_close(bank);
    bank = exam_bank_open(worker);
}
