// cmd_pack_test: every SQL drill of the packs at some paths proves itself: the reference and what
// is also right pass, every wrong answer meets a counterexample, and mutants of the reference show
// what the databases cannot tell.
#include "base/file.h"
#include "base/vec.h"
#include "cli/command.h"

typedef VEC(Str) Lines;

typedef struct {
    Cli *c;
    const Drill *drill;
    ExamAudit audit;
    Lines faults, warnings;
    size_t rows_most; // of a counterexample
} Proof;

// --- What is to be mended ---

static Str short_why(Arena *a, Str why)
{
    Str line, rest = why;
    if (!str_line(&rest, &line)) return why;
    return line.len > 100 ? str_fmt(a, STR_FMT "…", STR_ARG(str_slice(line, 0, 100))) : line;
}

static void judge_right(Proof *p)
{
    Arena *a = p->c->a;
    const ExamAudit *u = &p->audit;
    if (u->reference.kind != VERDICT_RIGHT) {
        *vec_push(a, &p->faults) =
            str_fmt(a, "the reference does not pass: " STR_FMT, STR_ARG(u->reference.why));
    }
    for (size_t i = 0; i < p->drill->exam.also_right.len; i++) {
        if (u->also_right[i].kind == VERDICT_RIGHT) continue;
        *vec_push(a, &p->faults) = str_fmt(a, "also_right %zu does not pass: " STR_FMT, i + 1,
                                           STR_ARG(u->also_right[i].why));
    }
}

static void judge_wrong(Proof *p)
{
    Arena *a = p->c->a;
    for (size_t i = 0; i < p->drill->exam.wrong_count; i++) {
        const Verdict *v = &p->audit.wrong[i];
        Str why = short_why(a, p->drill->exam.wrong[i].why);
        if (v->kind == VERDICT_WRONG && v->has_counterexample) {
            if (v->counterexample.rows > p->rows_most) p->rows_most = v->counterexample.rows;
            continue;
        }
        *vec_push(a, &p->faults) =
            v->kind == VERDICT_RIGHT
                ? str_fmt(a, "wrong %zu is not refuted (" STR_FMT ")", i + 1, STR_ARG(why))
                : str_fmt(a, "wrong %zu has no counterexample: " STR_FMT, i + 1, STR_ARG(v->why));
    }
}

static void judge_question(Proof *p)
{
    Arena *a = p->c->a;
    size_t ties = 0;
    for (size_t i = 0; i < p->audit.survivor_count; i++) ties += p->audit.survivors[i].by_ties;
    if (ties) {
        *vec_push(a, &p->faults) =
            str_fmt(a,
                    "the reference hangs on the order of the rows where %zu mutant%s differ%s: say "
                    "what decides a tie, and let the reference do so",
                    ties, ties == 1 ? "" : "s", ties == 1 ? "s" : "");
    }
    if (p->audit.constant) {
        *vec_push(a, &p->warnings) =
            S("the reference gives the same on every database: a constant query passes");
    } else if (p->audit.empty) {
        *vec_push(a, &p->warnings) = S("the reference returns nothing on the visible data");
    }
}

// --- Shown as text ---

static void print_mutant(Cli *c, const ExamMutant *m)
{
    Str proof = m->proof.len ? str_fmt(c->a, " (" STR_FMT ": " STR_FMT ")", STR_ARG(m->proof),
                                       STR_ARG(m->why))
                             : (Str){0};
    Str line = str_fmt(c->a, "    answer %d:%d, " STR_FMT ": " STR_FMT " -> " STR_FMT STR_FMT "\n",
                       m->line, m->column, STR_ARG(m->class),
                       STR_ARG(m->was.len ? m->was : S("(nothing)")),
                       STR_ARG(m->now.len ? m->now : S("(nothing)")), STR_ARG(proof));
    cli_print(c->out, line);
}

static void print_list(Cli *c, const char *head, const Lines *lines)
{
    for (size_t i = 0; i < lines->len; i++) {
        cli_print(c->out, str_fmt(c->a, "  %s: " STR_FMT "\n", head, STR_ARG(lines->at[i])));
    }
}

static void print_proof(Proof *p)
{
    Cli *c = p->c;
    const ExamAudit *u = &p->audit;
    const ExamSpec *e = &p->drill->exam;
    cli_print(c->out, str_fmt(c->a, STR_FMT ": %s\n", STR_ARG(p->drill->id),
                              p->faults.len ? "not proved" : "proved"));
    if (!p->faults.len) {
        fprintf(c->out,
                "  %zu databases; the reference and %zu more pass, %zu wrong are refuted by at "
                "most %zu row%s\n",
                u->reference.tried, e->also_right.len, e->wrong_count, p->rows_most,
                p->rows_most == 1 ? "" : "s");
    }
    print_list(c, "error", &p->faults);
    print_list(c, "warning", &p->warnings);
    if (u->mutants) {
        fprintf(c->out, "  mutants: %zu of %zu refuted, %.0f%%%s\n", u->refuted, u->mutants,
                100.0 * (double)u->refuted / (double)u->mutants,
                u->survivor_count ? "; these behave as the reference does:" : "");
    }
    for (size_t i = 0; i < u->survivor_count; i++) print_mutant(c, &u->survivors[i]);
    if (u->same_count) fprintf(c->out, "  same by proof: %zu, which do not count\n", u->same_count);
    for (size_t i = 0; i < u->same_count; i++) print_mutant(c, &u->same[i]);
}

// --- Shown as JSON ---

static void json_verdicts(Json *j, const char *key, const Verdict *v, size_t count)
{
    json_key(j, str_from(key));
    json_begin_array(j);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(j);
        json_pair_str(j, "verdict", str_from(verdict_name(v[i].kind)));
        if (v[i].has_counterexample) {
            json_pair_int(j, "rows", (int64_t)v[i].counterexample.rows);
        }
        if (v[i].diagnosis.len) json_pair_str(j, "diagnosis", v[i].diagnosis);
        json_end_object(j);
    }
    json_end_array(j);
}

static void json_lines(Json *j, const char *key, const Lines *lines)
{
    json_key(j, str_from(key));
    json_begin_array(j);
    for (size_t i = 0; i < lines->len; i++) json_str(j, lines->at[i]);
    json_end_array(j);
}

static void json_mutant_list(Json *j, const char *key, const ExamMutant *list, size_t count)
{
    json_key(j, str_from(key));
    json_begin_array(j);
    for (size_t i = 0; i < count; i++) {
        const ExamMutant *m = &list[i];
        json_begin_object(j);
        json_pair_str(j, "class", m->class);
        json_pair_int(j, "line", m->line);
        json_pair_int(j, "column", m->column);
        json_pair_str(j, "was", m->was);
        json_pair_str(j, "now", m->now);
        json_pair_str(j, "as_if", m->words);
        if (m->proof.len) json_pair_str(j, "proof", m->proof);
        if (m->proof.len) json_pair_str(j, "why", m->why);
        json_end_object(j);
    }
    json_end_array(j);
}

static void json_mutants(Json *j, const ExamAudit *u)
{
    json_key(j, S("mutants"));
    json_begin_object(j);
    json_pair_int(j, "run", (int64_t)u->mutants);
    json_pair_int(j, "refuted", (int64_t)u->refuted);
    json_mutant_list(j, "alive", u->survivors, u->survivor_count);
    json_mutant_list(j, "same", u->same, u->same_count);
    json_end_object(j);
}

static void json_proof(Proof *p)
{
    Buf b = buf_new(p->c->a);
    Json j = json_new(&b);
    json_begin_object(&j);
    json_pair_str(&j, "drill", p->drill->id);
    json_pair_bool(&j, "proved", !p->faults.len);
    json_pair_int(&j, "databases", (int64_t)p->audit.reference.tried);
    json_verdicts(&j, "reference", &p->audit.reference, 1);
    json_verdicts(&j, "also_right", p->audit.also_right, p->drill->exam.also_right.len);
    json_verdicts(&j, "wrong", p->audit.wrong, p->drill->exam.wrong_count);
    json_mutants(&j, &p->audit);
    json_lines(&j, "errors", &p->faults);
    json_lines(&j, "warnings", &p->warnings);
    json_end_object(&j);
    cli_print_json(p->c->out, &b);
}

// --- All drills ---

typedef struct {
    size_t drills, faulty, warnings;
} Sums;

// False only when greenroom itself fails; a fault of the pack is a fault of the drill.
static bool prove(Cli *c, GradeDesk *desk, const Drill *d, Sums *sums, Error *err)
{
    Proof p = {.c = c, .drill = d};
    if (grade_audit(desk, c->a, d, c->world.seed, &p.audit, err)) {
        judge_right(&p);
        judge_wrong(&p);
        judge_question(&p);
    } else if (err->kind == ERROR_INTERNAL || err->kind == ERROR_ENVIRONMENT) {
        return false;
    } else {
        p.audit = (ExamAudit){0};
        p.audit.also_right = arena_array(c->a, Verdict, d->exam.also_right.len);
        p.audit.wrong = arena_array(c->a, Verdict, d->exam.wrong_count);
        *vec_push(c->a, &p.faults) = error_line(c->a, err);
    }
    sums->drills++;
    sums->faulty += p.faults.len > 0;
    sums->warnings += p.warnings.len;
    if (cli_flag(c, "--json")) {
        json_proof(&p);
    } else {
        print_proof(&p);
    }
    fflush(c->out);
    return true;
}

static bool prove_all(Cli *c, const Library *l, Sums *sums, Error *err)
{
    GradeDesk *desk = NULL;
    if (!grade_open(&c->world, &desk, err)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < library_drill_count(l); i++) {
        const Drill *d = library_at(l, i);
        library_read(l, d);
        if (d->kind == KIND_SQL) ok = prove(c, desk, d, sums, err);
    }
    grade_close(desk);
    return ok;
}

static void print_sums(Cli *c, const Sums *s, size_t load_errors)
{
    if (cli_flag(c, "--json")) return;
    fprintf(c->out, "%zu SQL drill%s, %zu not proved, %zu warning%s", s->drills,
            s->drills == 1 ? "" : "s", s->faulty, s->warnings, s->warnings == 1 ? "" : "s");
    if (load_errors)
        fprintf(c->out, ", %zu error%s in the files", load_errors, load_errors == 1 ? "" : "s");
    fputc('\n', c->out);
}

int cli_pack_test(Cli *c, StrList paths)
{
    if (paths.len == 0) return cli_usage(c, "it is: greenroom pack test PATH… [--json]");
    Error err;
    Library library;
    Diags diags = {.arena = c->a};
    PackSources from = {.share_dir = c->packs.share_dir, .extra = paths};
    for (size_t i = 0; i < paths.len; i++) {
        if (file_exists(paths.at[i])) continue;
        error_set(&err, ERROR_INPUT, "there is no file or folder '%.*s'", STR_ARG(paths.at[i]));
        return cli_fail(c, &err);
    }
    bool loaded = pack_load(c->a, &from, &library, &diags, &err);
    diag_sort(&diags);
    for (size_t i = 0; i < diags.list.len; i++) {
        if (diags.list.at[i].severity != DIAG_ERROR) continue;
        cli_print(c->err, diag_line(c->a, &diags.list.at[i]));
        fputc('\n', c->err);
    }
    if (!loaded) return cli_fail(c, &err);
    Sums sums = {0};
    if (!prove_all(c, &library, &sums, &err)) return cli_fail(c, &err);
    print_sums(c, &sums, diags.errors);
    return sums.faulty || diags.errors ? EXIT_WRONG : EXIT_RIGHT;
}
