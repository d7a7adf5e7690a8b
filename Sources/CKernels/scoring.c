#include "clones.h"

/// Items are scored in tiles of so many.
enum { tile_items = REC_TILE_ITEMS };

#define INTERLEAVED_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define INTERLEAVED_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31

/// Interleaves row i with row i + 8. Four times over, that transposes 16 × 16.
REC_BODY void interleave(const float16 *from, float16 *to) {
  for (int i = 0; i < 8; i++) {
    to[2 * i] = __builtin_shufflevector(from[i], from[i + 8], INTERLEAVED_LOW);
    to[2 * i + 1] = __builtin_shufflevector(from[i], from[i + 8], INTERLEAVED_HIGH);
  }
}

/// tile[f * tile_items + i] = rows[i][f] for 16 rows and the `rank` factors, rounded up to 16.
REC_BODY void load_sixteen(const float *const *rows, ptrdiff_t rank, float *tile) {
  for (ptrdiff_t f = 0; f < rank; f += 16) {
    float16 a[16], b[16];
    for (int lane = 0; lane < 16; lane++) a[lane] = *(const float16 *)(rows[lane] + f);
    interleave(a, b);
    interleave(b, a);
    interleave(a, b);
    interleave(b, a);
    for (int lane = 0; lane < 16; lane++) *(float16 *)(tile + (f + lane) * tile_items) = a[lane];
  }
}

/// Loads the factors and offsets of `count` items, in sixteens; what a tile holds beyond them means nothing.
REC_BODY void load_tile(
    const float *rows, ptrdiff_t row_stride, ptrdiff_t rank, const double *item_offsets, const int32_t *items,
    ptrdiff_t first, ptrdiff_t count, float *tile, double *offsets) {
  for (ptrdiff_t sixteen = 0; sixteen < count; sixteen += 16) {
    const float *row[16];
    ptrdiff_t here = count - sixteen < 16 ? count - sixteen : 16;
    for (ptrdiff_t lane = 0; lane < 16; lane++) {
      // The last of them stands in for those that are missing.
      ptrdiff_t place = first + sixteen + (lane < here ? lane : here - 1);
      if (items) place = items[place];
      row[lane] = rows + place * row_stride;
      offsets[sixteen + lane] = item_offsets[place];
    }
    load_sixteen(row, rank, tile + sixteen);
  }
}

/// Some users by the first `panels` sixteens of a tile, sums kept in registers. `user_count` and `panels` are compile-time
/// constants.
REC_BODY void score_tile(
    const float *users, ptrdiff_t user_stride, const double *user_offsets, int user_count, const float *tile, int panels,
    const double *offsets, ptrdiff_t rank, ptrdiff_t item_count, float *out, ptrdiff_t out_stride) {
  float16 sums[4][4];
  for (int u = 0; u < user_count; u++)
    for (int p = 0; p < panels; p++) sums[u][p] = (float16){0};
  for (ptrdiff_t f = 0; f < rank; f++) {
    float16 factors[4];
    for (int p = 0; p < panels; p++) factors[p] = *(const float16 *)(tile + f * tile_items + p * 16);
    for (int u = 0; u < user_count; u++) {
      float user = users[u * user_stride + f];
      for (int p = 0; p < panels; p++) sums[u][p] += user * factors[p];
    }
  }
  for (int u = 0; u < user_count; u++) {
    for (int p = 0; p < panels; p++) {
      double16 score = (user_offsets[u] + *(const double16 *)(offsets + p * 16)) +
                       __builtin_convertvector(sums[u][p], double16);
      sums[u][p] = __builtin_convertvector(score, float16);
    }
    if (item_count == panels * 16) {
      for (int p = 0; p < panels; p++) *(float16 *)(out + u * out_stride + p * 16) = sums[u][p];
    } else {
      __builtin_memcpy(out + u * out_stride, sums[u], (size_t)item_count * sizeof(float));
    }
  }
}

REC_BODY void rec_score_rows_body(
    const float *users, ptrdiff_t user_count, ptrdiff_t user_stride, const double *user_offsets, const float *rows,
    ptrdiff_t row_stride, ptrdiff_t rank, const double *item_offsets, const int32_t *items, ptrdiff_t first,
    ptrdiff_t item_count, float *tile, float *out, ptrdiff_t out_stride) {
  for (ptrdiff_t item = 0; item < item_count; item += tile_items) {
    ptrdiff_t count = item_count - item < tile_items ? item_count - item : tile_items;
    double offsets[tile_items] = {0};
    if (items) load_tile(rows, row_stride, rank, item_offsets, items, first + item, count, tile, offsets);
    else load_tile(rows, row_stride, rank, item_offsets, NULL, first + item, count, tile, offsets);
    ptrdiff_t u = 0;
    // A narrow tile has a loop of its own, so that a few items do not cost as much as 64.
#define SCORE(users_at_once, panels)                                                                                   \
  score_tile(                                                                                                          \
      users + u * user_stride, user_stride, user_offsets + u, users_at_once, tile, panels, offsets, rank, count,       \
      out + u * out_stride + item, out_stride)
    if (count <= 16) {
      for (; u + 4 <= user_count; u += 4) SCORE(4, 1);
      for (; u < user_count; u++) SCORE(1, 1);
    } else {
      for (; u + 4 <= user_count; u += 4) SCORE(4, 4);
      for (; u < user_count; u++) SCORE(1, 4);
    }
#undef SCORE
  }
}
REC_DEFINE(
    void, rec_score_rows,
    (const float *users, ptrdiff_t user_count, ptrdiff_t user_stride, const double *user_offsets, const float *rows,
     ptrdiff_t row_stride, ptrdiff_t rank, const double *item_offsets, const int32_t *items, ptrdiff_t first,
     ptrdiff_t item_count, float *tile, float *out, ptrdiff_t out_stride),
    (users, user_count, user_stride, user_offsets, rows, row_stride, rank, item_offsets, items, first, item_count, tile,
     out, out_stride))

REC_BODY void rec_sum_rows_body(
    const float *rows, ptrdiff_t row_stride, const int32_t *items, const float *weights, ptrdiff_t count, ptrdiff_t width,
    double *sums) {
  for (ptrdiff_t strip = 0; strip < width; strip += 64) {
    // Up to 64 sums stay in registers while the items pass by; the order of additions is theirs.
    double16 sum[4] = {{0}, {0}, {0}, {0}};
    if (strip + 64 <= width) {
      for (ptrdiff_t i = 0; i < count; i++) {
        const float *row = rows + items[i] * row_stride + strip;
        for (int p = 0; p < 4; p++)
          sum[p] += (double)weights[i] * __builtin_convertvector(*(const float16 *)(row + p * 16), double16);
      }
      for (int p = 0; p < 4; p++) *(double16 *)(sums + strip + p * 16) = sum[p];
    } else {
      for (ptrdiff_t narrow = strip; narrow < width; narrow += 16) {
        double16 own = {0};
        for (ptrdiff_t i = 0; i < count; i++) {
          const float *row = rows + items[i] * row_stride + narrow;
          own += (double)weights[i] * __builtin_convertvector(*(const float16 *)row, double16);
        }
        *(double16 *)(sums + narrow) = own;
      }
    }
  }
}
REC_DEFINE(
    void, rec_sum_rows,
    (const float *rows, ptrdiff_t row_stride, const int32_t *items, const float *weights, ptrdiff_t count, ptrdiff_t width,
     double *sums),
    (rows, row_stride, items, weights, count, width, sums))
