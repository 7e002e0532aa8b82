// ddl: names and CREATE TABLE statements as SQLite wants them.
#ifndef WAREHOUSE_DDL_H
#define WAREHOUSE_DDL_H
#include "warehouse/warehouse.h"

// To SQLite a column is only one of these (contracts: a DATE would get NUMERIC affinity).
typedef enum {
    AFFINITY_INTEGER,
    AFFINITY_REAL,
    AFFINITY_TEXT,
    AFFINITY_LAST = AFFINITY_TEXT
} Affinity;
enum { AFFINITY_COUNT_ = AFFINITY_LAST + 1 };
Affinity ddl_affinity(LogicalType t);

Str ddl_name(Arena *a, Str name);            // quoted only where it must be
Str ddl_table(Arena *a, const TableSpec *t); // CREATE TABLE …, without keys and without ';'
#endif
