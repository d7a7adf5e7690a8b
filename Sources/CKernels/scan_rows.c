// A file of ratings, row by row, straight into columns.
//
// The plain case (digits, a separator, digits, ...) is read in one pass over the bytes. A field that is not plain is
// cut out (quotation marks, spaces around it) and read again; what still is not plain stops the scan, and the Swift
// side, which words errors, looks at that row alone.
#include "clones.h"
#include "scan.h"
#include "scan_intern.h"
#include "scan_numbers.h"

#include <string.h>

#define BODY static inline __attribute__((always_inline))

typedef struct {
  const uint8_t *start;
  const uint8_t *end;
} slice;

BODY int is_separator(const rec_row_layout *layout, const uint8_t *p) {
  // p[1] exists: the last byte of a chunk is a line feed, which is no separator.
  return p[0] == layout->separator[0] && (layout->separator_length == 1 || p[1] == layout->separator[1]);
}

/// The place behind the line feed that ends the line at p, or NULL where p stands before something else.
BODY const uint8_t *line_end(const uint8_t *p) {
  if (*p == '\n') return p + 1;
  if (p[0] == '\r' && p[1] == '\n') return p + 2;
  return NULL;
}

/// Cuts out the field at p, without spaces around it and without its quotation marks; the place behind it, or NULL for
/// a quoted field that holds a quotation mark or does not end.
static const uint8_t *cut_field(const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, slice *field) {
  int trims = layout->separator[0] != ' ';
  while (trims && *p == ' ') p++;
  if (layout->quoting && *p == '"') {
    const uint8_t *closing = memchr(p + 1, '"', (size_t)(end - p - 1));
    if (!closing) return NULL;
    *field = (slice){p + 1, closing};
    p = closing + 1;
    while (trims && *p == ' ') p++;
    return is_separator(layout, p) || line_end(p) ? p : NULL;
  }
  field->start = p;
  while (*p != '\n' && !is_separator(layout, p)) p++;
  field->end = p;
  if (*p == '\n' && field->end > field->start && field->end[-1] == '\r') field->end--, p--;
  while (trims && field->end > field->start && field->end[-1] == ' ') field->end--;
  return p;
}

/// A canonical whole number below the limit, or NULL.
BODY const uint8_t *plain_id(const uint8_t *p, int64_t limit, int32_t *value) {
  const uint8_t *start = p;
  uint64_t number = 0;
  while (is_digit(*p) && p - start < 10) number = number * 10 + (uint64_t)(*p++ - '0');
  if (p == start || is_digit(*p) || (*start == '0' && p - start > 1) || number >= (uint64_t)limit) return NULL;
  *value = (int32_t)number;
  return p;
}

/// The lowest byte of a word that is the given one is marked by its upper bit; bytes above it may be marked wrongly.
BODY uint64_t marked(uint64_t word, uint8_t byte) {
  uint64_t other = word ^ (0x0101010101010101ull * byte);
  return (other - 0x0101010101010101ull) & ~other & 0x8080808080808080ull;
}

/// A field of ASCII without quotation marks and without spaces at its ends, before a separator of one byte; the place
/// behind it, or NULL.
BODY const uint8_t *plain_text(const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, slice *field) {
  if (layout->separator_length != 1 || *p == '"' || *p == ' ') return NULL;
  field->start = p;
  uint64_t upper = 0;
  for (; end - p >= 8; p += 8) {
    uint64_t word = load_eight(p);
    uint64_t ends = marked(word, layout->separator[0]) | marked(word, '\n');
    if (!ends) {
      upper |= word;
      continue;
    }
    int count = __builtin_ctzll(ends) >> 3;
    if (count > 0) upper |= word << (64 - 8 * count);
    p += count;
    if ((upper & 0x8080808080808080ull) || p == field->start || p[-1] == ' ' || p[-1] == '\r') return NULL;
    field->end = p;
    return p;
  }
  return NULL;
}

BODY const uint8_t *id_field(
    const rec_row_layout *layout, const rec_id_column *column, const uint8_t *p, const uint8_t *end, int32_t *number,
    slice *text) {
  if (column->marks) {
    const uint8_t *after = plain_id(p, column->limit, number);
    if (after && (is_separator(layout, after) || line_end(after))) return after;
    slice field;
    after = cut_field(layout, p, end, &field);
    // The byte behind a cut field is never a digit, so the number ends with the field.
    return after && plain_id(field.start, column->limit, number) == field.end ? after : NULL;
  }
  const uint8_t *after = plain_text(layout, p, end, text);
  if (after) return after;
  after = cut_field(layout, p, end, text);
  if (!after || text->start == text->end) return NULL;
  return rec_invalid_utf8(text->start, text->end - text->start) == text->end - text->start ? after : NULL;
}

/// Rows whose texts are looked up together, so that the memory of one is fetched while others are read.
#define BATCH 32

/// Texts of a column that wait for their numbers.
typedef struct {
  rec_text_key keys[BATCH];
} waiting_texts;

BODY void store_number(const rec_id_column *column, int64_t row, int32_t number) {
  // Every thread writes the same value.
  __atomic_store_n(column->marks + number, (uint8_t)1, __ATOMIC_RELAXED);
  column->out[row] = number;
}

BODY void wait_for(const rec_id_column *column, waiting_texts *waiting, int count, slice text, const uint8_t *end) {
  rec_text_key *key = &waiting->keys[count];
  ptrdiff_t length = text.end - text.start;
  *key = end - text.start >= REC_SHORT_TEXT ? text_key_padded(text.start, length) : text_key(text.start, length);
  __builtin_prefetch(&column->interner->slots[key->code & column->interner->mask]);
}

BODY void store_texts(const rec_id_column *column, const waiting_texts *waiting, int count, int64_t row) {
  for (int i = 0; i < count; i++) column->out[row + i] = intern_key(column->interner, &waiting->keys[i]);
}

/// Whether a batch of texts finds room, a long one among them at the end.
BODY int has_room(const rec_id_column *column, slice text, int64_t *long_bytes) {
  if (!column->interner) return 1;
  int64_t length = text.end - text.start;
  if (length > REC_SHORT_TEXT) *long_bytes += length;
  return column->interner->count + BATCH <= column->interner->capacity &&
         *long_bytes <= column->interner->arena_capacity - column->interner->arena_used;
}

BODY const uint8_t *rating_field(const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, float *value) {
  double number;
  const uint8_t *after = scan_decimal(p, end, layout->decimal_comma, &number);
  if (!after || !(is_separator(layout, after) || line_end(after))) {
    slice field;
    after = cut_field(layout, p, end, &field);
    if (!after || scan_decimal(field.start, field.end, layout->decimal_comma, &number) != field.end) return NULL;
  }
  *value = (float)number;
  return after;
}

BODY const uint8_t *time_field(const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, int64_t *seconds) {
  const uint8_t *after = NULL;
  if (end - p >= 24) {
    uint64_t word = load_eight(p) ^ 0x3030303030303030ull;
    if (digit_run(word) == 8) {
      *seconds = eight_digits(word);
      after = p + 8;
      for (int more = 0; more < 10 && is_digit(*after); more++) *seconds = *seconds * 10 + (*after++ - '0');
      if (is_separator(layout, after) || line_end(after)) return after;
    }
  }
  after = scan_moment(p, end, seconds);
  if (after && (is_separator(layout, after) || line_end(after))) return after;
  slice field;
  after = cut_field(layout, p, end, &field);
  return after && scan_moment(field.start, field.end, seconds) == field.end ? after : NULL;
}

/// A row of the usual kind, `user,item,rating,time` with a separator of one byte, plain numbers and nothing else; the
/// place behind it, or NULL. At least 64 bytes can be read.
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

typedef uint8_t bytes64 __attribute__((vector_size(64), aligned(1)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

/// A bit for each of 64 bytes, the first one lowest: whether the condition holds.
#define BITS(condition)                                                                                                \
  ({                                                                                                                   \
    bits64 bits = __builtin_convertvector((bytes64)(condition), bits64);                                               \
    uint64_t word;                                                                                                     \
    memcpy(&word, &bits, sizeof word);                                                                                 \
    word;                                                                                                              \
  })

/// Whether the bytes of a word, given without their '0', are all digits.
BODY int are_digits(uint64_t word) { return (((word + 0x7676767676767676ull) | word) & 0x8080808080808080ull) == 0; }

/// Whether a text is of the usual kind, and the same text as words.
BODY int short_text(const uint8_t *p, ptrdiff_t length, rec_text_key *key) {
  if (length < 1 || length > REC_SHORT_TEXT || p[0] == ' ' || p[length - 1] == ' ') return 0;
  *key = text_words(p, length);
  return 1;
}

BODY int is_same_text(const rec_text_key *a, const rec_text_key *b) {
  return ((a->words[0] ^ b->words[0]) | (a->words[1] ^ b->words[1]) | (a->words[2] ^ b->words[2]) |
          (a->length ^ b->length)) == 0;
}

/// Reads rows of the usual kind whose ids are texts, as long as there are such: `user,item,rating[,time]` within 64 bytes
/// of ASCII without quotation marks, ids of at most 24 bytes, a rating of one digit or with tenths, a time of 8 to 16
/// digits. Gives the place behind the last one. Neighbours often have the same user: it is looked up once.
BODY const uint8_t *scan_texts(const rec_row_layout *layout, const uint8_t *p, const uint8_t *end, int64_t *next_row) {
  const uint64_t zeros = 0x3030303030303030ull;
  const uint8_t separator = layout->separator[0];
  const int has_times = layout->times != NULL;
  const float lowest = layout->lowest, highest = layout->highest, missing = layout->missing;
  rec_interner *const users = layout->users.interner, *const items = layout->items.interner;
  rec_text_key user_keys[BATCH], item_keys[BATCH];
  uint8_t user_of_row[BATCH];
  int64_t row = *next_row;
  int count = BATCH;
  while (count == BATCH && users->count + BATCH <= users->capacity && items->count + BATCH <= items->capacity) {
    int user_count = 0;
    for (count = 0; count < BATCH && end - p >= 96; count++) {
      bytes64 bytes = *(const bytes64 *)p;
      uint64_t line_feeds = BITS(bytes == '\n');
      uint64_t before = line_feeds ^ (line_feeds - 1);
      uint64_t separators = BITS(bytes == separator) & before;
      if (line_feeds == 0 || (BITS((bytes == '"') | (bytes >= 0x80)) & before)) break;
      if (__builtin_popcountll(separators) != 2 + has_times) break;
      int line_end = __builtin_ctzll(line_feeds), user_end = __builtin_ctzll(separators);
      separators &= separators - 1;
      int item_end = __builtin_ctzll(separators);
      separators &= separators - 1;
      int last = line_end - (p[line_end > 0 ? line_end - 1 : 0] == '\r');
      int rating_end = has_times ? __builtin_ctzll(separators) : last;
      rec_text_key user;
      if (!short_text(p, user_end, &user) ||
          !short_text(p + user_end + 1, item_end - user_end - 1, &item_keys[count])) break;
      const uint8_t *digits = p + item_end + 1;
      float rating = (float)(digits[0] - '0');
      if (!is_digit(digits[0])) break;
      if (rating_end - item_end != 2) {
        if (rating_end - item_end != 4 || digits[1] != '.' || !is_digit(digits[2])) break;
        // Whole number and tenths are exact, and the quotient is rounded once.
        rating = (float)((digits[0] - '0') * 10 + (digits[2] - '0')) / 10.0f;
      }
      if (rating == missing || !(rating >= lowest && rating <= highest)) break;
      if (has_times) {
        int upper = last - rating_end - 9;
        if ((unsigned)upper > 8) break;
        uint64_t lower_word = load_eight(p + rating_end + 1 + upper) ^ zeros;
        uint64_t upper_word = upper == 0 ? 0 : (load_eight(p + rating_end + 1) ^ zeros) << (64 - 8 * upper);
        if (!are_digits(lower_word) || !are_digits(upper_word)) break;
        layout->times[row + count] = (int64_t)eight_digits(upper_word) * 100000000 + eight_digits(lower_word);
      }
      layout->ratings[row + count] = rating;
      if (user_count == 0 || !is_same_text(&user, &user_keys[user_count - 1])) {
        user.code = hash_words(user.words, user.length);
        __builtin_prefetch(&users->slots[user.code & users->mask]);
        user_keys[user_count++] = user;
      }
      user_of_row[count] = (uint8_t)(user_count - 1);
      rec_text_key *item = &item_keys[count];
      item->code = hash_words(item->words, item->length);
      __builtin_prefetch(&items->slots[item->code & items->mask]);
      p += line_end + 1;
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

/// Whether a layout is the usual one but for its ids.
static int has_usual_fields(const rec_row_layout *layout) {
  const uint8_t roles[4] = {rec_field_user, rec_field_item, rec_field_rating, rec_field_time};
  return layout->separator_length == 1 && layout->ratings && layout->field_count == (layout->times ? 4 : 3) &&
         !layout->events.interner && memcmp(layout->roles, roles, (size_t)layout->field_count) == 0;
}

/// Whether a layout is the usual one, with whole numbers as ids.
static int is_usual(const rec_row_layout *layout) {
  return has_usual_fields(layout) && layout->users.marks && layout->items.marks;
}

/// Whether a layout is the usual one, with texts as ids.
static int has_usual_texts(const rec_row_layout *layout) {
  return has_usual_fields(layout) && layout->users.interner && layout->items.interner && layout->separator[0] < 0x80;
}

REC_CLONES rec_rows_result rec_scan_rows(
    const rec_row_layout *shared, const uint8_t *bytes, ptrdiff_t begin, ptrdiff_t last, int64_t row) {
  // A copy of our own: what is stored into the columns cannot change it, so it may stay in registers.
  const rec_row_layout copy = *shared;
  const rec_row_layout *layout = &copy;
  const uint8_t *p = bytes + begin, *end = bytes + last;
  const int usual = is_usual(layout), usual_texts = has_usual_texts(layout);
  waiting_texts users, items, events;
  int waiting = 0;
  // Bytes of long texts that wait.
  int64_t long_users = 0, long_items = 0, long_events = 0;
  rec_rows_status status = rec_rows_done;
  while (p < end) {
    if (usual_texts && waiting == 0) {
      p = scan_texts(layout, p, end, &row);
      if (p == end) break;
    }
    const uint8_t *start = p;
    int32_t user = 0, item = 0;
    float rating = 0;
    int64_t time = 0;
    if (usual && end - p >= 64) {
      const uint8_t *after = usual_row(layout, p, &user, &item, &rating, &time);
      // A rating that is missing or outside of the scale takes the other way, too.
      if (after && rating != layout->missing && rating >= layout->lowest && rating <= layout->highest) {
        store_number(&layout->users, row, user);
        store_number(&layout->items, row, item);
        layout->ratings[row] = rating;
        if (layout->times) layout->times[row] = time;
        row++;
        p = after;
        continue;
      }
    }
    const uint8_t *after = line_end(p);
    if (after) {
      p = after;
      continue;
    }
    slice user_text = {0, 0}, item_text = {0, 0}, event_text = {0, 0}, ignored;
    for (int32_t field = 0; field < layout->field_count; field++) {
      switch ((rec_field_role)layout->roles[field]) {
      case rec_field_user: p = id_field(layout, &layout->users, p, end, &user, &user_text); break;
      case rec_field_item: p = id_field(layout, &layout->items, p, end, &item, &item_text); break;
      case rec_field_rating: p = rating_field(layout, p, end, &rating); break;
      case rec_field_time: p = time_field(layout, p, end, &time); break;
      case rec_field_event: p = cut_field(layout, p, end, &event_text); break;
      case rec_field_skipped: p = cut_field(layout, p, end, &ignored); break;
      }
      if (!p) goto unusual;
      if (field + 1 < layout->field_count) {
        if (!is_separator(layout, p)) goto unusual;
        p += layout->separator_length;
      }
    }
    p = line_end(p);
    if (!p) goto unusual;
    if (layout->ratings) {
      if (rating == layout->missing) continue;
      if (!(rating >= layout->lowest && rating <= layout->highest)) goto unusual;
    }
    // Nothing is stored before the whole row is right, so that a skipped row leaves no id behind.
    if (!has_room(&layout->users, user_text, &long_users) || !has_room(&layout->items, item_text, &long_items) ||
        !has_room(&layout->events, event_text, &long_events)) {
      status = rec_rows_no_room;
      p = start;
      break;
    }
    if (layout->users.interner) wait_for(&layout->users, &users, waiting, user_text, end);
    else store_number(&layout->users, row, user);
    if (layout->items.interner) wait_for(&layout->items, &items, waiting, item_text, end);
    else store_number(&layout->items, row, item);
    if (layout->events.interner) wait_for(&layout->events, &events, waiting, event_text, end);
    if (layout->ratings) layout->ratings[row] = rating;
    if (layout->times) layout->times[row] = time;
    row++;
    waiting++;
    if (waiting == BATCH) {
      if (layout->users.interner) store_texts(&layout->users, &users, waiting, row - waiting);
      if (layout->items.interner) store_texts(&layout->items, &items, waiting, row - waiting);
      if (layout->events.interner) store_texts(&layout->events, &events, waiting, row - waiting);
      waiting = 0;
      long_users = long_items = long_events = 0;
    }
    continue;
  unusual:
    status = rec_rows_unusual;
    p = start;
    break;
  }
  if (layout->users.interner) store_texts(&layout->users, &users, waiting, row - waiting);
  if (layout->items.interner) store_texts(&layout->items, &items, waiting, row - waiting);
  if (layout->events.interner) store_texts(&layout->events, &events, waiting, row - waiting);
  return (rec_rows_result){status, p - bytes, row};
}
