// One body, a clone for each instruction set.
#pragma once

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

typedef float float16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t int16lanes __attribute__((vector_size(64), aligned(4)));
typedef double double8 __attribute__((vector_size(64), aligned(8)));
typedef double double16 __attribute__((vector_size(128), aligned(8)));

#define REC_BODY static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define REC_V3 __attribute__((target("arch=x86-64-v3")))
#define REC_V4 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#else
#define REC_V3
#define REC_V4
#endif

// Clones are chosen before the thread sanitizer's run time is up, which it does not survive.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define REC_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4"), min_vector_width(512)))
#else
#define REC_CLONES
#endif

/// Defines the four functions that REC_DECLARE declared, each calling `name_body` with the given arguments.
#define REC_DEFINE(result, name, parameters, arguments)                                                                \
  REC_CLONES result name parameters { return name##_body arguments; }                                                  \
  result name##_v1 parameters { return name##_body arguments; }                                                        \
  REC_V3 result name##_v3 parameters { return name##_body arguments; }                                                 \
  REC_V4 result name##_v4 parameters { return name##_body arguments; }
