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
    if members.max() < 1:  # nothing to compare one cluster with
        return NotEstimable("one_cluster")
    cross, sums = _within(fit, members)
    moves = _adjusted(fit.bread, cross, column)
    parts = np.einsum("jk,jk->j", moves, sums)
    if np.abs(parts).max() < _NEAR * _size(np.asarray(outcome, dtype=float)):
        return NotEstimable("no_spread")
    se = math.sqrt(float(np.sum(parts**2)))
    return by_t(float(fit.coefficients[column]), se, _satterthwaite(fit.bread, cross, moves), confidence)


def _size(outcome: Matrix) -> float:
    """Beside which a rounding error is nothing."""
    return max(1.0, float(np.abs(outcome).max()))


def _members(clusters: Sequence[Hashable], n: int) -> NDArray[np.intp]:
    """The number of each row's cluster, in the order in which they come."""
    if len(clusters) != n:
        raise ValueError("each outcome has a cluster")
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in clusters], dtype=np.intp)


def _within(fit: Fit, members: NDArray[np.intp]) -> tuple[Matrix, Matrix]:
    """X'X and X'e of each cluster: clusters × k × k and clusters × k."""
    x, size = fit.design, members.max() + 1
    cross, sums = np.zeros((size, x.shape[1], x.shape[1])), np.zeros((size, x.shape[1]))
    np.add.at(cross, members, x[:, :, None] * x[:, None, :])
    np.add.at(sums, members, x * fit.residuals[:, None])
    return cross, sums


def _adjusted(bread: Matrix, cross: Matrix, column: int) -> Matrix:
    """By what X of each cluster is multiplied for how much the adjusted errors of its people move the coefficient.

    With B = LL' and M = XL, the root of (I − MM')⁻¹ times ML' is M times the root of (I − M'M)⁻¹ times L': k × k in
    place of people × people. What a cluster alone decides is left out.
    """
    half = np.linalg.cholesky(bread)
    values, vectors = np.linalg.eigh(np.eye(len(bread)) - half.T @ cross @ half)
    roots = np.where(values > _NEAR, np.maximum(values, _NEAR) ** -0.5, 0.0)
    found: Matrix = (half @ (vectors * roots[:, None, :]) @ vectors.transpose(0, 2, 1)) @ half[column]
    return found


def _satterthwaite(bread: Matrix, cross: Matrix, moves: Matrix) -> float:
    """The degrees of freedom that give the variance its mean and variance under the working model.

    With a_j the adjusted errors, the products of all clusters are diag(|a_j|²) − (X'a_i)'B(X'a_j), whose trace and sum
    of squares need no matrix of clusters × clusters. Never fewer than one, but for rounding.
    """
    pulls = np.einsum("jkl,jl->jk", cross, moves)
    lengths, shared = np.einsum("jk,jk->j", moves, pulls), np.einsum("jk,kl,jl->j", pulls, bread, pulls)
    together = bread @ (pulls.T @ pulls)
    scale = float(np.sum(lengths**2) - 2 * np.sum(lengths * shared) + np.trace(together @ together))
    return max(1.0, float(np.sum(lengths) - np.sum(shared)) ** 2 / scale) if scale > 0 else 1.0
