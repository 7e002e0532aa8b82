// literals_calls: what the calls of a query say of rounding, and which columns it glues together or
// holds against each other.
#include "exam/data/literals/literals.h"
#include "exam/data/literals/literals_scan.h"

static bool keeps_decimals(const Token *t)
{
    static const char *const words[] = {"round", "truncate", "trunc", "decimal", "numeric"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

static bool glues(const Token *t)
{
    static const char *const words[] = {"concat", "concat_ws"};
    return scan_is_any(t, words, sizeof words / sizeof *words);
}

void scan_calls(Scan *s, const Token *t)
{
    int64_t kept = 0;
    if (str_eq(t->text, S("("))) {
        if (s->depth < CALLS_MOST) {
            s->rounds[s->depth] = keeps_decimals(&s->before[1]);
            s->comma[s->depth] = false;
        }
        s->depth++;
        if (!s->gluing && glues(&s->before[1])) s->gluing = s->depth;
    }
    bool inside = s->depth && s->depth <= CALLS_MOST;
    if (inside && str_eq(t->text, S(","))) s->comma[s->depth - 1] = true;
    if (!str_eq(t->text, S(")")) || !s->depth) return;
    if (s->depth-- == s->gluing) s->gluing = 0;
    if (s->depth >= CALLS_MOST || !s->rounds[s->depth]) return;
    bool plain = str_eq(s->before[0].text, S(",")) && str_to_i64(s->before[1].text, &kept);
    if (s->comma[s->depth] && !plain) return;
    const int64_t most = 8;
    size_t decimals = (size_t)(kept < most ? kept : most) + 1;
    if (decimals > s->out->decimals) s->out->decimals = decimals;
}

static void add_glued(Scan *s, Str name)
{
    for (size_t i = 0; i < s->glued.len; i++) {
        if (str_eq_nocase(s->glued.at[i], name)) return;
    }
    *vec_push(s->arena, &s->glued) = name;
}

// The columns of CONCAT(x, y) and x || y, each once. A name before a point or a parenthesis is a
// table or a function.
void scan_glue(Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool pipes = str_eq(t->text, S("||")), behind = str_eq(b->text, S("||"));
    bool column = b->kind == TOKEN_NAME && !str_eq(t->text, S(".")) && !str_eq(t->text, S("("));
    if (column && (pipes || s->piped || s->gluing)) add_glued(s, literals_bare(b->text));
    if (t->kind == TOKEN_NAME && !str_eq(b->text, S("."))) s->piped = behind;
}

// x = y of two columns with other names: a.to_id = b.from_id.
void scan_joins(Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool name = t->kind == TOKEN_NAME, point = str_eq(t->text, S("."));
    if (scan_is_comparison(t) && t->text.ptr[0] == '=' && b->kind == TOKEN_NAME) {
        s->left = literals_bare(b->text);
        s->right = (Str){0};
    } else if (s->left.len && name) {
        s->right = literals_bare(t->text);
    } else if (s->left.len && !point) {
        bool call = str_eq(t->text, S("("));
        if (s->right.len && !call && !str_eq_nocase(s->left, s->right)) {
            *vec_push(s->arena, &s->joined) = s->left;
            *vec_push(s->arena, &s->joined) = s->right;
        }
        if (str_eq_nocase(s->left, s->right)) *vec_push(s->arena, &s->grouped) = s->left;
        s->left = (Str){0};
    }
}

void scan_groups(Scan *s, const Token *t)
{
    static const char *const words[] = {"partition", "group"};
    bool between = str_eq(t->text, S(",")) || str_eq(t->text, S("."));
    if (scan_is_word(t, "by") && scan_is_any(&s->before[1], words, sizeof words / sizeof *words)) {
        s->grouping = true;
    } else if (s->grouping && t->kind == TOKEN_NAME) {
        *vec_push(s->arena, &s->grouped) = literals_bare(t->text);
    } else if (!between) {
        s->grouping = false;
    }
}

// STRING_AGG(x, ''): gathered without anything between, 'a' and 'b' are 'ab'.
void scan_lists(Scan *s, const Token *t)
{
    static const char *const words[] = {"string_agg", "group_concat", "listagg", "array_to_string"};
    const Token *b = &s->before[1];
    bool call = scan_is_any(b, words, sizeof words / sizeof *words);
    if (str_eq(t->text, S("(")) && call && !s->listing) {
        s->listing = s->depth + 1; // it has not been counted yet
        s->listed = (Str){0};
    }
    if (!s->listing) return;
    if (t->kind == TOKEN_NAME) s->listed = literals_bare(t->text);
    if (t->kind == TOKEN_STRING && t->text.len == 2 && s->listed.len) add_glued(s, s->listed);
    if (str_eq(t->text, S(")")) && s->depth == s->listing) s->listing = 0;
}
