// path: file names as text.
#include "base/path.h"

// Without slashes at the end, but "/" stays.
static Str bare(Str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/') path.len--;
    return path;
}

// Where the last part begins; 0 when there is no folder before it.
static size_t base_at(Str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/') at--;
    return at;
}

Str path_join(Arena *a, Str dir, Str name)
{
    if (dir.len == 0 || str_starts(name, S("/"))) return str_copy(a, name);
    if (name.len == 0) return str_copy(a, dir);
    return str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(dir), str_ends(dir, S("/")) ? "" : "/",
                   STR_ARG(name));
}

Str path_dir(Str path)
{
    path = bare(path);
    return bare(str_slice(path, 0, base_at(path)));
}

Str path_base(Str path)
{
    path = bare(path);
    return str_eq(path, S("/")) ? path : str_slice(path, base_at(path), path.len);
}

Str path_stem(Str path)
{
    Str base = path_base(path);
    size_t dots = 0; // those in front make a hidden file or "..", not an extension
    while (dots < base.len && base.ptr[dots] == '.') dots++;
    for (size_t i = base.len; i > dots; i--) {
        if (base.ptr[i - 1] == '.') return str_slice(base, 0, i - 1);
    }
    return base;
}
