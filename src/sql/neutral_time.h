// neutral_time: what the passes over dates, times and intervals share.
#ifndef SQL_NEUTRAL_TIME_H
#define SQL_NEUTRAL_TIME_H
#include "sql/translate.h"

// What time_as makes: one of the types, or DATE or TIMESTAMP as a text says.
enum { TIME_EITHER = TYPE_COUNT_ };

// `n` as a value of this type, as the dialect converts when nobody asks: a date is midnight, a text
// is read.
SqlNode *time_as(Translator *t, SqlNode *n, int type);
// As a cast; `tries`: NULL for what cannot be converted.
SqlNode *time_cast(Translator *t, SqlNode *n, LogicalType type, bool tries);
// Both sides of a comparison in one type, where one of them is a date, a time or an interval.
void time_align(Translator *t, SqlNode **a, SqlNode **b);
// MySQL's date in arithmetic: a number, 20240229. What else it is stays.
SqlNode *time_number(Translator *t, SqlNode *n);
SqlNode *time_binary(Translator *t, SqlNode *n); // NULL where it is about something else
SqlNode *time_add(Translator *t, SqlNode *time, SqlNode *amount, Str unit, bool minus);
SqlNode *time_shift(Translator *t, SqlNode *time, SqlNode *by, bool minus); // by an INTERVAL
// The step of a series at run time: an INTERVAL as the text that gr_series reads; a number stays.
SqlNode *time_step(Translator *t, SqlNode *step, bool before);
SqlNode *time_interval(Translator *t, SqlNode *amount, const char *unit);
SqlNode *time_interval_text(Translator *t, const SqlNode *place, Str text);
SqlNode *interval_as_text(Translator *t, SqlNode *n); // at run time, as home writes it
SqlNode *time_trunc_interval(Translator *t, SqlNode *call);
// ---- the two forms of an interval at run time (neutral_span.c, base/interval.h)
bool interval_micros(const Translator *t, const SqlNode *n); // microseconds, surely
SqlNode *interval_compared(Translator *t, SqlNode *n);       // as microseconds
SqlNode *interval_coded(Translator *t, SqlNode *n);          // with its parts
// Refused: the target has no type for all of them.
bool interval_kinds_clash(Translator *t, SqlNode *const *at, uint32_t n);
void interval_unify(Translator *t, SqlNode **at, uint32_t n);
SqlNode *time_cast_node(Translator *t, SqlNode *n); // of a CAST; NULL where it is to another type
SqlNode *time_in_words(Translator *t, const SqlNode *place, Str text, int type); // 'now', or NULL
void time_case(Translator *t, SqlNode *n);                                       // its results
// Values of which one is taken: timestamps, where dates and timestamps are mixed.
void time_unify(Translator *t, SqlNode **at, uint32_t n);
SqlNode *time_periods(Translator *t, SqlNode *n); // (a, b) OVERLAPS (c, d)
// From UTC to the clocks of a zone, or back; a zone that is not known is refused.
SqlNode *time_in_zone(Translator *t, SqlNode *time, SqlNode *zone, bool back);
SqlNode *time_zoned(Translator *t, SqlNode *time); // marked as TIMESTAMPTZ
SqlNode *time_zone_taken(Translator *t, SqlNode *call, bool *back);

// ---- words of time (unit.c)
Str fn_amount_unit(Translator *t, Str word);           // of an interval
bool fn_is_clock(Str word);                            // HOUR and below, in any dialect's word
SqlNode *read_week_word(Translator *t, SqlNode *call); // WEEK(MONDAY) as a word
#endif
