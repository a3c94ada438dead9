"""Least squares with covariances that ask little of the data: HC3 for people, CR2 for groups of people. Pure.

Shapes: a design is n × k (one row a person, one column a coefficient, the column of ones included), an outcome has n
values, clusters n labels. Units are those of the outcome.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reports.formulas.estimates import Estimate, NotEstimable, by_t

Matrix = NDArray[np.float64]
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients, residuals and (X'X)⁻¹ of ordinary least squares."""

    design: Matrix
    coefficients: Matrix
    residuals: Matrix
    bread: Matrix


def least_squares(design: ArrayLike, outcome: ArrayLike) -> Fit | NotEstimable:
    """Ordinary least squares; collinear where the columns depend on each other or are more than the rows.

    Raises ValueError when design and outcome are not of the same length.
    """
    x, y = np.asarray(design, dtype=float), np.asarray(outcome, dtype=float)
    if x.ndim != 2 or x.shape[0] != y.shape[0]:  # noqa: PLR2004 - rows and columns
        raise ValueError("the design has a row for each outcome")
    if not x.size or np.linalg.matrix_rank(x) < x.shape[1]:
        return NotEstimable("collinear")
    bread = np.linalg.inv(x.T @ x)
    coefficients = bread @ x.T @ y
    residuals = y - x @ coefficients
    residuals[np.abs(residuals) < _NEAR * _size(y)] = 0.0
    return Fit(x, coefficients, residuals, bread)


def hc3(fit: Fit) -> Matrix | NotEstimable:
    """The covariance of the coefficients when errors differ in spread: k × k.

    (X'X)⁻¹ X' diag(eᵢ²/(1 − hᵢᵢ)²) X (X'X)⁻¹ (MacKinnon and White 1985, Journal of Econometrics 29; recommended for
    small samples by Long and Ervin 2000, The American Statistician 54).
    """
    leverage = np.einsum("ij,jk,ik->i", fit.design, fit.bread, fit.design)
    if np.any(leverage > 1 - _NEAR):
        return NotEstimable("leverage")
    weighted = fit.design * (fit.residuals / (1 - leverage))[:, None]
    found: Matrix = fit.bread @ (weighted.T @ weighted) @ fit.bread
    return found


def cluster_robust(
    design: ArrayLike, outcome: ArrayLike, clusters: Sequence[Hashable], column: int, confidence: float = 0.95
) -> Estimate | NotEstimable:
    """One coefficient with the bias-reduced covariance CR2 and Satterthwaite's degrees of freedom.

    Within a cluster people may resemble each other in any way; the working model is that they do not. Residuals of
    cluster j are multiplied by the symmetric (Moore–Penrose) root of (I − H_jj)⁻¹ (Bell and McCaffrey 2002, Survey
    Methodology 28; Pustejovsky and Tipton 2018, Journal of Business & Economic Statistics 36).
    Raises ValueError when design, outcome and clusters are not of the same length.
    """
    fit = least_squares(design, outcome)
    if isinstance(fit, NotEstimable):
        return fit
    members = _members(clusters, len(fit.residuals))
    if len(members) < 2:  # noqa: PLR2004 - nothing to compare one cluster with
        return NotEstimable("one_cluster")
    influence = fit.design @ fit.bread[:, column]  # how much each person's error moves the coefficient
    adjusted = [_adjustment(fit, rows) @ influence[rows] for rows in members]
    parts = [float(one @ fit.residuals[rows]) for one, rows in zip(adjusted, members, strict=True)]
    if max(map(abs, parts)) < _NEAR * _size(np.asarray(outcome, dtype=float)):
        return NotEstimable("no_spread")
    se = math.sqrt(sum(part**2 for part in parts))
    return by_t(float(fit.coefficients[column]), se, _satterthwaite(fit, members, adjusted), confidence)


def _size(outcome: Matrix) -> float:
    """Beside which a rounding error is nothing."""
    return max(1.0, float(np.abs(outcome).max()))


def _members(clusters: Sequence[Hashable], n: int) -> list[NDArray[np.intp]]:
    """The rows of each cluster."""
    if len(clusters) != n:
        raise ValueError("each outcome has a cluster")
    rows: dict[Hashable, list[int]] = {}
    for row, cluster in enumerate(clusters):
        rows.setdefault(cluster, []).append(row)
    return [np.array(there, dtype=np.intp) for there in rows.values()]


def _adjustment(fit: Fit, rows: NDArray[np.intp]) -> Matrix:
    """The root of (I − H_jj)⁻¹ of one cluster; what it alone decides is left out."""
    x = fit.design[rows]
    values, vectors = np.linalg.eigh(np.eye(len(rows)) - x @ fit.bread @ x.T)
    roots = np.array([value**-0.5 if value > _NEAR else 0.0 for value in values])
    found: Matrix = (vectors * roots) @ vectors.T
    return found


def _satterthwaite(fit: Fit, members: Sequence[NDArray[np.intp]], adjusted: Sequence[Matrix]) -> float:
    """The degrees of freedom that give the variance its mean and variance under the working model.

    Never fewer than one, but for rounding.
    """
    columns = np.zeros((len(fit.residuals), len(members)))
    for at, (rows, one) in enumerate(zip(members, adjusted, strict=True)):
        columns[rows, at] = one
    columns -= fit.design @ (fit.bread @ (fit.design.T @ columns))
    products = columns.T @ columns
    scale = float(np.sum(products**2))
    return max(1.0, float(np.trace(products)) ** 2 / scale) if scale > 0 else 1.0
