"""A hand's letters learnt while its register is digitized: when, from what, and who reads with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ocr.engines import forget_engines
from ocr.engines.handwriting import HandwritingEngine
from ocr.handwriting.own_letters import OwnLetters, learn
from ocr.handwriting.recogniser import SHIPPED, Recogniser, Seen, model_version
from registers.document import Alternative, CellText
from registers.errors import MissingProgramError
from registers.knowledge import Holds
from registers.settings import Settings
from services import own_letters
from services.bench import Bench
from services.desk import open_desk
from services.digitize import digitize
from services.learn_hand import learn_hand
from services.own_letters import LEAST_SURE, Learnt, Line, learn_letters
from services.read import read_chunk
from services.report import BatchReport
from services.train import forget_hand, own_hand
from services.understand import understand_register
from services.watch import NOBODY, Watch
from store.catalogue import Catalogue
from store.hands import Hand, HandStore
from store.kept import Again
from store.workspace import Workspace
from tests.ocr.handwriting.test_own_letters import CLASSES, made_line
from tests.services.hand_builders import REGISTER, draw, keep_hand, settings_in
from tests.services.test_vouched import cell

Learn = Callable[[Settings, Catalogue, str, Collection[str]], Hand | None]


@pytest.fixture(scope="module")
def engine() -> HandwritingEngine:
    return HandwritingEngine()


def _lines(count: int) -> list[Line]:
    """Dates of a hand whose sevens look like ones; the period tells 1907 from 1901."""
    found = []
    days = [day for day in range(2, 31) if not {"1", "7"} & {*str(day)}]
    for number in range(count):
        text = f"{days[number % len(days)]} mai {(1903, 1905, 1907)[number % 3]}"
        hand = cell(Holds.DATE, text)
        place = replace(hand.cell, row=number)
        hand = replace(hand, entry_id=f"r:{number}", page_id=f"p{number // 20}", cell=place)
        line = made_line(text)
        found.append(Line(hand, line.scores, line.features))
    return found


def test_dates_teach_the_digits_of_a_hand(engine: HandwritingEngine) -> None:
    found = own_letters.of_dates(_lines(120), engine)
    assert found is not None
    assert found.cells >= 40 // 5 and found.lines >= 40
    assert found.errors[0] > 0 == found.errors[1]
    assert found.exact[0] < found.exact[1] == found.cells
    assert found.correction.gain > 0
    line = made_line("27 mai 1907")
    assert engine.likeliest(found.correction.applied(line.scores, line.features)) == "27 mai 1907"


def test_a_few_dates_and_no_names_teach_nothing(engine: HandwritingEngine) -> None:
    assert own_letters.of_dates(_lines(LEAST_SURE - 1), engine) is None
    assert own_letters.of_names(_lines(120), engine) is None


def test_a_hand_that_is_read_right_teaches_nothing(engine: HandwritingEngine) -> None:
    lines = [
        replace(line, scores=made_line(line.hand.cell.text, sevens_as_ones=False).scores)
        for line in _lines(80)
    ]
    assert own_letters.of_dates(lines, engine) is None


class Walk:
    """Reads as the flow does, with digits that are made up; counts the readings of each scan."""

    def __init__(self, learn: Learn, *, killed_after_learning: bool = False) -> None:
        self.learn, self.killed, self.asked = learn, killed_after_learning, 0

    def __call__(self) -> Callable[[Bench], None]:
        return self._run

    def _run(self, bench: Bench) -> None:
        plan = bench.plan_of(REGISTER)
        for chunk in range(plan.first_chunks):
            read_chunk(bench, REGISTER, chunk, last_try=True)
        if plan.trial:
            self.asked += 1
            learn_hand(bench, REGISTER)
            if self.killed:
                raise KeyboardInterrupt
        for chunk in range(plan.first_chunks, len(bench.plan_of(REGISTER).chunks)):
            read_chunk(bench, REGISTER, chunk, last_try=True)
        understand_register(bench.catalogue, REGISTER)


def _kept(settings: Settings, catalogue: Catalogue, register_id: str, ids: Collection[str]) -> Hand | None:
    assert len(ids) == 2
    made = learn([made_line("7 mai 1877")], CLASSES)
    nothing = replace(made, weights=made.weights[:, :1].repeat(448, 1) * 0)
    learnt = Learnt(nothing, 60, 100, (5, 1), 12, (6, 11))
    return own_letters._keep(settings, catalogue, register_id, (learnt, None))


def _refused(*_: object) -> None:
    return None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def settings(plainly_read: Path, tmp_path: Path) -> Settings:
    """Of a workspace that the test may change, in which nothing was learnt."""
    shutil.copytree(plainly_read, tmp_path / "workspace")
    return settings_in(tmp_path)


@pytest.fixture(scope="module")
def plainly_read(home: Path) -> Path:
    """A workspace in which nothing could be learnt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_letters, "learn_letters", _refused)
        walk = Walk(_refused)
        digitize([home], settings_in(home.parent), walk)
    assert walk.asked == 1
    return home.parent / "workspace"


def _run(
    patch: pytest.MonkeyPatch,
    home: Path,
    settings: Settings,
    walk: Walk,
    again: Again | None = None,
    *,
    watch: Watch = NOBODY,
) -> BatchReport:
    patch.setattr(own_letters, "learn_letters", walk.learn)
    forget_engines()
    return digitize([home], settings, walk, again=again, watch=watch)


def _engines(settings: Settings) -> set[str]:
    with open_desk(settings) as desk:
        return {page.page.engine for page in desk.catalogue.pages.pages_of(REGISTER)}


def test_scans_that_taught_are_read_once_more(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    heard: list[object] = []
    watch = Watch(more=heard.append, learning=heard.append)
    report = _run(monkeypatch, home, settings, Walk(_kept), watch=watch)
    assert report.scans_read == 2
    assert heard == [REGISTER, 2]
    (register,) = report.registers
    assert any("the letters of its hand were learnt from 60 of its cells" in note for note in register.notes)
    assert register.outdated == 0
    hand = own_hand(settings, REGISTER)
    assert hand is not None and hand.letters_only and not hand.outdated
    assert _engines(settings) == {f"handwriting-{hand.version}-{_decoder()}"}
    again = _run(monkeypatch, home, settings, Walk(_refused))
    assert again.scans_read == 0


def _decoder() -> int:
    from ocr.engines.handwriting import DECODER_VERSION

    return DECODER_VERSION


def test_stopped_before_they_are_read_once_more_they_are_read_later(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _run(monkeypatch, home, settings, Walk(_kept, killed_after_learning=True))
    shipped = f"handwriting-{model_version(SHIPPED)}-{_decoder()}"
    assert _engines(settings) == {shipped}
    report = _run(monkeypatch, home, settings, Walk(_refused))
    assert report.scans_read == 2
    assert shipped not in _engines(settings)


def test_nothing_is_read_twice_where_nothing_was_learnt(
    monkeypatch: pytest.MonkeyPatch, home: Path, settings: Settings
) -> None:
    walk = Walk(_kept)
    assert _run(monkeypatch, home, settings, walk).scans_read == 0
    assert walk.asked == 0


def test_an_own_model_learns_no_letters(
    monkeypatch: pytest.MonkeyPatch, home: Path, settings: Settings
) -> None:
    keep_hand(settings)
    walk = Walk(_kept)
    _run(monkeypatch, home, settings, walk, Again.ALL)
    assert walk.asked == 0


def test_letters_of_another_model_are_learnt_anew(
    monkeypatch: pytest.MonkeyPatch, home: Path, settings: Settings
) -> None:
    with open_desk(settings) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_letters, "model_version", lambda _folder: "older")
        old = _kept(settings, desk.catalogue, REGISTER, ("a", "b"))
    assert old is not None
    with pytest.raises(MissingProgramError, match="another model"):
        Recogniser(old.folder)
    hand = own_hand(settings, REGISTER)
    assert hand is not None and hand.outdated
    walk = Walk(_refused)
    _run(monkeypatch, home, settings, walk, Again.ALL)
    assert walk.asked == 1


@pytest.mark.parametrize("error", [MissingProgramError("no features"), IndexError("Carel")])
def test_reading_goes_on_where_nothing_can_be_learnt(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    report = _run(monkeypatch, home, settings_in(tmp_path), Walk(fails))
    assert report.exit_code == 0 and report.registers[0].rows == 40
    assert any(f"could not be learnt ({type(error).__name__})" in note for note in report.registers[0].notes)
    assert "Carel" not in str(report.registers[0].notes)


def test_written_cells_teach_and_a_page_of_them_does_not(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(own_letters, "LEAST_SURE", 25)
    with open_desk(settings) as desk:
        ids = [reading.scan.id for reading in desk.catalogue.pages.readings(REGISTER)]
        assert learn_letters(settings, desk.catalogue, REGISTER, ids[:1]) is None
        assert HandStore(Workspace.of(settings.store)).current(REGISTER) is None
        hand = learn_letters(settings, desk.catalogue, REGISTER, ids)
    assert hand is not None and hand.letters_only
    assert hand.facts.cer_after < hand.facts.cer_before
    letters = Recogniser(hand.folder).letters
    assert letters is not None and letters.names is not None


def test_what_was_learnt_can_be_forgotten(settings: Settings) -> None:
    with open_desk(settings) as desk:
        _kept(settings, desk.catalogue, REGISTER, ("a", "b"))
        assert own_hand(settings, REGISTER) is not None
        assert forget_hand(settings, desk.catalogue, REGISTER)
    assert own_hand(settings, REGISTER) is None


def test_names_keep_the_accents_that_the_network_sees(engine: HandwritingEngine) -> None:
    seen = made_line("Hélène", sevens_as_ones=False).scores
    read = CellText("Helene", 0.9, (Alternative("Helene", -1.0), Alternative("Hélène", -2.0)))
    changed = Seen(seen, seen, seen - 1.0)
    shown = engine._with_its_accents(read, changed)
    assert shown.text == "Hélène" and [other.text for other in shown.alternatives] == ["Hélène"]
    assert engine._with_its_accents(read, Seen.plain(seen)) is read


def test_a_page_of_another_hand_is_read_by_the_network_alone(engine: HandwritingEngine) -> None:
    reader = HandwritingEngine()
    found = own_letters.of_dates(_lines(120), engine)
    assert found is not None
    reader._recogniser.letters = OwnLetters(numbers=found.correction)
    lines = _lines(12)
    own = [Seen(one.scores, found.correction.applied(one.scores, one.features), one.scores) for one in lines]
    blurred = [Seen(one.scores, one.scores / 2 + np.log(0.001), one.scores) for one in lines]
    dates = [Holds.DATE] * len(lines)
    assert [*map(id, reader._by_its_hand(own, dates))] == [id(one.numbers) for one in own]
    assert [*map(id, reader._by_its_hand(blurred, dates))] == [id(one.scores) for one in blurred]
    assert [*map(id, reader._by_its_hand(blurred[:1], [None]))] == [id(blurred[0].scores)]


def test_a_model_that_was_trained_meanwhile_is_kept(settings: Settings) -> None:
    keep_hand(settings)
    with open_desk(settings) as desk:
        assert _kept(settings, desk.catalogue, REGISTER, ("a", "b")) is None
    hand = own_hand(settings, REGISTER)
    assert hand is not None and not hand.letters_only
