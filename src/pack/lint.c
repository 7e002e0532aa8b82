// lint: advice. What is allowed, and was regretted by those who wrote packs before.
#include "base/check.h"
#include "pack/load.h"
#include "pack/shape.h"
#include "rubric/rubric.h"

enum { FIXTURES_WANTED = 3, WRONG_WANTED = 2 };

typedef struct {
    Reader *r;
    const Library *library;
    const Drill *drill;
    const YamlNode *node; // the drill's map
} Advice;

static const YamlNode *item_node(const Advice *v, const char *key, size_t i)
{
    const YamlNode *list = yaml_get(v->node, str_from(key));
    return list && list->kind == YAML_LIST && i < list->count ? list->items[i] : NULL;
}

// ---- skills

static void advise_skills(const Advice *v)
{
    const YamlNode *list = yaml_get(v->node, S("skills"));
    StrList known = v->library->skills;
    for (size_t i = 0; known.len && list && list->kind == YAML_LIST && i < list->count; i++) {
        const YamlNode *n = list->items[i];
        if (n->bad || shape_is_in(known, n->text)) continue;
        Str near = str_nearest(n->text, known);
        diag_warn(v->r->diags, n->at,
                  "the skill `" STR_FMT "` is not in the registry%s" STR_FMT "%s", STR_ARG(n->text),
                  near.len ? "; did you mean `" : "", STR_ARG(near), near.len ? "`?" : "");
    }
    if (list && list->kind == YAML_LIST && !list->count) {
        diag_warn(v->r->diags, list->at, "without skills this drill counts for no readiness");
    }
}

// ---- sql

static void advise_sql(const Advice *v)
{
    const Drill *d = v->drill;
    if (d->kind != KIND_SQL || !d->exam.answer.len) return;
    const YamlNode *wrong = yaml_get(v->node, S("wrong"));
    Place at = wrong ? wrong->at : v->node->at;
    if (d->exam.wrong_count < WRONG_WANTED) {
        diag_warn(v->r->diags, at,
                  "wrong: %zu of the %d or more that it takes to prove something: what do people "
                  "answer who err?",
                  d->exam.wrong_count, WRONG_WANTED);
    }
    if (!d->exam.also_right.len) {
        diag_warn(v->r->diags, v->node->at,
                  "no `also_right`: a right answer of another build shows that the exam is fair");
    }
}

// ---- what a drill should have

static void advise_parts(const Advice *v)
{
    const Drill *d = v->drill;
    Diags *diags = v->r->diags;
    bool asked = d->kind == KIND_SQL || d->kind == KIND_KERNEL || d->kind == KIND_MODEL ||
                 d->kind == KIND_DESIGN || d->kind == KIND_INCIDENT;
    bool judged = d->kind != KIND_SQL && d->kind != KIND_KERNEL && d->kind != KIND_CARD;
    if (d->kind == KIND_CARD) return;
    if (asked && !d->fact_count) {
        diag_warn(diags, v->node->at, "nothing to ask for: no %s",
                  d->kind == KIND_INCIDENT ? "`evidence`" : "`facts`");
    }
    if (!d->hints.len) diag_warn(diags, v->node->at, "no `hints`: F4 will have nothing to say");
    if (judged && !d->item_count) {
        diag_warn(diags, v->node->at, "no `items`: nothing to mark an answer by");
    }
}

// ---- items

static void advise_item(const Advice *v, const RubricItem *item)
{
    Diags *d = v->r->diags;
    if (item->match.present && item->hits.len < FIXTURES_WANTED) {
        diag_warn(d, item->at,
                  "`" STR_FMT "`: %zu hits of the %d or more that show what it credits",
                  STR_ARG(item->id), item->hits.len, FIXTURES_WANTED);
    }
    if (item->match.present && item->misses.len < FIXTURES_WANTED) {
        diag_warn(d, item->at,
                  "`" STR_FMT "`: %zu misses of the %d or more that show what it does not",
                  STR_ARG(item->id), item->misses.len, FIXTURES_WANTED);
    }
    if (!item->hint.len || !item->narrow.len || !item->tell.len) {
        diag_warn(d, item->at, "`" STR_FMT "` has no %s", STR_ARG(item->id),
                  !item->hint.len     ? "`hint`: the first question when it is missed"
                  : !item->narrow.len ? "`narrow`: the question that all but gives it away"
                                      : "`tell`: the answer itself");
    }
}

// ---- facts

static bool hears(const Advice *v, const DialogFact *f, Str sentence, Str said)
{
    return rubric_hears(sentence, f->ask, &v->drill->sets, said);
}

// The place of a fact's k-th fixture.
static Place fixture_at(const Advice *v, size_t fact, size_t k)
{
    const char *key = v->drill->kind == KIND_INCIDENT ? "evidence" : "facts";
    const YamlNode *node = item_node(v, key, fact);
    const YamlNode *asks = node ? yaml_get(node, S("asks")) : NULL;
    bool there = asks && asks->kind == YAML_LIST && k < asks->count;
    return there ? asks->items[k]->at : v->drill->facts[fact].at;
}

static void advise_fixture(const Advice *v, size_t fact, size_t k)
{
    const Drill *d = v->drill;
    const DialogFact *own = &d->facts[fact];
    Str question = own->asks.at[k];
    if (!hears(v, own, question, d->prompt)) {
        bool echo = hears(v, own, question, (Str){0});
        diag_warn(v->r->diags, fixture_at(v, fact, k),
                  "this question does not unlock `" STR_FMT "`%s", STR_ARG(own->id),
                  echo ? ": its words stand in the prompt already" : "");
    }
    for (size_t i = 0; i < d->fact_count; i++) {
        if (i == fact || !hears(v, &d->facts[i], question, d->prompt)) continue;
        diag_warn(v->r->diags, fixture_at(v, fact, k),
                  "this question unlocks `" STR_FMT "` as well", STR_ARG(d->facts[i].id));
    }
}

// Words of the prompt do not count as a question; a fact that listens for nothing else is deaf.
static void advise_echo(const Advice *v, const DialogFact *f)
{
    Str echoes[1];
    for (size_t i = 0; i < f->ask.len; i++) {
        StrList one = {echoes, 1};
        echoes[0] = f->ask.at[i];
        if (!rubric_hears(v->drill->prompt, one, &v->drill->sets, (Str){0})) continue;
        diag_warn(v->r->diags, f->at,
                  "`" STR_FMT "` stands in the prompt: asking with it does not unlock `" STR_FMT
                  "`",
                  STR_ARG(echoes[0]), STR_ARG(f->id));
    }
}

static void advise_facts(const Advice *v)
{
    const Drill *d = v->drill;
    for (size_t i = 0; i < d->fact_count; i++) {
        const DialogFact *f = &d->facts[i];
        if (!f->asks.len) {
            diag_warn(v->r->diags, f->at, "`" STR_FMT "` has no `asks`: a question that unlocks it",
                      STR_ARG(f->id));
        }
        for (size_t k = 0; k < f->asks.len; k++) advise_fixture(v, i, k);
        advise_echo(v, f);
    }
}

// ---- old ids

static void advise_was(const Advice *v)
{
    const Drill *d = v->drill;
    for (size_t i = 0; i < d->was.len; i++) {
        const Drill *other = library_drill(v->library, d->was.at[i]);
        if (!other || (other != d && other->pack != d->pack)) continue;
        if (other == d && !str_eq(d->was.at[i], d->slug)) continue;
        diag_warn(v->r->diags, yaml_get(v->node, S("was"))->items[i]->at,
                  "was: `" STR_FMT "` is the id of a drill of today", STR_ARG(d->was.at[i]));
    }
}

static void (*const advisers[])(const Advice *) = {
    advise_skills, advise_sql, advise_parts, advise_facts, advise_was,
};

static void advise_drill(Reader *r, const Library *l, const Drill *d, const YamlNode *n)
{
    Advice v = {r, l, d, n};
    for (size_t i = 0; i < sizeof advisers / sizeof *advisers; i++) advisers[i](&v);
    for (size_t i = 0; i < d->item_count; i++) advise_item(&v, &d->items[i]);
}

static const Drill *drill_at(const Pack *p, const YamlNode *n)
{
    for (size_t i = 0; i < p->drill_count; i++) {
        const Place *at = &p->drills[i].at;
        if (at->line == n->at.line && at->column == n->at.column && str_eq(at->file, n->at.file)) {
            return &p->drills[i];
        }
    }
    return NULL;
}

void pack_advise(Reader *r, LoadedFiles files, const Library *l)
{
    for (size_t i = 0; i < files.len; i++) {
        const LoadedFile *f = &files.at[i];
        const YamlNode *n = f->pack && f->doc.root ? yaml_get(f->doc.root, S("drills")) : NULL;
        for (size_t k = 0; n && n->kind == YAML_LIST && k < n->count; k++) {
            const Drill *d = drill_at(f->pack, n->items[k]);
            if (d) advise_drill(r, l, d, n->items[k]);
        }
    }
}
