// shape: readers of single values, one for each Shape.
//
// Every reader takes the row, the node and the slot in the spec; a slot that nobody keeps is NULL,
// and the value is checked all the same. False means that the fault is reported.
#ifndef PACK_SHAPE_H
#define PACK_SHAPE_H
#include "pack/read.h"

typedef bool (*ShapeReader)(Reader *r, const Field *f, const YamlNode *n, void *slot);

void shape_put(void *slot, const void *value, size_t size); // NULL is fine
void shape_put_list(void *slot, void *at, size_t len);      // a pointer and the size_t behind it
bool shape_string(Reader *r, const YamlNode *n, YamlText as, Str *out); // any text but white space
bool shape_strings(Reader *r, const Field *f, const YamlNode *n, YamlText as, StrList *out);
bool shape_is_in(StrList list, Str s);
bool shape_is_empty(Reader *r, const YamlNode *n); // says so; always false

bool shape_all_or_words(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_any(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_beat(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_bool(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_choice(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_choices(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_code(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_code_or_objects(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_codes(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_count(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_date(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_edits(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_heard(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_int(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_match(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_named(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_near(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_number_span(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_numbers(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_object(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_objects(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_real(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_reference(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_rows(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_sets(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_slug(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_sort(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_span(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_terms(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_text(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_text_map(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_text_or_objects(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_texts(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_time(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_values(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_word(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_word_lists(Reader *r, const Field *f, const YamlNode *n, void *slot);
bool shape_words(Reader *r, const Field *f, const YamlNode *n, void *slot);
#endif
