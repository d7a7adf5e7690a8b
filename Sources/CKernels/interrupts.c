// The one piece of state a signal handler needs: which flag to set, and how often it did.
#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CKernels.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct rec_flag {
  atomic_int value;
};

static _Atomic(rec_flag *) interrupted;
static atomic_int interrupt_count;

rec_flag *rec_flag_create(void) { return calloc(1, sizeof(rec_flag)); }
void rec_flag_free(rec_flag *flag) { free(flag); }
void rec_flag_set(rec_flag *flag, int value) { atomic_store_explicit(&flag->value, value, memory_order_release); }
int rec_flag_get(const rec_flag *flag) { return atomic_load_explicit(&flag->value, memory_order_acquire); }

static void on_interrupt(int signal_number) {
  (void)signal_number;
  atomic_fetch_add(&interrupt_count, 1);
  rec_flag *flag = atomic_load(&interrupted);
  if (flag) atomic_store(&flag->value, 1);
}

void rec_interrupts_install(rec_flag *flag) {
  atomic_store(&interrupted, flag);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  // A program that was started from a thread pool inherits a mask in which SIGINT is blocked.
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_UNBLOCK, &interrupt, NULL);
}

int rec_interrupt_count(void) { return atomic_load(&interrupt_count); }
void rec_interrupt_count_reset(void) { atomic_store(&interrupt_count, 0); }

void rec_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }
