// dialog: the scripted interviewer. Facts are told to those who ask.
#ifndef DIALOG_DIALOG_H
#define DIALOG_DIALOG_H
#include "rubric/rubric.h"

typedef struct {
    Str id;
    StrList ask;  // words that unlock it
    Str say;      // the answer
    StrList asks; // fixture questions
    Place at;
} DialogFact;

typedef struct {
    DialogFact *facts;
    size_t fact_count;
    Str prompt; // words of the prompt do not unlock
} DialogSpec;

enum { DIALOG_FACTS_MAX = 64 };
typedef struct {
    uint64_t told; // bit i: fact i was told
    size_t asked;  // questions put
} DialogState;     // zero value = nothing said yet

// One question of the candidate. *fact is the index told, or -1; `say` is what the interviewer
// answers either way, never the same sentence twice in a row. A question may unlock several facts:
// then all are told, in order.
typedef struct {
    Str say;
    uint64_t told; // bits told now
    bool repeated; // all of them had been told before
} DialogReply;
DialogReply dialog_ask(Arena *a, const DialogSpec *spec, DialogState *state, Str question,
                       const WordSets *sets);
#endif
