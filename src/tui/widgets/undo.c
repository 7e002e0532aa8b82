// undo: changes in order, joined into steps that a person would call one.
#include "base/buf.h"
#include "tui/widgets/text.h"
#include "tui/widgets/words.h"

enum { STEP_BYTES = 64, STEP_EDITS = 32 };

void undo_close(Undo *u)
{
    arena_free(&u->arena);
    *u = (Undo){0};
}

void undo_seal(Undo *u)
{
    u->sealed = true;
}

static size_t bytes_of(const Edit *e)
{
    return e->removed.len + e->inserted.len + sizeof *e;
}

// Forgets the oldest steps until half of the limit is left; the newest stays whatever it holds.
static void forget(Undo *u)
{
    size_t first = 0, bytes = u->bytes;
    while (first + 1 < u->edits.len && bytes > UNDO_BYTES_MAX / 2) {
        bytes -= bytes_of(&u->edits.at[first++]);
    }
    Undo kept = {.bytes = bytes, .sealed = u->sealed};
    for (size_t i = first; i < u->edits.len; i++) {
        Edit e = u->edits.at[i];
        e.removed = str_copy(&kept.arena, e.removed);
        e.inserted = str_copy(&kept.arena, e.inserted);
        *vec_push(&kept.arena, &kept.edits) = e;
    }
    if (kept.edits.len) kept.edits.at[0].joined = false;
    kept.done = u->done > first ? u->done - first : 0;
    arena_free(&u->arena);
    *u = kept;
}

static bool is_blank(Str s, size_t at)
{
    return s.ptr[at] == ' ' || s.ptr[at] == '\n';
}

// Does typing go on in the same word (with the blanks behind it)?
static bool continues_word(const Edit *last, const Edit *next)
{
    if (last->kind != EDIT_TYPE || next->kind != EDIT_TYPE || next->removed.len > 0) return false;
    if (last->at + last->inserted.len != next->at || last->inserted.len > STEP_BYTES) return false;
    bool after_blank = is_blank(last->inserted, last->inserted.len - 1);
    return !after_blank || is_blank(next->inserted, 0);
}

static bool continues_erasing(const Undo *u, const Edit *last, const Edit *next)
{
    if (last->kind != EDIT_ERASE || next->kind != EDIT_ERASE) return false;
    if (next->at != last->at && next->at + next->removed.len != last->at) return false;
    size_t run = 0;
    while (run < u->done && u->edits.at[u->done - 1 - run].joined) run++;
    return run < STEP_EDITS;
}

void undo_push(Undo *u, const Edit *e)
{
    for (size_t i = u->done; i < u->edits.len; i++) u->bytes -= bytes_of(&u->edits.at[i]);
    u->edits.len = u->done;
    Edit *last = u->done && !u->sealed ? &u->edits.at[u->done - 1] : NULL;
    u->sealed = false;
    if (last && continues_word(last, e)) {
        u->bytes += e->inserted.len;
        last->inserted =
            str_fmt(&u->arena, STR_FMT STR_FMT, STR_ARG(last->inserted), STR_ARG(e->inserted));
        last->cursor_after = e->cursor_after;
        return;
    }
    bool joined = e->joined || (last && continues_erasing(u, last, e));
    Edit *kept = vec_push(&u->arena, &u->edits);
    *kept = *e;
    kept->removed = str_copy(&u->arena, e->removed);
    kept->inserted = str_copy(&u->arena, e->inserted);
    kept->joined = joined && u->done > 0;
    u->done = u->edits.len;
    u->bytes += bytes_of(kept);
    if (u->bytes > UNDO_BYTES_MAX) forget(u);
}

const Edit *undo_back(Undo *u)
{
    return u->done ? &u->edits.at[--u->done] : NULL;
}

const Edit *undo_forward(Undo *u)
{
    return u->done < u->edits.len ? &u->edits.at[u->done++] : NULL;
}
