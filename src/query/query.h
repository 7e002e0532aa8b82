// query: text to rows. Foreign SQL is prepared and run only in a worker process, under guards.
//
// A worker is our own binary in a helper mode: no files, no network, the database image mapped
// read-only and deserialised, an authorizer, limits on length, depth, heap and steps inside, and a
// wall-clock kill outside. The SQL that comes here is already SQLite's; errors give a byte offset
// into exactly that text.
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H
#include "base/table.h"
#include "base/world.h"

// ---- a database to query: the bytes of an SQLite file, in memory or behind a descriptor
typedef struct {
    Str bytes; // used when fd < 0
    int fd;    // a readable file of `size` bytes, kept open by the caller; -1 = use bytes
    size_t size;
    int64_t now_ms; // CURRENT_TIMESTAMP and friends say this: the warehouse's now
} QueryImage;

typedef struct {
    int64_t steps; // virtual machine instructions; the budget that decides (contracts: counts, not
                   // time)
    size_t rows;   // rows kept; the rest is counted by nobody, Table.more is set
    size_t bytes;  // of all kept cells
    int wall_ms;   // the last fence: kill from outside
    uint64_t draw; // which row of random numbers it draws; the same one gives the same result
} QueryLimits;
extern const QueryLimits QUERY_SHOW; // what a screen shows: 1,000 rows, 4 MiB, 2 s
extern const QueryLimits
    QUERY_GRADE; // comparison on small databases: no display cap decides a verdict

typedef struct {
    Table table;      // when error.kind == ERROR_NONE
    Error error;      // what the candidate's text did wrong, or which limit stopped it: a value
    size_t error_at;  // byte offset in the SQL; SIZE_MAX = unknown
    size_t source_at; // of a function that failed: the place that the text gave it; SIZE_MAX = none
    int64_t steps;    // spent
    double elapsed_ms; // in the worker
    double cpu_ms;     // of its processor
    // Where column i comes straight from a table: its table and column, else "". The caller maps
    // them to logical types.
    StrList origin_table, origin_column;
} QueryResult;

typedef struct QueryWorker QueryWorker;
MUST_USE bool query_open(const World *w, QueryWorker **out, Error *err); // starts one worker, warm
void query_close(QueryWorker *q); // kills and reaps; NULL is fine
// The database for the queries that follow. Loading again what is loaded costs nothing. A damaged
// file is told here, damaged bytes (greenroom made them a moment before) by the first query_run.
MUST_USE bool query_load(QueryWorker *q, const QueryImage *image, Error *err);
// One SELECT (or WITH … SELECT, VALUES). False only when greenroom itself fails; a worker that was
// killed or crashed is replaced by the next, warm one before this returns, and the image is loaded
// again.
MUST_USE bool query_run(QueryWorker *q, Arena *a, Str sql, const QueryLimits *limits,
                        QueryResult *out, Error *err);
// Several queries, each on its image, given as bytes; without one, on that of the query before it.
// They are sent ahead, so that the worker need not wait between them. out: `count` results, each as
// query_load and query_run would give it.
typedef struct {
    const QueryImage *image; // NULL = the one before
    Str sql;
    uint64_t draw; // of QueryLimits, for this one alone
} QueryAsk;
MUST_USE bool query_run_each(QueryWorker *q, Arena *a, const QueryAsk *asks, size_t count,
                             const QueryLimits *limits, QueryResult *out, Error *err);

// ---- statements that write: a load, on a copy of the image that is thrown away
typedef struct {
    Str sql;            // one statement of SQLite's
    uint32_t statement; // of the source, ascending: those of one are done whole or not at all
    // Of a translation: the temporary table that the statement makes of what `rows` gives (a part
    // of sql), or drops, when rows is "". Such a table may be kept for the next run, and is emptied
    // then. "" = it is none of these.
    Str scratch, rows;
} QueryStatement;

// A run of the script on what the run before it left. Statements of the source from `until` on are
// not run: the session ends there as by a crash, and an open transaction is rolled back.
typedef struct {
    StrList before; // ours, trusted: the next batch arrives; may be empty
    uint32_t until;
    bool shown; // what stands in the tables after it is wanted
} QueryRound;
#define QUERY_WHOLE UINT32_MAX // no enumerator: those are ints

typedef struct {
    // Ours, trusted. setup: tables and keys that are added, and no rows; fill: rows of what was
    // added, from the image's.
    StrList setup, fill;
    const QueryStatement *at;
    size_t len;
    const QueryRound *rounds;
    size_t round_count;
    // Each way of running it takes so many of the rounds and begins anew; 0 ways: all are of one.
    const size_t *ways;
    size_t way_count;
    StrList tables; // whose rows are wanted
} QueryScript;

typedef struct {
    bool found;
    Table rows;      // in the order of all their columns
    uint64_t digest; // of them: equal for equal rows of equal columns
} QueryFinal;

typedef struct {
    // Of the statement that failed, or the rows of the last one that gave some. Steps and time are
    // those of all together.
    QueryResult last;
    size_t round, at; // where it stands; of a failure
    // Of the script's tables, after each round that is shown and was run to its end, one after
    // another.
    QueryFinal *finals;
    size_t final_count;
} QueryScriptResult;

// Runs a script under the guards of query_run; only ordinary and temporary tables and views may be
// made, changed and dropped. One result for each way; the ways behind one that went over a limit
// are not run and have its error. False only when greenroom itself fails.
MUST_USE bool query_script(QueryWorker *q, Arena *a, const QueryScript *script,
                           const QueryLimits *limits, QueryScriptResult *out, Error *err);

int query_worker_main(void); // the helper mode; talks on the descriptor that proc hands it

// ---- comparison of two results (contracts: Verdicts)
typedef enum {
    COLUMNS_BY_NAME_OR_POSITION,
    COLUMNS_BY_NAME,
    COLUMNS_BY_POSITION,
    COLUMNS_LAST = COLUMNS_BY_POSITION
} ColumnRule;
enum { COLUMNS_COUNT_ = COLUMNS_LAST + 1 };

typedef struct {
    Str column; // name in the reference's result
    bool descending;
} SortKey;

typedef struct {
    ColumnRule columns;
    double tolerance; // |a-b| <= tolerance * max(1, |a|, |b|) for REALs; default 1e-9
    const SortKey *
        keys; // the order asked for; rows equal in all keys may stand in any order among themselves
    size_t key_count;
    bool as_reference; // the reference's own order, row by row (sorted_by: reference)
} CompareRule;

typedef enum {
    COMPARE_SAME,
    COMPARE_COLUMNS, // another number of columns, or names that were asked for are missing
    COMPARE_ROWS,    // rows missing, extra, or duplicated another number of times
    COMPARE_ORDER,   // the right rows in an order that was not asked for
    COMPARE_LAST = COMPARE_ORDER,
} CompareKind;
enum { COMPARE_COUNT_ = COMPARE_LAST + 1 };

typedef struct {
    CompareKind kind;
    Str why;           // one sentence for the candidate: counts, the first cells that differ
    size_t *column_of; // for every reference column the actual column it was compared with; NULL
                       // when COMPARE_COLUMNS
    // Rows without a partner, at most COMPARE_SHOWN of each, as indices into the two tables.
    size_t *missing, missing_len, missing_total; // expected, not there
    size_t *extra, extra_len, extra_total;       // there, not expected
} Comparison;
enum { COMPARE_SHOWN = 20 };
// A day's midnight is that day to a person: '2025-06-01 00:00:00' as '2025-06-01'.
Str query_plain(Str text);
Comparison query_compare(Arena *a, const Table *expected, const Table *actual,
                         const CompareRule *rule);
#endif
