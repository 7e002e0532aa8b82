// sql_random_forms: texts with gaps, each with the dialects that read it.
#ifndef SUPPORT_SQL_RANDOM_FORMS_H
#define SUPPORT_SQL_RANDOM_FORMS_H
#include "sql/sql.h"

typedef struct {
    unsigned in; // a bit a dialect
    const char *text;
} SqlForm;
typedef struct {
    const SqlForm *at;
    size_t len;
} SqlForms;

extern const SqlForms sql_forms_number, sql_forms_condition, sql_forms_aggregate, sql_forms_window,
    sql_forms_source, sql_forms_statement;
#endif
