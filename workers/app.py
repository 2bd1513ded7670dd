"""The Celery application: what a worker process runs, and what beat pokes."""

import importlib
from typing import Any

from celery.signals import setup_logging, worker_process_init

from tender import schema
from tender.core import logs, setup
from tender.core.publishing import celery as application

TASKS = ("health", "relay", "letters", "notices", "sources", "assembly")

celery = application()
METADATA = schema.metadata  # every table must be known before the first flush
setup.join()
for area in TASKS:
    importlib.import_module(f"workers.{area}")

celery.conf.beat_schedule = {
    "relay": {"task": "relay.tick", "schedule": 3.0, "options": {"expires": 3}},
    "watched folder": {"task": "notices.look", "schedule": 10.0, "options": {"expires": 10}},
    **{
        f"source {name}": {
            "task": "sources.poll",
            "args": (name,),
            "schedule": 60.0,
            "options": {"expires": 50},
        }
        for name in setup.settings().sources
    },
}


@setup_logging.connect
def _logs(**_: Any) -> None:
    logs.configure(debug=setup.settings().debug_log)


@worker_process_init.connect
def _after_fork(**_: Any) -> None:
    setup.leave()
