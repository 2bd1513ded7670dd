"""Taking turns, medians, and the line that says a ratio with its raw figures."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def interleaved(repeat: int, tasks: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds of each task, each run once per round, so that a slow moment falls on all of them."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeat):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            taken[name].append(time.perf_counter() - start)
    return taken


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def line(name: str, ratio: float, raw: str) -> None:
    """Print one measurement: what, how many times the bare one, the raw figures."""
    print(f"  {name:<34} {ratio:7.2f} ×   {raw}", flush=True)


def heading(text: str) -> None:
    """Print what follows."""
    print(f"\n{text}", flush=True)


def ms(seconds: float) -> str:
    """Milliseconds, as they are read."""
    return f"{1000 * seconds:.1f} ms" if seconds < 10 else f"{seconds:.1f} s"
