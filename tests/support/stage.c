// stage: the program on a fake terminal, with a clock that stands still and a real helper, played
// key by key.
#include "stage.h"
#include "screen.h"
#include "temp_dir.h"
#include <assert.h>
#include <check.h>

Arena arena;
World world;
Ui ui;
Term *term;
int rows, cols;

static const struct {
    int rows, cols;
} sizes[] = {{24, 80}, {36, 120}, {10, 40}, {60, 200}};
static_assert(SIZES == sizeof sizes / sizeof *sizes, "test every size");

void use_size(int i)
{
    rows = sizes[i].rows;
    cols = sizes[i].cols;
}

void setup(void)
{
    enum { START = 20 * 3600 };
    arena = (Arena){0};
    world = world_fake((date_days(2026, 11, 20) * 86400 + START) * 1000);
    world.data_dir = temp_dir_make(&arena);
    world.cache_dir = str_fmt(&arena, STR_FMT "/cache", STR_ARG(world.data_dir));
    world.config_dir = world.data_dir;
    world.self = S(GREENROOM_BINARY);
}

void start(void)
{
    Error err;
    Str *pack = arena_new(&arena, Str);
    *pack = S(SOURCE_DIR "/tests/screen/kiosk.yaml");
    TuiOptions o = {.world = &world, .packs = {.extra = {pack, 1}}};
    ui = (Ui){0};
    term = term_fake(&arena, rows, cols);
    ck_assert_msg(ui_open(&ui, &o, &err), "%s", err.text);
    ck_assert_msg(ui_start(&ui, &o, term, &err), "%s", err.text);
    ck_assert_uint_eq(app_faults(ui.app)->errors, 0);
    ui_draw(&ui);
}

void leave(void)
{
    ui_close(&ui);
    term_close(ui.term);
    ui = (Ui){0};
}

void teardown(void)
{
    leave();
    temp_dir_remove(&arena, world.data_dir);
    arena_free(&arena);
}

// One turn, in which all queued keys are taken.
void turn(void)
{
    ui_turn(&ui);
    ui_draw(&ui);
}

bool busy(void)
{
    const Attempt *t = app_attempt(ui.app);
    return t && t->work != WORK_NONE;
}

// What takes real time, or is the exam's to choose, is not for a saved screen.
void stop_watch(void)
{
    enum { TRIED = 12 };
    Attempt *t = (Attempt *)app_attempt(ui.app);
    if (t) t->result.elapsed_ms = 4;
    if (t) t->verdict.tried = TRIED;
    ui_draw(&ui);
}

void finish_work(void)
{
    for (int i = 0; i < 600 && busy(); i++) turn();
    ck_assert(!busy());
    stop_watch();
}

void press(const char *names)
{
    term_fake_keys(term, str_from(names));
    turn();
    finish_work();
}

void paste(const char *text)
{
    term_fake_push(term, (Key){.code = KC_PASTE, .paste = str_from(text)});
    turn();
    finish_work();
}

void type(const char *text)
{
    term_fake_type(term, str_from(text));
    turn();
    finish_work();
}

void pass(int64_t ms)
{
    world.fixed_ms += ms;
}

void check(const char *name)
{
    ui_draw(&ui);
    screen_check(term_fake_shown(term),
                 str_c(&arena, str_fmt(&arena, "%s-%dx%d", name, cols, rows)));
}

bool shows(const char *text)
{
    size_t at;
    return str_find(grid_dump(&arena, term_fake_shown(term)), str_from(text), &at);
}

StoreAttempt newest(void)
{
    StoreAttempt *all;
    size_t count;
    Error err;
    ck_assert_msg(app_attempts(ui.app, &arena, (Str){0}, 1, &all, &count, &err), "%s", err.text);
    ck_assert_uint_eq(count, 1);
    return all[0];
}

Table table_of(const char *const *names, size_t width, Value *cells, size_t rows_in_it)
{
    Column *columns = arena_array(&arena, Column, width);
    for (size_t i = 0; i < width; i++) columns[i] = (Column){str_from(names[i]), TYPE_UNKNOWN};
    return (Table){.columns = columns, .width = width, .cells = cells, .rows = rows_in_it};
}
