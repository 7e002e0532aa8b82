// test_proc: messages between processes, helpers started and ended, the layers around them.
#include "proc/private.h"
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena arena;
static World world;
static ProcLink left, right;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    int fds[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    link_open(&left, fds[0]);
    link_open(&right, fds[1]);
}
static void teardown(void)
{
    link_close(&left);
    link_close(&right);
    arena_free(&arena);
}

// --- Messages ---

static Str noise(size_t len)
{
    char *p = arena_array(&arena, char, len + 1);
    for (size_t i = 0; i < len; i++) p[i] = (char)(i * 7 % 251);
    return (Str){p, len};
}

static const size_t sizes[] = {0, 1, 3, 4, 5, 4096, 70000};

START_TEST(a_message_arrives_as_it_was_sent)
{
    Str sent = noise(sizes[_i]);
    ProcMessage m;
    ck_assert_int_eq(proc_send(&left, sent, -1, 1000), PROC_IO_DONE);
    ck_assert_int_eq(proc_receive(&right, 1 << 20, 1000, &m), PROC_IO_DONE);
    ck_assert(str_eq(m.bytes, sent));
    ck_assert_int_eq(m.fd, -1);
}
END_TEST

START_TEST(messages_keep_their_order_and_their_borders)
{
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(proc_send(&left, noise(i), -1, 1000), PROC_IO_DONE);
    }
    ProcMessage m;
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(proc_receive(&right, 100, 0, &m), PROC_IO_DONE);
        ck_assert_uint_eq(m.bytes.len, i);
    }
    ck_assert_int_eq(proc_receive(&right, 100, 0, &m), PROC_IO_WAITING);
}
END_TEST

START_TEST(a_descriptor_travels_with_its_own_message)
{
    int fd = open(SOURCE_DIR "/LICENSE", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(proc_send(&left, S("before"), -1, 1000), PROC_IO_DONE);
    ck_assert_int_eq(proc_send(&left, S("with"), fd, 1000), PROC_IO_DONE);
    ck_assert_int_eq(proc_send(&left, S("after"), -1, 1000), PROC_IO_DONE);
    close(fd);
    ProcMessage m[3];
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(proc_receive(&right, 100, 1000, &m[i]), PROC_IO_DONE);
    }
    ck_assert_int_eq(m[0].fd, -1);
    ck_assert_int_ge(m[1].fd, 0);
    ck_assert_int_eq(m[2].fd, -1);
    char word[3];
    ck_assert_int_eq(read(m[1].fd, word, sizeof word), 3);
    ck_assert_mem_eq(word, "MIT", 3);
    close(m[1].fd);
}
END_TEST

START_TEST(half_a_message_is_kept_until_the_rest_comes)
{
    const char raw[] = {3, 0, 0, 0, 'a', 'b', 'c'};
    ProcMessage m;
    for (size_t i = 0; i + 1 < sizeof raw; i++) {
        ck_assert_int_eq(write(left.fd, raw + i, 1), 1);
        ck_assert_int_eq(proc_receive(&right, 100, 1, &m), PROC_IO_WAITING);
    }
    ck_assert_int_eq(write(left.fd, raw + 6, 1), 1);
    ck_assert_int_eq(proc_receive(&right, 100, 0, &m), PROC_IO_DONE);
    ck_assert(str_eq(m.bytes, S("abc")));
}
END_TEST

START_TEST(a_message_over_the_limit_breaks_the_link)
{
    ProcMessage m;
    ck_assert_int_eq(proc_send(&left, noise(101), -1, 1000), PROC_IO_DONE);
    ck_assert_int_eq(proc_receive(&right, 100, 1000, &m), PROC_IO_BROKEN);
    ck_assert_int_eq(proc_receive(&right, 1000, 1000, &m), PROC_IO_BROKEN);
}
END_TEST

START_TEST(the_end_of_the_partner_is_noticed_also_inside_a_message)
{
    ProcMessage m;
    const char raw[] = {9, 0, 0, 0, 'x'};
    ck_assert_int_eq(write(left.fd, raw, sizeof raw), (int)sizeof raw);
    link_close(&left);
    ck_assert_int_eq(proc_receive(&right, 100, PROC_FOREVER, &m), PROC_IO_CLOSED);
    ck_assert_int_eq(proc_send(&right, S("x"), -1, 1000), PROC_IO_CLOSED);
}
END_TEST

START_TEST(sending_to_one_who_does_not_read_ends_at_the_deadline)
{
    ck_assert_int_eq(proc_send(&left, noise(8 << 20), -1, 20), PROC_IO_BROKEN);
    ck_assert_int_eq(proc_send(&left, S("x"), -1, 20), PROC_IO_BROKEN);
}
END_TEST

// --- Helpers ---

START_TEST(a_helper_that_waits_is_killed_and_reaped)
{
    Proc *p = NULL;
    ck_assert(spawn_named(&world, PROC_PROBE_NAME, &p, &err));
    int pid = proc_pid(p);
    ck_assert_int_eq(proc_end(p, 0).state, PROC_RUNNING);
    ProcEnd end = proc_kill(p);
    ck_assert_int_eq(end.state, PROC_SIGNALLED);
    ck_assert_int_eq(end.code, SIGKILL);
    ck_assert(end.by_us);
    ck_assert_int_eq(kill(pid, 0), -1);
    ck_assert_int_eq(errno, ESRCH);
    proc_close(p);
    proc_close(NULL);
}
END_TEST

START_TEST(an_unknown_helper_ends_and_its_link_closes)
{
    Proc *p = NULL;
    ck_assert(spawn_named(&world, "nonsense", &p, &err));
    ProcMessage m;
    ck_assert_int_eq(proc_receive(proc_link(p), 100, 10000, &m), PROC_IO_CLOSED);
    ProcEnd end = proc_end(p, 10000);
    ck_assert_int_eq(end.state, PROC_EXITED);
    ck_assert_int_eq(end.code, 2);
    proc_close(p);
}
END_TEST

START_TEST(a_missing_binary_is_a_sentence)
{
    Proc *p = NULL;
    world.self = S("/nowhere/greenroom");
    ck_assert(!proc_spawn(&world, PROC_SQL, &p, &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/greenroom"));
    ck_assert_ptr_null(p);
}
END_TEST

// A parent that is gone takes its helper with it: the process between here and the helper dies.
START_TEST(a_helper_dies_with_its_parent)
{
    int pipe_fds[2];
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    ck_assert_int_eq(pipe(pipe_fds), 0);
    pid_t between = fork();
    ck_assert_int_ge(between, 0);
    if (between == 0) {
        Proc *p = NULL;
        if (!spawn_named(&world, PROC_PROBE_NAME, &p, &err)) _exit(1);
        int pid = proc_pid(p);
        if (write(pipe_fds[1], &pid, sizeof pid) != sizeof pid) _exit(1);
        _exit(0); // without killing it
    }
    int pid = 0;
    ck_assert_int_eq(read(pipe_fds[0], &pid, sizeof pid), (int)sizeof pid);
    int status = 0;
    ck_assert_int_eq(waitpid(between, &status, 0), between);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid); // ours now; hangs if it lives on
    close(pipe_fds[0]);
    close(pipe_fds[1]);
}
END_TEST

static const struct {
    ProcEnd end;
    const char *words;
} ends[] = {
    {{.state = PROC_EXITED, .code = 70}, "lack of memory"},
    {{.state = PROC_EXITED, .code = 3}, "exit status 3"},
    {{.state = PROC_SIGNALLED, .code = SIGSEGV}, "signal 11, segmentation fault"},
    {{.state = PROC_SIGNALLED, .code = SIGKILL, .by_us = true}, "signal 9, killed by greenroom"},
    {{.state = PROC_SIGNALLED, .code = SIGKILL}, "signal 9, killed, perhaps for lack of memory"},
    {{.state = PROC_SIGNALLED, .code = SIGHUP}, "signal 1, unexpected"},
};

START_TEST(an_end_is_told_in_words)
{
    Str text = proc_end_text(&arena, ends[_i].end);
    ck_assert(str_eq(text, str_from(ends[_i].words)));
}
END_TEST

// --- Layers ---

// What every Linux has is in force; what a kernel may lack says why.
static const ProcLayer certain[] = {PROC_LAYER_SESSION, PROC_LAYER_DEATH, PROC_LAYER_LIMITS,
                                    PROC_LAYER_PRIVS};

START_TEST(the_layers_of_the_sql_worker_are_tried_and_told)
{
    ProcLayers l;
    ck_assert_msg(proc_layers(&world, PROC_SQL, &l, &err), "%s", err.text);
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++) {
        ck_assert_msg(l.at[certain[i]].active, "%s: %s", proc_layer_name(certain[i]),
                      l.at[certain[i]].detail);
    }
    for (int i = 0; i < PROC_LAYER_COUNT_; i++) {
        ck_assert(l.at[i].wanted);
        if (!l.at[i].active) ck_assert_uint_gt(strlen(l.at[i].detail), 0);
    }
#if !defined(GREENROOM_SANITIZED)
    ck_assert(l.at[PROC_LAYER_SYSCALLS].active);
#endif
}
END_TEST

START_TEST(a_job_keeps_what_it_needs)
{
    ProcLayers l;
    ck_assert_msg(proc_layers(&world, PROC_JOB, &l, &err), "%s", err.text);
    ck_assert(l.at[PROC_LAYER_SESSION].active);
    ck_assert(!l.at[PROC_LAYER_FILES].wanted);
    ck_assert(!l.at[PROC_LAYER_SYSCALLS].active);
}
END_TEST

static Suite *proc_suite(void)
{
    Suite *s = suite_create("proc");
    TCase *links = tcase_create("messages");
    tcase_add_checked_fixture(links, setup, teardown);
    tcase_add_loop_test(links, a_message_arrives_as_it_was_sent, 0,
                        (int)(sizeof sizes / sizeof *sizes));
    tcase_add_test(links, messages_keep_their_order_and_their_borders);
    tcase_add_test(links, a_descriptor_travels_with_its_own_message);
    tcase_add_test(links, half_a_message_is_kept_until_the_rest_comes);
    tcase_add_test(links, a_message_over_the_limit_breaks_the_link);
    tcase_add_test(links, the_end_of_the_partner_is_noticed_also_inside_a_message);
    tcase_add_test(links, sending_to_one_who_does_not_read_ends_at_the_deadline);
    suite_add_tcase(s, links);
    TCase *helpers = tcase_create("helpers");
    tcase_add_checked_fixture(helpers, setup, teardown);
    tcase_add_test(helpers, a_helper_that_waits_is_killed_and_reaped);
    tcase_add_test(helpers, an_unknown_helper_ends_and_its_link_closes);
    tcase_add_test(helpers, a_missing_binary_is_a_sentence);
    tcase_add_test(helpers, a_helper_dies_with_its_parent);
    tcase_add_loop_test(helpers, an_end_is_told_in_words, 0, (int)(sizeof ends / sizeof *ends));
    tcase_add_test(helpers, the_layers_of_the_sql_worker_are_tried_and_told);
    tcase_add_test(helpers, a_job_keeps_what_it_needs);
    suite_add_tcase(s, helpers);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(proc_suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
