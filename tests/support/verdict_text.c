// verdict_text: a verdict as the JSON that the commands print.
#include "verdict_text.h"

Str verdict_text(Arena *a, Verdict v)
{
    Buf b = buf_new(a);
    Json j = json_new(&b);
    v.elapsed_ms = 0;
    json_begin_object(&j);
    verdict_json(&j, &v);
    json_end_object(&j);
    return buf_str(&b);
}
