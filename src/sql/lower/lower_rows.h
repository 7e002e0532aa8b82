// lower_rows: what the files share that lower functions which make rows.
#ifndef SQL_LOWER_ROWS_H
#define SQL_LOWER_ROWS_H
#include "sql/lower_from.h"

typedef struct {
    SqlNode *call;  // of the runtime
    SqlNode *query; // instead of it
    Nodes columns;  // of the call: in the order in which the resolver lists them
    SqlNode *index; // from 0
    bool outer;     // a row of NULLs where there is none
} Made;

typedef struct {
    FromScope *s;
    const SqlNode *n; // TABLE_CALL, LATERAL_VIEW or a CALL among the items
    Str alias;
    Made made;
} Rows;

// lower_rows_made.c
bool rows_make(Rows *r, SqlNode *call, uint32_t names); // false: no function that makes rows
void rows_add(Rows *r, SqlNode *column);
SqlNode *rows_plus_one(Translator *t, SqlNode *n);
// lower_rows.c: the row of NULLs where there is none comes of a LEFT JOIN
SqlNode *rows_outer(Rows *r, SqlNode *one);
#endif
