// fn_array: arrays (JSON text at run time), structs, and functions that make rows.
#include "sql/translate.h"

static const SqlFn fns[] = {
    {"array_length", "array", FN_SCALAR, "integer", "json_array_length({array})", NULL},
};

static const SqlSpelling spellings[] = {
    {"array_length", BIG | DUCK, "ARRAY_LENGTH", NULL, NULL, NULL},
    {"array_length", SNOW | SPARK, "ARRAY_SIZE", NULL, NULL, NULL},
    {"array_length", SPARK | TRINO | PG | FLINK, "CARDINALITY", NULL, NULL, NULL},
};

const FnFamily fn_array = {fns, sizeof fns / sizeof *fns, spellings,
                           sizeof spellings / sizeof *spellings};
