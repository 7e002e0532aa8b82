// review: what a senior reviewer would say of an answer that runs, right or wrong.
#include "exam/private.h"

ReviewNote *review_answer(Arena *a, const WarehouseSpec *w, Str sql, Dialect d, size_t *count)
{
    SqlScript script;
    SqlMeaning meaning;
    Error unused;
    SqlSchema schema = exam_schema(a, w);
    *count = 0;
    // What SQLite runs and our own passes do not know is not spoken of.
    if (!sql_parse(a, sql, d, &script, &unused) ||
        !sql_resolve(a, &script, &schema, &meaning, &unused)) {
        return NULL;
    }
    SqlFindings f = sql_lint(a, &script, &meaning);
    Str grain = sql_stated_grain(&script);
    ReviewNote *notes = arena_array(a, ReviewNote, f.len + 1);
    for (size_t i = 0; i < f.len; i++) {
        const SqlFinding *x = &f.at[i];
        Str message = str_fmt(a, STR_FMT " %s", STR_ARG(x->why), x->instead);
        notes[(*count)++] =
            (ReviewNote){str_fmt(a, "sql/%s", x->rule), x->line, x->column, message};
    }
    if (grain.len) {
        int line, column;
        sql_place(sql, (size_t)(grain.ptr - sql.ptr), &line, &column);
        notes[(*count)++] = (ReviewNote){S("sql/says-grain"), line, column,
                                         S("You said the grain: an interviewer hears that.")};
    }
    return notes;
}
