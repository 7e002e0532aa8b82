// fields_pack: what a pack's files, mock loops and plans may hold.
#include "pack/field.h"
#include "pack/read.h"

// ---- loops

static const Field prefer_fields[] = {
    {"skills", SHAPE_WORDS, .doc = "Skills; streaming stands for streaming.*."},
    {"values", SHAPE_WORDS, .doc = "Values of stories."},
    {"level", SHAPE_CHOICES, .choices = &PACK_LEVELS, .doc = "Levels."},
};
static const Object prefer_object = {"prefer", "What is taken first.", FIELDS(prefer_fields)};

static const Field pick_fields[] = {
    {"kind", SHAPE_CHOICES, .choices = &PACK_KINDS, .doc = "Kinds of drills."},
    {"ids", SHAPE_WORDS, .doc = "Drills by id."},
    {"prefer", SHAPE_OBJECT, .object = &prefer_object, .doc = "What is taken first."},
};
static const Object pick_object = {"pick", "Which drills may be drawn.", .base = &prefer_object,
                                   FIELDS(pick_fields)};

static const char *yours_name(int i)
{
    (void)i;
    return "yours";
}
static const Choices ask_choices = {.what = "slot", .name = yours_name, .count = 1};

static const Field slot_fields[] = {
    {"pick", SHAPE_OBJECT, .object = &pick_object, .doc = "A drill that is drawn …"},
    {"drill", SHAPE_WORD, .doc = "… or one by id …"},
    {"ask", SHAPE_CHOICE, .choices = &ask_choices, .doc = "… or the candidate's own questions."},
    {"minutes", SHAPE_REAL, .most = 240, .doc = "Its clock; the drill's own when left out."},
    {"curveballs", SHAPE_INT, .fallback = "0", .most = 10, .doc = "How many are thrown."},
    {"follow_ups", SHAPE_INT, .fallback = "0", .most = 10, .doc = "How many are asked."},
};
static const Object slot_object = {"slot", "One thing of a round.", FIELDS(slot_fields),
                                   .one_of = "pick drill ask"};

static const char *same_name(int i)
{
    (void)i;
    return "warehouse";
}
static const Choices same_choices = {.what = "thing to share", .name = same_name, .count = 1};

static const Field round_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the loop."},
    {"title", SHAPE_TEXT, .required = true, .doc = "What the screen calls it."},
    {"minutes", SHAPE_REAL, .required = true, .most = 480, .doc = "Its clock."},
    {"needs", SHAPE_NUMBERS, .doc = "Skills and weights for readiness: {sql.window: 2}."},
    {"same", SHAPE_CHOICE, .choices = &same_choices,
     .doc = "All its picks are on one warehouse, drawn once."},
    {"slots", SHAPE_OBJECTS, .required = true, .object = &slot_object,
     .doc = "What happens in it."},
};
static const Object round_object = {"round", "A round of a mock interview.", FIELDS(round_fields),
                                    .done = pack_round_done};

static const char *seed_name(int i)
{
    static const char *const names[] = {"session", "fixed"};
    return names[i];
}
static const Choices seeds = {.what = "seed", .name = seed_name, .count = 2};

static const Field draw_fields[] = {
    {"seed", SHAPE_CHOICE, .choices = &seeds, .fallback = "session",
     .doc = "Same seed, same loop."},
    {"fresh", SHAPE_INT, .fallback = "14", .most = 3650,
     .doc = "Prefers drills not seen in so many days."},
    {"never_twice", SHAPE_BOOL, .fallback = "true", .doc = "No drill twice in a loop."},
};
static const Object draw_object = {"draw", "How slots draw.", FIELDS(draw_fields)};

static const Field score_fields[] = {
    {"axes", SHAPE_CHOICES, .choices = &PACK_AXES, .doc = "Axes that are scored."},
    {"bar", SHAPE_REAL, .fallback = "0.5", .least = -10, .most = 10, .doc = "Logit above core."},
    {"round_pass", SHAPE_REAL, .fallback = "3", .most = 4, .doc = "Of 4, each round by itself."},
};
static const Object score_object = {"score", "How a loop is scored.", FIELDS(score_fields)};

static const char *interviewer_name(int i)
{
    static const char *const names[] = {"exam", "coach"};
    return names[i];
}
static const Choices interviewers = {.what = "interviewer", .name = interviewer_name, .count = 2};

static const Field loop_fields[] = {
    {"loop", SHAPE_SLUG, .required = true, .doc = "Its name."},
    {"title", SHAPE_TEXT, .required = true, .doc = "What lists call it."},
    {"level", SHAPE_CHOICE, .choices = &PACK_LEVELS, .fallback = "senior",
     .doc = "How hard it is."},
    {"sources", SHAPE_TEXTS, .doc = "Where it comes from."},
    {"interviewer", SHAPE_CHOICE, .choices = &interviewers, .fallback = "exam",
     .doc = "exam is neutral, coach helps."},
    {"breaks", SHAPE_REAL, .fallback = "10", .most = 1440, .doc = "Minutes between rounds."},
    {"rounds", SHAPE_OBJECTS, .required = true, .object = &round_object, .doc = "Its rounds."},
    {"pick", SHAPE_OBJECT, .object = &draw_object, .doc = "How slots draw."},
    {"score", SHAPE_OBJECT, .object = &score_object, .doc = "How it is scored."},
};
const Object PACK_LOOP_OBJECT = {"loop", "A mock interview of several rounds.", FIELDS(loop_fields),
                                 .done = pack_loop_done};

// ---- plans

static const Field dose_fields[] = {
    {"count", SHAPE_INT, .fallback = "1", .least = 1, .most = 100, .doc = "How many."},
    {"each", SHAPE_REAL, .most = 240, .doc = "Minutes for each."},
    {"times", SHAPE_INT, .fallback = "1", .least = 1, .most = 100, .doc = "How often each."},
};
static const Object dose_object = {"dose", "Drills to do.", .base = &pick_object,
                                   FIELDS(dose_fields)};

static const Field plan_cards_fields[] = {
    {"skills", SHAPE_WORDS, .doc = "Of these skills; all when left out."},
};
static const Object plan_cards_object = {"plan-cards", "Due cards.", FIELDS(plan_cards_fields)};

static const char *which_name(int i)
{
    static const char *const names[] = {"slowest", "unfinished", "wrong"};
    return names[i];
}
static const Choices whichs = {.what = "choice of drills", .name = which_name, .count = 3};

static const Field redo_fields[] = {
    {"kind", SHAPE_CHOICES, .choices = &PACK_KINDS, .doc = "Kinds of drills."},
    {"which", SHAPE_CHOICE, .required = true, .choices = &whichs, .doc = "Which of those done."},
    {"today", SHAPE_BOOL, .fallback = "false", .doc = "Only today's."},
};
static const Object redo_object = {"redo", "Drills to do again.", FIELDS(redo_fields)};

static const Field mock_fields[] = {
    {"loop", SHAPE_SLUG, .required = true, .doc = "The loop."},
    {"rounds", SHAPE_WORDS, .doc = "Its rounds; all when left out."},
    {"light", SHAPE_BOOL, .fallback = "false", .doc = "With shorter clocks."},
};
static const Object mock_object = {"mock", "Rounds of a loop.", FIELDS(mock_fields)};

static const Field questions_fields[] = {
    {"per_role", SHAPE_INT, .fallback = "3", .least = 1, .most = 20, .doc = "How many a role."},
};
static const Object questions_object = {"pick-questions", "Own questions to choose.",
                                        FIELDS(questions_fields)};

static const char *keep_name(int i)
{
    static const char *const names[] = {"must", "should", "could"};
    return names[i];
}
static const Choices keeps = {.what = "weight", .name = keep_name, .count = 3};

static const Field block_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the plan."},
    {"minutes", SHAPE_REAL, .required = true, .most = 480, .doc = "How long it takes."},
    {"keep", SHAPE_CHOICE, .choices = &keeps, .fallback = "should",
     .doc = "What falls first when days or hours are short: could, then should."},
    {"again", SHAPE_BOOL, .fallback = "false", .doc = "Comes back when there are more days."},
    {"read", SHAPE_WORD, .doc = "A page of the book."},
    {"drill", SHAPE_OBJECT, .object = &dose_object, .doc = "Drills."},
    {"type", SHAPE_OBJECT, .object = &dose_object, .doc = "Drills typed from memory."},
    {"redo", SHAPE_OBJECT, .object = &redo_object, .doc = "Drills done before."},
    {"cards", SHAPE_OBJECT, .object = &plan_cards_object, .doc = "Due cards."},
    {"mock", SHAPE_OBJECT, .object = &mock_object, .doc = "Rounds of a loop."},
    {"reflect", SHAPE_TEXTS, .doc = "Questions asked one by one, answers kept."},
    {"check", SHAPE_TEXTS, .doc = "Things to tick off."},
    {"pick_questions", SHAPE_OBJECT, .object = &questions_object,
     .doc = "Own questions to choose."},
    {"note", SHAPE_TEXT, .doc = "A sentence."},
};
static const Object block_object = {
    "block", "A timed block of a day.", FIELDS(block_fields),
    .one_of = "read drill type redo cards mock reflect check pick_questions note"};

static const Field day_fields[] = {
    {"day", SHAPE_INT, .required = true, .least = 1, .most = 365, .doc = "Which day."},
    {"title", SHAPE_TEXT, .required = true, .doc = "What it is about."},
    {"do", SHAPE_OBJECTS, .required = true, .object = &block_object, .doc = "Its blocks."},
};
static const Object day_object = {"day", "A day of a plan.", FIELDS(day_fields)};

static const Field fit_fields[] = {
    {"stretch", SHAPE_WORD, .fallback = "repeat", .doc = "With more days."},
    {"shrink", SHAPE_WORD, .fallback = "keep", .doc = "With fewer days or hours."},
    {"last_day", SHAPE_WORD, .fallback = "calm", .doc = "No new drills on the last day."},
};
static const Object fit_object = {"fit", "How a plan fits one's own date.", FIELDS(fit_fields)};

static const Field plan_fields[] = {
    {"plan", SHAPE_SLUG, .required = true, .doc = "Its name."},
    {"title", SHAPE_TEXT, .required = true, .doc = "What lists call it."},
    {"days", SHAPE_INT, .required = true, .least = 1, .most = 365, .doc = "How many days."},
    {"per_day", SHAPE_REAL, .required = true, .least = 1, .most = 1440, .doc = "Minutes a day."},
    {"sources", SHAPE_TEXTS, .doc = "Where it comes from."},
    {"shape", SHAPE_OBJECT, .object = &fit_object, .doc = "How it fits one's own date."},
    {"blocks", SHAPE_OBJECTS, .required = true, .object = &day_object, .doc = "Its days."},
};
const Object PACK_PLAN_OBJECT = {"plan", "Timed blocks, day by day.", FIELDS(plan_fields),
                                 .done = pack_plan_done};

// ---- files

static const Field part_fields[] = {
    {"warehouses", SHAPE_OBJECTS, .later = true, .object = &PACK_WAREHOUSE_OBJECT,
     .doc = "Data sets of its own."},
    {"sets", SHAPE_SETS, .later = true,
     .doc = "Synonyms seen by all its drills: {name: [words]}; a known name is added to."},
    {"drills", SHAPE_DRILLS, .later = true, .doc = "Its drills."},
    {"cards", SHAPE_OBJECT, .object = &PACK_CARDS_OBJECT, .doc = "A vocabulary table."},
    {"loops", SHAPE_OBJECTS, .object = &PACK_LOOP_OBJECT, .doc = "Mock interviews."},
    {"plans", SHAPE_OBJECTS, .object = &PACK_PLAN_OBJECT, .doc = "Plans of timed blocks."},
};
const Object PACK_PART_OBJECT = {"part", "A file beside pack.yaml, or shared sets or warehouses.",
                                 FIELDS(part_fields)};

static const Field head_fields[] = {
    {"pack", SHAPE_SLUG, .required = true, AT(Pack, name),
     .doc = "Its name: the first half of its drills' ids."},
    {"title", SHAPE_TEXT, .required = true, AT(Pack, title), .doc = "What lists call it."},
    {"version", SHAPE_INT, AT(Pack, version), .fallback = "1", .least = 1, .most = 1e6,
     .doc = "Raised with each publication."},
    {"licence", SHAPE_WORD, .required = true, AT(Pack, licence),
     .doc = "An SPDX identifier: CC-BY-4.0."},
    {"authors", SHAPE_TEXTS, AT(Pack, authors), .doc = "Who wrote it."},
};
const Object PACK_OBJECT = {"pack",
                            "A pack of drills: one file, or pack.yaml with files beside it.",
                            .base = &PACK_PART_OBJECT,
                            FIELDS(head_fields),
                            .size = sizeof(Pack),
                            PLACE_AT(Pack, at)};

static const Field skill_fields[] = {
    {"id", SHAPE_WORD, .required = true, .doc = "Its name: family.skill."},
    {"title", SHAPE_TEXT, .required = true, .doc = "What lists call it."},
    {"about", SHAPE_TEXT, .required = true, .doc = "What one can do who has it."},
};
static const Object skill_object = {"skill", "One skill.", FIELDS(skill_fields)};

static const Field skills_fields[] = {
    {"skills", SHAPE_OBJECTS, .required = true, .object = &skill_object, .doc = "Every skill."},
};
const Object PACK_SKILLS_OBJECT = {"skills", "The registry of skills.", FIELDS(skills_fields)};
