// pack: YAML to the specs of drill.h; every fault with file:line:column. One table of fields feeds
// loader, schema and docs.
//
// A pack is one file, or a folder with pack.yaml and other files with the same keys beside it. What
// is broken is left out and reported, the rest goes on: a drill with a fault, a pack without a
// name, a file that is a device. Specs borrow from the files' bytes; all of it lives in the arena.
#ifndef PACK_PACK_H
#define PACK_PACK_H
#include "base/wire.h"
#include "drill/drill.h"

enum {
    PACK_FILES_MAX = 200, // in one folder
};

typedef struct {
    Str share_dir; // drills/, schemas/, content/ of the installation; "" = none
    StrList extra; // --pack PATH: files or folders
    bool shipped;  // load the shipped drills/ as well
    Str cache_dir; // where outlines of packs are kept between starts; "" = all is read each time
} PackSources;

// Loads all that can be loaded; what cannot is in `diags` with its place, and the rest goes on.
// False when nothing could be. With a cache_dir, packs that were read without fault before and have
// not changed by a byte come in outline (library_read): their YAML is not parsed. `a` must then
// outlive the library and stay where it is.
MUST_USE bool pack_load(Arena *a, const PackSources *from, Library *out, Diags *diags, Error *err);
// Checks files or folders for `pack lint`: everything pack_load says and the advice (warnings) as
// well. Shared warehouses, sets and skills come from from->share_dir; the shipped packs are not
// read. False when there is nothing at any of the paths.
MUST_USE bool pack_lint(Arena *a, const PackSources *from, StrList paths, Diags *diags, Error *err);
// The JSON Schema of the pack format, from the same table of fields.
Str pack_schema(Arena *a);

// ---- for jobs: a request carries the bytes a drill is made of, its helper parses them again

// The drill's own file, its pack's head, and every file with a warehouse or sets that it may
// use.
SourceFiles pack_files(Arena *a, const Library *l, const Drill *d);
// The same as pack_load for files that are already read; nothing on the disk is touched.
MUST_USE bool pack_load_files(Arena *a, const SourceFiles *files, Library *out, Diags *diags,
                              Error *err);
void pack_files_wire(Buf *b, const SourceFiles *files);
SourceFiles pack_files_read(Arena *a, Wire *w); // w->bad on a malformed message; borrows from it
#endif
