// fuzz_query_reply: any bytes as the reply of an SQL worker, and as a request to one.
#include "query/private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena a = {0};
    Str bytes = {(const char *)data, size};
    QueryLimits limits = {.rows = 100, .bytes = 4096};
    ReplyMessage reply;
    if (reply_read(&a, bytes, &limits, &reply) && reply.has_result) {
        const Table *t = &reply.result.table;
        for (size_t i = 0; i < t->rows * t->width; i++) {
            (void)value_text(&a, &t->cells[i], TYPE_UNKNOWN);
        }
    }
    AskMessage ask;
    (void)!ask_read(&a, bytes, &ask);
    arena_free(&a);
    return 0;
}
