import zipfile
from io import BytesIO

import pytest

from tender.documents.house import house_template
from tools.bench.assembly import read_and_write
from tools.bench.timing import interleaved, quantile


def test_tasks_take_turns_so_that_a_slow_moment_falls_on_all() -> None:
    order: list[str] = []
    taken = interleaved(2, {"a": lambda: order.append("a"), "b": lambda: order.append("b")})
    assert order == ["a", "b", "a", "b"]
    assert {name: len(seconds) for name, seconds in taken.items()} == {"a": 2, "b": 2}


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 3), (0.95, 5), (1.0, 5)])
def test_a_quantile_is_one_of_the_values(share: float, value: float) -> None:
    assert quantile([5, 3, 1, 2, 4], share) == value


def test_the_bare_way_writes_every_part() -> None:
    template = house_template()
    written = zipfile.ZipFile(BytesIO(read_and_write([template, template]))).namelist()
    parts = zipfile.ZipFile(BytesIO(template)).namelist()
    assert written == [f"{place}/{name}" for place in (0, 1) for name in parts]
