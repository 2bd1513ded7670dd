"""The whole way: compose, render, write the pages into the contents, render what is filed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tender.documents.compose import Composed, Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.cache import Cache
from tender.documents.engine.options import Options
from tender.documents.engine.outline import Heading
from tender.documents.errors import Cancelled
from tender.documents.proof.proving import Proof
from tender.documents.proving import proof_of
from tender.documents.render import Engine, render
from tender.documents.report import Report

_MOST_PASSES = 3


@dataclass(frozen=True)
class Assembled:
    """The document and its PDF; `page_of` by `outline`’s bookmarks; `proof` is of `docx`."""

    docx: bytes
    pdf: bytes
    pages: int
    binding: bool
    engine: str
    report: Report
    outline: tuple[Heading, ...]
    page_of: Mapping[str, int]
    proof: Proof


def assemble(  # noqa: PLR0913 - as compose, and which engine draws the pages
    template: bytes,
    parts: Sequence[Part],
    *,
    cover: Cover | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    engine: Engine = "auto",
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Assembled:
    """Assemble with right page numbers; steps are the parts and two renderings.

    Raises Refused for the template or the rendering, Cancelled when asked to stop.
    """
    steps = _Steps(len(parts) + 2, progress, cancelled)
    composed = compose(
        template,
        parts,
        cover=cover,
        options=options,
        cache=cache,
        progress=lambda step, _: steps.reach(step),
        cancelled=cancelled,
    )
    made = _paginate(composed, engine, steps)
    proof = proof_of(parts, composed.report, made.docx, options=options, cache=cache)
    return replace(made, proof=proof)


@dataclass
class _Steps:
    total: int
    progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool] | None

    def reach(self, step: int) -> None:
        """Tell how far we are, and stop if asked to."""
        if self.progress is not None:
            self.progress(step, self.total)
        if self.cancelled is not None and self.cancelled():
            raise Cancelled


def _paginate(composed: Composed, engine: Engine, steps: _Steps) -> Assembled:
    """Render until the contents show the pages of the very document that holds them."""
    docx = composed.data
    steps.reach(steps.total - 2)
    rendered = render(docx, engine=engine, cancelled=steps.cancelled)
    for _ in range(_MOST_PASSES):
        steps.reach(steps.total - 1)
        shown = rendered.page_of
        docx = composed.with_pages(shown)
        rendered = render(docx, engine=engine, cancelled=steps.cancelled)
        if rendered.page_of == shown:
            break
    steps.reach(steps.total)
    return Assembled(
        docx=docx,
        pdf=rendered.pdf,
        pages=rendered.pages,
        binding=rendered.binding,
        engine=rendered.engine,
        report=composed.report,
        outline=composed.outline,
        page_of=rendered.page_of,
        proof=Proof(()),
    )
