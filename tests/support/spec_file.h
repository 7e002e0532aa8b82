// spec_file: a warehouse's YAML as a WarehouseSpec, without the checks that a pack's reader makes.
#ifndef SUPPORT_SPEC_FILE_H
#define SUPPORT_SPEC_FILE_H
#include "warehouse/warehouse.h"

// The first warehouse of a file; a fault ends the test program.
WarehouseSpec spec_file(Arena *a, const char *path);
#endif
