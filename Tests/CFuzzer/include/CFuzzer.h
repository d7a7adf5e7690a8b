// libFuzzer's loop, which the sanitizer's run-time library brings (llvm.org/docs/LibFuzzer.html).
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Runs inputs through `test` until the arguments' limits are reached; the status to exit with.
int fuzzer_run(int argc, char **argv, int (*test)(const uint8_t *bytes, size_t count));
