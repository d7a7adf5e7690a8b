#include "least_squares.h"

// Conjugate gradients for the ridge regressions of a batch of rows (Takács, Pilászy & Tikk 2011).
//
// The factors of a batch's entries are gathered once and stay in the cache over all steps, and the batch shares one
// product with the base matrix a step.

#define BATCH 16

typedef struct {
  ptrdiff_t row, begin, count, padded;
  float *rows;
  float *weights;
  float ridge;
  float energy;
  int is_open;
} gradient_row;

/// out[b] = vectors[b] * base, (count × stride); the base is symmetric. Zeros without a base.
REC_BODY void times_base(const rec_ridge_rows *task, const float *vectors, ptrdiff_t count, float *out) {
  ptrdiff_t stride = task->stride;
  if (!task->base) {
    for (ptrdiff_t f = 0; f < count * stride; f += 16) *(float16 *)(out + f) = (float16){0};
    return;
  }
  for (ptrdiff_t b = 0; b < count; b += 4) {
    int height = count - b < 4 ? (int)(count - b) : 4;
    for (ptrdiff_t s = 0; s < stride; s += 32) {
      int strips = stride - s < 32 ? 1 : 2;
      float16 sums[4][2] = {0};
      const float *base = task->base + s;
      const float *mine[4];
      // Rows beyond the last repeat it: one loop for every height.
      for (int r = 0; r < 4; r++) mine[r] = vectors + (b + (r < height ? r : height - 1)) * stride;
      if (strips == 2) {
        for (ptrdiff_t f = 0; f < task->rank; f++) {
          float16 first = *(const float16 *)(base + f * stride), second = *(const float16 *)(base + f * stride + 16);
          for (int r = 0; r < 4; r++) {
            sums[r][0] += mine[r][f] * first;
            sums[r][1] += mine[r][f] * second;
          }
        }
      } else {
        for (ptrdiff_t f = 0; f < task->rank; f++)
          for (int r = 0; r < 4; r++) sums[r][0] += mine[r][f] * *(const float16 *)(base + f * stride);
      }
      for (int r = 0; r < height; r++)
        for (int k = 0; k < strips; k++) *(float16 *)(out + (b + r) * stride + s + 16 * k) = sums[r][k];
    }
  }
}

/// One block of the first pass: out += (target - weight * (row * x)) * row; adds target * (row * x) to the lanes of `fit`.
REC_BODY void first_block(
    const float *rows, ptrdiff_t stride, const float *weights, const float *targets, const float *x, int count,
    float *out, double8 *fit) {
  float dots[16], t[16];
  block_dots(rows, stride, x, stride, count, dots);
  float16 dot = *(float16 *)dots, target = *(const float16 *)targets;
  *(float16 *)t = target - *(const float16 *)weights * dot;
  // What is not among the first 4 or 8 lanes repeats them, but has no target.
  float16 product = target * dot;
  *fit += __builtin_convertvector(__builtin_shufflevector(product, product, 0, 1, 2, 3, 4, 5, 6, 7), double8) +
          __builtin_convertvector(__builtin_shufflevector(product, product, 8, 9, 10, 11, 12, 13, 14, 15), double8);
  add_rows(rows, stride, t, stride, count, out);
}

/// One block of a later pass: out += weight * (row * p) * row.
REC_BODY void next_block(
    const float *rows, ptrdiff_t stride, const float *weights, const float *p, int count, float *out) {
  float dots[16], t[16];
  block_dots(rows, stride, p, stride, count, dots);
  *(float16 *)t = *(const float16 *)weights * *(float16 *)dots;
  add_rows(rows, stride, t, stride, count, out);
}

/// Passes over the entries of a row; those that were not gathered are fetched block by block into `spare`.
REC_BODY double first_pass(
    const rec_ridge_rows *task, const gradient_row *own, float *spare, const float *x, float *out) {
  ptrdiff_t stride = task->stride;
  double8 fit = {0};
  for (ptrdiff_t e = 0; e < own->padded;) {
    int count = own->padded - e >= 16 ? 16 : own->padded - e >= 8 ? 8 : 4;
    ptrdiff_t real = own->count - e < count ? own->count - e : count;
    float *rows = own->rows ? own->rows + e * stride : spare;
    float spare_weights[16], targets[16], *weights = own->rows ? own->weights + e : spare_weights;
    fetch_rows(task, own->begin + e, real, count, rows);
    read_entries(task, own->begin + e, real, weights, targets);
    if (count == 16)
      first_block(rows, stride, weights, targets, x, 16, out, &fit);
    else if (count == 8)
      first_block(rows, stride, weights, targets, x, 8, out, &fit);
    else
      first_block(rows, stride, weights, targets, x, 4, out, &fit);
    e += count;
  }
  return double_lane_sum(&fit);
}

REC_BODY void next_pass(
    const rec_ridge_rows *task, const gradient_row *own, float *spare, const float *p, float *out) {
  ptrdiff_t stride = task->stride;
  for (ptrdiff_t e = 0; e < own->padded;) {
    int count = own->padded - e >= 16 ? 16 : own->padded - e >= 8 ? 8 : 4;
    const float *rows = spare, *weights;
    float fetched[16], targets[16];
    if (own->rows) {
      rows = own->rows + e * stride;
      weights = own->weights + e;
    } else {
      ptrdiff_t real = own->count - e < count ? own->count - e : count;
      fetch_rows(task, own->begin + e, real, count, spare);
      read_entries(task, own->begin + e, real, fetched, targets);
      weights = fetched;
    }
    if (count == 16)
      next_block(rows, stride, weights, p, 16, out);
    else if (count == 8)
      next_block(rows, stride, weights, p, 8, out);
    else
      next_block(rows, stride, weights, p, 4, out);
    e += count;
  }
}

/// The batch's rows, all with entries: x is changed in place, objectives are written.
REC_BODY void solve_batch(
    const rec_ridge_rows *task, gradient_row *batch, ptrdiff_t size, int steps, ptrdiff_t first, float *solution,
    double *objective, float *vectors) {
  ptrdiff_t stride = task->stride;
  float *r = vectors, *p = r + BATCH * stride, *ap = p + BATCH * stride, *spare = ap + BATCH * stride;
  // The start: p holds x, as the batch's rows need not follow one another.
  for (ptrdiff_t b = 0; b < size; b++)
    __builtin_memcpy(p + b * stride, solution + (batch[b].row - first) * stride, (size_t)stride * sizeof(float));
  times_base(task, p, size, ap);
  for (ptrdiff_t b = 0; b < size; b++) {
    gradient_row *own = batch + b;
    float *x = p + b * stride, *mine = r + b * stride, *rest = ap + b * stride;
    for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(mine + f) = (float16){0};
    double fit = first_pass(task, own, spare, x, mine);
    float ridge = own->ridge;
    for (ptrdiff_t f = 0; f < stride; f += 16)
      *(float16 *)(mine + f) -= *(float16 *)(rest + f) + ridge * *(float16 *)(x + f);
    // f(x) = xᵀAx - 2bᵀx = -rᵀx - bᵀx.
    objective[own->row - first] = -(double)dot_strips(mine, x, stride) - fit;
    own->energy = dot_strips(mine, mine, stride);
    own->is_open = own->energy >= 1e-20f;
    __builtin_memcpy(p + b * stride, mine, (size_t)stride * sizeof(float));
  }
  for (int step = 0; step < steps; step++) {
    times_base(task, p, size, ap);
    for (ptrdiff_t b = 0; b < size; b++) {
      gradient_row *own = batch + b;
      if (!own->is_open) continue;
      float *x = solution + (own->row - first) * stride, *mine = r + b * stride;
      float *direction = p + b * stride, *image = ap + b * stride, ridge = own->ridge;
      for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(image + f) += ridge * *(float16 *)(direction + f);
      next_pass(task, own, spare, direction, image);
      float curvature = dot_strips(direction, image, stride);
      if (!(curvature > 0)) {
        own->is_open = 0;
        continue;
      }
      float length = own->energy / curvature;
      float16 energies = {0};
      for (ptrdiff_t f = 0; f < stride; f += 16) {
        *(float16 *)(x + f) += length * *(float16 *)(direction + f);
        float16 rest = *(float16 *)(mine + f) - length * *(float16 *)(image + f);
        *(float16 *)(mine + f) = rest;
        energies += rest * rest;
      }
      objective[own->row - first] -= (double)length * (double)own->energy;
      float energy = lane_sum(&energies);
      if (energy < 1e-20f) {
        own->is_open = 0;
        continue;
      }
      float share = energy / own->energy;
      own->energy = energy;
      for (ptrdiff_t f = 0; f < stride; f += 16)
        *(float16 *)(direction + f) = share * *(float16 *)(direction + f) + *(float16 *)(mine + f);
    }
  }
}

REC_BODY void rec_ridge_gradients_body(
    const rec_ridge_rows *given, ptrdiff_t first, ptrdiff_t last, int steps, ptrdiff_t together, float *solution,
    double *objective, float *scratch, ptrdiff_t scratch_count) {
  ptrdiff_t stride = given->stride;
  // (3 * BATCH + 16) vectors, the base, the gathered rows, their weights.
  float *vectors = aligned(scratch), *base = vectors + (3 * BATCH + 16) * stride, *gathered = base + stride * stride;
  ptrdiff_t room = (scratch + scratch_count - gathered) / (stride + 1);
  rec_ridge_rows own = *given, *task = &own;
  if (given->base) {
    __builtin_memcpy(base, given->base, (size_t)(stride * stride) * sizeof(float));
    own.base = base;
  }
  gradient_row batch[BATCH];
  ptrdiff_t size = 0, used = 0;
  for (ptrdiff_t row = first; row < last; row++) {
    ptrdiff_t begin = task->offsets[row], count = task->offsets[row + 1] - begin, padded = (count + 3) & ~(ptrdiff_t)3;
    if (count == 0) {
      for (ptrdiff_t f = 0; f < stride; f += 16) *(float16 *)(solution + (row - first) * stride + f) = (float16){0};
      objective[row - first] = 0;
      continue;
    }
    if (size > 0 && (size == BATCH || (used + padded) * stride > together || used + padded + 16 > room)) {
      solve_batch(task, batch, size, steps, first, solution, objective, vectors);
      size = used = 0;
    }
    int fits = padded + 16 <= room;
    batch[size++] = (gradient_row){
        row, begin, count, padded, fits ? gathered + used * stride : 0, fits ? gathered + room * stride + used : 0,
        row_ridge(task, row), 0, 0};
    used += fits ? padded : 0;
  }
  if (size > 0) solve_batch(task, batch, size, steps, first, solution, objective, vectors);
}
REC_DEFINE(
    void, rec_ridge_gradients,
    (const rec_ridge_rows *task, ptrdiff_t first, ptrdiff_t last, int steps, ptrdiff_t together, float *solution,
     double *objective, float *scratch, ptrdiff_t scratch_count),
    (task, first, last, steps, together, solution, objective, scratch, scratch_count))
