// A file of ratings, row by row, straight into columns.
//
// The plain case (digits, a separator, digits, ...) is read in one pass over the bytes. A field that is not plain is
// cut out (quotation marks, spaces around it) and read again; what still is not plain stops the scan, and the Swift
// side, which words errors, looks at that row alone.
#include "clones.h"
#include "scan.h"
#include "scan_intern.h"
#include "scan_numbers.h"
#include "scan_usual.h"

#include <string.h>

typedef struct {
  const uint8_t *start;
  const uint8_t *end;
} slice;

BODY int is_separator(const rec_row_layout *layout, const uint8_t *p) {
  // p[1] exists: the last byte of a chunk is a line feed, which is no separator.
  return p[0] == layout->separator[0] && (layout->separator_length == 1 || p[1] == layout->separator[1]);
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

/// Texts of a column that wait for their numbers.
typedef struct {
  rec_text_key keys[BATCH];
} waiting_texts;

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

/// Whether a layout is the usual one but for its ids.
static int has_usual_fields(const rec_row_layout *layout) {
  const uint8_t roles[4] = {rec_field_user, rec_field_item, rec_field_rating, rec_field_time};
  return layout->separator_length == 1 && layout->ratings && layout->field_count == (layout->times ? 4 : 3) &&
         !layout->events.interner && memcmp(layout->roles, roles, (size_t)layout->field_count) == 0;
}

/// Whether a layout is the usual one, with whole numbers as ids.
static int has_usual_numbers(const rec_row_layout *layout) {
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
  const int usual_numbers = has_usual_numbers(layout), usual_texts = has_usual_texts(layout);
  waiting_texts users, items, events;
  int waiting = 0;
  // Bytes of long texts that wait.
  int64_t long_users = 0, long_items = 0, long_events = 0;
  rec_rows_status status = rec_rows_done;
  while (p < end) {
    if (waiting == 0) {
      if (usual_numbers) p = scan_usual_numbers(layout, p, end, &row);
      if (usual_texts) p = scan_usual_texts(layout, p, end, &row);
      if (p == end) break;
    }
    const uint8_t *start = p;
    int32_t user = 0, item = 0;
    float rating = 0;
    int64_t time = 0;
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
    waiting += !usual_numbers;
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
