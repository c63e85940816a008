"""What there is to do in a batch, register by register, found before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ocr.read import check_model, reading_version, shipped_model
from registers.document import Scan
from registers.errors import ConfigurationError, MissingProgramError, NotFoundError
from registers.register import Register, Script
from registers.settings import ReadSettings, Settings
from services.by_hand import with_corrections
from services.discover import FoundRegister, folder_of
from services.intake import forget_gone, hashes_of, take_in
from services.known import decoded_otherwise
from services.register_file import FILE_NAME
from services.report import FailureLine
from services.trial import in_chunks, learns_hand, trial_of, was_read
from services.versions import understanding_version
from store.catalogue import Catalogue
from store.hands import HandStore
from store.kept import Again, ScanKey, ScanState
from store.workspace import Workspace

_READS_HANDWRITING = ("auto", "handwriting")


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """A register with the scans that are left to read, cut into chunks.

    One whose register.toml is wrong has a `problem` and is left as it was: nothing is known of it for sure,
    not even its id. `fingerprint` marks all that decides how its scans are read. `positions` are the ranks of
    its scans, from 1, by their ids; `model` is the folder of its own handwriting model, where it has one.
    `trial` are the scans that its hand can be learnt from, once its first chunks are
    read; empty where there is nothing to learn.
    """

    register: Register
    chunks: tuple[tuple[Scan, ...], ...]
    fingerprint: str = ""
    outdated: int = 0
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: FailureLine | None = None
    positions: Mapping[str, int] = field(default_factory=dict)
    model: Path | None = None
    trial: tuple[Scan, ...] = ()

    @property
    def scans(self) -> int:
        """How many scans there are to read; one that is read twice counts once."""
        return len({scan.id for chunk in self.chunks for scan in chunk})

    @property
    def first_chunks(self) -> int:
        """How many chunks are read before its hand is learnt; all where there is nothing to learn."""
        if not self.trial:
            return len(self.chunks)
        ids = {scan.id for scan in self.trial}
        return sum(not ids.isdisjoint(scan.id for scan in chunk) for chunk in self.chunks)


def plan_batch(
    found: Sequence[FoundRegister], catalogue: Catalogue, settings: Settings, again: Again | None
) -> tuple[RegisterPlan, ...]:
    """What is left to read of each register.

    Files that cannot be taken in are noted in the catalogue as failures; the others go on.
    """
    version = reading_version(settings.read)
    return tuple(_plan(item, catalogue, settings, version, again) for item in found)


def _plan(
    found: FoundRegister, catalogue: Catalogue, settings: Settings, version: str, again: Again | None
) -> RegisterPlan:
    passed_over = tuple(path.name for path in found.foreign)
    states = {} if found.problem is not None else catalogue.pages.done(found.register.id)
    problem = _problem(found, catalogue, states, settings.read)
    if problem is not None:
        return RegisterPlan(found.register, (), passed_over=passed_over, problem=problem)
    register = with_corrections(catalogue, found.register)
    catalogue.registers.upsert(register)
    forget_gone(found.files, catalogue, register.id)
    scans, notes = _scans_of(found, catalogue, settings.read, trust=again is not Again.ALL)
    _follow(scans, states, catalogue, register.id)
    positions = {scan.id: rank for rank, scan in enumerate(scans, 1)}
    otherwise = decoded_otherwise(register, states, {_key(scan): positions[scan.id] for scan in scans})

    def left(reader: str, before: str = "") -> _Left:
        now = (fingerprint_of(reader, register), otherwise)
        todo = _left(scans, states, now, again)
        if not before:
            return todo
        mark = fingerprint_of(before, register)
        failed = {(failure.sha256, failure.page_index) for failure in catalogue.pages.failures(register.id)}
        sound = [scan for scan in scans if _key(scan) not in failed]
        return todo.with_those(scans, [scan for scan in sound if was_read(states.get(_key(scan)), mark)])

    try:
        own = _by_own_model(register.id, settings, version, left)
    except MissingProgramError as error:
        notes.append(_not_its_own(register.id, error))
        own = None
    model, todo = own or (None, left(version))
    trial: tuple[Scan, ...] = ()
    if model is None and learns_hand(settings.read) and _unfinished(catalogue, register.id, todo):
        trial = trial_of(scans, todo.wanted, states, todo.fingerprint)
    return RegisterPlan(
        register,
        in_chunks(todo.wanted, trial, max(1, settings.batch.chunk_pages)),
        todo.fingerprint,
        todo.outdated,
        passed_over,
        (*notes, *_gone(scans, states)),
        positions=positions,
        model=model,
        trial=trial,
    )


def _problem(
    found: FoundRegister, catalogue: Catalogue, states: Mapping[ScanKey, ScanState], settings: ReadSettings
) -> FailureLine | None:
    """Why nothing can be done about a register."""
    if found.problem is not None:
        return FailureLine(FILE_NAME, found.problem.code, found.problem.message, found.problem.advice)
    return _taken_id(found, catalogue, states, settings)


def _follow(
    scans: Sequence[Scan], states: Mapping[ScanKey, ScanState], catalogue: Catalogue, register_id: str
) -> None:
    """Tell the catalogue of scans that lie elsewhere by now."""
    for scan in scans:
        state = states.get(_key(scan))
        if state is not None and state.path != scan.path:
            catalogue.pages.moved(register_id, scan.sha256, scan.path)


@dataclass(frozen=True, slots=True)
class _Left:
    """The scans to read under a fingerprint, and how many others would be read otherwise by now."""

    fingerprint: str
    wanted: tuple[Scan, ...]
    outdated: int

    def with_those(self, scans: Sequence[Scan], more: Sequence[Scan]) -> _Left:
        """Some of the register's scans more, which were counted as outdated."""
        wanted = {scan.id for scan in self.wanted}
        ids = wanted.union(scan.id for scan in more)
        left = self.outdated - len(ids) + len(wanted)
        return _Left(self.fingerprint, tuple(scan for scan in scans if scan.id in ids), left)


def _left(
    scans: Sequence[Scan],
    states: Mapping[ScanKey, ScanState],
    now: tuple[str, Collection[ScanKey]],
    again: Again | None,
) -> _Left:
    """`now`: the fingerprint that the scans would have, and those that were decoded with other knowledge."""
    fingerprint, otherwise = now
    wanted: list[Scan] = []
    count = 0
    for scan in scans:
        state = states.get(_key(scan))
        outdated = state is not None and (state.fingerprint != fingerprint or _key(scan) in otherwise)
        if state is None or state.wanted(again, outdated=outdated):
            wanted.append(scan)
        else:
            count += outdated
    return _Left(fingerprint, tuple(wanted), count)


def _unfinished(catalogue: Catalogue, register_id: str, todo: _Left) -> bool:
    return bool(todo.wanted) or catalogue.registers.needs_understanding(register_id, understanding_version())


def _by_own_model(
    register_id: str, settings: Settings, shipped: str, left: Callable[[str, str], _Left]
) -> tuple[Path, _Left] | None:
    """The folder of the register's own model and what is left to read with it, None where it has none, or
    letters for another model than the one that ships now. `shipped` marks how that one reads.

    What the shipped model read before the letters were learnt is left to read: a batch was stopped then.
    Raises MissingProgramError where the model cannot be loaded.
    """
    hand = HandStore(Workspace.of(settings.store)).current(register_id)
    if hand is None or settings.read.engine not in _READS_HANDWRITING:
        return None
    if hand.letters_only and hand.facts.base != shipped_model():
        return None
    todo = left(reading_version(settings.read, hand.folder), shipped if hand.letters_only else "")
    if todo.wanted or todo.outdated:  # a model is loaded only where there is something to read with it
        check_model(hand.folder)
    return hand.folder, todo


def _key(scan: Scan) -> ScanKey:
    return scan.sha256, scan.page_index


def _not_its_own(register_id: str, error: MissingProgramError) -> str:
    return (
        f"{error.message}: handwriting is read with the shipped model; train the register's own anew, or"
        f" `feuillet train handwriting --register {register_id} --forget`"
    )


def _scans_of(
    found: FoundRegister, catalogue: Catalogue, settings: ReadSettings, *, trust: bool
) -> tuple[list[Scan], list[str]]:
    """Each scan once, and a remark on each copy."""
    seen: dict[str, Scan] = {}
    notes: list[str] = []
    for scan in take_in(found.files, catalogue, found.register.id, settings, trust=trust):
        first = seen.setdefault(scan.id, scan)
        if first is not scan:
            notes.append(f"{scan.image} is a copy of {first.image} and was left out")
    return list(seen.values()), notes


def _gone(scans: Sequence[Scan], states: Mapping[ScanKey, ScanState]) -> list[str]:
    """A remark on scans that were read and then taken out of the folder."""
    here = {_key(scan) for scan in scans}
    gone = sum(key not in here and not Path(state.path).exists() for key, state in states.items())
    if not gone:
        return []
    said = "1 scan is" if gone == 1 else f"{gone:,} scans are"
    return [f"{said} no longer in the folder; {'it stays' if gone == 1 else 'they stay'} searchable"]


def _taken_id(
    found: FoundRegister, catalogue: Catalogue, states: Mapping[ScanKey, ScanState], settings: ReadSettings
) -> FailureLine | None:
    """Why a register may not have its id: another folder has it, which still holds other scans."""
    try:
        before = folder_of(catalogue.registers.get(found.register.id))
    except NotFoundError:
        return None
    if before == folder_of(found.register):
        return None
    kept = {
        sha256
        for (sha256, _), state in states.items()
        if Path(state.path).parent == before and Path(state.path).exists()
    }
    if kept <= hashes_of(found.files, settings):  # moved, or copied
        return None
    return FailureLine(
        Path(found.register.folder).name,
        ConfigurationError.code,
        f"the id {found.register.id!r} stands for {before} already",
        f"give an id in register.toml, in {folder_of(found.register)}",
    )


def fingerprint_of(version: str, register: Register) -> str:
    """What makes readings of this register outdated: what its people say of the writing does too.

    Periods and columns that are put right outdate handwriting alone (services/known.py).
    """
    script = register.settings.description.script or Script.AUTO
    return version if script is Script.AUTO else f"{version}; script {script.value}"
