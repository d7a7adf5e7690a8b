#include "cholesky.h"

/// Sets up and factorizes the system of a row. `matrix` and `right` are on cache lines.
REC_BODY int factorize_row(
    const rec_ridge_rows *task, ptrdiff_t row, float ridge, float *matrix, float *right, float *inverse, float *rows) {
  ptrdiff_t stride = task->stride;
  if (task->base)
    __builtin_memcpy(matrix, task->base, (size_t)(stride * stride) * sizeof(float));
  else
    __builtin_memset(matrix, 0, (size_t)(stride * stride) * sizeof(float));
  for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(right + f) = (float16){0};
  add_entries(task, row, matrix, right, rows);
  for (ptrdiff_t f = 0; f < task->rank; f++) matrix[f * stride + f] += ridge;
  return factorize(matrix, stride, task->rank, inverse);
}

REC_BODY void rec_ridge_exact_body(
    const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution, double *objective, float *scratch) {
  ptrdiff_t stride = task->stride;
  float *matrix = aligned(scratch), *rows = matrix + stride * stride, *right = rows + 2 * GATHERED * stride;
  float *target = right + stride, *inverse = target + stride;
  for (ptrdiff_t row = first; row < last; row++) {
    float *x = solution + (row - first) * stride;
    objective[row - first] = 0;
    if (task->offsets[row] == task->offsets[row + 1]) {
      for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(x + f) = (float16){0};
      continue;
    }
    factorize_row(task, row, row_ridge(task, row), matrix, right, inverse, rows);
    __builtin_memcpy(target, right, (size_t)stride * sizeof(float));
    substitute(matrix, stride, inverse, right, x);
    // At the minimum xᵀAx = bᵀx.
    objective[row - first] = -(double)dot_strips(target, x, stride);
  }
}
REC_DEFINE(
    void, rec_ridge_exact,
    (const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution, double *objective, float *scratch),
    (task, first, last, solution, objective, scratch))

typedef float float8 __attribute__((vector_size(32), aligned(4)));

/// Eight floats as doubles.
#define WIDENED(place) __builtin_convertvector(*(const float8 *)(place), double8)

/// sums += scales[0] * rows[0] + ... in Double, row by row; four rows.
REC_BODY void add_widened(const float *const *rows, const double *scales, ptrdiff_t stride, double *sums) {
  for (ptrdiff_t f = 0; f < stride; f += 8) {
    double8 sum = *(double8 *)(sums + f);
    for (int e = 0; e < 4; e++) sum += scales[e] * WIDENED(rows[e] + f);
    *(double8 *)(sums + f) = sum;
  }
}

/// residual = b - (base + ridge + Σ w y yᵀ) x in Double.
REC_BODY void row_residual(
    const rec_ridge_rows *task, ptrdiff_t row, float ridge, const double *x, double *residual) {
  ptrdiff_t stride = task->stride, end = task->offsets[row + 1];
  for (ptrdiff_t f = 0; f < stride; f += 8) *(double8 *)(residual + f) = -(double)ridge * *(const double8 *)(x + f);
  const float *rows[4];
  double scales[4];
  if (task->base)
    for (ptrdiff_t i = 0; i < stride; i += 4) {
      for (int e = 0; e < 4; e++) {
        rows[e] = task->base + (i + e) * stride;
        scales[e] = -x[i + e];
      }
      add_widened(rows, scales, stride, residual);
    }
  for (ptrdiff_t entry = task->offsets[row]; entry < end; entry += 4) {
    ptrdiff_t count = end - entry < 4 ? end - entry : 4;
    float weights[16], targets[16];
    read_entries(task, entry, count, weights, targets);
    double8 sums[4];
    for (int e = 0; e < 4; e++) {
      sums[e] = (double8){0};
      // Places behind the last repeat it, and count nothing.
      rows[e] = task->factors + task->columns[entry + (e < count ? e : count - 1)] * stride;
    }
    for (ptrdiff_t f = 0; f < stride; f += 8)
      for (int e = 0; e < 4; e++) sums[e] += WIDENED(rows[e] + f) * *(const double8 *)(x + f);
    for (int e = 0; e < 4; e++)
      scales[e] = e < count ? (double)targets[e] - (double)weights[e] * double_lane_sum(sums + e) : 0;
    add_widened(rows, scales, stride, residual);
  }
}

REC_BODY ptrdiff_t rec_ridge_refined_body(
    const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution, float *scratch) {
  ptrdiff_t stride = task->stride;
  float *matrix = aligned(scratch), *rows = matrix + stride * stride, *right = rows + 2 * GATHERED * stride;
  float *step = right + stride, *inverse = step + stride;
  double *x = (double *)(inverse + stride), *residual = x + stride;
  for (ptrdiff_t row = first; row < last; row++) {
    float *result = solution + (row - first) * stride, ridge = row_ridge(task, row);
    for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(result + f) = (float16){0};
    if (task->offsets[row] == task->offsets[row + 1]) continue;
    if (factorize_row(task, row, ridge, matrix, right, inverse, rows)) return row;
    for (ptrdiff_t f = 0; f < stride; f += 8) *(double8 *)(x + f) = (double8){0};
    // Squares of how long x is, and by how much a round changes it.
    double norm = 0, change = 0, change_before;
    for (int round = 0; round < 10; round++) {
      if (round > 0) {
        row_residual(task, row, ridge, x, residual);
        for (ptrdiff_t f = 0; f < stride; f++) right[f] = (float)residual[f];
      }
      substitute(matrix, stride, inverse, right, step);
      double8 norms = {0}, changes = {0};
      for (ptrdiff_t f = 0; f < stride; f += 8) {
        double8 added = WIDENED(step + f), sum = *(double8 *)(x + f) + added;
        *(double8 *)(x + f) = sum;
        norms += sum * sum;
        changes += added * added;
      }
      norm = double_lane_sum(&norms);
      change_before = change;
      change = double_lane_sum(&changes);
      // Rounds shrink the error by one factor: the next one would change less than a hundredth of a Float's last digit.
      if (round > 0 && !(change * (change / change_before) > 1e-18 * norm)) break;
    }
    // Not even half the digits of a Float are certain: the matrix is nearly singular.
    if (!(change <= 1e-8 * norm)) return row;
    for (ptrdiff_t f = 0; f < stride; f++) result[f] = (float)x[f];
  }
  return last;
}
REC_DEFINE(
    ptrdiff_t, rec_ridge_refined,
    (const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, float *solution, float *scratch),
    (task, first, last, solution, scratch))

REC_BODY void rec_add_gram_body(
    const float *rows, ptrdiff_t count, ptrdiff_t rank, ptrdiff_t stride, float *gram) {
  for (ptrdiff_t e = 0; e < count; e += GATHERED)
    add_symmetric(
        rows + e * stride, stride, rows + e * stride, stride, count - e < GATHERED ? count - e : GATHERED, rank, stride,
        gram, stride);
  mirror_narrow_strip(rank, stride, gram, stride);
}
REC_DEFINE(
    void, rec_add_gram, (const float *rows, ptrdiff_t count, ptrdiff_t rank, ptrdiff_t stride, float *gram),
    (rows, count, rank, stride, gram))
