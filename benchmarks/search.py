"""How fast the index is built and answers: python -m benchmarks.search --entries 1000000 --engine embedded.

Entries are people by the frequency of real names: a tenth of them misread, a fifth marriages with a spouse.
Queries are drawn from the entries, spelt rightly or not. Latencies are for a mixed set of queries with
facets, one client and no writer, unless the key says otherwise, after others have warmed the engine up;
`p95_cpu_ms` is the work of the process that asks, which a busy machine does not change much.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.engines import ENGINES, settings_of
from benchmarks.variants import homophone, misread, typing_error
from indexer import SearchEngine, open_engine
from indexer.keys import joined
from lexicon import given_names
from lexicon.surnames import most_common
from registers.entry import Kind, State
from registers.query import IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings

QUERIES = 400
_WARMING = 200
CLIENTS = 8
_SEED = 7
_FIRST, _LAST = date(1793, 1, 1).toordinal(), date(1912, 12, 31).toordinal()
_KINDS = (Kind.BIRTH, Kind.BIRTH, Kind.MARRIAGE, Kind.DEATH, Kind.DEATH)
_PLACES = ("Lyon 1er", *(f"Paris {number}e" for number in range(2, 21)))
KINDS_OF_QUERY = ("exact", "typo", "sound", "misread", "given", "years", "couple", "wildcard", "frequent")


class People:
    """Entries made by chance, the same for the same seed, by the frequency of real names."""

    def __init__(self, count: int) -> None:
        self.count = count
        chance = random.Random(_SEED)
        surnames, bearers = zip(*most_common(200_000), strict=True)
        given, borne = zip(*given_names.all_names()[:3000], strict=True)
        self._surnames = chance.choices(surnames, bearers, k=100_000)
        self._given = chance.choices(given, borne, k=20_000)

    def __iter__(self) -> Iterator[IndexedEntry]:
        chance = random.Random(_SEED + 1)
        for number in range(self.count):
            yield self._entry(number, chance)

    def sample(self, count: int) -> list[IndexedEntry]:
        """Some of the entries; any are as good as others."""
        some = list(islice(self, 8 * count))
        return random.Random(_SEED).sample(some, min(count, len(some)))

    def _entry(self, number: int, chance: random.Random) -> IndexedEntry:
        pick = chance.random
        surname = self._surnames[int(pick() * len(self._surnames))]
        if pick() < 0.1:
            surname = misread(joined(surname), chance).capitalize()
        given = self._given[int(pick() * len(self._given))]
        if pick() < 0.6:
            given = f"{given} {self._given[int(pick() * len(self._given))]}"
        kind = _KINDS[int(pick() * len(_KINDS))]
        married = kind is Kind.MARRIAGE
        day = _FIRST + int(pick() * (_LAST - _FIRST))
        volume = number // 5000
        return IndexedEntry(
            id=f"r{volume:05d}:{number:016x}:s:{number % 50:03d}",
            kind=kind,
            surnames=(surname,),
            given_names=given,
            register=f"r{volume:05d}",
            place=_PLACES[volume % len(_PLACES)],
            state=State.MACHINE,
            spouse_surname=self._surnames[int(pick() * len(self._surnames))] if married else "",
            spouse_given_names=self._given[int(pick() * len(self._given))] if married else "",
            earliest=day,
            latest=day,
            confidence=round(0.5 + pick() / 2, 2),
        )


def queries(people: People, count: int, seed: int = _SEED + 2) -> list[tuple[str, SearchQuery]]:
    """As many queries of each kind, mixed."""
    chance = random.Random(seed)
    sample = people.sample(count)
    frequent = [name for name, _ in most_common(20)]
    found = []
    for number, entry in enumerate(sample):
        kind = KINDS_OF_QUERY[number % len(KINDS_OF_QUERY)]
        found.append((kind, _query(kind, entry, chance.choice(frequent), chance)))
    chance.shuffle(found)
    return found


def _query(kind: str, entry: IndexedEntry, frequent: str, chance: random.Random) -> SearchQuery:
    surname = entry.surnames[0]
    folded = joined(surname)
    year = date.fromordinal(entry.earliest or _FIRST).year
    wrong = {"typo": typing_error, "sound": homophone, "misread": misread}
    if kind in wrong:
        return SearchQuery(surname=wrong[kind](folded, chance))
    if kind == "given":
        return SearchQuery(surname=surname, given_names=entry.given_names, about=year, year_from=year - 5,
                           year_to=year + 5)  # fmt: skip
    if kind == "years":
        return SearchQuery(surname=surname, year_from=year - 5, year_to=year + 5)
    if kind == "couple":
        return SearchQuery(surname=surname, spouse_surname=entry.spouse_surname or frequent)
    if kind == "wildcard":
        return SearchQuery(surname=f"{folded[:3]}*{folded[-2:]}")
    return SearchQuery(surname=frequent if kind == "frequent" else surname)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one query: by the clock, and of the processor in this process."""

    kind: str
    ms: float
    cpu_ms: float


def latencies(engine: SearchEngine, asked: list[tuple[str, SearchQuery]]) -> list[Took]:
    """What each query took."""
    times = []
    for kind, query in asked:
        began, worked = time.perf_counter(), time.process_time()
        engine.search(query, Paging())
        clock, work = time.perf_counter() - began, time.process_time() - worked
        times.append(Took(kind, 1000 * clock, 1000 * work))
    return times


def _client(settings: SearchSettings, folder: str, asked: list[tuple[str, SearchQuery]]) -> list[float]:
    """One client in a process of its own."""
    engine = open_engine(settings, Path(folder))
    engine.search(SearchQuery(surname="Martin"), Paging())
    times = [took.ms for took in latencies(engine, asked)]
    engine.close()
    return times


def _write(engine: SearchEngine, stop: threading.Event, took: list[float]) -> None:
    """Corrections one after another until told to stop; seconds until each could be found."""
    number = 0
    while not stop.is_set():
        number += 1
        surname = f"Correctionnel{number}"
        began = time.perf_counter()
        engine.put([_corrected(number, surname)])
        while not engine.search(SearchQuery(surname=surname, exact=True), Paging()).total:
            time.sleep(0.01)
        took.append(time.perf_counter() - began)
        stop.wait(0.1)


def _corrected(number: int, surname: str) -> IndexedEntry:
    return IndexedEntry(
        id=f"corrected:{number}",
        kind=Kind.BIRTH,
        surnames=(surname,),
        given_names="Jean",
        register="corrections",
        place="Paris 3e",
        state=State.CORRECTED,
    )


def _percentiles(times: list[float]) -> tuple[float, float, float]:
    p50, p95, p99 = (round(float(np.percentile(times, share)), 2) for share in (50, 95, 99))
    return p50, p95, p99


def measure(settings: SearchSettings, folder: Path, count: int, clients: int) -> dict[str, float]:
    """Builds an index of `count` entries and asks it; milliseconds, seconds and bytes."""
    engine = open_engine(settings, folder)
    people = People(count)
    began = time.perf_counter()
    for _ in people:
        pass
    making = time.perf_counter() - began
    began = time.perf_counter()
    engine.switch(engine.build(people))
    build = time.perf_counter() - began - making
    asked = queries(people, QUERIES)
    latencies(engine, queries(people, _WARMING, _SEED + 3))
    times = latencies(engine, asked)
    p50, p95, p99 = _percentiles([took.ms for took in times])
    figures: dict[str, float] = {
        "entries": count,
        "build_s": round(build, 1),
        "size_mb": round(sum(info.bytes for info in engine.generations() if info.current) / 1e6, 1),
        "surnames": len(engine.vocabulary()),
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "p95_cpu_ms": _percentiles([took.cpu_ms for took in times])[1],
    }
    for kind in KINDS_OF_QUERY:
        figures[f"{kind}_p95_ms"] = _percentiles([took.ms for took in times if took.kind == kind])[1]
    figures |= _with_clients(settings, folder, asked, clients, engine)
    engine.close()
    return figures


def _with_clients(
    settings: SearchSettings,
    folder: Path,
    asked: list[tuple[str, SearchQuery]],
    clients: int,
    engine: SearchEngine,
) -> dict[str, float]:
    """Several clients in processes of their own, while a writer commits corrections."""
    stop = threading.Event()
    took: list[float] = []
    writer = threading.Thread(target=_write, args=(engine, stop, took))
    with get_context("spawn").Pool(clients) as pool:
        shares = [asked[turn::clients] for turn in range(clients)]
        answers = [pool.apply_async(_client, (settings, str(folder), share)) for share in shares]
        writer.start()
        times = [ms for answer in answers for ms in answer.get()]
        stop.set()
        writer.join()
    p50, p95, p99 = _percentiles(times)
    return {
        "clients": clients,
        "clients_writing_p50_ms": p50,
        "clients_writing_p95_ms": p95,
        "clients_writing_p99_ms": p99,
        "correction_p95_s": round(float(np.percentile(took, 95)), 3) if took else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = stack.enter_context(settings_of(arguments.engine))
        measured = measure(settings, folder, arguments.entries, arguments.clients)
        figures = {"engine": arguments.engine} | measured
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value}")


if __name__ == "__main__":
    main()
