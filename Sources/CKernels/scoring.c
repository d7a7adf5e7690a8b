#include "clones.h"

/// A tile of `users_in_tile` users by `panels_in_tile` panels, sums kept in registers. Both are compile-time constants.
REC_BODY void score_tile(
    const float *users, ptrdiff_t user_stride, const float *panels, ptrdiff_t rank, int users_in_tile,
    int panels_in_tile, float *tile) {
  float16 sums[4][4];
  for (int u = 0; u < users_in_tile; u++)
    for (int p = 0; p < panels_in_tile; p++) sums[u][p] = (float16){0};
  for (ptrdiff_t f = 0; f < rank; f++) {
    float16 factors[4];
    for (int p = 0; p < panels_in_tile; p++) factors[p] = *(const float16 *)(panels + (p * rank + f) * 16);
    for (int u = 0; u < users_in_tile; u++) {
      float user = users[u * user_stride + f];
      for (int p = 0; p < panels_in_tile; p++) sums[u][p] += user * factors[p];
    }
  }
  for (int u = 0; u < users_in_tile; u++)
    for (int p = 0; p < panels_in_tile; p++) *(float16 *)(tile + (u * panels_in_tile + p) * 16) = sums[u][p];
}

REC_BODY void score_users(
    const float *users, ptrdiff_t user_stride, const float *panels, ptrdiff_t panel_count, ptrdiff_t rank,
    ptrdiff_t item_count, int users_in_tile, float *out, ptrdiff_t out_stride) {
  float tile[4 * 4 * 16];
  ptrdiff_t panel = 0;
  for (; panel + 4 <= panel_count; panel += 4) {
    score_tile(users, user_stride, panels + panel * rank * 16, rank, users_in_tile, 4, tile);
    ptrdiff_t item = panel * 16, width = item_count - item < 64 ? item_count - item : 64;
    for (int u = 0; u < users_in_tile; u++)
      __builtin_memcpy(out + u * out_stride + item, tile + u * 64, (size_t)width * sizeof(float));
  }
  for (; panel < panel_count; panel++) {
    score_tile(users, user_stride, panels + panel * rank * 16, rank, users_in_tile, 1, tile);
    ptrdiff_t item = panel * 16, width = item_count - item < 16 ? item_count - item : 16;
    for (int u = 0; u < users_in_tile; u++)
      __builtin_memcpy(out + u * out_stride + item, tile + u * 16, (size_t)width * sizeof(float));
  }
}

REC_BODY void rec_score_panels_body(
    const float *users, ptrdiff_t user_count, ptrdiff_t user_stride, const float *panels, ptrdiff_t panel_count,
    ptrdiff_t rank, ptrdiff_t item_count, float *out, ptrdiff_t out_stride) {
  // Panels in groups that stay in the cache while all users pass over them.
  ptrdiff_t group = 65536 / (rank * 16 + 16) & ~(ptrdiff_t)3;
  if (group < 4) group = 4;
  for (ptrdiff_t panel = 0; panel < panel_count; panel += group) {
    ptrdiff_t panels_here = panel_count - panel < group ? panel_count - panel : group;
    const float *here = panels + panel * rank * 16;
    ptrdiff_t items = item_count - panel * 16, u = 0;
    for (; u + 4 <= user_count; u += 4)
      score_users(
          users + u * user_stride, user_stride, here, panels_here, rank, items, 4, out + u * out_stride + panel * 16,
          out_stride);
    for (; u < user_count; u++)
      score_users(
          users + u * user_stride, user_stride, here, panels_here, rank, items, 1, out + u * out_stride + panel * 16,
          out_stride);
  }
}
REC_DEFINE(
    void, rec_score_panels,
    (const float *users, ptrdiff_t user_count, ptrdiff_t user_stride, const float *panels, ptrdiff_t panel_count,
     ptrdiff_t rank, ptrdiff_t item_count, float *out, ptrdiff_t out_stride),
    (users, user_count, user_stride, panels, panel_count, rank, item_count, out, out_stride))
