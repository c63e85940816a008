"""One tree of errors. Class attributes say what an error means to a script, a browser and a retry.

Errors are handled in three places only: the command line, the chunk loop and the web page.
A message is one line: what happened; `advice` says what to do.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_OK = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_CONFIGURATION = 3
EXIT_MISSING_PROGRAM = 4
EXIT_ALL_FAILED = 5
EXIT_INTERRUPTED = 130


class FeuilletError(Exception):
    """Whatever feuillet says on purpose. Anything else that is raised is a bug."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = EXIT_SOME_FAILED
    http_status: ClassVar[int] = 500
    transient: ClassVar[bool] = False

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} ({self.advice})" if self.advice else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive pickling, and errors cross process pools.
        return (_rebuild, (type(self), self.message, self.advice))


def _rebuild(kind: type[FeuilletError], message: str, advice: str) -> FeuilletError:
    return kind(message, advice=advice)


class UsageError(FeuilletError):
    """The command or the request cannot be understood."""

    code = "usage"
    exit_code = EXIT_USAGE
    http_status = 400


class QueryError(UsageError):
    """Part of a search cannot be understood; the message names the part, the advice shows how to write it."""

    code = "query"


class ConfigurationError(FeuilletError):
    """A setting or a register.toml is wrong."""

    code = "configuration"
    exit_code = EXIT_CONFIGURATION


class MissingProgramError(FeuilletError):
    """A program, a language or a model that is needed is not installed."""

    code = "missing_program"
    exit_code = EXIT_MISSING_PROGRAM
    http_status = 503


class NotFoundError(FeuilletError):
    """What was asked for by id is not in the catalogue."""

    code = "not_found"
    exit_code = EXIT_USAGE
    http_status = 404


class ConflictError(FeuilletError):
    """Somebody else changed the same thing in between."""

    code = "conflict"
    http_status = 409


class ScanError(FeuilletError):
    """A file cannot be taken in; only this file fails."""

    code = "scan"
    http_status = 422


class UnreadableScanError(ScanError):
    """Truncated, corrupt, or not what its name says."""

    code = "scan_unreadable"


class EncryptedScanError(ScanError):
    """A password protects the file."""

    code = "scan_encrypted"


class EmptyScanError(ScanError):
    """The file has no bytes or no pages."""

    code = "scan_empty"


class OversizedScanError(ScanError):
    """More pixels than one page of a register can have."""

    code = "scan_oversized"


class ForeignFileError(ScanError):
    """A file of a kind that feuillet does not read."""

    code = "scan_foreign"


class GrowingFileError(ScanError):
    """The file is still being copied."""

    code = "scan_growing"
    transient = True


class EngineError(FeuilletError):
    """The reader failed on a page."""

    code = "engine"


class EngineTimeoutError(EngineError):
    """The reader took longer than a page may take."""

    code = "engine_timeout"
    transient = True


class StoreError(FeuilletError):
    """The catalogue cannot be read or written."""

    code = "store"
    http_status = 503


class StoreBusyError(StoreError):
    """Another process holds the catalogue; trying again helps."""

    code = "store_busy"
    transient = True


class DiskFullError(StoreError):
    """No space is left for the workspace."""

    code = "disk_full"


class AccessLogError(StoreError):
    """The log of accesses cannot be written; what it would have noted stays closed."""

    code = "access_log"


class SearchUnavailableError(FeuilletError):
    """The search engine does not answer; registers can still be browsed."""

    code = "search_unavailable"
    http_status = 503
    transient = True
