// unit: the words of time of each dialect: units that are added and counted, and parts that are
// taken out, with what each dialect means by them.
#include "sql/neutral_time.h"

#define ANY EVERY

typedef struct {
    unsigned in;
    const char *word; // in capitals, without a plural's S
    const char *means;
    bool only_read; // another row says how it is written
} Word;

// A unit is written as its first row for the dialect says.
static const Word units[] = {
    {ANY, "MICROSECOND", "MICROSECOND", false},
    {ANY, "MILLISECOND", "MILLISECOND", false},
    {ANY, "SECOND", "SECOND", false},
    {ANY, "MINUTE", "MINUTE", false},
    {ANY, "HOUR", "HOUR", false},
    {ANY, "DAY", "DAY", false},
    {BIG, "WEEK", "WEEK_SUNDAY", false},
    {BIG, "ISOWEEK", "WEEK", false},
    {ANY & ~BIG, "WEEK", "WEEK", false},
    {BIG, "WEEK(SUNDAY)", "WEEK_SUNDAY", true},
    {BIG, "WEEK(MONDAY)", "WEEK", true},
    {BIG, "WEEK(TUESDAY)", "WEEK_TUESDAY", false},
    {BIG, "WEEK(WEDNESDAY)", "WEEK_WEDNESDAY", false},
    {BIG, "WEEK(THURSDAY)", "WEEK_THURSDAY", false},
    {BIG, "WEEK(FRIDAY)", "WEEK_FRIDAY", false},
    {BIG, "WEEK(SATURDAY)", "WEEK_SATURDAY", false},
    {ANY, "MONTH", "MONTH", false},
    {ANY, "QUARTER", "QUARTER", false},
    {ANY, "YEAR", "YEAR", false},
    {PG | DUCK | BIG | FLINK, "DECADE", "DECADE", false},
    {PG | DUCK | FLINK, "CENTURY", "CENTURY", false},
    {PG | DUCK | FLINK, "MILLENNIUM", "MILLENNIUM", false},
    {BIG, "ISOYEAR", "ISOYEAR", false},
    {SNOW, "NANOSECOND", "", true},
    // Other spellings, read in every dialect.
    {ANY, "US", "MICROSECOND", true},
    {ANY, "USEC", "MICROSECOND", true},
    {ANY, "SQL_TSI_MICROSECOND", "MICROSECOND", true},
    {ANY, "MS", "MILLISECOND", true},
    {ANY, "MSEC", "MILLISECOND", true},
    {ANY, "S", "SECOND", true},
    {ANY, "SEC", "SECOND", true},
    {ANY, "SQL_TSI_SECOND", "SECOND", true},
    {ANY, "M", "MINUTE", true},
    {ANY, "MI", "MINUTE", true},
    {ANY, "MIN", "MINUTE", true},
    {ANY, "SQL_TSI_MINUTE", "MINUTE", true},
    {ANY, "H", "HOUR", true},
    {ANY, "HH", "HOUR", true},
    {ANY, "HR", "HOUR", true},
    {ANY, "SQL_TSI_HOUR", "HOUR", true},
    {ANY, "D", "DAY", true},
    {ANY, "DD", "DAY", true},
    {ANY, "DAYOFMONTH", "DAY", true},
    {ANY, "SQL_TSI_DAY", "DAY", true},
    {ANY, "W", "WEEK", true},
    {ANY, "WK", "WEEK", true},
    {ANY, "IW", "WEEK", true},
    {ANY, "WW", "WEEK", true},
    {ANY, "ISO_WEEK", "WEEK", true},
    {ANY, "WEEKISO", "WEEK", true},
    {ANY, "SQL_TSI_WEEK", "WEEK", true},
    {ANY, "MON", "MONTH", true},
    {ANY, "MM", "MONTH", true},
    {ANY, "SQL_TSI_MONTH", "MONTH", true},
    {ANY, "Q", "QUARTER", true},
    {ANY, "QTR", "QUARTER", true},
    {ANY, "SQL_TSI_QUARTER", "QUARTER", true},
    {ANY, "Y", "YEAR", true},
    {ANY, "YY", "YEAR", true},
    {ANY, "YYY", "YEAR", true},
    {ANY, "YYYY", "YEAR", true},
    {ANY, "YR", "YEAR", true},
    {ANY, "SQL_TSI_YEAR", "YEAR", true},
};

static const Word parts[] = {
    {ANY, "YEAR", "YEAR", false},
    {ANY, "QUARTER", "QUARTER", false},
    {ANY, "MONTH", "MONTH", false},
    {ANY, "DAY", "DAY", false},
    {ANY, "HOUR", "HOUR", false},
    {ANY, "MINUTE", "MINUTE", false},
    {PG | SPARK, "SECOND", "SECOND_EXACT", false},
    {ANY & ~PG & ~SPARK, "SECOND", "SECOND", false},
    {PG, "MILLISECOND", "MILLISECOND", false},
    {DUCK, "MILLISECOND", "MILLISECOND_WHOLE", false},
    {PG | DUCK, "MICROSECOND", "MICROSECOND", false},
    {ANY & ~PG & ~DUCK & ~MY, "MILLISECOND", "MILLISECOND_OF_SECOND", false},
    {ANY & ~PG & ~DUCK, "MICROSECOND", "MICROSECOND_OF_SECOND", false},
    {BIG, "WEEK", "WEEK_0", false},
    {BIG, "WEEK(SUNDAY)", "WEEK_0", true},
    {BIG, "WEEK(MONDAY)", "WEEK_5", false},
    {MY, "WEEK", "WEEK_0", false},
    {BIG, "ISOWEEK", "WEEK", false},
    {ANY & ~BIG & ~MY, "WEEK", "WEEK", false},
    {TRINO, "DAY_OF_WEEK", "DOW_MONDAY_1", false},
    {TRINO, "DOW", "DOW_MONDAY_1", true},
    {SPARK | FLINK, "DOW", "DOW_SUNDAY_1", true},
    {PG | DUCK | SNOW, "DOW", "DOW_SUNDAY_0", false},
    {BIG | MY | LITE, "DOW", "DOW_SUNDAY_0", true},
    {SNOW, "DAYOFWEEK", "DOW_SUNDAY_0", true},
    {DUCK, "DAYOFWEEK", "DOW_SUNDAY_0", true},
    {BIG | SPARK, "DAYOFWEEK", "DOW_SUNDAY_1", false},
    {ANY & ~SNOW & ~DUCK & ~TRINO, "DAYOFWEEK", "DOW_SUNDAY_1", true},
    {SNOW | DUCK, "WEEKDAY", "DOW_SUNDAY_0", true},
    {SNOW, "DW", "DOW_SUNDAY_0", true},
    {SNOW, "DAYOFWEEKISO", "DOW_MONDAY_1", false},
    {SPARK, "DAYOFWEEK_ISO", "DOW_MONDAY_1", false},
    {PG | DUCK | FLINK, "ISODOW", "DOW_MONDAY_1", false},
    {ANY, "ISODOW", "DOW_MONDAY_1", true},
    {ANY, "DAYOFWEEK_ISO", "DOW_MONDAY_1", true},
    {ANY, "DOW_ISO", "DOW_MONDAY_1", true},
    {ANY, "WEEKDAY_ISO", "DOW_MONDAY_1", true},
    {ANY, "DAYOFWEEKISO", "DOW_MONDAY_1", true},
    {BIG | SNOW | FLINK, "DAYOFYEAR", "DOY", false},
    {TRINO, "DAY_OF_YEAR", "DOY", false},
    {ANY & ~BIG & ~SNOW & ~TRINO & ~FLINK, "DOY", "DOY", false},
    {ANY, "DAYOFYEAR", "DOY", true},
    {ANY, "DOY", "DOY", true},
    {ANY, "YD", "DOY", true},
    {ANY, "DY", "DOY", true},
    {TRINO, "YEAR_OF_WEEK", "ISOYEAR", false},
    {TRINO, "YOW", "ISOYEAR", true},
    {SNOW, "YEAROFWEEKISO", "ISOYEAR", false},
    {SPARK, "YEAROFWEEK", "ISOYEAR", false},
    {PG | DUCK | BIG | FLINK, "ISOYEAR", "ISOYEAR", false},
    {ANY, "ISOYEAR", "ISOYEAR", true},
    {ANY, "YEAROFWEEK", "ISOYEAR", true},
    {ANY, "YEAROFWEEKISO", "ISOYEAR", true},
    {SNOW, "EPOCH_SECOND", "EPOCH_SECOND", false},
    {SNOW, "EPOCH", "EPOCH_SECOND", true},
    {FLINK, "EPOCH", "EPOCH_SECOND", true},
    {PG | DUCK, "EPOCH", "EPOCH", false},
    {SNOW, "EPOCH_MILLISECOND", "EPOCH_MILLISECOND", false},
    {SNOW, "EPOCH_MICROSECOND", "EPOCH_MICROSECOND", false},
    {PG | DUCK | FLINK, "DECADE", "DECADE", false},
    {PG | DUCK | FLINK, "CENTURY", "CENTURY", false},
    {PG | DUCK | FLINK, "MILLENNIUM", "MILLENNIUM", false},
    {PG | DUCK, "JULIAN", "JULIAN", false},
    {DUCK, "YEARWEEK", "YEARWEEK_ISO", false},
    {MY, "YEAR_MONTH", "YEARMONTH", false},
    {BIG, "DATE", "DATE", false},
    {BIG, "DATETIME", "DATETIME", false},
    {BIG, "TIME", "TIME", false},
    // Other spellings.
    {ANY, "WEEKISO", "WEEK", true},
    {ANY, "WEEK_ISO", "WEEK", true},
    {ANY, "ISOWEEK", "WEEK", true},
    {ANY, "WEEKOFYEAR", "WEEK", true},
    {ANY, "WOY", "WEEK", true},
    {ANY, "WK", "WEEK", true},
    {ANY, "W", "WEEK", true},
    {ANY, "DAYOFMONTH", "DAY", true},
    {ANY, "DAY_OF_MONTH", "DAY", true},
    {ANY, "DD", "DAY", true},
    {ANY, "D", "DAY", true},
    {ANY, "MON", "MONTH", true},
    {ANY, "MM", "MONTH", true},
    {ANY, "Q", "QUARTER", true},
    {ANY, "QTR", "QUARTER", true},
    {ANY, "YY", "YEAR", true},
    {ANY, "YYYY", "YEAR", true},
    {ANY, "YR", "YEAR", true},
    {ANY, "Y", "YEAR", true},
    {ANY, "H", "HOUR", true},
    {ANY, "HH", "HOUR", true},
    {ANY, "HR", "HOUR", true},
    {ANY, "M", "MINUTE", true},
    {ANY, "MI", "MINUTE", true},
    {ANY, "MIN", "MINUTE", true},
    {ANY, "S", "SECOND", true},
    {ANY, "SEC", "SECOND", true},
};

// --- Reading ---

static const Word *find(const Word *rows, size_t n, unsigned in, Str word)
{
    bool plural = word.len > 2 && (word.ptr[word.len - 1] | 0x20) == 's';
    for (int again = 0; again < (plural ? 2 : 1); again++) {
        Str w = again ? str_slice(word, 0, word.len - 1) : word;
        for (size_t i = 0; i < n; i++) {
            if (rows[i].in & in && str_eq_nocase(w, str_from(rows[i].word))) return &rows[i];
        }
    }
    return NULL;
}

// DAY, 'day', WEEK(MONDAY).
static Str word_of(Translator *t, const SqlNode *n)
{
    if (n->kind == NODE_STRING || n->kind == NODE_NAME) return n->text;
    if (n->kind == NODE_COLUMN && sql_tail_count(n) == 1) return sql_last(n)->text;
    (void)t;
    return (Str){0};
}

Str fn_unit(Translator *t, const SqlNode *n)
{
    const Word *w = find(units, sizeof units / sizeof *units, 1u << t->from, word_of(t, n));
    return w ? str_from(w->means) : (Str){0};
}

Str fn_part(Translator *t, const SqlNode *n)
{
    const Word *w = find(parts, sizeof parts / sizeof *parts, 1u << t->from, word_of(t, n));
    return w ? str_from(w->means) : (Str){0};
}

// The unit of an interval: a week is seven days there, whatever it starts with.
Str fn_amount_unit(Translator *t, Str word)
{
    Dialect d = t->from == DIALECT_BIGQUERY ? DIALECT_SQLITE : t->from;
    const Word *w = find(units, sizeof units / sizeof *units, 1u << d, word);
    return w ? str_from(w->means) : (Str){0};
}

SqlNode *read_week_word(Translator *t, SqlNode *call)
{
    static const char *const weekdays[] = {"SUNDAY",   "MONDAY", "TUESDAY", "WEDNESDAY",
                                           "THURSDAY", "FRIDAY", "SATURDAY"};
    Str day = sql_tail_count(call) == 1 ? word_of(t, sql_tail(call, 0)) : (Str){0};
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++) {
        if (!str_eq_nocase(day, str_from(weekdays[i]))) continue;
        return make_word(t, call, str_fmt(t->arena, "WEEK(%s)", weekdays[i]));
    }
    return NULL;
}

// --- Writing ---

static bool write(const Word *rows, size_t n, Dialect d, Str means, Str *out)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].only_read || !(rows[i].in >> d & 1)) continue;
        if (!str_eq(means, str_from(rows[i].means))) continue;
        *out = str_from(rows[i].word);
        return true;
    }
    return false;
}

bool fn_unit_written(Dialect d, Str unit, Str *out)
{
    return write(units, sizeof units / sizeof *units, d, unit, out);
}

bool fn_part_written(Dialect d, Str part, Str *out)
{
    return write(parts, sizeof parts / sizeof *parts, d, part, out);
}

bool fn_is_time_word(Str word)
{
    Str a, b;
    if (str_cut(word, '_', &a, &b) && fn_is_time_word(a) && fn_is_time_word(b))
        return true; // MySQL
    return find(units, sizeof units / sizeof *units, EVERY, word) ||
           find(parts, sizeof parts / sizeof *parts, EVERY, word);
}

bool fn_is_clock(Str word)
{
    static const char *const clocks[] = {"HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};
    Str last, rest = word;
    while (str_cut(rest, '_', &last, &rest)) continue; // MySQL: DAY_HOUR
    const Word *w = find(units, sizeof units / sizeof *units, LITE, last);
    for (size_t i = 0; w && i < sizeof clocks / sizeof *clocks; i++) {
        if (str_eq(str_from(w->means), str_from(clocks[i]))) return true;
    }
    return false;
}
