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
} LoadedFiles;

// Parses and reads all files; drills with faults are left out. Everything is in r->diags.
void pack_load_all(Reader *r, LoadedFiles files, Library *out);
// The fields of a root, told by its keys: a pack's head, a loop, a plan, skills, or a part.
const Object *pack_root_object(const YamlNode *root);

// Advice for the packs among `files` (lint.c).
void pack_advise(Reader *r, LoadedFiles files, const Library *l);
#endif
