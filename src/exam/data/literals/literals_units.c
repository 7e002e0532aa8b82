// literals_units: the units of time that a query counts or cuts in.
#include "exam/data/literals/literals.h"
#include "exam/data/literals/literals_scan.h"
#include <string.h>

static const struct {
    const char *word;
    CalendarUnit unit;
} unit_words[] = {
    {"year", CALENDAR_YEAR},       {"years", CALENDAR_YEAR},     {"yyyy", CALENDAR_YEAR},
    {"quarter", CALENDAR_QUARTER}, {"month", CALENDAR_MONTH},    {"months", CALENDAR_MONTH},
    {"mm", CALENDAR_MONTH},        {"mon", CALENDAR_MONTH},      {"last_day", CALENDAR_MONTH},
    {"week", CALENDAR_WEEK},       {"weeks", CALENDAR_WEEK},     {"yearweek", CALENDAR_WEEK},
    {"weekday", CALENDAR_WEEK},    {"dayofweek", CALENDAR_WEEK}, {"dow", CALENDAR_WEEK},
    {"isodow", CALENDAR_WEEK},     {"day", CALENDAR_DAY},        {"days", CALENDAR_DAY},
    {"dd", CALENDAR_DAY},          {"datediff", CALENDAR_DAY},   {"dayofmonth", CALENDAR_DAY},
    {"julianday", CALENDAR_DAY},   {"to_days", CALENDAR_DAY},    {"hour", CALENDAR_HOUR},
    {"hours", CALENDAR_HOUR},      {"hh24", CALENDAR_HOUR},      {"minute", CALENDAR_MINUTE},
    {"minutes", CALENDAR_MINUTE},
};

unsigned units_of_word(Str word)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (str_eq_nocase(word, str_from(unit_words[i].word))) return 1u << unit_words[i].unit;
    }
    return 0;
}

static unsigned units_of_letter(char c)
{
    static const struct {
        const char *letters;
        CalendarUnit unit;
    } rows[] = {{"Yy", CALENDAR_YEAR},  {"mbMc", CALENDAR_MONTH}, {"WuVvUwa", CALENDAR_WEEK},
                {"dejD", CALENDAR_DAY}, {"HkhI", CALENDAR_HOUR},  {"i", CALENDAR_MINUTE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (c && strchr(rows[i].letters, c)) return 1u << rows[i].unit;
    }
    return 0;
}

// 'month', '-7 days', 'YYYY-MM', '%Y-%m': a pattern of LIKE has no letter behind its %.
unsigned units_of_text(Str text)
{
    enum { LONGEST = 32 };
    unsigned units = 0;
    for (size_t i = 0, from = 0; text.len <= LONGEST && i <= text.len; i++) {
        char c = i < text.len ? text.ptr[i] : '\0', before = i ? text.ptr[i - 1] : '\0';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (before == '%' && letter) units |= units_of_letter(c);
        if (letter || (i > from && c >= '0' && c <= '9')) continue;
        units |= units_of_word(str_slice(text, from, i));
        from = i + 1;
    }
    return units;
}
