from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.entries import described, score_real_strings
from ner.dates.forms import DateAcceptor, DateStyle, MonthStyle, learn_style, written_forms
from ner.dates.months import months_of
from ner.dates.parse import looks_like_date, parse_date
from registers.dates import (
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    Calendar,
    Period,
    RegisterDate,
    RepublicanDay,
)
from registers.entry import Flag
from registers.knowledge import Acceptor, Holds

EIGHTIES = Period.of_years(1883, 1892)
NINETIES = Period.of_years(1893, 1902)
REPUBLIC = Period(REPUBLICAN_FIRST_DAY, date(1802, 9, 22))
EMPIRE = Period(date(1802, 9, 23), date(1812, 12, 31))
ABOVE = RegisterDate.of_day(date(1884, 3, 3))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20 Janvier 83", "1883-01-20"),
        ("1er mai 1890", "1890-05-01"),
        ("1^er 7^bre 91", "1891-09-01"),
        ("19 xbre 90", "1890-12-19"),
        ("19 10bre 90", "1890-12-19"),
        ("3 IXbre 90", "1890-11-03"),
        ("15 7 bre 1885", "1885-09-15"),
        ("298^bre 85", "1885-10-29"),
        ("14x^bre 91", "1891-12-14"),
        ("29janvier 88", "1888-01-29"),
        ("9 Fer 84", "1884-02-09"),
        ("9 Jet 84", "1884-07-09"),
        ("9 déc. 1884", "1884-12-09"),
        ("Le trois mars mil huit cent quatre-vingt-quatre", "1884-03-03"),
        ("vingt et un avril mil huit cent quatre vingt cinq", "1885-04-21"),
        ("sept septembre 1885", "1885-09-07"),
        ("7 sept 1885", "1885-09-07"),
        ("samedi 4 octobre 1884", "1884-10-04"),
        ("3.7.84", "1884-07-03"),
        ("04/12/1886", "1886-12-04"),
        ("4-12-1886", "1886-12-04"),
        ("3 VII 1884", "1884-07-03"),
        ("1885-06-04", "1885-06-04"),
        ("Mai 12, 1885", "1885-05-12"),
        ("1885, 4 juin", "1885-06-04"),
        ("4 juillet 18 83", "1883-07-04"),
        ("4  Avril 1884", "1884-04-04"),
        ("Mil huit cent quatre-vingt-trois, le trois mars", "1883-03-03"),
        ("3 mars mil huit cent 84", "1884-03-03"),
        ("3 8. bre 90", "1890-10-03"),
        ("[3 mars 1884]", "1884-03-03"),
        ("19 Xᵇʳᵉ 90", "1890-12-19"),
        ("1ᵉʳ mars 84", "1884-03-01"),
        ("3 mars 1 884", "1884-03-03"),
    ],
)
def test_gregorian_forms(text: str, iso: str) -> None:
    parsed = parse_date(text, period=EIGHTIES)
    assert (parsed.date.iso, parsed.flags, parsed.date.text) == (iso, (), text)
    assert parsed.date.calendar is Calendar.GREGORIAN


@pytest.mark.parametrize(
    ("text", "iso"),
    [("4 Avril 899", "1899-04-04"), ("13 Mai 901", "1901-05-13"), ("13 Mai 01", "1901-05-13")],
)
def test_cut_years_are_resolved_by_the_period(text: str, iso: str) -> None:
    assert parse_date(text, period=NINETIES).date.iso == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ler Mai 86", "1886-05-01"),
        ("l2 Decembrc 1885", "1885-12-12"),
        ("3 0ctobre 1885", "1885-10-03"),
        ("3 Juiliet 1885", "1885-07-03"),
        ("4 aouût 84", "1884-08-04"),
        ("10 janvietr 89", "1889-01-10"),
        ("19 uillet 85", "1885-07-19"),
        ("5 7hre 1885", "1885-09-05"),
        ("12 mai 1S85", "1885-05-12"),
        ("12 mai 18B5", "1885-05-12"),
        ("ll mai 1885", "1885-05-11"),
        ("l er mai 1885", "1885-05-01"),
        ("2'4 mai 1885", "1885-05-24"),
        ("9 J.anvier 1885", "1885-01-09"),
        ("9 mai 18.85", "1885-05-09"),
        ("17 tév. 1885", "1885-02-17"),
    ],
)
def test_misread_forms_are_repaired_and_say_so(text: str, iso: str) -> None:
    parsed = parse_date(text, period=EIGHTIES)
    assert (parsed.date.iso, parsed.flags) == (iso, (Flag.REPAIRED,))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30 Germinal 2", "1794-04-19"),
        ("30 Germinal an II", "1794-04-19"),
        ("2e Jour Compre 9", "1801-09-19"),
        ("2^eme jour Complem^re 9", "1801-09-19"),
        ("6e jour complémentaire an 7", "1799-09-22"),
        ("13 Vendemaire 7", "1798-10-04"),
        ("2 fre 4", "1795-11-23"),
        ("3 flal VIII", "1800-04-23"),
        ("4 Vse an V", "1797-02-22"),
        ("12 Bre 5", "1796-11-02"),
        ("12 Bre an 8", "1799-11-03"),
        ("5me jr complre an VII", "1799-09-21"),
        ("dix-huit prairial an dix", "1802-06-07"),
        ("premier vendémiaire an premier", "1792-09-22"),
        ("18 brumaire l'an huit de la République", "1799-11-09"),
        ("23 Ventose an6", "1798-03-13"),
        ("5 Germinal 1795", "1795-03-25"),
        ("an X, 26 messidor", "1802-07-15"),
    ],
)
def test_republican_forms(text: str, iso: str) -> None:
    parsed = parse_date(text, period=REPUBLIC)
    assert (parsed.date.iso, parsed.flags) == (iso, ())
    assert parsed.date.calendar is Calendar.REPUBLICAN
    assert parsed.date.republican == RepublicanDay.from_gregorian(date.fromisoformat(iso))


def test_both_calendars_stand_in_one_table() -> None:
    assert parse_date("11 9bre 1792", period=REPUBLIC).date.iso == "1792-11-11"
    assert parse_date("26 Messidor an XII", period=EMPIRE).date.iso == "1804-07-15"
    assert parse_date("4 Decembre 1811", period=EMPIRE).date.iso == "1811-12-04"


def test_a_misread_roman_year_is_repaired() -> None:
    assert parse_date("3 nivôse an lV", period=REPUBLIC).date.iso == "1795-12-24"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 id 92", "1892-03-12"),
        ("12 id", "1884-03-12"),
        ('12 " 92', "1892-03-12"),
        ("12 - 92", "1892-03-12"),
        ("12 d° d°", "1884-03-12"),
        ("2 juin id", "1884-06-02"),
        ("id juin 85", "1885-06-03"),
        ("d° d° 85", "1885-03-03"),
        ("id", "1884-03-03"),
        ("le 12 dudit", "1884-03-12"),
        ("12 du même mois", "1884-03-12"),
        ("le même jour", "1884-03-03"),
        ("d°", "1884-03-03"),
        ('"', "1884-03-03"),
    ],
)
def test_dittos_take_their_part_from_above(text: str, iso: str) -> None:
    parsed = parse_date(text, period=EIGHTIES, previous=ABOVE)
    assert (parsed.date.iso, parsed.flags, parsed.ditto) == (iso, (), True)


def test_a_republican_month_is_repeated_in_its_calendar() -> None:
    above = parse_date("30 Germinal 2", period=REPUBLIC).date
    assert parse_date("12 id 3", period=REPUBLIC, previous=above).date.iso == "1795-04-01"
    assert parse_date("12 id", period=REPUBLIC, previous=above).date.iso == "1794-04-01"


def test_a_ditto_without_head_is_flagged() -> None:
    parsed = parse_date("12 id 92", period=EIGHTIES)
    assert parsed.date.iso == "1892"
    assert Flag.DITTO_WITHOUT_HEAD in parsed.flags
    assert (parsed.date.earliest, parsed.date.latest) == (date(1892, 1, 1), date(1892, 12, 31))


@pytest.mark.parametrize(
    ("text", "iso", "earliest", "latest"),
    [
        ("16 Juin", "", "1883-06-16", "1892-06-16"),
        ("12 jui 84", "1884", "1884-06-12", "1884-07-12"),
        ("21 § 89", "1889", "1889-01-01", "1889-12-31"),
        ("30 Juillet 188", "", "1883-07-30", "1889-07-30"),
        ("12 bre 85", "1885", "1885-09-12", "1885-12-12"),
        ("Mai 1884", "1884-05", "1884-05-01", "1884-05-31"),
        ("1884", "1884", "1884-01-01", "1884-12-31"),
        ("84", "1884", "1884-01-01", "1884-12-31"),
        ("12 13 1884", "1884", "1884-01-01", "1884-12-31"),
        ("31 juin 84", "", "1884-01-01", "1884-12-31"),
        ("29 février 83", "", "1883-01-01", "1883-12-31"),
        ("12", "", "1883-01-01", "1892-12-31"),
    ],
)
def test_what_is_not_certain_is_bounded_and_not_guessed(
    text: str, iso: str, earliest: str, latest: str
) -> None:
    parsed = parse_date(text, period=EIGHTIES)
    assert parsed.date.iso == iso
    assert parsed.date.exact is None
    assert Flag.DATE_AMBIGUOUS in parsed.flags
    assert (str(parsed.date.earliest), str(parsed.date.latest)) == (earliest, latest)


def test_alternatives_are_the_days_that_fit() -> None:
    parsed = parse_date("12 jui 84", period=EIGHTIES)
    assert [other.iso for other in parsed.alternatives] == ["1884-06-12", "1884-07-12"]


def test_a_year_alone_makes_a_day_certain_where_the_period_is_one_year() -> None:
    assert parse_date("16 Juin", period=Period.of_years(1883, 1883)).date.iso == "1883-06-16"


def test_a_date_outside_the_period_keeps_its_iso() -> None:
    parsed = parse_date("12 mai 1850", period=EIGHTIES)
    assert (parsed.date.iso, parsed.flags) == ("1850-05-12", (Flag.DATE_OUTSIDE_PERIOD,))


def test_a_cut_year_far_from_the_period_is_not_guessed() -> None:
    parsed = parse_date("12 mai 50", period=EIGHTIES)
    assert parsed.date.iso == ""
    assert {Flag.DATE_OUTSIDE_PERIOD, Flag.DATE_AMBIGUOUS} <= set(parsed.flags)


@pytest.mark.parametrize("text", ["", "Marie Louise", "Victoire", "Jules", "§", "n° 12/b"])
def test_what_is_no_date_is_missing(text: str) -> None:
    parsed = parse_date(text, period=EIGHTIES)
    assert parsed.date.iso == ""
    assert (parsed.date.earliest, parsed.date.latest) == (EIGHTIES.first, EIGHTIES.last)
    assert set(parsed.flags) & {Flag.DATE_MISSING, Flag.DATE_AMBIGUOUS}


def test_the_rest_of_the_cell_is_given_back() -> None:
    assert parse_date("Suzanne Amélie 20 Mai 1891", period=EIGHTIES).remainder == "Suzanne Amélie"
    assert parse_date("3 mars 1884 (reconnue)", period=EIGHTIES).remainder == "(reconnue)"
    assert parse_date("3 mars 1884.", period=EIGHTIES).remainder == ""


def test_without_a_period_only_full_years_are_certain() -> None:
    assert parse_date("4 mai 1883").date.iso == "1883-05-04"
    assert parse_date("4 mai 898").date.iso == "1898-05-04"
    assert parse_date("30 Germinal 2").date.iso == "1794-04-19"
    assert parse_date("4 mai 83").date.iso == ""
    assert parse_date("4 mai").date.earliest is None


def test_looks() -> None:
    assert looks_like_date("4 Décembre 1906") > 0.95
    assert looks_like_date("12 id 92") > 0.95
    assert looks_like_date("3.7.62") > 0.9
    assert looks_like_date("Marie Louise") == 0
    assert looks_like_date("Germinal") < 0.5
    assert looks_like_date("12") < 0.5
    assert looks_like_date("") == 0


def test_months_keep_their_ambiguities() -> None:
    assert [(r.calendar, r.month) for r in months_of("bre")][:2] == [
        (Calendar.REPUBLICAN, 2),
        (Calendar.GREGORIAN, 9),
    ]
    assert [r.month for r in months_of("jui")] == [6, 7]
    assert months_of("louis") == ()


@given(
    st.text(max_size=60), st.sampled_from([None, EIGHTIES, REPUBLIC, EMPIRE]), st.sampled_from([None, ABOVE])
)
def test_no_text_raises(text: str, period: Period | None, previous: RegisterDate | None) -> None:
    parsed = parse_date(text, period=period, previous=previous)
    assert parsed.date.text == text
    if period is not None:
        assert parsed.date.earliest is not None and parsed.date.latest is not None
        assert parsed.date.earliest <= parsed.date.latest
    assert 0 <= looks_like_date(text) <= 1


@given(
    st.text(alphabet="0123456789 .,-/'\"^§l1IOobrexvmaijuntd°", max_size=25),
    st.dates(date(1790, 1, 1), date(1930, 1, 1)),
)
def test_no_near_date_raises_and_bounds_hold(text: str, first: date) -> None:
    period = Period(first, first + timedelta(days=3652))
    parsed = parse_date(text, period=period, previous=ABOVE)
    exact = parsed.date.exact
    if exact is not None and exact not in period:
        assert Flag.DATE_OUTSIDE_PERIOD in parsed.flags
    assert exact is not None or parsed.flags


@given(st.dates(date(1813, 1, 1), date(1942, 12, 31)), st.data())
def test_every_written_form_is_read_back(day: date, data: st.DataObject) -> None:
    period = Period.of_years(first := 1803 + (day.year - 1803) // 10 * 10, first + 9)
    form = data.draw(st.sampled_from(written_forms(day)))
    parsed = parse_date(form, period=period)
    assert (parsed.date.exact, parsed.flags) == (day, ())


@given(st.integers(0, 4847), st.data())
def test_every_republican_form_is_read_back(offset: int, data: st.DataObject) -> None:
    day = REPUBLICAN_FIRST_DAY + timedelta(days=offset)
    form = data.draw(st.sampled_from(written_forms(day, calendar=Calendar.REPUBLICAN)))
    parsed = parse_date(form, period=Period(REPUBLICAN_FIRST_DAY, REPUBLICAN_LAST_DAY))
    assert (parsed.date.exact, parsed.date.calendar, parsed.flags) == (day, Calendar.REPUBLICAN, ())


def test_all_republican_days_are_written_and_read() -> None:
    for offset in range(4848):
        day = REPUBLICAN_FIRST_DAY + timedelta(days=offset)
        assert parse_date(str(RepublicanDay.from_gregorian(day))).date.exact == day


def test_styles_narrow_the_forms() -> None:
    style = DateStyle(month=MonthStyle.BRE, year_digits=2, capital=False)
    assert written_forms(date(1890, 12, 1), style) == (
        "1er xbre 90",
        "1er 10bre 90",
        "1 xbre 90",
        "1 10bre 90",
    )
    assert learn_style(["4 Avril 899", "13 Mai 901"] * 6) == DateStyle(None, 3, True)
    assert learn_style(["4 Avril 899"]) == DateStyle()


def test_an_acceptor_proposes_near_days() -> None:
    acceptor = DateAcceptor(Period.of_years(1903, 1912))
    assert isinstance(acceptor, Acceptor)
    assert acceptor.holds is Holds.DATE
    texts = [text for text, _ in acceptor.candidates("4 Decemlre 1905", 5)]
    assert texts[0] == "4 Décembre 1905"
    assert len(texts) == 5
    assert [text for text, _ in acceptor.candidates("", 10**9)] == list(acceptor.texts())


def test_the_benchmark_keeps_its_columns() -> None:
    row = {"text": "12 id 92", "previous": "3 Mars 84", "period_from": "1883", "period_to": "1892"}
    assert described(row) == {
        "text": "12 id 92",
        "iso": "1892-03-12",
        "earliest": "1892-03-12",
        "latest": "1892-03-12",
        "flags": "",
        "calendar": "gregorian",
        "remainder": "",
    }
    assert described({"text": "ler mai"})["flags"] == "date_ambiguous"


def test_real_strings(shared_data: object) -> None:
    report = score_real_strings()
    assert report["understood"] >= 0.998
    assert report["wrong"] == 0


@pytest.mark.parametrize("text", ["12 ou 13 mars 1884", "nuit du 12 au 13 mars 1884"])
def test_two_days_are_two_possible_days(text: str) -> None:
    parsed = parse_date(text, period=EIGHTIES)
    assert (parsed.date.iso, parsed.flags) == ("1884-03", (Flag.DATE_AMBIGUOUS,))
    assert (parsed.date.earliest, parsed.date.latest) == (date(1884, 3, 12), date(1884, 3, 13))
    assert [other.iso for other in parsed.alternatives] == ["1884-03-12", "1884-03-13"]


def test_a_torn_off_year_is_any_of_the_period() -> None:
    parsed = parse_date("12 mars 18??", period=EIGHTIES)
    assert (parsed.date.iso, parsed.flags) == ("", (Flag.DATE_AMBIGUOUS,))
    assert (parsed.date.earliest, parsed.date.latest) == (date(1883, 3, 12), date(1892, 3, 12))


@pytest.mark.parametrize("text", ["14 — —", "14 - -", "14 courant", "14 du courant", "14 dudit"])
def test_a_day_alone_takes_month_and_year_from_above(text: str) -> None:
    parsed = parse_date(text, period=EIGHTIES, previous=ABOVE)
    assert (parsed.date.iso, parsed.ditto) == ("1884-03-14", True)
