#include "COpenBLAS.h"

#if defined(__linux__)
extern void openblas_set_num_threads(int count);
void rec_blas_use_one_thread(void) { openblas_set_num_threads(1); }
#else
void rec_blas_use_one_thread(void) {}
#endif
