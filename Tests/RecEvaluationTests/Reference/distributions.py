#!/usr/bin/env python3
"""Writes distributions.tsv: distribution functions, by SciPy 1.17.1 (the normal distribution's far tails by mpmath).

A line is: function, its arguments, the value.
    pip install scipy==1.17.1 mpmath; python3 distributions.py
"""
from pathlib import Path

import mpmath
from scipy import special, stats

mpmath.mp.dps = 50
rows = []
for x in [-37, -20, -8.5, -5, -3, -1.96, -1, -0.25, 0, 0.1, 0.6744897501960817, 1, 2.5, 4, 7, 8.2]:
    rows.append(("normal-cdf", [x], mpmath.erfc(-mpmath.mpf(x) / mpmath.sqrt(2)) / 2))
for p in [1e-300, 1e-100, 1e-20, 1e-9, 1e-6, 1e-4, 0.001, 0.005, 0.01, 0.025, 0.05, 0.0749, 0.1, 0.2, 0.3, 0.42, 0.5,
          0.55, 0.7, 0.8, 0.9, 0.926, 0.95, 0.975, 0.99, 0.999, 0.9999]:
    rows.append(("normal-quantile", [p], stats.norm.ppf(p)))
for df in [0.5, 1, 2, 3, 4.7, 10, 29, 100, 609, 12345.6, 1e6]:
    for t in [0, 1e-6, 0.1, 0.7, 1, 1.7, 1.9599639845, 2.3, 3, 5, 12, 40]:
        value = 2 * stats.t.sf(t, df)
        if value > 1e-290:
            rows.append(("student-two-sided", [t, df], value))
    for alpha in [0.2, 0.1, 0.05, 0.01, 0.001, 1e-6]:
        rows.append(("student-critical", [alpha, df], stats.t.isf(alpha / 2, df)))
for df in [1, 2, 3, 5, 9, 24, 100, 999]:
    for part in [0.01, 0.2, 0.6, 0.95, 1, 1.2, 2, 4, 9]:
        value = stats.chi2.sf(df * part, df)
        if value > 1e-290:
            rows.append(("chi-squared-survival", [df * part, df], value))
for a in [0.5, 1, 2.5, 10, 80, 1000, 1e6]:
    for b in [0.5, 1, 3, 12, 500, 1e6]:
        for x in [1e-8, 0.001, 0.1, 0.4, 0.5, 0.83, 0.99, a / (a + b), 0.9 * a / (a + b)]:
            value = special.betainc(a, b, x)
            if 1e-250 < value < 1 - 1e-12:
                rows.append(("beta", [x, a, b], value))
for a in [0.3, 0.5, 1, 4, 30, 1e3, 1e4]:
    for x in [a * 0.5, a * 0.9, a, a * 1.1, a * 1.5]:
        rows.append(("gamma-upper", [a, x], special.gammaincc(a, x)))
        value = special.gammainc(a, x)
        if value > 1e-250:
            rows.append(("gamma-lower", [a, x], value))

with open(Path(__file__).parent / "distributions.tsv", "w") as file:
    for name, arguments, value in rows:
        file.write("\t".join([name, ",".join(repr(float(a)) for a in arguments), repr(float(value))]) + "\n")
