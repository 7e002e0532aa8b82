// another: what a database on which two queries differ turns on. Private to exam.
#ifndef EXAM_ANOTHER_H
#define EXAM_ANOTHER_H
#include "exam/data/literals/literals.h"
#include "exam/paper.h"
#include "exam/run.h"

typedef struct {
    Examinee *x;
    Paper *paper; // its sample is made: values in place of others come from there
    Literals literals;
} Probe;

// `data` differs, and no row of it can go.
MUST_USE bool turn_of(const Probe *p, const Data *data, Turn *out, Error *err);
// Whether `data` has anything of what `seen` names, essential or not.
bool turn_is_shown(const Probe *p, const Data *data, unsigned seen);
// `data` without the rows that show a reason in `seen`; false when there are none such.
bool turn_take_out(const Probe *p, Arena *a, const Data *data, unsigned seen, Data *out);
#endif
