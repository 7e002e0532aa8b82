// cache: made data on disk, so that a drill starts at once: found by everything that shapes it,
// checked before use.
//
// A file is the SQLite image followed by a trailer (magic, length, rows, checksum): the image
// begins at byte 0, so a worker maps the descriptor as it is. A file that is cut, flipped or
// foreign is made again. Where nothing can be written, the data is made into memory and greenroom
// works on.
#define _GNU_SOURCE // memfd_create
#include "base/check.h"
#include "base/file.h"
#include "base/path.h"
#include "base/wire.h"
#include "db/db.h"
#include "warehouse/pages.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    GENERATOR_VERSION = 2, // raised when the same spec makes other rows
    TRAILER_BYTES = 32,
    FILES_MAX = 4096,
};
static const uint64_t MAGIC = 0x3143414368636e47u;
static const int64_t CACHE_BYTES = (int64_t)512 << 20; // of all files; the oldest go first

// ---- the key: a hash of all that shapes the rows

static void key_list(Buf *b, StrList l)
{
    wire_u32(b, (uint32_t)l.len);
    for (size_t i = 0; i < l.len; i++) wire_str(b, l.at[i]);
}

static void key_column(Buf *b, const ColumnSpec *c)
{
    const Str texts[] = {c->name, c->ref_table, c->ref_column, c->min, c->max, c->after, c->when};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) wire_str(b, texts[i]);
    wire_u8(b, (uint8_t)c->type);
    wire_u8(b, (uint8_t)(c->not_null | c->primary_key << 1 | c->unique << 2));
    wire_i64(b, c->orphan_parents);
    wire_i64(b, c->after_min_s);
    wire_i64(b, c->after_max_s);
    wire_f64(b, c->null_share);
    wire_u32(b, (uint32_t)c->value_count);
    for (size_t i = 0; i < c->value_count; i++) {
        wire_str(b, c->values[i].text);
        wire_f64(b, c->values[i].weight);
    }
}

static void key_data(Buf *b, const TableSpec *t)
{
    Table rows = {.width = t->width, .cells = t->data, .rows = t->data_rows};
    rows.columns = arena_array(b->arena, Column, t->width);
    wire_u8(b, t->has_data);
    wire_u32(b, (uint32_t)t->data_rows);
    if (t->data_rows) table_wire(b, &rows);
}

static void key_table(Buf *b, const TableSpec *t)
{
    wire_str(b, t->name);
    wire_str(b, t->process);
    wire_i64(b, t->rows);
    wire_u32(b, (uint32_t)t->width);
    for (size_t i = 0; i < t->width; i++) key_column(b, &t->columns[i]);
    wire_u32(b, (uint32_t)t->unique_count);
    for (size_t i = 0; i < t->unique_count; i++) key_list(b, t->unique[i]);
    wire_u32(b, (uint32_t)t->foreign_key_count);
    for (size_t i = 0; i < t->foreign_key_count; i++) {
        key_list(b, t->foreign_keys[i].columns);
        wire_str(b, t->foreign_keys[i].ref_table);
        key_list(b, t->foreign_keys[i].ref_columns);
    }
    key_list(b, t->check);
    key_data(b, t);
}

static uint64_t key_of(const WarehouseSpec *w, const DataOptions *o)
{
    Arena a = {0};
    Buf b = buf_new(&a);
    wire_u32(&b, GENERATOR_VERSION);
    wire_str(&b, db_sqlite_version());
    wire_f64(&b, o->scale);
    wire_u64(&b, o->seed);
    wire_u8(&b, (uint8_t)o->profile);
    wire_str(&b, w->name);
    wire_i64(&b, w->today);
    wire_i64(&b, w->now_ms);
    for (size_t i = 0; i < w->table_count; i++) key_table(&b, &w->tables[i]);
    for (size_t i = 0; i < w->never_count; i++) wire_str(&b, w->never[i].sql);
    uint64_t key = str_hash(buf_str(&b));
    arena_free(&a);
    return key;
}

// ---- reading

static bool read_trailer(int fd, off_t at, uint64_t *length, int64_t *rows, uint64_t *sum)
{
    char raw[TRAILER_BYTES];
    if (at < 0 || pread(fd, raw, sizeof raw, at) != (ssize_t)sizeof raw) return false;
    Wire w = wire_open((Str){raw, sizeof raw});
    uint64_t magic = wire_get_u64(&w);
    *length = wire_get_u64(&w);
    *rows = wire_get_i64(&w);
    *sum = wire_get_u64(&w);
    return magic == MAGIC;
}

static bool is_whole(int fd, size_t size, uint64_t sum)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) return false;
    bool whole = str_hash((Str){bytes, size}) == sum;
    munmap(bytes, size);
    return whole;
}

static bool open_cached(const char *path, CachedImage *out)
{
    struct stat st;
    uint64_t length, sum;
    int64_t rows;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > TRAILER_BYTES &&
              read_trailer(fd, st.st_size - TRAILER_BYTES, &length, &rows, &sum) &&
              length == (uint64_t)st.st_size - TRAILER_BYTES && is_whole(fd, (size_t)length, sum);
    if (!ok) {
        close(fd);
        return false;
    }
    (void)futimens(fd, NULL); // used just now: what was not is dropped first
    *out = (CachedImage){.fd = fd, .size = (size_t)length, .rows = rows, .was_cached = true};
    return true;
}

// ---- writing

static int64_t count_rows(const Data *data)
{
    int64_t n = 0;
    for (size_t i = 0; i < data->table_count; i++) n += (int64_t)data->tables[i].rows;
    return n;
}

// Puts the trailer into the TRAILER_BYTES behind the image.
static Str with_trailer(Arena *a, Str image, int64_t rows)
{
    Buf b = buf_new(a);
    wire_u64(&b, MAGIC);
    wire_u64(&b, image.len);
    wire_i64(&b, rows);
    wire_u64(&b, str_hash(image));
    CHECK(b.len == TRAILER_BYTES);
    memcpy((char *)(uintptr_t)image.ptr + image.len, b.ptr, b.len);
    return (Str){image.ptr, image.len + b.len};
}

// Keeps the folder within its bound: the files used longest ago go first. `keep` stays.
static void drop_oldest(Arena *a, Str dir, Str keep)
{
    StrList names;
    Error ignored; // a cache that cannot be tidied is only large
    if (!file_list(a, dir, FILES_MAX, &names, &ignored)) return;
    for (;;) {
        int64_t total = 0, oldest_at = INT64_MAX;
        Str oldest = {0};
        for (size_t i = 0; i < names.len; i++) {
            struct stat st;
            if (!str_ends(names.at[i], S(".image"))) continue;
            Str path = path_join(a, dir, names.at[i]);
            if (stat(str_c(a, path), &st) != 0) continue;
            total += st.st_size;
            if ((int64_t)st.st_mtime >= oldest_at || str_eq(path, keep)) continue;
            oldest_at = st.st_mtime;
            oldest = path;
        }
        if (total <= CACHE_BYTES || !oldest.len || !file_remove(oldest)) return;
    }
}

static bool write_all(int fd, Str bytes)
{
    for (size_t at = 0; at < bytes.len;) {
        ssize_t n = write(fd, bytes.ptr + at, bytes.len - at);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) at += (size_t)n;
    }
    return true;
}

static bool in_memory(Str image, CachedImage *out, Error *err)
{
    int fd = memfd_create("greenroom-data", MFD_CLOEXEC);
    if (fd < 0 || !write_all(fd, image)) {
        if (fd >= 0) close(fd);
        return error_set(err, ERROR_ENVIRONMENT, "there is no room for the data of this drill: %s",
                         strerror(errno));
    }
    out->fd = fd;
    out->size = image.len;
    return true;
}

bool warehouse_cached(const World *world, const WarehouseSpec *w, const DataOptions *o,
                      const DataJudge *judge, CachedImage *out, Error *err)
{
    Arena a = {0};
    Data data;
    Error no_cache;
    // The key alone: a warehouse's name may hold anything, a slash too.
    Str name = str_fmt(&a, "%016llx.image", (unsigned long long)key_of(w, o));
    Str path = path_join(&a, world->cache_dir, name);
    bool ok = open_cached(str_c(&a, path), out);
    if (!ok && warehouse_generate(&a, w, o, judge, &data, err)) {
        Str image = pages_image(&a, w, &data, TRAILER_BYTES);
        int64_t rows = count_rows(&data);
        bool written = file_make_dirs(world->cache_dir, &no_cache) &&
                       file_write_atomic(path, with_trailer(&a, image, rows), &no_cache) &&
                       open_cached(str_c(&a, path), out);
        if (written) drop_oldest(&a, world->cache_dir, path);
        ok = written || in_memory(image, out, err);
        out->rows = rows;
        out->was_cached = false;
    }
    arena_free(&a);
    return ok;
}
