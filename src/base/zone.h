// zone: time zones by name: how far from UTC a place is, and when it moves its clocks.
//
// A table of the zones that people ask for, by today's rules: the same on every machine, whether it
// has a zone database or not. A zone knows from which year on its rules hold.
#ifndef BASE_ZONE_H
#define BASE_ZONE_H
#include "base/str.h"

typedef struct Zone Zone;
const Zone *zone_find(Str name); // "Europe/Berlin", in any case; NULL: it is not known
Str zone_nearest(Str name);      // a known one that looks like it; "" = none
int zone_since(const Zone *z);   // the first year whose rules are known
// Microseconds since 1970, from UTC to the zone's clocks and back. An hour that a clock shows twice
// is the second one, an hour that it leaves out follows the one before.
int64_t zone_local(const Zone *z, int64_t utc);
int64_t zone_utc(const Zone *z, int64_t local);
#endif
