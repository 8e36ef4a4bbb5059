"""Texts to plain values and to trees with positions; what the values mean is not known here."""
