// edit: the text of an author's wrong answer, given whole or as edits of the reference.
#include "base/buf.h"
#include "exam/exam.h"

typedef struct {
    size_t at; // in the reference
    const ExamEdit *edit;
} Spot;

static bool refuse(const ExamWrong *wrong, const ExamEdit *edit, const char *what, Error *err)
{
    return error_at(err, ERROR_INPUT, wrong->at.file, wrong->at.line, wrong->at.column,
                    "The text \"" STR_FMT "\" of an edit %s.",
                    STR_ARG(str_slice(edit->from, 0, 200)), what);
}

static bool locate(Str reference, const ExamWrong *wrong, const ExamEdit *edit, size_t *at,
                   Error *err)
{
    if (!edit->from.len || !str_find(reference, edit->from, at)) {
        return refuse(wrong, edit, "does not stand in the reference answer", err);
    }
    if (!str_find(str_slice(reference, *at + 1, reference.len), edit->from, NULL)) return true;
    return refuse(wrong, edit, "stands more than once in the reference answer; make it longer",
                  err);
}

// Where all edits apply, from left to right.
static bool locate_all(Str reference, const ExamWrong *wrong, Spot *spots, Error *err)
{
    for (size_t i = 0; i < wrong->edit_count; i++) {
        Spot s = {.edit = &wrong->edits[i]};
        if (!locate(reference, wrong, s.edit, &s.at, err)) return false;
        size_t k = i;
        for (; k && spots[k - 1].at > s.at; k--) spots[k] = spots[k - 1];
        spots[k] = s;
    }
    for (size_t i = 1; i < wrong->edit_count; i++) {
        if (spots[i - 1].at + spots[i - 1].edit->from.len > spots[i].at) {
            return refuse(wrong, spots[i].edit, "overlaps with another edit", err);
        }
    }
    return true;
}

bool exam_wrong_sql(Arena *a, const ExamSpec *spec, const ExamWrong *wrong, Str *out, Error *err)
{
    if (wrong->sql.len) {
        *out = wrong->sql;
        return true;
    }
    Str reference = spec->answer;
    Spot *spots = arena_array(a, Spot, wrong->edit_count);
    if (!locate_all(reference, wrong, spots, err)) return false;
    Buf b = buf_new(a);
    size_t from = 0;
    for (size_t i = 0; i < wrong->edit_count; i++) {
        buf_add(&b, str_slice(reference, from, spots[i].at));
        buf_add(&b, spots[i].edit->to);
        from = spots[i].at + spots[i].edit->from.len;
    }
    buf_add(&b, str_slice(reference, from, reference.len));
    *out = buf_str(&b);
    return true;
}
