// fuzz_verdict: any bytes are a verdict that can be shown and sent on unchanged, or are refused.
#include "base/check.h"
#include "exam/exam.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Str shown(Arena *a, const Verdict *v)
{
    Buf b = buf_new(a);
    Json j = json_new(&b);
    json_begin_object(&j);
    verdict_json(&j, v);
    json_end_object(&j);
    return buf_str(&b);
}

static void check_rows(const Verdict *v)
{
    const Counterexample *c = &v->counterexample;
    for (size_t i = 0; i < c->diff.missing_len; i++) CHECK(c->diff.missing[i] < c->expected.rows);
    for (size_t i = 0; i < c->diff.extra_len; i++) CHECK(c->diff.extra[i] < c->actual.rows);
    for (size_t i = 0; c->diff.column_of && i < c->expected.width; i++) {
        CHECK(c->diff.column_of[i] < c->actual.width);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena a = {0};
    Wire w = wire_open((Str){(const char *)data, size});
    Verdict v, again;
    if (verdict_read(&a, &w, &v)) {
        check_rows(&v);
        Buf b = buf_new(&a);
        verdict_wire(&b, &v);
        Wire second = wire_open(buf_str(&b));
        CHECK(verdict_read(&a, &second, &again) && wire_done(&second));
        CHECK(str_eq(shown(&a, &v), shown(&a, &again)));
    }
    BreakCase c;
    BreakVerdict end;
    bool judged;
    w = wire_open((Str){(const char *)data, size});
    if (break_read(&a, &w, &c, &end, &judged)) {
        Verdict run = {.counterexample = end.run};
        check_rows(&c.own);
        check_rows(&run);
    }
    ExamAnother another;
    w = wire_open((Str){(const char *)data, size});
    if (another_read(&a, &w, &another)) {
        Verdict found = {.counterexample = another.counterexample};
        check_rows(&found);
    }
    arena_free(&a);
    return 0;
}
