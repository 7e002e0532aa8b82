// bank: what is kept beside a worker from one answer to the next.
#ifndef EXAM_BANK_H
#define EXAM_BANK_H
#include "exam/paper.h"

QueryWorker *bank_worker(ExamBank *b);
// What is kept of the game the other way round (break_draw.c).
typedef struct BreakSeries BreakSeries;
BreakSeries **bank_series(ExamBank *b);
void break_series_close(BreakSeries *s); // NULL is fine
// The same question without its cases: for cases that are not kept. Its arena is the caller's.
Paper paper_beside(const Paper *s);
Paper *bank_paper(ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer);
#endif
