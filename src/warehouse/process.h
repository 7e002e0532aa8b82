// process: warehouses whose rows come from a process written in C instead of from each table's
// columns alone.
//
// A process fills columns by name: a warehouse may leave columns and whole tables of it out, but
// one that the process does not know is an error of the spec. The constraints of tiny databases
// come from the spec, so a test holds the rows of every process against it.
#ifndef WAREHOUSE_PROCESS_H
#define WAREHOUSE_PROCESS_H
#include "warehouse/ink.h"
#include "warehouse/warehouse.h"

typedef struct {
    const WarehouseSpec *w;
    Data *data;   // tables of processes are filled here
    Arena *arena; // of the rows
    uint64_t seed;
    double scale;
    Profile profile; // dirty or clean
} ProcessRun;

// Fills the tables of all processes that the warehouse names.
MUST_USE bool process_fill(const ProcessRun *run, Error *err);

// ---- for the processes

typedef struct {
    const char *name;
    LogicalType type;
} ProcessColumn;

typedef struct {
    const char *name;
    const ProcessColumn *columns; // ended by a NULL name
    size_t (*rows)(const void *made);
    // One row: out[i] belongs to columns[i]; members not set are NULL. Texts go into the ink.
    void (*row)(const void *made, Ink *k, size_t row, Value *out);
} ProcessTable;

typedef struct {
    Str name;
    const ProcessTable *tables;                           // ended by a NULL name
    const void *(*make)(Arena *a, const ProcessRun *run); // everything the tables read, in `a`
} Process;

extern const Process PROCESS_VIEWING;
// Rows that the warehouse asks of a table at its scale; `fallback` where the table is absent.
size_t process_rows(const ProcessRun *run, Str table, size_t fallback);
#endif
