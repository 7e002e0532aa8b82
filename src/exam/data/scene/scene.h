// private: scenes: what all rows of a database are about, and what each column of it then gets.
#ifndef EXAM_SCENE_H
#define EXAM_SCENE_H
#include "exam/data/values/direct.h"

enum { SCENE_STREAM = 0x7a1, LEVEL_ROWS = 20, LISTED_MOST = 8, MINUTE_S = 60 };

// ---- what the column of a scene's table gets (scene_column.c, scene_spans.c); false = nothing
bool scene_series(Drawing *d, Scene *s, size_t column);
bool scene_spans(Drawing *d, Scene *s, size_t column);
bool scene_level(Drawing *d, Scene *s, size_t column);
bool scene_group(Drawing *d, Scene *s, size_t column);
bool scene_grid(Drawing *d, Scene *s, size_t column);
bool scene_chain(Drawing *d, Scene *s, size_t column);
// What the query asks of the column by =, and nothing else.
bool scene_passing(Drawing *d);

void scene_put_raw(Drawing *d, Str text); // in turn, equal ones too
// All or nothing: half of a series is none.
bool scene_put_moments(Drawing *d, const int64_t *at, size_t rows);
// The thing: one, or one after the other.
bool scene_put_thing(Drawing *d, Scene *s);
void scene_place_spans(Scene *s, Drawing *d);
#endif
