// place: line and column of a byte offset.
#include "sql/sql.h"

void sql_place(Str sql, size_t at, int *line, int *column)
{
    if (at > sql.len) at = sql.len;
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        if (sql.ptr[i] == '\n') {
            *line += 1;
            *column = 1;
        } else if (((unsigned char)sql.ptr[i] & 0xc0) != 0x80) { // not inside a code point
            *column += 1;
        }
    }
}

size_t sql_offset(Str sql, int line, int column)
{
    int at_line = 1, at_column = 1;
    for (size_t i = 0; i < sql.len; i++) {
        if (((unsigned char)sql.ptr[i] & 0xc0) == 0x80) continue;
        if (at_line == line && at_column == column) return i;
        at_column++;
        if (sql.ptr[i] == '\n') {
            at_line++;
            at_column = 1;
        }
    }
    return sql.len;
}
