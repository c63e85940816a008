"""The index of one generation: its mapping, its settings and its documents.

Three kinds of documents share an index, told apart by `what`: entries; blocks, which hold the packed
vocabularies of the build and the roles of its surnames; and names, surnames in a role, that came since. All
that is matched is computed here and indexed as keywords and integers, so that no plugin and no script is
needed.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

from indexer.terms import (
    LAST_DAY,
    confidence_percent,
    decades,
    sort_date,
    terms_of,
)
from indexer.tiers import Role
from lexicon.places import keys_of
from registers.query import IndexedEntry

MAPPING_VERSION = 4
ENTRY, BLOCK = "entry", "block"
SURNAME, GIVEN_NAME, ROLES = "surname", "given_name", "roles"
NO_DAY = -1
_BLOCK_BYTES = 4_000_000

_KEYWORD = {"type": "keyword"}
_MATCHED = {"type": "keyword", "doc_values": False}
_INTEGER = {"type": "integer"}
PROPERTIES: dict[str, dict[str, Any]] = {
    "what": _MATCHED,
    "id": {"type": "keyword", "index": False},
    "names": _MATCHED,
    "given": _MATCHED,
    "spouse_given": _MATCHED,
    "kind": _KEYWORD,
    "place": {"type": "keyword", "index": False},
    "place_key": _MATCHED,
    "register": _KEYWORD,
    "state": _KEYWORD,
    "decades": _INTEGER,
    "earliest": _INTEGER,
    "latest": _INTEGER,
    "confidence": {"type": "integer", "index": False},
    "name": {"type": "keyword", "doc_values": False, "index": False},
    "part": {"type": "integer", "index": False},
    "data": {"type": "binary"},
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    # An entry that is removed and comes back with the same version is no older one.
    "gc_deletes": "0s",
    "max_result_window": 1_000_000,
}


def mapping(*, complete: bool) -> dict[str, Any]:
    """The strict mapping; `complete` says whether the generation is wholly built."""
    meta = {"mapping": MAPPING_VERSION, "complete": complete}
    return {"dynamic": "strict", "_meta": meta, "properties": PROPERTIES}


def name_term(role: Role, name: str) -> str:
    """A surname in a role, as one keyword."""
    return f"{role.value}:{name}"


def read_name_term(term: str) -> tuple[Role, str]:
    """The inverse of `name_term`."""
    role, _, name = term.partition(":")
    return Role(int(role)), name


def document(entry: IndexedEntry) -> dict[str, Any]:
    """An entry as its document."""
    terms = terms_of(entry)
    undated = entry.earliest is None and entry.latest is None
    last = entry.latest if entry.latest is not None else LAST_DAY
    first = entry.earliest if entry.earliest is not None else 1
    return {
        "what": ENTRY,
        "id": entry.id,
        "names": [name_term(role, name) for role, name in terms.names],
        "given": list(terms.given),
        "spouse_given": list(terms.spouse_given),
        "kind": entry.kind.value,
        "place": entry.place,
        "place_key": list(keys_of(entry.place)),
        "register": entry.register,
        "state": entry.state.value,
        "decades": list(decades(entry.earliest, entry.latest)),
        "earliest": sort_date(None) if undated else first,
        "latest": NO_DAY if undated else last,
        "confidence": confidence_percent(entry.confidence),
    }


def gather_names(source: dict[str, Any], surnames: dict[str, int], given: dict[str, None]) -> None:
    """Adds the names of an entry's document; a surname goes with the roles it stands in, a bit for each."""
    for term in source["names"]:
        role, name = read_name_term(term)
        surnames[name] = surnames.get(name, 0) | 1 << role
    for name in (*source["given"], *source["spouse_given"]):
        given[name] = None


def blocks(what: str, packed: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Bytes as documents with their ids, in parts of a few megabytes; at least one."""
    for part, at in enumerate(range(0, max(len(packed), 1), _BLOCK_BYTES)):
        data = b64encode(packed[at : at + _BLOCK_BYTES]).decode()
        yield f"block:{what}:{part}", {"what": BLOCK, "name": what, "part": part, "data": data}


def unblocked(what: str, documents: list[dict[str, Any]]) -> bytes:
    """The inverse of `blocks`, from all block documents of an index in any order."""
    parts = sorted((doc["part"], doc["data"]) for doc in documents if doc["name"] == what)
    return b"".join(b64decode(data) for _, data in parts)
