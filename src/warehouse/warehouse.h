// warehouse: a spec, a scale and a seed become tables of rows; the same bytes on every machine.
//
// Specs are plain structs: `pack` makes them from YAML, tests from C literals. Everything is a pure
// function of (spec, scale, seed, profile): values come from counters (base/rng), never from libm.
// A table is either bare (generators are picked from type, name and constraints) or made by a
// process written in C (process.h, private), which publishes the same constraints as its YAML says.
#ifndef WAREHOUSE_WAREHOUSE_H
#define WAREHOUSE_WAREHOUSE_H
#include "base/diag.h"
#include "base/table.h"
#include "base/world.h"

typedef struct {
    Str text;      // the value as written; typed by the column
    double weight; // relative; 1 by default
} ValueChoice;

typedef struct {
    Str name;
    LogicalType type;
    bool not_null, primary_key, unique;
    Str ref_table, ref_column; // references: t.c
    int64_t orphan_parents;    // at least so many parent rows without a child
    const ValueChoice *values; // values: a list, or weights
    size_t value_count;
    Str family;   // columns of one family share values in tiny databases; "" = those of one name
    bool in_turn; // tiny databases take the listed values row after row, as often as they stand
    Str min,
        max; // numbers or dates as written; "" = none; `between` sets both ("today", "now" allowed)
    Str after;                        // this column is after that one (same row) …
    int64_t after_min_s, after_max_s; // … by so many seconds (dates: whole days)
    Str when;                         // SQL condition; where it does not hold the value is NULL
    double null_share;                // of nullable columns; < 0 = default (8 in 100)
    Str about;                        // one line for the schema pane
    Place at;
} ColumnSpec;

typedef struct {
    StrList columns;
    Str ref_table;
    StrList ref_columns;
} ForeignKey;

typedef struct {
    Str name, about;
    int64_t rows; // of the visible data at scale 1; 0 = default by name and references
    size_t tiny_least, tiny_most; // of a tiny database; 0 = as it comes
    ColumnSpec *columns;
    size_t width;
    StrList *unique; // composite keys
    size_t unique_count;
    ForeignKey *foreign_keys; // composite ones; single ones stand on their column
    size_t foreign_key_count;
    StrList check; // row conditions in SQLite's SQL; NULL passes
    Value *data;   // exact rows (data_rows * width), NULL = generated
    size_t data_rows;
    bool has_data;
    Str process; // `from: process viewing`: filled by that C process together with its other
                 // tables; "" = bare
    Place at;
} TableSpec;

typedef struct {
    Str why, sql; // must return no row
    Place at;
} NeverRule;

typedef struct {
    Str name, title, about;
    int64_t today;  // days since 1970
    int64_t now_ms; // UTC
    TableSpec *tables;
    size_t table_count;
    NeverRule *never;
    size_t never_count;
    Place at;
} WarehouseSpec;

const TableSpec *warehouse_table(const WarehouseSpec *w, Str name); // no case; NULL when absent
// A check that lists the values of a column, and says nothing else, gives them to it.
void warehouse_list_checked(Arena *a, TableSpec *t);
const ColumnSpec *warehouse_column(const TableSpec *t, Str name, size_t *i); // i may be NULL

typedef enum { PROFILE_DIRTY, PROFILE_CLEAN, PROFILE_EDGE, PROFILE_LAST = PROFILE_EDGE } Profile;
enum {
    PROFILE_COUNT_ = PROFILE_LAST + 1
}; // the default is dirty: raw tables hold retries, nulls, late arrivals
const char *profile_name(Profile p);
bool profile_from_name(Str name, Profile *out);

typedef struct {
    double scale; // 1 = the visible data
    uint64_t seed;
    Profile profile;
} DataOptions;

// A made database: one Table per TableSpec, in the spec's order, foreign keys satisfied.
typedef struct {
    Table *tables;
    size_t table_count;
} Data;

// `judge` answers which rows break a condition; foreign SQL runs in a worker, so the caller brings
// it.
//   conditions: for each table, rows (indices) for which NOT (check); never: does any rule return a
//   row?
typedef struct {
    void *ctx;
    // rows_out: indices of rows of data->tables[table] for which `condition` is false.
    bool (*broken)(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                   Str condition, size_t **rows_out, size_t *count, Error *err);
    // *returns: whether the query gives a row on this database.
    bool (*returns_rows)(void *ctx, const WarehouseSpec *w, const Data *data, Str sql,
                         bool *returns, Error *err);
    // The same query on several databases. NULL = not offered: then it is asked of one at a time.
    bool (*returns_rows_each)(void *ctx, const WarehouseSpec *w, const Data *data, size_t count,
                              Str sql, bool *returns, Error *err);
    // `when` columns: evaluates the expression per row: truth_out[row] = 1 true, 0 false or NULL.
    bool (*truth)(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                  Str expression, uint8_t **truth_out, Error *err);
    // The value of an expression per row, for checks that say what a column is ("is_current =
    // (valid_to IS NULL)"): such a column is computed instead of guessed. values_out has one value
    // per row, texts in the arena. NULL = not offered: those checks are then met by retries.
    bool (*values)(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                   Str expression, Value **values_out, Error *err);
} DataJudge;

// What a spec means beyond its words:
//   - `scale` multiplies the rows of every table but lookups: tables without references and at most
//     100 rows. A warehouse that would not fit into memory is refused.
//   - bounds: a date as the upper bound of a timestamp is the whole of that day, but nothing after
//     now when it is today. A column that is `after` another and may be NULL is NULL where its time
//     has not come.
//   - a check that says what a column is ("total = price * quantity") computes the column.
//   - valid_from and valid_to (or effective_…) make chains of versions without gaps or overlaps;
//     the key of a chain is told by a rule "GROUP BY key HAVING SUM(valid_to IS NULL) <> 1", else
//     by the names. A rule "GROUP BY key HAVING COUNT(DISTINCT c) > 1" makes c depend on the key.
//   - rows that break a never rule are left out, of the table made last or of another it names;
//     what that cannot mend is an error that names the rule. `data` and the tables of a process are
//     kept as they are.
MUST_USE bool warehouse_generate(Arena *a, const WarehouseSpec *w, const DataOptions *o,
                                 const DataJudge *judge, Data *out, Error *err);
// One tiny database for telling queries apart: at most `rows` rows a table, small shared domains so
// that joins meet, ties, duplicates, NULLs where allowed, empty tables. All constraints hold (never
// rules through the judge).
MUST_USE bool warehouse_edge(Arena *a, const WarehouseSpec *w, size_t rows, uint64_t seed,
                             const DataJudge *judge, Data *out, Error *err);

// The bytes of an SQLite database file with these tables (pages written directly; columns are
// INTEGER, REAL or TEXT).
Str warehouse_image(Arena *a, const WarehouseSpec *w, const Data *data);
typedef struct {
    bool not_null, keys, checks;
} TableHolds; // what a table holds its rows to
Str warehouse_table_sql(Arena *a, const TableSpec *t, TableHolds holds);
// CREATE TABLE and INSERT statements of the same: for scripts and counterexamples.
Str warehouse_script(Arena *a, const WarehouseSpec *w, const Data *data);

// The cached image: found in `cache_dir` by everything that shapes it, else generated and written
// atomically. A damaged file is noticed (header, length, checksum) and made again. The descriptor
// is the caller's to close.
typedef struct {
    int fd;
    size_t size;  // bytes of the image
    int64_t rows; // of all tables
    bool was_cached;
} CachedImage;
MUST_USE bool warehouse_cached(const World *world, const WarehouseSpec *w, const DataOptions *o,
                               const DataJudge *judge, CachedImage *out, Error *err);

extern const StrList WAREHOUSE_PROCESSES; // names of the C processes: "viewing" …
#endif
