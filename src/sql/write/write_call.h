// write_call: what the files that write a neutral call share.
#ifndef SQL_WRITE_CALL_H
#define SQL_WRITE_CALL_H
#include "sql/format.h"

// write_call.c
const SqlSpelling *spelling_for(const SqlNode *call, const SqlFn *fn, Dialect d); // NULL: none fits
// write_form.c
void out_form(Out *o, const SqlNode *call, const SqlFn *fn, Str form, Str args);
// write_argument.c
bool arg_is_there(const SqlNode *call, uint32_t i);
bool arg_is_word(Str param); // a unit or a part of a time
bool arg_is_format(const FnToken *tok);
const SqlNode *arg_unwrapped(const Out *o, const SqlNode *call, const SqlNode *n, Str notation);
const SqlNode *arg_in_notation(Out *o, const SqlNode *n, Str notation);
Str arg_time_word(Out *o, const SqlNode *n, Str param);
void out_interval_of(Out *o, const SqlNode *call, const SqlFn *fn);
#endif
