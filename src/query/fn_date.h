// fn_date: what the files of the date functions share.
#ifndef QUERY_FN_DATE_H
#define QUERY_FN_DATE_H
#include "base/calendar.h"
#include "query/fn.h"

// False: the result is set, to NULL or an error.
bool fn_moment(sqlite3_context *c, sqlite3_value *v, Moment *out);
bool fn_part_of(sqlite3_context *c, sqlite3_value *v, TimePart *out);
bool fn_unit_of(sqlite3_context *c, sqlite3_value *v, Unit *out);
void fn_result_moment(sqlite3_context *c, Moment m); // out of range: an error
void fn_result_number(sqlite3_context *c, double v); // an integer where it is whole
Str value_str(sqlite3_value *v);
#endif
