"""What a batch came to, register by register: counted from the catalogue, said in plain lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registers.document import PageOutcome
from registers.errors import EXIT_ALL_FAILED, EXIT_OK, EXIT_SOME_FAILED

_ENOUGH_BY_HAND = 3
"""Scans from which on a hand may be learnt from what reading is sure of."""


@dataclass(frozen=True, slots=True)
class FailureLine:
    """A file or page that came to nothing: what, why, and what to do."""

    image: str
    code: str
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """One register: pages by outcome, rows, flags, failures, files passed over, remarks of the auditors.

    `proposed` counts the rows that a person has checked and that are read otherwise now, `by_hand` the scans
    whose handwriting was read with the shipped model.
    """

    register_id: str
    outcomes: Mapping[PageOutcome, int] = field(default_factory=dict)
    rows: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[FailureLine, ...] = ()
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outdated: int = 0
    proposed: int = 0
    by_hand: int = 0

    @property
    def pages(self) -> int:
        return sum(self.outcomes.values())

    @property
    def unread(self) -> int:
        """Pages that hold writing which nobody has read yet."""
        return self.outcomes.get(PageOutcome.HANDWRITING, 0)


@dataclass(frozen=True, slots=True)
class BatchReport:
    """All registers of a run."""

    registers: tuple[RegisterReport, ...]
    scans_read: int = 0
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        failed = sum(len(register.failures) for register in self.registers)
        if not failed:
            return EXIT_OK
        came_through = sum(register.pages for register in self.registers)
        return EXIT_SOME_FAILED if came_through else EXIT_ALL_FAILED


def report_lines(report: BatchReport) -> list[str]:
    """The report for a terminal: a line per register, then what failed and what was noticed."""
    lines: list[str] = []
    for register in report.registers:
        lines.append(f"{register.register_id}: {_summary(register)}")
        lines.extend(f"    failed   {_said(failure)}" for failure in register.failures)
        lines.extend(
            f"    passed over   {name}: not a kind of file that holds scans" for name in register.passed_over
        )
        lines.extend(f"    noted    {note}" for note in register.notes)
        if register.outdated:
            lines.append(
                f"    outdated {_count(register.outdated, 'page')} read by an earlier reader or under another"
                " period; --again outdated reads them again"
            )
        if register.proposed:
            lines.append(
                f"    offered  {_count(register.proposed, 'row')} read otherwise than a person has checked;"
                f" feuillet registers proposals {register.register_id}"
            )
        if register.by_hand >= _ENOUGH_BY_HAND:
            lines.append(
                f"    by hand  {_count(register.by_hand, 'scan')}; feuillet train handwriting --register"
                f" {register.register_id} --from-readings teaches the reader this hand"
            )
    lines.append(_total(report))
    return lines


def report_markdown(report: BatchReport) -> str:
    """The same as a table, for Prefect's artifact."""
    rows = [
        "| register | pages | read | handwriting, kept | other | failed | rows | flags |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for register in report.registers:
        read = register.outcomes.get(PageOutcome.READ, 0)
        rows.append(
            f"| {register.register_id} | {register.pages} | {read} | {register.unread}"
            f" | {register.pages - read - register.unread} | {len(register.failures)}"
            f" | {register.rows} | {sum(register.flags.values())} |"
        )
    failures = [
        f"- {register.register_id}: {_said(failure)}"
        for register in report.registers
        for failure in register.failures
    ]
    return "\n".join([*rows, "", *failures])


def _summary(register: RegisterReport) -> str:
    said = [_count(register.pages, "page"), _count(register.rows, "row")]
    words = {
        PageOutcome.HANDWRITING: "handwritten, kept unread",
        PageOutcome.NO_TABLE: "without a table",
        PageOutcome.BLANK: "blank",
        PageOutcome.SKIPPED: "skipped",
    }
    said += [f"{register.outcomes[key]} {text}" for key, text in words.items() if register.outcomes.get(key)]
    if register.failures:
        said.append(f"{len(register.failures)} failed")
    if register.flags:
        flags = ", ".join(f"{name} {count}" for name, count in sorted(register.flags.items()))
        said.append(f"to check: {flags}")
    return " · ".join(said)


def _total(report: BatchReport) -> str:
    pages = sum(register.pages for register in report.registers)
    rows = sum(register.rows for register in report.registers)
    failed = sum(len(register.failures) for register in report.registers)
    done = (
        f"{_count(report.scans_read, 'scan')} read now" if report.scans_read else "nothing was left to read"
    )
    failures = f", {failed} failed" if failed else ""
    return (
        f"{_count(len(report.registers), 'register')}, {_count(pages, 'page')}, {_count(rows, 'row')}"
        f"{failures}; {done} ({report.seconds:.0f} s)"
    )


def _said(failure: FailureLine) -> str:
    advice = f" ({failure.advice})" if failure.advice else ""
    return f"{failure.image}: {failure.message}{advice}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
