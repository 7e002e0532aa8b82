// fn_interval: intervals among the values of the functions (base/interval.h says their two forms).
#ifndef QUERY_FN_INTERVAL_H
#define QUERY_FN_INTERVAL_H
#include "base/interval.h"
#include "query/fn_date.h"

bool fn_interval(sqlite3_value *v, Interval *out);       // false: NULL, or no interval
void fn_result_interval(sqlite3_context *c, Interval i); // with its parts
int collate_interval(void *ctx, int a_len, const void *a, int b_len, const void *b);
#endif
