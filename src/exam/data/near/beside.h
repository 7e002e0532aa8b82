// private: beside: what the files of beside share: databases one step away from small ones.
#ifndef EXAM_BESIDE_H
#define EXAM_BESIDE_H
#include "exam/data/literals/literals.h"

bool beside_clocked(const ColumnSpec *c);
bool beside_has_clock(const WarehouseSpec *w, const Literals *names, const Data *base);
#endif
