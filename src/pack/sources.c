// sources: from paths to bytes. Nothing here knows what is in a file.
#include "pack/sources.h"
#include "base/file.h"
#include "base/path.h"
#include "yaml/yaml.h"

static Place start_of(Str path)
{
    return (Place){path, 1, 1};
}

static void skip(Str path, const Error *why, Diags *diags)
{
    diag_error(diags, start_of(path), "%s", why->text);
}

// Reads one file; `root` is the pack it belongs to.
static bool add_file(Arena *a, Str path, Str root, SourceVec *into, Diags *diags)
{
    Error err = {0};
    Str bytes;
    if (!file_read(a, path, YAML_BYTES_MAX, &bytes, &err)) {
        skip(path, &err, diags);
        return false;
    }
    *vec_push(a, into) = (SourceFile){.path = path, .bytes = bytes, .root = root};
    return true;
}

static bool is_yaml(Str name)
{
    return str_ends(name, S(".yaml")) && name.len > 5;
}

// A pack never read because its files have another ending would be a riddle.
static void check_ending(Str path, Diags *diags)
{
    if (!str_ends(path, S(".yml"))) return;
    diag_warn(diags, start_of(path), "this file is not read: its name must end in .yaml");
}

static bool list(Arena *a, Str dir, StrList *names, Diags *diags)
{
    Error err = {0};
    if (file_list(a, dir, PACK_FILES_MAX, names, &err)) return true;
    skip(dir, &err, diags);
    return false;
}

static bool has_head(Arena *a, Str dir)
{
    return file_exists(path_join(a, dir, S("pack.yaml")));
}

// A pack's folder: the head first, the others in the order of their names.
static void add_folder(Arena *a, Str dir, SourceVec *into, Diags *diags)
{
    StrList names;
    if (!list(a, dir, &names, diags)) return;
    add_file(a, path_join(a, dir, S("pack.yaml")), dir, into, diags);
    for (size_t i = 0; i < names.len; i++) {
        Str path = path_join(a, dir, names.at[i]);
        check_ending(path, diags);
        if (is_yaml(names.at[i]) && !str_eq(names.at[i], S("pack.yaml"))) {
            add_file(a, path, dir, into, diags);
        }
    }
}

// A folder of packs: its folders with a head, and its files, each a pack by itself.
static void add_folders(Arena *a, Str dir, SourceVec *into, Diags *diags)
{
    StrList names;
    size_t before = into->len, faults = diags->errors;
    if (!list(a, dir, &names, diags)) return;
    for (size_t i = 0; i < names.len; i++) {
        Str path = path_join(a, dir, names.at[i]);
        check_ending(path, diags);
        if (file_is_dir(path) && has_head(a, path))
            add_folder(a, path, into, diags);
        else if (is_yaml(names.at[i]))
            add_file(a, path, path, into, diags);
    }
    if (into->len > before || diags->errors > faults) return;
    diag_error(diags, start_of(dir), "no pack is here: neither pack.yaml nor any .yaml file");
}

void pack_gather(Arena *a, Str path, SourceVec *into, Diags *diags)
{
    if (!file_is_dir(path))
        add_file(a, path, path, into, diags);
    else if (has_head(a, path))
        add_folder(a, path, into, diags);
    else
        add_folders(a, path, into, diags);
}

static void add_if_there(Arena *a, Str path, SourceVec *into, Diags *diags)
{
    if (file_exists(path)) add_file(a, path, S(""), into, diags);
}

void pack_gather_shared(Arena *a, Str share_dir, SourceVec *into, Diags *diags)
{
    StrList names = {0};
    Str warehouses = path_join(a, share_dir, S("schemas/warehouses"));
    add_if_there(a, path_join(a, share_dir, S("schemas/skills.yaml")), into, diags);
    add_if_there(a, path_join(a, share_dir, S("content/sets.yaml")), into, diags);
    if (file_is_dir(warehouses) && !list(a, warehouses, &names, diags)) return;
    for (size_t i = 0; i < names.len; i++) {
        if (!is_yaml(names.at[i])) continue;
        add_file(a, path_join(a, warehouses, names.at[i]), S(""), into, diags);
    }
}
