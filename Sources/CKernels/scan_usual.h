// Rows of the usual kind, `user,item,rating[,time]` within 64 bytes. Included by scan_rows.c, for each of its clones.
#pragma once

#include "scan.h"
#include "scan_bits.h"
#include "scan_intern.h"
#include "scan_numbers.h"

#define BODY static inline __attribute__((always_inline))

/// The place behind the line feed that ends the line at p, or NULL where p stands before something else.
BODY const uint8_t *line_end(const uint8_t *p) {
  if (*p == '\n') return p + 1;
  if (p[0] == '\r' && p[1] == '\n') return p + 2;
  return NULL;
}

/// Rows whose texts are looked up together, so that the memory of one is fetched while others are read.
#define BATCH 32

/// Where the parts of a row end, counted from its start.
typedef struct {
  int user, item, rating, time, line;
  /// A bit for each quotation mark.
  uint64_t quotes;
} usual_ends;

/// Finds the ends of a row of ASCII; 0 where it is not of the usual kind. At least 64 bytes can be read.
BODY int find_ends(const rec_row_layout *layout, const uint8_t *p, usual_ends *ends) {
  const int has_times = layout->times != NULL;
  bytes64 bytes = *(const bytes64 *)p;
  uint64_t quotes = BITS(bytes == '"');
  uint64_t open = quotes ? quoted_bits(quotes) : 0;
  uint64_t line_feeds = BITS(bytes == '\n') & ~open;
  uint64_t before = line_feeds ^ (line_feeds - 1);
  uint64_t separators = BITS(bytes == layout->separator[0]) & before & ~open;
  if (line_feeds == 0 || (BITS(bytes >= 0x80) & before)) return 0;
  if (__builtin_popcountll(separators) != 2 + has_times) return 0;
  ends->quotes = quotes & before;
  ends->line = __builtin_ctzll(line_feeds);
  ends->user = __builtin_ctzll(separators);
  separators &= separators - 1;
  ends->item = __builtin_ctzll(separators);
  separators &= separators - 1;
  ends->time = ends->line - (p[ends->line > 0 ? ends->line - 1 : 0] == '\r');
  ends->rating = has_times ? __builtin_ctzll(separators) : ends->time;
  return 1;
}

/// Whether the bytes of a word, given without their '0', are all digits.
BODY int are_digits(uint64_t word) { return (((word + 0x7676767676767676ull) | word) & 0x8080808080808080ull) == 0; }

/// `count` bytes without their '0', as the last ones of a word whose others are zero digits; 1 to 8 bytes.
BODY uint64_t last_digits(const uint8_t *p, int count) {
  return (load_eight(p) ^ 0x3030303030303030ull) << (64 - 8 * count);
}

/// Stores rating and time: one digit or with tenths, 8 to 16 digits; 0 where they are of another kind.
BODY int store_opinion(const rec_row_layout *layout, const uint8_t *p, const usual_ends *ends, int64_t row) {
  const uint8_t *digits = p + ends->item + 1;
  int length = ends->rating - ends->item - 1;
  if (!is_digit(digits[0])) return 0;
  float rating = (float)(digits[0] - '0');
  if (length != 1) {
    if (length != 3 || digits[1] != '.' || !is_digit(digits[2])) return 0;
    // Whole number and tenths are exact, and the quotient is rounded once.
    rating = (float)((digits[0] - '0') * 10 + (digits[2] - '0')) / 10.0f;
  }
  if (rating == layout->missing || !(rating >= layout->lowest && rating <= layout->highest)) return 0;
  layout->ratings[row] = rating;
  if (layout->times) {
    int upper = ends->time - ends->rating - 9;
    if ((unsigned)upper > 8) return 0;
    uint64_t lower_word = load_eight(p + ends->rating + 1 + upper) ^ 0x3030303030303030ull;
    uint64_t upper_word = upper == 0 ? 0 : last_digits(p + ends->rating + 1, upper);
    if (!are_digits(lower_word) || !are_digits(upper_word)) return 0;
    layout->times[row] = (int64_t)eight_digits(upper_word) * 100000000 + eight_digits(lower_word);
  }
  return 1;
}

// MARK: Whole numbers

BODY void store_number(const rec_id_column *column, int64_t row, int32_t number) {
  // Every thread writes the same value.
  __atomic_store_n(column->marks + number, (uint8_t)1, __ATOMIC_RELAXED);
  column->out[row] = number;
}

/// A row of plain numbers and nothing else; the place behind it, or NULL. At least 64 bytes can be read.
///
/// Field after field: finding the ends of all fields first, as for texts, took a quarter more time.
BODY const uint8_t *usual_row(
    const rec_row_layout *layout, const uint8_t *p, int32_t *user, int32_t *item, float *rating, int64_t *time) {
  const uint8_t separator = layout->separator[0];
  const uint64_t zeros = 0x3030303030303030ull;
  uint64_t word = load_eight(p) ^ zeros;
  int count = digit_run(word);
  if (count == 0 || count == 8 || (*p == '0' && count > 1) || p[count] != separator) return NULL;
  *user = (int32_t)some_digits(word, count);
  p += count + 1;
  word = load_eight(p) ^ zeros;
  count = digit_run(word);
  if (count == 0 || count == 8 || (*p == '0' && count > 1) || p[count] != separator) return NULL;
  *item = (int32_t)some_digits(word, count);
  p += count + 1;
  if (*user >= layout->users.limit || *item >= layout->items.limit || !is_digit(p[0])) return NULL;
  if (p[1] == '.' && is_digit(p[2])) {
    // Whole number and tenths are exact, and the quotient is rounded once.
    *rating = (float)((p[0] - '0') * 10 + (p[2] - '0')) / 10.0f;
    p += 3;
  } else {
    *rating = (float)(p[0] - '0');
    p += 1;
  }
  if (layout->times) {
    if (*p != separator) return NULL;
    p++;
    word = load_eight(p) ^ zeros;
    if (digit_run(word) != 8) return NULL;
    int64_t seconds = eight_digits(word);
    p += 8;
    for (int more = 0; more < 10 && is_digit(*p); more++) seconds = seconds * 10 + (*p++ - '0');
    *time = seconds;
  }
  return line_end(p);
}

/// Reads rows of the usual kind whose ids are whole numbers, as long as there are such; the place behind the last one.
BODY const uint8_t *scan_usual_numbers(
    const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, int64_t *next_row) {
  int64_t row = *next_row;
  for (; end - p >= 64; row++) {
    int32_t user, item;
    float rating;
    int64_t time = 0;
    const uint8_t *after = usual_row(layout, p, &user, &item, &rating, &time);
    // A rating that is missing or outside of the scale wants a closer look, too.
    if (!after || rating == layout->missing || !(rating >= layout->lowest && rating <= layout->highest)) break;
    store_number(&layout->users, row, user);
    store_number(&layout->items, row, item);
    layout->ratings[row] = rating;
    if (layout->times) layout->times[row] = time;
    p = after;
  }
  *next_row = row;
  return p;
}

// MARK: Texts

/// Cuts quotation marks off a text where it has them, and counts them. Makes the text a key without its code; 0 where
/// it is empty, too long or has spaces at its ends.
BODY int usual_text(const uint8_t *p, int length, int *quotes, rec_text_key *key) {
  if (length >= 2 && p[0] == '"' && p[length - 1] == '"') {
    p++;
    length -= 2;
    *quotes += 2;
  }
  if (length < 1 || length > REC_SHORT_TEXT || p[0] == ' ' || p[length - 1] == ' ') return 0;
  *key = text_words(p, length);
  return 1;
}

BODY int is_same_text(const rec_text_key *a, const rec_text_key *b) {
  return ((a->words[0] ^ b->words[0]) | (a->words[1] ^ b->words[1]) | (a->words[2] ^ b->words[2]) |
          (a->length ^ b->length)) == 0;
}

/// Reads rows of the usual kind whose ids are texts of at most 24 bytes, with or without quotation marks around them, as
/// long as there are such; the place behind the last one. Neighbours often have the same user: it is looked up once.
BODY const uint8_t *scan_usual_texts(
    const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, int64_t *next_row) {
  rec_interner *const users = layout->users.interner, *const items = layout->items.interner;
  rec_text_key user_keys[BATCH], item_keys[BATCH];
  uint8_t user_of_row[BATCH];
  int64_t row = *next_row;
  int count = BATCH;
  while (count == BATCH && users->count + BATCH <= users->capacity && items->count + BATCH <= items->capacity) {
    int user_count = 0;
    for (count = 0; count < BATCH && end - p >= 96; count++) {
      usual_ends ends;
      rec_text_key user;
      int quotes = 0;
      if (!find_ends(layout, p, &ends) || !usual_text(p, ends.user, &quotes, &user) ||
          !usual_text(p + ends.user + 1, ends.item - ends.user - 1, &quotes, &item_keys[count])) break;
      // A quotation mark anywhere else, or where none is taken for one, wants a closer look.
      if (ends.quotes && (!layout->quoting || __builtin_popcountll(ends.quotes) != quotes)) break;
      if (!store_opinion(layout, p, &ends, row + count)) break;
      if (user_count == 0 || !is_same_text(&user, &user_keys[user_count - 1])) {
        user.code = hash_words(user.words, user.length);
        __builtin_prefetch(&users->slots[user.code & users->mask]);
        user_keys[user_count++] = user;
      }
      user_of_row[count] = (uint8_t)(user_count - 1);
      rec_text_key *item = &item_keys[count];
      item->code = hash_words(item->words, item->length);
      __builtin_prefetch(&items->slots[item->code & items->mask]);
      p += ends.line + 1;
    }
    int32_t user_numbers[BATCH];
    for (int i = 0; i < user_count; i++) user_numbers[i] = intern_key(users, &user_keys[i]);
    for (int i = 0; i < count; i++) {
      layout->users.out[row + i] = user_numbers[user_of_row[i]];
      layout->items.out[row + i] = intern_key(items, &item_keys[i]);
    }
    row += count;
  }
  *next_row = row;
  return p;
}
