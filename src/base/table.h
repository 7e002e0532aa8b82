// Table: rows of values, as engines make them, workers send them and screens show them.
//
// Values are what SQLite holds (contracts: DATE is TEXT YYYY-MM-DD, TIMESTAMP is UTC TEXT, BOOLEAN
// is INTEGER 0/1); the logical type of a column says how a person reads them.
#ifndef BASE_TABLE_H
#define BASE_TABLE_H
#include "base/json.h"
#include "base/wire.h"

typedef enum {
    VALUE_NULL,
    VALUE_INTEGER,
    VALUE_REAL,
    VALUE_TEXT,
    VALUE_BLOB,
    VALUE_LAST = VALUE_BLOB
} ValueKind;
enum { VALUE_COUNT_ = VALUE_LAST + 1 };

typedef struct {
    ValueKind kind;
    union {
        int64_t integer;
        double real;
    };
    Str text; // VALUE_TEXT, VALUE_BLOB; of an interval how it is written (interval.h)
} Value;      // zero value = NULL

typedef enum {
    TYPE_UNKNOWN, // not known statically: shown by the value's own kind
    TYPE_INTEGER,
    TYPE_REAL,
    TYPE_TEXT,
    TYPE_DATE,
    TYPE_TIMESTAMP,
    TYPE_BOOLEAN,
    TYPE_COLUMN_LAST = TYPE_BOOLEAN, // columns of a warehouse have no type behind this one
    TYPE_TIME,                       // TEXT HH:MM:SS[.f]
    TYPE_INTERVAL,                   // INTEGER microseconds, or parts (interval.h)
    TYPE_ARRAY,                      // JSON text
    TYPE_STRUCT,                     // JSON text: structs, maps, variants
    TYPE_LAST = TYPE_STRUCT,
} LogicalType;
enum { TYPE_COUNT_ = TYPE_LAST + 1, TYPE_COLUMN_COUNT_ = TYPE_COLUMN_LAST + 1 };
const char *type_name(LogicalType t);          // "integer" …; "unknown"
bool type_from_name(Str name, LogicalType *t); // the six names of packs.md

// How an engine writes its intervals (interval.h).
typedef enum {
    INTERVAL_DUCKDB,    // 1 year 2 months 3 days 04:05:06
    INTERVAL_POSTGRES,  // 1 year 2 mons 3 days 04:05:06
    INTERVAL_BIGQUERY,  // 1-2 3 4:5:6
    INTERVAL_SPARK,     // INTERVAL '3 04:05:06' DAY TO SECOND
    INTERVAL_SPARK_DAY, // INTERVAL '3' DAY: between two dates
    INTERVAL_TRINO,     // 3 04:05:06.000
    INTERVAL_LAST = INTERVAL_TRINO,
} IntervalStyle;

typedef struct {
    Str name;
    LogicalType type;
} Column;

typedef struct {
    Column *columns;
    size_t width; // columns
    Value *cells; // rows * width, row after row
    size_t rows;
    bool more; // rows were left out by a cap
} Table;

#define VALUE_INT(v) ((Value){.kind = VALUE_INTEGER, .integer = (v)})
#define VALUE_FLT(v) ((Value){.kind = VALUE_REAL, .real = (v)})
#define VALUE_STR(s) ((Value){.kind = VALUE_TEXT, .text = (s)})

const Value *table_at(const Table *t, size_t row, size_t column);
Table table_copy(Arena *a, const Table *t);
bool value_same(const Value *a,
                const Value *b); // same kind and bytes (REAL by bits): identity, not SQL equality
// As a cell is shown to a person: NULL is "NULL", booleans TRUE/FALSE, REAL shortest, intervals
// "1 day 02:03:04", blobs x'…'. Not sanitised.
Str value_text(Arena *a, const Value *v, LogicalType type);
// As SQL literal in SQLite's spelling; text is quoted.
Str value_sql(Arena *a, const Value *v);
// "columns":[…],"types":[…],"rows":[[…]] into an open object.
void table_json(Json *j, const Table *t);
void table_wire(Buf *b, const Table *t);
Table table_read(Arena *a,
                 Wire *w); // w->bad on a malformed message; texts are copied into the arena
#endif
