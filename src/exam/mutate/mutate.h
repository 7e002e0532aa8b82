// mutate: what the files of mutations share: the reference's tree, its tokens, and how an edit
// becomes a mutant.
#ifndef EXAM_MUTATE_H
#define EXAM_MUTATE_H
#include "base/vec.h"
#include "exam/mutate/mutants.h"

typedef struct Mutation Mutation;

typedef struct {
    Arena *arena;
    SqlScript script;
    const SqlNode **parent; // by id
    const Token *tokens;    // without comments; the last one is the end
    size_t token_count;
    const Mutation *row; // the class that is being looked for
    bool ordered;        // the order of the result counts
    const SqlNode *node; // that is being looked at
    VEC(Mutant) list;
} Mutator;

// One class: its name, what it behaves like in words that go on from "as if", and what looks at
// each node of the tree. In the words {was} and {now} stand for the text of the change.
struct Mutation {
    const char *name, *words;
    void (*find)(Mutator *m, const SqlNode *n);
};

extern const Mutation MUTATIONS_QUERY[], MUTATIONS_VALUE[], MUTATIONS_ORDER[];
extern const size_t MUTATIONS_QUERY_LEN, MUTATIONS_VALUE_LEN, MUTATIONS_ORDER_LEN;

typedef struct {
    size_t at, end; // of the source; equal = something is put in
    Str with;
} MutantEdit;

// Edits stand from left to right. `words`: "" = the row's.
void mutant_edit(Mutator *m, MutantEdit edit, Str words);
void mutant_edits(Mutator *m, const MutantEdit *edits, size_t count, Str words);

Str mutator_source(const Mutator *m, const SqlNode *n);
Str mutator_words(const Mutator *m, const SqlNode *n); // the same on one line, long ones cut
const SqlNode *mutator_parent(const Mutator *m, const SqlNode *n); // NULL above the root
bool mutator_is_role(const Mutator *m, const SqlNode *n, SqlKind parent, uint32_t role);
// The first token of that text (no case) between two bytes; NULL when there is none.
const Token *mutator_token(const Mutator *m, size_t from, size_t to, const char *text);
const Token *mutator_first(const Mutator *m, size_t from); // at or behind a byte
const Token *mutator_last(const Mutator *m, size_t to);    // ends at or before a byte
size_t token_end(const Token *t);
bool mutator_has_aggregate(const SqlNode *n); // not below a subquery, windows not counted
bool mutator_is_aggregate(const SqlNode *n);
#endif
