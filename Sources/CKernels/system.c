#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CKernels.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#if defined(__linux__)
#include <sched.h>
#endif
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

rec_file_kind rec_kind_of_file(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) return errno == EACCES ? rec_kind_unreadable : rec_kind_missing;
  if (access(path, R_OK) != 0) return rec_kind_unreadable;
  return S_ISDIR(status.st_mode) ? rec_kind_directory : rec_kind_file;
}

int rec_create_exclusive(const char *path, unsigned mode) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
  return descriptor < 0 ? -errno : descriptor;
}

int rec_open_append(const char *path, unsigned mode) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, (mode_t)mode);
  return descriptor < 0 ? -errno : descriptor;
}

int rec_permissions(const char *path) {
  struct stat status;
  return stat(path, &status) != 0 ? -errno : (int)(status.st_mode & 07777);
}

int rec_set_permissions(int descriptor, unsigned mode) {
  return fchmod(descriptor, (mode_t)mode) != 0 ? errno : 0;
}

int rec_write_all(int descriptor, const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t written = write(descriptor, next, count);
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    next += written;
    count -= (size_t)written;
  }
  return 0;
}

ptrdiff_t rec_read_some(int descriptor, void *bytes, size_t count) {
  for (;;) {
    ssize_t received = read(descriptor, bytes, count);
    if (received >= 0) return received;
    if (errno != EINTR) return -errno;
  }
}

int rec_synchronize(int descriptor) {
  // A pipe or a terminal cannot be flushed to a disk, and need not be.
  return fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS ? errno : 0;
}

int rec_synchronize_directory(const char *directory) {
  int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int error = rec_synchronize(descriptor);
  close(descriptor);
  return error;
}

int rec_rename(const char *from, const char *to) { return rename(from, to) != 0 ? errno : 0; }

int rec_close(int descriptor) { return close(descriptor) != 0 && errno != EINTR ? errno : 0; }

int rec_unlink(const char *path) { return unlink(path) != 0 ? errno : 0; }

int rec_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return errno;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int rec_format_fixed(char *buffer, size_t capacity, double value, int decimals) {
  return snprintf(buffer, capacity, "%.*f", decimals, value);
}

int rec_error_text(int error, char *buffer, size_t capacity) {
#if defined(__APPLE__)
  strerror_r(error, buffer, capacity);
#else
  snprintf(buffer, capacity, "%s", strerror_r(error, buffer, capacity));
#endif
  return (int)strnlen(buffer, capacity);
}

size_t rec_raise_file_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  if (limit.rlim_cur < limit.rlim_max) {
    struct rlimit raised = {.rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max};
#if defined(__APPLE__)
    if (raised.rlim_cur > OPEN_MAX) raised.rlim_cur = OPEN_MAX;
#endif
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return limit.rlim_cur > 1 << 20 ? 1 << 20 : (size_t)limit.rlim_cur;
}

int rec_core_count(void) {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) > 0) return CPU_COUNT(&allowed);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}
