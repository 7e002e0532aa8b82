// rivals: queries known to be wrong: which databases refute them, and which of them an answer is
// like.
#ifndef EXAM_RIVALS_H
#define EXAM_RIVALS_H
#include "exam/paper.h"

// ---- what a result is like (print.c)
// As the reference's; other columns than asked for; it did not run.
enum { PRINT_SAME = 1, PRINT_COLUMNS = 2, PRINT_FAILED = 3 };
// Equal results have equal prints, whatever the order of their rows and the names of their columns;
// never 0.
uint64_t print_of(const Examinee *x, const Table *expected, const QueryResult *actual);
// Of one row, its columns in this order.
uint64_t print_row(const Table *t, size_t row, const size_t *column_of, size_t width);

// ---- queries known to be wrong (rival.c), what an answer behaves like (diagnose.c)
void rivals_read(Paper *s);
// Runs them on all cases until each is killed, and looks further for those that live; databases
// that kill one more are kept behind the plan's.
MUST_USE bool rivals_search(Examinee *x, Paper *s, Error *err);
// A step of it: one database. After the last one the paper is `searched`.
MUST_USE bool rivals_step(Examinee *x, Paper *s, Error *err);
// One sentence, in the paper's arena, or "" where the databases do not support one. `shown` is the
// counterexample's.
MUST_USE bool diagnose(Examinee *x, Paper *s, const ExamAnswer *answer, const Data *shown,
                       Str *sentence, Error *err);
#endif
