// state: what a resumed attempt needs, written and read back.
#include "session/private.h"

static int64_t number_of(const JsonObject *o, const char *key, int64_t otherwise)
{
    const JsonMember *m = json_member(o, str_from(key));
    return m && m->kind == MEMBER_INT ? m->integer : otherwise;
}

void on_resume(Step *x)
{
    Session *s = x->s;
    JsonObject o;
    Error ignored; // a state that cannot be read costs the clock and the beat, never the draft
    s->resumed_at = s->now;
    if (!json_read_object(x->a, x->e->text, &o, &ignored)) return;
    s->base_ms = number_of(&o, "spent", 0);
    s->dialog.told = (uint64_t)number_of(&o, "told", 0);
    s->dialog.asked = (size_t)number_of(&o, "asked", 0);
    s->dialog.heard = (size_t)number_of(&o, "heard", 0);
    s->questions = (int)number_of(&o, "questions", 0);
    s->hints = (int)number_of(&o, "hints", 0);
    s->runs = (int)number_of(&o, "runs", 0);
    s->submits = (int)number_of(&o, "submits", 0);
    s->turn.seed = (uint64_t)number_of(&o, "seed", (int64_t)s->turn.seed);
    s->turn.turn = (size_t)number_of(&o, "turn", 0);
    s->first_ask_ms = number_of(&o, "first_ask", -1);
    s->first_code_ms = number_of(&o, "first_code", -1);
    s->longest_ms = number_of(&o, "longest", 0);
    s->longest_at_ms = number_of(&o, "longest_at", -1);
    s->was_wrong = number_of(&o, "was_wrong", 0) != 0;
    s->saw_solution = number_of(&o, "saw_solution", 0) != 0;
    int64_t world = number_of(&o, "world", 0);
    if (world >= 0 && (size_t)world < s->drill->world_count) s->world = (size_t)world;
    int64_t beat = number_of(&o, "beat", 0);
    if (beat >= 0 && (size_t)beat < s->drill->beat_count) s->beat = (size_t)beat;
    dialect_from_name(json_member_str(&o, S("dialect")), &s->dialect);
    step_log_number(x, "resume", "spent_ms", s->base_ms);
}

Str session_state(const Session *s, Arena *a)
{
    Buf text = buf_new(a);
    Json j = json_new(&text);
    json_begin_object(&j);
    json_pair_int(&j, "spent", session_spent_ms(s));
    json_pair_int(&j, "beat", (int64_t)s->beat);
    json_pair_int(&j, "world", (int64_t)s->world);
    json_pair_int(&j, "told", (int64_t)s->dialog.told);
    json_pair_int(&j, "asked", (int64_t)s->dialog.asked);
    json_pair_int(&j, "heard", (int64_t)s->dialog.heard);
    json_pair_int(&j, "questions", s->questions);
    json_pair_int(&j, "hints", s->hints);
    json_pair_int(&j, "runs", s->runs);
    json_pair_int(&j, "submits", s->submits);
    if (s->breaking) json_pair_int(&j, "seed", (int64_t)s->turn.seed);
    if (s->breaking) json_pair_int(&j, "turn", (int64_t)s->turn.turn);
    json_pair_int(&j, "first_ask", s->first_ask_ms);
    json_pair_int(&j, "first_code", s->first_code_ms);
    json_pair_int(&j, "longest", s->longest_ms);
    json_pair_int(&j, "longest_at", s->longest_at_ms);
    json_pair_int(&j, "was_wrong", s->was_wrong);
    json_pair_int(&j, "saw_solution", s->saw_solution);
    json_pair_str(&j, "dialect", str_from(dialect_name(s->dialect)));
    json_end_object(&j);
    return buf_str(&text);
}
