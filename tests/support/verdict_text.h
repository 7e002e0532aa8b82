// verdict_text: all that a verdict says, as one text: to tell whether two are the same.
#ifndef VERDICT_TEXT_H
#define VERDICT_TEXT_H
#include "exam/exam.h"

Str verdict_text(Arena *a, Verdict v); // but for the time it took
#endif
