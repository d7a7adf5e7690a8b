#pragma once

#include <stddef.h>

/// Starts a shell command in a pseudo-terminal of that size; gives the master's descriptor, or −1, and the process.
int pty_start(const char *command, int rows, int columns, int *process);

/// Reads what the program has written: the number of bytes, 0 when the time is over, −1 when the program is gone.
long pty_read(int terminal, unsigned char *bytes, size_t capacity, int milliseconds);

/// Sends bytes as if they were typed; 0 when they could not all be sent.
int pty_write(int terminal, const unsigned char *bytes, size_t count);

/// Gives the terminal another size, as a window does.
void pty_resize(int terminal, int rows, int columns);

/// Sends the program a signal.
void pty_signal(int process, int signal);

/// Waits for the program's end: its status, 128 + n when signal n ended it, −1 when it goes on after the time.
int pty_wait(int process, int milliseconds);

/// Ends the program, whatever it does, and closes the terminal.
void pty_close(int terminal, int process);

/// Whether the terminal echoes and waits for whole lines, as a shell expects to find it again.
int pty_is_cooked(int terminal);
