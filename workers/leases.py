"""For how long a task in hand is left alone before it is thought dead."""

from datetime import timedelta

from tender.core import setup

LEASE = timedelta(seconds=setup.settings().lease_seconds)
