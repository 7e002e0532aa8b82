// dialog: which facts a question unlocks, and the sentences around them.
//
// What the interviewer says where no fact helps must be true of every drill, so it never claims
// that the data is silent, only that the interviewer is. Each list of sentences is used in turn by
// the count of what was heard, and has at least two: so none comes twice in a row.
#include "dialog/dialog.h"
#include "base/buf.h"

#define TURN(list, state) str_from((list)[(state)->heard % (sizeof(list) / sizeof *(list))])

static const char *const unknown[] = {
    "I have nothing to add on that. Make an assumption and state it.",
    "That is left to you: choose what is sensible, and say why.",
    "The brief does not say. Take the reading you can defend.",
    "I do not know. Look at what is given, or assume something and say so.",
    "Nobody has settled that. Write down what you assume and go on.",
};
static const char *const echoes[] = {
    "That is what I asked. Which part of it is unclear?",
    "Those are my own words. What would you like to know about them?",
    "So far you give my question back. Ask me what it leaves open.",
};
static const char *const repeats[] = {"As I said: ", "Once more: ", "As before: "};
static const char *const greetings[] = {
    "Hello. Ask me what you need to know before you begin.",
    "Good to have you here. What would you like to know?",
};
static const char *const welcomes[] = {"You are welcome. Anything else?", "Gladly. What else?"};
static const char *const silences[] = {"I am listening.", "Take your time."};

#define GREETING "hi hello hey hallo greetings good morning afternoon evening"
#define THANKS "thanks thank ok okay great good fine cool perfect alright right got understood"

typedef enum { SPEECH_NOTHING, SPEECH_GREETING, SPEECH_THANKS, SPEECH_QUESTION } Speech;

static bool holds_word(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
            return true;
        }
    }
    return false;
}

static Speech speech(Str question)
{
    if (!holds_word(question)) return SPEECH_NOTHING;
    if (rubric_is_echo(question, S(THANKS))) return SPEECH_THANKS;
    if (rubric_is_echo(question, S(GREETING))) return SPEECH_GREETING;
    return SPEECH_QUESTION;
}

static size_t tellable(const DialogSpec *spec)
{
    return spec->fact_count < DIALOG_FACTS_MAX ? spec->fact_count : DIALOG_FACTS_MAX;
}

static uint64_t unlocked(const DialogSpec *spec, Str question, const WordSets *sets)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < tellable(spec); i++) {
        bool heard = rubric_hears(question, spec->facts[i].ask, sets, spec->prompt);
        if (heard) bits |= UINT64_C(1) << i;
    }
    return bits;
}

// The facts in order; "As I said" stands once in front of those that were told before.
static Str tell(Arena *a, const DialogSpec *spec, const DialogState *state, uint64_t bits)
{
    Buf b = buf_new(a);
    bool old_before = false;
    for (size_t i = 0; i < tellable(spec); i++) {
        if (!(bits >> i & 1)) continue;
        bool old = state->told >> i & 1;
        if (b.len) buf_char(&b, ' ');
        if (old && !old_before) buf_add(&b, TURN(repeats, state));
        buf_add(&b, str_trim(spec->facts[i].say));
        old_before = old;
    }
    return buf_str(&b);
}

static Str chat(const DialogSpec *spec, const DialogState *state, Speech said, Str question)
{
    switch (said) {
    case SPEECH_NOTHING:
        return TURN(silences, state);
    case SPEECH_GREETING:
        return TURN(greetings, state);
    case SPEECH_THANKS:
        return TURN(welcomes, state);
    case SPEECH_QUESTION:
        if (rubric_is_echo(question, spec->prompt)) return TURN(echoes, state);
        return TURN(unknown, state);
    }
    return TURN(unknown, state);
}

DialogReply dialog_ask(Arena *a, const DialogSpec *spec, DialogState *state, Str question,
                       const WordSets *sets)
{
    DialogReply r = {.told = unlocked(spec, question, sets)};
    Speech said = r.told ? SPEECH_QUESTION : speech(question);
    r.question = said == SPEECH_QUESTION;
    r.repeated = r.told && (r.told & ~state->told) == 0;
    r.say = r.told ? tell(a, spec, state, r.told) : chat(spec, state, said, question);
    state->told |= r.told;
    state->asked += r.question;
    state->heard++;
    return r;
}

// ---- for the linter -----------------------------------------------------------------------------
static void check_fixtures(const DialogSpec *spec, const DialogFact *f, const WordSets *sets,
                           Diags *d)
{
    for (size_t i = 0; i < f->asks.len; i++) {
        if (rubric_hears(f->asks.at[i], f->ask, sets, spec->prompt)) continue;
        diag_error(d, f->at, "the question \"" STR_FMT "\" does not unlock the fact `" STR_FMT "`",
                   STR_ARG(f->asks.at[i]), STR_ARG(f->id));
    }
}

static void check_echoes(const DialogSpec *spec, const DialogFact *f, Diags *d)
{
    for (size_t i = 0; i < f->ask.len; i++) {
        StrList entry = {&f->ask.at[i], 1};
        if (str_starts(str_trim(*entry.at), S("$"))) continue;
        bool heard = rubric_hears(*entry.at, entry, NULL, S(""));
        if (!heard || rubric_hears(*entry.at, entry, NULL, spec->prompt)) continue;
        diag_warn(d, f->at,
                  "the prompt itself says `" STR_FMT "`, so that never unlocks the fact `" STR_FMT
                  "`",
                  STR_ARG(*entry.at), STR_ARG(f->id));
    }
}

void dialog_check(const DialogSpec *spec, const WordSets *sets, Diags *d)
{
    for (size_t i = 0; i < spec->fact_count; i++) {
        const DialogFact *f = &spec->facts[i];
        rubric_check_words(f->ask, sets, f->at, d);
        check_fixtures(spec, f, sets, d);
        check_echoes(spec, f, d);
        if (i != DIALOG_FACTS_MAX) continue;
        diag_error(d, f->at, "a drill has at most %d facts: this one is never told",
                   DIALOG_FACTS_MAX);
    }
}
