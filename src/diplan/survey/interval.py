"""How far off a share of a sample may be: Wilson's score interval."""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist


def wilson(share: Fraction, size: Fraction, confidence: Fraction) -> tuple[Fraction, Fraction]:
    """The lower and upper end of a share, at a *confidence* in per cent, of a sample of some size.

    E. B. Wilson, Probable Inference (Journal of the American Statistical Association 22, 1927): the
    shares p for which (share - p)^2 = z^2 p (1 - p) / size. With weights, *size* is the effective
    one. The sample is taken to be a random one.
    """
    z = NormalDist().inv_cdf(0.5 + float(confidence) / 200)
    p, n = float(share), float(size)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = Fraction(0) if share == 0 else Fraction(max(0.0, middle - reach))
    high = Fraction(1) if share == 1 else Fraction(min(1.0, middle + reach))
    return low, high
