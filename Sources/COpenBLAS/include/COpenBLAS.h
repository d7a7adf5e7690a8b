// The BLAS and LAPACK functions in use, each behind a wrapper of the same form. OpenBLAS and Accelerate export the same
// symbols (32-bit integers); Debian's OpenBLAS comes without LAPACKE, hence the Fortran entry points.
//
// On Linux the library is opened when the first of them is needed: loading it takes 1.6 ms and starts threads, which the
// way to the prompt can do without.
#pragma once

/// Opens the library and makes it use the calling thread alone: the program's parallelism lies outside it.
///
/// Must be called, once, before any of the functions below. Returns 0, or 1 where there is no usable library.
int rec_blas_open(void);

// Values of CBLAS's enumerations: order (101 row-major), transpose (111 no, 112 yes), triangle (121 upper, 122 lower).

void rec_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
    int lda, const float *b, int ldb, float beta, float *c, int ldc);
void rec_dgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a,
    int lda, const double *b, int ldb, double beta, double *c, int ldc);
void rec_dsyrk(int order, int triangle, int transpose, int n, int k, double alpha, const double *a, int lda,
    double beta, double *c, int ldc);
void rec_dsyevd(const char *job, const char *triangle, const int *n, double *a, const int *lda, double *w,
    double *work, const int *lwork, int *iwork, const int *liwork, int *info);
void rec_dgesdd(const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
    const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info);
void rec_dpotrf(const char *triangle, const int *n, double *a, const int *lda, int *info);
void rec_dposv(const char *triangle, const int *n, const int *nrhs, double *a, const int *lda, double *b,
    const int *ldb, int *info);
void rec_sposv(const char *triangle, const int *n, const int *nrhs, float *a, const int *lda, float *b,
    const int *ldb, int *info);
