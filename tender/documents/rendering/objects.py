"""A PDF as its numbered objects: looked into, replaced, written with a table that fits.

Only the plain kind that both engines write: every object in the open, one table at the end. Newer
engines may squeeze objects together; then `PlainPdf` raises ValueError and nothing is touched.
"""

import hashlib
import re
import zlib

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+((?:\d{10} \d{5} [nf]\s{1,2})+)trailer")
_ID = re.compile(rb"/ID\s*\[[^\]]*\]")
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)


class PlainPdf:
    """The objects by number, each from `n 0 obj` to `endobj`, and the trailer's dictionary."""

    def __init__(self, data: bytes) -> None:
        end = _END.search(data, max(0, len(data) - 1024))
        table = _TABLE.match(data, int(end[1])) if end else None
        if end is None or table is None:
            raise ValueError("no plain table of objects")
        entries = table[2].split(None)
        offsets = {
            number: int(entries[3 * number])
            for number in range(int(table[1]))
            if entries[3 * number + 2] == b"n"
        }
        self.trailer = data[table.end() : end.start()]
        self._size = int(table[1])
        self._cut(data, offsets, int(end[1]))

    def _cut(self, data: bytes, offsets: dict[int, int], stop: int) -> None:
        order = sorted(offsets, key=offsets.__getitem__)
        bounds = [offsets[number] for number in order] + [stop]
        self.head = data[: bounds[0]]
        self.objects = {
            number: data[start:end]
            for number, start, end in zip(order, bounds, bounds[1:], strict=False)
        }
        if not all(text.startswith(b"%d 0 obj" % number) for number, text in self.objects.items()):
            raise ValueError("the table does not fit")

    def reference(self, source: bytes, name: bytes) -> int | None:
        """The number behind `/name n 0 R` in a dictionary, an array of one included."""
        found = re.search(rb"/%s\s*\[?\s*(\d+) 0 R" % re.escape(name), source)
        return int(found[1]) if found else None

    def stream(self, number: int) -> bytes:
        """An object's inflated stream; raises ValueError where it has none of that kind."""
        found = _STREAM.search(self.objects[number])
        if found is None or b"/FlateDecode" not in self.objects[number][: found.start()]:
            raise ValueError("no stream")
        try:
            return zlib.decompress(found[1])
        except zlib.error as error:
            raise ValueError("no stream") from error

    def set_stream(self, number: int, content: bytes) -> None:
        """Squeeze a new stream into an object whose length stands in an object of its own."""
        packed = zlib.compress(content, 9)
        found = _STREAM.search(self.objects[number])
        length = self.reference(self.objects[number], b"Length")
        if found is None or length is None:
            raise ValueError("no stream")
        text = self.objects[number]
        self.objects[number] = text[: found.start(1)] + packed + text[found.end(1) :]
        self.objects[length] = b"%d 0 obj\n%d\nendobj\n\n" % (length, len(packed))

    def identify(self) -> None:
        """Name the file by what it holds."""
        digest = hashlib.sha256(b"".join(self.objects.values())).hexdigest()[:32].upper().encode()
        self.trailer = _ID.sub(b"/ID [<%s> <%s>]" % (digest, digest), self.trailer)

    def written(self) -> bytes:
        """The file: the objects in the order they stood in, and where each begins."""
        table = [b"%010d %05d f \n" % (0, 65535)] * self._size
        pieces, at = [self.head], len(self.head)
        for number, text in self.objects.items():
            table[number] = b"%010d %05d n \n" % (at, 0)
            pieces.append(text)
            at += len(text)
        pieces += [b"xref\n0 %d\n" % self._size, *table, b"trailer", self.trailer]
        return b"".join(pieces) + b"startxref\n%d\n%%%%EOF\n" % at
