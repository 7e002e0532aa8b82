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

// What a fact says under other circumstances.
typedef struct {
    Str fact, say; // the fact's id
} DialogTelling;

typedef struct {
    DialogFact *facts;
    size_t fact_count;
    Str prompt; // words of the prompt do not unlock
} DialogSpec;

enum { DIALOG_FACTS_MAX = 64 }; // further ones are never told
typedef struct {
    uint64_t told; // bit i: fact i was told
    size_t asked;  // questions put: neither greetings nor nothing at all
    size_t heard;  // everything that was said to the interviewer: varies the replies
} DialogState;     // zero value = nothing said yet

typedef struct {
    Str say;       // in the arena; never what was said to the question before
    uint64_t told; // bits told now
    bool repeated; // all of them had been told before
    bool question; // false: a greeting, thanks, or nothing
} DialogReply;

// One question of the candidate, and what the interviewer answers either way. A question may unlock
// several facts: then all are told, in order. The same state and question give the same reply.
DialogReply dialog_ask(Arena *a, const DialogSpec *spec, DialogState *state, Str question,
                       const WordSets *sets);

// For the linter: fixture questions that do not unlock their fact, entries that are never heard or
// that stand in the prompt, and facts too many.
void dialog_check(const DialogSpec *spec, const WordSets *sets, Diags *d);
#endif
