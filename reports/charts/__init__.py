"""Drawings as SVG: they draw what they are given, and suppress nothing."""
