"""The sealed package, its deposit and its receipt."""
