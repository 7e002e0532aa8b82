// process: warehouses whose rows come from a process written in C instead of from each table's
// columns alone.
//
// A process fills columns by name and knows each column that the spec may name; a column that it
// does not know is an error of the spec.
#ifndef WAREHOUSE_PROCESS_H
#define WAREHOUSE_PROCESS_H
#include "warehouse/warehouse.h"

typedef struct {
    const WarehouseSpec *w;
    Data *data;
    Arena *arena; // of the rows
    uint64_t seed;
    double scale;
    Profile profile;
} ProcessRun;

// Fills one table of a process; the first call for a process fills all of its tables.
MUST_USE bool process_table(ProcessRun *run, size_t table, Error *err);
#endif
