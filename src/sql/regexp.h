// regexp: what the calls that are about regular expressions share.
#ifndef SQL_REGEXP_H
#define SQL_REGEXP_H
#include "sql/translate.h"

// ---- reading: SqlSpelling.read
Neutral read_regexp_count, read_regexp_extract, read_regexp_extract_all, read_regexp_find,
    read_regexp_instr, read_regexp_like, read_regexp_match, read_regexp_matches,
    read_regexp_replace, read_regexp_split, read_regexp_substr, read_regexp_substr_all,
    read_regexp_whole;

// In replacements the groups are $1 there, not \1.
bool regexp_has_dollars(Dialect d);
// A replacement with the references of the other kind.
Str regexp_turn_references(Translator *t, Str s, bool to_dollars);
// The number of the one group of a pattern, 0 = it has none: all of it; -1 = not known before the
// run.
SqlNode *regexp_own_group(Translator *t, const SqlNode *pattern);
#endif
