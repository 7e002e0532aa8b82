// plan: what the spec of a warehouse means for making rows: how each column is made, which columns
// come from a parent row, what must be unique, what the rules say that is worth knowing beforehand.
//
// A plan is read-only once it is made, belongs to an arena and borrows the spec.
#ifndef WAREHOUSE_PLAN_H
#define WAREHOUSE_PLAN_H
#include "warehouse/chance.h"
#include "warehouse/condition.h"
#include "warehouse/ink.h"
#include "warehouse/warehouse.h"
#include "warehouse/words.h"

enum { NO_COLUMN = -1, DATE_LAST = 2932896 }; // 9999-12-31, in days

typedef enum {
    MAKE_SERIAL, // 1, 2, 3 …; texts with a prefix; days up to the last one
    MAKE_RANGE,  // between low and high
    MAKE_CHOICE, // one of a list
    MAKE_WORDS,  // a text by the column's name
    MAKE_AFTER,  // some time after another column of the row
    MAKE_LINK,   // from a parent row
    MAKE_LAST = MAKE_LINK
} MakeKind;

// Numbers, days and times count in units: 1 for integers, 1 / per_one for reals, days since 1970,
// seconds since 1970.
typedef struct {
    const ColumnSpec *spec;
    MakeKind make;
    uint64_t stream;        // of its random numbers
    uint64_t family;        // of columns that share values in tiny databases: those of one name
    int64_t low, high;      // of MAKE_RANGE: units, both included
    bool has_low, has_high; // does the spec bound it? …
    int64_t least, most;    // … by these
    bool below;             // nothing keeps it from being negative
    int64_t per_one;
    const Value *choice; // typed as the column
    Sampler weights;     // over choice
    Words words;
    size_t base;                 // MAKE_AFTER: the earlier column …
    int64_t wait_low, wait_high; // … and how many seconds behind it
    const Condition *when;       // NULL: none, or only the judge can say
    double null_share;           // 0 where it may not be NULL
    bool in_key;                 // part of something unique
    bool fixed;                  // … or of a link that is
} ColumnPlan;

typedef struct {
    const size_t *at;
    size_t len;
} Columns; // indices into a table's columns

typedef struct {
    Columns from; // in the child
    size_t table; // of the parent
    Columns to;
    int64_t orphans; // at least so many parents get no child
    bool one_to_one; // the columns are unique in the child
    bool deferred;   // the parent is made later (a cycle): NULL
} Link;

// Versions of one thing (type 2): chains of rows with one key, each valid until the next begins.
typedef struct {
    bool is;
    Columns key;
    int from, to, current; // columns; current may be NO_COLUMN
    bool ruled;            // a rule says that one version is open: else it may have ended, too
    bool close_at_zero;    // to is not nullable: the open version ends 9999-12-31
} Versions;

// "GROUP BY key HAVING COUNT(DISTINCT column) > 1" must return nothing: the key tells the column.
typedef struct {
    Columns key;
    size_t column;
} Dependency;

// A check that says what a column is: "is_current = (valid_to IS NULL)".
typedef struct {
    size_t column;
    Str expression;
    const Condition *value; // NULL: only the judge can say
} Definition;

typedef struct {
    const TableSpec *spec;
    size_t rows; // of the visible data at scale 1
    ColumnPlan *columns;
    Columns order; // of columns without a link, each after the column it hangs on
    Link *links;
    size_t link_count;
    Columns *unique;
    size_t unique_count;
    Versions versions;
    Dependency *dependencies;
    size_t dependency_count;
    Definition *definitions;
    size_t definition_count;
    const Condition **checks; // of each check; NULL: only the judge can say, or a definition
    Str asked;                // those for the judge, as one condition; "" = none …
    Str asked_more;           // … and where the judge gives no values: with the definitions
    bool has_whens;           // columns with `when`
    const Condition **never;  // true of no row: never rules about single rows, where they compile
    size_t never_count;
} TablePlan;

typedef struct {
    const WarehouseSpec *w;
    TablePlan *tables;
    const size_t *order;       // parents first
    const size_t *rule_table;  // for each never rule the table after which it can be asked
    const uint8_t *rule_names; // never_count * table_count: does the rule name the table?
} Plan;

// Fails when a spec contradicts itself: unknown references, bounds that are no values, cycles.
MUST_USE bool plan_make(Arena *a, const WarehouseSpec *w, Plan *out, Error *err);

// ---- parts of it
MUST_USE bool range_plan(const WarehouseSpec *w, const TableSpec *t, const ColumnSpec *c,
                         ColumnPlan *p, Error *err);
Value range_value(Ink *k, const ColumnPlan *p, int64_t units);
bool range_units(LogicalType type, int64_t per_one, const Value *v, int64_t *units);
bool column_allows(const ColumnPlan *p, const Value *v); // kind, NULL and bounds
// What the texts of check and never rules give away; see hints.c.
void hints_read(Arena *a, Plan *p);
// Marks the tables that a text names; false when it names none.
bool hints_tables(const WarehouseSpec *w, Str sql, uint8_t *named);
// The moment up to which, or from which on, a check allows a column; "" = none says so.
Str hints_bound(const TableSpec *t, Str column, bool upper);
// Whole numbers in the checks that name a column, at most `cap`; how many.
size_t hints_numbers(const TableSpec *t, Str column, int64_t *out, size_t cap);
bool column_find(const TableSpec *t, Str name, size_t *i);
#endif
