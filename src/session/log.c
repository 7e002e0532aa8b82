// log: what a step says, asks for, and leaves in the event log.
#include "base/check.h"
#include "session/private.h"

Effect *step_emit(Step *x, EffectKind kind)
{
    CHECK(x->out->len < EFFECTS_MAX);
    Effect *f = &x->out->at[x->out->len++];
    *f = (Effect){.kind = kind, .dialect = x->s->dialect};
    return f;
}

void step_say(Step *x, Who who, Str text)
{
    Effect *f = step_emit(x, EFFECT_SAY);
    f->who = who;
    f->text = text;
}

void body_open(Body *b, Step *x, const char *name)
{
    *b = (Body){.x = x, .text = buf_new(x->a), .name = name};
    b->json = json_new(&b->text);
    json_begin_object(&b->json);
}

void body_close(Body *b)
{
    json_end_object(&b->json);
    Effect *f = step_emit(b->x, EFFECT_LOG);
    f->name = str_from(b->name);
    f->text = buf_str(&b->text);
}

void step_log_text(Step *x, const char *name, const char *key, Str text)
{
    Body b;
    body_open(&b, x, name);
    json_pair_str(&b.json, key, text);
    body_close(&b);
}

void step_log_number(Step *x, const char *name, const char *key, int64_t v)
{
    Body b;
    body_open(&b, x, name);
    json_pair_int(&b.json, key, v);
    body_close(&b);
}
