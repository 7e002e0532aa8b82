// load: files in memory to a library; what the linter needs of it.
#ifndef PACK_LOAD_H
#define PACK_LOAD_H
#include "pack/read.h"
#include "pack/sources.h"

// One file as a tree. `pack` is what it belongs to: NULL for shared files and for what is left out.
typedef struct {
    SourceFile file;
    YamlDoc doc; // root is NULL when it is no YAML
    Pack *pack;
} LoadedFile;
typedef struct {
    LoadedFile *at;
    size_t len;
    SourceFiles sources; // the same, not parsed
} LoadedFiles;

LoadedFiles pack_unread(Arena *a, SourceFiles sources); // nothing parsed yet
// Parses and reads all files into packs; drills with faults are left out. Everything is in
// r->diags. `out` may have shared parts already, to which those of the files are added.
void pack_load_all(Reader *r, LoadedFiles files, Library *out);
SourceFiles pack_files_under(Arena *a, SourceFiles files, Str root); // those of one pack, or shared

// outline.c: pack_load for files that may be known from an earlier start.
void pack_load_outlines(Arena *a, Str cache_dir, SourceFiles files, Library *out, Diags *diags);
// The fields of a root, told by its keys: a pack's head, a loop, a plan, skills, or a part.
const Object *pack_root_object(const YamlNode *root);

// Advice for the packs among `files` (lint.c).
void pack_advise(Reader *r, LoadedFiles files, const Library *l);
#endif
