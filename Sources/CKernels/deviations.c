#include "clones.h"

void rec_add_differences(
    const int32_t *rows, const float *weights, ptrdiff_t count, const ptrdiff_t *offsets, const int32_t *columns,
    const float *values, int32_t floor, double *restrict sums, uint8_t *restrict blocks) {
  for (ptrdiff_t e = 0; e < count; e++) {
    double weight = weights[e];
    ptrdiff_t low = offsets[rows[e]], end = offsets[rows[e] + 1], high = end;
    while (low < high) {
      ptrdiff_t middle = low + (high - low) / 2;
      if (columns[middle] <= floor) low = middle + 1;
      else high = middle;
    }
    for (ptrdiff_t f = low; f < end; f++) {
      double *sum = sums + 2 * (ptrdiff_t)columns[f];
      sum[0] += 1;
      sum[1] += weight - values[f];
      blocks[columns[f] >> 5] = 1;
    }
  }
}

ptrdiff_t rec_mean_differences(
    int32_t support, ptrdiff_t column_count, double *sums, uint8_t *blocks, int32_t *found, float *means,
    int32_t *counts) {
  ptrdiff_t number = 0;
  for (ptrdiff_t block = 0; 32 * block < column_count; block++) {
    if (blocks[block] == 0) continue;
    blocks[block] = 0;
    ptrdiff_t end = 32 * (block + 1) < column_count ? 32 * (block + 1) : column_count;
    for (ptrdiff_t column = 32 * block; column < end; column++) {
      double *sum = sums + 2 * column;
      if (sum[0] > 0 && sum[0] >= support) {
        found[number] = (int32_t)column;
        means[number] = (float)(sum[1] / sum[0]);
        counts[number++] = (int32_t)sum[0];
      }
      sum[0] = sum[1] = 0;
    }
  }
  return number;
}

void rec_add_deviations(
    const ptrdiff_t *offsets, const int32_t *columns, const float *means, const int32_t *counts, ptrdiff_t item_count,
    const uint64_t *masks, const float *values, int is_weighted, double *restrict sums) {
  for (ptrdiff_t item = 0; item < item_count; item++) {
    ptrdiff_t begin = offsets[item], end = offsets[item + 1];
    // Everybody's items before this one have been in earlier rows; those behind it are in this one.
    for (ptrdiff_t e = begin; e < end; e++) {
      for (uint64_t users = masks[columns[e]]; users != 0; users &= users - 1) {
        int user = __builtin_ctzll(users);
        double *sum = sums + 2 * (user * item_count + item);
        double number = is_weighted ? counts[e] : 1;
        double rating = is_weighted ? values[64 * (ptrdiff_t)columns[e] + user] : 0;
        sum[0] += number * (rating + means[e]);
        sum[1] += number;
      }
    }
    for (uint64_t users = masks[item]; users != 0; users &= users - 1) {
      int user = __builtin_ctzll(users);
      double *own = sums + 2 * user * item_count;
      double rating = is_weighted ? values[64 * item + user] : 0;
      for (ptrdiff_t e = begin; e < end; e++) {
        double number = is_weighted ? counts[e] : 1;
        own[2 * (ptrdiff_t)columns[e]] += number * (rating - means[e]);
        own[2 * (ptrdiff_t)columns[e] + 1] += number;
      }
    }
  }
}
