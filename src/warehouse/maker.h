// maker: a database being made from a plan: cells, rows, what hangs between rows, and the rules.
//
// Every cell is a function of (seed, table, column, row, attempt). A row that breaks a rule is made
// again with the next attempt; what never fits is dropped. The visible data and tiny databases go
// the same way and differ in where cells come from (cell.c, tiny.c) and in how many rows there are.
#ifndef WAREHOUSE_MAKER_H
#define WAREHOUSE_MAKER_H
#include "warehouse/plan.h"
#include "warehouse/tuples.h"

// The few values that a column of a tiny database takes.
typedef struct {
    const Value *at;
    size_t len;
    double null_share;
    bool run; // taken in turn
} Domain;

// Rows that belong together are one unit: a chain of versions, else a single row. They are dropped
// and made again as a whole.
typedef struct {
    size_t *start; // first row of each unit; start[len] = rows
    size_t len;
} Units;

typedef struct {
    const Plan *plan;
    const DataJudge *judge; // NULL when no rule needs it
    Arena *arena;           // of the result
    Ink ink;                // in that arena
    uint64_t seed;
    double scale;
    size_t made;      // rows of all tables, before rules about the whole leave some out
    size_t tiny_rows; // at most so many rows a table; 0 = visible data
    Data *data;       // tables not made yet have no rows
    Domain **domains; // tiny: [table][column]
    Units *units;     // of each table that is made
    Arena scratch;
} Maker;

typedef struct {
    size_t table;
    const TablePlan *plan;
    Value *cells; // rows * width
    size_t width, rows;
    Units units;
    unsigned *attempt; // the next one, of each unit
} Draft;

// A parent to pick from.
typedef struct {
    const size_t *rows; // of the parent's table
    size_t count;
    Sampler weights; // visible data: some parents have many children
} Parents;

// ---- cell.c: one cell, one row
uint64_t cell_random(const Maker *m, const ColumnPlan *c, size_t row, unsigned attempt);
Value cell_make(Maker *m, const Draft *d, size_t column, size_t row, unsigned attempt);
Parents *parents_find(Maker *m, const Draft *d); // one for each link; in m->scratch
// False when the row needs a parent, or a value after another, and there is none.
bool row_make(Maker *m, Draft *d, const Parents *parents, size_t row, unsigned attempt);

// ---- tiny.c
void tiny_domains(Maker *m);
size_t tiny_row_count(const Maker *m, size_t table);
int64_t tiny_wait(const Draft *d, const ColumnPlan *c, uint64_t random); // seconds behind its base
void tiny_repeat(Maker *m, Draft *d, size_t row, unsigned attempt); // at times: as an earlier row

// ---- unit.c: rows that hang together
void unit_split(Maker *m, Draft *d);
// Makes the rows of a unit so that they are unique beside those in `sets` (one for each unique key)
// and fit what is known of the rules; false when that did not succeed.
bool unit_make(Maker *m, Draft *d, const Parents *parents, const TupleSet *sets,
               const TupleSet *known, size_t unit);

// ---- rules.c: what only the judge can say
bool rules_need_judge(const Plan *p, bool tiny);
// `when`, definitions and checks on some rows of a table, whose cells are changed; broken[i] is set
// for rows that do not fit.
MUST_USE bool rules_rows(Maker *m, size_t table, Table *rows, uint8_t *broken, Error *err);
// The first check that a row of the table breaks, and that row; false in *found when there is none.
MUST_USE bool rules_name_check(Maker *m, size_t table, const Table *rows, Str *check, size_t *row,
                               bool *found, Error *err);
// Do these never rules (one flag for each) hold on the data?
MUST_USE bool rules_hold(Maker *m, const Data *data, const uint8_t *which, bool *hold, Error *err);
// The same for several databases: *answered of them, at least the first.
MUST_USE bool rules_hold_each(Maker *m, const Data *data, size_t count, const uint8_t *which,
                              bool *hold, size_t *answered, Error *err);
// The first of them that does not, by index; SIZE_MAX when all hold.
MUST_USE bool rules_first_broken(Maker *m, const Data *data, const uint8_t *which, size_t *rule,
                                 Error *err);

// ---- bare.c: makes one table by its columns and checks and puts it into m->data
MUST_USE bool bare_make(Maker *m, size_t table, Error *err);

// ---- prune.c: meets the never rules that can be asked now that `table` is made, by leaving rows
// out. *unmet is a rule that could not be met so, or SIZE_MAX.
MUST_USE bool prune(Maker *m, size_t table, size_t *unmet, Error *err);
// The same for all rules when all tables are made: one question where nothing is to be mended.
MUST_USE bool prune_all(Maker *m, size_t *unmet, Error *err);
#endif
