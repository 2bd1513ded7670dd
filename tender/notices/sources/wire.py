"""One request to a source over HTTP: bounded in time and size, paced, never led elsewhere."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.parse import urlsplit

from tender.core import clock
from tender.core.text import N_
from tender.notices.sources.trouble import Trouble

MOST_BYTES = 40_000_000
CHUNK = 65_536
LONGEST_LEAVE = 24 * 3600.0
AGENT = "Grappe (+https://www.gnu.org/licenses/agpl-3.0.html)"
AWAY = N_("{host} ne répond pas ({why}).")
SLOW = N_("{host} répond trop lentement.")
CUT = N_("{host} a coupé sa réponse avant la fin.")
LARGE = N_("{host} envoie une réponse de plus de {limit} Mo.")
BUSY = N_("{host} demande d’attendre : trop de requêtes.")
FAULTY = N_("{host} est en panne (HTTP {status}).")
REFUSED = N_("{host} refuse la requête (HTTP {status}).")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; 304 has no data. `etag` and `modified` make the next request conditional."""

    status: int
    data: bytes
    etag: str = ""
    modified: str = ""


class _SameSite(urllib.request.HTTPRedirectHandler):
    """A source may move a page on its own site; nobody sends us to another."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
        headers: http.client.HTTPMessage, newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        """Follow within the site only; None makes the redirect an error."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Wire:
    """The line to one source; `pace` is the least time between two requests, in seconds."""

    pace: float = 0.5
    silence: float = 20.0
    longest: float = 60.0
    wait: Callable[[float], None] = time.sleep
    free_at: float = field(default=0.0, init=False)
    exhausted_until: float = field(default=0.0, init=False)

    def ask(
        self, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request; Trouble for anything but a whole answer."""
        host = urlsplit(url).hostname or ""
        self._take_turn(host)
        sent = urllib.request.Request(url, data=body, headers={"User-Agent": AGENT})  # noqa: S310 - settings allow http(s) only
        for name, value in (headers or {}).items():
            sent.add_header(name, value)
        try:
            with urllib.request.build_opener(_SameSite).open(sent, timeout=self.silence) as got:
                self._note_quota(got.headers)
                return Answer(
                    got.status, self._data(got, host),
                    got.headers.get("ETag") or "", got.headers.get("Last-Modified") or "",
                )  # fmt: skip
        except urllib.error.HTTPError as error:
            return self._unwelcome(error, host)
        except TimeoutError as error:
            raise Trouble(SLOW, host=host) from error
        except http.client.IncompleteRead as error:
            raise Trouble(CUT, host=host) from error
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", None) or error
            raise Trouble(AWAY, host=host, why=type(why).__name__) from error

    def _take_turn(self, host: str) -> None:
        """Keep the source's pace, and its quota: a request that it would refuse is not sent."""
        left = self.exhausted_until - clock.now().timestamp()
        if left > 0:
            raise Trouble(BUSY, again=False, after=min(left, LONGEST_LEAVE), status=429, host=host)
        pause = self.free_at - time.monotonic()
        if pause > 0:
            self.wait(pause)
        self.free_at = time.monotonic() + self.pace

    def _note_quota(self, headers: Message) -> None:
        reset = _number(headers.get("X-RateLimit-Reset"))
        if headers.get("X-RateLimit-Remaining", "").strip() == "0" and reset is not None:
            self.exhausted_until = reset

    def _data(self, got: http.client.HTTPResponse, host: str) -> bytes:
        """Read in pieces: a server that sends a byte a second would keep us for ever."""
        end, found = time.monotonic() + self.longest, bytearray()
        while piece := got.read1(CHUNK):
            found += piece
            if len(found) > MOST_BYTES:
                limit = MOST_BYTES // 1_000_000
                raise Trouble(LARGE, again=False, host=host, limit=limit)
            if time.monotonic() > end:
                raise Trouble(SLOW, host=host)
        told = _number(got.headers.get("Content-Length"))
        if told is not None and len(found) < told:
            raise Trouble(CUT, host=host)
        return bytes(found)

    def _unwelcome(self, error: urllib.error.HTTPError, host: str) -> Answer:
        with error:
            if error.code == 304:
                return Answer(304, b"")
            after = leave(error.headers, clock.now().timestamp())
            message = BUSY if error.code == 429 else FAULTY if error.code >= 500 else REFUSED
            raise Trouble(
                message, again=error.code == 429 or error.code >= 500, after=after,
                status=error.code, host=host,
            )  # fmt: skip


def leave(headers: Message, now: float) -> float | None:
    """Tell how many seconds the source wants to be left alone: Retry-After, else its quota."""
    told = headers.get("Retry-After", "").strip()
    seconds = _number(told)
    if seconds is None and told:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - now
        except ValueError:
            seconds = None
    reset = _number(headers.get("X-RateLimit-Reset"))
    if seconds is None and reset is not None and reset > now:
        seconds = reset - now
    return None if seconds is None else min(max(seconds, 1.0), LONGEST_LEAVE)


def _number(text: str | None) -> float | None:
    told = (text or "").strip()
    return float(told) if told.isascii() and told.isdigit() and len(told) < 12 else None
