// break_wire: a query to be broken, and what the rows did to it, as bytes.
#include "exam/breaking/break_private.h"
#include "exam/private.h"

enum { BREAK_WIRE_VERSION = 2 };

static void put_case(Buf *b, const BreakCase *c)
{
    wire_str(b, c->sql);
    wire_u8(b, c->holds);
    wire_u8(b, c->again);
    wire_str(b, c->why);
    wire_str(b, c->class);
    verdict_wire(b, &c->own);
}

static void put_verdict(Buf *b, const BreakVerdict *v)
{
    wire_u8(b, (uint8_t)v->kind);
    wire_str(b, v->why);
    wire_error(b, &v->fault);
    wire_u64(b, v->least);
    wire_u8(b, v->has_run);
    if (v->has_run) wire_counterexample(b, &v->run);
}

void break_wire(Buf *b, const BreakCase *c, const BreakVerdict *v)
{
    wire_u8(b, BREAK_WIRE_VERSION);
    put_case(b, c);
    wire_u8(b, v != NULL);
    if (v) put_verdict(b, v);
}

// A query that can be broken comes with the rows that do it; one that holds with a verdict that
// says so.
static bool get_case(Arena *a, Wire *w, BreakCase *c)
{
    c->sql = str_copy(a, wire_get_str(w));
    c->holds = wire_get_enum(w, 2) != 0;
    c->again = wire_get_enum(w, 2) != 0;
    c->why = str_copy(a, wire_get_str(w));
    c->class = str_copy(a, wire_get_str(w));
    if (!verdict_read(a, w, &c->own)) return false;
    return c->holds || (c->own.kind == VERDICT_WRONG && c->own.has_counterexample);
}

static bool makes_sense(const BreakCase *c, const BreakVerdict *v)
{
    bool faulty = v->kind == BREAK_INVALID || v->kind == BREAK_FAILED;
    if (faulty != (v->fault.kind != ERROR_NONE)) return false;
    switch (v->kind) {
    case BREAK_BROKEN:
    case BREAK_UNDECIDED:
        return v->has_run;
    case BREAK_SAME:
        return v->has_run && !c->holds;
    case BREAK_IMPOSSIBLE:
        return v->has_run && c->holds;
    case BREAK_HELD:
        return c->holds;
    case BREAK_MISSED:
        return !c->holds;
    case BREAK_INVALID:
    case BREAK_FAILED:
        return true;
    }
    return false;
}

static bool get_verdict(Arena *a, Wire *w, const BreakCase *c, BreakVerdict *v)
{
    v->kind = (BreakKind)wire_get_enum(w, BREAK_COUNT_);
    v->why = str_copy(a, wire_get_str(w));
    v->fault = wire_get_error(w);
    v->least = wire_get_u64(w);
    v->has_run = wire_get_enum(w, 2) != 0;
    if (v->has_run) v->run = wire_get_counterexample(a, w);
    return !w->bad && makes_sense(c, v);
}

bool break_read(Arena *a, Wire *w, BreakCase *c, BreakVerdict *v, bool *judged)
{
    *c = (BreakCase){0};
    *v = (BreakVerdict){0};
    *judged = false;
    if (wire_get_u8(w) != BREAK_WIRE_VERSION) w->bad = true;
    bool ok = get_case(a, w, c);
    *judged = ok && wire_get_enum(w, 2) != 0;
    if (*judged) ok = get_verdict(a, w, c, v);
    if (!ok) w->bad = true;
    if (w->bad) {
        *c = (BreakCase){0};
        *v = (BreakVerdict){0};
        *judged = false;
    }
    return !w->bad;
}
