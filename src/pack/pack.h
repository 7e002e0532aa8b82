// pack: YAML to the specs of drill.h; every fault with file:line:column. One table of fields feeds
// loader, schema and docs.
#ifndef PACK_PACK_H
#define PACK_PACK_H
#include "drill/drill.h"

typedef struct {
    Str share_dir; // drills/, schemas/, content/ of the installation
    StrList extra; // --pack PATH: files or folders
    bool shipped;  // load the shipped drills/ as well
} PackSources;

// Loads all that can be loaded; what cannot is in `diags` with its place, and the rest goes on.
// False when nothing could be.
MUST_USE bool pack_load(Arena *a, const PackSources *from, Library *out, Diags *diags, Error *err);
// Checks files or folders for `pack lint`: everything pack_load says and the advice (warnings) as
// well.
MUST_USE bool pack_lint(Arena *a, const PackSources *from, StrList paths, Diags *diags, Error *err);
// The JSON Schema of the pack format, from the same table of fields.
Str pack_schema(Arena *a);
#endif
