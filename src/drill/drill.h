// drill: plain specs of packs and drills; no code but accessors. `pack` makes them, everybody reads
// them.
#ifndef DRILL_DRILL_H
#define DRILL_DRILL_H
#include "base/map.h"
#include "dialog/dialog.h"
#include "exam/exam.h"

typedef enum {
    KIND_SQL,
    KIND_KERNEL,
    KIND_MODEL,
    KIND_DESIGN,
    KIND_INCIDENT,
    KIND_STORY,
    KIND_EXPLAIN,
    KIND_CARD,
    KIND_LAST = KIND_CARD,
} DrillKind;
enum { KIND_COUNT_ = KIND_LAST + 1 };
const char *kind_name(DrillKind k);
bool kind_from_name(Str name, DrillKind *out);

typedef enum {
    LEVEL_WARMUP,
    LEVEL_CORE,
    LEVEL_SENIOR,
    LEVEL_STAFF,
    LEVEL_LAST = LEVEL_STAFF
} Level;
enum { LEVEL_COUNT_ = LEVEL_LAST + 1 };
const char *level_name(Level l);
bool level_from_name(Str name, Level *out);

typedef struct {
    Str name;    // "clarify", "claim", "situation" …
    int seconds; // its share of the clock
} Beat;

// One file as it was read. A job's request carries these bytes, so that its helper parses the same
// text again and no spec is serialised twice.
typedef struct {
    Str path;  // as named in messages
    Str bytes; // all of it
    Str root;  // the file or folder of the pack it belongs to; "" = shared by all packs
} SourceFile;
typedef struct {
    SourceFile *at;
    size_t len;
} SourceFiles;

// One of several hidden truths behind a vague prompt: what its facts say, and what is right then.
typedef struct {
    Str id;
    DialogTelling *tells; // facts that say something else than the drill's own
    size_t tell_count;
    ExamSpec exam; // the drill's, with this world's answers
    Place at;
} DrillWorld;

typedef struct Pack Pack;
typedef struct {
    Str id; // "pack/slug"
    Str slug;
    DrillKind kind;
    Level level;
    Str title, prompt, solution;
    StrList skills, hints, sources, was, values;
    int version;
    double points;
    int clock_seconds; // minutes, or the sum of the beats
    Beat *beats;       // never empty: by kind unless written
    size_t beat_count;
    DialogFact *facts;
    size_t fact_count;
    RubricItem *items;
    size_t item_count;
    ExamSpec exam; // KIND_SQL; with worlds, that of the first
    DrillWorld *worlds;
    size_t world_count; // 0 = the drill is its only world
    uint64_t hash;      // of the drill's own YAML text: attempts keep it beside the id
    Str source;         // that text
    WordSets sets;      // shared ones, the pack's and its own
    const Pack *pack;
    Place at;
} Drill;

struct Pack {
    Str name, title, licence;
    StrList authors;
    int version;
    Str path; // file or folder it came from
    Drill *drills;
    size_t drill_count;
    WarehouseSpec **warehouses; // its own; shared ones come from schemas/warehouses
    size_t warehouse_count;
    WordSets sets;     // shared ones and its own
    SourceFiles files; // pack.yaml or the single file first
    bool outline;      // its drills are known as lists show them: see library_read
    Place at;
};

// Which world holds in an attempt: drawn by its seed. 0 where there are none.
size_t drill_draw(const Drill *d, uint64_t seed);
const ExamSpec *drill_exam(const Drill *d, size_t world);
// The facts as they are told in that world.
DialogFact *drill_facts(Arena *a, const Drill *d, size_t world);

// Everything that was loaded.
typedef struct Library Library;
struct Library {
    Pack **packs;
    size_t pack_count;
    WarehouseSpec **warehouses; // the shared ones
    size_t warehouse_count;
    WordSets sets;     // the shared ones
    StrList skills;    // the registry; empty = none was found, nothing to hold a skill against
    SourceFiles files; // the shared ones
    // How the whole of a pack is read that is known in outline; NULL = there is none.
    void (*fill)(Library *l, Pack *p);
    Arena *fill_arena;
    bool shared_unread; // warehouses, sets and skills too wait for the first fill
};

// A pack that was read before and has not changed since may be known in outline: of its drills what
// lists show (id, kind, level, title, prompt, skills, values, old ids, version, points, clock,
// beats, hash), of itself the head. This reads the rest, in place, so that pointers stay good; it
// costs nothing when all is known. Call it before a drill is begun, run or explained.
void library_read(const Library *l, const Drill *d);
void library_read_all(const Library *l);

// By id or by an old one (`was`, with or without its pack); a slug alone finds its drill when no
// other pack has one of that name. NULL when unknown.
const Drill *library_drill(const Library *l, Str id);
size_t library_drill_count(const Library *l);
const Drill *library_at(const Library *l, size_t i); // in pack order; NULL behind the last
// A pack's own or a shared one by name. Packs that do not see each other's warehouses may use one
// name twice: `pack` says whose comes first; NULL = the shared ones, then every pack's in order,
// and all packs are read for it.
const WarehouseSpec *library_warehouse_of(const Library *l, const Pack *pack, Str name);
const WarehouseSpec *library_warehouse(const Library *l, Str name);
Str library_nearest_id(Arena *a, const Library *l, Str id); // for "did you mean"; "" = none is near
#endif
