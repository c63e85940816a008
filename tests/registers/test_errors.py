"""The tree of errors as a table: what a script and a browser are told."""

from __future__ import annotations

import pickle

import pytest

from registers import errors

TABLE = {
    errors.UsageError: (2, 400, False),
    errors.QueryError: (2, 400, False),
    errors.ConfigurationError: (3, 500, False),
    errors.MissingProgramError: (4, 503, False),
    errors.NotFoundError: (2, 404, False),
    errors.ConflictError: (1, 409, False),
    errors.UnreadableScanError: (1, 422, False),
    errors.EncryptedScanError: (1, 422, False),
    errors.GrowingFileError: (1, 422, True),
    errors.EngineTimeoutError: (1, 500, True),
    errors.StoreBusyError: (1, 503, True),
    errors.DiskFullError: (1, 503, False),
    errors.SearchUnavailableError: (1, 503, True),
}


@pytest.mark.parametrize("kind", TABLE)
def test_what_an_error_means(kind: type[errors.FeuilletError]) -> None:
    error = kind("what", advice="what to do")
    assert (error.exit_code, error.http_status, error.transient) == TABLE[kind]


@pytest.mark.parametrize("kind", TABLE)
def test_errors_cross_processes(kind: type[errors.FeuilletError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", advice="what to do")))
    assert type(error) is kind
    assert str(error) == "what (what to do)"


def test_codes_are_distinct() -> None:
    def below(kind: type[errors.FeuilletError]) -> list[type[errors.FeuilletError]]:
        return [kind, *(deeper for child in kind.__subclasses__() for deeper in below(child))]

    kinds = [kind for kind in below(errors.FeuilletError) if kind.__module__ == "registers.errors"]
    assert len({kind.code for kind in kinds}) == len(kinds)
