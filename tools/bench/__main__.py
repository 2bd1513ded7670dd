"""`make bench`: engine, assembly, rendering, readers, damage, tasks, pages.

ARGS="engine tasks" picks some;
--quick shortens all; --full lets docxcompose assemble 500 sections too (eight minutes).
"""

import argparse
import logging
import os
import platform

from tools.bench import assembly, engine, pages, readers, rendering, tasks
from tools.bench.site import site, start_web, start_worker
from tools.bench.timing import heading

PARTS = ("engine", "assembly", "rendering", "readers", "damage", "tasks", "pages")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--full", action="store_true", help="the slowest runs too")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    wanted = asked.parts or PARTS
    logging.disable(logging.INFO)
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print("Each ratio is ours over the bare minimum, medians of rounds that take turns.")
    if "engine" in wanted:
        engine.measure(quick=asked.quick, full=asked.full)
    if "assembly" in wanted:
        assembly.measure(3 if asked.quick else 9)
    if "rendering" in wanted:
        rendering.measure(3 if asked.quick else 9)
    if "readers" in wanted:
        readers.measure(3 if asked.quick else 9)
    if "damage" in wanted:
        readers.damage(20 if asked.quick else 600)
    if {"tasks", "pages"} & set(wanted):
        served(wanted, quick=asked.quick)


def served(wanted: list[str] | tuple[str, ...], *, quick: bool) -> None:
    """What needs servers."""
    with site() as stack:
        if "tasks" in wanted:
            start_worker(stack)
            tasks.measure(3 if quick else 5, 100 if quick else 200)
            stack.children.stop("worker")
        if "pages" in wanted:
            heading("Loading the demonstration…")
            ref = pages.seed()
            ours = start_web(stack, "web", "wsgi:app")
            bare = start_web(stack, "bare", "tools.bench.bare:app")
            pages.measure(ours, bare, ref, requests=20 if quick else 60)


if __name__ == "__main__":
    main()
