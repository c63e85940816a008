import pytest

from ocr.training.metrics import score


def test_errors_are_counted_over_all_lines() -> None:
    found = score(["Carel", "2 Juin 1905"], ["Garel", "2 Juin 1905"])
    assert found.cer == pytest.approx(1 / 16)
    assert found.wer == pytest.approx(1 / 4)
    assert found.exact == 0.5
    assert found.as_dict() == {"lines": 2, "cer": 0.0625, "wer": 0.25, "exact": 0.5}


def test_nothing_compared_is_no_error() -> None:
    assert score([], []).as_dict() == {"lines": 0, "cer": 0.0, "wer": 0.0, "exact": 0.0}
