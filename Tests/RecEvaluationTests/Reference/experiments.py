#!/usr/bin/env python3
"""Writes experiments.tsv: tests of A/B tests by SciPy 1.17.1, statsmodels 0.14.6 and GrowthBook's gbstats 0.8.0.

A line is: test, what goes in (fields apart by ';', numbers by ','), what comes out.
    pip install scipy==1.17.1 statsmodels==0.14.6 gbstats==0.8.0; python3 experiments.py
"""
import warnings
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from gbstats.frequentist.tests import FrequentistConfig, SequentialConfig, SequentialTwoSidedTTest, TwoSidedTTest
from gbstats.models.statistics import SampleMeanStatistic
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep, power_proportions_2indep, proportion_confint, proportions_ztest,
    samplesize_proportions_2indep_onetail)

warnings.simplefilter("ignore")
rng = np.random.default_rng(55)
lines = []


def numbers(values):
    return ",".join(repr(float(v)) for v in np.atleast_1d(values))


def add(name, inputs, outputs):
    lines.append("\t".join([name, ";".join(numbers(v) for v in inputs), numbers(outputs)]))


for rate, lift, power, alpha in [(0.04, 0.05, 0.8, 0.05), (0.04, -0.05, 0.8, 0.05), (0.1, 0.1, 0.9, 0.05),
                                 (0.5, 0.02, 0.8, 0.01), (0.002, 0.5, 0.8, 0.1), (0.3, 0.5, 0.95, 0.05)]:
    target = rate * (1 + lift)
    size = samplesize_proportions_2indep_onetail(
        target - rate, rate, power, alpha=alpha, alternative="two-sided")
    add("size", [rate, target, power, alpha], size)
    for n in [100, 1000, 20000]:
        got = power_proportions_2indep(target - rate, rate, n, alpha=alpha, alternative="two-sided")
        add("power", [rate, target, n, alpha], got.power)

for a, n, b, m in [(40, 1000, 55, 1000), (400, 10000, 437, 9800), (0, 30, 4, 25), (7, 7, 3, 9), (1, 100000, 9, 99000),
                   (523, 1046, 520, 1033)]:
    z, p = proportions_ztest([b, a], [m, n])
    low, high = confint_proportions_2indep(b, m, a, n, method="newcomb")
    add("proportions", [a, n, b, m], [b / m - a / n, z, p, low, high])
    add("wilson", [a, n], proportion_confint(a, n, method="wilson"))

for observed, expected in [([5000, 5100], [1, 1]), ([821588, 815482], [1, 1]), ([100, 210, 290], [1, 2, 3]),
                           ([9, 1], [0.9, 0.1]), ([50000, 48500], [50, 50])]:
    e = np.array(expected) / sum(expected) * sum(observed)
    add("ratio", [observed, expected], list(stats.chisquare(observed, e)))

for n, m, shift in [(12, 9, 0.5), (60, 75, 0.1), (40, 40, 0.9)]:
    a = rng.lognormal(0, 1, n).round(3)
    b = (rng.lognormal(0, 0.7, m) + shift).round(3)
    got = stats.ttest_ind(b, a, equal_var=False)
    ci = got.confidence_interval()
    add("welch", [a, b], [b.mean() - a.mean(), got.statistic, got.df, got.pvalue, ci.low, ci.high])

# The delta method is the standard error of a weighted mean of users' ratios that is robust to anything within a user.
for n in [15, 50]:
    shown = rng.integers(1, 30, n)
    clicks = rng.binomial(shown, rng.beta(2, 8, n))
    fit = sm.WLS(clicks / shown, np.ones(n), weights=shown).fit(cov_type="HC1")
    add("delta", [clicks, shown], [fit.params[0], fit.bse[0]])

# The adjusted difference is the coefficient of a regression on arm and covariate.
for n, m in [(20, 25), (80, 60)]:
    x = rng.gamma(2, 3, n + m).round(3)
    arm = np.repeat([0, 1], [n, m])
    y = (0.8 * x + 0.4 * arm + rng.normal(0, 1, n + m)).round(3)
    fit = sm.OLS(y, np.column_stack([np.ones(n + m), arm, x])).fit()
    add("cuped", [y[arm == 0], x[arm == 0], y[arm == 1], x[arm == 1]], [fit.params[1], fit.params[2]])

for n, m, tuning in [(60, 70, 5000), (900, 800, 5000), (5000, 5100, 2000), (51, 50, 100)]:
    a = rng.normal(1, 2, n)
    b = rng.normal(1.3, 2, m)
    def statistic(v):
        return SampleMeanStatistic(sum=v.sum(), sum_squares=(v * v).sum(), n=len(v))
    test = SequentialTwoSidedTTest(
        statistic(a), statistic(b),
        SequentialConfig(difference_type="absolute", sequential_tuning_parameter=tuning, alpha=0.05))
    got = test.compute_result()
    add("sequential", [[n, a.mean(), a.var(ddof=1)], [m, b.mean(), b.var(ddof=1)], [tuning]],
        [got.expected, got.p_value, *got.ci])

for p in [[0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.01, 0.9, 0.049, 0.049], [0.03]]:
    add("holm", [p], multipletests(p, method="holm")[1])
    add("bh", [p], multipletests(p, method="fdr_bh")[1])

for a, b in [(12, 30), (5, 5), (0, 9), (480, 560), (1, 0)]:
    add("sign", [a, b], stats.binomtest(a, a + b).pvalue)

# The lift: the difference as a part of the control's value.
for n, m, by in [(60, 70, 0.3), (900, 800, 0.05), (12, 15, -0.4)]:
    a, b = rng.normal(3, 2, n), rng.normal(3 * (1 + by), 2, m)
    sides = [SampleMeanStatistic(sum=v.sum(), sum_squares=(v * v).sum(), n=len(v)) for v in (a, b)]
    moments = [[len(v), v.mean(), v.var(ddof=1)] for v in (a, b)]
    got = TwoSidedTTest(*sides, FrequentistConfig(difference_type="relative", alpha=0.05)).compute_result()
    add("lift", moments, [got.expected, *got.ci])
    got = SequentialTwoSidedTTest(
        *sides, SequentialConfig(difference_type="relative", sequential_tuning_parameter=5000, alpha=0.05)).compute_result()
    if min(n, m) >= 50:
        add("lift-sequential", moments, [got.expected, *got.ci])
for a, n, b, m in [(40, 1000, 55, 1000), (400, 10000, 437, 9800), (7, 9, 3, 9), (523, 1046, 520, 1033)]:
    low, high = confint_proportions_2indep(b, m, a, n, method="log", compare="ratio")
    add("lift-share", [a, n, b, m], [b / m / (a / n) - 1, low - 1, high - 1])

with open(Path(__file__).parent / "experiments.tsv", "w") as file:
    file.write("\n".join(lines) + "\n")
