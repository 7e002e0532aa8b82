// private: what the files of grade share: the desk's worker and its visible data.
#ifndef GRADE_PRIVATE_H
#define GRADE_PRIVATE_H
#include "grade/grade.h"

QueryWorker *grade_worker(GradeDesk *d);
// Whether answers of this kind are run at all; else the sentence says what to do instead.
MUST_USE bool grade_has_engine(const Drill *drill, const char *doing, Error *err);
// The visible data of the warehouse is what the worker's next queries read.
MUST_USE bool grade_load_visible(GradeDesk *d, const WarehouseSpec *w, Error *err);
#endif
