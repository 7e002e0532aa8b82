// private: chase: what the files of chase share: the rows that a query asks for, before they are
// written.
#ifndef EXAM_CHASE_H
#define EXAM_CHASE_H
#include "base/rng.h"
#include "base/vec.h"
#include "exam/same/same.h"

#define CHASE_NOWHERE SIZE_MAX // no slot

enum { CHASE_STANDS_MOST = 40, CHASE_DEPTH = 12 };

// A row that the query asks for: of a table in FROM, or of a parent.
typedef struct {
    const SqlNode *source; // NULL: of a parent
    size_t table, first;   // the slot of its first column; one behind the other
    bool absent;           // an outer join that is to find nothing
} Stand;

// A slot against a constant.
typedef struct {
    size_t slot;
    SqlOp op; // OP_EQ …, OP_LIKE, OP_IS_NULL; OP_NONE = not NULL
    Value value;
    int from;          // it is a part of the text from there on; 0 = the whole, -1 = its end
    CalendarUnit part; // of a moment: the year, month or day is compared
    bool parted;
} Want;

// Two slots that are compared with each other by anything but =.
typedef struct {
    size_t slot, other;
    SqlOp op;
} Pair;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const SameTree *tree;
    Rng rng;
    VEC(Stand) stands;
    VEC(size_t) class; // by slot: another one of its class, or itself
    VEC(Want) wants;
    VEC(Pair) pairs;
    uint8_t *branch; // of a set operation, by id: 1 = its left side, 2 = its right one
    bool *seen;      // queries that were walked through, by id
} Chase;

// ---- what the query asks for (chase_read.c)
void chase_read(Chase *c);
size_t chase_class(Chase *c, size_t slot);
void chase_unite(Chase *c, size_t x, size_t y);
size_t chase_add_stand(Chase *c, const SqlNode *source, size_t table);
const ColumnSpec *chase_column(const Chase *c, size_t slot);

// ---- which slot an expression reads, and what a constant is (chase_slot.c)
typedef struct {
    size_t slot;
    int from;
    bool parted;
    CalendarUnit part;
} SlotUse;
SlotUse chase_slot(Chase *c, const SqlNode *n); // .slot = CHASE_NOWHERE: none, or several
bool chase_constant(Arena *a, const SqlNode *n, Value *out);

// ---- values (chase_value.c)
typedef struct {
    const Data *base; // lends values
    const Data *out;  // what is there already
    bool slip;        // it is to miss what is asked for, by little
} ChaseDraw;
Value chase_value(Chase *c, const ChaseDraw *d, size_t class);
Value chase_other(Chase *c, size_t slot, Value v); // another one
// Moves the first slot's value to where the pair holds, if the other one is known.
void chase_settle(Chase *c, const Pair *p, Value *values);
#endif
