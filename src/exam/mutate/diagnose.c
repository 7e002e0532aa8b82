// diagnose: what a wrong answer behaves like: one of the author's wrong answers, or a mutant of the
// reference.
//
// Whoever gave the same on the counterexample meets the answer on more databases, and whoever
// differs once is out. Named is only what is left, and only when the databases have told the answer
// from the reference more than once and leave no more than two things to say.
#include "base/buf.h"
#include "exam/bank.h"
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { DATABASES_MOST = 120, LOADS_MOST = 40, SEEN_LEAST = 2 };

typedef struct {
    Examinee *x;
    Paper *paper;
    Rival **who; // who is left
    size_t count;
    uint64_t *prints;
    bool *met;   // of the planned cases
    size_t seen; // databases on which the answer differs from the reference, and is as they are
    size_t met_all, rows; // databases that the answer met, and what it gave on all of them together
} Suspects;

// The database that all meet. `at`: its place among the drill's cases, where what a rival gives is
// kept for the next answer; NO_CASE = it is none of them.
#define NO_CASE SIZE_MAX
typedef struct {
    Str image;
    const Table *expected;
    int64_t steps; // that the reference took
    Case *c;       // NULL = the counterexample's, on which the reference is known to be stable
    size_t at;
} Meeting;

// The answer, and those of whom it is not known yet what they give here, in one go.
static bool run_all(Suspects *p, const Meeting *m, uint64_t *print, Error *err)
{
    Arena scratch = {0};
    const SqlProgram **programs = arena_array(&scratch, const SqlProgram *, p->count + 1);
    QueryResult *results = arena_array(&scratch, QueryResult, p->count + 1);
    size_t *whose = arena_array(&scratch, size_t, p->count + 1), n = 1;
    Examinee as_written = *p->x; // not by the columns of the answer
    as_written.column_of = NULL;
    programs[0] = p->x->answer;
    for (size_t i = 0; i < p->count; i++) {
        p->prints[i] = m->at == NO_CASE ? 0 : p->who[i]->prints[m->at];
        if (p->prints[i]) continue;
        programs[n] = &p->who[i]->program;
        whose[n++] = i;
    }
    QueryLimits limits = run_near(m->steps);
    RunMany run = {m->image, programs, n, &limits, NULL};
    bool ok = run_many(p->x, &scratch, run, results, err);
    Run alone = {m->image, p->x->answer, &EXAM_TINY}; // which may be slower than the reference
    if (ok && error_is_limit(results[0].error.kind))
        ok = run_on(p->x, &scratch, alone, &results[0], err);
    if (ok) *print = print_of(p->x, m->expected, &results[0]);
    p->rows += ok ? results[0].table.rows : 0;
    p->met_all++;
    for (size_t i = 1; ok && i < n; i++) {
        Rival *r = p->who[whose[i]];
        uint64_t found = print_of(&as_written, m->expected, &results[i]);
        p->prints[whose[i]] = found;
        if (m->at != NO_CASE) r->prints[m->at] = found;
    }
    arena_free(&scratch);
    return ok;
}

// Whether anything is learnt here: somebody gives something else, or the reference does.
static bool tells(const Suspects *p, uint64_t print)
{
    bool alike = print == PRINT_SAME;
    for (size_t i = 0; i < p->count && alike; i++) alike = p->prints[i] == print;
    return !alike;
}

static void keep_those_like(Suspects *p, uint64_t print)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->prints[i] == print) p->who[n++] = p->who[i];
    }
    p->count = n;
    p->seen += print != PRINT_SAME;
}

static bool meet(Suspects *p, const Meeting *m, Error *err)
{
    uint64_t print;
    bool stable = true;
    if (!run_all(p, m, &print, err)) return false;
    if (!tells(p, print)) return true;
    if (m->c && !case_is_stable(p->x, m->c, &stable, err)) return false;
    if (stable) keep_those_like(p, print);
    return true;
}

// The database of the counterexample: here most of them go.
static bool meet_shown(Suspects *p, const Data *shown, Error *err)
{
    Arena scratch = {0};
    QueryResult expected;
    Meeting m = {.image = warehouse_image(&scratch, p->x->w, shown), .at = NO_CASE};
    Run reference = {m.image, p->x->reference, &EXAM_TINY};
    bool ok = run_on(p->x, &scratch, reference, &expected, err);
    m.expected = &expected.table;
    m.steps = expected.steps;
    ok = ok && meet(p, &m, err);
    arena_free(&scratch);
    return ok;
}

static bool meet_case(Suspects *p, Paper *s, Case *c, size_t at, Error *err)
{
    if (!case_make(p->x, s, c, err)) return false;
    return c->state != CASE_READY ||
           meet(p, &(Meeting){c->image, &c->expected, c->steps, c, at}, err);
}

// The first of each class; mutants of one class that behave alike say the same.
static size_t first_of_classes(const Suspects *p, const Rival **first, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool known = false;
        for (size_t k = 0; k < n && k < most; k++) {
            known |= str_eq(p->who[i]->mutant->class, first[k]->mutant->class);
        }
        if (known) continue;
        if (n < most) first[n] = p->who[i];
        n++;
    }
    return n;
}

// One thing to say, and it was seen often enough.
static bool is_settled(const Suspects *p)
{
    const Rival *first[1];
    if (p->seen < SEEN_LEAST) return false;
    return p->who[0]->wrong || first_of_classes(p, first, 1) == 1;
}

// Some of each size: who is alike on one row may part on ten.
static bool meet_planned(Suspects *p, Paper *s, Error *err)
{
    size_t most = p->x->spec->load.len ? LOADS_MOST : DATABASES_MOST;
    size_t count = s->planned < most ? s->planned : most;
    for (size_t k = 0; p->count && k < count; k++) {
        size_t i = k * s->planned / count;
        p->met[i] = true;
        if (!meet_case(p, s, &s->cases[i], i, err)) return false;
    }
    // An answer that is rarely wrong is looked for where it is, and two alike where they part.
    for (size_t i = 0; p->count && !is_settled(p) && i < s->planned; i++) {
        if (!p->met[i] && !meet_case(p, s, &s->cases[i], i, err)) return false;
    }
    return true;
}

// Whether the answer has a literal that the reference has not.
static bool has_own(const Case *first)
{
    const Literals *l = first->recipe.literals;
    for (size_t i = 0; i < l->len; i++) {
        if (l->at[i].own) return true;
    }
    return false;
}

// Databases out of the answer's own literals: `amount * 3 > 400` is not `amount > 101`, though the
// drill's databases have nothing between.
static bool meet_own(Suspects *p, const ExamAnswer *answer, Error *err)
{
    Arena scratch = {0};
    size_t count;
    Paper beside = paper_beside(p->paper);
    Case *cases = plan_for_answer(&scratch, p->paper, answer, &count);
    bool ok = true;
    bool own = p->count && has_own(cases);
    for (size_t i = 0; ok && own && p->count && i < count; i++) {
        ok = meet_case(p, &beside, &cases[i], NO_CASE, err);
    }
    arena_free(&beside.arena);
    arena_free(&scratch);
    return ok;
}

// Whether the answer has this constant: a number, a day, or a part of INTERVAL '3 days'.
static bool has_constant(const ExamAnswer *answer, Str constant)
{
    bool quoted = str_starts(constant, S("'")), minus = str_starts(constant, S("-"));
    Str bare = str_slice(constant, quoted || minus, constant.len - quoted);
    Lexer x = sql_lexer(answer->sql, answer->dialect);
    bool has = false;
    for (Token t = sql_next(&x); t.kind != TOKEN_END && !has; t = sql_next(&x)) {
        has = t.kind == TOKEN_NUMBER && str_eq(t.text, bare);
        has |= t.kind == TOKEN_STRING && str_find(t.text, bare, NULL);
    }
    return has;
}

// "As if 12 were 13" explains nothing to who has written no 13.
static void drop_foreign_constants(Suspects *p, const ExamAnswer *answer)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        const Mutant *m = p->who[i]->mutant;
        bool foreign = m && str_eq(m->class, S("constant")) && !has_constant(answer, m->now);
        if (!foreign) p->who[n++] = p->who[i];
    }
    p->count = n;
}

// An answer that never gives anything is like every mutant that gives nothing, and that is said
// first: the mutant's words alone would explain it by what the candidate did not write.
enum { SILENT_LEAST = 40 };

static Str opening(Arena *a, const Suspects *p)
{
    bool silent = !p->rows && p->met_all >= SILENT_LEAST && !p->x->spec->load.len;
    if (!silent) return S("It behaves as if");
    return str_fmt(a, "It gave no row on any of the %zu databases it was looked at on, as if",
                   p->met_all);
}

// Two things that nothing tells apart are both said; of more nobody learns anything.
static Str say(Arena *a, const Suspects *p)
{
    const Rival *first[2];
    if (p->count == 0 || p->seen < SEEN_LEAST) return (Str){0};
    if (p->who[0]->wrong) return p->who[0]->wrong->why; // authors' answers stand before mutants
    size_t classes = first_of_classes(p, first, 2);
    if (classes > 2) return (Str){0};
    Buf b = buf_new(a);
    buf_fmt(&b, STR_FMT " " STR_FMT, STR_ARG(opening(a, p)), STR_ARG(first[0]->mutant->words));
    if (classes == 2) buf_fmt(&b, ", or as if " STR_FMT, STR_ARG(first[1]->mutant->words));
    buf_char(&b, '.');
    return buf_str(&b);
}

bool diagnose(Examinee *x, Paper *s, const ExamAnswer *answer, const Data *shown, Str *sentence,
              Error *err)
{
    Arena scratch = {0};
    *sentence = (Str){0};
    rivals_read(s);
    Suspects p = {.x = x, .paper = s, .who = arena_array(&scratch, Rival *, s->rival_count)};
    p.met = arena_array(&scratch, bool, s->planned);
    p.prints = arena_array(&scratch, uint64_t, s->rival_count);
    for (size_t i = 0; i < s->rival_count; i++) {
        if (!s->rivals[i].unfit && !s->rivals[i].same.proof.len) p.who[p.count++] = &s->rivals[i];
    }
    bool ok = meet_shown(&p, shown, err);
    ok = ok && meet_planned(&p, s, err) && meet_own(&p, answer, err);
    if (ok) drop_foreign_constants(&p, answer);
    if (ok) *sentence = say(&s->arena, &p);
    arena_free(&scratch);
    return ok;
}
