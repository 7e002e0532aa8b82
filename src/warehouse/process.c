// process: finds the process that fills a table.
#include "warehouse/process.h"

const StrList WAREHOUSE_PROCESSES = {0};

bool process_table(ProcessRun *run, size_t table, Error *err)
{
    const TableSpec *t = &run->w->tables[table];
    return error_at(err, ERROR_INPUT, t->at.file, t->at.line, t->at.column,
                    "there is no process '" STR_FMT "' that could fill the table '" STR_FMT "'",
                    STR_ARG(t->process), STR_ARG(t->name));
}
