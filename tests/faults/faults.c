/* A disk and a clock that misbehave, put before a program by LD_PRELOAD (see faulty.mjs).
 *
 * KITH_FAULTS names a file of numbers of 64 bits that is read anew at each call:
 *   0  fsync and fdatasync: 0 as ever, -1 wait until this changes, else fail with this errno
 *   1  write: fail with this errno
 *   2  read: fail with this errno
 *   3  the clock that people set: so many microseconds ahead
 *   4  how many calls wait just now (written here)
 * Only files whose name holds "kith.db" are meant; the clock is everybody's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t quiet[8];
static volatile int64_t *faults = quiet;

__attribute__((constructor)) static void begin(void) {
    char const *name = getenv("KITH_FAULTS");
    int file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *at = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) faults = at;
    close(file);
}

static int is_meant(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "kith.db") != NULL;
}

/* 0, or -1 with errno set, once the call may go on. */
static int meet(int which, int file) {
    int64_t fault = faults[which];
    if (fault == 0 || !is_meant(file)) return 0;
    if (fault == -1) {
        struct timespec moment = {0, 1000000};
        __atomic_add_fetch(&faults[4], 1, __ATOMIC_SEQ_CST);
        while (faults[which] == -1) nanosleep(&moment, NULL);
        __atomic_sub_fetch(&faults[4], 1, __ATOMIC_SEQ_CST);
        fault = faults[which];
    }
    if (fault <= 0) return 0;
    errno = (int)fault;
    return -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { return meet(0, file) ? -1 : NEXT(fsync)(file); }
int fdatasync(int file) { return meet(0, file) ? -1 : NEXT(fdatasync)(file); }
ssize_t write(int file, void const *from, size_t size) {
    return meet(1, file) ? -1 : NEXT(write)(file, from, size);
}
ssize_t pwrite(int file, void const *from, size_t size, off_t at) {
    return meet(1, file) ? -1 : NEXT(pwrite)(file, from, size, at);
}
ssize_t pwrite64(int file, void const *from, size_t size, off64_t at) {
    return meet(1, file) ? -1 : NEXT(pwrite64)(file, from, size, at);
}
ssize_t read(int file, void *to, size_t size) {
    return meet(2, file) ? -1 : NEXT(read)(file, to, size);
}
ssize_t pread(int file, void *to, size_t size, off_t at) {
    return meet(2, file) ? -1 : NEXT(pread)(file, to, size, at);
}
ssize_t pread64(int file, void *to, size_t size, off64_t at) {
    return meet(2, file) ? -1 : NEXT(pread64)(file, to, size, at);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = NEXT(clock_gettime)(clock, now);
    int64_t ahead = faults[3];
    if (failed || ahead == 0 || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
        return failed;
    int64_t micros = now->tv_sec * 1000000LL + now->tv_nsec / 1000 + ahead;
    now->tv_sec = micros / 1000000;
    now->tv_nsec = micros % 1000000 * 1000;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (to) *to = exact.tv_sec;
    return exact.tv_sec;
}
