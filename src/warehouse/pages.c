// pages: tables become table b-trees of 4096-byte pages, as in SQLite's "Database File Format".
//
// Rows come with rising rowids, so leaves are filled from left to right and never split. The root
// of a tree is the page written last: a table that fits one page is one leaf, which is then the
// root itself (an interior root without cells is no valid page). Only sqlite_schema has its root at
// a fixed place: it is built last, and its root moves to page 1 behind the file header. No index is
// written, and the DDL asks for none.
#include "warehouse/pages.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/vec.h"
#include "warehouse/ddl.h"
#include <string.h>

enum {
    HEADER_BYTES = 100,    // of the file, at the start of page 1
    CHUNK_PAGES = 16,      // pages allocated together
    LEAF_HEAD = 8,         // page header of a leaf
    INTERIOR_HEAD = 12,    // … of an interior page
    INTERIOR_CELL = 4 + 9, // child and the longest rowid
    POINTER = 2,           // a cell's entry in the pointer array
    KIND_LEAF = 0x0d,      // table leaf
    KIND_INTERIOR = 0x05,  // table interior
    LOCAL_MAX = 4096 - 35, // a longer payload overflows (X in the format's description)
    LOCAL_MIN = (4096 - 12) * 32 / 255 - 23, // M
    OVERFLOW_BYTES = 4096 - 4,
    SQLITE_VERSION = 3040001, // "written by", the same for every build
    // Children of one interior page, at the longest cells and with HEADER_BYTES to spare.
    FAN_OUT = (PAGE_BYTES - HEADER_BYTES - INTERIOR_HEAD) / (INTERIOR_CELL + POINTER),
};

typedef VEC(uint8_t *) Chunks;

typedef struct {
    Arena *arena; // holds the pages
    Chunks chunks;
    uint32_t count; // pages handed out; page numbers are 1-based
} Pager;

static uint8_t *page_at(const Pager *p, uint32_t number)
{
    uint32_t i = number - 1;
    return p->chunks.at[i / CHUNK_PAGES] + (size_t)(i % CHUNK_PAGES) * PAGE_BYTES;
}

static uint32_t page_new(Pager *p)
{
    if (p->count % CHUNK_PAGES == 0 && p->count / CHUNK_PAGES == p->chunks.len) {
        *vec_push(p->arena, &p->chunks) =
            arena_array(p->arena, uint8_t, (size_t)CHUNK_PAGES * PAGE_BYTES);
    }
    CHECK(p->count < UINT32_MAX / 2); // SQLite's own limit is about here
    return ++p->count;
}

// ---- numbers

static uint8_t *put_be(uint8_t *p, uint64_t v, size_t bytes)
{
    for (size_t i = bytes; i-- > 0;) *p++ = (uint8_t)(v >> (8 * i));
    return p;
}

static size_t varint_bytes(uint64_t v)
{
    if (v >> 56) return 9;
    size_t n = 1;
    while (v >>= 7) n++;
    return n;
}

// Seven bits a byte, high ones first; a ninth byte holds eight.
static uint8_t *put_varint(uint8_t *p, uint64_t v)
{
    if (v < 0x80) {
        *p = (uint8_t)v;
        return p + 1;
    }
    size_t n = varint_bytes(v), sevens = n == 9 ? 8 : n;
    if (n == 9) {
        p[8] = (uint8_t)v;
        v >>= 8;
    }
    for (size_t i = sevens; i-- > 0; v >>= 7) p[i] = (uint8_t)((v & 0x7f) | 0x80);
    if (n < 9) p[n - 1] &= 0x7f;
    return p + n;
}

// ---- records: a header of serial types, then the values

enum { SERIAL_NULL = 0, SERIAL_REAL = 7, SERIAL_ZERO = 8, SERIAL_BLOB = 12, SERIAL_TEXT = 13 };
static const uint8_t serial_bytes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

// By the number of bits that an integer needs beside its sign.
static const uint8_t int_class[65] = {
    1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3,
    3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
    5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
};

static uint64_t int_serial(int64_t v)
{
    if (v == 0 || v == 1) return SERIAL_ZERO + (uint64_t)v;
    uint64_t bits = v < 0 ? ~(uint64_t)v : (uint64_t)v;
    return int_class[64 - __builtin_clzll(bits | 1)];
}

static const ValueKind natural_kind[AFFINITY_COUNT_] = {
    [AFFINITY_INTEGER] = VALUE_INTEGER, [AFFINITY_REAL] = VALUE_REAL, [AFFINITY_TEXT] = VALUE_TEXT};

// One row, encoded: its header is being written into `head`, its values into `body`, both forwards
// and with SLACK bytes to spare, so that a short integer can be stored as eight bytes.
typedef struct {
    Arena *arena; // of all below, and of texts made from numbers
    size_t width;
    ValueKind *natural; // the kind that needs no conversion, of each column
    Affinity *affinity;
    uint8_t *head, *body;
    size_t head_len, body_len, body_cap;
    size_t header, payload; // bytes; header counts its own length
} Record;

enum { SLACK = 16, BODY_MIN = 1024 };

static Record record_new(Arena *a, const Column *columns, size_t width)
{
    Record r = {.arena = a, .width = width, .body_cap = BODY_MIN + 8 * width};
    r.natural = arena_array(a, ValueKind, width);
    r.affinity = arena_array(a, Affinity, width);
    r.head = arena_array(a, uint8_t, 9 * width + SLACK);
    r.body = arena_array(a, uint8_t, r.body_cap + SLACK);
    for (size_t i = 0; i < width; i++) {
        r.affinity[i] = ddl_affinity(columns[i].type);
        r.natural[i] = natural_kind[r.affinity[i]];
    }
    return r;
}

// What SQLite's INSERT would store for a value whose kind is not its column's: texts that are
// numbers become numbers in a number's column, numbers become texts in a text's.
static Value with_affinity(Arena *a, const Value *v, Affinity affinity)
{
    Value out = *v;
    if (affinity == AFFINITY_TEXT) {
        if (v->kind == VALUE_INTEGER || v->kind == VALUE_REAL) {
            out = VALUE_STR(value_text(a, v, TYPE_UNKNOWN));
        }
        return out;
    }
    if (v->kind == VALUE_TEXT) {
        Str s = str_trim(v->text);
        if (str_to_i64(s, &out.integer)) {
            out.kind = VALUE_INTEGER;
        } else if (str_to_f64(s, &out.real)) {
            out.kind = VALUE_REAL;
        }
    }
    bool whole = out.kind == VALUE_REAL && out.real >= -9e15 && out.real <= 9e15 &&
                 out.real == (double)(int64_t)out.real;
    if (affinity == AFFINITY_INTEGER && whole) out = VALUE_INT((int64_t)out.real);
    if (affinity == AFFINITY_REAL && out.kind == VALUE_INTEGER) {
        out = VALUE_FLT((double)out.integer);
    }
    return out;
}

static void put_text(Record *r, Str text, uint64_t serial)
{
    size_t need = r->body_len + text.len + 8 * r->width;
    if (need > r->body_cap) {
        uint8_t *bigger = arena_array(r->arena, uint8_t, 2 * need + SLACK);
        memcpy(bigger, r->body, r->body_len);
        r->body = bigger;
        r->body_cap = 2 * need;
    }
    if (text.len) memcpy(r->body + r->body_len, text.ptr, text.len);
    r->body_len += text.len;
    r->head_len = (size_t)(put_varint(r->head + r->head_len, serial) - r->head);
}

// The low `bytes` of `bits`, high ones first.
static void put_number(Record *r, uint64_t bits, uint64_t serial)
{
    size_t bytes = serial_bytes[serial];
    uint64_t high_first = __builtin_bswap64(bits << (64 - 8 * bytes) % 64);
    memcpy(r->body + r->body_len, &high_first, sizeof high_first);
    r->body_len += bytes;
    r->head[r->head_len++] = (uint8_t)serial;
}

static void put_value(Record *r, const Value *v)
{
    uint64_t bits;
    switch (v->kind) {
    case VALUE_NULL:
        r->head[r->head_len++] = SERIAL_NULL;
        break;
    case VALUE_INTEGER:
        put_number(r, (uint64_t)v->integer, int_serial(v->integer));
        break;
    case VALUE_REAL:
        memcpy(&bits, &v->real, sizeof bits);
        put_number(r, bits, v->real == v->real ? SERIAL_REAL : SERIAL_NULL); // NaN is no value
        break;
    case VALUE_TEXT:
        put_text(r, v->text, SERIAL_TEXT + 2 * (uint64_t)v->text.len);
        break;
    case VALUE_BLOB:
        put_text(r, v->text, SERIAL_BLOB + 2 * (uint64_t)v->text.len);
        break;
    }
}

static void record_encode(Record *r, const Value *cells)
{
    r->head_len = r->body_len = 0;
    for (size_t i = 0; i < r->width; i++) {
        if (cells[i].kind == r->natural[i]) {
            put_value(r, &cells[i]);
        } else {
            Value v = with_affinity(r->arena, &cells[i], r->affinity[i]);
            put_value(r, &v);
        }
    }
    size_t own = varint_bytes(r->head_len + 1); // the header's length counts the varint of itself
    own = varint_bytes(r->head_len + own);
    r->header = r->head_len + own;
    r->payload = r->header + r->body_len;
}

static void record_put(const Record *r, uint8_t *p)
{
    p = put_varint(p, r->header);
    memcpy(p, r->head, r->head_len);
    if (r->body_len) memcpy(p + r->head_len, r->body, r->body_len);
}

// ---- trees

typedef struct {
    uint32_t page;
    uint64_t last; // the largest rowid below it
} Child;
typedef VEC(Child) Children;

typedef struct {
    Pager *pager;
    Arena *arena;   // of what only building needs
    Children done;  // full leaves
    uint64_t rowid; // of the row added last
    uint32_t number;
    uint8_t *page;     // the leaf that is being filled; NULL before the first
    size_t cells, top; // its cells, and where their content begins
} Tree;

static void page_head(uint8_t *page, uint8_t kind, size_t cells, size_t top)
{
    page[0] = kind; // no freeblocks, no fragments
    put_be(page + 3, cells, 2);
    put_be(page + 5, top, 2);
}

static void leaf_close(Tree *t)
{
    page_head(t->page, KIND_LEAF, t->cells, t->top);
    *vec_push(t->arena, &t->done) = (Child){t->number, t->rowid};
}

static void leaf_open(Tree *t)
{
    t->number = page_new(t->pager);
    t->page = page_at(t->pager, t->number);
    t->cells = 0;
    t->top = PAGE_BYTES;
}

// Room for a cell of the next row in a leaf, its pointer set.
static uint8_t *leaf_room(Tree *t, size_t bytes)
{
    size_t used = LEAF_HEAD + (t->cells + 1) * POINTER + bytes;
    if (t->page && used > t->top) {
        leaf_close(t);
        t->page = NULL;
    }
    if (!t->page) leaf_open(t);
    t->top -= bytes;
    put_be(t->page + LEAF_HEAD + t->cells * POINTER, t->top, 2);
    t->cells++;
    t->rowid++;
    return t->page + t->top;
}

// The part of a long payload that does not stay in its leaf, as a chain of pages; its first page.
static uint32_t overflow_chain(Pager *p, const uint8_t *bytes, size_t n)
{
    uint32_t first = 0;
    uint8_t *link = NULL;
    while (n) {
        size_t part = n < OVERFLOW_BYTES ? n : OVERFLOW_BYTES;
        uint32_t number = page_new(p);
        uint8_t *page = page_at(p, number);
        memcpy(page + 4, bytes, part);
        if (link) put_be(link, number, 4);
        if (!first) first = number;
        link = page;
        bytes += part;
        n -= part;
    }
    return first;
}

static void add_long(Tree *t, const Record *r)
{
    Arena scratch = {0};
    uint8_t *bytes = arena_array(&scratch, uint8_t, r->payload);
    record_put(r, bytes);
    size_t local = LOCAL_MIN + (r->payload - LOCAL_MIN) % OVERFLOW_BYTES;
    if (local > LOCAL_MAX) local = LOCAL_MIN;
    uint32_t chain = overflow_chain(t->pager, bytes + local, r->payload - local);
    uint64_t rowid = t->rowid + 1;
    size_t bytes_here = varint_bytes(r->payload) + varint_bytes(rowid) + local + sizeof chain;
    uint8_t *p = leaf_room(t, bytes_here);
    p = put_varint(p, r->payload);
    p = put_varint(p, rowid);
    memcpy(p, bytes, local);
    put_be(p + local, chain, 4);
    arena_free(&scratch);
}

static void tree_add(Tree *t, Record *r, const Value *cells)
{
    record_encode(r, cells);
    if (r->payload > LOCAL_MAX) {
        add_long(t, r);
    } else {
        uint64_t rowid = t->rowid + 1;
        uint8_t *p = leaf_room(t, varint_bytes(r->payload) + varint_bytes(rowid) + r->payload);
        p = put_varint(p, r->payload);
        p = put_varint(p, rowid);
        record_put(r, p);
    }
}

static Child interior(Pager *p, const Child *child, size_t n)
{
    uint32_t number = page_new(p);
    uint8_t *page = page_at(p, number);
    size_t top = PAGE_BYTES;
    for (size_t i = 0; i + 1 < n; i++) {
        top -= 4 + varint_bytes(child[i].last);
        put_varint(put_be(page + top, child[i].page, 4), child[i].last);
        put_be(page + INTERIOR_HEAD + i * POINTER, top, 2);
    }
    page_head(page, KIND_INTERIOR, n - 1, top);
    put_be(page + 8, child[n - 1].page, 4);
    return (Child){number, child[n - 1].last};
}

// One level above: groups of nearly equal size, each of two children at least.
static Children level_above(Tree *t, const Children *below)
{
    Children up = {0};
    size_t groups = (below->len + FAN_OUT - 1) / FAN_OUT;
    for (size_t g = 0; g < groups; g++) {
        size_t from = below->len * g / groups, to = below->len * (g + 1) / groups;
        *vec_push(t->arena, &up) = interior(t->pager, below->at + from, to - from);
    }
    return up;
}

static uint32_t tree_root(Tree *t)
{
    if (!t->page) leaf_open(t);
    leaf_close(t);
    Children level = t->done;
    while (level.len > 1) level = level_above(t, &level);
    return level.at[0].page;
}

static uint32_t table_tree(Pager *p, Arena *scratch, const Table *t)
{
    ArenaMark mark = arena_mark(scratch);
    Tree tree = {.pager = p, .arena = scratch};
    Record r = record_new(scratch, t->columns, t->width);
    for (size_t i = 0; i < t->rows; i++) tree_add(&tree, &r, t->cells + i * t->width);
    uint32_t root = tree_root(&tree);
    arena_rewind(scratch, mark);
    return root;
}

// ---- the file

// The root of the schema's tree moves to page 1. Where the file header leaves no room for it, page
// 1 is an interior page without cells above it: what SQLite itself does there, and only there.
static void root_to_first(Pager *p, uint32_t root)
{
    uint8_t *from = page_at(p, root), *to = page_at(p, 1);
    size_t cells = (size_t)from[3] << 8 | from[4], top = (size_t)from[5] << 8 | from[6];
    size_t head = (from[0] == KIND_LEAF ? LEAF_HEAD : INTERIOR_HEAD) + cells * POINTER;
    if (HEADER_BYTES + head > top) {
        page_head(to + HEADER_BYTES, KIND_INTERIOR, 0, PAGE_BYTES);
        put_be(to + HEADER_BYTES + 8, root, 4);
        return;
    }
    CHECK(root == p->count);
    memcpy(to + HEADER_BYTES, from, head);
    memcpy(to + top, from + top, PAGE_BYTES - top);
    memset(from, 0, PAGE_BYTES);
    p->count--;
}

static void schema_tree(Pager *p, Arena *scratch, const WarehouseSpec *w, const uint32_t *roots)
{
    const Column columns[] = {{S("type"), TYPE_TEXT},
                              {S("name"), TYPE_TEXT},
                              {S("tbl_name"), TYPE_TEXT},
                              {S("rootpage"), TYPE_INTEGER},
                              {S("sql"), TYPE_TEXT}};
    Tree tree = {.pager = p, .arena = scratch};
    Record r = record_new(scratch, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = &w->tables[i];
        if (t->width == 0) continue;
        Value cells[] = {VALUE_STR(S("table")), VALUE_STR(t->name), VALUE_STR(t->name),
                         VALUE_INT(roots[i]), VALUE_STR(ddl_table(scratch, t))};
        tree_add(&tree, &r, cells);
    }
    root_to_first(p, tree_root(&tree));
}

static void file_header(uint8_t *p, uint32_t pages)
{
    memcpy(p, "SQLite format 3", 16);
    put_be(p + 16, PAGE_BYTES, 2);
    p[18] = p[19] = 1; // journal, not WAL: a deserialised image cannot have a WAL
    p[21] = 64;        // fixed fractions of payload
    p[22] = p[23] = 32;
    put_be(p + 24, 1, 4); // change counter
    put_be(p + 28, pages, 4);
    put_be(p + 40, 1, 4); // schema cookie
    put_be(p + 44, 4, 4); // schema format
    put_be(p + 56, 1, 4); // UTF-8
    put_be(p + 92, 1, 4); // the change counter for which the page count holds
    put_be(p + 96, SQLITE_VERSION, 4);
}

Str pages_image(Arena *a, const WarehouseSpec *w, const Data *data, size_t extra)
{
    CHECK(data->table_count == w->table_count);
    Arena pages = {0}, scratch = {0};
    Pager p = {.arena = &pages};
    uint32_t *roots = arena_array(&pages, uint32_t, w->table_count);
    page_new(&p); // page 1
    for (size_t i = 0; i < w->table_count; i++) {
        if (w->tables[i].width) roots[i] = table_tree(&p, &scratch, &data->tables[i]);
    }
    schema_tree(&p, &scratch, w, roots);
    file_header(page_at(&p, 1), p.count);
    size_t size = (size_t)p.count * PAGE_BYTES;
    char *bytes = arena_array(a, char, size + extra);
    for (uint32_t i = 1; i <= p.count; i += CHUNK_PAGES) {
        size_t n = p.count - i + 1 < CHUNK_PAGES ? p.count - i + 1 : CHUNK_PAGES;
        memcpy(bytes + (size_t)(i - 1) * PAGE_BYTES, page_at(&p, i), n * PAGE_BYTES);
    }
    arena_free(&scratch);
    arena_free(&pages);
    return (Str){bytes, size};
}

Str warehouse_image(Arena *a, const WarehouseSpec *w, const Data *data)
{
    return pages_image(a, w, data, 0);
}
