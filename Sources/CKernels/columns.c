// Loops over whole columns: extremes, gathers, scatters, the sort of a row.
#include "scan.h"

#include <math.h>
#include <string.h>

/// How far ahead memory is asked for.
#define AHEAD 24

void rec_extremes(const float *values, ptrdiff_t count, float mark, float *lowest, float *highest) {
  float low[16], high[16];
  for (int lane = 0; lane < 16; lane++) {
    low[lane] = INFINITY;
    high[lane] = -INFINITY;
  }
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    for (int lane = 0; lane < 16; lane++) {
      float value = values[i + lane];
      float below = value >= mark ? value : INFINITY;
      float above = value >= mark ? value : -INFINITY;
      low[lane] = below < low[lane] ? below : low[lane];
      high[lane] = above > high[lane] ? above : high[lane];
    }
  }
  for (; i < count; i++) {
    if (values[i] < mark) continue;
    low[0] = values[i] < low[0] ? values[i] : low[0];
    high[0] = values[i] > high[0] ? values[i] : high[0];
  }
  for (int lane = 1; lane < 16; lane++) {
    low[0] = low[lane] < low[0] ? low[lane] : low[0];
    high[0] = high[lane] > high[0] ? high[lane] : high[0];
  }
  *lowest = low[0];
  *highest = high[0];
}

void rec_gather_entries(
    const uint64_t *keys, ptrdiff_t count, const float *values, const int64_t *times, int32_t *columns,
    float *out_values, int64_t *out_times) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (i + AHEAD < count) {
      uint32_t ahead = (uint32_t)keys[i + AHEAD];
      __builtin_prefetch(values + ahead);
      if (times) __builtin_prefetch(times + ahead);
    }
    uint32_t place = (uint32_t)keys[i];
    columns[i] = (int32_t)(keys[i] >> 32);
    out_values[i] = values[place];
    if (times) out_times[i] = times[place];
  }
}

void rec_scatter_keys(
    const int32_t *rows, const int32_t *columns, ptrdiff_t first, ptrdiff_t last, uint32_t *next, uint64_t *keys) {
  for (ptrdiff_t i = first; i < last; i++) {
    if (i + 2 * AHEAD < last) __builtin_prefetch(next + rows[i + 2 * AHEAD], 1);
    if (i + AHEAD < last) __builtin_prefetch(keys + next[rows[i + AHEAD]], 1);
    keys[next[rows[i]]++] = (uint64_t)(uint32_t)columns[i] << 32 | (uint32_t)i;
  }
}

void rec_sort_by_upper_half(uint64_t *keys, uint64_t *scratch, ptrdiff_t count) {
  uint64_t all = 0;
  int is_ascending = 1;
  for (ptrdiff_t i = 0; i < count; i++) {
    all |= keys[i];
    if (i > 0) is_ascending &= (keys[i - 1] >> 32) <= (keys[i] >> 32);
  }
  if (is_ascending) return;
  if (count <= 48) {
    for (ptrdiff_t i = 1; i < count; i++) {
      uint64_t key = keys[i];
      ptrdiff_t j = i;
      for (; j > 0 && (keys[j - 1] >> 32) > (key >> 32); j--) keys[j] = keys[j - 1];
      keys[j] = key;
    }
    return;
  }
  uint64_t *from = keys, *to = scratch;
  for (int shift = 32; shift < 64 && (all >> shift) != 0; shift += 8) {
    uint32_t starts[257] = {0};
    for (ptrdiff_t i = 0; i < count; i++) starts[((from[i] >> shift) & 255) + 1]++;
    for (int i = 0; i < 256; i++) starts[i + 1] += starts[i];
    for (ptrdiff_t i = 0; i < count; i++) to[starts[(from[i] >> shift) & 255]++] = from[i];
    uint64_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != keys) memcpy(keys, from, (size_t)count * sizeof *keys);
}
