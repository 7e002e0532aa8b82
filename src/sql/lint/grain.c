// grain: the comment that says what one row of the result is.
#include "sql/sql.h"

Str sql_stated_grain(const SqlScript *s)
{
    Arena scratch = {0};
    Str found = {0};
    for (size_t i = 0; i < s->comment_count && !found.len; i++) {
        Str text = str_slice(s->sql, s->comments[i].at, s->comments[i].end);
        Str lower = str_lower(&scratch, text);
        size_t at;
        bool said = str_find(lower, S("grain:"), &at);
        if (!said && str_find(lower, S("grain is"), &at)) said = true;
        if (!said && str_find(lower, S("one row per "), &at)) said = true;
        if (said) found = str_trim(str_slice(text, at, text.len));
    }
    arena_free(&scratch);
    bool block = str_ends(found, S("*/"));
    return block ? str_trim(str_slice(found, 0, found.len - 2)) : found;
}
