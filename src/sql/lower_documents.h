// lower_documents: arrays out of JSON, for another dialect.
#ifndef SQL_LOWER_DOCUMENTS_H
#define SQL_LOWER_DOCUMENTS_H
#include "sql/translate.h"

// The JSON value that an array is read out of; NULL: it is an array of the target's, too. `how`: X
// its elements are texts, J they are JSON, 0 home does not say.
SqlNode *documents_of(Translator *t, SqlNode *array, char *how);
SqlNode *documents_fit(Translator *t, SqlNode *json); // as the target's functions take it
SqlNode *documents_array(Translator *t, SqlNode *json, char how);
SqlNode *documents_counted(Translator *t, SqlNode *call); // the call itself where it is none
SqlNode *documents_named(Translator *t, SqlNode *call);   // the keys of JSON, not of a map
#endif
