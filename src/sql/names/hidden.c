// hidden: columns that an engine gives every table by itself, which no table here has: named.
#include "base/error.h"
#include "sql/dialects.h"
#include "sql/scope.h"

static const struct {
    unsigned in;
    const char *name; // a `*` behind: what starts so
    const char *what, *instead;
} rows[] = {
    {PG, "ctid", "the place of a row in its file",
     "number the rows with ROW_NUMBER(), or use a key"},
    {PG, "xmin", "the transaction that wrote a row", "use a column of the table"},
    {PG, "xmax", "the transaction that deleted a row", "use a column of the table"},
    {PG, "cmin", "the command that wrote a row", "use a column of the table"},
    {PG, "cmax", "the command that deleted a row", "use a column of the table"},
    {PG, "tableoid", "the number of the table", "write the table's name as a text"},
    {DUCK, "rowid", "the place of a row in its table",
     "number the rows with ROW_NUMBER(), or use a key"},
    {SNOW, "METADATA$*", "what a stage or a stream says of a row", "use a column of the table"},
    {BIG, "_PARTITION*", "when a row was loaded",
     "use the column that the table is partitioned by"},
    {BIG, "_TABLE_SUFFIX", "the end of a table's name", "name one table"},
    {BIG, "_FILE_NAME", "the file of a row", "use a column of the table"},
    {SPARK, "_metadata", "the file of a row", "use a column of the table"},
    {TRINO, "$*", "the file of a row", "use a column of the table"},
};

static bool is_called(Str name, const char *row)
{
    Str text = str_from(row);
    bool start = str_ends(text, S("*"));
    if (start) text.len--;
    return str_eq_nocase(start ? str_slice(name, 0, text.len) : name, text);
}

bool fail_hidden(Resolver *r, const SqlNode *n, Str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(rows[i].in >> r->dialect & 1) || !is_called(name, rows[i].name)) continue;
        if (!r->failed)
            error_at(r->err, ERROR_UNSUPPORTED, S(""), (int)n->line, (int)n->column,
                     STR_FMT ", %s, is not known here: %s.", STR_ARG(name), rows[i].what,
                     rows[i].instead);
        r->failed = true;
        return true;
    }
    return false;
}
