/* SPDX-License-Identifier: Apache-2.0 */
#include "node/system.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int system_listening(void) {
    enum { FIRST = 3 };
    uint64_t pid, n;
    const char *for_pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (!for_pid || !count || !str_u64(str_of(for_pid), &pid) || pid != (uint64_t)getpid() ||
        !str_u64(str_of(count), &n) || n != 1)
        return -1;
    return fcntl(FIRST, F_SETFD, FD_CLOEXEC) == 0 && fcntl(FIRST, F_SETFL, O_NONBLOCK) == 0 ? FIRST : -1;
}

void system_notify(const char *state) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (n < 2 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@') /* a name without a file */
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    (void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
                  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    close(fd);
}

void system_raise_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}
