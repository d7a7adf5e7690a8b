#include "clones.h"

/// One strip of 8 columns of the block, two accumulators a row: even entries in one, odd ones in the other.
REC_BODY void strip8(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
    const double *block, ptrdiff_t width, double *out) {
  for (ptrdiff_t row = first; row < last; row++) {
    double8 even = {0}, odd = {0};
    ptrdiff_t entry = offsets[row], end = offsets[row + 1];
    for (; entry + 2 <= end; entry += 2) {
      even += (double)values[entry] * *(const double8 *)(block + columns[entry] * width);
      odd += (double)values[entry + 1] * *(const double8 *)(block + columns[entry + 1] * width);
    }
    if (entry < end) even += (double)values[entry] * *(const double8 *)(block + columns[entry] * width);
    *(double8 *)(out + (row - first) * width) = even + odd;
  }
}

REC_BODY void rec_sparse_times_block_body(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
    const double *block, ptrdiff_t width, double *out) {
  ptrdiff_t strip = 0;
  for (; strip + 8 <= width; strip += 8)
    strip8(offsets, columns, values, first, last, block + strip, width, out + strip);
  // The columns that are left, in the same order of additions as a strip's.
  for (; strip < width; strip++) {
    for (ptrdiff_t row = first; row < last; row++) {
      double even = 0, odd = 0;
      ptrdiff_t entry = offsets[row], end = offsets[row + 1];
      for (; entry + 2 <= end; entry += 2) {
        even += (double)values[entry] * block[columns[entry] * width + strip];
        odd += (double)values[entry + 1] * block[columns[entry + 1] * width + strip];
      }
      if (entry < end) even += (double)values[entry] * block[columns[entry] * width + strip];
      out[(row - first) * width + strip] = even + odd;
    }
  }
}
REC_DEFINE(
    void, rec_sparse_times_block,
    (const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
     const double *block, ptrdiff_t width, double *out),
    (offsets, columns, values, first, last, block, width, out))

/// One strip of 16 columns of the block, two accumulators a row: even entries in one, odd ones in the other.
REC_BODY void strip16_single(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
    const float *block, ptrdiff_t stride, ptrdiff_t kept, ptrdiff_t width, double *out) {
  for (ptrdiff_t row = first; row < last; row++) {
    float16 even = {0}, odd = {0};
    ptrdiff_t entry = offsets[row], end = offsets[row + 1];
    for (; entry + 2 <= end; entry += 2) {
      even += values[entry] * *(const float16 *)(block + columns[entry] * stride);
      odd += values[entry + 1] * *(const float16 *)(block + columns[entry + 1] * stride);
    }
    if (entry < end) even += values[entry] * *(const float16 *)(block + columns[entry] * stride);
    double16 sum = __builtin_convertvector(even + odd, double16);
    if (kept == 16) *(double16 *)(out + (row - first) * width) = sum;
    else __builtin_memcpy(out + (row - first) * width, &sum, (size_t)kept * sizeof(double));
  }
}

REC_BODY void rec_sparse_times_block_single_body(
    const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
    const float *block, ptrdiff_t stride, ptrdiff_t width, double *out) {
  for (ptrdiff_t strip = 0; strip < width; strip += 16)
    strip16_single(
        offsets, columns, values, first, last, block + strip, stride, width - strip < 16 ? width - strip : 16, width,
        out + strip);
}
REC_DEFINE(
    void, rec_sparse_times_block_single,
    (const ptrdiff_t *offsets, const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last,
     const float *block, ptrdiff_t stride, ptrdiff_t width, double *out),
    (offsets, columns, values, first, last, block, stride, width, out))
