"""The inside of the gate: what a foreign file may hold, and what becomes of it."""
