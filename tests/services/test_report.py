from services.report import BatchReport, RegisterReport, report_lines


def _said(scans: int) -> str:
    return "\n".join(report_lines(BatchReport((RegisterReport("lyon", by_hand=scans),))))


def test_a_hand_that_may_be_learnt_is_told_of_with_the_command() -> None:
    assert "3 scans; feuillet train handwriting --register lyon --from-readings" in _said(3)


def test_a_few_scans_teach_no_hand() -> None:
    assert "train" not in _said(2)
