"""What a batch says of itself while it runs."""

from __future__ import annotations

import pytest

from cli.progress import Progress


def test_scans_that_are_read_once_more_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.expect(1)
    progress.advance("carel", failed=False)
    progress.learning("carel")
    progress.more(1)
    progress.advance("carel", failed=True)
    progress.close()
    first, one, learning, two = capsys.readouterr().err.splitlines()
    assert first == "1 scans to read"
    assert one.startswith("1/1 scans, ")
    assert learning == "learning the letters of its hand · carel"
    assert two.startswith("2/2 scans, 1 failed, ")


def test_a_quiet_batch_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(quiet=True)
    progress.expect(1)
    progress.learning("carel")
    progress.advance("carel", failed=False)
    progress.close()
    assert capsys.readouterr().err == ""
