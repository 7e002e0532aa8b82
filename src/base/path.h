// path: joining and taking apart file names. Nothing here touches the disk.
#ifndef BASE_PATH_H
#define BASE_PATH_H
#include "base/str.h"

Str path_join(Arena *a, Str dir, Str name); // an absolute name stands alone
Str path_dir(Str path);                     // "" when there is none
Str path_base(Str path);
Str path_stem(Str path); // base without its last extension
#endif
