// sqlite_image: runs a script in memory and copies the pages.
#include "sqlite_image.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

Str sqlite_image(Arena *a, const char *script)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_exec(db, script, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "sqlite_image: %s\n", message ? message : "no memory");
        abort();
    }
    sqlite3_int64 n = 0;
    unsigned char *bytes = sqlite3_serialize(db, "main", &n, 0);
    if (!bytes) abort();
    Str image = str_copy(a, (Str){(const char *)bytes, (size_t)n});
    sqlite3_free(bytes);
    sqlite3_close(db);
    return image;
}
