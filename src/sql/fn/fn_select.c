// fn_select: functions that belong to a query: levels of ROLLUP, subqueries of one row.
#include "sql/translate.h"

static const SqlFn fns[] = {
    {"grouping", "keys...", FN_AGGREGATE, "integer!", NULL, NULL},
    {"grouping_id", "keys...", FN_AGGREGATE, "integer!", NULL, NULL},
    {"single", "x", FN_AGGREGATE, "=x", "gr_single({x}, {at})", NULL},
};

static const SqlSpelling spellings[] = {
    {"grouping", EVERY & ~LITE, "GROUPING", NULL, NULL, NULL},
    {"grouping", SNOW | DUCK | SPARK | FLINK, "GROUPING_ID", NULL, NULL, NULL},
};

const FnFamily fn_select = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
