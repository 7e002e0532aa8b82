// shape: which function reads which shape, and the two ways of storing what was read.
#include "pack/shape.h"
#include "base/check.h"
#include <assert.h>
#include <string.h>

void shape_put(void *slot, const void *value, size_t size)
{
    if (slot) memcpy(slot, value, size);
}

void shape_put_list(void *slot, void *at, size_t len)
{
    shape_put(slot, &at, sizeof at);
    shape_put(slot ? (char *)slot + sizeof at : NULL, &len, sizeof len);
}

// Fields that are read in a pass of their own never come here.
static bool elsewhere(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)r;
    (void)n;
    (void)slot;
    CHECK(f->later);
    return false;
}

static const ShapeReader readers[] = {
    [SHAPE_TEXT] = shape_text,
    [SHAPE_WORD] = shape_word,
    [SHAPE_CODE] = shape_code,
    [SHAPE_SLUG] = shape_slug,
    [SHAPE_TEXTS] = shape_texts,
    [SHAPE_WORDS] = shape_words,
    [SHAPE_CODES] = shape_codes,
    [SHAPE_INT] = shape_int,
    [SHAPE_COUNT] = shape_count,
    [SHAPE_REAL] = shape_real,
    [SHAPE_BOOL] = shape_bool,
    [SHAPE_DATE] = shape_date,
    [SHAPE_TIME] = shape_time,
    [SHAPE_CHOICE] = shape_choice,
    [SHAPE_CHOICES] = shape_choices,
    [SHAPE_SECONDS] = elsewhere,
    [SHAPE_MINUTES] = elsewhere,
    [SHAPE_STAGES] = elsewhere,
    [SHAPE_BEAT] = shape_beat,
    [SHAPE_SETS] = shape_sets,
    [SHAPE_HEARD] = shape_heard,
    [SHAPE_TERMS] = shape_terms,
    [SHAPE_NEAR] = shape_near,
    [SHAPE_MATCH] = shape_match,
    [SHAPE_REFERENCE] = shape_reference,
    [SHAPE_VALUES] = shape_values,
    [SHAPE_SPAN] = shape_span,
    [SHAPE_NUMBER_SPAN] = shape_number_span,
    [SHAPE_SORT] = shape_sort,
    [SHAPE_EDITS] = shape_edits,
    [SHAPE_WORD_LISTS] = shape_word_lists,
    [SHAPE_NUMBERS] = shape_numbers,
    [SHAPE_TEXT_MAP] = shape_text_map,
    [SHAPE_ALL_OR_WORDS] = shape_all_or_words,
    [SHAPE_ROWS] = shape_rows,
    [SHAPE_ANY] = shape_any,
    [SHAPE_OBJECT] = shape_object,
    [SHAPE_OBJECTS] = shape_objects,
    [SHAPE_CODE_OR_OBJECTS] = shape_code_or_objects,
    [SHAPE_TEXT_OR_OBJECTS] = shape_text_or_objects,
    [SHAPE_NAMED] = shape_named,
    [SHAPE_DRILLS] = elsewhere,
};
static_assert(sizeof readers / sizeof *readers == SHAPE_COUNT_, "a reader for every shape");

bool pack_read_field(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    return !n->bad && readers[f->shape](r, f, n, slot);
}
