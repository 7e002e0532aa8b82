// private: patterns: a pattern of LIKE or REGEXP as a tree of parts, each a set of characters, a
// row, a choice or a repetition.
#ifndef EXAM_PATTERN_H
#define EXAM_PATTERN_H
#include "exam/data/literals/literals.h"

enum {
    PARTS_MOST = 256,
    WITHOUT_END = -1,
    NONE = -1,
    FIRST_PRINTABLE = ' ',
    LAST_PRINTABLE = '~',
};

typedef enum {
    PART_SET,    // one character out of a set
    PART_ROW,    // its children one after another
    PART_CHOICE, // one of its children
    PART_REPEAT, // its child, least to most times
    PART_START,
    PART_END,
    PART_EDGE, // \b
    PART_LAST = PART_EDGE,
} PartKind;

typedef struct {
    uint64_t bits[4];
} Set;

typedef struct {
    PartKind kind;
    Set set;
    bool open; // a set that says what is not allowed, or any character
    int least, most;
    int first, next; // its first child, its next sibling
} Part;

typedef struct {
    Part parts[PARTS_MOST];
    int count, root;
    Set named; // the characters that the pattern names
    bool bad;
} Tree;

// ---- sets of characters (pattern_set.c)
bool set_has(const Set *s, unsigned char c);
void set_add(Set *s, unsigned char c);
void set_add_range(Set *s, unsigned char from, unsigned char to);
void set_add_all(Set *s, const Set *more);
Set set_inverse(const Set *s); // of what can be printed
size_t set_size(const Set *s);
bool set_is_letter(unsigned char c);
bool set_is_digit(unsigned char c);
bool set_in_word(unsigned char c);

// ---- reading (pattern.c)
// What the literal asks of a text; false when it is no string, or too long or too odd to read.
bool pattern_read(Tree *t, const Literal *l);

// ---- its parts in another order (pattern_turn.c)
// The first two parts that anything may stand between change places; false where there are none.
bool pattern_turn(Tree *t);
#endif
