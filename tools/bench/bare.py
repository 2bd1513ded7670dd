"""The barest page that the same gunicorn can serve."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index() -> str:
    """A page of one line."""
    return "<!doctype html><title>bare</title><p>bare</p>"
