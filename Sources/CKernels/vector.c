#include "lanes.h"

REC_BODY float rec_dot_body(const float *a, const float *b, ptrdiff_t count) {
  float16 first = {0}, second = {0};
  ptrdiff_t i = 0;
  for (; i + 32 <= count; i += 32) {
    first += *(const float16 *)(a + i) * *(const float16 *)(b + i);
    second += *(const float16 *)(a + i + 16) * *(const float16 *)(b + i + 16);
  }
  for (; i + 16 <= count; i += 16) first += *(const float16 *)(a + i) * *(const float16 *)(b + i);
  first += second;
  if (i < count) {
    float tail_a[16] = {0}, tail_b[16] = {0};
    for (ptrdiff_t lane = 0; i + lane < count; lane++) {
      tail_a[lane] = a[i + lane];
      tail_b[lane] = b[i + lane];
    }
    first += *(const float16 *)tail_a * *(const float16 *)tail_b;
  }
  return lane_sum(&first);
}
REC_DEFINE(float, rec_dot, (const float *a, const float *b, ptrdiff_t count), (a, b, count))

REC_BODY double rec_dot_double_body(const double *a, const double *b, ptrdiff_t count) {
  double8 first = {0}, second = {0};
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    first += *(const double8 *)(a + i) * *(const double8 *)(b + i);
    second += *(const double8 *)(a + i + 8) * *(const double8 *)(b + i + 8);
  }
  first += second;
  double lanes[8];
  __builtin_memcpy(lanes, &first, sizeof lanes);
  for (int width = 4; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  double sum = lanes[0];
  for (; i < count; i++) sum += a[i] * b[i];
  return sum;
}
REC_DEFINE(double, rec_dot_double, (const double *a, const double *b, ptrdiff_t count), (a, b, count))

REC_BODY void rec_add_scaled_body(float scale, const float *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) *(float16 *)(y + i) += scale * *(const float16 *)(x + i);
  for (; i < count; i++) y[i] += scale * x[i];
}
REC_DEFINE(void, rec_add_scaled, (float scale, const float *x, float *y, ptrdiff_t count), (scale, x, y, count))

REC_BODY rec_counts rec_count_above_body(const float *scores, ptrdiff_t count, float threshold) {
  rec_counts counts = {0, 0};
  ptrdiff_t i = 0;
  // A comparison gives -1 in each lane where it holds. Lanes are added up well before they could overflow.
  while (i + 16 <= count) {
    int16lanes above = {0}, equal = {0};
    ptrdiff_t stop = count - i > (1 << 24) ? i + (1 << 24) : count;
    for (; i + 16 <= stop; i += 16) {
      float16 score = *(const float16 *)(scores + i);
      above -= score > threshold;
      equal -= score == threshold;
    }
    for (int lane = 0; lane < 16; lane++) {
      counts.above += above[lane];
      counts.equal += equal[lane];
    }
  }
  for (; i < count; i++) {
    counts.above += scores[i] > threshold;
    counts.equal += scores[i] == threshold;
  }
  return counts;
}
REC_DEFINE(
    rec_counts, rec_count_above, (const float *scores, ptrdiff_t count, float threshold), (scores, count, threshold))

REC_BODY ptrdiff_t rec_next_above_body(const float *scores, ptrdiff_t start, ptrdiff_t count, float threshold) {
  ptrdiff_t i = start;
  for (; i + 64 <= count; i += 64) {
    const float16 *block = (const float16 *)(scores + i);
    int16lanes found = (block[0] > threshold) | (block[1] > threshold) | (block[2] > threshold) | (block[3] > threshold);
    if (__builtin_reduce_or(found)) break;
  }
  for (; i + 16 <= count; i += 16)
    if (__builtin_reduce_or(*(const float16 *)(scores + i) > threshold)) break;
  for (; i < count; i++)
    if (scores[i] > threshold) return i;
  return count;
}
REC_DEFINE(
    ptrdiff_t, rec_next_above, (const float *scores, ptrdiff_t start, ptrdiff_t count, float threshold),
    (scores, start, count, threshold))

/// The lanes of `yes` where the mask has ones, else those of `no`.
REC_BODY void choose(const int16lanes *mask, const float16 *yes, const float16 *no, float16 *out) {
  *out = (float16)((*mask & (int16lanes)*yes) | (~*mask & (int16lanes)*no));
}

REC_BODY float rec_floor_of_largest_body(const float *scores, ptrdiff_t count, ptrdiff_t wanted) {
  // The scores are dealt out to 64 lanes; as many scores as lanes are not below the least of these lanes' largest.
  const float16 nothing = (float16){0} - __builtin_inff();
  float16 largest[4] = {nothing, nothing, nothing, nothing};
  for (ptrdiff_t i = 0; i + 64 <= count; i += 64)
    for (int v = 0; v < 4; v++) {
      float16 here = *(const float16 *)(scores + i + 16 * v);
      int16lanes is_larger = here > largest[v];
      choose(&is_larger, &here, &largest[v], &largest[v]);
    }
  float floor = -__builtin_inff();
  while (wanted > 0) {
    floor = -__builtin_inff();
    for (int v = 0; v < 4; v++) {
      float best = __builtin_reduce_max(largest[v]);
      floor = best > floor ? best : floor;
    }
    if (floor == -__builtin_inff()) return floor;
    for (int v = 0; v < 4; v++) {
      int16lanes is_taken = largest[v] == floor;
      wanted += __builtin_reduce_add(is_taken);
      choose(&is_taken, &nothing, &largest[v], &largest[v]);
    }
  }
  return floor;
}
REC_DEFINE(
    float, rec_floor_of_largest, (const float *scores, ptrdiff_t count, ptrdiff_t wanted), (scores, count, wanted))

rec_level rec_highest_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return 2;
  if (__builtin_cpu_supports("x86-64-v3")) return 1;
#endif
  return 0;
}
