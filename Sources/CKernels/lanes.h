// Sums over the lanes of a vector, in one fixed order.
#pragma once

#include "clones.h"

REC_BODY float lane_sum(const float16 *v) {
  float lanes[16];
  __builtin_memcpy(lanes, v, sizeof lanes);
  for (int width = 8; width > 0; width /= 2)
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}
