// flow: text with roles, folded into lines. Private to prose.
//
// A Run is clean text with a role for each byte; folding cuts it at blanks, or within a word that
// is longer than the line, never within a cluster.
#ifndef PROSE_FLOW_H
#define PROSE_FLOW_H
#include "base/buf.h"
#include "base/vec.h"
#include "prose/prose.h"

typedef struct {
    Buf text;  // \n = the author's own line break
    Buf roles; // a ProseRole for each byte of text
} Run;

typedef VEC(ProseSpan) SpanVec;
typedef VEC(ProseLine) LineVec;

Run run_new(Arena *a);
void run_add(Run *r, ProseRole role, Str text); // cleans it
// The next line of at most `cells` cells, from *at on, which moves behind it; false at the end.
bool run_fold(const Run *r, size_t *at, int cells, size_t *from, size_t *to);
// Spans of [from, to), one for each stretch of equal role.
void run_spans(Arena *a, const Run *r, size_t from, size_t to, SpanVec *out);
int run_longest_word(const Run *r); // in cells
int run_cells(const Run *r);        // of its longest own line

void spans_add(Arena *a, SpanVec *v, ProseRole role, Str text); // empty texts are left out
void spans_pad(Arena *a, SpanVec *v, int cells);                // blanks
#endif
