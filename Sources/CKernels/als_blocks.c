#include "cholesky.h"

// Block coordinate descent for the ridge regressions (iALS++: Rendle, Krichene, Zhang & Koren 2021): exact in a block of
// unknowns at a time, the row's predictions kept up to date. A sweep costs k/block times less than an exact solution.

typedef struct {
  ptrdiff_t begin, count;
  /// The gathered factors, padded with zeros to a multiple of 4; NULL where there is no room.
  float *rows;
  float *dots, *weights, *targets;
} swept_row;

/// The factors of up to GATHERED entries from place e on.
REC_BODY const float *rows_at(
    const rec_ridge_rows *task, const swept_row *own, ptrdiff_t e, ptrdiff_t count, float *spare) {
  if (own->rows) return own->rows + e * task->stride;
  fetch_rows(task, own->begin + e, count, (count + 3) & ~(ptrdiff_t)3, spare);
  return spare;
}

/// dots[e] += rows[e] * x for a padded block; `width` columns.
REC_BODY void add_dots(
    const float *rows, ptrdiff_t stride, const float *x, ptrdiff_t width, ptrdiff_t count, float *dots) {
  float found[16];
  ptrdiff_t e = 0;
  for (; e + 16 <= count; e += 16) {
    block_dots(rows + e * stride, stride, x, width, 16, found);
    for (int i = 0; i < 16; i++) dots[e + i] += found[i];
  }
  for (; e < count; e += 4) {
    block_dots(rows + e * stride, stride, x, width, 4, found);
    for (int i = 0; i < 4 && e + i < count; i++) dots[e + i] += found[i];
  }
}

/// One block of unknowns: `low` is its first, `width` its columns, `rank` how many of them are in use.
REC_BODY void sweep_block(
    const rec_ridge_rows *task, const swept_row *own, ptrdiff_t low, ptrdiff_t width, ptrdiff_t rank, float ridge,
    float *x, float *image, float *matrix, float *scaled, float *spare, float *right, float *step, float *inverse) {
  ptrdiff_t stride = task->stride;
  for (ptrdiff_t i = 0; i < width; i++)
    for (ptrdiff_t f = 0; f < width; f += 16)
      *(float16 *)(matrix + i * width + f) =
          task->base ? *(const float16 *)(task->base + (low + i) * stride + low + f) : (float16){0};
  for (ptrdiff_t f = 0; f < width; f += 16)
    *(float16 *)(right + f) = -(*(float16 *)(image + low + f) + ridge * *(float16 *)(x + low + f));
  for (ptrdiff_t e = 0; e < own->count; e += GATHERED) {
    ptrdiff_t count = own->count - e < GATHERED ? own->count - e : GATHERED;
    const float *rows = rows_at(task, own, e, count, spare) + low;
    float rest[GATHERED] = {0};
    for (ptrdiff_t i = 0; i < count; i++) {
      float weight = own->weights[e + i];
      rest[i] = own->targets[e + i] - weight * own->dots[e + i];
      for (ptrdiff_t f = 0; f < width; f += 16)
        *(float16 *)(scaled + i * width + f) = weight * *(const float16 *)(rows + i * stride + f);
    }
    for (ptrdiff_t i = 0; i < count; i += 4) add_rows(rows + i * stride, stride, rest + i, width, 4, right);
    add_symmetric(scaled, width, rows, stride, count, rank, width, matrix, width);
  }
  mirror_narrow_strip(rank, width, matrix, width);
  for (ptrdiff_t f = 0; f < rank; f++) matrix[f * width + f] += ridge;
  factorize(matrix, width, rank, inverse);
  substitute(matrix, width, inverse, right, step);
  for (ptrdiff_t f = 0; f < width; f += 16) *(float16 *)(x + low + f) += *(float16 *)(step + f);
  for (ptrdiff_t e = 0; e < own->count; e += GATHERED) {
    ptrdiff_t count = own->count - e < GATHERED ? own->count - e : GATHERED;
    add_dots(rows_at(task, own, e, count, spare) + low, stride, step, width, count, own->dots + e);
  }
  if (task->base)
    for (ptrdiff_t i = 0; i < rank; i++)
      for (ptrdiff_t f = 0; f < stride; f += 16)
        *(float16 *)(image + f) += step[i] * *(const float16 *)(task->base + (low + i) * stride + f);
}

REC_BODY void rec_ridge_blocks_body(
    const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, ptrdiff_t block, float *solution, double *objective,
    float *scratch, ptrdiff_t scratch_count) {
  ptrdiff_t stride = task->stride;
  float *matrix = aligned(scratch), *scaled = matrix + block * block, *spare = scaled + GATHERED * block;
  float *right = spare + GATHERED * stride, *step = right + block, *inverse = step + block, *image = inverse + block;
  float *entries = image + stride;
  ptrdiff_t room = scratch + scratch_count - entries;
  for (ptrdiff_t row = first; row < last; row++) {
    float *x = solution + (row - first) * stride, ridge = row_ridge(task, row);
    ptrdiff_t begin = task->offsets[row], count = task->offsets[row + 1] - begin, padded = (count + 3) & ~(ptrdiff_t)3;
    objective[row - first] = 0;
    if (count == 0) {
      for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(x + f) = (float16){0};
      continue;
    }
    swept_row own = {begin, count, 0, 0, 0, 0};
    if (padded * (stride + 3) <= room) {
      own.rows = entries;
      fetch_rows(task, begin, count, padded, own.rows);
    }
    own.dots = own.rows ? entries + padded * stride : entries;
    own.weights = own.dots + padded;
    own.targets = own.weights + padded;
    for (ptrdiff_t e = 0; e < padded; e += 16) {
      float weights[16], targets[16];
      read_entries(task, begin + e, count - e < 16 ? count - e : 16, weights, targets);
      for (ptrdiff_t i = 0; i < 16 && e + i < padded; i++) {
        own.dots[e + i] = 0;
        own.weights[e + i] = weights[i];
        own.targets[e + i] = targets[i];
      }
    }
    for (ptrdiff_t e = 0; e < count; e += GATHERED) {
      ptrdiff_t here = count - e < GATHERED ? count - e : GATHERED;
      add_dots(rows_at(task, &own, e, here, spare), stride, x, stride, here, own.dots + e);
    }
    for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(image + f) = (float16){0};
    if (task->base)
      for (ptrdiff_t i = 0; i < task->rank; i++)
        for (ptrdiff_t f = 0; f < stride; f += 16)
          *(float16 *)(image + f) += x[i] * *(const float16 *)(task->base + i * stride + f);
    for (ptrdiff_t low = 0; low < stride; low += block) {
      ptrdiff_t width = stride - low < block ? stride - low : block, rank = task->rank - low;
      sweep_block(
          task, &own, low, width, rank < width ? rank : width, ridge, x, image, matrix, scaled, spare, right, step,
          inverse);
    }
    double value = (double)dot_strips(x, image, stride) + (double)ridge * (double)dot_strips(x, x, stride);
    for (ptrdiff_t e = 0; e < count; e++) {
      double dot = own.dots[e];
      value += ((double)own.weights[e] * dot - 2 * (double)own.targets[e]) * dot;
    }
    objective[row - first] = value;
  }
}
REC_DEFINE(
    void, rec_ridge_blocks,
    (const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, ptrdiff_t block, float *solution, double *objective,
     float *scratch, ptrdiff_t scratch_count),
    (task, first, last, block, solution, objective, scratch, scratch_count))
