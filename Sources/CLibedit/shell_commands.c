// Commands of the system's shell that ours starts: `!ls`, and the pager.
#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CLibedit.h"

#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

// The child gets signals as programs expect them: our own handlers, masks and the ignored SIGPIPE are not its.
static int start(const char *command, int input, pid_t *child) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  sigset_t defaults, none;
  sigemptyset(&none);
  sigemptyset(&defaults);
  int signals[] = {SIGINT, SIGQUIT, SIGPIPE, SIGTSTP, SIGTERM};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&defaults, signals[i]);
  if (posix_spawnattr_init(&attributes) != 0) return -1;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &none);
  if (input >= 0) posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  char *arguments[] = {"sh", "-c", (char *)command, NULL};
  int failure = posix_spawn(child, "/bin/sh", &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure == 0 ? 0 : -1;
}

int editor_run_command(const char *command, const char *text) {
  int ends[2] = {-1, -1};
  if (text) {
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  }
  // While it runs, Ctrl-C is for it alone.
  struct sigaction ignore = {0}, interrupt, quit;
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  pid_t child = 0;
  int status = -1;
  int started = start(command, ends[0], &child);
  if (text) {
    close(ends[0]);
    size_t length = started == 0 ? strlen(text) : 0;
    for (size_t done = 0; done < length;) {
      ssize_t count = write(ends[1], text + done, length - done);
      if (count < 0 && errno == EINTR) continue;
      // A pager that was left early reads no more.
      if (count <= 0) break;
      done += (size_t)count;
    }
    close(ends[1]);
  }
  if (started == 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    status = WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : -1;
  }
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  return status;
}
