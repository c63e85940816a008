"""What people have corrected of a register's sections, kept in the catalogue beside its register.toml."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from registers.errors import NotFoundError
from registers.register import Register, RegisterSettings, SectionSettings
from store import codec
from store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class SectionCorrection:
    """What a person said of some views of a register (positions where no view is known).

    `pieces`: the latest so many were said at once, of views that had been several sections.
    """

    said: SectionSettings
    who: str = ""
    at: str = ""
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Corrections:
    """All of a register's, the latest last; `file` is what its register.toml says."""

    file: RegisterSettings = field(default_factory=RegisterSettings)
    made: tuple[SectionCorrection, ...] = ()

    def settings(self) -> RegisterSettings:
        """The settings that understanding goes by: the latest correction first, the file's sections last."""
        by_hand = tuple(correction.said for correction in reversed(self.made))
        return replace(self.file, sections=(*by_hand, *self.file.sections))


def with_corrections(catalogue: Catalogue, register: Register) -> Register:
    """A register as its file describes it, with what people have corrected in the catalogue above that.

    The file may have changed since: the corrections stay above whatever it says now. A register that the
    catalogue does not hold (it was removed) starts without any.
    """
    known = corrections_of(catalogue, register.id)
    if not known.made:
        return register
    try:
        catalogue.registers.get(register.id)
    except NotFoundError:
        keep_corrections(catalogue, register.id, Corrections())
        return register
    known = replace(known, file=register.settings)
    keep_corrections(catalogue, register.id, known)
    return replace(register, settings=known.settings())


def _name(register_id: str) -> str:
    return f"sections by hand:{register_id}"


def corrections_of(catalogue: Catalogue, register_id: str) -> Corrections:
    """What people have corrected of a register so far."""
    text = catalogue.values.get(_name(register_id))
    return codec.loads(Corrections, text) if text else Corrections()


def keep_corrections(catalogue: Catalogue, register_id: str, known: Corrections) -> None:
    """Keep these instead of those before."""
    text = codec.dumps(known) if known.made else ""
    if catalogue.values.get(_name(register_id)) != text:
        catalogue.values.set(_name(register_id), text)
