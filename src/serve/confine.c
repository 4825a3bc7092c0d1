/* SPDX-License-Identifier: Apache-2.0
 *
 * The three Landlock calls and the filter are written out: each is a few numbers, and a library would be one more thing
 * to trust.
 */
#include "serve/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define THIS_ARCH AUDIT_ARCH_RISCV64
#else
#define THIS_ARCH 0 /* no filter is known for it */
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ── files ── */

/* Everything of the first version (5.13) is handled and nothing is allowed: no file can be opened, made or removed. */
static bool close_files(void) {
    const struct landlock_ruleset_attr all = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (fd < 0)
        return false;
    bool ok = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    close(fd);
    return ok;
}

/* ── calls ── */

/* What a reader of bytes needs. Output goes to what is open already, and no file can be opened. */
static const int allowed[] = {
    SYS_read,       SYS_readv,           SYS_pread64,        SYS_write,        SYS_writev,
    SYS_lseek,      SYS_close,           SYS_fstat,          SYS_newfstatat,   SYS_mmap,
    SYS_munmap,     SYS_mremap,          SYS_mprotect,       SYS_madvise,      SYS_brk,
    SYS_futex,      SYS_clock_gettime,   SYS_gettimeofday,   SYS_getrandom,    SYS_exit,
    SYS_exit_group, SYS_rt_sigaction,    SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_getpid,
    SYS_gettid,     SYS_tgkill,          SYS_sigaltstack,    SYS_sched_yield,  SYS_sched_getaffinity,
    SYS_fcntl,      SYS_set_robust_list,
#ifdef SYS_rseq
    SYS_rseq,
#endif
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

#define LOAD(field) ((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field)))
#define ANSWER(what) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what))
#define SKIP_IF(value, yes, no) ((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no))

static bool close_calls(void) {
    struct sock_filter code[ALLOWED + 6];
    unsigned short n = 0;
    if (!THIS_ARCH)
        return false;
    code[n++] = LOAD(arch);
    code[n++] = SKIP_IF(THIS_ARCH, 1, 0);
    code[n++] = ANSWER(SECCOMP_RET_KILL_PROCESS);
    code[n++] = LOAD(nr);
    for (int i = 0; i < ALLOWED; i++) /* over the other rows and the refusal behind them */
        code[n++] = SKIP_IF((unsigned)allowed[i], (unsigned char)(ALLOWED - i), 0);
    code[n++] = ANSWER(SECCOMP_RET_ERRNO | EPERM);
    code[n++] = ANSWER(SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = n, .filter = code};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

/* ── bounds ── */

static void bound(int what, uint64_t most) {
    struct rlimit r = {most, most};
    if (most)
        (void)setrlimit((__rlimit_resource_t)what, &r);
}

unsigned confine(const struct confine_plan *plan) {
    const struct rlimit none = {0, 0};
    unsigned done = 0;
    if (!SANITIZED) /* whose shadow is larger than any bound */
        bound(RLIMIT_AS, plan->memory);
    bound(RLIMIT_CPU, plan->seconds);
    (void)setrlimit(RLIMIT_CORE, &none);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    if (close_files())
        done |= CONFINED_FILES;
    if (close_calls())
        done |= CONFINED_CALLS;
    return done;
}

bool confine_start(const char *program, char *const argv[], char *const env[], int in, int out, pid_t *pid) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setsigmask(&how, &none); /* the server's threads hold some back */
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    int failed = posix_spawn(pid, program ? program : "/proc/self/exe", &files, &how, argv, env);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    errno = failed;
    return failed == 0;
}
