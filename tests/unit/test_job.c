// test_job: requests, phases, replies, cancelling and dying. This binary is its own helper.
#include "job/job.h"
#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LONG_MS = 30000 };

static Arena arena;
static World world;
static Job *job;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    world = world_fake(0);
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    ck_assert_int_gt(n, 0);
    world.self = str_copy(&arena, (Str){path, (size_t)n});
    ck_assert_msg(job_open(&world, &job, &err), "%s", err.text);
}
static void teardown(void)
{
    job_close(job);
    arena_free(&arena);
}

// --- The helper ---

static void hang(void)
{
    for (;;) pause();
}

// Not the doing of a sanitizer's report or a core file: the process just ends by the signal.
static void crash(void)
{
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void garbage(const char *raw, size_t len)
{
    (void)!write(3, raw, len);
}

// What was worked ahead: at most STEPS_AHEAD steps after each request.
enum { STEPS_AHEAD = 5 };
static int steps, steps_left = STEPS_AHEAD;

static bool work_ahead(void *ctx)
{
    (void)ctx;
    steps++;
    return --steps_left > 0;
}

static bool handle(void *ctx, Arena *a, Str request, JobPort *port, Buf *out, Error *e)
{
    (void)ctx;
    Str verb, rest;
    (void)str_cut(request, ' ', &verb, &rest);
    if (str_eq(verb, S("echo"))) buf_add(out, rest);
    if (str_eq(verb, S("size"))) buf_fmt(out, "%zu", request.len);
    if (str_eq(verb, S("pid"))) buf_fmt(out, "%d", (int)getpid());
    if (str_eq(verb, S("steps"))) buf_fmt(out, "%d", steps);
    steps_left = STEPS_AHEAD;
    if (str_eq(verb, S("fail"))) {
        return error_at(e, ERROR_INPUT, S("pack.yaml"), 3, 7, STR_FMT, STR_ARG(rest));
    }
    if (str_eq(verb, S("huge"))) buf_repeat(out, 'x', JOB_BYTES_MAX);
    for (Str phase; rest.len && str_eq(verb, S("phases"));) {
        (void)str_cut(rest, ' ', &phase, &rest);
        job_phase(port, phase);
        if (str_eq(phase, S("hang"))) hang();
        if (str_eq(phase, S("crash"))) crash();
        if (str_eq(phase, S("memory"))) _exit(70);
    }
    if (str_eq(verb, S("candidate"))) {
        job_phase(port, S("candidate"));
        crash();
    }
    if (str_eq(verb, S("nonsense"))) garbage("\x02\0\0\0\x63\x63", 6);
    if (str_eq(verb, S("endless"))) garbage("\xff\xff\xff\xff", 4);
    (void)a;
    return true;
}

// --- The tests ---

static void start(const char *request)
{
    ck_assert_msg(job_start(job, str_from(request), &err), "%s", err.text);
}

static JobEvent next(void)
{
    return job_wait(job, &arena, LONG_MS);
}

static void expect_echo(void)
{
    start("echo still here");
    JobEvent e = next();
    ck_assert_int_eq(e.kind, JOB_DONE);
    ck_assert(str_eq(e.text, S("still here")));
}

START_TEST(a_request_gets_its_reply_and_the_helper_stays)
{
    start("pid");
    JobEvent first = next();
    start("pid");
    JobEvent second = next();
    ck_assert_int_eq(first.kind, JOB_DONE);
    ck_assert(str_eq(first.text, second.text));
    expect_echo();
}
END_TEST

START_TEST(phases_come_in_order_before_the_reply)
{
    start("phases reading making grading");
    static const char *const names[] = {"reading", "making", "grading"};
    for (int i = 0; i < 3; i++) {
        JobEvent e = next();
        ck_assert_int_eq(e.kind, JOB_PHASE);
        ck_assert(str_eq(e.text, str_from(names[i])));
    }
    ck_assert_int_eq(next().kind, JOB_DONE);
    ck_assert_int_eq(next().kind, JOB_QUIET); // nothing is under way any more
}
END_TEST

START_TEST(a_failure_arrives_with_its_place)
{
    start("fail no such column\033[31m");
    JobEvent e = next();
    ck_assert_int_eq(e.kind, JOB_FAILED);
    ck_assert_int_eq(e.error.kind, ERROR_INPUT);
    ck_assert_str_eq(e.error.file, "pack.yaml");
    ck_assert_int_eq(e.error.line, 3);
    ck_assert_int_eq(e.error.column, 7);
    ck_assert_str_eq(e.error.text, "no such column^[[31m");
    expect_echo();
}
END_TEST

START_TEST(polling_never_waits)
{
    start("phases hang");
    ck_assert_int_eq(next().kind, JOB_PHASE);
    ck_assert_int_eq(job_poll(job, &arena).kind, JOB_QUIET);
    ck_assert_int_ge(job_fd(job), 0);
}
END_TEST

START_TEST(a_cancelled_request_is_forgotten)
{
    start("phases hang");
    ck_assert_int_eq(next().kind, JOB_PHASE);
    job_cancel(job);
    ck_assert_int_eq(job_poll(job, &arena).kind, JOB_QUIET);
    expect_echo();
}
END_TEST

START_TEST(a_second_request_is_refused_while_one_is_under_way)
{
    start("phases hang");
    ck_assert(!job_start(job, S("echo"), &err));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
}
END_TEST

static const struct {
    const char *request;
    ErrorKind kind;
    const char *text;
} deaths[] = {
    {"phases crash", ERROR_INTERNAL, "segmentation fault"},
    {"phases candidate reading crash", ERROR_INTERNAL, "segmentation fault"},
    {"candidate", ERROR_ENGINE_CRASHED, "segmentation fault"},
    {"phases memory", ERROR_INTERNAL, "out of memory"},
    {"nonsense", ERROR_INTERNAL, "could not be read"},
    {"endless", ERROR_INTERNAL, "ended"},
};

START_TEST(blame_for_a_death_follows_the_phase)
{
    start(deaths[_i].request);
    JobEvent e = next();
    while (e.kind == JOB_PHASE) e = next();
    ck_assert_int_eq(e.kind, JOB_FAILED);
    ck_assert_int_eq(e.error.kind, deaths[_i].kind);
    ck_assert_msg(strstr(e.error.text, deaths[_i].text), "%s", e.error.text);
    expect_echo();
}
END_TEST

START_TEST(a_reply_that_is_too_large_is_a_sentence)
{
    start("huge");
    JobEvent e = next();
    ck_assert_int_eq(e.kind, JOB_FAILED);
    ck_assert_int_eq(e.error.kind, ERROR_TOO_LARGE);
    expect_echo();
}
END_TEST

START_TEST(a_long_request_arrives_whole_and_a_longer_one_is_refused)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("size "));
    buf_repeat(&b, 'x', 4 << 20);
    ck_assert(job_start(job, buf_str(&b), &err));
    JobEvent e = next();
    ck_assert_int_eq(e.kind, JOB_DONE);
    ck_assert(str_eq(e.text, S("4194309")));
    buf_repeat(&b, 'x', JOB_BYTES_MAX);
    ck_assert(!job_start(job, buf_str(&b), &err));
    ck_assert_int_eq(err.kind, ERROR_TOO_LARGE);
}
END_TEST

START_TEST(an_idle_helper_that_died_is_replaced)
{
    start("pid");
    int64_t pid;
    ck_assert(str_to_i64(next().text, &pid));
    kill((pid_t)pid, SIGKILL);
    // The request may still be swallowed by the dying one; then it fails, and the next is served.
    start("echo x");
    if (next().kind == JOB_FAILED) expect_echo();
}
END_TEST

static int steps_so_far(void)
{
    start("steps");
    JobEvent e = next();
    ck_assert_int_eq(e.kind, JOB_DONE);
    return atoi(str_c(&arena, e.text));
}

// Between two requests it works ahead until nothing is left, and the next request need not wait.
START_TEST(an_idle_helper_works_ahead)
{
    int before = steps_so_far(), ahead = 0;
    for (int i = 0; i < 10000 && ahead < 2 * STEPS_AHEAD; i++) {
        int now = steps_so_far();
        ck_assert_int_le(now - before, STEPS_AHEAD);
        ahead += now - before;
        before = now;
    }
    ck_assert_int_ge(ahead, 2 * STEPS_AHEAD);
}
END_TEST

static Suite *job_suite(void)
{
    Suite *s = suite_create("job");
    TCase *t = tcase_create("job");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_request_gets_its_reply_and_the_helper_stays);
    tcase_add_test(t, phases_come_in_order_before_the_reply);
    tcase_add_test(t, a_failure_arrives_with_its_place);
    tcase_add_test(t, polling_never_waits);
    tcase_add_test(t, a_cancelled_request_is_forgotten);
    tcase_add_test(t, a_second_request_is_refused_while_one_is_under_way);
    tcase_add_loop_test(t, blame_for_a_death_follows_the_phase, 0,
                        (int)(sizeof deaths / sizeof *deaths));
    tcase_add_test(t, a_reply_that_is_too_large_is_a_sentence);
    tcase_add_test(t, a_long_request_arrives_whole_and_a_longer_one_is_refused);
    tcase_add_test(t, an_idle_helper_that_died_is_replaced);
    tcase_add_test(t, an_idle_helper_works_ahead);
    suite_add_tcase(s, t);
    return s;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--helper") == 0) _exit(job_serve(handle, work_ahead, NULL));
    SRunner *r = srunner_create(job_suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
