// scope: what the passes over names and types share.
#ifndef SQL_SCOPE_H
#define SQL_SCOPE_H
#include "sql/sql.h"

typedef struct {
    Str name;
    bool exact; // it was written in quotes
    SqlColumns columns;
    const SqlNode *source;
    bool qualified; // only reached by its name: excluded.a
    bool outer;     // the side of an outer join that may be missing: all its columns may be NULL
} Relation;
typedef VEC(Relation) Relations;

// A column of USING or NATURAL: one value of the relations from … to - 1 that have the name.
typedef struct {
    SqlColumn column;
    const SqlNode *join;
    uint32_t index; // among the columns of its join
    size_t from, to;
} Merged;

typedef VEC(SqlStarColumn) StarColumns;

// Where in a SELECT a name stands: the dialects differ in where an alias may be used.
typedef enum {
    CLAUSE_FROM,
    CLAUSE_ITEM,
    CLAUSE_WHERE,
    CLAUSE_GROUP,
    CLAUSE_HAVING,
    CLAUSE_WINDOW,
    CLAUSE_QUALIFY,
    CLAUSE_ORDER,
    CLAUSE_LAST = CLAUSE_ORDER,
} Clause;
enum { CLAUSE_COUNT_ = CLAUSE_LAST + 1 };

typedef struct Scope {
    const struct Scope *parent; // of a correlated subquery; NULL outside
    const struct Scope *beside; // of a derived table: the tables that it would see with LATERAL
    const SqlNode *query;       // the SELECT, UPDATE … whose names these are
    Relations relations;
    size_t floor; // relations before it are out of sight: a comma stands between
    VEC(Merged) merged;
    StarColumns star;     // what * stands for
    bool star_open;       // … and more that is not known
    const SqlNode *items; // of the SELECT: their aliases are names too
    Clause clause;
    bool aggregated;     // inside an aggregate of HAVING, QUALIFY or ORDER BY
    const SqlNode *root; // the whole expression that is being read, in GROUP BY and ORDER BY
} Scope;

typedef struct Known { // a CTE, or a table of the script
    const struct Known *next;
    Str name;
    bool exact, open;
    SqlColumns columns;
    const StrList *key;
    const SqlNode *query; // of a CTE that is known as a whole
} Known;

typedef struct { // one of MySQL's, by the values that the script gives it
    Str name;
    SqlType type;
    bool mixed; // of several types: then it is taken as it comes
} Variable;

typedef struct {
    Arena *arena;
    const SqlScript *script;
    Dialect dialect;
    const SqlSchema *schema;
    SqlMeaning *meaning;
    const Known *known;
    VEC(Variable) variables;
    Str defining; // the CTE whose own name is not known yet: it is not RECURSIVE
    Error *err;
    bool failed;
} Resolver;

// scope.c
void resolve_expr(Resolver *r, Scope *s, const SqlNode *n); // and its type
// names.c
void resolve_fail(Resolver *r, const SqlNode *n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
bool name_is(Dialect d, Str defined, bool defined_exact, const SqlNode *used);
bool name_same(Dialect d, const SqlNode *a, const SqlNode *b);
const SqlColumn *name_column(Dialect d, const SqlColumns *c, const SqlNode *name, uint32_t *at);
void fail_column(Resolver *r, const Scope *s, const SqlNode *n, const SqlNode *table);
bool fail_hidden(Resolver *r, const SqlNode *n, Str name); // false: it is no hidden column
void fail_table(Resolver *r, const SqlNode *n, const SqlNode *name);
void fail_twin(Resolver *r, const SqlNode *n, const SqlNode *table); // two relations of one name
void fail_alias(Resolver *r, const SqlNode *n, const SqlNode *item, const Scope *s);
bool name_is_unit(const SqlNode *n);
// resolve_field.c
SqlType type_of_fields(Resolver *r, const Scope *s, const SqlNode *n, uint32_t from); // of a COLUMN
void check_member(Resolver *r, const Scope *s, const SqlNode *n);                     // of a MEMBER
// alias.c
typedef enum { ALIAS_HIDDEN, ALIAS_BEHIND_COLUMNS, ALIAS_BEFORE_COLUMNS } AliasSight;
AliasSight alias_rule(Dialect d, Clause clause, bool whole); // whole = no part of an expression
AliasSight alias_sight(const Resolver *r, const Scope *s, const SqlNode *n);
const SqlNode *alias_item(const Resolver *r, const Scope *s, const SqlNode *n);
// resolve.c
SqlColumns resolve_query(Resolver *r, const Scope *parent, const SqlNode *query,
                         const Scope *beside);
SqlColumns columns_renamed(Resolver *r, SqlColumns c, const SqlNode *names);
void resolve_know(Resolver *r, const SqlNode *name, SqlColumns columns, const StrList *key);
void resolve_with(Resolver *r, const Scope *parent, const SqlNode *with);
Str values_name(Arena *a, Dialect d, uint32_t i); // of a column of VALUES
// resolve_name.c: of a value without an alias; `nameless`: so many such ones stand before it
Str implicit_name(const Resolver *r, const SqlNode *value, uint32_t position, uint32_t nameless);
// resolve_items.c
SqlColumn item_output(const Resolver *r, const SqlNode *item, uint32_t position, uint32_t nameless);
const SqlStar *resolve_star(Resolver *r, Scope *s, const SqlNode *star);
SqlColumns resolve_items(Resolver *r, Scope *s, const SqlNode *items);
// resolve_from.c
void resolve_from(Resolver *r, Scope *s, const SqlNode *from);
void resolve_from_one(Resolver *r, Scope *s, const SqlNode *n);
Relation *add_relation(Resolver *r, Scope *s, const SqlNode *source, const SqlNode *name,
                       SqlColumns columns);
// resolve_call.c
SqlColumns columns_of_call(Resolver *r, Scope *s, const SqlNode *call, const SqlNode *alias);
// resolve_pivot.c
void resolve_pivot(Resolver *r, Scope *s, const SqlNode *n);
void resolve_unpivot(Resolver *r, Scope *s, const SqlNode *n);
// resolve_write.c
void resolve_statement(Resolver *r, const SqlNode *n);
// types.c
SqlType infer_type(const Resolver *r, const SqlNode *n); // its children's types are known
SqlType infer_call(const Resolver *r, const SqlNode *n); // types_call.c
LogicalType type_of_name(Str name);                      // in capitals: "VARCHAR"
SqlType type_of_node(const SqlNode *type);               // of a NODE_TYPE
SqlType type_plain(LogicalType t, bool not_null);
SqlType type_wider(SqlType a, SqlType b); // of two values that become one column
// document.c
SqlDocument document_of_name(Str type);                                    // in capitals: "JSONB"
SqlType document_at(const Resolver *r, LogicalType type, SqlType of);      // what a path leads to
bool document_of_call(const Resolver *r, const SqlNode *call, SqlType *t); // false: it is none
// Of values of which one is taken, up to the first NULL: MySQL and Spark make texts of numbers
// beside texts.
SqlType type_of_choice(const Resolver *r, const SqlNode *const *values, uint32_t n);
SqlColumn column_typed(Str name, SqlType t);
SqlType type_of_column(const SqlColumn *c, bool outer);
#endif
