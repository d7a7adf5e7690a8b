#pragma once

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

// libedit's variadic functions under the types of their arguments, which is what Swift needs to call them.

/// What a key's function answers: libedit then redraws, beeps, or ends the line.
typedef unsigned char editor_answer;

/// A function of ours that a key is bound to; the second argument is the key's last character.
typedef editor_answer (*editor_function)(EditLine *, int);

/// Gives the next character in the second argument; 1 when there is one, 0 at the end of input.
typedef int (*editor_reader)(EditLine *, wchar_t *);

/// Gives the prompt; escape sequences stand between two characters U+0001.
typedef wchar_t *(*editor_prompt)(EditLine *);

static inline EditLine *editor_open(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

static inline void editor_set_client(EditLine *editor, void *client) {
  el_set(editor, EL_CLIENTDATA, client);
}

static inline void *editor_client(EditLine *editor) {
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  return client;
}

static inline void editor_set_prompt(EditLine *editor, editor_prompt prompt) {
  el_wset(editor, EL_PROMPT_ESC, prompt, L'\1');
}

static inline void editor_set_reader(EditLine *editor, editor_reader reader) {
  el_wset(editor, EL_GETCFN, reader);
}

static inline void editor_set_keys(EditLine *editor, const char *keys) {
  el_set(editor, EL_EDITOR, keys);
}

/// The name of the key map in use: "emacs" or "vi".
static inline const char *editor_keys(EditLine *editor) {
  const char *keys = NULL;
  el_get(editor, EL_EDITOR, &keys);
  return keys;
}

static inline void editor_add_function(
    EditLine *editor, const char *name, const char *help, editor_function function) {
  el_set(editor, EL_ADDFN, name, help, function);
}

static inline void editor_bind(EditLine *editor, const char *key, const char *action) {
  el_set(editor, EL_BIND, key, action, NULL);
}

/// Binds a key of the other map: vi's command mode.
static inline void editor_bind_alternate(EditLine *editor, const char *key, const char *action) {
  el_set(editor, EL_BIND, "-a", key, action, NULL);
}

static inline void editor_bind_character(EditLine *editor, wchar_t key, const char *action) {
  wchar_t keys[2] = {key, 0};
  wchar_t name[64];
  if (mbstowcs(name, action, 64) >= 64) return;
  el_wset(editor, EL_BIND, keys, name, NULL);
  el_wset(editor, EL_BIND, L"-a", keys, name, NULL);
}

/// A terminal mode while a line is edited: "-isig", "+echo".
static inline void editor_set_mode(EditLine *editor, const char *mode) {
  el_set(editor, EL_SETTY, "-d", mode, NULL);
}

/// Puts the terminal into the editing modes (1) or back (0).
static inline void editor_prepare_terminal(EditLine *editor, int editing) {
  el_set(editor, EL_PREP_TERM, editing);
}

/// Draws prompt and line anew where the cursor is.
static inline void editor_draw(EditLine *editor) {
  el_set(editor, EL_REFRESH);
}

/// The size of the terminal in cells, as libedit knows it; 0 where it does not.
static inline int editor_rows(EditLine *editor) {
  int rows = 0;
  return el_get(editor, EL_GETTC, "li", &rows) == 0 ? rows : 0;
}

static inline int editor_columns(EditLine *editor) {
  int columns = 0;
  return el_get(editor, EL_GETTC, "co", &columns) == 0 ? columns : 0;
}

/// Writes text to the terminal past libedit.
static inline void editor_write(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

/// Reads what the terminal has sent: the number of bytes, 0 at its end, −1 to try again.
static inline long editor_read(unsigned char *bytes, size_t capacity) {
  ssize_t count = read(STDIN_FILENO, bytes, capacity);
  return count >= 0 ? count : errno == EINTR || errno == EAGAIN ? -1 : 0;
}

/// Whether something was typed already.
static inline int editor_has_input(void) {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

/// Stops the program as Ctrl-Z does; returns when it is continued.
void editor_suspend(void);

/// Sends the program a signal that it gave up heeding.
static inline void editor_raise(int signal) {
  raise(signal);
}

/// Makes the character functions of C speak UTF-8, whatever the environment says; 0 where no such locale exists.
static inline int editor_use_utf8(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  if (setlocale(LC_CTYPE, "C.UTF-8")) return 1;
  return setlocale(LC_CTYPE, "en_US.UTF-8") != NULL;
}

/// Lets a prompt be woken by a new window size, by being continued and by requests to end, until `editor_ignore_signals`.
void editor_heed_signals(void);

/// Gives the signals back to whom they belonged.
void editor_ignore_signals(void);

/// Waits for the terminal's input (negative: for ever): 1 there is some, 0 the time is over, −n signal n came, −1,000 waiting failed.
int editor_wait(int milliseconds);

/// Runs a command by the system's shell, with the text as its input unless that is NULL, and waits for it.
///
/// Gives its exit status, 128 + n where signal n ended it, −1 where it could not be started.
int editor_run_command(const char *command, const char *text);
