// sqlite_image: the bytes of a database that a script makes, for tests only.
#ifndef SUPPORT_SQLITE_IMAGE_H
#define SUPPORT_SQLITE_IMAGE_H
#include "base/str.h"

Str sqlite_image(Arena *a, const char *script); // aborts when the script fails
#endif
