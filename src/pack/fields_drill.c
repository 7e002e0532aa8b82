// fields_drill: what a drill of each kind may hold.
#include "pack/field.h"
#include "pack/read.h"

// ---- what every drill has

static const Field head_fields[] = {
    {"id", SHAPE_SLUG, .required = true, AT(Drill, slug),
     .doc = "Its name in the pack; the whole id is pack/id."},
    {"kind", SHAPE_CHOICE, .required = true, .choices = &PACK_KINDS, AT(Drill, kind),
     .doc = "What is asked for."},
    {"title", SHAPE_TEXT, .required = true, AT(Drill, title), .doc = "What lists call it."},
    {"level", SHAPE_CHOICE, .choices = &PACK_LEVELS, AT(Drill, level), .fallback = "core",
     .doc = "How hard it is."},
    {"skills", SHAPE_WORDS, .required = true, AT(Drill, skills),
     .doc = "Skills of the registry that it trains."},
    {"version", SHAPE_INT, AT(Drill, version), .fallback = "1", .least = 1, .most = 1e6,
     .doc = "Raised when the answer changes its meaning."},
    {"was", SHAPE_WORDS, AT(Drill, was), .doc = "Earlier ids, so that its history stays."},
    {"minutes", SHAPE_REAL, .later = true, .least = 0.25, .most = 240,
     .doc =
         "Its clock: sql 15, kernel 20, model 35, design 45, incident 15, story and explain 1.5, "
         "card 1."},
    {"points", SHAPE_REAL, AT(Drill, points), .fallback = "1", .most = 100,
     .doc = "Its weight beside other drills."},
    {"sources", SHAPE_TEXTS, AT(Drill, sources), .doc = "Where the question comes from."},
};
static const Object head_object = {"drill-head", "What every drill has.", FIELDS(head_fields),
                                   .size = sizeof(Drill), PLACE_AT(Drill, at)};

// ---- what every drill has in which the candidate answers an interviewer

static const Field talk_fields[] = {
    {"prompt", SHAPE_TEXT, .required = true, AT(Drill, prompt),
     .doc = "The question, in Markdown."},
    {"solution", SHAPE_TEXT, .required = true, AT(Drill, solution),
     .doc = "What a senior would say, with reasons, in Markdown."},
    {"hints", SHAPE_TEXTS, AT(Drill, hints), .doc = "Hints, the gentlest first."},
    {"beats", SHAPE_SECONDS, .later = true, LIST_AT(Drill, beats, beat_count),
     .doc =
         "Parts of the clock in order, {name: seconds}, or star; their sum is the clock. By kind: "
         "clarify, frame, build, stress; explain claim, how, edge, pick; story star."},
    {"sets", SHAPE_SETS, .later = true, AT(Drill, sets),
     .doc = "Synonyms: {name: [words]}; a known name is added to."},
    {"facts", SHAPE_OBJECTS, .object = &PACK_FACT_OBJECT, LIST_AT(Drill, facts, fact_count),
     .doc = "What is told to those who ask."},
    {"items", SHAPE_OBJECTS, .object = &PACK_ITEM_OBJECT, LIST_AT(Drill, items, item_count),
     .doc = "What a good answer says."},
    {"misconceptions", SHAPE_OBJECTS, .object = &PACK_MISCONCEPTION_OBJECT,
     .doc = "Wrong beliefs that are challenged."},
    {"curveballs", SHAPE_OBJECTS, .object = &PACK_CURVEBALL_OBJECT,
     .doc = "Changes of the question in mid-drill."},
    {"follow_ups", SHAPE_TEXT_OR_OBJECTS, .object = &PACK_FOLLOW_UP_OBJECT,
     .doc = "Questions after the answer."},
    {"worlds", SHAPE_OBJECTS, .object = &PACK_WORLD_OBJECT, LIST_AT(Drill, worlds, world_count),
     .doc = "Several hidden truths behind one vague prompt; one is drawn by seed."},
};
static const Object talk_object = {"drill-talk", "What every drill with a prompt has.",
                                   .base = &head_object, FIELDS(talk_fields),
                                   .size = sizeof(Drill)};

// ---- sql

static const Field witness_fields[] = {
    {"columns", SHAPE_WORDS, .required = true,
     .doc = "Columns that are given; the rest is filled in."},
    {"rows", SHAPE_ROWS, .required = true, .doc = "Their values."},
};
static const Object witness_object = {"witness", "Rows of one table.", FIELDS(witness_fields)};

static const Field wrong_fields[] = {
    {"why", SHAPE_TEXT, .required = true, AT(ExamWrong, why), .doc = "What is wrong about it."},
    {"sql", SHAPE_CODE, AT(ExamWrong, sql), .doc = "The wrong answer …"},
    {"edit", SHAPE_EDITS, LIST_AT(ExamWrong, edits, edit_count),
     .doc = "… or edits of the right one: [[from, to]]; from stands in it exactly once."},
    {"witness", SHAPE_NAMED, .object = &witness_object,
     .doc = "A database on which it differs, when random ones rarely find it."},
};
static const Object wrong_object = {"wrong-answer",         "A wrong answer that must be refuted.",
                                    FIELDS(wrong_fields),   .size = sizeof(ExamWrong),
                                    .one_of = "sql edit",   PLACE_AT(ExamWrong, at),
                                    .done = pack_wrong_done};

static const Field world_fields[] = {
    {"id", SHAPE_SLUG, .required = true, AT(DrillWorld, id), .doc = "Its name in the drill."},
    {"facts", SHAPE_TEXT_MAP, .required = true, .refers = "facts",
     LIST_AT(DrillWorld, tells, tell_count),
     .doc = "What the facts say in this world: {id: sentence}."},
    {"answer", SHAPE_CODE, AT(DrillWorld, exam.answer),
     .doc = "The right answer in this world; the drill's own when left out."},
    {"also_right", SHAPE_CODES, AT(DrillWorld, exam.also_right),
     .doc = "Other right answers in this world."},
    {"wrong", SHAPE_OBJECTS, .object = &wrong_object,
     LIST_AT(DrillWorld, exam.wrong, exam.wrong_count), .doc = "Wrong answers in this world."},
};
const Object PACK_WORLD_OBJECT = {"world", "One of several hidden truths behind a vague prompt.",
                                  FIELDS(world_fields), .size = sizeof(DrillWorld),
                                  PLACE_AT(DrillWorld, at)};

static const Field result_fields[] = {
    {"must_have", SHAPE_CODES, AT(ExamSpec, must_have),
     .doc = "Conditions; each must hold for some row of the answer on the visible data."},
};
static const Object result_object = {"rows", "What the visible result must show.",
                                     FIELDS(result_fields)};

static const Field sql_fields[] = {
    {"warehouse", SHAPE_WORD, .required = true, .later = true,
     .doc = "The data set, of this pack or a shipped one."},
    {"tables", SHAPE_WORDS, AT(Drill, exam.tables),
     .doc = "Tables that are shown and filled; those the answer reads when left out."},
    {"dialect", SHAPE_CHOICE, .choices = &PACK_DIALECTS, AT(Drill, exam.dialect),
     .fallback = "sqlite", .doc = "In which the answers of this drill are written."},
    {"answer", SHAPE_CODE, AT(Drill, exam.answer), .doc = "The reference."},
    {"columns", SHAPE_CHOICE, .choices = &PACK_COLUMN_RULES, AT(Drill, exam.rule.columns),
     .fallback = "by_name_or_position", .doc = "How columns are compared."},
    {"sorted_by", SHAPE_SORT, AT(Drill, exam.rule),
     .doc = "The order asked for: [k, ts desc], or reference."},
    {"tolerance", SHAPE_REAL, AT(Drill, exam.rule.tolerance), .fallback = "1.0e-9", .most = 1,
     .doc = "|a-b| <= tolerance * max(1, |a|, |b|)."},
    {"rows", SHAPE_OBJECT, .object = &result_object, AT(Drill, exam),
     .doc = "What the visible result must show."},
    {"also_right", SHAPE_CODES, AT(Drill, exam.also_right),
     .doc = "Other right answers, as different as they come."},
    {"wrong", SHAPE_OBJECTS, .object = &wrong_object, LIST_AT(Drill, exam.wrong, exam.wrong_count),
     .doc = "Wrong answers that must be refuted."},
    {"load", SHAPE_WORDS, AT(Drill, exam.load),
     .doc = "A load: the answer writes, and these tables are compared as they are at the end."},
    {"batches", SHAPE_WORDS, AT(Drill, exam.batches),
     .doc = "table.column of a load: its rows come in two batches, those of the lowest value "
            "first; the load is run with both orders of them."},
};
static const Object sql_object = {"sql-drill",        "A query on data.",    .base = &talk_object,
                                  FIELDS(sql_fields), .size = sizeof(Drill), .done = pack_sql_done};

// ---- kernel

static const Field grows_fields[] = {
    {"grows", SHAPE_WORD, .required = true, .doc = "How its time grows: n^2."},
    {"code", SHAPE_CODE, .required = true, .doc = "The answer."},
};
static const Object grows_object = {"growth", "A right answer of another growth.",
                                    FIELDS(grows_fields)};

static const Field kernel_wrong_fields[] = {
    {"why", SHAPE_TEXT, .required = true, .doc = "What is wrong about it."},
    {"code", SHAPE_CODE, .doc = "The wrong answer …"},
    {"edit", SHAPE_EDITS, .doc = "… or edits of the right one: [[from, to]]."},
};
static const Object kernel_wrong_object = {"wrong-kernel", "A wrong answer that must be refuted.",
                                           FIELDS(kernel_wrong_fields), .one_of = "code edit"};

static const Field example_fields[] = {
    {"call", SHAPE_CODE, .required = true, .doc = "The call, in Python."},
    {"gives", SHAPE_ANY, .required = true, .doc = "What it gives."},
};
static const Object example_object = {"example", "A call that is shown to the candidate.",
                                      FIELDS(example_fields)};

static const Field input_fields[] = {
    {"stream", SHAPE_WORD, .doc = "The generating process the values come from."},
    {"shape", SHAPE_WORDS, .doc = "Names of an event's fields, in order."},
    {"fields", SHAPE_ANY, .doc = "Their Python types, container and time unit."},
    {"order", SHAPE_WORD, .doc = "The field by which events come in order; none when left out."},
    {"args", SHAPE_ANY, .doc = "Values to try for every other argument: {ttl: [1, 60]}."},
    {"edge", SHAPE_WORDS, .doc = "Edge cases: empty, one, ties, repeats, gap_is_arg."},
};
static const Object input_object = {"input", "What the kernel is called with.",
                                    FIELDS(input_fields)};

static const Field complexity_fields[] = {
    {"time", SHAPE_WORD, .doc = "n, n log n, n^2 …"},
    {"space", SHAPE_WORD, .doc = "n, 1, window …"},
};
static const Object complexity_object = {"complexity", "Growth of time and memory.",
                                         FIELDS(complexity_fields)};

static const Field kernel_fields[] = {
    {"signature", SHAPE_CODE, .required = true, .doc = "The line that starts with def."},
    {"starter", SHAPE_CODE, .doc = "What stands in the editor at the start."},
    {"kernel", SHAPE_WORD, .fallback = "python",
     .doc = "The reference: python (the answer) or a native kernel's name."},
    {"answer", SHAPE_CODE, .doc = "The reference in Python."},
    {"also_right", SHAPE_CODE_OR_OBJECTS, .object = &grows_object, .doc = "Other right answers."},
    {"wrong", SHAPE_OBJECTS, .object = &kernel_wrong_object,
     .doc = "Wrong answers that must be refuted."},
    {"calls", SHAPE_ANY, .doc = "For a class: sequences of its methods."},
    {"examples", SHAPE_OBJECTS, .object = &example_object, .doc = "Calls shown to the candidate."},
    {"input", SHAPE_OBJECT, .object = &input_object, .doc = "What it is called with."},
    {"compare", SHAPE_WORD, .fallback = "list", .doc = "How results are compared."},
    {"complexity", SHAPE_OBJECT, .object = &complexity_object, .doc = "Growth of the answer."},
};
static const Object kernel_object = {"kernel-drill",        "A streaming kernel in Python.",
                                     .base = &talk_object,  FIELDS(kernel_fields),
                                     .size = sizeof(Drill), .done = pack_kernel_done};

// ---- model

static const char *table_kind_name(int i)
{
    static const char *const names[] = {"fact", "dimension", "bridge", "snapshot"};
    return names[i];
}
static const Choices table_kinds = {.what = "kind of table", .name = table_kind_name, .count = 4};

static const Field model_table_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the drill."},
    {"is", SHAPE_CHOICE, .required = true, .choices = &table_kinds, .doc = "Its role."},
    {"has", SHAPE_WORDS, .required = true, .refers = "concepts",
     .doc = "Concepts with a column or foreign key each: together the grain."},
    {"measures", SHAPE_ALL_OR_WORDS, .refers = "concepts", .doc = "Its measures; none: factless."},
    {"partition", SHAPE_WORD, .refers = "concepts", .doc = "The concept it is partitioned by."},
    {"surrogate", SHAPE_BOOL, .fallback = "false", .doc = "It has an integer key of its own."},
    {"natural", SHAPE_BOOL, .fallback = "false", .doc = "It has the natural key as a column."},
    {"worth", SHAPE_REAL, .fallback = "1", .most = 100, .doc = "Its weight; below 1 wanted only."},
    {"say", SHAPE_TEXT, .required = true, .doc = "Feedback when it is missing."},
};
static const Object model_table_object = {"model-table", "A table the model should have.",
                                          FIELDS(model_table_fields)};

static const Field forbid_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the drill."},
    {"table", SHAPE_WORD, .required = true, .refers = "tables", .doc = "The table."},
    {"column", SHAPE_WORD, .required = true, .refers = "concepts",
     .doc = "The concept that must not be a column of it."},
    {"say", SHAPE_TEXT, .required = true, .doc = "Feedback when it is there."},
};
static const Object forbid_object = {"forbid", "A column that must not be.", FIELDS(forbid_fields)};

static const Field question_fields[] = {
    {"id", SHAPE_SLUG, .required = true, .doc = "Its name in the drill."},
    {"ask", SHAPE_TEXT, .required = true, .doc = "The question in words."},
    {"from", SHAPE_WORDS, .required = true, .refers = "tables", .doc = "Any one of these tables."},
    {"reach", SHAPE_WORDS, .required = true, .refers = "concepts",
     .doc = "Concepts in it or one foreign key away."},
    {"worth", SHAPE_REAL, .fallback = "1", .most = 100, .doc = "Its weight."},
};
static const Object question_object = {"question", "A question the model must answer.",
                                       FIELDS(question_fields)};

static const Field model_wrong_fields[] = {
    {"why", SHAPE_TEXT, .required = true, .doc = "What is wrong about it."},
    {"finds", SHAPE_WORDS, .required = true, .doc = "Checks that must fire."},
    {"sql", SHAPE_CODE, .required = true, .doc = "The CREATE TABLEs."},
};
static const Object model_wrong_object = {"wrong-model", "A wrong model that must be found out.",
                                          FIELDS(model_wrong_fields)};

static const Field model_fields[] = {
    {"moves", SHAPE_MINUTES, .later = true, LIST_AT(Drill, beats, beat_count),
     .doc = "Parts of the clock, {name: minutes}: clarify 5, grain 3, build 15, time 7, stress 5."},
    {"concepts", SHAPE_SETS, .doc = "Words that count as the same thing: {name: [words]}."},
    {"tables", SHAPE_OBJECTS, .object = &model_table_object, .doc = "Tables it should have."},
    {"forbid", SHAPE_OBJECTS, .object = &forbid_object, .doc = "Columns it must not have."},
    {"traps", SHAPE_ALL_OR_WORDS, .fallback = "all", .doc = "Built-in traps that are looked for."},
    {"questions", SHAPE_OBJECTS, .object = &question_object, .doc = "Questions it must answer."},
    {"answer", SHAPE_CODE, .doc = "The reference CREATE TABLEs: pass every check."},
    {"also_right", SHAPE_CODES, .doc = "Other right models."},
    {"wrong", SHAPE_OBJECTS, .object = &model_wrong_object, .doc = "Wrong models."},
};
static const Object model_object = {"model-drill", "A data model in words and CREATE TABLEs.",
                                    .base = &talk_object, FIELDS(model_fields),
                                    .size = sizeof(Drill)};

// ---- design, incident

static const Field design_fields[] = {
    {"moves", SHAPE_MINUTES, .later = true, LIST_AT(Drill, beats, beat_count),
     .doc = "Parts of the clock, {name: minutes}: clarify 6, frame 6, build 23, stress 10."},
};
static const Object design_object = {"design-drill", "A system design in words.",
                                     .base = &talk_object, FIELDS(design_fields),
                                     .size = sizeof(Drill)};

static const char *evidence_kind_name(int i)
{
    static const char *const names[] = {"metric", "log", "config", "query", "history", "person"};
    return names[i];
}
static const Choices evidence_kinds = {
    .what = "kind of evidence", .name = evidence_kind_name, .count = 6};

static const Field evidence_fields[] = {
    {"id", SHAPE_SLUG, .required = true, AT(DialogFact, id), .doc = "Its name in the drill."},
    {"kind", SHAPE_CHOICE, .choices = &evidence_kinds, .fallback = "metric",
     .doc = "The frame it is drawn in."},
    {"ask", SHAPE_HEARD, .required = true, AT(DialogFact, ask),
     .doc = "Words of a question that show it."},
    {"asks", SHAPE_TEXTS, AT(DialogFact, asks), .doc = "Fixtures: questions that must show it."},
    {"show", SHAPE_TEXT, .required = true, AT(DialogFact, say), .doc = "What is seen."},
};
static const Object evidence_object = {"evidence", "What can be looked at.",
                                       FIELDS(evidence_fields), .size = sizeof(DialogFact),
                                       PLACE_AT(DialogFact, at)};

static const Field incident_fields[] = {
    {"stages", SHAPE_STAGES, .later = true, LIST_AT(Drill, beats, beat_count),
     .doc = "The order of a good answer: protect, stop, diagnose, fix, prevent."},
    {"evidence", SHAPE_OBJECTS, .object = &evidence_object, LIST_AT(Drill, facts, fact_count),
     .doc = "What can be looked at, shown when asked for."},
    {"actions", SHAPE_OBJECTS, .object = &PACK_ACTION_OBJECT, LIST_AT(Drill, items, item_count),
     .doc = "What a good answer does."},
    {"harm", SHAPE_OBJECTS, .object = &PACK_HARM_OBJECT, .doc = "What makes it worse."},
    {"pipeline", SHAPE_ANY, .doc = "The running system underneath."},
};
static const Object incident_object = {"incident-drill", "An incident to diagnose and fix.",
                                       .base = &talk_object, FIELDS(incident_fields),
                                       .size = sizeof(Drill)};

// ---- story, explain, card

static const Field bar_fields[] = {
    {"min", SHAPE_REAL, .doc = "At least this."},
    {"max", SHAPE_REAL, .doc = "At most this."},
};
static const Object bar_object = {"bar", "A bar to reach.", FIELDS(bar_fields)};

static const Field notice_fields[] = {
    {"seconds", SHAPE_OBJECT, .object = &bar_object, .doc = "At 150 words a minute when typed."},
    {"i_share", SHAPE_OBJECT, .object = &bar_object, .doc = "\"I\" against \"we\"."},
    {"numbers", SHAPE_OBJECT, .object = &bar_object, .doc = "Numbers named."},
    {"hedges", SHAPE_OBJECT, .object = &bar_object, .doc = "Maybe, kind of, sort of, I think."},
};
static const Object notice_object = {"notice", "What the program measures by itself.",
                                     FIELDS(notice_fields)};

static const Field story_fields[] = {
    {"values", SHAPE_WORDS, AT(Drill, values), .doc = "What the story bank tags it with."},
    {"notice", SHAPE_OBJECT, .object = &notice_object, .doc = "Bars for what is measured."},
};
static const Object story_object = {"story-drill", "A story from one's own work.",
                                    .base = &talk_object, FIELDS(story_fields),
                                    .size = sizeof(Drill)};

static const Object explain_object = {"explain-drill", "A spoken answer of a minute or two.",
                                      .base = &talk_object, .size = sizeof(Drill)};

static const char *make_name(int i)
{
    static const char *const names[] = {"meaning", "term", "gap"};
    return names[i];
}
static const Choices makes = {.what = "kind of card", .name = make_name, .count = 3};

static const Field row_fields[] = {
    {"term", SHAPE_TEXT, .required = true, .doc = "The term."},
    {"means", SHAPE_TEXT, .required = true, .doc = "What it means."},
    {"say", SHAPE_TEXT, .doc = "A sentence with it; __gaps__ make cards."},
    {"not", SHAPE_TEXT, .doc = "What it is not."},
    {"also", SHAPE_WORDS, .doc = "Other names for it."},
    {"was", SHAPE_WORDS, .doc = "Earlier terms, so that the schedule stays."},
    {"skills", SHAPE_WORDS, .doc = "Skills of this row."},
};
static const Object row_object = {"card-row", "One term of a vocabulary table.",
                                  FIELDS(row_fields)};

static const Field cards_fields[] = {
    {"make", SHAPE_CHOICES, .choices = &makes,
     .doc = "Cards to make: meaning (term to meaning), term (meaning to term), gap."},
    {"rows", SHAPE_OBJECTS, .required = true, .object = &row_object, .doc = "The terms."},
};
static const Field cards_skill_fields[] = {
    {"skills", SHAPE_WORDS, .required = true, .doc = "Skills of every row."},
};
static const Object card_rows_object = {"vocabulary-rows", "A vocabulary table.",
                                        FIELDS(cards_fields)};
const Object PACK_CARDS_OBJECT = {"vocabulary", "A vocabulary table and the cards made of it.",
                                  .base = &card_rows_object, FIELDS(cards_skill_fields)};
static const Object card_object = {"card-drill", "A vocabulary table as a drill.",
                                   .base = &head_object, FIELDS(cards_fields),
                                   .size = sizeof(Drill)};

const Object *const PACK_DRILL_OBJECTS[KIND_COUNT_] = {
    [KIND_SQL] = &sql_object,           [KIND_KERNEL] = &kernel_object,
    [KIND_MODEL] = &model_object,       [KIND_DESIGN] = &design_object,
    [KIND_INCIDENT] = &incident_object, [KIND_STORY] = &story_object,
    [KIND_EXPLAIN] = &explain_object,   [KIND_CARD] = &card_object,
};
