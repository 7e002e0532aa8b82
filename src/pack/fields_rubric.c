// fields_rubric: what facts, items, matches, misconceptions and curveballs may hold.
#include "pack/field.h"
#include "pack/read.h"

static const Field num_fields[] = {
    {"min", SHAPE_REAL, AT(MatchTerm, num_min), .doc = "At least this."},
    {"max", SHAPE_REAL, AT(MatchTerm, num_max), .doc = "At most this."},
    {"unit", SHAPE_WORDS, AT(MatchTerm, units), .doc = "One of these words behind it."},
};
const Object PACK_NUM_OBJECT = {"number", "A number in words or digits: \"six days\", \"2.4 TB\".",
                                FIELDS(num_fields), .done = pack_num_done};

static const Field near_fields[] = {
    {"within", SHAPE_INT, .required = true, AT(NearForm, within), .least = 1, .most = 100,
     .doc = "At most so many words apart."},
    {"of", SHAPE_TERMS, .required = true, AT(NearForm, of), .doc = "All of these."},
};
const Object PACK_NEAR_OBJECT = {"near-rule", "Words that stand close to each other.",
                                 FIELDS(near_fields)};

static const Field at_least_fields[] = {
    {"count", SHAPE_INT, .required = true, AT(MatchSpec, at_least_count), .least = 1, .most = 100,
     .doc = "So many …"},
    {"of", SHAPE_TERMS, .required = true, AT(MatchSpec, at_least), .doc = "… of these."},
};
const Object PACK_AT_LEAST_OBJECT = {"at-least", "Several of a list.", FIELDS(at_least_fields)};

static const char *scope_name(int i)
{
    return i ? "answer" : "sentence";
}
static const Choices scopes = {.what = "scope", .name = scope_name, .count = 2};

static const Field match_fields[] = {
    {"alone", SHAPE_TERMS, AT(MatchSpec, alone), .doc = "One of these is enough."},
    {"pair", SHAPE_TERMS, AT(MatchSpec, pair),
     .doc = "Two different entries in one sentence; an entry that is a list is one group."},
    {"near", SHAPE_NEAR, AT(MatchSpec, near), .doc = "All of these close together, in any order."},
    {"before", SHAPE_NEAR, AT(MatchSpec, before), .doc = "All of these close together, in order."},
    {"all_of", SHAPE_TERMS, AT(MatchSpec, all_of), .doc = "All of these."},
    {"at_least", SHAPE_OBJECT, .object = &PACK_AT_LEAST_OBJECT, .kept = true, .at = 0,
     .doc = "{count: 2, of: [...]}"},
    {"not", SHAPE_TERMS, AT(MatchSpec, never), .doc = "None of these in the same sentence."},
    {"num", SHAPE_OBJECT, .later = true, .object = &PACK_NUM_OBJECT,
     .doc = "A number: {min, max, unit}."},
    {"re", SHAPE_WORD, .later = true, .doc = "A regular expression (PCRE2) in single quotes."},
    {"within", SHAPE_INT, AT(MatchSpec, within), .fallback = "8", .least = 1, .most = 100,
     .doc = "Words between the two of a pair."},
    {"scope", SHAPE_CHOICE, .choices = &scopes,
     .doc = "Where the words must meet: in one sentence, or anywhere in the answer."},
};
const Object PACK_MATCH_OBJECT = {
    "match",
    "What to listen for. A word is a stem, \"=word\" exact, \"word*\" a prefix, several words a "
    "phrase, $name a set, a list any of them. Operators side by side mean AND, alone and pair OR.",
    FIELDS(match_fields), .done = pack_match_done};

static const Field fact_fields[] = {
    {"id", SHAPE_SLUG, .required = true, AT(DialogFact, id), .doc = "Its name in the drill."},
    {"ask", SHAPE_HEARD, .required = true, AT(DialogFact, ask),
     .doc = "Words of a question that unlock it."},
    {"say", SHAPE_TEXT, .required = true, AT(DialogFact, say), .doc = "The interviewer's answer."},
    {"asks", SHAPE_TEXTS, AT(DialogFact, asks),
     .doc = "Fixtures: questions that must unlock it and nothing else."},
};
const Object PACK_FACT_OBJECT = {"fact", "What is told to those who ask.", FIELDS(fact_fields),
                                 .size = sizeof(DialogFact), PLACE_AT(DialogFact, at)};

static const Field item_fields[] = {
    {"id", SHAPE_SLUG, .required = true, AT(RubricItem, id), .doc = "Its name in the drill."},
    {"want", SHAPE_TEXT, .required = true, AT(RubricItem, want),
     .doc = "What a good answer says: shown as feedback."},
    {"axis", SHAPE_CHOICE, .choices = &PACK_AXES, AT(RubricItem, axis),
     .doc = "What it counts for; by default from the beat: clarify is clarification, stress is "
            "failure, all else correctness."},
    {"beat", SHAPE_BEAT, AT(RubricItem, beat), .doc = "The beat it belongs to; any when left out."},
    {"move", SHAPE_BEAT, AT(RubricItem, beat), .doc = "The same, as model drills call it."},
    {"worth", SHAPE_REAL, AT(RubricItem, worth), .fallback = "1", .most = 100,
     .doc = "Its weight among the items."},
    {"points", SHAPE_REAL, AT(RubricItem, worth), .most = 100, .doc = "The same as worth."},
    {"match", SHAPE_MATCH, AT(RubricItem, match), .doc = "How it is recognised."},
    {"unless", SHAPE_TERMS, AT(RubricItem, unless), .doc = "No credit with these in the sentence."},
    {"hint", SHAPE_TEXT, AT(RubricItem, hint), .doc = "A probe; the item is then worth 3/4."},
    {"narrow", SHAPE_TEXT, AT(RubricItem, narrow),
     .doc = "A narrow probe; the item is then worth 1/2."},
    {"tell", SHAPE_TEXT, AT(RubricItem, tell), .doc = "The answer itself, in a sentence."},
    {"hits", SHAPE_TEXTS, AT(RubricItem, hits), .doc = "Fixtures: sentences that must earn it."},
    {"misses", SHAPE_TEXTS, AT(RubricItem, misses),
     .doc = "Fixtures: sentences that must not earn it."},
};
const Object PACK_ITEM_OBJECT = {"item",
                                 "One thing a good answer says.",
                                 FIELDS(item_fields),
                                 .size = sizeof(RubricItem),
                                 PLACE_AT(RubricItem, at),
                                 .done = pack_item_done};

static const Field action_fields[] = {
    {"stage", SHAPE_BEAT, .required = true, AT(RubricItem, beat),
     .doc = "Where it belongs in the order."},
    {"needs", SHAPE_WORDS, .refers = "evidence",
     .doc = "Evidence that must have been seen, or the interviewer asks how one knows."},
    {"result", SHAPE_TEXT, .doc = "What happens then."},
};
const Object PACK_ACTION_OBJECT = {"action",
                                   "What a good answer does.",
                                   .base = &PACK_ITEM_OBJECT,
                                   FIELDS(action_fields),
                                   .size = sizeof(RubricItem),
                                   PLACE_AT(RubricItem, at)};

static const Field misconception_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the drill."},
    {"match", SHAPE_MATCH, .required = true, .doc = "How it is recognised."},
    {"unless", SHAPE_TERMS, .doc = "Not claimed with these in the sentence."},
    {"say", SHAPE_TEXT, .required = true, .doc = "What the interviewer asks then."},
    {"rejoin", SHAPE_WORDS, .refers = "items actions", .doc = "Items it leads back to."},
    {"hits", SHAPE_TEXTS, .doc = "Fixtures: sentences that hold it."},
    {"misses", SHAPE_TEXTS, .doc = "Fixtures: sentences that do not."},
};
const Object PACK_MISCONCEPTION_OBJECT = {"misconception", "A wrong belief that is challenged.",
                                          FIELDS(misconception_fields)};

static const Field harm_fields[] = {
    {"costs", SHAPE_REAL, .fallback = "1", .most = 100, .doc = "Points of the axis failure."},
};
const Object PACK_HARM_OBJECT = {"harm", "An action that makes it worse.",
                                 .base = &PACK_MISCONCEPTION_OBJECT, FIELDS(harm_fields)};

static const Field curveball_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the drill."},
    {"beat", SHAPE_BEAT, .doc = "The beat in which it comes."},
    {"move", SHAPE_BEAT, .doc = "The same, as model drills call it."},
    {"after", SHAPE_WORD, .refers = "items actions", .doc = "It comes once this has been said."},
    {"say", SHAPE_TEXT, .required = true, .doc = "What the interviewer says."},
    {"expects", SHAPE_WORDS, .refers = "items actions", .doc = "Items that answer it."},
};
const Object PACK_CURVEBALL_OBJECT = {"curveball", "A change of the question in mid-drill.",
                                      FIELDS(curveball_fields)};

static const Field follow_up_fields[] = {
    {"id", SHAPE_SLUG, .doc = "Its name in the drill."},
    {"ask", SHAPE_TEXT, .required = true, .doc = "The question."},
    {"expects", SHAPE_WORDS, .refers = "items actions", .doc = "Items that answer it."},
    {"tell", SHAPE_TEXT, .doc = "A good answer."},
};
const Object PACK_FOLLOW_UP_OBJECT = {"follow-up", "A question after the answer.",
                                      FIELDS(follow_up_fields)};
