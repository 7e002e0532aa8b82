// pages: the bytes of an SQLite database file, written page by page without SQLite.
#ifndef WAREHOUSE_PAGES_H
#define WAREHOUSE_PAGES_H
#include "warehouse/warehouse.h"

enum { PAGE_BYTES = 4096 };

// The image with `extra` zero bytes behind it (not counted in the result's length): the cache puts
// its trailer there without copying.
Str pages_image(Arena *a, const WarehouseSpec *w, const Data *data, size_t extra);
#endif
