// request: what app asks of its helper, and what comes back, as bytes. Private to app.
//
// A request carries the YAML a drill is made of, so the helper parses the same text again and no
// spec is serialised twice. Replies are bounded by job and read as hostile: a malformed one is an
// error, never a crash.
#ifndef APP_REQUEST_H
#define APP_REQUEST_H
#include "drill/drill.h"
#include "grade/grade.h"
#include "pack/pack.h"

typedef enum {
    ASK_PREPARE,
    ASK_RUN,
    ASK_STEPS,
    ASK_GRADE,
    ASK_BREAK,
    ASK_ANOTHER,
    ASK_LAST = ASK_ANOTHER
} Ask;
enum { ASK_COUNT_ = ASK_LAST + 1 };

typedef struct {
    Ask ask;
    Str cache_dir;
    uint64_t seed;
    SourceFiles files;
    Str drill; // its id
    Str answer;
    Dialect dialect;
    size_t world;
    unsigned seen;  // ASK_ANOTHER: reasons
    BreakTurn turn; // ASK_BREAK: which query is shown
} Request;

typedef struct {
    Ask ask;
    int64_t rows;       // ASK_PREPARE: of the visible data
    QueryResult result; // ASK_RUN
    GradeSteps steps;   // ASK_STEPS
    Verdict verdict;    // ASK_GRADE
    BreakCase shown;    // ASK_BREAK
    bool judged;        // ASK_BREAK with rows: then
    BreakVerdict end;
    ExamAnother another; // ASK_ANOTHER
} Reply;

Str app_write_request(Arena *a, const Request *r);
bool app_read_request(Arena *a, Str bytes,
                      Request *out); // borrows from bytes; false when malformed
void app_write_reply(Buf *b, const Reply *r);
bool app_read_reply(Arena *a, Str bytes, Reply *out); // copies into the arena
#endif
