// sketch: HyperLogLog with 4096 registers, exact while it has seen few values.
//
// Up to SKETCH_EXACT different values are kept as their 64-bit hashes: then the count is exact (two
// of 512 values share a hash once in 10^14 times). Beyond, register i of 2^12 holds the longest
// run: the first 12 bits of a hash choose the register, the rank of the first 1 in the others is
// its value. What a sketch looks like depends on the set of values alone, not on their order or on
// how sketches were merged; the standard error is 1.04 / sqrt(4096) = 1.6%.
#ifndef QUERY_SKETCH_H
#define QUERY_SKETCH_H
#include "base/str.h"

enum { SKETCH_BITS = 12, SKETCH_REGISTERS = 1 << SKETCH_BITS, SKETCH_EXACT = 512 };

typedef struct {
    bool dense;
    size_t count;                   // of hashes, while it is exact
    uint64_t hash[SKETCH_EXACT];    // ascending
    uint8_t rank[SKETCH_REGISTERS]; // once it is dense
} Sketch;                           // zero value: of nothing

void sketch_add(Sketch *s, uint64_t hash);
void sketch_merge(Sketch *s, const Sketch *other);
int64_t sketch_estimate(const Sketch *s);

// As a value: "HLL1:" and base64 of a byte (0 exact, 1 dense) and the hashes or the registers.
enum { SKETCH_TEXT_MAX = 5 + 4 * ((1 + SKETCH_REGISTERS + 2) / 3) + 1 };
size_t sketch_write(const Sketch *s, char *text); // its length; `text` has SKETCH_TEXT_MAX bytes
bool sketch_read(Str text, Sketch *out);
#endif
