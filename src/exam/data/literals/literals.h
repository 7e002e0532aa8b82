// literals: what a query compares its columns with, and what else it says of values.
#ifndef EXAM_LITERALS_H
#define EXAM_LITERALS_H
#include "base/rng.h"
#include "exam/exam.h"

// ---- literals of a query (literals.c)
typedef enum {
    LITERAL_VALUE,
    LITERAL_LIKE, // a pattern
    LITERAL_REGEXP,
    LITERAL_USE_LAST = LITERAL_REGEXP
} LiteralUse;
typedef enum {
    CALENDAR_YEAR,
    CALENDAR_QUARTER,
    CALENDAR_MONTH,
    CALENDAR_WEEK,
    CALENDAR_DAY,
    CALENDAR_HOUR,
    CALENDAR_MINUTE,
    CALENDAR_LAST = CALENDAR_MINUTE
} CalendarUnit;
enum { CALENDAR_COUNT_ = CALENDAR_LAST + 1 };
typedef struct {
    Str text;    // of a string what it stands for; of a number with its sign
    bool string; // else a number
    LiteralUse use;
    bool equal;   // its column is compared with it by = or IN
    bool negated; // NOT LIKE, NOT IN
    bool own;     // only the answer has it: there the two queries may part
    Str column;   // the name it stands beside in its comparison; "" = it stands alone
} Literal;
// What only the answer does: there the two queries may part.
typedef struct {
    bool glues, ages, folds;
    unsigned units;
} Fresh;
typedef struct {
    Literal *at;
    size_t len;
    bool clock;      // the query reads today or now
    bool lengths;    // it asks how long a text is
    bool folds;      // it changes the case of texts
    bool trims;      // it takes blanks away from the ends of texts
    bool averages;   // it takes means, or rounds
    bool gathers;    // it gathers many rows in one value: SUM, AVG, MEDIAN
    bool wide;       // a number in it needs more than 32 bits
    bool empty;      // it names the empty text
    bool below;      // it asks whether something is below zero, or how far from it
    bool ages;       // it counts in years: 365 days, AGE, YEAR
    unsigned units;  // a bit for each CalendarUnit that it counts or cuts time in
    size_t decimals; // one more than the most that a ROUND of it keeps; 0 = nothing is rounded
    StrList names;   // all its names, quotes off; some twice
    StrList glued;   // those that it glues together: CONCAT(x, y), x || y, STRING_AGG(x, '')
    Fresh fresh;
    StrList joined;            // pairs: x = y
    StrList grouped;           // by which rows belong together: PARTITION BY x, a.x = b.x
    const struct Forms *forms; // texts that the rules allow; NULL = nobody has asked
    const Data *seen; // rows of the visible data, which the rules allow; NULL = there are none
} Literals;
Literals literals_find(Arena *a, Str sql, Dialect dialect);
Str literals_bare(Str name); // without the quotes of "x", `x` and [x]
Literals literals_both(Arena *a, const Literals *x, Literals y);
// Whether a constant that is none of them stands for "no end" or for NULL: no data comes near it.
bool literals_stand_in(const Literals *l, Str text, bool string);
// Reads a span of time, as in '-30 minutes' or '7 days', in seconds, without its sign.
bool literals_span(Str text, int64_t *seconds);
bool literals_joined(const Literals *l, Str x, Str y); // whether it compares the two by =
bool literals_name(const Literals *l, Str name);       // whether the query says this name
bool literals_grouped(const Literals *l, Str name);    // whether rows belong together by it

// ---- units of time
// One of the units that the query counts in; a day where it counts in none.
CalendarUnit calendar_unit(const Literals *l, Rng *rng);
// So many units of time later.
int64_t calendar_later(int64_t seconds, CalendarUnit unit, int64_t n);

// ---- months, days and numbers that are written as texts (shaped.c)
// Whether all that the reference compares with the column are digits of one shape: *out is one of
// them.
bool shaped_like(const Literals *l, Str column, Str *out);
Str shaped_over(Arena *a, Str shape, Str text); // the text's head on the shape's digits
Str shaped_beside(Arena *a, Str shape, Rng *rng);
#endif
