// repair: a whole store again, from the newest good backup and what can be read of the damaged
// file.
//
// The new file is built under another name and takes its place only when it is whole. The damaged
// one gets a dated name first and is never changed. Its journal goes aside before it: a journal
// that stayed would be played into the new file.
#include "base/file.h"
#include "base/path.h"
#include "store/private.h"
#include <unistd.h>

static bool good_backup(Str path)
{
    Db *db;
    DbHead head;
    Error ignored;
    if (!db_open(path, DB_PEEK, &db, &ignored)) return false;
    bool good = db_head(db, &head, &ignored);
    DbKinship kinship = good ? db_kinship(&head, &store_schema) : DB_IS_FOREIGN;
    good = (kinship == DB_IS_CURRENT || kinship == DB_IS_OLDER) &&
           db_check(db, DB_CHECK_QUICK, &ignored);
    db_close(db);
    return good;
}

// *from: "" when there is none to take.
static bool take_backup(Store *s, Arena *a, Str to, Str *from, Error *err)
{
    Backups all = backups_list(a, s);
    *from = (Str){0};
    for (size_t i = 0; i < all.len; i++) {
        Db *db;
        if (!good_backup(all.at[i].path)) continue;
        if (!db_open(all.at[i].path, DB_PEEK, &db, err)) return false;
        bool ok = db_backup(db, to, err);
        db_close(db);
        if (ok) *from = all.at[i].path;
        return ok;
    }
    return true;
}

static bool fill(Store *s, Db *db, StoreOpening *how, Error *err)
{
    return db_migrate(db, &store_schema, (Str){0}, err) &&
           salvage(db, s->path, &how->salvaged, err) && db_check(db, DB_CHECK_FULL, err);
}

static void remove_with_journal(Arena *a, Str path)
{
    file_remove(path);
    file_remove(str_fmt(a, STR_FMT "-journal", STR_ARG(path)));
}

static bool build(Store *s, Arena *a, Str fresh, StoreOpening *how, Error *err)
{
    Db *db;
    remove_with_journal(a, fresh);
    if (!take_backup(s, a, fresh, &how->restored_from, err)) return false;
    if (!db_open(fresh, DB_MAKE, &db, err)) return false;
    bool ok = fill(s, db, how, err);
    db_close(db);
    if (ok) {
        file_remove(str_fmt(a, STR_FMT "-journal", STR_ARG(fresh))); // empty, and not its name
    } else {
        remove_with_journal(a, fresh);
    }
    return ok;
}

static Str aside_name(Store *s, Arena *a)
{
    Str when = stamp(a, s->world->wall_ms(s->world));
    Str name = str_fmt(a, "greenroom-damaged-" STR_FMT ".db", STR_ARG(when));
    Str path = path_join(a, s->dir, name);
    for (int i = 2; file_exists(path); i++) {
        name = str_fmt(a, "greenroom-damaged-" STR_FMT "-%d.db", STR_ARG(when), i);
        path = path_join(a, s->dir, name);
    }
    return path;
}

// With a hard link the old name passes from one file to the other without a moment in between;
// where there are none, a death here leaves no store but its backups, which the next start takes.
static bool set_aside(Store *s, Arena *a, Str aside, Error *err)
{
    Str journal = str_fmt(a, STR_FMT "-journal", STR_ARG(s->path));
    Str kept = str_fmt(a, STR_FMT "-journal", STR_ARG(aside));
    if (file_exists(journal) && !file_rename(journal, kept, err)) return false;
    return link(str_c(a, s->path), str_c(a, aside)) == 0 || file_rename(s->path, aside, err);
}

bool repair(Store *s, Arena *a, StoreOpening *how, Error *err)
{
    Str fresh = path_join(a, s->dir, S("greenroom.db.new"));
    if (!build(s, a, fresh, how, err)) return false;
    if (file_exists(s->path)) {
        how->set_aside = aside_name(s, a);
        if (!set_aside(s, a, how->set_aside, err)) return false;
    }
    return file_rename(fresh, s->path, err);
}
