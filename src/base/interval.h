// Interval: months, days and microseconds, each on its own, as one value of the runtime.
//
// The encoding (contracts: one for intervals, and this is it). An interval has one of two forms:
//   - INTEGER microseconds: what lies between two moments, and every interval of days to seconds in
//     the dialects that have two kinds of them (Spark, Trino, Flink). It means so many days of 24
//     hours and the rest of a day: costs nothing, is added and compared as the number that it is.
//   - TEXT "~i" KEY ":" MONTHS ":" DAYS ":" MICROSECONDS: where the parts are said, "1 month" or
//     "24 hours". KEY are 16 hexadecimal digits: the microseconds of it all, a month of 30 days,
//     2^63 added. So the bytes are in the order of the intervals, for ORDER BY, MIN and window
//     frames, and the collation gr_interval, which compares the keys alone, makes 1 month and 30
//     days one group.
// Which form an expression has is known before it runs (sql/neutral/neutral_span.c), so that no
// column mixes them; every function of the runtime takes either. In a Table an interval is an
// INTEGER, its key: answers in two dialects compare by it. What a person is shown is the text of
// that Value.
#ifndef BASE_INTERVAL_H
#define BASE_INTERVAL_H
#include "base/calendar.h"
#include "base/table.h"

enum { INTERVAL_KEY_END = 2 + 16, INTERVAL_CODE_MAX = 96 };
size_t interval_encode(Interval i, char out[INTERVAL_CODE_MAX]); // its length
MUST_USE bool interval_decode(Str text, Interval *out);
MUST_USE bool interval_key(Str code, int64_t *out);
Interval interval_of_us(int64_t us); // days, and the rest of a day

// ---- as each engine writes it
// Into `out`, of INTERVAL_TEXT_MAX bytes; its length.
enum { INTERVAL_TEXT_MAX = 200 };
size_t interval_write(Interval i, IntervalStyle style, char out[INTERVAL_TEXT_MAX]);
// A cell of a table gets the text that a person is shown.
void interval_show(Arena *a, Value *v, IntervalStyle style);
void interval_show_list(Arena *a, Value *v, IntervalStyle style); // … an array of them

// ---- arithmetic, part by part. False: out of range.
MUST_USE bool interval_plus(Interval a, Interval b, Interval *out);
MUST_USE bool interval_negate(Interval i, Interval *out);
// Postgres: the fraction of a month becomes days, that of a day a time.
MUST_USE bool interval_scale(Interval i, double by, bool divides, Interval *out);
MUST_USE bool interval_justify_days(Interval i, Interval *out);  // 30 days are a month
MUST_USE bool interval_justify_hours(Interval i, Interval *out); // 24 hours are a day
MUST_USE bool interval_justify(Interval i, Interval *out);       // both, and one sign for all
Interval interval_trunc(Interval i, Unit u);
double interval_part(Interval i, TimePart p);
#endif
