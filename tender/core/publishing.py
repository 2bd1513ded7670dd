"""The nudge itself: one Celery message that carries the id of a row and nothing else."""

from functools import cache

from celery import Celery
from kombu.exceptions import OperationalError

from tender.core import setup


@cache
def celery() -> Celery:
    """Give the Celery application of this process; workers add their tasks to it.

    The values and their reasons: relsec section 5, measured there.
    """
    app = Celery("grappe", broker=setup.settings().broker_url)
    app.conf.update(
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_time_limit=240,
        task_soft_time_limit=210,
        visibility_timeout=720,
        task_publish_retry=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": 720,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 2,
            "health_check_interval": 10,
            "global_keyprefix": "grappe:",
        },
        worker_max_tasks_per_child=200,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
    )
    return app


def publish(task: str, item_id: str) -> None:
    """Send one message; raise OSError if the broker is away."""
    try:
        celery().send_task(task, args=[item_id])
    except OperationalError as error:
        raise OSError(str(error)) from error
