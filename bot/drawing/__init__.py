"""Catalogue to PNG: pictures where people would rather look than read.

What is drawn comes from the catalogue, never from here. A picture is first a plan, which says what stands where
and can be read and tested; only then paper, which alone knows matplotlib.
"""
