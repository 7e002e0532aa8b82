// fn_select: functions that belong to a query: levels of ROLLUP, subqueries of one row, variables.
#include "sql/translate.h"

static const SqlFn fns[] = {
    {"grouping", "keys...", FN_AGGREGATE, "integer!", "", NULL},
    {"grouping_id", "keys...", FN_AGGREGATE, "integer!", "", NULL},
    {"range", "low high bounds?", FN_SCALAR, "", "", NULL}, // neutral_range
    {"single", "x", FN_AGGREGATE, "=x", "gr_single({x}, {at})", NULL},
    {"variable", "name", FN_SCALAR, "", "gr_variable('{name}')", NULL},
    {"variable_set", "name value", FN_SCALAR, "=value", "gr_variable_set('{name}', {value})", NULL},
};

static const SqlSpelling spellings[] = {
    {"grouping", EVERY & ~LITE, "GROUPING", NULL, NULL, NULL},
    {"grouping", SNOW | DUCK | SPARK | FLINK, "GROUPING_ID", NULL, NULL, NULL},
    {"grouping", SPARK, "GROUPING_ID", "", NULL, NULL}, // of all keys
    {"variable", MY, "@", NULL, "@{name}", NULL},
    {"range", PG, "DATERANGE", "_ _ _?", NULL, read_range_pg},
    {"range", PG, "INT4RANGE", "_ _ _?", NULL, read_range_pg},
    {"range", PG, "INT8RANGE", "_ _ _?", NULL, read_range_pg},
    {"range", PG, "NUMRANGE", "_ _ _?", NULL, read_range_pg},
    {"range", PG, "TSRANGE", "_ _ _?", NULL, read_range_pg},
    {"range", PG, "TSTZRANGE", "_ _ _?", NULL, read_range_pg},
    {"variable_set", MY, "@:=", NULL, "(@{name} := {value})", NULL},
};

const FnFamily fn_select = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
