/* Reads and writes that fail at random below one folder while a file says so. Loaded with
   LD_PRELOAD; libfiu knows no paths, and a pipe or a library of Python's own never fails so. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int file)
{
    static __thread unsigned seed;
    const char *below = getenv("SOAK_BELOW"), *while_there = getenv("SOAK_WHILE");
    char link[64], path[PATH_MAX + 1];
    if (!below || !while_there || access(while_there, F_OK))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX);
    if (length < 0 || strncmp(path, below, strlen(below)))
        return 0;
    if (!seed)
        seed = (unsigned)getpid() ^ (unsigned)(size_t)&seed;
    return rand_r(&seed) % 5 == 0;
}

#define FAILING(result, name, parameters, arguments)                                     \
    result name parameters                                                               \
    {                                                                                    \
        static result(*real) parameters;                                                 \
        if (!real)                                                                       \
            real = (result(*) parameters)dlsym(RTLD_NEXT, #name);                        \
        int before = errno;                                                              \
        if (fails(file)) {                                                               \
            errno = EIO;                                                                 \
            return -1;                                                                   \
        }                                                                                \
        errno = before;                                                                  \
        return real arguments;                                                           \
    }

FAILING(ssize_t, read, (int file, void *to, size_t size), (file, to, size))
FAILING(ssize_t, pread, (int file, void *to, size_t size, off_t at), (file, to, size, at))
FAILING(ssize_t, pread64, (int file, void *to, size_t size, off64_t at), (file, to, size, at))
FAILING(ssize_t, write, (int file, const void *from, size_t size), (file, from, size))
FAILING(ssize_t, pwrite64, (int file, const void *from, size_t size, off64_t at), (file, from, size, at))
