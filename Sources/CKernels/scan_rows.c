// A file of ratings, row by row, straight into columns.
//
// The plain case (digits, a separator, digits, ...) is read in one pass over the bytes. A field that is not plain is
// cut out (quotation marks, spaces around it) and read again; what still is not plain stops the scan, and the Swift
// side, which words errors, looks at that row alone.
#include "scan.h"
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
  const uint8_t *after = cut_field(layout, p, end, text);
  if (!after || text->start == text->end) return NULL;
  return rec_invalid_utf8(text->start, text->end - text->start) == text->end - text->start ? after : NULL;
}

BODY int has_room(const rec_interner *interner, slice text) {
  return interner->count < interner->capacity &&
         text.end - text.start <= interner->arena_capacity - interner->starts[interner->count];
}

BODY void store_id(const rec_id_column *column, int64_t row, int32_t number, slice text) {
  if (column->marks) {
    // Every thread writes the same value.
    __atomic_store_n(column->marks + number, (uint8_t)1, __ATOMIC_RELAXED);
    column->out[row] = number;
  } else {
    column->out[row] = rec_intern(column->interner, text.start, text.end - text.start);
  }
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
  const uint8_t *after = scan_moment(p, end, seconds);
  if (after && (is_separator(layout, after) || line_end(after))) return after;
  slice field;
  after = cut_field(layout, p, end, &field);
  return after && scan_moment(field.start, field.end, seconds) == field.end ? after : NULL;
}

rec_rows_result rec_scan_rows(
    const rec_row_layout *shared, const uint8_t *bytes, ptrdiff_t begin, ptrdiff_t last, int64_t row) {
  // A copy of our own: what is stored into the columns cannot change it, so it may stay in registers.
  const rec_row_layout copy = *shared;
  const rec_row_layout *layout = &copy;
  const uint8_t *p = bytes + begin, *end = bytes + last;
  while (p < end) {
    const uint8_t *start = p;
    const uint8_t *after = line_end(p);
    if (after) {
      p = after;
      continue;
    }
    int32_t user = 0, item = 0;
    slice user_text = {0, 0}, item_text = {0, 0}, event_text = {0, 0}, ignored;
    float rating = 0;
    int64_t time = 0;
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
    if ((!layout->users.marks && !has_room(layout->users.interner, user_text)) ||
        (!layout->items.marks && !has_room(layout->items.interner, item_text)) ||
        (layout->events.interner && !has_room(layout->events.interner, event_text)))
      return (rec_rows_result){rec_rows_no_room, start - bytes, row};
    store_id(&layout->users, row, user, user_text);
    store_id(&layout->items, row, item, item_text);
    if (layout->events.interner) store_id(&layout->events, row, 0, event_text);
    if (layout->ratings) layout->ratings[row] = rating;
    if (layout->times) layout->times[row] = time;
    row++;
    continue;
  unusual:
    return (rec_rows_result){rec_rows_unusual, start - bytes, row};
  }
  return (rec_rows_result){rec_rows_done, last, row};
}
