// vfs: a file system without files, a clock that the warehouse sets, and randomness that repeats.
//
// SQLite takes the time of CURRENT_DATE and date('now') from its VFS, and the seed of random() from
// the default VFS; so the shim is both the default and the one the connection is opened with.
#include "base/rng.h"
#include "query/private.h"

// The Julian day of 1970-01-01 00:00 UTC in milliseconds (2440587.5 days).
static const int64_t UNIX_EPOCH_JULIAN_MS = 210866760000000;
static int64_t now_ms;
static uint64_t drawn;

static int open_nothing(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)v;
    (void)name;
    (void)flags;
    (void)out;
    f->pMethods = NULL;
    return SQLITE_CANTOPEN;
}

static int delete_nothing(sqlite3_vfs *v, const char *name, int sync)
{
    (void)v;
    (void)name;
    (void)sync;
    return SQLITE_IOERR_DELETE;
}

static int access_nothing(sqlite3_vfs *v, const char *name, int flags, int *out)
{
    (void)v;
    (void)name;
    (void)flags;
    *out = 0;
    return SQLITE_OK;
}

static void *open_no_library(sqlite3_vfs *v, const char *name)
{
    (void)v;
    (void)name;
    return NULL;
}

static int same_randomness(sqlite3_vfs *v, int n, char *out)
{
    (void)v;
    for (int i = 0; i < n; i++) out[i] = (char)(rng_at(1, drawn, (uint64_t)i) & 0xff);
    return n;
}

static int time_of_warehouse(sqlite3_vfs *v, sqlite3_int64 *out)
{
    (void)v;
    *out = now_ms + UNIX_EPOCH_JULIAN_MS;
    return SQLITE_OK;
}

static int day_of_warehouse(sqlite3_vfs *v, double *out)
{
    (void)v;
    *out = (double)(now_ms + UNIX_EPOCH_JULIAN_MS) / 86400000.0;
    return SQLITE_OK;
}

static sqlite3_vfs shim;

const char *vfs_name(void)
{
    return "greenroom";
}

void vfs_set_now(int64_t ms)
{
    now_ms = ms;
}

void vfs_draw(uint64_t row)
{
    drawn = row;
    sqlite3_randomness(0, NULL); // it takes its seed anew
}

bool vfs_register(void)
{
    if (shim.zName) return true;
    const sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (!real) return false;
    shim = *real;
    shim.pNext = NULL;
    shim.zName = vfs_name();
    shim.xOpen = open_nothing;
    shim.xDelete = delete_nothing;
    shim.xAccess = access_nothing;
    shim.xDlOpen = open_no_library;
    shim.xRandomness = same_randomness;
    shim.xCurrentTime = day_of_warehouse;
    shim.xCurrentTimeInt64 = time_of_warehouse;
    return sqlite3_vfs_register(&shim, 1) == SQLITE_OK;
}
