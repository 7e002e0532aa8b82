// file: reading and writing whole files, with limits, atomically.
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include "base/error.h"

// Reads a regular file of at most `limit` bytes. Devices, FIFOs and directories are refused without
// blocking.
MUST_USE bool file_read(Arena *a, Str path, size_t limit, Str *out, Error *err);
MUST_USE bool file_read_stdin(Arena *a, size_t limit, Str *out, Error *err);
// Writes beside the target, fsyncs, renames over it, fsyncs the folder: old or new, never between.
MUST_USE bool file_write_atomic(Str path, Str bytes, Error *err);
// Fsyncs `from`, renames it over `to` (in the same file system), fsyncs the folder.
MUST_USE bool file_rename(Str from, Str to, Error *err);
MUST_USE bool file_make_dirs(Str path, Error *err); // like mkdir -p, mode 0700
bool file_exists(Str path);
bool file_is_dir(Str path);
bool file_remove(Str path);
// Names in a folder, sorted by bytes, without "." and "..", without hidden ones; at most `limit`.
MUST_USE bool file_list(Arena *a, Str dir, size_t limit, StrList *out, Error *err);
#endif
