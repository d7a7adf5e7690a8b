#include "lanes.h"

/// Factors and biases of rows and columns; the biases are null where there are none. Each bias has a cache line of its own:
/// neighbours belong to other threads.
typedef struct {
  float *row_factors, *column_factors, *row_biases, *column_biases;
  ptrdiff_t stride;
  float rate, reg;
} model;

/// value - (b_r + b_c + p . q), the product in two accumulators of 16 lanes.
REC_BODY float error_of(const model *m, ptrdiff_t row, ptrdiff_t column, float value) {
  const float *p = m->row_factors + row * m->stride, *q = m->column_factors + column * m->stride;
  float16 even = {0}, odd = {0};
  ptrdiff_t i = 0;
  for (; i + 32 <= m->stride; i += 32) {
    even += *(const float16 *)(p + i) * *(const float16 *)(q + i);
    odd += *(const float16 *)(p + i + 16) * *(const float16 *)(q + i + 16);
  }
  if (i < m->stride) even += *(const float16 *)(p + i) * *(const float16 *)(q + i);
  even += odd;
  float known = m->row_biases ? m->row_biases[row * 16] + m->column_biases[column * 16] : 0;
  return value - (known + lane_sum(&even));
}

/// b += rate (e - reg b); p' = p + (rate e q - rate reg p) and q' = q + (rate e p - rate reg q). Small numbers are added
/// to large ones: a factor 1 - rate reg would be off by the same rounding at every step.
REC_BODY void follow(const model *m, ptrdiff_t row, ptrdiff_t column, float error) {
  if (m->row_biases) {
    float *mine = m->row_biases + row * 16, *its = m->column_biases + column * 16;
    *mine += m->rate * (error - m->reg * *mine);
    *its += m->rate * (error - m->reg * *its);
  }
  float *restrict p = m->row_factors + row * m->stride, *restrict q = m->column_factors + column * m->stride;
  float pull = m->rate * error, shrink = m->rate * m->reg;
  for (ptrdiff_t i = 0; i < m->stride; i += 16) {
    float16 mine = *(float16 *)(p + i), its = *(float16 *)(q + i);
    *(float16 *)(p + i) = mine + (pull * its - shrink * mine);
    *(float16 *)(q + i) = its + (pull * mine - shrink * its);
  }
}

REC_BODY double rec_sgd_sweep_body(
    const int32_t *rows, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t first_end,
    ptrdiff_t second, ptrdiff_t second_end, float *row_factors, float *column_factors, ptrdiff_t stride,
    float *row_biases, float *column_biases, float rate, float reg) {
  const model m = {row_factors, column_factors, row_biases, column_biases, stride, rate, reg};
  double first_sum = 0, second_sum = 0;
  // Two entries at a time: they share nothing, so that one is computed while the other waits for its sum.
  for (; first < first_end && second < second_end; first++, second++) {
    float one = error_of(&m, rows[first], columns[first], values[first]);
    float other = error_of(&m, rows[second], columns[second], values[second]);
    follow(&m, rows[first], columns[first], one);
    follow(&m, rows[second], columns[second], other);
    first_sum += (double)one * one;
    second_sum += (double)other * other;
  }
  for (; first < first_end; first++) {
    float error = error_of(&m, rows[first], columns[first], values[first]);
    follow(&m, rows[first], columns[first], error);
    first_sum += (double)error * error;
  }
  for (; second < second_end; second++) {
    float error = error_of(&m, rows[second], columns[second], values[second]);
    follow(&m, rows[second], columns[second], error);
    second_sum += (double)error * error;
  }
  return first_sum + second_sum;
}
REC_DEFINE(
    double, rec_sgd_sweep,
    (const int32_t *rows, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t first_end,
     ptrdiff_t second, ptrdiff_t second_end, float *row_factors, float *column_factors, ptrdiff_t stride,
     float *row_biases, float *column_biases, float rate, float reg),
    (rows, columns, values, first, first_end, second, second_end, row_factors, column_factors, stride, row_biases,
     column_biases, rate, reg))
