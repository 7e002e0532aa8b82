// keyword: the words that are drawn as keywords: the union of what the dialects reserve or treat as
// such in a query.
#include "sql/sql.h"
#include <stdlib.h>

// Sorted by bytes: found by bisection. Types stand here too; functions do not.
static const Str words[] = {
    STR_LIT("ALL"),          STR_LIT("ALTER"),
    STR_LIT("AND"),          STR_LIT("ANTI"),
    STR_LIT("ANY"),          STR_LIT("ARRAY"),
    STR_LIT("AS"),           STR_LIT("ASC"),
    STR_LIT("ASOF"),         STR_LIT("AT"),
    STR_LIT("BETWEEN"),      STR_LIT("BIGINT"),
    STR_LIT("BOOLEAN"),      STR_LIT("BY"),
    STR_LIT("CASE"),         STR_LIT("CAST"),
    STR_LIT("CHECK"),        STR_LIT("CLUSTER"),
    STR_LIT("COLLATE"),      STR_LIT("CONFLICT"),
    STR_LIT("CONSTRAINT"),   STR_LIT("CREATE"),
    STR_LIT("CROSS"),        STR_LIT("CUBE"),
    STR_LIT("CURRENT"),      STR_LIT("CURRENT_DATE"),
    STR_LIT("CURRENT_TIME"), STR_LIT("CURRENT_TIMESTAMP"),
    STR_LIT("DATE"),         STR_LIT("DECIMAL"),
    STR_LIT("DEFAULT"),      STR_LIT("DELETE"),
    STR_LIT("DESC"),         STR_LIT("DISTINCT"),
    STR_LIT("DO"),           STR_LIT("DOUBLE"),
    STR_LIT("ELSE"),         STR_LIT("END"),
    STR_LIT("ESCAPE"),       STR_LIT("EXCEPT"),
    STR_LIT("EXCLUDE"),      STR_LIT("EXISTS"),
    STR_LIT("EXPLAIN"),      STR_LIT("EXTRACT"),
    STR_LIT("FALSE"),        STR_LIT("FETCH"),
    STR_LIT("FILTER"),       STR_LIT("FIRST"),
    STR_LIT("FLOAT"),        STR_LIT("FOLLOWING"),
    STR_LIT("FOR"),          STR_LIT("FOREIGN"),
    STR_LIT("FROM"),         STR_LIT("FULL"),
    STR_LIT("GLOB"),         STR_LIT("GROUP"),
    STR_LIT("GROUPING"),     STR_LIT("GROUPS"),
    STR_LIT("HAVING"),       STR_LIT("IGNORE"),
    STR_LIT("ILIKE"),        STR_LIT("IN"),
    STR_LIT("INNER"),        STR_LIT("INSERT"),
    STR_LIT("INT"),          STR_LIT("INTEGER"),
    STR_LIT("INTERSECT"),    STR_LIT("INTERVAL"),
    STR_LIT("INTO"),         STR_LIT("IS"),
    STR_LIT("JOIN"),         STR_LIT("KEY"),
    STR_LIT("LAST"),         STR_LIT("LATERAL"),
    STR_LIT("LEFT"),         STR_LIT("LIKE"),
    STR_LIT("LIMIT"),        STR_LIT("MATCHED"),
    STR_LIT("MATERIALIZED"), STR_LIT("MERGE"),
    STR_LIT("MINUS"),        STR_LIT("NATURAL"),
    STR_LIT("NO"),           STR_LIT("NOT"),
    STR_LIT("NOTHING"),      STR_LIT("NULL"),
    STR_LIT("NULLS"),        STR_LIT("NUMERIC"),
    STR_LIT("OF"),           STR_LIT("OFFSET"),
    STR_LIT("ON"),           STR_LIT("OR"),
    STR_LIT("ORDER"),        STR_LIT("OUTER"),
    STR_LIT("OVER"),         STR_LIT("OVERWRITE"),
    STR_LIT("PARTITION"),    STR_LIT("PIVOT"),
    STR_LIT("PRECEDING"),    STR_LIT("PRIMARY"),
    STR_LIT("QUALIFY"),      STR_LIT("RANGE"),
    STR_LIT("REAL"),         STR_LIT("RECURSIVE"),
    STR_LIT("REFERENCES"),   STR_LIT("REGEXP"),
    STR_LIT("RESPECT"),      STR_LIT("RIGHT"),
    STR_LIT("RLIKE"),        STR_LIT("ROLLUP"),
    STR_LIT("ROW"),          STR_LIT("ROWS"),
    STR_LIT("SELECT"),       STR_LIT("SEMI"),
    STR_LIT("SET"),          STR_LIT("SETS"),
    STR_LIT("SIMILAR"),      STR_LIT("SOME"),
    STR_LIT("STRING"),       STR_LIT("TABLE"),
    STR_LIT("TABLESAMPLE"),  STR_LIT("TEMP"),
    STR_LIT("TEMPORARY"),    STR_LIT("TEXT"),
    STR_LIT("THEN"),         STR_LIT("TIES"),
    STR_LIT("TIMESTAMP"),    STR_LIT("TO"),
    STR_LIT("TRUE"),         STR_LIT("TRY_CAST"),
    STR_LIT("UNBOUNDED"),    STR_LIT("UNION"),
    STR_LIT("UNIQUE"),       STR_LIT("UNKNOWN"),
    STR_LIT("UNNEST"),       STR_LIT("UNPIVOT"),
    STR_LIT("UPDATE"),       STR_LIT("USING"),
    STR_LIT("VALUES"),       STR_LIT("VARCHAR"),
    STR_LIT("VIEW"),         STR_LIT("WHEN"),
    STR_LIT("WHERE"),        STR_LIT("WINDOW"),
    STR_LIT("WITH"),         STR_LIT("WITHIN"),
};
enum { WORDS = sizeof words / sizeof *words, LONGEST = 24 };

static int by_bytes(const void *key, const void *member)
{
    const Str *k = key, *m = member;
    int c = (unsigned char)k->ptr[0] - (unsigned char)m->ptr[0]; // decides most steps
    return c ? c : str_cmp(*k, *m);
}

bool sql_is_keyword(Str word)
{
    char upper[LONGEST];
    if (word.len == 0 || word.len > LONGEST) return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    Str key = {upper, word.len};
    return bsearch(&key, words, WORDS, sizeof *words, by_bytes) != NULL;
}

StrList sql_keywords(void)
{
    return (StrList){(Str *)words, WORDS};
}
