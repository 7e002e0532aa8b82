// private: what the files of query share: the guarded engine, its messages, the scanner, the codec.
#ifndef QUERY_PRIVATE_H
#define QUERY_PRIVATE_H
#include "query/query.h"
#include <sqlite3.h>

// ---- limits that are the same for every query
enum {
    SQL_BYTES = 64 * 1024,
    CELL_BYTES = 100 * 1000,
    STEP_INTERVAL = 100, // VM steps between two looks at the budget
    MIB = 1 << 20,
    HEAP_LEAST = 64 * MIB,
    HEAP_MOST = 768 * MIB, // below the RLIMIT_DATA of the worker
    CELL_COST = 9,         // bytes of a cell beside its text, as the byte limit counts them
};

enum { IMAGE_PAGE = 4096 }; // bytes of a page
// Whether statements that were prepared on one may run on the other: first pages of two images.
bool image_same_schema(const unsigned char *x, const unsigned char *y);
// Another process has written the file, as far as SQLite can tell.
void image_touch(unsigned char *bytes, uint32_t changes);

// What main reads: mapped from a descriptor, or a copy of inline bytes. A copy of a small image is
// a slot: it has room for the next one, which may take its place under the open connection.
typedef struct {
    unsigned char *bytes;
    size_t len, room; // room: 0 = no slot
    bool mapped;
} Image;

// Statements that ran well and may run again on the next image (kept.c). To prepare one takes ten
// times as long as to run it on a tiny database.
enum { KEPT_MOST = 160 };
typedef struct {
    sqlite3_stmt *st;
    char *sql;
    size_t len;
    uint64_t hash, used;
} KeptStatement;
typedef struct {
    KeptStatement at[KEPT_MOST];
    size_t count;
    uint64_t clock;
} Kept;

// ---- the engine: one guarded in-memory connection (worker side, and tests in process)
typedef struct {
    int action;    // the authorizer code that was refused; 0 = none
    char what[64]; // the function, table or command
} Refusal;

typedef struct Copy Copy;
typedef struct Variables Variables;                    // of MySQL: fn_variable.c
bool variables_register(sqlite3 *db, Variables **out); // they live as long as the connection
void variables_clear(Variables *all);

// Scripts that need other tables beside the image's have a copy each: to go from one to another
// changes no schema.
enum { COPIES_MOST = 4 };

typedef struct Engine Engine;
struct Engine {
    sqlite3 *db;
    Variables *variables;
    Image image;
    uint32_t images; // that lay in the slot: the change counter of the file
    uint64_t loads;  // images so far
    Kept kept;
    int64_t heap;        // bytes of the heap limit in force
    bool trusted;        // our own statements: the authorizer lets them pass
    bool writes;         // a copy of the image that may be changed
    bool stale;          // a table-valued function was used: it holds on to the schema of the
                         // image, so the next image gets a new connection
    int64_t steps, most; // of the query that runs
    Refusal refused;
    Copy *copies[COPIES_MOST]; // that scripts write to; made when they are needed
    Copy *copy;                // the one that is written to now
    uint64_t copies_used;
};

// A connection of its own, whose main is put back for every run to where scripts start from.
struct Copy {
    Engine engine;
    Arena arena;
    StrList tables;                 // of the image, in quotes; in the arena
    unsigned char *start;           // bytes of main at the start; ours
    size_t len, room;               // len: 0 = there is no start
    uint64_t loaded, setup;         // of which image, with which statements
    unsigned char page[IMAGE_PAGE]; // the image's first: its schema
    uint32_t restarts;
    uint64_t scratch_hash; // of the temporary tables that its script needs; 0 = none
    Str scratch;           // their names, as a list in SQL: those that are made; in the arena
    uint64_t used;
};

MUST_USE bool engine_open(Engine *e, Error *err);
void engine_close(Engine *e);
void engine_drop_copy(Engine *e, size_t i);
// Whether the image has the tables of the one that is there: what was prepared stays so.
bool engine_fits(const Engine *e, const QueryImage *image);
// The descriptor stays the caller's, bytes are copied. After a failure there is no image.
MUST_USE bool engine_load(Engine *e, const QueryImage *image, Error *err);
// False when the image turns out to be damaged; what the SQL did wrong is in out->error.
MUST_USE bool engine_run(Engine *e, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out,
                         Error *err);

MUST_USE bool engine_script(Engine *e, Arena *a, const QueryScript *script,
                            const QueryLimits *limits, QueryScriptResult *out, Error *err);
// Puts main of the copy where the script starts (copy.c).
MUST_USE bool copy_begin(Engine *of, Arena *a, const QueryScript *s, Error *err);
void copy_discard(Engine *of); // the one that is written to now
// Temporary tables of a translation (scratch.c).
uint64_t scratch_hash(const QueryScript *s); // of all that it needs; 0 = none
// At the start of a script; c->scratch tells whether they are there.
void scratch_make(Copy *c, Arena *a, const QueryScript *s, const QueryLimits *limits);
Str scratch_fill(Arena *a, const QueryStatement *s); // in place of the statement that makes one
bool scratch_empty(Copy *c, Arena *a, Str name);
void scratch_end(Copy *c, Arena *a);  // drops what else is temporary
void scratch_drop(Copy *c, Arena *a); // drops these too
// Statements of our own, kept for the next time.
bool copy_exec(Engine *e, Str sql);          // false when SQLite refuses it
Str copy_text(Engine *e, Arena *a, Str sql); // its first cell; "" when there is none
int copy_width(Engine *e, Str table);        // columns; 0 when there is no such table any more
// One statement, checked before it is prepared and before it is stepped; what SQLite returned.
int run_statement(Engine *e, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out);
bool run_is_damage(int rc);
sqlite3_stmt *kept_find(Kept *k, Str sql);         // reset and ready, or NULL
void kept_add(Kept *k, Str sql, sqlite3_stmt *st); // takes it over; the one unused longest goes
void kept_drop(Kept *k, const sqlite3_stmt *st);
void kept_clear(Kept *k); // before another schema

MUST_USE bool guard_apply(Engine *e); // limits, authorizer, pragmas; false when SQLite refuses
void guard_modules(Engine *e);        // before another image
void guard_while_busy(void (*call)(void *ctx), void *ctx); // every few steps of any statement
void guard_heap(Engine *e, size_t image);
void guard_sentence(const Engine *e, Error *err); // what was not allowed
MUST_USE bool vfs_register(void); // the shim becomes the default VFS; once a process
void vfs_set_now(int64_t now_ms);
void vfs_draw(uint64_t row); // what is run next draws this row of random numbers, from its first on
const char *vfs_name(void);

// What SQLite says about `sql` after it returned `rc`, as the candidate reads it.
void message_from(Engine *e, Arena *a, Str sql, int rc, bool running, QueryResult *out);
// An error of our own about byte `at` (SIZE_MAX = no place).
__attribute__((format(printf, 5, 6))) void message_set(QueryResult *out, Str sql, size_t at,
                                                       ErrorKind kind, const char *fmt, ...);

// ---- finding one's way in the text
Str scan_first(Str sql, size_t from); // the first token that is no comment and no ';', else ""
bool scan_find(Str sql, Str name, size_t *at); // a name, quoted or not, in any case

// ---- messages between the two sides
typedef enum { ASK_LOAD, ASK_RUN, ASK_SCRIPT, ASK_LAST = ASK_SCRIPT } Ask;
enum { ASK_COUNT_ = ASK_LAST + 1 };
void ask_load(Buf *b, const QueryImage *image);
void ask_run(Buf *b, Str sql, const QueryLimits *limits);
size_t query_script_ways(const QueryScript *s); // results that it has
void ask_script(Buf *b, const QueryScript *script, const QueryLimits *limits);
typedef struct {
    Ask kind;
    QueryImage image; // its fd came beside the message
    Str sql;
    QueryLimits limits;
    QueryScript script;
} AskMessage;
MUST_USE bool ask_read(Arena *a, Str bytes, AskMessage *out);

void reply_failure(Buf *b, const Error *err);
void reply_loaded(Buf *b);
void reply_result(Buf *b, const QueryResult *r);
void reply_script(Buf *b, const QueryScriptResult *r);
typedef struct {
    bool failed; // greenroom's fault; `error` says which
    Error error;
    bool has_result;
    QueryResult result;
    bool has_script;
    QueryScriptResult script;
} ReplyMessage;
// Treats the bytes as hostile; false when they are not a reply within the limits.
MUST_USE bool reply_read(Arena *a, Str bytes, const QueryLimits *limits, ReplyMessage *out);
size_t reply_limit(const QueryLimits *limits); // the longest reply that is taken

// ---- comparison
// Whether two cells agree; tolerance as in CompareRule.
bool cell_close(const Value *x, const Value *y, double tolerance);
typedef struct {
    const Table *expected, *actual;
    const size_t *column_of;
    const bool *skip; // expected columns left out of the comparison; NULL = none
    double tolerance;
} RowMatch;
typedef struct {
    size_t *missing, missing_len; // rows of expected, ascending
    size_t *extra, extra_len;     // rows of actual, ascending
} Unmatched;
// The largest matching of rows; what is left over on both sides.
Unmatched rows_unmatched(Arena *a, const RowMatch *m);
bool row_close(const RowMatch *m, size_t expected, size_t actual);

typedef struct {
    size_t *column_of; // NULL when the columns do not fit
    bool by_name;
    Str why; // they do not
} Assignment;
Assignment columns_assign(Arena *a, const Table *expected, const Table *actual, ColumnRule rule);
bool columns_permute(Arena *a, const Table *expected, const Table *actual, double tolerance,
                     size_t *column_of);
Str why_rows(Arena *a, const RowMatch *m, const Unmatched *u);
Str why_order(Arena *a, const RowMatch *m, size_t row, const CompareRule *rule);
#endif
