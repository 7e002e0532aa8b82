// scope: what the passes over names and types share.
#ifndef SQL_SCOPE_H
#define SQL_SCOPE_H
#include "sql/sql.h"

typedef struct {
    Str name;
    SqlColumns columns;
    bool outer; // the side of an outer join that may be missing: all its columns may be NULL
} Relation;
typedef VEC(Relation) Relations;

typedef struct Scope {
    const struct Scope *parent; // of a correlated subquery; NULL outside
    Relations relations;
    VEC(Str) merged;      // columns of USING: they name one value of two tables
    const SqlNode *items; // of the SELECT: their aliases are names too, where no column has them
} Scope;

typedef struct Known { // a CTE, or a table of the script
    const struct Known *next;
    Str name;
    SqlColumns columns;
} Known;

typedef struct {
    Arena *arena;
    const SqlScript *script;
    const SqlSchema *schema;
    SqlMeaning *meaning;
    const Known *known;
    Error *err;
    bool failed;
} Resolver;

// scope.c
void resolve_expr(Resolver *r, const Scope *s, const SqlNode *n); // and its type
void resolve_column(Resolver *r, const Scope *s, const SqlNode *n);
void resolve_fail(Resolver *r, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
SqlColumns resolve_query(Resolver *r, const Scope *parent, const SqlNode *query);
// resolve_from.c
void resolve_from(Resolver *r, Scope *s, const SqlNode *n, bool outer);
// types.c
SqlType infer_type(const Resolver *r, const SqlNode *n); // its children's types are known
LogicalType type_of_name(Str name);
#endif
