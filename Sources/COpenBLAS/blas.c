#include "COpenBLAS.h"

// Each function's name here and in the library.
#define FUNCTIONS(X) \
  X(sgemm, cblas_sgemm) \
  X(dgemm, cblas_dgemm) \
  X(dsyrk, cblas_dsyrk) \
  X(dsyevd, dsyevd_) \
  X(dgesdd, dgesdd_) \
  X(dpotrf, dpotrf_) \
  X(dposv, dposv_) \
  X(sposv, sposv_)

#if defined(__linux__)

#include <dlfcn.h>
#include <stddef.h>

#define POINTER(name, symbol) static __typeof__(rec_##name) *name;
FUNCTIONS(POINTER)

int rec_blas_open(void) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 1;
  void (*use_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  if (use_threads == NULL) return 1;
  use_threads(1);
#define LOOK_UP(name, symbol) \
  if ((name = (__typeof__(name))dlsym(library, #symbol)) == NULL) return 1;
  FUNCTIONS(LOOK_UP)
  return 0;
}

#else

#define POINTER(name, symbol) \
  extern __typeof__(rec_##name) symbol; \
  static __typeof__(rec_##name) *const name = symbol;
FUNCTIONS(POINTER)

int rec_blas_open(void) { return 0; }

#endif

void rec_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
    int lda, const float *b, int ldb, float beta, float *c, int ldc) {
  sgemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void rec_dgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a,
    int lda, const double *b, int ldb, double beta, double *c, int ldc) {
  dgemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void rec_dsyrk(int order, int triangle, int transpose, int n, int k, double alpha, const double *a, int lda,
    double beta, double *c, int ldc) {
  dsyrk(order, triangle, transpose, n, k, alpha, a, lda, beta, c, ldc);
}

void rec_dsyevd(const char *job, const char *triangle, const int *n, double *a, const int *lda, double *w,
    double *work, const int *lwork, int *iwork, const int *liwork, int *info) {
  dsyevd(job, triangle, n, a, lda, w, work, lwork, iwork, liwork, info);
}

void rec_dgesdd(const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
    const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info) {
  dgesdd(job, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork, info);
}

void rec_dpotrf(const char *triangle, const int *n, double *a, const int *lda, int *info) {
  dpotrf(triangle, n, a, lda, info);
}

void rec_dposv(const char *triangle, const int *n, const int *nrhs, double *a, const int *lda, double *b,
    const int *ldb, int *info) {
  dposv(triangle, n, nrhs, a, lda, b, ldb, info);
}

void rec_sposv(const char *triangle, const int *n, const int *nrhs, float *a, const int *lda, float *b,
    const int *ldb, int *info) {
  sposv(triangle, n, nrhs, a, lda, b, ldb, info);
}
