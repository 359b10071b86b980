/* Preloaded into a child: makes chosen calls that write under one folder fail, as a full, broken or read-only disk does.

   The child arms it: fault_arm(folder, nth, errno, lasting). The nth call from then on fails, and with `lasting` each
   one after it; nth 0 only counts. fault_calls() tells how many there were, fault_disarm() ends it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long wanted, calls;
static int armed, number, lasting;

void fault_arm(const char *under, long nth, int error, int keeps)
{
    snprintf(folder, sizeof folder, "%s", under);
    wanted = nth;
    number = error;
    lasting = keeps;
    calls = 0;
    armed = 1;
}

void fault_disarm(void) { armed = 0; }

long fault_calls(void) { return calls; }

/* A full disk stops what needs room, and lets files be renamed and removed. */
static int fails(const char *path, int grows)
{
    if (!armed || path == NULL || (number == ENOSPC && !grows) || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    calls++;
    if (wanted == 0 || (lasting ? calls < wanted : calls != wanted))
        return 0;
    errno = number;
    return 1;
}

/* The path of a relative name is not looked up: the program uses absolute ones. */
static int fails_fd(int fd)
{
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (!armed)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return fails(path, 1);
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define WRITES(flags) (((flags) & (O_CREAT | O_TRUNC)) != 0)

#define WRAP_OPEN(name)                                                                                                \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;                                      \
        va_end(more);                                                                                                  \
        return WRITES(flags) && fails(path, 1) ? -1 : real(path, flags, mode);                                         \
    }
WRAP_OPEN(open)
WRAP_OPEN(open64)

#define WRAP_OPENAT(name)                                                                                              \
    int name(int at, const char *path, int flags, ...)                                                                 \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;                                      \
        va_end(more);                                                                                                  \
        return WRITES(flags) && fails(path, 1) ? -1 : real(at, path, flags, mode);                                     \
    }
WRAP_OPENAT(openat)
WRAP_OPENAT(openat64)

#define WRAP_FD(result, name, parameters, arguments)                                                                   \
    result name parameters                                                                                             \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        return fails_fd(fd) ? -1 : real arguments;                                                                     \
    }
WRAP_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
WRAP_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
WRAP_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
WRAP_FD(ssize_t, sendfile, (int fd, int from, off_t *at, size_t size), (fd, from, at, size))
WRAP_FD(ssize_t, sendfile64, (int fd, int from, off64_t *at, size_t size), (fd, from, at, size))
WRAP_FD(int, fsync, (int fd), (fd))
WRAP_FD(int, fdatasync, (int fd), (fd))
WRAP_FD(int, ftruncate, (int fd, off_t size), (fd, size))
WRAP_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))
WRAP_FD(int, fchmod, (int fd, mode_t mode), (fd, mode))

ssize_t copy_file_range(int from, off64_t *in, int fd, off64_t *out, size_t size, unsigned flags)
{
    REAL(copy_file_range);
    return fails_fd(fd) ? -1 : real(from, in, fd, out, size, flags);
}

#define WRAP_PATH(name, grows, parameters, arguments)                                                                  \
    int name parameters                                                                                                \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        return fails(path, grows) ? -1 : real arguments;                                                               \
    }
WRAP_PATH(unlink, 0, (const char *path), (path))
WRAP_PATH(unlinkat, 0, (int at, const char *path, int flags), (at, path, flags))
WRAP_PATH(mkdir, 1, (const char *path, mode_t mode), (path, mode))
WRAP_PATH(chmod, 0, (const char *path, mode_t mode), (path, mode))
WRAP_PATH(rename, 0, (const char *from, const char *path), (from, path))
WRAP_PATH(renameat, 0, (int a, const char *from, int b, const char *path), (a, from, b, path))
WRAP_PATH(link, 1, (const char *from, const char *path), (from, path))
