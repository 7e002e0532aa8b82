// migrate: whose file it is and of which version, and the steps that take an old one to today's.
//
// SQLite's header keeps an application id and a version for us; both change inside the transaction
// that changes the tables, so a file is of one version or the other, never between.
#include "base/check.h"
#include "db/private.h"

bool db_head(Db *db, DbHead *out, Error *err)
{
    int64_t id, version, tables = 1;
    if (!db_query_int(db, "PRAGMA application_id", DB_NO_ARGS, 0, &id, err) ||
        !db_query_int(db, "PRAGMA user_version", DB_NO_ARGS, 0, &version, err)) {
        return false;
    }
    // Only a file without a name of its own can be empty: the schema is not parsed for the others.
    bool nameless = id == 0 && version == 0;
    if (nameless &&
        !db_query_int(db, "SELECT count(*) FROM sqlite_schema", DB_NO_ARGS, 0, &tables, err)) {
        return false;
    }
    *out = (DbHead){
        .application_id = (int32_t)id, .version = (int)version, .empty = nameless && tables == 0};
    return true;
}

DbKinship db_kinship(const DbHead *head, const DbSchema *schema)
{
    if (head->empty) return DB_IS_EMPTY;
    if (head->application_id != schema->application_id) return DB_IS_FOREIGN;
    if (head->version > schema->version) return DB_IS_NEWER;
    if (head->version < 1) return DB_IS_BROKEN;
    return head->version < schema->version ? DB_IS_OLDER : DB_IS_CURRENT;
}

bool db_refuse(Db *db, DbKinship why, Error *err)
{
    static const char *const sentences[DB_IS_COUNT_] = {
        [DB_IS_NEWER] =
            "was written by a newer greenroom: it is left untouched; start that one, or "
            "name another folder with --home DIR",
        [DB_IS_FOREIGN] = "belongs to another program: it is left untouched; move it away, or name "
                          "another folder with --home DIR",
        [DB_IS_BROKEN] = "is damaged: it is of a version that never was",
    };
    CHECK(sentences[why]);
    if (why == DB_IS_BROKEN) db->damaged = true;
    return error_set(err, ERROR_INPUT, STR_FMT " %s", STR_ARG(db->name), sentences[why]);
}

static bool set_head(Db *db, const DbSchema *schema, Error *err)
{
    Arena scratch = {0};
    Str sql = str_fmt(&scratch, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                      (int)schema->application_id, schema->version);
    bool ok = db_exec(db, sql.ptr, err);
    arena_free(&scratch);
    return ok;
}

// Inside the transaction the version is read again: another process may have come first.
static bool run_steps(Db *db, const DbSchema *schema, Error *err)
{
    DbHead head;
    if (!db_head(db, &head, err)) return false;
    DbKinship kinship = db_kinship(&head, schema);
    if (kinship == DB_IS_CURRENT) return true;
    if (kinship != DB_IS_EMPTY && kinship != DB_IS_OLDER) return db_refuse(db, kinship, err);
    for (int v = head.version; v < schema->version; v++) {
        const DbStep *step = &schema->steps[v];
        if (step->sql && !db_exec(db, step->sql, err)) return false;
        if (step->then && !step->then(db, err)) return false;
    }
    return set_head(db, schema, err);
}

bool db_migrate(Db *db, const DbSchema *schema, Str backup, Error *err)
{
    DbHead head;
    if (!db_head(db, &head, err)) return false;
    DbKinship kinship = db_kinship(&head, schema);
    switch (kinship) {
    case DB_IS_CURRENT:
        return true;
    case DB_IS_NEWER:
    case DB_IS_FOREIGN:
    case DB_IS_BROKEN:
        return db_refuse(db, kinship, err);
    case DB_IS_OLDER:
        if (!db_check(db, DB_CHECK_QUICK, err)) return false;
        if (backup.len && !db_backup(db, backup, err)) return false;
        break;
    case DB_IS_EMPTY:
        break;
    }
    return db_begin(db, err) && db_end(db, run_steps(db, schema, err), err);
}
