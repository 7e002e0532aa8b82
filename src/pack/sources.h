// sources: which files make up packs and shared parts, read from the disk with every limit.
#ifndef PACK_SOURCES_H
#define PACK_SOURCES_H
#include "base/vec.h"
#include "pack/pack.h"

typedef VEC(SourceFile) SourceVec;

// The files of the pack or packs at a path: a file; a folder with pack.yaml; a folder of those.
// What cannot be read is reported with its reason and left out.
void pack_gather(Arena *a, Str path, SourceVec *into, Diags *diags);
// The shared parts of an installation: warehouses, sets, skills. What is not there is not missed.
void pack_gather_shared(Arena *a, Str share_dir, SourceVec *into, Diags *diags);
#endif
