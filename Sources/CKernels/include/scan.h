// Scanning of separated text: counting, record boundaries, and whole files of ratings straight into columns (scan.c,
// intern.c). Nothing here allocates: a full table stops the scan, the caller makes room and goes on.
#pragma once

#include <stddef.h>
#include <stdint.h>

// MARK: Counting

typedef struct {
  int64_t newlines;
  int64_t quotes;
  int64_t nuls;
} rec_byte_counts;

/// How many line feeds, quotation marks and zero bytes there are.
rec_byte_counts rec_count_bytes(const uint8_t *bytes, ptrdiff_t count);

/// How many line feeds end records of the text, which begins with a record; -1 where the text ends within a record, or
/// holds a quotation mark in the middle of a field, so that only a walk from record to record can tell.
int64_t rec_count_quoted_lines(const uint8_t *bytes, ptrdiff_t count, uint8_t separator);

/// The place of a byte at or behind `from`, or `count`.
ptrdiff_t rec_find_byte(const uint8_t *bytes, ptrdiff_t from, ptrdiff_t count, uint8_t byte);

/// The end of the record that starts at `from`: just behind its line feed, or `count`. Line feeds between quotation
/// marks belong to the record. `*open` tells whether the bytes ended within quotation marks.
ptrdiff_t rec_record_end(
    const uint8_t *bytes, ptrdiff_t from, ptrdiff_t count, const uint8_t *separator, int separator_length, int *open);

/// The place of the first byte that is not part of valid UTF-8, or `count` (Unicode 15, table 3-7).
ptrdiff_t rec_invalid_utf8(const uint8_t *bytes, ptrdiff_t count);

// MARK: Numbers

/// A decimal number that is exact in a double before one division: at most 15 digits, no exponent. 0 where it is none.
int rec_scan_decimal(const uint8_t *bytes, ptrdiff_t count, int decimal_comma, double *value);

/// Seconds since 1970: whole seconds (a fraction is dropped) or ISO 8601 in UTC or with an offset. 0 where it is none.
int rec_scan_moment(const uint8_t *bytes, ptrdiff_t count, int64_t *seconds);

// MARK: Texts by number (intern.c)

/// A distinct text and its number; free where `number` is 0.
typedef struct {
  /// The number plus 1.
  uint32_t number;
  uint32_t length;
  /// The text where it is no longer than REC_SHORT_TEXT, zeros behind it; else its place in the arena comes first.
  uint64_t words[3];
} rec_text_slot;

#define REC_SHORT_TEXT 24

/// Distinct texts, numbered from 0 in order of first appearance; open addressing. The caller owns the memory.
typedef struct {
  /// `mask + 1` slots, at most `capacity` of them taken.
  rec_text_slot *slots;
  uint64_t mask;
  /// The texts that are too long for a slot, one behind the other.
  uint8_t *arena;
  int64_t arena_used;
  int64_t arena_capacity;
  int64_t capacity;
  int64_t count;
} rec_interner;

/// The number of a text, which is added where it is new; -1 where there is no room.
int32_t rec_intern(rec_interner *interner, const uint8_t *text, ptrdiff_t length);

/// Enters the texts of `old` into the empty slots of `interner`, under their numbers.
void rec_intern_copy(rec_interner *interner, const rec_interner *old);

/// Writes the length of each text to `lengths`, (count,).
void rec_intern_lengths(const rec_interner *interner, int64_t *lengths);

/// Writes the texts in order of their numbers; text i begins at `bytes + starts[i]`.
void rec_intern_texts(const rec_interner *interner, const int64_t *starts, uint8_t *bytes);

// MARK: Ratings

typedef enum {
  rec_field_skipped,
  rec_field_user,
  rec_field_item,
  rec_field_rating,
  rec_field_time,
  rec_field_event
} rec_field_role;

/// Where the ids of a column go: numbers below `limit` as they are, with a mark each, or texts by number.
typedef struct {
  /// (limit,), shared by all threads; NULL where ids are texts.
  uint8_t *marks;
  int64_t limit;
  rec_interner *interner;
  /// The column; a place for each row.
  int32_t *out;
} rec_id_column;

typedef struct {
  uint8_t separator[2];
  int32_t separator_length;
  int32_t quoting;
  int32_t decimal_comma;
  int32_t field_count;
  /// A role for each field, (field_count,).
  const uint8_t *roles;
  rec_id_column users;
  rec_id_column items;
  /// `interner` NULL where there is no such column.
  rec_id_column events;
  /// NULL where there is no such column.
  float *ratings;
  int64_t *times;
  /// Ratings outside are unusual.
  float lowest, highest;
  /// Rows with this rating are left out; NaN for none.
  float missing;
} rec_row_layout;

typedef enum {
  /// Everything up to the end was read.
  rec_rows_done,
  /// The row at `next` is not of the plain kind: the caller has to look at it.
  rec_rows_unusual,
  /// A table of texts is full.
  rec_rows_no_room
} rec_rows_status;

typedef struct {
  rec_rows_status status;
  /// The start of the row that stopped the scan.
  ptrdiff_t next;
  /// The place behind the last row that was written.
  int64_t row;
} rec_rows_result;

/// Reads rows from `begin` on into the columns from place `row` on. The byte before `end` is a line feed; empty lines
/// are passed over.
rec_rows_result rec_scan_rows(
    const rec_row_layout *layout, const uint8_t *bytes, ptrdiff_t begin, ptrdiff_t end, int64_t row);

// MARK: Columns

/// The lowest and highest of the values that are `mark` or more; infinity and -infinity where there is none.
void rec_extremes(const float *values, ptrdiff_t count, float mark, float *lowest, float *highest);

/// Writes the column (upper half) of each key and the value and time at its place (lower half); `times` may be NULL.
void rec_gather_entries(
    const uint64_t *keys, ptrdiff_t count, const float *values, const int64_t *times, int32_t *columns,
    float *out_values, int64_t *out_times);

/// Writes key (column above place) `i` to the next slot of row `rows[i]`, for first <= i < last.
void rec_scatter_keys(
    const int32_t *rows, const int32_t *columns, ptrdiff_t first, ptrdiff_t last, uint32_t *next, uint64_t *keys);

// MARK: Sorting

/// Sorts keys by their upper 32 bits, keeping the order of equal ones; `scratch` has `count` places.
void rec_sort_by_upper_half(uint64_t *keys, uint64_t *scratch, ptrdiff_t count);
