"""Readers of notices: notices a second and memory against parsing the same bytes; damage.

Our own fixtures, and the published notices where they lie beside the project; one call of 652
lots, as large as the largest ever seen.
"""

import json
import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from tender.formats.notice import Notice, as_json
from tender.formats.reading import Unreadable, read_each, recognise
from tests.formats.mutations import damaged_json, damaged_xml
from tools.bench.timing import heading, interleaved, line, median, ms

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "formats" / "files"
PUBLISHED = ROOT.parent / "shared" / "data" / "notices"
LARGEST = 652
KINDS = ("text", "attribute", "drop", "double", "move")
SIGNS = b'<>&"/{}[]:,\0\xff 0123456789abcZT+-'
Samples = dict[str, list[bytes]]


def measure(repeat: int) -> None:
    """Print for each format the time and memory of reading as a ratio to merely parsing."""
    heading(f"Reading notices: time to that of lxml or json on the same bytes, {repeat} rounds")
    for name, files in sorted(samples().items()):
        notices = sum(len(_read(data)) for data in files)
        taken = interleaved(repeat, {"read": _over(_read, files), "parse": _over(_parse, files)})
        ours, bare = median(taken["read"]), median(taken["parse"])
        memory = _peak(_read, files) - _peak(len, files)
        raw = f"{notices / ours:,.0f} notices a second, {ms(ours)}, +{memory} MB at the peak"
        line(f"{name} ({len(files)} files)", ours / bare, raw)


def damage(seconds: float) -> None:
    """Read damaged notices for a while; print how many, and any that did worse than be refused."""
    heading(f"Reading damaged notices for {seconds:.0f} s")
    chance = random.Random(20261124)  # noqa: S311 - damage, no secret
    seeds = [data for files in samples().values() for data in files if len(data) < 200_000]
    end, count, refused, slowest = time.monotonic() + seconds, 0, 0, 0.0
    while time.monotonic() < end:
        data = _damaged(chance.choice(seeds), chance)
        start = time.perf_counter()
        refused += _is_refused(data)
        slowest = max(slowest, time.perf_counter() - start)
        count += 1
    print(f"  {count} files, {refused} refused in words, none worse; slowest {ms(slowest)}")


def samples() -> Samples:
    """The files by format, and the largest call on its own."""
    found: Samples = {}
    for path in (*sorted(FIXTURES.iterdir()), *sorted(PUBLISHED.glob("*/*"))):
        data = path.read_bytes()
        name = recognise(data)
        if name:
            found.setdefault(name, []).append(data)
    found[f"eforms, {LARGEST} lots"] = [_largest()]
    return found


def _largest() -> bytes:
    """The fixture of three lots with one of them over and over."""
    text = (FIXTURES / "eforms_three_lots.xml").read_text(encoding="utf-8")
    first, closing = text.index('"Lot">LOT-0001'), "</a:ProcurementProjectLot>"
    start = text.rindex("<a:ProcurementProjectLot>", 0, first)
    lot = text[start : text.index(closing, first) + len(closing)]
    rest = text.rindex(closing) + len(closing)
    many = "".join(lot.replace("LOT-0001", f"LOT-{n:04}") for n in range(1, LARGEST + 1))
    return (text[:start] + many + text[rest:]).encode()


def _over(task: Callable[[bytes], object], files: list[bytes]) -> Callable[[], object]:
    return lambda: [task(data) for data in files]


def _read(data: bytes) -> list[Notice]:
    return [item for _, item in _outcomes(data) if isinstance(item, Notice)]


def _outcomes(data: bytes) -> Iterator[tuple[str, Notice | Unreadable]]:
    try:
        yield from read_each(data)
    except Unreadable as error:
        yield "", error


def _parse(data: bytes) -> object:
    return (
        etree.fromstring(data)
        if data.lstrip()[:1] == b"<"
        else json.loads(data.decode("utf-8", "replace"))
    )


def _peak(task: Callable[[bytes], object], files: list[bytes]) -> int:
    """The most memory of a process of its own that does this, in megabytes."""
    context = multiprocessing.get_context("fork")
    told = context.SimpleQueue()
    child = context.Process(target=_tell, args=(told, task, files))
    child.start()
    most: int = told.get()
    child.join()
    return most


def _tell(
    told: "multiprocessing.SimpleQueue[int]", task: Callable[[bytes], object], files: list[bytes]
) -> None:
    for data in files:
        task(data)
    told.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.6:
        choices = [
            (chance.random() * 0.999, chance.choice(KINDS), chance.randrange(10_000))
            for _ in range(chance.randint(1, 6))
        ]
        try:
            hurt = damaged_xml if data.lstrip()[:1] == b"<" else damaged_json
            return bytes(hurt(data, choices))
        except (UnicodeError, RecursionError):
            return data
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found))
        found[at : at + chance.randint(0, 40)] = bytes(
            chance.choices(SIGNS, k=chance.randint(0, 8))
        )
        found = found or bytearray(b"<")
    return bytes(found)


def _is_refused(data: bytes) -> bool:
    """True if a reason was given; anything but a notice or a reason ends the measurement."""
    refused = False
    for _, item in _outcomes(data):
        refused = refused or isinstance(item, Unreadable)
        _ = str(item) if isinstance(item, Unreadable) else as_json(item)
    return refused
