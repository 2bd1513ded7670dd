"""Calls and lots as the buyer published them, with every version that came."""
