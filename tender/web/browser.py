"""What is known of the browser at the other end, and the mark by which it is known again."""

import secrets
from uuid import UUID

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from tender.accounts.signing import Browser, Device
from tender.core import setup

REMEMBERED = 180 * 24 * 3600
NAMES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def present() -> Browser:
    """Describe the browser of this request."""
    return Browser(_name(request.user_agent.string), request.remote_addr or "", _device())


def remember(response: Response, person_id: UUID) -> Response:
    """Mark the browser as one that a person has signed in from."""
    known = _device()
    mark = known.mark if known and known.person_id == person_id else secrets.token_urlsafe(16)
    response.set_cookie(
        _cookie(), _signer().dumps([person_id.hex, mark]), max_age=REMEMBERED,
        secure=_secure(), httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _device() -> Device | None:
    try:
        person, mark = _signer().loads(request.cookies.get(_cookie(), ""), max_age=REMEMBERED)
        return Device(UUID(person), str(mark))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(setup.settings().secret_key, salt="known-device")


def _secure() -> bool:
    return setup.settings().base_url.startswith("https://")


def _cookie() -> str:
    return "__Host-device" if _secure() else "device"


def _name(agent: str) -> str:
    """Say in two words which browser it is: enough to recognise one's own."""
    name = next((name for sign, name in NAMES if sign in agent), "")
    name = name or ("Safari" if "Safari" in agent else "")
    system = next((system for sign, system in SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (name, system) if part)
