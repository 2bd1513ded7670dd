"""Assemblies as pages show them: plain values out of rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext

from tender.assembly.models import AssemblyRun
from tender.assembly.rules import OVER, RunState, Step
from tender.core.orm import Json
from tender.core.text import Text, from_stored
from tender.submissions.models import Submission, SubmissionPackage
from tender.web.display import PARIS
from tender.web.refusals import say
from tender.web.vocabulary import STEP_NAME

STEPS = tuple(Step)
SHOWN_LINES = 200


def listed(run: AssemblyRun, *, outdated: bool) -> dict[str, Any]:
    """Give a run's line in the list."""
    state = "outdated" if outdated and run.state is RunState.SUCCEEDED else run.state.value
    return {
        "id": run.id, "number": run.number, "kind": run.kind.value, "state": state,
        "asked_at": run.asked_at, "asked_by": run.asked_by, "note": "",
    }  # fmt: skip


def progress(run: AssemblyRun, *, may_cancel: bool) -> dict[str, Any]:
    """Give how far a run is: its seven steps and the line below them."""
    at = STEPS.index(run.step)
    part = run.done / run.total if run.total else 0
    return {
        "id": run.id,
        "number": run.number,
        "kind": run.kind.value,
        "state": run.state.value,
        "at": at + 1,
        "count": len(STEPS),
        "step": run.step.value,
        "done": run.done,
        "total": run.total,
        "hundredths": int(100 * (at + part) / len(STEPS)),
        "steps": [_step(run, i, step) for i, step in enumerate(STEPS)],
        "journal": [_journal_line(entry) for entry in run.journal[-SHOWN_LINES:]],
        "asked_by": run.asked_by,
        "asked_at": run.asked_at,
        "may_cancel": may_cancel and run.state not in OVER and run.cancel_asked_at is None,
    }


def _step(run: AssemblyRun, i: int, step: Step) -> dict[str, Any]:
    at = STEPS.index(run.step)
    state = "todo"
    if run.state is RunState.RUNNING:
        state = "done" if i < at else "running" if i == at else "todo"
    detail = f"{run.done}/{run.total}" if i == at and run.total else ""
    return {"code": step.value, "state": state, "detail": detail}


def _journal_line(entry: Json) -> str:
    """Say the step in words, and the time as clocks in Paris show it."""
    at = datetime.fromisoformat(str(entry["at"])).astimezone(PARIS)
    first, _, rest = str(entry["line"]).partition(" ")
    step = STEP_NAME.get(first)
    words = f"{gettext(step.label)} {rest}".rstrip() if step else str(entry["line"])
    return f"{at:%H:%M:%S}  {words}"


def result(run: AssemblyRun, changes: Sequence[Text]) -> dict[str, Any]:
    """Give what came of a run that is over."""
    limit = run.manifest.get("page_limit")
    over = isinstance(limit, int) and run.pages is not None and run.pages > limit
    spent = (run.finished_at or run.asked_at) - (run.started_at or run.asked_at)
    return {
        "id": run.id,
        "number": run.number,
        "kind": run.kind.value,
        "state": run.state.value,
        "finished_at": run.finished_at,
        "seconds": max(1, round(spent.total_seconds())),
        "failure": say(from_stored(run.failure)) if run.failure else "",
        "pages": run.pages,
        "page_limit": limit,
        "binding": run.pages_binding,
        "over": over,
        "outdated": [say(text) for text in changes] if run.state is RunState.SUCCEEDED else [],
        "fingerprint": run.manifest_hash,
    }


def files(run: AssemblyRun) -> list[dict[str, Any]]:
    """Give the files of a run."""
    return [{"name": f["name"], "size": f["size"], "sha256": f["sha256"]} for f in run.files]


def findings(run: AssemblyRun) -> list[dict[str, Any]]:
    """Give what the assembly noticed."""
    return [
        {
            "severity": f["severity"], "title": say(from_stored(_mapping(f["text"]))),
            "explanation": "", "source": "", "who": "", "url": None, "action": None,
        }
        for f in run.findings
    ]  # fmt: skip


def accepted(run: AssemblyRun) -> list[dict[str, Any]]:
    """Give the warnings that somebody accepted, and why."""
    return [
        {"title": say(from_stored(_mapping(a["text"]))), "reason": a["reason"], "by": a["by"]}
        for a in run.accepted
    ]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {"message": str(value)}


def package(found: SubmissionPackage) -> dict[str, Any]:
    """Give a sealed package with the files in it."""
    inside: Any = found.manifest.get("files") or []
    listed_files = [
        {
            "folder": str(f["path"]).rpartition("/")[0],
            "name": str(f["path"]).rpartition("/")[2],
            "size": f["size"],
            "sha256": f["sha256"],
        }
        for f in inside
    ]
    return {
        "file_name": found.file_name, "size": found.size, "sha256": found.sha256,
        "sealed_at": found.sealed_at, "sealed_by": found.sealed_by, "files": listed_files,
    }  # fmt: skip


def submission(found: Submission) -> dict[str, Any]:
    """Give the deposit and its receipt."""
    return {
        "deposited_at": found.deposited_at, "platform": found.platform,
        "receipt_number": found.receipt_number, "receipt_name": found.receipt_name,
        "recorded_by": found.recorded_by,
    }  # fmt: skip
