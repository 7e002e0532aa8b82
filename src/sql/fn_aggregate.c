// fn_aggregate: functions over the rows of a group.
#include "sql/translate.h"

static const SqlFn fns[] = {
    {"avg", "x", FN_AGGREGATE, "real", NULL, NULL},
    {"count", "values...", FN_AGGREGATE, "integer!", NULL, NULL},
    {"max", "x", FN_AGGREGATE, "=x", NULL, NULL},
    {"min", "x", FN_AGGREGATE, "=x", NULL, NULL},
    {"sum", "x", FN_AGGREGATE, "=x", NULL, NULL},
};

static const SqlSpelling spellings[] = {
    {"avg", EVERY, "AVG", NULL, NULL, NULL}, {"count", EVERY, "COUNT", NULL, NULL, NULL},
    {"max", EVERY, "MAX", NULL, NULL, NULL}, {"min", EVERY, "MIN", NULL, NULL, NULL},
    {"sum", EVERY, "SUM", NULL, NULL, NULL},
};

const FnFamily fn_aggregate = {fns, sizeof fns / sizeof *fns, spellings,
                               sizeof spellings / sizeof *spellings};
