// Prototypes of the BLAS and LAPACK functions in use. OpenBLAS and Accelerate export the same symbols (32-bit integers);
// Debian's OpenBLAS comes without LAPACKE, hence the Fortran entry points.
#pragma once

/// Makes the library use the calling thread alone: the program's parallelism lies outside it.
void rec_blas_use_one_thread(void);

// Values of CBLAS's enumerations: order (101 row-major), transpose (111 no, 112 yes), triangle (121 upper, 122 lower).

void cblas_sgemm(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
    const float *b, int ldb, float beta, float *c, int ldc);
void cblas_dgemm(
    int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a, int lda,
    const double *b, int ldb, double beta, double *c, int ldc);
void cblas_dsyrk(
    int order, int triangle, int transpose, int n, int k, double alpha, const double *a, int lda, double beta, double *c,
    int ldc);

void dsyevd_(
    const char *job, const char *triangle, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *iwork, const int *liwork, int *info);
void dgesdd_(
    const char *job, const int *m, const int *n, double *a, const int *lda, double *s, double *u, const int *ldu,
    double *vt, const int *ldvt, double *work, const int *lwork, int *iwork, int *info);
void dpotrf_(const char *triangle, const int *n, double *a, const int *lda, int *info);
void dposv_(
    const char *triangle, const int *n, const int *nrhs, double *a, const int *lda, double *b, const int *ldb, int *info);
void sposv_(
    const char *triangle, const int *n, const int *nrhs, float *a, const int *lda, float *b, const int *ldb, int *info);
