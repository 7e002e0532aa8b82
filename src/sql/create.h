// create: what the files of the step `create` share: a definition of a table, read as one dialect
// means it and written as another does.
//
// It runs before the expressions are translated: types, keys and clauses are made the target's;
// what stands in DEFAULT, CHECK and generated columns is left for the steps behind it. What the
// target has no words for and what changes no rows is left out, and said in a comment above the
// statement.
#ifndef SQL_CREATE_H
#define SQL_CREATE_H
#include "sql/format.h"
#include "sql/lower.h"

typedef enum {
    KIND_NONE, // no type is said
    KIND_BOOLEAN,
    KIND_INT8,
    KIND_INT16,
    KIND_INT32,
    KIND_INT64,
    KIND_INT128,
    KIND_UINT8,
    KIND_UINT16,
    KIND_UINT32,
    KIND_UINT64,
    KIND_FLOAT,
    KIND_DOUBLE,
    KIND_DECIMAL,
    KIND_CHAR,
    KIND_VARCHAR, // with a length
    KIND_TEXT,
    KIND_BYTES,
    KIND_DATE,
    KIND_TIME,
    KIND_TIMESTAMP, // of a wall clock
    KIND_INSTANT,   // of a point in time
    KIND_INTERVAL,
    KIND_JSON,
    KIND_UUID,
    KIND_ENUM,
    KIND_ARRAY,
    KIND_STRUCT,
    KIND_MAP,
    KIND_OTHER, // of one engine alone
    KIND_LAST = KIND_OTHER,
} TypeKind;
enum { TYPE_KIND_COUNT_ = KIND_LAST + 1 };

typedef VEC(SqlNode *) Pieces;

// One CREATE TABLE on its way.
typedef struct {
    Translator *t;
    SqlNode *n;      // the statement
    TypeKind *kinds; // of its columns, as home means them; by place in CREATE_COLUMNS
    Pieces columns;  // what stands between the parentheses of the target
    Pieces clauses;  // … and behind them
    Pieces options;  // PROPERTY: of the target's WITH or OPTIONS
    Pieces cluster;  // of CLUSTER BY
    Pieces keys;     // foreign keys of columns, for a target that reads them at the end
    bool keyed;      // the note that keys are not enforced was given
} Definition;

// create.c
// Something that the target lacks and that changes no rows: a comment above what is written.
void left_out(Translator *t, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
TypeKind definition_kind(const Definition *d, Str name); // KIND_NONE when it is no column of it
// create_type.c
TypeKind type_kind(Dialect d, const SqlNode *type);
Str type_nearest(Arena *a, Str name);              // a type that looks like it; empty = none
SqlNode *type_there(Translator *t, SqlNode *type); // the type of a column as the target spells it
// create_column.c
void column_there(Definition *d, SqlNode *column, TypeKind kind);
// create_key.c
bool is_key(const SqlNode *constraint);
SqlNode *key_there(Definition *d, SqlNode *constraint, const SqlNode *column); // NULL: left out
// create_identity.c
SqlNode *identity_there(Definition *d, SqlNode *constraint, SqlNode *column);
// create_partition.c
void partition_there(Definition *d, SqlNode *clause);
bool partition_option(Definition *d, const SqlNode *property); // Trino's
void cluster_there(Definition *d, SqlNode *clause);
// create_clause.c
void clause_there(Definition *d, SqlNode *clause);
SqlNode *make_property(Translator *t, const SqlNode *place, const char *name, SqlNode *value);

#endif
