"""Settings: frozen groups, each with defaults and a sentence of help; a room receives only its own.

Values come from the environment (FEUILLET_...) and from command-line options; this module only maps
names to values, it reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from math import inf
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from registers.errors import ConfigurationError

MASK = "********"


def _setting(
    default: Any, help_text: str, environment: str = "", *, least: float = -inf, most: float = inf
) -> Any:
    """A field with its help; a number from the environment must lie between `least` and `most`."""
    metadata = {"help": help_text, "environment": environment, "least": least, "most": most}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How pages are read."""

    engine: str = _setting("auto", "Reader: auto, tesseract or handwriting.", "FEUILLET_ENGINE")
    language: str = _setting("fra", "Tesseract language.", "FEUILLET_LANGUAGE")
    tesseract: str = _setting(
        "", "How Tesseract is called: empty for its library, cli for its program.", "FEUILLET_TESSERACT"
    )
    learn_hand: str = _setting(
        "auto",
        "Learn the letters of a register's hand from its own cells: auto or never.",
        "FEUILLET_LEARN_HAND",
    )
    pdf_dpi: int = _setting(
        300, "Resolution at which PDF pages are rendered.", "FEUILLET_PDF_DPI", least=50, most=1200
    )
    max_megapixels: int = _setting(200, "A larger scan is refused.", "FEUILLET_MAX_MEGAPIXELS", least=1)
    page_seconds: int = _setting(120, "A page that takes longer fails.", "FEUILLET_PAGE_SECONDS", least=1)
    settle_seconds: float = _setting(
        2.0,
        "A file that changed within this time is taken for one still being copied.",
        "FEUILLET_SETTLE_SECONDS",
        least=0,
    )


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a batch is cut and run."""

    jobs: int = _setting(0, "Processes that read pages; 0 is one per core.", "FEUILLET_JOBS", least=0)
    chunk_pages: int = _setting(
        32, "Pages per chunk: the unit that is retried and reported.", "FEUILLET_CHUNK_PAGES", least=1
    )


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the catalogue and the work files live."""

    workspace: str = _setting(
        "workspace", "Folder of the catalogue, the index and viewing copies.", "FEUILLET_WORKSPACE"
    )
    database_url: str = _setting(
        "", "SQLAlchemy URL of the catalogue; empty: SQLite in the workspace.", "FEUILLET_DATABASE_URL"
    )


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Which search engine answers."""

    url: str = _setting("", "Elasticsearch URL; empty: the embedded engine.", "FEUILLET_SEARCH_URL")
    api_key: str = _setting("", "Elasticsearch API key.", "FEUILLET_SEARCH_API_KEY")
    user: str = _setting("", "Elasticsearch user (basic authentication).", "FEUILLET_SEARCH_USER")
    password: str = _setting("", "Elasticsearch password.", "FEUILLET_SEARCH_PASSWORD")
    ca_file: str = _setting("", "Certificate authority of the server (PEM).", "FEUILLET_SEARCH_CA_FILE")
    index: str = _setting(
        "feuillet", "Name of the alias; generations are NAME-1, NAME-2 ...", "FEUILLET_SEARCH_INDEX"
    )
    timeout_seconds: float = _setting(
        10.0, "How long one request may take.", "FEUILLET_SEARCH_TIMEOUT", least=0.1
    )


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """The clerk's page."""

    host: str = _setting("127.0.0.1", "Address to listen on.", "FEUILLET_HOST")
    port: int = _setting(8765, "Port to listen on.", "FEUILLET_PORT", least=0, most=65535)
    language: str = _setting("fr", "Language of the page: fr or en.", "FEUILLET_UI_LANGUAGE")


@dataclass(frozen=True, slots=True)
class Settings:
    """All groups."""

    read: ReadSettings = ReadSettings()
    batch: BatchSettings = BatchSettings()
    store: StoreSettings = StoreSettings()
    search: SearchSettings = SearchSettings()
    desk: DeskSettings = DeskSettings()


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """One setting as `feuillet settings` lists it."""

    name: str
    environment: str
    default: str
    value: str
    help: str
    secret: bool


SECRETS = frozenset({"api_key", "password"})
ADDRESSES = frozenset({"url", "database_url"})  # they may carry a password


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings from FEUILLET_... variables; raises ConfigurationError naming the variable."""
    groups = {
        group.name: _group_from(type(getattr(Settings(), group.name)), environment)
        for group in fields(Settings)
    }
    return Settings(**groups)


def _group_from(group: type[Any], environment: Mapping[str, str]) -> Any:
    values: dict[str, Any] = {}
    for item in fields(group):
        variable = item.metadata["environment"]
        if variable in environment and environment[variable] != "":
            value = _converted(variable, environment[variable], type(item.default))
            _check_range(variable, value, item.metadata["least"], item.metadata["most"])
            values[item.name] = value
    return group(**values)


def _converted(variable: str, text: str, kind: type[Any]) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise ConfigurationError(
            f"{variable}={text!r} is not {'a whole number' if kind is int else 'a number'}",
            advice=f"unset {variable} or give it such a value",
        ) from None


def _check_range(variable: str, value: Any, least: float, most: float) -> None:
    if isinstance(value, str) or least <= value <= most:
        return
    limits = f"at least {least:g}" if most == inf else f"from {least:g} to {most:g}"
    raise ConfigurationError(f"{variable}={value} must be {limits}", advice=f"unset {variable} or change it")


def without_user(url: str) -> str:
    """An address without the user and password that it may carry."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _shown(name: str, value: str) -> str:
    if not value or name in SECRETS:
        return MASK if value else ""
    user, at, _ = urlsplit(value).netloc.rpartition("@") if name in ADDRESSES else ("", "", "")
    return value.replace(f"{user}{at}", f"{MASK}@", 1) if ":" in user else value


def describe(settings: Settings) -> Iterator[SettingInfo]:
    """Every setting with its default, its value and its sentence; secrets and passwords masked."""
    for group in fields(Settings):
        values = getattr(settings, group.name)
        for item in fields(values):
            secret = item.name in SECRETS
            value = str(getattr(values, item.name))
            yield SettingInfo(
                name=f"{group.name}.{item.name}",
                environment=item.metadata["environment"],
                default=str(item.default),
                value=_shown(item.name, value),
                help=item.metadata["help"],
                secret=secret,
            )
