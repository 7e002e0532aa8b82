// rows: the rows of a database: their keys, their number, their order.
#ifndef EXAM_ROWS_H
#define EXAM_ROWS_H
#include "exam/exam.h"

// ---- keys between tables (links.c)
typedef struct {
    size_t child, parent;       // tables
    uint32_t *child_key;        // of each row a number: equal keys have equal numbers;
    uint32_t *parent_key, keys; // 0 = NULL, which needs no parent; numbers are below `keys`
} Link;
typedef struct {
    Link *at;
    size_t len;
} Links;
Links links_find(Arena *a, const WarehouseSpec *w, const Data *data);
// keep[table][row]: takes away rows whose parent is gone, until every kept row has its parents.
void links_close(const Links *l, const Data *data, bool *const *keep);
// The kept rows; texts are borrowed.
Data links_subset(Arena *a, const Data *data, bool *const *keep);
// Where the keys of a column are made: at the end of its references.
const ColumnSpec *links_root(const WarehouseSpec *w, const ColumnSpec *c);
// NOT NULL, keys, unique columns and references: whether all hold.
bool links_hold(const WarehouseSpec *w, const Data *data);

// ---- the same rows in another order (order.c)
typedef enum { ORDER_REVERSED, ORDER_SHUFFLED, ORDER_LAST = ORDER_SHUFFLED } RowOrder;
enum { ORDER_COUNT_ = ORDER_LAST + 1 };
Data order_rows(Arena *a, const Data *data, RowOrder order);
// The first `by` rows of each table behind the others.
Data order_turned(Arena *a, const Data *data, size_t by);
Data data_copy(Arena *a, const Data *data);
// Of texts that differ in nothing but case, the first stands for all; whether there were any.
bool data_one_case(Data *data);
size_t data_rows(const Data *data);   // of all tables
size_t data_widest(const Data *data); // rows of its largest table
#endif
