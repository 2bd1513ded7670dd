"""The words of a document as plain lines, out of its safe preview: to compare and to search."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})
_MARKS = {"li": "- ", "h1": "## ", "h2": "## ", "h3": "## ", "h4": "### ", "h5": "#### ",
          "h6": "#### "}  # fmt: skip


class _Lines(HTMLParser):
    """Collects one line for each paragraph, item, cell or heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []
        self.mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self.close_line()
            self.mark = _MARKS.get(tag, "") or self.mark
        elif tag == "br":
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.close_line()
            self.mark = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def close_line(self) -> None:
        """End the running line; an empty one leaves no trace."""
        line = " ".join("".join(self.words).split())
        if line:
            self.lines.append(self.mark + line)
            self.mark = ""
        self.words = []


def lines_of(html: str) -> str:
    """Give a preview's text: a line for each paragraph, « ## » before a heading, « - » an item."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    reader.close_line()
    return "\n".join(reader.lines)


def clean_text(text: str) -> str:
    """Give what was typed without control characters, with plain line ends."""
    text = re.sub(r"\r\n?", "\n", text)
    return re.sub(r"[^\n\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
