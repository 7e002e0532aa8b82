// backups: numbered, dated copies in data_dir/backups, the newest STORE_BACKUPS of them kept.
//
// greenroom-000012-2025-06-30-120000-v1.db: number, UTC, version. Those made before a migration
// carry "-before-v2" as well and are not rotated away: they are the way back.
#include "base/file.h"
#include "base/path.h"
#include "base/vec.h"
#include "store/private.h"
#include <limits.h>
#include <stdlib.h>

typedef VEC(Backup) BackupVec;

enum { FILES_MAX = 10000, DAY_MS = 86400 * 1000, STAMP_LEN = 17 };

Str stamp(Arena *a, int64_t ms)
{
    Str t = time_text(a, ms); // YYYY-MM-DD HH:MM:SS[.f]
    return str_fmt(a, STR_FMT "-" STR_FMT STR_FMT STR_FMT, STR_ARG(str_slice(t, 0, 10)),
                   STR_ARG(str_slice(t, 11, 13)), STR_ARG(str_slice(t, 14, 16)),
                   STR_ARG(str_slice(t, 17, 19)));
}

static int64_t unstamp(Arena *a, Str s)
{
    int64_t ms = 0;
    Str clock = str_slice(s, 11, 17);
    Str iso = str_fmt(a, STR_FMT " " STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(str_slice(s, 0, 10)),
                      STR_ARG(str_slice(clock, 0, 2)), STR_ARG(str_slice(clock, 2, 4)),
                      STR_ARG(str_slice(clock, 4, 6)));
    return time_parse(iso, &ms) ? ms : 0;
}

static bool read_name(Arena *a, Str name, Backup *out)
{
    Str number, rest = name;
    int64_t n;
    if (!str_starts(name, S("greenroom-")) || !str_ends(name, S(".db"))) return false;
    if (!str_cut(str_slice(name, 10, name.len), '-', &number, &rest)) return false;
    if (!str_to_i64(number, &n) || n < 0 || n > INT_MAX - 1) return false;
    out->number = (int)n;
    out->made_ms = unstamp(a, str_slice(rest, 0, STAMP_LEN));
    out->daily = !str_find(rest, S("-before-"), NULL);
    return true;
}

static int newest_first(const void *a, const void *b)
{
    const Backup *x = a, *y = b;
    return (y->number > x->number) - (y->number < x->number);
}

Backups backups_list(Arena *a, const Store *s)
{
    StrList names;
    Error ignored; // no folder yet
    BackupVec found = {0};
    if (!file_list(a, s->backups, FILES_MAX, &names, &ignored)) return (Backups){0};
    for (size_t i = 0; i < names.len; i++) {
        Backup b = {.path = path_join(a, s->backups, names.at[i])};
        if (read_name(a, names.at[i], &b)) *vec_push(a, &found) = b;
    }
    if (found.len) qsort(found.at, found.len, sizeof *found.at, newest_first);
    return (Backups){found.at, found.len};
}

Str backup_name(Arena *a, const Store *s, int version, int migrates_to)
{
    Backups all = backups_list(a, s);
    int number = all.len ? all.at[0].number + 1 : 1;
    Str why = migrates_to ? str_fmt(a, "-before-v%d", migrates_to) : (Str){0};
    return path_join(a, s->backups,
                     str_fmt(a, "greenroom-%06d-" STR_FMT "-v%d" STR_FMT ".db", number,
                             STR_ARG(stamp(a, s->world->wall_ms(s->world))), version,
                             STR_ARG(why)));
}

// A clock that was set back makes one, too: a day in the future is no reason to wait for it.
static bool due(const Store *s, const Backups *all)
{
    for (size_t i = 0; i < all->len; i++) {
        if (!all->at[i].daily) continue;
        int64_t age = s->world->wall_ms(s->world) - all->at[i].made_ms;
        return age < 0 || age >= DAY_MS;
    }
    return true;
}

static void rotate(Arena *a, const Store *s)
{
    Backups all = backups_list(a, s);
    int kept = 0;
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].daily && ++kept > STORE_BACKUPS) file_remove(all.at[i].path);
    }
    StrList names;
    Error ignored;
    if (!file_list(a, s->backups, FILES_MAX, &names, &ignored)) return;
    for (size_t i = 0; i < names.len; i++) { // of processes that died while they copied
        if (str_ends(names.at[i], S(".part"))) file_remove(path_join(a, s->backups, names.at[i]));
    }
}

static bool make_daily(Store *s, Arena *a, Error *err)
{
    int64_t any;
    Backups all = backups_list(a, s);
    if (!due(s, &all)) return true;
    if (!db_query_int(s->db, "SELECT 1 FROM event LIMIT 1", DB_NO_ARGS, 0, &any, err)) return false;
    if (!any) return true;
    if (!file_make_dirs(s->backups, err) ||
        !db_backup(s->db, backup_name(a, s, store_schema.version, 0), err)) {
        return false;
    }
    rotate(a, s);
    return true;
}

bool backup_daily(Store *s, Error *err)
{
    Arena scratch = {0};
    bool ok = make_daily(s, &scratch, err);
    arena_free(&scratch);
    return ok;
}
