"""BOAMP, the French bulletin: its three containers and all its bodies."""
