"""OCDS 1.1, the open contracting standard: release and record packages, lots by its extension."""
