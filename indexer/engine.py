"""What every search engine can do, and nothing about how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from registers.errors import SearchUnavailableError
from registers.query import EngineResult, IndexedEntry, Paging, SearchQuery

if TYPE_CHECKING:
    from indexer.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """One generation of the index. `current` is the one that is searched; `bytes` is its size on disk."""

    name: str
    entries: int
    current: bool
    bytes: int


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, which one it is, and in a few words its state."""

    engine: str
    available: bool
    detail: str = ""


def other_version(generation: str) -> SearchUnavailableError:
    """What is raised for a generation that another version of feuillet made."""
    return SearchUnavailableError(
        f"{generation} of the index was made by another version of feuillet",
        advice="build it again: feuillet index build",
    )


class SearchEngine(Protocol):
    """An index of entries. All methods raise SearchUnavailableError when the engine does not answer.

    The catalogue is the record: an index can be dropped and built again at any time.
    """

    def search(self, query: SearchQuery, paging: Paging) -> EngineResult:
        """The entries that answer, best first; exact total, facets of all of them. Raises QueryError."""
        ...

    def spellings(self, query: SearchQuery) -> tuple[str, ...]:
        """The surnames of the vocabulary that a search tries, best first, as written somewhere."""
        ...

    def put(self, entries: Iterable[IndexedEntry]) -> None:
        """Adds or replaces entries by id in the current generation; searchable on return.

        An entry older (`version`) than the one that is there is passed over. Without any generation a
        first, empty one is made.
        """
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Takes entries out of the current generation; unknown ids are passed over."""
        ...

    def build(self, entries: Iterable[IndexedEntry]) -> str:
        """Makes a whole new generation beside the current one and returns its name; readers see no change.

        What is put while it is built goes to the current generation only: put it again after `switch`.
        """
        ...

    def switch(self, generation: str) -> None:
        """From now on this generation is searched; the one before is kept, older ones are dropped."""
        ...

    def generations(self) -> tuple[GenerationInfo, ...]:
        """All complete generations, oldest first."""
        ...

    def drop(self, generation: str) -> None:
        """Removes a generation that is not the current one; raises ConflictError for the current one."""
        ...

    def vocabulary(self) -> Vocabulary:
        """The distinct surnames of the current generation."""
        ...

    def health(self) -> Health:
        """How the engine is; never raises."""
        ...

    def close(self) -> None:
        """Gives connections back."""
        ...
