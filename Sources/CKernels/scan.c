// Counting, boundaries, numbers: the parts that scan_rows.c and the Swift side share.
#include "clones.h"
#include "scan.h"
#include "scan_bits.h"
#include "scan_numbers.h"

#include <string.h>

static inline __attribute__((always_inline)) int64_t lane_sum(const bytes64 *lanes) {
  int64_t sum = 0;
  for (int i = 0; i < 64; i++) sum += (*lanes)[i];
  return sum;
}

REC_CLONES rec_byte_counts rec_count_bytes(const uint8_t *bytes, ptrdiff_t count) {
  rec_byte_counts counts = {0, 0, 0};
  ptrdiff_t i = 0;
  while (count - i >= 64) {
    // A lane counts to 255 at most.
    ptrdiff_t blocks = (count - i) / 64 < 255 ? (count - i) / 64 : 255;
    bytes64 newlines = {0}, quotes = {0}, nuls = {0};
    for (ptrdiff_t block = 0; block < blocks; block++, i += 64) {
      bytes64 word = *(const bytes64 *)(bytes + i);
      newlines -= (bytes64)(word == '\n');
      quotes -= (bytes64)(word == '"');
      nuls -= (bytes64)(word == 0);
    }
    counts.newlines += lane_sum(&newlines);
    counts.quotes += lane_sum(&quotes);
    counts.nuls += lane_sum(&nuls);
  }
  for (; i < count; i++) {
    counts.newlines += bytes[i] == '\n';
    counts.quotes += bytes[i] == '"';
    counts.nuls += bytes[i] == 0;
  }
  return counts;
}

REC_CLONES int64_t rec_count_quoted_lines(const uint8_t *bytes, ptrdiff_t count, uint8_t separator) {
  int64_t lines = 0;
  // Whether the bytes before the block end within quotation marks, and whether a field may begin with the block.
  uint64_t inside = 0, begins = 1;
  for (ptrdiff_t i = 0; i < count; i += 64) {
    bytes64 word = {0};
    if (count - i >= 64) word = *(const bytes64 *)(bytes + i);
    else memcpy(&word, bytes + i, (size_t)(count - i));
    uint64_t quotes = BITS(word == '"'), line_feeds = BITS(word == '\n');
    uint64_t quoted = quoted_bits(quotes) ^ inside;
    uint64_t ends = quotes | line_feeds | BITS(word == separator);
    if (quotes & quoted & ~(ends << 1 | begins)) return -1;
    lines += __builtin_popcountll(line_feeds & ~quoted);
    begins = ends >> 63;
    inside = 0 - (quoted >> 63);
  }
  return inside ? -1 : lines;
}

ptrdiff_t rec_find_byte(const uint8_t *bytes, ptrdiff_t from, ptrdiff_t count, uint8_t byte) {
  if (from >= count) return count;
  const uint8_t *found = memchr(bytes + from, byte, (size_t)(count - from));
  return found ? found - bytes : count;
}

ptrdiff_t rec_record_end(
    const uint8_t *bytes, ptrdiff_t from, ptrdiff_t count, const uint8_t *separator, int separator_length, int *open) {
  *open = 0;
  ptrdiff_t i = from;
  int at_start = 1;
  while (i < count) {
    uint8_t byte = bytes[i];
    if (byte == '\n') return i + 1;
    if (at_start && byte == '"') {
      for (i++;; i++) {
        i = rec_find_byte(bytes, i, count, '"');
        if (i >= count) {
          *open = 1;
          return count;
        }
        if (i + 1 < count && bytes[i + 1] == '"') {
          i++;
          continue;
        }
        break;
      }
      i++;
      at_start = 0;
    } else if (
        byte == separator[0] && (separator_length == 1 || (i + 1 < count && bytes[i + 1] == separator[1]))) {
      i += separator_length;
      at_start = 1;
    } else {
      at_start = at_start && byte == ' ';
      i++;
    }
  }
  return count;
}

ptrdiff_t rec_invalid_utf8(const uint8_t *bytes, ptrdiff_t count) {
  ptrdiff_t i = 0;
  while (i < count) {
    uint64_t word;
    if (count - i >= 8 && (memcpy(&word, bytes + i, 8), (word & 0x8080808080808080ull) == 0)) {
      i += 8;
      continue;
    }
    uint8_t lead = bytes[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    int length = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) == 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length == 0 || length > count - i) return i;
    uint8_t second = bytes[i + 1];
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return i;
    for (int k = 2; k < length; k++)
      if ((bytes[i + k] & 0xc0) != 0x80) return i;
    i += length;
  }
  return count;
}

int rec_scan_decimal(const uint8_t *bytes, ptrdiff_t count, int decimal_comma, double *value) {
  const uint8_t *end = scan_decimal(bytes, bytes + count, decimal_comma, value);
  return end == bytes + count && count > 0;
}

int rec_scan_moment(const uint8_t *bytes, ptrdiff_t count, int64_t *seconds) {
  const uint8_t *end = scan_moment(bytes, bytes + count, seconds);
  return end == bytes + count && count > 0;
}
