"""The Word engine at 20 to 500 sections against docxcompose, a naive append and the floor."""

import json
import math
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench import tender
from tools.bench.timing import heading, line, median, ms

OURS = ("house", "source")
_SHORT = {20: 3, 60: 3, 200: 1}
_LONG = {20: 5, 60: 5, 200: 3, 500: 3}
_ALONE = {20: 3, 60: 2, 200: 1}
"""docxcompose grows with the square: few rounds, and 500 sections only when asked for."""


@dataclass
class Runs:
    """What the children have told: by contestant and number of sections."""

    seconds: dict[tuple[str, int], list[float]]
    peaks: dict[tuple[str, int], list[float]]

    def taken(self, name: str, count: int) -> float:
        """Median processor seconds."""
        return median(self.seconds[name, count])


def measure(*, quick: bool, full: bool) -> None:
    """Run the contest and print its ratios."""
    rounds = _SHORT if quick else _LONG
    others = {20: 1, 60: 1} if quick else _ALONE | ({500: 1} if full else {})
    heading(f"Word engine: processor seconds at {', '.join(map(str, rounds))} sections, medians")
    runs = contest(rounds, others)
    for count in rounds:
        print_size(runs, count)
    print_whole(runs, list(rounds))


def contest(rounds: Mapping[int, int], others: Mapping[int, int]) -> Runs:
    """Each contestant once per round, in turns, each in its own process."""
    runs = Runs(defaultdict(list), defaultdict(list))
    with tempfile.TemporaryDirectory() as place:
        for count, times in rounds.items():
            tender.save(Path(place), count)
            for turn in range(times):
                slow = ["docxcompose"] if turn < others.get(count, 0) else []
                for name in ["floor", *OURS, "naive", *slow]:
                    told = child(name, count, place)
                    runs.seconds[name, count].append(told["seconds"])
                    runs.peaks[name, count].append(told["peak"])
    return runs


def child(name: str, count: int, place: str) -> dict[str, float]:
    """One run in a fresh process."""
    command = [sys.executable, "-m", "tools.bench.contest", name, str(count), place]
    told: dict[str, float] = json.loads(subprocess.check_output(command))
    return told


def print_size(runs: Runs, count: int) -> None:
    """The ratios at one size."""
    ours = runs.taken("house", count)
    for name in OURS:
        for base in ("floor", "naive"):
            taken, least = runs.taken(name, count), runs.taken(base, count)
            line(f"{count}: {name} / {base}", taken / least, f"{ms(taken)} / {ms(least)}")
    if (slow := ("docxcompose", count)) in runs.seconds:
        taken = runs.taken(*slow)
        line(f"{count}: docxcompose / house", taken / ours, f"{ms(taken)} / {ms(ours)}")


def print_whole(runs: Runs, counts: Sequence[int]) -> None:
    """Growth and memory."""
    grown = [count for count in counts if count >= 60]
    for name in (*OURS, "floor", "naive"):
        slope = exponent(grown, [runs.taken(name, count) for count in grown])
        peak = median(runs.peaks[name, counts[-1]])
        print(f"  {name:<12} grows with n^{slope:.2f} from {grown[0]} to {grown[-1]} sections;"
              f" peak memory {peak:.0f} MB")  # fmt: skip


def exponent(counts: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of log time against log size, by least squares."""
    x, y = [math.log(count) for count in counts], [math.log(taken) for taken in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((one - middle_x) ** 2 for one in x)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / spread
