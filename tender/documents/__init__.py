"""The Word engine: bytes in, bytes out; no database, clock, network or other package of ours."""
