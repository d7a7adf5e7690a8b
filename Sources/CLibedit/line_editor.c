#define _GNU_SOURCE
#include "CLibedit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>

// A handler may run in any thread, so it wakes the prompt through a pipe.

static const int heeded[] = {SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGCONT};
enum { heeded_count = sizeof heeded / sizeof *heeded };

static struct sigaction previous[heeded_count];
static int wake[2] = {-1, -1};

static void wake_prompt(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  ssize_t written = write(wake[1], &byte, 1);
  (void)written;
  errno = saved;
}

void editor_heed_signals(void) {
  if (wake[0] < 0) {
    if (pipe(wake) != 0) return;
    for (int end = 0; end < 2; end++) {
      fcntl(wake[end], F_SETFD, FD_CLOEXEC);
      fcntl(wake[end], F_SETFL, O_NONBLOCK);
    }
  }
  struct sigaction action = {0};
  action.sa_handler = wake_prompt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < heeded_count; i++) sigaction(heeded[i], &action, &previous[i]);
}

void editor_ignore_signals(void) {
  if (wake[0] < 0) return;
  for (int i = 0; i < heeded_count; i++) sigaction(heeded[i], &previous[i], NULL);
}

void editor_suspend(void) {
  kill(0, SIGTSTP);
}

int editor_wait(int milliseconds) {
  struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {wake[0], POLLIN, 0}};
  for (;;) {
    int ready = poll(sources, wake[0] < 0 ? 1 : 2, milliseconds);
    if (ready == 0) return 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return -1000;
    unsigned char signal = 0;
    if ((sources[1].revents & POLLIN) && read(wake[0], &signal, 1) == 1) return -(int)signal;
    if (sources[0].revents) return 1;
  }
}
