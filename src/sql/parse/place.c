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
