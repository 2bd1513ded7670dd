"""Runs: frozen inputs, progress, result, and the checks before them."""
