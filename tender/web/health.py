"""Is it alive, is it ready, how is it doing: for supervisors and monitoring."""

import time
from importlib.util import find_spec
from uuid import uuid4

import structlog
from flask import Blueprint, Flask, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tender.core import clock, queue, setup
from tender.core.actor import system
from tender.core.transaction import reading, transaction
from tender.documents.rendering import office
from tender.web.door import public

bp = Blueprint("health", __name__)
log = structlog.get_logger(__name__)
WAIT_SECONDS = 15.0
LOOPBACK = {"127.0.0.1", "::1", None}


def install(app: Flask) -> None:
    """Add the three addresses."""
    app.register_blueprint(bp)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Database, broker and files answer; with ?roundtrip=1 a worker does a real task as well."""
    checks = {
        "database": _database(),
        "broker": _broker(),
        "storage": _storage(),
        "renderer": _renderer(),
    }
    if request.args.get("roundtrip") == "1" and _is_near() and all(checks.values()):
        checks["worker"] = _round_trip()
    checks_ok = all(checks.values())
    return jsonify(
        status="ok" if checks_ok else "unavailable", checks=checks
    ), 200 if checks_ok else 503


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Figures of the queue in the Prometheus format, for loopback only."""
    if not _is_near():
        abort(404)
    registry = CollectorRegistry()
    gauge = Gauge("grappe_work_items", "Pieces of work by state", ["state"], registry=registry)
    oldest = Gauge(
        "grappe_work_oldest_due_seconds", "Age of the oldest due work", registry=registry
    )
    with reading(system("work")) as session:
        for state, count in queue.counts(session).items():
            gauge.labels(state.value).set(count)
        oldest.set(queue.oldest_due_seconds(session, now=clock.now()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_near() -> bool:
    """Tell whether a program of this machine asks, and no proxy on behalf of somebody else."""
    here = {*LOOPBACK, request.environ.get("SERVER_NAME")}
    return request.remote_addr in here and "X-Forwarded-For" not in request.headers


def _database() -> bool:
    try:
        with reading(system("work")) as session:
            session.execute(text("select 1"))
    except SQLAlchemyError:
        return False
    return True


def _broker() -> bool:
    try:
        with Redis.from_url(
            setup.settings().broker_url.replace("redis+socket", "unix"), socket_timeout=2
        ) as broker:
            return bool(broker.ping())
    except (RedisError, OSError):
        return False


def _storage() -> bool:
    key = f"health/{uuid4().hex}"
    try:
        setup.storage().put(key, b"ok")
        found = setup.storage().get(key) == b"ok"
        setup.storage().delete(key)
    except Exception:
        log.exception("health.storage")
        return False
    return found


def _renderer() -> bool:
    """LibreOffice where it is asked for or found, else the embedded engine, is there to be run."""
    wanted = setup.settings().renderer
    if wanted == "office":
        return office.find() is not None
    return find_spec("rdocx") is not None or office.find() is not None


def _round_trip() -> bool:
    with transaction(system("work")) as session:
        item = queue.ask_for(session, queue.Work.PING, uuid4(), now=clock.now())
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        with reading(system("work")) as session:
            if session.get_one(queue.WorkItem, item.id).state is queue.WorkState.DONE:
                return True
        time.sleep(0.1)
    return False
