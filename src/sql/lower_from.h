// lower_from: what the passes over FROM and over writes share (lower_*.c).
//
// FROM is lowered scope by scope, inner ones first: a SELECT (or UPDATE, DELETE) with what stands
// in its FROM. A source that SQLite cannot run as a table of its own becomes a *virtual* one: a
// function beside the tables it reads, and an expression for each of its columns, which takes the
// place of every reference that resolve.c bound to it.
#ifndef SQL_LOWER_FROM_H
#define SQL_LOWER_FROM_H
#include "sql/translate.h"

typedef VEC(SqlNode *) Nodes;
typedef VEC(Str) Names;

typedef struct {
    uint32_t id;   // of the source, as bindings name it
    bool derived;  // it is a table with its own columns after all: only whole rows are replaced
    Str alias;     // its name in the target
    Nodes columns; // expressions; one that is NULL cannot be said
} Virtual;

typedef struct {
    Translator *t;
    SqlNode *node; // the SELECT, UPDATE or DELETE
    VEC(Virtual) made;
    SqlNode *filter; // for WHERE: what SEMI and ANTI joins ask
    Str generator;   // the alias of Snowflake's GENERATOR here; empty = none
    bool first;      // nothing stands before this item
    bool missing;    // on a side of a RIGHT or FULL join that may be missing
    bool open;       // a table here has columns that are not known
} FromScope;

// lower_from.c
SqlNode *lower_from_tree(Translator *t, SqlNode *root);
SqlNode *lower_writes(Translator *t, SqlNode *root);           // lower_write.c: before it
SqlNode *lower_item(FromScope *s, SqlNode *n);                 // one table, join … of FROM
bool from_is_correlated(const FromScope *s, const SqlNode *n); // reads tables beside it
Str from_alias(Translator *t, const SqlNode *alias);           // its name, or a made one
SqlNode *from_derived(Translator *t, const SqlNode *source, SqlNode *query, Str alias);
// The query beside the tables it reads, as rows of a packed value.
SqlNode *lower_lateral(FromScope *s, const SqlNode *n, SqlNode *query, Str alias);
// lower_virtual.c
Virtual *virtual_new(FromScope *s, uint32_t id, Str alias);
void virtual_add(FromScope *s, Virtual *v, SqlNode *column);
const Virtual *virtual_named(const FromScope *s, Str alias);
SqlNode *virtual_member(FromScope *s, SqlNode *value, const SqlNode *path, uint32_t from);
void virtual_apply(FromScope *s, SqlNode *order); // in all of the scope's node
// lower_rows.c: functions in FROM
SqlNode *lower_table_call(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call);
SqlNode *lower_lateral_view(FromScope *s, SqlNode *n);
// lower_row_items.c
void lower_row_items(FromScope *s, const SqlNode *order);
// lower_alias.c: columns and their names
SqlColumns source_columns(const Translator *t, uint32_t id);
SqlColumns query_columns(const Translator *t, const SqlNode *query); // open = they are not known
// The names of a query's columns, unique; may give names to items, or put a query around it.
bool query_names(Translator *t, SqlNode **query, Names *out);
// ( query ) AS alias with these names of its columns, as far as they go.
SqlNode *derived_named(Translator *t, const SqlNode *source, SqlNode *query, Str alias,
                       const Names *names);
SqlNode *lower_alias(FromScope *s, SqlNode *n);
void from_add(FromScope *s, SqlNode *one, bool outer); // behind what the SELECT's FROM has
// lower_flink.c: windows over streams
SqlNode *lower_window_call(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call); // NULL: none
void lower_group_windows(FromScope *s, SqlNode *order);
// lower_foreign.c: for other dialects than the runtime
SqlNode *foreign_rows(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call);
// lower_members.c: NULL where it is no JSON object's members, or the target has nothing for them
SqlNode *foreign_members(FromScope *s, SqlNode *n, SqlNode *alias, SqlNode *call);
// Is the column of the source read below n, or looked into as JSON?
bool foreign_is_used(const FromScope *s, const SqlNode *n, uint32_t id, int column);
bool foreign_is_looked_into(const FromScope *s, const SqlNode *n, uint32_t id, int column);
SqlNode *foreign_item(FromScope *s, SqlNode *n);
SqlNode *foreign_joined(Translator *t, SqlNode *join);
bool foreign_uses(Translator *t);
void foreign_row_item(FromScope *s, SqlNode *item, SqlNode **place, SqlNode *call);
// lower_series.c: a series in another dialect
typedef struct {
    SqlNode *call, *start, *stop, *step;
    LogicalType type; // of the start
    bool moments;
    LogicalType converts;  // … to it from what the target makes
    SqlNode *unit, *times; // a row is so many units behind the start
} Series;
bool series_read(Translator *t, SqlNode *call, Series *s);
SqlNode *series_array(Translator *t, Series *s);           // an array, or what stands in FROM
SqlNode *series_query(Translator *t, Series *s, Str name); // WITH RECURSIVE
SqlNode *series_value(Translator *t, const Series *s, SqlNode *column); // of a row
// lower_pivot.c
SqlNode *lower_pivot(FromScope *s, SqlNode *n);
SqlNode *lower_unpivot(FromScope *s, SqlNode *n);
// lower_join.c
SqlNode *lower_join(FromScope *s, SqlNode *n);
#endif
