// private: chase: what the files of chase share: the rows that a query asks for, before they are
// written.
#ifndef EXAM_CHASE_H
#define EXAM_CHASE_H
#include "base/rng.h"
#include "base/vec.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/mutate/mutants.h"
#include "exam/same/same.h"

#define CHASE_NOWHERE SIZE_MAX // no slot

enum {
    CHASE_PLACED_MOST = 64, // bytes of a text that is put together of parts
    CHASE_PARTS_MOST = 6,
    CHASE_STANDS_MOST = 40,
    CHASE_DEPTH = 12,
    CHASE_PATH_MOST = 4,
    CHASE_VISITS_MOST = 200
};

// A row that the query asks for: of a table in FROM, or of a parent.
typedef struct {
    const SqlNode *source; // NULL: of a parent
    uint64_t context;      // by way of which CTEs and derived tables
    size_t table, first;   // the slot of its first column; one behind the other
    bool absent;           // an outer join that is to find nothing
} Stand;

// Of which alternatives something is asked; each copy of the rows draws its own ones.
typedef struct {
    uint16_t choice[CHASE_PATH_MOST], branch[CHASE_PATH_MOST];
    size_t len;
} ChasePath;

// A slot against a constant.
typedef struct {
    size_t slot;
    SqlOp op; // OP_EQ …, OP_LIKE, OP_IS_NULL; OP_NONE = not NULL
    Value value;
    int from;          // it is a part of the text from there on; 0 = the whole, below = so many
                       // characters before its end
    int length;        // … of so many characters; 0 = nobody says
    CalendarUnit part; // of a moment: the year, month or day is compared
    bool parted;
    bool measured; // how long a text is, is compared
    ChasePath path;
} Want;

// How far: a number, or so many units of time.
typedef struct {
    double by;
    CalendarUnit unit;
    bool timed;
} ChaseShift;

// Two slots that are compared with each other, by anything but = alone: slot, op, other + shift.
typedef struct {
    size_t slot, other;
    SqlOp op;
    ChaseShift shift;
    bool year, other_year; // of which only the year counts
    ChasePath path;
} Pair;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const SameTree *tree;
    const Literals *literals; // of the reference
    Rng rng;
    VEC(Stand) stands;
    VEC(size_t) class; // by slot: another one of its class, or itself
    VEC(Want) wants;
    VEC(Pair) pairs;
    VEC(size_t) keys; // slots by which rows are grouped
    uint8_t *branch;  // of a set operation, by id: 1 = its left side, 2 = its right one
    uint64_t context; // in which names are read
    size_t visits;
    VEC(uint16_t) choices; // how many branches each has
    uint16_t *chosen;      // of this copy
    ChasePath path;        // in which conditions are read
    bool apart;            // in a branch that is not the one whose rows are there
    size_t crowd;          // rows that a group is to have; 0 = it does not matter
    size_t turn;           // which of several branches and constants this copy takes
} Chase;

// ---- what the query asks for (chase_read.c)
void chase_read(Chase *c);
void chase_read_query(Chase *c, const SqlNode *query);
bool chase_one_in(Chase *c, uint64_t n);
// One more choice among so many branches; false when they are too deep.
bool chase_open_choice(Chase *c, uint32_t branches);
size_t chase_class(Chase *c, size_t slot);
void chase_unite(Chase *c, size_t x, size_t y);
size_t chase_add_stand(Chase *c, const SqlNode *source, size_t table);
const ColumnSpec *chase_column(const Chase *c, size_t slot);

// ---- what it asks of them (chase_condition.c)
void chase_read_condition(Chase *c, const SqlNode *n, bool negated);

// ---- rows that others refer to (chase_parents.c)
void chase_parents(Chase *c);

// ---- the one place where a database is not as the query asks for it (chase_slip.c)
typedef struct {
    bool on;
    size_t slot, copy;
    bool class; // with all that is equal to it
    bool null;
} ChaseSlip;
ChaseSlip chase_slip(Chase *c, size_t copies);

// ---- which slot an expression reads, and what a constant is (chase_slot.c)
typedef struct {
    size_t slot;
    int from, length;
    bool parted, shifted, measured;
    CalendarUnit part;
    ChaseShift shift;
} SlotUse;
uint64_t chase_within(uint64_t context, const SqlNode *source);
SlotUse chase_slot(Chase *c, const SqlNode *n); // .slot = CHASE_NOWHERE: none, or several
bool chase_constant(Arena *a, const SqlNode *n, Value *out); // chase_constant.c
bool chase_unit(Arena *a, Str word, CalendarUnit *unit);     // day, DAYS
// A span of one part: INTERVAL '1' YEAR, INTERVAL '3 days'.
bool chase_span(Arena *a, const SqlNode *n, CalendarUnit *unit, int64_t *count);
// x - y, or DATEDIFF(x, y): two different slots. y's shift says the unit, where the call does.
bool chase_difference(Chase *c, const SqlNode *n, SlotUse *x, SlotUse *y);

// ---- what constants ask (chase_asked.c)
// What the constants ask of one class; numbers and moments in steps of its column.
typedef struct {
    bool has_low, has_high, low_open, high_open, null;
    double low, high;
    const Want *equal, *differs, *measured;
    Str least, most; // texts
    bool least_open, most_open;
    const Want *parts[CHASE_PARTS_MOST];   // of a text
    const Want *moments[CHASE_PARTS_MOST]; // years, months and days of a moment
    const Want *equals[CHASE_PARTS_MOST];  // of which `equal` is this copy's
    const Want *likes[CHASE_PARTS_MOST];   // all of which are to hold
    size_t part_count, moment_count, equal_count, like_count;
} Asked;
// A member of the class that stands for it, and what is asked of it.
size_t chase_asked(Chase *c, size_t class, Asked *k);
bool chase_by_constants(Chase *c, const ColumnSpec *column, const Asked *k, bool slip, Value *out);
// A text that is like that, or that misses it; false where there is none. Then the same of all
// that it is to be like (chase_placed.c).
bool chase_like(Chase *c, const Want *w, bool slip, Str *out);
bool chase_alike(Chase *c, const Asked *k, bool slip, Str *out);
// A text just above the bound, or just below it (chase_beyond.c).
Str chase_beyond(Arena *a, Str bound, bool above);
// A text put together of its parts; the value with its year, month and day (chase_placed.c).
Str chase_placed(Chase *c, const ColumnSpec *column, const Asked *k, bool slip);
Value chase_with_parts(Chase *c, const ColumnSpec *column, const Asked *k, bool slip, Value v);
bool chase_is_clock(const ColumnSpec *c);
bool chase_is_number(const ColumnSpec *c);
// Numbers and moments in steps of their column, and back.
bool chase_steps(const ColumnSpec *c, const Value *v, double *out);
Value chase_at(Arena *a, const ColumnSpec *c, double steps);

// ---- values (chase_value.c)
typedef struct {
    const Data *base; // lends values
    const Data *out;  // what is there already
    bool slip;        // it is to miss what is asked for, by little
    bool in_turn;     // row by row, a copy each
    size_t copy;
} ChaseDraw;
Value chase_value(Chase *c, const ChaseDraw *d, size_t class);
Value chase_other(Chase *c, size_t slot, Value v); // another one
bool chase_active(const Chase *c, const ChasePath *path);
// Moves the first slot's value to where the pair holds, or just not.
void chase_settle(Chase *c, const Pair *p, Value *values, bool slip);
#endif
