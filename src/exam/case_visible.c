// case_visible: the visible data as databases: a sample, more of it, and all.
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"

// A person's query may compare all rows with all others: so few that it is done in a blink.
enum { SAMPLE_ROWS = 1000, VISIBLE_ROWS = 4000, WHOLE_ROWS = 80 * 1000 };
static const double SAMPLE_SCALE = 0.01;

static double scale_of(const WarehouseSpec *w, double most, double rows_most)
{
    double rows = 0;
    for (size_t i = 0; i < w->table_count; i++) rows += (double)w->tables[i].rows;
    return rows * most > rows_most ? rows_most / rows : most;
}

// The tables of the paper out of all tables of the warehouse.
static Data narrowed(Paper *s, const Data *whole)
{
    Data d = {arena_array(&s->arena, Table, s->w.table_count), s->w.table_count};
    for (size_t t = 0; t < d.table_count; t++) {
        const TableSpec *spec = warehouse_table(s->spec->warehouse, s->w.tables[t].name);
        d.tables[t] = table_copy(&s->arena, &whole->tables[spec - s->spec->warehouse->tables]);
    }
    return d;
}

static bool generate(Examinee *x, Paper *s, Case *c, double scale, Error *err)
{
    if (!casts_ask(x, s, err)) return false;
    Arena scratch = {0};
    Data whole;
    DataJudge judge = exam_judge(x->q);
    DataOptions o = {.scale = scale, .seed = s->seed, .profile = PROFILE_DIRTY};
    bool ok = warehouse_generate(&scratch, s->spec->warehouse, &o, &judge, &whole, err);
    if (ok) c->data = narrowed(s, &whole);
    if (ok) casts_put(s, &c->data);
    arena_free(&scratch);
    return ok;
}

static bool make_scaled(Examinee *x, Paper *s, Case *c, double scale, const QueryLimits *limits,
                        Error *err)
{
    if (c->state != CASE_NEW) return true;
    return generate(x, s, c, scale, err) && case_run(x, s, c, limits, err);
}

bool case_sample(Examinee *x, Paper *s, Error *err)
{
    double scale = scale_of(s->spec->warehouse, SAMPLE_SCALE, SAMPLE_ROWS);
    return make_scaled(x, s, &s->sample, scale, &EXAM_SAMPLE, err);
}

bool case_whole(Examinee *x, Paper *s, Case *c, Error *err)
{
    return make_scaled(x, s, c, scale_of(s->spec->warehouse, 1, WHOLE_ROWS), &EXAM_VISIBLE, err);
}

// Of small tables the sample is all there is.
static bool is_sample(const Paper *s, const Data *data)
{
    bool same = s->sample.state == CASE_READY && data_rows(data) == data_rows(&s->sample.data);
    for (size_t t = 0; same && t < data->table_count; t++) {
        const Table *one = &data->tables[t], *other = &s->sample.data.tables[t];
        same = one->rows == other->rows;
        for (size_t i = 0; same && i < one->rows * one->width; i++)
            same = value_same(&one->cells[i], &other->cells[i]);
    }
    return same;
}

bool case_visible(Examinee *x, Paper *s, Error *err)
{
    Error why;
    double scale = scale_of(&s->w, 1, VISIBLE_ROWS);
    if (s->visible.state != CASE_NEW) return true;
    if (!generate(x, s, &s->visible, scale, &why)) return case_give_up(s, &s->visible, &why, err);
    if (is_sample(s, &s->visible.data)) {
        s->visible = s->sample;
        return true;
    }
    return case_run(x, s, &s->visible, &EXAM_VISIBLE, &why) ||
           case_give_up(s, &s->visible, &why, err);
}
