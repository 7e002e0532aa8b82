// engine: one guarded connection and the image it reads.
#define _GNU_SOURCE
#include "base/check.h"
#include "query/private.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SLOT_BYTES = 256 * 1024,
    // of an SQLite file
    AT_CHANGES = 24, // change counter; the number of pages follows
    AT_COOKIE = 32,
    AT_VALID_FOR = 92, // the change counter for which the number of pages holds
    HEADER_BYTES = 100,
    TABLE_LEAF = 0x0d,
};

static bool open_guarded(Engine *e, Error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_MEMORY; // so that not even an ATTACH could name a file
    e->trusted = true;
    e->stale = false;
    bool ok = vfs_register() &&
              sqlite3_open_v2(":memory:", &e->db, flags, vfs_name()) == SQLITE_OK && guard_apply(e);
    if (!ok) {
        error_set(err, ERROR_INTERNAL, "The SQL engine does not start: %s.",
                  e->db ? sqlite3_errmsg(e->db) : "no memory");
    }
    e->trusted = false;
    return ok;
}

bool engine_open(Engine *e, Error *err)
{
    *e = (Engine){0};
    if (open_guarded(e, err)) return true;
    engine_close(e);
    return false;
}

static void drop_image(Image *i)
{
    if (i->mapped) {
        munmap(i->bytes, i->len);
    } else {
        free(i->bytes);
    }
    *i = (Image){0};
}

void engine_drop_copy(Engine *e, size_t i)
{
    Copy *c = e->copies[i];
    if (!c) return;
    engine_close(&c->engine);
    arena_free(&c->arena);
    free(c->start);
    free(c);
    if (e->copy == c) e->copy = NULL;
    e->copies[i] = NULL;
}

void engine_close(Engine *e)
{
    for (size_t i = 0; i < COPIES_MOST; i++) engine_drop_copy(e, i);
    kept_clear(&e->kept);
    sqlite3_close(e->db);
    e->db = NULL;
    drop_image(&e->image);
}

static bool map_image(const QueryImage *image, Image *out, Error *err)
{
    struct stat st;
    bool whole = fstat(image->fd, &st) == 0 && S_ISREG(st.st_mode) && image->size > 0 &&
                 st.st_size >= 0 && (uint64_t)st.st_size >= image->size;
    void *p = whole ? mmap(NULL, image->size, PROT_READ, MAP_SHARED, image->fd, 0) : MAP_FAILED;
    if (p == MAP_FAILED) {
        return error_set(err, ERROR_INTERNAL, "The data image of %zu bytes cannot be mapped.",
                         image->size);
    }
    *out = (Image){.bytes = p, .len = image->size, .mapped = true};
    return true;
}

static bool copy_image(Str bytes, Image *out, Error *err)
{
    size_t room = bytes.len <= SLOT_BYTES ? SLOT_BYTES : bytes.len;
    unsigned char *p = bytes.len ? calloc(1, room) : NULL;
    if (!p) return error_set(err, ERROR_INTERNAL, "The data image is empty.");
    memcpy(p, bytes.ptr, bytes.len);
    *out = (Image){.bytes = p, .len = bytes.len, .room = room > bytes.len ? room : 0};
    return true;
}

// --- The next image in the place of the last ---
//
// To SQLite this is a file that another process has written: the change counter tells, and with the
// same schema every statement stays as it was prepared.

static void put_u32(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++) p[i] = (unsigned char)(v >> (24 - 8 * i));
}

// The whole schema lies in the one leaf on page 1 of either, and is the same, down to where each
// table begins. What may differ are the counters and the number of pages.
bool image_same_schema(const unsigned char *x, const unsigned char *y)
{
    return y[HEADER_BYTES] == TABLE_LEAF && memcmp(x, y, AT_CHANGES) == 0 &&
           memcmp(x + AT_COOKIE, y + AT_COOKIE, AT_VALID_FOR - AT_COOKIE) == 0 &&
           memcmp(x + HEADER_BYTES, y + HEADER_BYTES, IMAGE_PAGE - HEADER_BYTES) == 0;
}

void image_touch(unsigned char *bytes, uint32_t changes)
{
    put_u32(bytes + AT_CHANGES, changes);
    put_u32(bytes + AT_VALID_FOR, changes);
}

bool engine_fits(const Engine *e, const QueryImage *image)
{
    const Image *now = &e->image;
    return image->fd < 0 && now->room && image->bytes.len >= IMAGE_PAGE && now->len >= IMAGE_PAGE &&
           image->bytes.len <= now->room &&
           image_same_schema(now->bytes, (const unsigned char *)image->bytes.ptr);
}

static bool swap_image(Engine *e, const QueryImage *image)
{
    Image *now = &e->image;
    if (!engine_fits(e, image)) return false;
    memcpy(now->bytes, image->bytes.ptr, image->bytes.len);
    now->len = image->bytes.len;
    image_touch(now->bytes, ++e->images);
    return true;
}

// Main becomes a read-only file over the bytes where they lie. A first look at the schema tells
// whether they are a database at all.
static bool attach(Engine *e, const Image *i, Error *err)
{
    sqlite3_int64 n = (sqlite3_int64)(i->room ? i->room : i->len);
    int rc = sqlite3_deserialize(e->db, "main", i->bytes, n, n, SQLITE_DESERIALIZE_READONLY);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(e->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) return true;
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.", sqlite3_errmsg(e->db));
}

// Main becomes empty again; SQLite owns and frees the one byte.
static void detach(Engine *e)
{
    unsigned char *nothing = sqlite3_malloc(1);
    CHECK(nothing);
    sqlite3_deserialize(e->db, "main", nothing, 0, 1, SQLITE_DESERIALIZE_FREEONCLOSE);
}

static void reopen(Engine *e)
{
    Error err;
    kept_clear(&e->kept);
    sqlite3_close(e->db);
    CHECK(open_guarded(e, &err)); // it was open a moment ago
}

bool engine_load(Engine *e, const QueryImage *image, Error *err)
{
    Image fresh = {0};
    e->loads++;
    if (swap_image(e, image)) {
        vfs_set_now(image->now_ms);
        guard_heap(e, e->image.len); // another engine may have had a larger one
        return true;
    }
    kept_clear(&e->kept);
    if (e->stale) reopen(e);
    bool ok =
        image->fd >= 0 ? map_image(image, &fresh, err) : copy_image(image->bytes, &fresh, err);
    vfs_set_now(image->now_ms);
    guard_heap(e, fresh.len);
    e->trusted = true;
    ok = ok && attach(e, &fresh, err);
    if (!ok) {
        detach(e);
        drop_image(&fresh);
    }
    e->trusted = false;
    drop_image(&e->image); // nothing refers to the old one any more
    e->image = fresh;
    e->images = 1;
    return ok;
}
