#define _GNU_SOURCE
#include "CPty.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

int pty_start(const char *command, int rows, int columns, int *process) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  int terminal = -1;
  *process = forkpty(&terminal, NULL, NULL, &size);
  if (*process == 0) {
    // The thread that starts it may have signals blocked, which a program would inherit.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  return *process < 0 ? -1 : terminal;
}

long pty_read(int terminal, unsigned char *bytes, size_t capacity, int milliseconds) {
  struct pollfd source = {terminal, POLLIN, 0};
  int ready = poll(&source, 1, milliseconds);
  if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
  ssize_t count = ready < 0 ? -1 : read(terminal, bytes, capacity);
  return count > 0 ? count : -1;
}

int pty_write(int terminal, const unsigned char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(terminal, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return 0;
    bytes += written;
    count -= (size_t)written;
  }
  return 1;
}

void pty_resize(int terminal, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  ioctl(terminal, TIOCSWINSZ, &size);
}

void pty_signal(int process, int signal) {
  kill(process, signal);
}

int pty_wait(int process, int milliseconds) {
  for (int waited = 0; waited <= milliseconds; waited += 5) {
    int status = 0;
    if (waitpid(process, &status, WNOHANG) == process) {
      return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    usleep(5000);
  }
  return -1;
}

void pty_close(int terminal, int process) {
  if (pty_wait(process, 0) < 0 && kill(process, SIGKILL) == 0) waitpid(process, NULL, 0);
  close(terminal);
}

int pty_is_cooked(int terminal) {
  struct termios modes;
  return tcgetattr(terminal, &modes) == 0 && (modes.c_lflag & ECHO) && (modes.c_lflag & ICANON);
}
