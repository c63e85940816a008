"""From the catalogue to the index: built, brought up to date, interrupted, resumed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pytest

from indexer import SearchEngine
from registers.errors import SearchUnavailableError
from registers.query import IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings
from services.bench import Bench
from services.correct import CorrectionValues, keep_correction
from services.desk import Desk
from services.find import find
from services.plan import RegisterPlan
from services.publish import current_generation, publish_changes, publish_pending, rebuild
from services.understand import understand_register
from services.watch import NOBODY
from tests.services.builders import building_elsewhere, digest, entry_of, fill, register

WHO = "A. Martel"


def _publish(desk: Desk) -> tuple[int, int, bool]:
    done = publish_changes(desk.catalogue, desk.engine, desk.settings.search)
    return done.put, done.deleted, bool(done.generation)


def _total(desk: Desk, surname: str) -> int:
    return desk.engine.search(SearchQuery(surname=surname, exact=True), Paging()).total


def _correct(desk: Desk, given_names: str, surname: str) -> None:
    stored = entry_of(desk.catalogue, given_names)
    keep_correction(desk.catalogue, stored.entry.id, CorrectionValues(surname=surname), WHO, stored.version)


def _retire(desk: Desk, given_names: str) -> None:
    """As if understanding had not found a row any more."""
    catalogue = desk.catalogue
    found = [stored.entry for stored in catalogue.entries.of_register("naissances")]
    catalogue.entries.replace(
        "naissances",
        catalogue.registers.sections("naissances"),
        [entry for entry in found if entry.person.given_names != given_names],
        catalogue.registers.fingerprint("naissances"),
    )


def test_the_first_time_a_generation_is_built(desk: Desk) -> None:
    fill(desk.catalogue)
    understand_register(desk.catalogue, "naissances")
    assert _publish(desk) == (8, 0, True)
    assert _total(desk, "Bertrand") == 3


def test_a_row_that_is_retired_is_not_found_though_still_in_the_index(filled: Desk) -> None:
    _retire(filled, "Paul")
    found = find(filled, SearchQuery(surname="Bertrand", exact=True))
    assert {result.entry.person.given_names for result in found.results} == {"Louise", "Marie"}
    assert _publish(filled)[:2] == (0, 1)
    assert find(filled, SearchQuery(surname="Bertrand", exact=True)).total == 2


def test_later_only_what_changed_is_put(filled: Desk) -> None:
    generation = current_generation(filled.engine)
    assert _publish(filled) == (0, 0, False)
    _correct(filled, "Paul", "Dumoulin")
    assert _publish(filled) == (3, 0, False)
    assert (_total(filled, "Dumoulin"), _total(filled, "Bertrand")) == (3, 1)
    assert current_generation(filled.engine) == generation


def test_a_removed_register_is_gone_from_the_index(filled: Desk) -> None:
    digest(filled, "other")
    filled.catalogue.registers.remove("other")
    assert _publish(filled) == (0, 8, False)
    assert _total(filled, "Lefebvre") == 2


def test_a_row_retired_before_its_register_was_removed_is_gone_from_the_index(filled: Desk) -> None:
    _retire(filled, "Paul")
    filled.catalogue.registers.remove("naissances")
    assert _publish(filled) == (0, 8, False)
    assert (_total(filled, "Bertrand"), _total(filled, "Lefebvre")) == (0, 0)


def test_a_register_removed_and_read_again_is_there(filled: Desk) -> None:
    filled.catalogue.registers.remove("naissances")
    fill(filled.catalogue)
    understand_register(filled.catalogue, "naissances")
    assert _publish(filled) == (8, 0, False)
    assert _total(filled, "Lefebvre") == 2


def test_an_index_that_was_deleted_is_built_again(filled: Desk) -> None:
    for path in filled.workspace.index.iterdir():
        path.unlink()
    assert _publish(filled)[2]
    assert _total(filled, "Lefebvre") == 2


@dataclass
class _Faulty:
    """The real engine, until it is to fail: before or after it has taken what it is given."""

    engine: SearchEngine
    fail: str = ""
    meanwhile: list[object] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    def put(self, entries: Iterable[IndexedEntry]) -> None:
        if self.fail == "before":
            raise SearchUnavailableError("the search engine does not answer")
        self.engine.put(entries)
        if self.fail == "after":
            raise KeyboardInterrupt

    def build(self, entries: Iterable[IndexedEntry]) -> str:
        generation = self.engine.build(entries)
        for act in self.meanwhile:
            act()  # type: ignore[operator]
        return generation


@pytest.mark.parametrize(
    ("fail", "error"), [("before", SearchUnavailableError), ("after", KeyboardInterrupt)]
)
def test_a_publication_that_was_cut_off_goes_on(filled: Desk, fail: str, error: type[BaseException]) -> None:
    """Before the engine took it, or between that and the note of it."""
    _correct(filled, "Paul", "Dumoulin")
    broken = replace(filled, engine=_Faulty(filled.engine, fail))  # type: ignore[arg-type]
    with pytest.raises(error):
        _publish(broken)
    assert _publish(filled) == (3, 0, False)
    assert _total(filled, "Dumoulin") == 3


def test_what_changes_while_a_generation_is_built_is_in_it(filled: Desk) -> None:
    engine = _Faulty(filled.engine, meanwhile=[lambda: _correct(filled, "Paul", "Dumoulin")])
    rebuild(filled.catalogue, engine, filled.settings.search)  # type: ignore[arg-type]
    assert (_total(filled, "Dumoulin"), _total(filled, "Bertrand")) == (3, 1)


def _bench(desk: Desk) -> Bench:
    plans = (RegisterPlan(register(), ()),)
    return Bench(desk.settings, desk.workspace, desk.catalogue, plans, NOBODY, 0.0)


def test_an_engine_that_is_away_is_noted_not_raised(filled: Desk) -> None:
    away = replace(filled.settings, search=SearchSettings(url="http://127.0.0.1:9", timeout_seconds=1))
    bench = _bench(replace(filled, settings=away))
    assert publish_pending(bench) is None
    assert publish_pending(bench) is None
    (note,) = bench.notes["naissances"]
    assert "next run" in note


def test_an_index_that_another_process_builds_is_noted_not_raised(desk: Desk) -> None:
    fill(desk.catalogue)
    understand_register(desk.catalogue, "naissances")
    bench = _bench(desk)
    with building_elsewhere(desk):
        assert publish_pending(bench) is None
    (note,) = bench.notes["naissances"]
    assert "being built" in note
    published = publish_pending(bench)
    assert published is not None
    assert published.put == 8
