// fn_text: functions over text.
#include "sql/translate.h"

static const SqlFn fns[] = {
    {"lower", "x", FN_SCALAR, "text", NULL, NULL},
    {"upper", "x", FN_SCALAR, "text", NULL, NULL},
};

static const SqlSpelling spellings[] = {
    {"lower", EVERY, "LOWER", NULL, NULL, NULL},
    {"lower", MY, "LCASE", NULL, NULL, NULL},
    {"upper", EVERY, "UPPER", NULL, NULL, NULL},
    {"upper", MY, "UCASE", NULL, NULL, NULL},
};

const FnFamily fn_text = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
