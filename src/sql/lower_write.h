// lower_write: what the passes over statements that write share.
#ifndef SQL_LOWER_WRITE_H
#define SQL_LOWER_WRITE_H
#include "sql/lower_from.h"

// Statements, and the parts of them.
SqlNode *write_table(Translator *t, const SqlNode *place, Str name, Str alias); // alias "" = none
SqlNode *write_temp(Translator *t, const SqlNode *place, Str name, SqlNode *query);
SqlNode *write_drop(Translator *t, const SqlNode *place, Str name);
SqlNode *write_delete(Translator *t, const SqlNode *place, SqlNode *table, SqlNode *where);
// SELECT items FROM one: items NULL = all columns, from NULL = nothing yet.
SqlNode *write_query(Translator *t, const SqlNode *place, SqlNode *items, SqlNode *from);
// NOT EXISTS (SELECT 1 FROM one WHERE …)
SqlNode *write_not_exists(Translator *t, const SqlNode *place, SqlNode *from, SqlNode *where);
// column = value, of SET.
SqlNode *write_assign(Translator *t, const SqlNode *place, Str column, SqlNode *value);
// ON DUPLICATE KEY: VALUES(a), and x.a where `row` is x, as excluded.a; in place.
SqlNode *as_excluded(Translator *t, SqlNode *n, Str row);
void write_bare_name(const Translator *t, SqlNode *table);  // without its database
Str write_alias(const SqlNode *table);                      // what the statement calls it
void write_bare_targets(Translator *t, const SqlNode *set); // SET x.a = … as SET a = …
// The one table that a joined UPDATE sets columns of; NULL with a refusal where there are several.
const SqlNode *write_set_table(Translator *t, const SqlNode *n);
void write_set_in_order(Translator *t, const SqlNode *set, uint32_t target); // as MySQL sets

// Values as the columns of a table take them (lower_assign.c).
void assign_insert(Translator *t, SqlNode *n);
void assign_set(Translator *t, SqlColumns of, const SqlNode *set);
void assign_values(Translator *t, SqlColumns of, const SqlNode *names, SqlNode *values);

// What is made of a statement goes to the end of `out`.
void lower_insert(Translator *t, SqlNode *n, Nodes *out);
void updates_there(Translator *t, SqlNode *script); // lower_update.c: for another dialect
void upserts_there(Translator *t, SqlNode *script); // lower_upsert.c
// What ON CONFLICT and its kin ask for, before the INSERT itself. The name of a temporary table
// that is to be dropped behind it; "" = there is none.
Str lower_meet(Translator *t, SqlNode *n, Nodes *out);
void lower_merge(Translator *t, SqlNode *n, Nodes *out);
void lower_create(Translator *t, SqlNode *n, Nodes *out);
#endif
