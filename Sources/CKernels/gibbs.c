// Gibbs sampling of factors: the Gaussian that a row's entries make of its factors, drawn from row by row, and the weights
// of features, drawn one after the other.
#include "clones.h"

enum { entries_at_once = 64, factor_limit = 256, stride_limit = 272 };

/// gram[f * stride + g] += sum over the copied rows of x[f] * x[g] for a block of 16 g: eight f at a time in registers.
REC_BODY void add_products(
    const float *x, ptrdiff_t stride, int count, ptrdiff_t f, int width, ptrdiff_t block, double *gram) {
  float16 sums[8];
  for (int i = 0; i < width; i++) sums[i] = (float16){0};
  for (int e = 0; e < count; e++) {
    float16 right = *(const float16 *)(x + e * stride + block);
    for (int i = 0; i < width; i++) sums[i] += x[e * stride + f + i] * right;
  }
  for (int i = 0; i < width; i++)
    for (int lane = 0; lane < 16; lane++) gram[(f + i) * stride + block + lane] += (double)sums[i][lane];
}

REC_BODY void rec_scatter_body(
    const float *rows, ptrdiff_t first, ptrdiff_t last, ptrdiff_t order, ptrdiff_t stride, double *gram, double *sums) {
  for (ptrdiff_t start = first; start < last; start += entries_at_once) {
    const float *x = rows + start * stride;
    int count = last - start < entries_at_once ? (int)(last - start) : entries_at_once;
    for (ptrdiff_t block = 0; block < stride; block += 16) {
      ptrdiff_t end = block + 16 < order ? block + 16 : order, f = 0;
      for (; f + 8 <= end; f += 8) add_products(x, stride, count, f, 8, block, gram);
      for (; f < end; f++) add_products(x, stride, count, f, 1, block, gram);
      float16 sum = {0};
      for (int e = 0; e < count; e++) sum += *(const float16 *)(x + e * stride + block);
      for (int lane = 0; lane < 16; lane++) sums[block + lane] += (double)sum[lane];
    }
  }
}
REC_DEFINE(
    void, rec_scatter,
    (const float *rows, ptrdiff_t first, ptrdiff_t last, ptrdiff_t order, ptrdiff_t stride, double *gram, double *sums),
    (rows, first, last, order, stride, gram, sums))

/// The upper triangle of `precision` (order × order, stride apart) becomes its Cholesky factor R, Rᵀ R = precision.
REC_BODY void factor_in_place(double *precision, ptrdiff_t order, ptrdiff_t stride) {
  for (ptrdiff_t f = 0; f < order; f++) {
    double *row = precision + f * stride;
    double scale = 1 / __builtin_sqrt(row[f]);
    for (ptrdiff_t g = f; g < order; g++) row[g] *= scale;
    for (ptrdiff_t h = f + 1; h < order; h++) {
      double *below = precision + h * stride, factor = row[h];
      for (ptrdiff_t g = h; g < order; g++) below[g] -= factor * row[g];
    }
  }
}

/// x becomes the solution of Rᵀ y = x.
REC_BODY void solve_forward(const double *factor, ptrdiff_t order, ptrdiff_t stride, double *x) {
  for (ptrdiff_t f = 0; f < order; f++) {
    const double *row = factor + f * stride;
    double value = x[f] / row[f];
    x[f] = value;
    for (ptrdiff_t g = f + 1; g < order; g++) x[g] -= value * row[g];
  }
}

/// x becomes the solution of R y = x.
REC_BODY void solve_backward(const double *factor, ptrdiff_t order, ptrdiff_t stride, double *x) {
  for (ptrdiff_t f = order - 1; f >= 0; f--) {
    double value = x[f] / factor[f * stride + f];
    x[f] = value;
    for (ptrdiff_t g = 0; g < f; g++) x[g] -= value * factor[g * stride + f];
  }
}

REC_BODY void rec_gibbs_rows_body(
    const ptrdiff_t *offsets, const int32_t *columns, const float *targets, ptrdiff_t first, ptrdiff_t last,
    const float *others, ptrdiff_t rank, ptrdiff_t stride, const double *base, const double *base_right, double noise,
    int adds_gram, const double *prior, const float *prior_means, const float *normals, double *work, float *means,
    float *samples) {
  ptrdiff_t order = rank + 1;
  float copied[entries_at_once * stride_limit];
  float kept[entries_at_once];
  double *gram = work, *right = work + stride * stride, *drawn = right + stride;
  for (ptrdiff_t r = first; r < last; r++) {
    for (ptrdiff_t i = 0; i < stride * stride; i++) gram[i] = 0;
    for (ptrdiff_t i = 0; i < stride; i++) right[i] = 0;
    for (ptrdiff_t start = offsets[r]; start < offsets[r + 1]; start += entries_at_once) {
      ptrdiff_t rest = offsets[r + 1] - start;
      int count = rest < entries_at_once ? (int)rest : entries_at_once;
      for (int e = 0; e < count; e++) {
        const float *other = others + (ptrdiff_t)columns[start + e] * stride;
        // In the place of the other's bias stands 1, the regressor of ours.
        __builtin_memcpy(copied + e * stride, other, (size_t)stride * sizeof(float));
        copied[e * stride + rank] = 1;
        kept[e] = adds_gram ? targets[start + e] - other[rank] : targets[start + e];
      }
      for (ptrdiff_t block = 0; block < stride; block += 16) {
        float16 sum = {0};
        for (int e = 0; e < count; e++) sum += kept[e] * *(const float16 *)(copied + e * stride + block);
        for (int lane = 0; lane < 16; lane++) right[block + lane] += (double)sum[lane];
      }
      if (!adds_gram) continue;
      for (ptrdiff_t block = 0; block < stride; block += 16) {
        ptrdiff_t end = block + 16 < order ? block + 16 : order, f = 0;
        for (; f + 8 <= end; f += 8) add_products(copied, stride, count, f, 8, block, gram);
        for (; f < end; f++) add_products(copied, stride, count, f, 1, block, gram);
      }
    }
    const float *mean = prior_means + (r - first) * stride;
    for (ptrdiff_t f = 0; f < order; f++) {
      double sum = base_right[f] + noise * right[f];
      for (ptrdiff_t g = 0; g < order; g++) sum += prior[f * stride + g] * (double)mean[g];
      right[f] = sum;
    }
    for (ptrdiff_t f = 0; f < order; f++)
      for (ptrdiff_t g = f; g < order; g++) gram[f * stride + g] = base[f * stride + g] + noise * gram[f * stride + g];
    factor_in_place(gram, order, stride);
    solve_forward(gram, order, stride, right);
    solve_backward(gram, order, stride, right);
    float *out = means + (r - first) * stride;
    for (ptrdiff_t f = 0; f < order; f++) out[f] = (float)right[f];
    if (!samples) continue;
    for (ptrdiff_t f = 0; f < order; f++) drawn[f] = (double)normals[(r - first) * order + f];
    solve_backward(gram, order, stride, drawn);
    out = samples + (r - first) * stride;
    for (ptrdiff_t f = 0; f < order; f++) out[f] = (float)(right[f] + drawn[f]);
  }
}
REC_DEFINE(
    void, rec_gibbs_rows,
    (const ptrdiff_t *offsets, const int32_t *columns, const float *targets, ptrdiff_t first, ptrdiff_t last,
     const float *others, ptrdiff_t rank, ptrdiff_t stride, const double *base, const double *base_right, double noise,
     int adds_gram, const double *prior, const float *prior_means, const float *normals, double *work, float *means,
     float *samples),
    (offsets, columns, targets, first, last, others, rank, stride, base, base_right, noise, adds_gram, prior,
     prior_means, normals, work, means, samples))

REC_BODY void rec_gibbs_features_body(
    const ptrdiff_t *offsets, const int32_t *rows, const float *values, ptrdiff_t first, ptrdiff_t last, float strength,
    const float *noise, ptrdiff_t stride, float *weights, float *residuals) {
  float change[stride_limit];
  for (ptrdiff_t j = first; j < last; j++) {
    float *weight = weights + j * stride;
    float square = 0;
    for (ptrdiff_t e = offsets[j]; e < offsets[j + 1]; e++) square += values[e] * values[e];
    float scale = 1 / (square + strength), deviation = __builtin_sqrtf(scale);
    for (ptrdiff_t block = 0; block < stride; block += 16) {
      float16 sum = square * *(const float16 *)(weight + block);
      for (ptrdiff_t e = offsets[j]; e < offsets[j + 1]; e++)
        sum += values[e] * *(const float16 *)(residuals + (ptrdiff_t)rows[e] * stride + block);
      float16 drawn = sum * scale + deviation * *(const float16 *)(noise + j * stride + block);
      *(float16 *)(change + block) = drawn - *(const float16 *)(weight + block);
      *(float16 *)(weight + block) = drawn;
    }
    for (ptrdiff_t e = offsets[j]; e < offsets[j + 1]; e++)
      for (ptrdiff_t block = 0; block < stride; block += 16)
        *(float16 *)(residuals + (ptrdiff_t)rows[e] * stride + block) -= values[e] * *(const float16 *)(change + block);
  }
}
REC_DEFINE(
    void, rec_gibbs_features,
    (const ptrdiff_t *offsets, const int32_t *rows, const float *values, ptrdiff_t first, ptrdiff_t last,
     float strength, const float *noise, ptrdiff_t stride, float *weights, float *residuals),
    (offsets, rows, values, first, last, strength, noise, stride, weights, residuals))

REC_BODY void rec_bilinear_values_body(
    const ptrdiff_t *offsets, const int32_t *columns, ptrdiff_t first, ptrdiff_t last, const float *rows,
    const float *others, ptrdiff_t rank, ptrdiff_t stride, float *out) {
  float one[stride_limit];
  for (ptrdiff_t r = first; r < last; r++) {
    // The other's bias stands where ours does: 1 in that place adds it.
    __builtin_memcpy(one, rows + r * stride, (size_t)stride * sizeof(float));
    float bias = one[rank];
    one[rank] = 1;
    for (ptrdiff_t e = offsets[r]; e < offsets[r + 1]; e++) {
      const float *other = others + (ptrdiff_t)columns[e] * stride;
      float16 sum = {0};
      for (ptrdiff_t block = 0; block < stride; block += 16)
        sum += *(const float16 *)(one + block) * *(const float16 *)(other + block);
      float lanes[16];
      __builtin_memcpy(lanes, &sum, sizeof lanes);
      for (int width = 8; width > 0; width /= 2)
        for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
      out[e - offsets[first]] = bias + lanes[0];
    }
  }
}
REC_DEFINE(
    void, rec_bilinear_values,
    (const ptrdiff_t *offsets, const int32_t *columns, ptrdiff_t first, ptrdiff_t last, const float *rows,
     const float *others, ptrdiff_t rank, ptrdiff_t stride, float *out),
    (offsets, columns, first, last, rows, others, rank, stride, out))
