#!/usr/bin/env python3
"""Reference values for the conditional distributions of Gibbs sampling, by NumPy: python3 gibbs.py

Writes gibbs.json: mean and covariance of a row's factors and bias given its ratings, and weights of features drawn one after
the other given residuals. Inputs are sines of running numbers, which the test computes, too.
numpy 2.4.6.
"""
import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).resolve().parent


def sines(count, step):
    # Rounded to Float, as the kernels take them.
    return np.sin(step * np.arange(1, count + 1)).astype(np.float32).astype(float)


def row(rank, count):
    """A row of `count` ratings of items with `rank` factors and a bias."""
    order = rank + 1
    others = sines(count * order, 0.7).reshape(count, order)
    targets = sines(count, 1.3)
    prior_mean = sines(order, 0.4)
    half = sines(order * order, 0.9).reshape(order, order)
    prior = half @ half.T + np.eye(order)
    noise = 1.75
    regressors = np.hstack([others[:, :rank], np.ones((count, 1))])
    precision = prior + noise * regressors.T @ regressors
    covariance = np.linalg.inv(precision)
    mean = covariance @ (prior @ prior_mean + noise * regressors.T @ (targets - others[:, rank]))
    return mean, covariance


def features():
    """Two features of twelve rows and two dimensions, strength 0.6.

    The weight of feature j is mean + noise / sqrt(d + strength), then its part leaves the residuals.
    """
    values = sines(24, 0.8).reshape(2, 12)
    weights = sines(4, 0.3).reshape(2, 2)
    residuals = sines(24, 1.1).reshape(12, 2)
    noise = sines(4, 0.5).reshape(2, 2)
    drawn = np.zeros((2, 2))
    for feature in range(2):
        x = values[feature]
        full = residuals + np.outer(x, weights[feature])
        squares = x @ x + 0.6
        # Least squares on x with a ridge of 0.6, by its normal equations.
        drawn[feature] = np.linalg.lstsq(
            np.vstack([x[:, None], [[np.sqrt(0.6)]]]), np.vstack([full, np.zeros((1, 2))]), rcond=None)[0][0]
        drawn[feature] += noise[feature] / np.sqrt(squares)
        residuals = full - np.outer(x, drawn[feature])
    return drawn, residuals


rows = []
for rank, count in [(0, 5), (2, 0), (2, 7), (5, 130), (16, 40), (17, 70)]:
    mean, covariance = row(rank, count)
    rows.append({"rank": rank, "count": count, "mean": mean.tolist(), "covariance": covariance.ravel().tolist()})
weights, residuals = features()
(here / "gibbs.json").write_text(
    json.dumps({"rows": rows, "weights": weights.ravel().tolist(), "residuals": residuals.ravel().tolist()}))
