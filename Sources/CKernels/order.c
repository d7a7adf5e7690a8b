#include "CKernels.h"

int rec_count_keys(const int32_t *keys, ptrdiff_t count, ptrdiff_t key_count, ptrdiff_t *counts) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (keys[i] < 0 || keys[i] >= key_count) return 0;
    counts[keys[i]]++;
  }
  return 1;
}

void rec_scatter_entries(
    const int32_t *keys, const int32_t *others, const float *values, ptrdiff_t count, ptrdiff_t *next,
    int32_t *sorted_others, float *sorted_values) {
  for (ptrdiff_t i = 0; i < count; i++) {
    ptrdiff_t place = next[keys[i]]++;
    sorted_others[place] = others[i];
    sorted_values[place] = values[i];
  }
}

void rec_scatter_rows(
    const ptrdiff_t *offsets, ptrdiff_t first, ptrdiff_t last, const int32_t *columns, const float *values,
    ptrdiff_t *next, int32_t *sorted_rows, float *sorted_values) {
  for (ptrdiff_t row = first; row < last; row++) {
    for (ptrdiff_t entry = offsets[row]; entry < offsets[row + 1]; entry++) {
      ptrdiff_t place = next[columns[entry]]++;
      sorted_rows[place] = (int32_t)row;
      sorted_values[place] = values[entry];
    }
  }
}

int rec_sorted_offsets(
    const int32_t *rows, const int32_t *columns, ptrdiff_t count, ptrdiff_t row_count, ptrdiff_t column_count,
    ptrdiff_t *offsets) {
  ptrdiff_t row = -1;
  int32_t previous = -1;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (rows[i] != row) {
      if (rows[i] < row || rows[i] >= row_count) return 0;
      while (row < rows[i]) offsets[++row] = i;
      previous = -1;
    }
    if (columns[i] <= previous || columns[i] >= column_count) return 0;
    previous = columns[i];
  }
  while (row < row_count) offsets[++row] = count;
  return 1;
}
