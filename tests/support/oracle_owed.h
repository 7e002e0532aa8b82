// oracle_owed: committed lists of what does not hold yet; they only shrink.
#ifndef SUPPORT_ORACLE_OWED_H
#define SUPPORT_ORACLE_OWED_H
#include "base/str.h"
#include "base/vec.h"

typedef VEC(Str) Names;
typedef struct {
    Arena *a;
    Str path, prefix; // the list, and the names in it that this run is about: "date/"
    StrList lines;    // of the whole list
    Names tried, wrong;
    size_t faults; // names that are wrong and not listed, or listed and not wrong
} Owed;

#define OWED_NO_REASON "# Not looked at yet: mend it, or say why it stays."

Owed owed_open(Arena *a, Str path, Str prefix);
bool owed_has(const Owed *o, Str name);
void owed_note(Owed *o, Str name, bool wrong);
// Tells of listed names that were not tried. With BLESS=1 in the environment the names of this run
// are written anew and nothing is a fault.
void owed_close(Owed *o);
// Of a list in groups: names that stand under no reason. They are told.
size_t owed_without_reason(const Owed *o);
#endif
