// spec_faults: which constraints of a warehouse its rows break, found by SQLite.
#ifndef SUPPORT_SPEC_FAULTS_H
#define SUPPORT_SPEC_FAULTS_H
#include "warehouse/warehouse.h"

// "" when types, NULLs, keys, references, values, bounds, checks and never rules all hold; else the
// first that does not.
Str spec_faults(Arena *a, const WarehouseSpec *w, const Data *data);
#endif
