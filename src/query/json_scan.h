// json_scan: one JSON array or object in a text, element by element, without a tree.
//
// Arrays are JSON text at run time; a query that unnests one reads it here. The text may be
// anything: what is no JSON ends the scan as bad.
#ifndef QUERY_JSON_SCAN_H
#define QUERY_JSON_SCAN_H
#include "base/str.h"
#include <sqlite3.h>

typedef struct {
    const char *at, *end;
    char close; // ] or }
    bool bad, done;
} JsonScan;

typedef struct {
    Str key;   // of an object's member: raw, with its quotes; else empty
    Str value; // raw
} JsonItem;

bool json_scan_open(JsonScan *s, Str text); // false when it is neither an array nor an object
bool json_scan_next(JsonScan *s, JsonItem *out);
// A raw value as SQLite holds it: text without quotes and escapes, 0 and 1 for booleans; arrays and
// objects stay JSON text.
void json_scan_result(sqlite3_context *c, Str raw);
#endif
