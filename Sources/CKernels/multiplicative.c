#include "lanes.h"

/// Numerator and denominator of one row in `chunks` pieces of 16: a compile-time constant where the row is short.
REC_BODY double accumulate(
    const int32_t *columns, const float *values, ptrdiff_t count, const float *p, const float *q_rows, ptrdiff_t stride,
    ptrdiff_t chunks, int divergence, float16 *numerator, float16 *denominator) {
  double sum = 0;
  for (ptrdiff_t c = 0; c < chunks; c++) numerator[c] = denominator[c] = (float16){0};
  for (ptrdiff_t e = 0; e < count; e++) {
    const float *q = q_rows + columns[e] * stride;
    float16 lanes = {0};
    for (ptrdiff_t c = 0; c < chunks; c++) lanes += *(const float16 *)(p + 16 * c) * *(const float16 *)(q + 16 * c);
    float estimate = lane_sum(&lanes), error = values[e] - estimate;
    sum += (double)error * error;
    // Frobenius norm: r q and (p . q) q. Kullback-Leibler divergence: r / (p . q) q and q.
    float up = values[e], down = estimate;
    if (divergence) {
      up = estimate > 0 ? up / estimate : 0;
      down = 1;
    }
    for (ptrdiff_t c = 0; c < chunks; c++) {
      float16 its = *(const float16 *)(q + 16 * c);
      numerator[c] += up * its;
      denominator[c] += down * its;
    }
  }
  return sum;
}

REC_BODY double rec_multiplicative_rows_body(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
    const float *p_rows, const float *q_rows, ptrdiff_t stride, float reg, int divergence, float *next_rows,
    float *scratch) {
  double sum = 0;
  for (ptrdiff_t row = first; row < last; row++) {
    ptrdiff_t start = offsets[row], count = offsets[row + 1] - start, chunks = stride / 16;
    const float *p = p_rows + row * stride;
    float *next = next_rows + row * stride;
    float16 short_sums[4], *numerator = short_sums, *denominator = short_sums + 2;
    if (chunks == 1) {
      sum += accumulate(
          columns + start, values + start, count, p, q_rows, stride, 1, divergence, numerator, denominator);
    } else if (chunks == 2) {
      sum += accumulate(
          columns + start, values + start, count, p, q_rows, stride, 2, divergence, numerator, denominator);
    } else {
      numerator = (float16 *)scratch;
      denominator = (float16 *)(scratch + stride);
      sum += accumulate(
          columns + start, values + start, count, p, q_rows, stride, chunks, divergence, numerator, denominator);
    }
    float penalty = reg * (float)count;
    for (ptrdiff_t c = 0; c < chunks; c++)
      for (int lane = 0; lane < 16; lane++) {
        float mine = p[16 * c + lane], whole = denominator[c][lane] + penalty * mine;
        next[16 * c + lane] = whole > 0 ? mine * (numerator[c][lane] / whole) : mine;
      }
  }
  return sum;
}
REC_DEFINE(
    double, rec_multiplicative_rows,
    (const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
     const float *p_rows, const float *q_rows, ptrdiff_t stride, float reg, int divergence, float *next_rows,
     float *scratch),
    (offsets, columns, values, first, last, p_rows, q_rows, stride, reg, divergence, next_rows, scratch))
