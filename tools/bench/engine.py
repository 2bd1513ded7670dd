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
RATIOS = (("house", "floor"), ("source", "floor"), ("house", "naive"), ("source", "naive"),
          ("docxcompose", "house"), ("warm", "house"), ("proof", "house"),
          ("proof, known", "house"))  # fmt: skip
_MAIN = {"floor": 5, "house": 5, "source": 3, "naive": 5}
_MORE = {"warm": 3, "proof": 3, "proof, known": 3}
_LARGE = {"floor": 3, "house": 3, "source": 2, "naive": 3}
LONG = {
    20: _MAIN | _MORE | {"docxcompose": 3},
    60: _MAIN | _MORE | {"docxcompose": 2},
    200: _LARGE | {"docxcompose": 1, "warm": 2, "proof": 2, "proof, known": 2},
    500: {"floor": 2, "house": 3, "source": 1, "naive": 2, "warm": 1, "proof": 1},
}
"""How many rounds; docxcompose grows with the square, 500 sections only when asked for."""
SHORT = {
    20: dict.fromkeys((*_MAIN, *_MORE, "docxcompose"), 1),
    60: dict.fromkeys(_MAIN, 2) | dict.fromkeys((*_MORE, "docxcompose"), 1),
    200: dict.fromkeys(("floor", "house", "naive"), 1),
}


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
    plan = SHORT if quick else LONG
    if full:
        plan = plan | {500: LONG[500] | {"docxcompose": 1}}
    heading(f"Word engine: processor seconds at {', '.join(map(str, plan))} sections, medians")
    runs = contest(plan)
    for count in plan:
        print_size(runs, count)
    print_whole(runs, list(plan))


def contest(plan: Mapping[int, Mapping[str, int]]) -> Runs:
    """Each contestant once per round, in turns, each in its own process."""
    runs = Runs(defaultdict(list), defaultdict(list))
    for count, rounds in plan.items():
        with tempfile.TemporaryDirectory() as place:
            tender.save(Path(place), count)
            for turn in range(max(rounds.values())):
                for name in (name for name, times in rounds.items() if turn < times):
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
    for name, base in RATIOS:
        if (name, count) in runs.seconds:
            taken, least = runs.taken(name, count), runs.taken(base, count)
            line(f"{count}: {name} / {base}", taken / least, f"{ms(taken)} / {ms(least)}")


def print_whole(runs: Runs, counts: Sequence[int]) -> None:
    """Growth and memory."""
    grown = [count for count in counts if count >= 60]
    for name in (*OURS, "floor", "naive"):
        if any((name, count) not in runs.seconds for count in grown):
            continue
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
