"""Renderers: pages a second, a batch against one by one, the preview of one section."""

from collections.abc import Callable

from tender.demo.documents import demo_sections
from tender.documents.compose import Part, compose
from tender.documents.cover import Cover
from tender.documents.house import house_template
from tender.documents.render import Engine, available, render, render_many
from tender.documents.rendering.section import preview_section
from tools.bench.timing import heading, interleaved, line, median, ms

COVER = Cover(title="Formation et communication", buyer="Communauté du Val d’Ombelle")


def measure(repeat: int) -> None:
    """Print each renderer's speed on the demonstration's bid, and what batches and previews take.

    Ratios: to the fastest renderer, to one process a section, to a PDF of the same section.
    """
    parts = [Part(s.filename, s.data, s.number, s.title, s.company) for s in demo_sections()]
    whole = compose(house_template(), parts, cover=COVER).data
    alone = [compose(house_template(), [part]).data for part in parts]
    _whole(whole, repeat)
    for engine in available():
        _batch(alone, engine, max(1, repeat // 3))
    _preview(parts[2], repeat)


def _whole(data: bytes, repeat: int) -> None:
    pages = render(data).pages
    heading(f"Rendering: the demonstration's bid, {pages} pages, {repeat} rounds")
    tasks: dict[str, Callable[[], object]] = {name: _rendering(data, name) for name in available()}
    taken = {name: median(all_) for name, all_ in interleaved(repeat, tasks).items()}
    for name, seconds in taken.items():
        raw = f"{pages / seconds:.1f} pages a second, {ms(seconds)}"
        line(name, seconds / min(taken.values()), raw)


def _rendering(data: bytes, engine: Engine) -> Callable[[], object]:
    return lambda: render(data, engine=engine)


def _batch(alone: list[bytes], engine: Engine, repeat: int) -> None:
    heading(f"Rendering: {len(alone)} sections by {engine}, {repeat} rounds")
    taken = interleaved(
        repeat,
        {
            "one by one": lambda: [render(data, engine=engine) for data in alone],
            "one batch": lambda: render_many(alone, engine=engine),
        },
    )
    slow = median(taken["one by one"])
    for name, seconds in taken.items():
        line(name, median(seconds) / slow, ms(median(seconds)))


def _preview(part: Part, repeat: int) -> None:
    heading(f"Rendering: one section in the house style, {repeat} rounds")
    template = house_template()
    taken = interleaved(
        repeat,
        {
            "to a PDF": lambda: render(compose(template, [part]).data),
            "drawn (preview_section)": lambda: preview_section(template, part),
        },
    )
    slow = median(taken["to a PDF"])
    for name, seconds in taken.items():
        line(name, median(seconds) / slow, ms(median(seconds)))
