"""Measurements of `make bench`: ours against the bare minimum, within one run of one machine."""
