// grain: the comment that says what one row of the result is.
#include "sql/sql.h"

static bool is_letter(char c)
{
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
}

// Behind the word: "grain: user", "grain = (user, day)", "grain is …"; no more than blanks between.
static bool says_what(Str rest)
{
    rest = str_trim(rest);
    if (str_starts(rest, S("is ")) || str_starts(rest, S("of "))) return true;
    static const Str signs[] = {
        STR_LIT(":"),           STR_LIT("="), STR_LIT("-"), STR_LIT("("), STR_LIT("\xe2\x80\x93"),
        STR_LIT("\xe2\x86\x92")}; // an en dash, ->
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!str_starts(rest, signs[i])) continue;
        Str said = str_trim(str_slice(rest, signs[i].len, rest.len));
        return said.len && said.ptr[0] != '?';
    }
    return false;
}

// Where a line begins to say it; its length when it does not. `line` is in small letters.
static size_t grain_at(Str line)
{
    static const struct {
        Str words;
        bool alone; // more must be said behind them
    } ways[] = {
        {STR_LIT("grain"), true},          {STR_LIT("granularity"), true},
        {STR_LIT("one row per "), false},  {STR_LIT("1 row per "), false},
        {STR_LIT("a row per "), false},    {STR_LIT("one row for each "), false},
        {STR_LIT("one row = "), false},    {STR_LIT("one record per "), false},
        {STR_LIT("one line per "), false}, {STR_LIT("each row is "), false},
        {STR_LIT("a row is "), false},
    };
    size_t best = line.len, at;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!str_find(line, ways[i].words, &at) || at >= best) continue;
        bool word = !at || !is_letter(line.ptr[at - 1]);
        Str rest = str_slice(line, at + ways[i].words.len, line.len);
        if (word && (!ways[i].alone || says_what(rest))) best = at;
    }
    return best;
}

static Str stated_in(Arena *scratch, Str comment)
{
    Str line;
    if (str_ends(comment, S("*/"))) comment.len -= 2;
    while (str_line(&comment, &line)) {
        size_t at = grain_at(str_lower(scratch, line));
        if (at < line.len) return str_trim(str_slice(line, at, line.len));
    }
    return (Str){0};
}

Str sql_stated_grain(const SqlScript *s)
{
    Arena scratch = {0};
    Str found = {0};
    for (size_t i = 0; i < s->comment_count && !found.len; i++)
        found = stated_in(&scratch, str_slice(s->sql, s->comments[i].at, s->comments[i].end));
    arena_free(&scratch);
    return found;
}
