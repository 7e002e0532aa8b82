// store: opening and closing what is remembered.
//
// Opening looks first and writes last: the bytes of the header without lock or journal (a newer or
// foreign file is left here), then the file itself, checked only when the last exit was not clean,
// then migration, and what is due of backups. Only one who is alone repairs or migrates.
#include "store/store.h"
#include "base/file.h"
#include "base/path.h"
#include "store/private.h"
#include <inttypes.h>
#include <sys/stat.h>

// Up to here the full check takes some 30 ms; beyond it the quick one must do.
enum { FULL_CHECK_BYTES = 4 * 1024 * 1024 };

bool store_told(Store *s, bool ok, Error *err)
{
    if (ok || !db_damaged(s->db)) return ok;
    return error_set(err, ERROR_INPUT,
                     "'" STR_FMT "' is damaged: leave greenroom and start it again, and it will be "
                     "repaired from its newest backup",
                     STR_ARG(s->path));
}

// --- Looking ---

// -1 = not there; what is no file is as large as can be, so that it is not taken for an empty one.
static int64_t size_of(Str path)
{
    Arena scratch = {0};
    struct stat st;
    bool there = stat(str_c(&scratch, path), &st) == 0;
    arena_free(&scratch);
    if (!there) return -1;
    return S_ISREG(st.st_mode) ? (int64_t)st.st_size : INT64_MAX;
}

// Refuses what is newer or foreign. A file that cannot be understood passes: it may only need its
// journal.
static bool look(Store *s, Error *err)
{
    Db *db;
    DbHead head;
    Error ignored;
    if (!db_open(s->path, DB_PEEK, &db, err)) return false;
    bool ok = true;
    if (db_head(db, &head, &ignored)) {
        DbKinship kinship = db_kinship(&head, &store_schema);
        bool stranger = kinship == DB_IS_NEWER || kinship == DB_IS_FOREIGN;
        if (stranger) ok = db_refuse(db, kinship, err);
    }
    db_close(db);
    return ok;
}

// --- A file that is there ---

static bool migrate(Store *s, Arena *a, Error *err)
{
    DbHead head;
    if (!db_head(s->db, &head, err)) return false;
    DbKinship kinship = db_kinship(&head, &store_schema);
    if (kinship == DB_IS_CURRENT) return true;
    if (kinship == DB_IS_OLDER && !s->gate.alone) {
        return error_set(err, ERROR_ENVIRONMENT,
                         "an older greenroom has '" STR_FMT "' open: leave that one first",
                         STR_ARG(s->path));
    }
    Str backup = {0};
    if (kinship == DB_IS_OLDER) {
        if (!file_make_dirs(s->backups, err)) return false;
        backup = backup_name(a, s, head.version, store_schema.version);
    }
    return db_migrate(s->db, &store_schema, backup, err);
}

static bool use_file(Store *s, Arena *a, bool check, Error *err)
{
    DbCheck depth = size_of(s->path) > FULL_CHECK_BYTES ? DB_CHECK_QUICK : DB_CHECK_FULL;
    if (!db_open(s->path, DB_MAKE, &s->db, err)) return false;
    return (!check || db_check(s->db, depth, err)) && migrate(s, a, err);
}

static bool use_repaired(Store *s, Arena *a, StoreOpening *how, Error *err)
{
    db_close(s->db);
    s->db = NULL;
    return repair(s, a, how, err) && use_file(s, a, false, err);
}

// --- What is said about it ---

static void say_repair(Arena *a, Buf *b, const StoreOpening *how)
{
    if (how->set_aside.len) {
        buf_fmt(b, "Your progress file was damaged; it is kept as '" STR_FMT "'. ",
                STR_ARG(how->set_aside));
    } else {
        buf_add(b, S("Your progress file was missing. "));
    }
    if (how->restored_from.len) {
        buf_fmt(b, "The backup '" STR_FMT "' was taken in its place",
                STR_ARG(path_base(how->restored_from)));
    } else {
        buf_add(b, S("There was no backup, so a new one was begun"));
    }
    if (how->set_aside.len) {
        buf_add(b, how->salvaged == 0
                       ? S(", and nothing newer could be read out of it")
                       : str_fmt(a, ", and %" PRId64 " events were read out of it", how->salvaged));
    }
    buf_add(b, S("."));
}

static Str say(Arena *a, const StoreOpening *how, bool repaired, const Error *no_backup)
{
    Buf b = buf_new(a);
    if (repaired) {
        say_repair(a, &b, how);
    } else if (how->unclean) {
        buf_add(&b,
                S("The last session was cut off; your progress file was checked and is whole."));
    }
    if (no_backup->kind != ERROR_NONE) {
        buf_fmt(&b, "%sToday's backup could not be made: %s.", b.len ? " " : "", no_backup->text);
    }
    return buf_str(&b);
}

// --- Opening and closing ---

typedef enum {
    FOUND_NOTHING, // the first start
    FOUND_FILE,
    FOUND_LOSS, // no file, or none to speak of, though there was one: backups tell
} Found;

static Found find(Store *s, Arena *a)
{
    enum { HEADER = 100 };
    int64_t size = size_of(s->path);
    int64_t journal = size_of(str_fmt(a, STR_FMT "-journal", STR_ARG(s->path)));
    if (size >= HEADER || journal > 0) return FOUND_FILE;
    return size > 0 || backups_list(a, s).len ? FOUND_LOSS : FOUND_NOTHING;
}

static bool damaged_while_shared(Store *s, Error *err)
{
    return error_set(err, ERROR_INPUT,
                     "'" STR_FMT "' is damaged, and another greenroom has it open: leave that one, "
                     "and start this one again to repair it",
                     STR_ARG(s->path));
}

static bool open_file(Store *s, Arena *a, StoreOpening *how, bool *repaired, Error *err)
{
    Found found = find(s, a);
    if (found == FOUND_FILE) {
        if (!look(s, err)) return false;
        how->unclean = s->gate.alone && !mark_matches(s->mark, s->path);
    }
    if (found != FOUND_LOSS) {
        if (use_file(s, a, how->unclean, err)) return true;
        if (!s->db || !db_damaged(s->db)) return false;
    }
    if (!s->gate.alone) return damaged_while_shared(s, err);
    *repaired = true;
    return use_repaired(s, a, how, err);
}

static bool open_in(Store *s, Arena *a, StoreOpening *how, Error *err)
{
    bool repaired = false;
    Error no_backup = {0};
    if (!open_file(s, a, how, &repaired, err)) return false;
    s->fold = (Fold){.db = s->db};
    if (s->gate.alone && !how->unclean && !repaired) {
        if (!backup_daily(s, &no_backup)) store_told(s, false, &no_backup);
    }
    how->said = say(a, how, repaired, &no_backup);
    return true;
}

static Store *new_store(const World *w)
{
    Arena own = {0};
    Store *s = arena_new(&own, Store);
    s->world = w;
    s->dir = str_copy(&own, w->data_dir);
    s->path = path_join(&own, s->dir, S("greenroom.db"));
    s->mark = path_join(&own, s->dir, S("greenroom.clean"));
    s->backups = path_join(&own, s->dir, S("backups"));
    s->gate.fd = -1;
    s->arena = own;
    return s;
}

static void free_store(Store *s)
{
    fold_close(&s->fold);
    db_close(s->db);
    gate_leave(&s->gate);
    Arena own = s->arena;
    arena_free(&own);
}

bool store_open(Arena *a, const World *w, Store **out, StoreOpening *how, Error *err)
{
    Store *s = new_store(w);
    *how = (StoreOpening){0};
    Str lock = path_join(a, s->dir, S("greenroom.lock"));
    bool ok =
        file_make_dirs(s->dir, err) && gate_enter(&s->gate, lock, err) && open_in(s, a, how, err);
    if (!ok) {
        free_store(s);
        return false;
    }
    gate_share(&s->gate);
    *out = s;
    return true;
}

// A store that showed damage gets no mark, so the next opening checks and repairs it.
void store_close(Store *s)
{
    if (!s) return;
    bool clean = !db_damaged(s->db);
    fold_close(&s->fold);
    db_close(s->db);
    s->db = NULL;
    if (clean && gate_last(&s->gate)) mark_write(s->mark, s->path);
    free_store(s);
}

bool store_backup(Store *s, Str path, Error *err)
{
    return store_told(s, db_backup(s->db, path, err), err);
}

bool store_check(Store *s, Error *err)
{
    return db_check(s->db, DB_CHECK_FULL, err);
}
