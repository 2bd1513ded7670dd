"""Alive, ready, measured: what supervisors and monitoring ask."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from tender.core import setup


def test_a_process_that_runs_is_alive(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_ready_names_each_part(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["checks"] == {
        "database": True, "broker": True, "storage": True, "renderer": True,
    }  # fmt: skip


def test_a_broker_that_is_away_is_not_ready(app: Flask, client: FlaskClient, monkeypatch) -> None:
    away = replace(setup.settings(), broker_url="redis+socket:///nowhere/valkey.sock")
    monkeypatch.setattr(setup, "settings", lambda: away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["broker"] is False


def test_metrics_are_for_loopback_only(client: FlaskClient) -> None:
    assert b"grappe_work_oldest_due_seconds" in client.get("/metrics").data
    nothing = client.get("/nowhere").status_code
    for far in ({"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}):
        assert client.get("/metrics", environ_base=far).status_code == nothing == 404


def test_nobody_from_afar_makes_the_workers_work(client: FlaskClient) -> None:
    far = {"REMOTE_ADDR": "192.0.2.7"}
    answer = client.get("/readyz?roundtrip=1", environ_base=far)
    assert "worker" not in answer.get_json()["checks"]
