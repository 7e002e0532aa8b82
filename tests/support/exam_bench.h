// exam_bench: what every suite that examines queries sets up: an arena, a World, a worker, a bank.
#ifndef EXAM_BENCH_H
#define EXAM_BENCH_H
#include "exam/exam.h"

extern Arena arena;
extern World world;
extern Error err;
extern QueryWorker *worker;
extern ExamBank *bank;

// The two halves of a checked fixture.
void bench_setup(void);
void bench_teardown(void);
// Forgets all databases that were made, as a new process would.
void bench_cold_bank(void);
#endif
