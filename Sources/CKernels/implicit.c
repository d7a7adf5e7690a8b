#include "lanes.h"

/// p . q in two accumulators of 16 lanes.
REC_BODY float product(const float *p, const float *q, ptrdiff_t stride) {
  float16 even = {0}, odd = {0};
  ptrdiff_t i = 0;
  for (; i + 32 <= stride; i += 32) {
    even += *(const float16 *)(p + i) * *(const float16 *)(q + i);
    odd += *(const float16 *)(p + i + 16) * *(const float16 *)(q + i + 16);
  }
  if (i < stride) even += *(const float16 *)(p + i) * *(const float16 *)(q + i);
  even += odd;
  return lane_sum(&even);
}

/// z = p + (sum of the rows y of some columns) * scale; `start` keeps a copy.
REC_BODY void gather(
    const int32_t *columns, ptrdiff_t count, const float *p, const float *y, ptrdiff_t stride, float scale, float *z,
    float *start) {
  for (ptrdiff_t i = 0; i < stride; i += 16) *(float16 *)(z + i) = (float16){0};
  for (ptrdiff_t e = 0; e < count; e++) {
    const float *row = y + columns[e] * stride;
    for (ptrdiff_t i = 0; i < stride; i += 16) *(float16 *)(z + i) += *(const float16 *)(row + i);
  }
  for (ptrdiff_t i = 0; i < stride; i += 16) {
    float16 sum = *(const float16 *)(p + i) + scale * *(const float16 *)(z + i);
    *(float16 *)(z + i) = sum;
    *(float16 *)(start + i) = sum;
  }
}

/// All steps of one row. While they run, p, the sum s of the y and every y change by the same rule, x' = keep x + (a part
/// of) rate e q; so z = p + s alone is stepped, and the others catch up at the end: with z' = k z + 2 a, p' = k p + a and
/// y' = k y + a / sqrt(count).
REC_BODY double descend_row(
    const int32_t *columns, const float *values, ptrdiff_t count, const int32_t *implicit, ptrdiff_t implicit_count,
    float *p, float *q_rows, float *y_rows, ptrdiff_t stride, float *bias, float *column_biases, float rate, float reg,
    float *scratch) {
  float *restrict z = scratch, *restrict start = scratch + stride;
  float scale = implicit_count > 0 ? (float)(1 / __builtin_sqrt((double)implicit_count)) : 0, shrink = rate * reg;
  // Without implicit columns p steps alone.
  float steps = implicit_count > 0 ? 2 : 1;
  gather(implicit, implicit_count, p, y_rows, stride, scale, z, start);
  double sum = 0, kept = 1, keep = 1 - (double)rate * reg;
  for (ptrdiff_t e = 0; e < count; e++) {
    float *restrict q = q_rows + columns[e] * stride;
    float error = values[e] - (*bias + column_biases[columns[e]] + product(z, q, stride)), pull = rate * error;
    sum += (double)error * error;
    kept *= keep;
    *bias += rate * (error - reg * *bias);
    column_biases[columns[e]] += rate * (error - reg * column_biases[columns[e]]);
    for (ptrdiff_t i = 0; i < stride; i += 16) {
      float16 mine = *(float16 *)(z + i), its = *(float16 *)(q + i);
      *(float16 *)(z + i) = mine + (steps * pull * its - shrink * mine);
      *(float16 *)(q + i) = its + (pull * mine - shrink * its);
    }
  }
  float all = (float)kept;
  for (ptrdiff_t i = 0; i < stride; i += 16) {
    float16 added = (*(float16 *)(z + i) - all * *(float16 *)(start + i)) / steps;
    *(float16 *)(p + i) = all * *(float16 *)(p + i) + added;
    *(float16 *)(z + i) = scale * added;
  }
  for (ptrdiff_t e = 0; e < implicit_count; e++) {
    float *restrict y = y_rows + implicit[e] * stride;
    for (ptrdiff_t i = 0; i < stride; i += 16) *(float16 *)(y + i) = all * *(float16 *)(y + i) + *(float16 *)(z + i);
  }
  return sum;
}

REC_BODY double rec_implicit_sweep_body(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, const ptrdiff_t *implicit_offsets,
    const int32_t *implicit_columns, ptrdiff_t first, ptrdiff_t last, float *p_rows, float *q_rows,
    float *y_rows, ptrdiff_t stride, float *row_biases, float *column_biases, float rate, float reg, float *scratch) {
  double sum = 0;
  for (ptrdiff_t row = first; row < last; row++) {
    ptrdiff_t start = offsets[row], count = offsets[row + 1] - start;
    if (count > 0)
      sum += descend_row(
          columns + start, values + start, count, implicit_columns + implicit_offsets[row],
          implicit_offsets[row + 1] - implicit_offsets[row], p_rows + row * stride, q_rows, y_rows, stride,
          row_biases + row, column_biases, rate, reg, scratch);
  }
  return sum;
}
REC_DEFINE(
    double, rec_implicit_sweep,
    (const ptrdiff_t *offsets, const int32_t *columns, const float *values, const ptrdiff_t *implicit_offsets,
     const int32_t *implicit_columns, ptrdiff_t first, ptrdiff_t last, float *p_rows, float *q_rows, float *y_rows,
     ptrdiff_t stride, float *row_biases, float *column_biases, float rate, float reg, float *scratch),
    (offsets, columns, values, implicit_offsets, implicit_columns, first, last, p_rows, q_rows, y_rows, stride,
     row_biases, column_biases, rate, reg, scratch))
