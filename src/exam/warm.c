// warm: makes ahead what the next answer to a drill will meet: its databases, those that the search
// for rivals keeps, and the visible data.
//
// Nothing is made here that an answer would not make itself, and each in the same way: a verdict is
// the same, only sooner.
#include "exam/bank.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

// The next planned case that is not made yet; NULL when all are.
static Case *unmade(Paper *s)
{
    for (size_t i = 0; i < s->planned; i++) {
        if (s->cases[i].state == CASE_NEW) return &s->cases[i];
    }
    return NULL;
}

bool exam_warm(ExamBank *bank, const ExamSpec *spec, uint64_t seed, bool *more, Error *err)
{
    ExamAnswer likely = {.sql = spec->answer, .dialect = spec->dialect, .seed = seed};
    Paper *s = bank_paper(bank, spec, &likely);
    Examinee x = {.q = bank_worker(bank),
                  .spec = spec,
                  .reference = &s->program,
                  .ties = &s->ties,
                  .answer = &s->program,
                  .w = &s->w};
    *more = s->unfit.kind == ERROR_NONE;
    if (!*more) return true;
    if (s->sample.state == CASE_NEW) return case_sample(&x, s, err);
    Case *c = unmade(s);
    if (c) return case_make(&x, s, c, err);
    if (!s->searched) return rivals_step(&x, s, err);
    if (s->visible.state == CASE_NEW) return case_visible(&x, s, err);
    *more = false;
    return true;
}
