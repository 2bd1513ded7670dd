"""Assembly of the demonstration's bid against reading and writing the same bytes."""

import io
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree

from tender.demo.documents import DemoSection, demo_sections
from tender.documents.assemble import assemble
from tender.documents.compose import Part, compose
from tender.documents.cover import Cover
from tender.documents.house import house_template
from tender.documents.render import Engine, available
from tools.bench.timing import heading, interleaved, line, median, ms

Tasks = dict[str, Callable[[], object]]
COVER = Cover(title="Formation et communication", buyer="Communauté du Val d’Ombelle")


def measure(repeat: int) -> None:
    """Print compose and the whole way to the PDF, each against unzip + parse + write."""
    sections = demo_sections()
    template, parts = house_template(), [part_of(section) for section in sections]
    files = [template, *(section.data for section in sections)]
    bare_way: Tasks = {"bare": lambda: read_and_write(files)}
    alone: Tasks = {"compose": lambda: compose(template, parts, cover=COVER)}
    to_pdf: Tasks = {
        f"with PDF ({engine})": whole(template, parts, engine) for engine in available()
    }
    size = sum(map(len, files)) / 1024
    heading(f"Assembly: {len(parts)} sections, {size:.0f} KiB, {repeat} rounds (to PDF fewer)")
    for tasks, rounds in ((alone, repeat), (to_pdf, max(3, repeat // 3))):
        taken = interleaved(rounds, bare_way | tasks)
        bare = median(taken.pop("bare"))
        for name, seconds in taken.items():
            line(name, median(seconds) / bare, f"{ms(median(seconds))} / {ms(bare)} bare")


def whole(template: bytes, parts: Sequence[Part], engine: Engine) -> Callable[[], object]:
    """The assembly to the PDF by one renderer."""
    return lambda: assemble(template, parts, cover=COVER, engine=engine)


def part_of(section: DemoSection) -> Part:
    """A section as the assembly takes it."""
    return Part(
        section.filename, section.data, section.number, section.title, section.company,
        section.heading_level,
    )  # fmt: skip


def read_and_write(files: Sequence[bytes]) -> bytes:
    """Unzip each, parse its XML, write all into one archive: no assembly can do less."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for place, data in enumerate(files):
            with zipfile.ZipFile(io.BytesIO(data)) as source:
                for name in source.namelist():
                    target.writestr(f"{place}/{name}", rewritten(name, source.read(name)))
    return out.getvalue()


def rewritten(name: str, data: bytes) -> bytes:
    """One part after a parse, if it is XML."""
    if not name.endswith((".xml", ".rels")):
        return data
    written: bytes = etree.tostring(etree.fromstring(data))
    return written
