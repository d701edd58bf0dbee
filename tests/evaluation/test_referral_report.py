from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import referral
from assistant.evaluation.data import NoData
from assistant.evaluation.referral import Case, Outcome

SECRET = "my baby is floppy and will not wake"
OPEN = "zebra stripes on my baby, floppy and will not wake"
QUIET = "zebra stripes are lovely"


@pytest.fixture
def blind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "blind"
    folder.mkdir()
    (folder / "flagged.yml").write_text(f"- {{text: '{SECRET} a', level: emergency, accept: []}}\n")
    (folder / "ordinary.yml").write_text(f"- {{text: '{SECRET} b', kind: plain}}\n")
    monkeypatch.setattr(referral, "EVALUATION", folder)
    return folder


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    folder = tmp_path / "open"
    folder.mkdir()
    (folder / "dev_urgent.csv").write_text(
        f'id,text,urgency,red_flag,accept_levels\n1,"{QUIET}",today,x,soon|emergency\n'
    )
    (folder / "dev_negation.csv").write_text(f'id,text,urgency\n1,"{OPEN}",none\n2,"{QUIET} here",none\n')
    return folder


def outcome(level: str, found: str, *accept: str, kind: str = "") -> Outcome:
    return Outcome(Case("a text", level, accept, kind), found)


@pytest.mark.parametrize(
    ("found", "right", "as_urgent"),
    [("none", False, False), ("soon", True, False), ("today", True, True), ("emergency", False, True)],
)
def test_right_is_the_level_or_an_accepted_one_and_as_urgent_any_above(
    found: str, right: bool, as_urgent: bool
) -> None:
    seen = outcome("today", found, "soon")
    assert (seen.right, seen.as_urgent) == (right, as_urgent)


def test_a_proportion_stands_with_its_counts_and_its_wilson_interval() -> None:
    # The worked figures of Newcombe, Statistics in Medicine 1998;17:857, table I.
    assert referral.proportion([True] * 81 + [False] * 182) == "81/263 = 0.308 (0.255 to 0.366)"
    assert referral.proportion([False] * 20) == "0/20 = 0.000 (0.000 to 0.161)"
    assert referral.proportion([]) == "0/0"


def test_recall_is_by_level_and_false_alarms_by_kind() -> None:
    lines = referral.report(
        "A set",
        [
            outcome("emergency", "emergency"),
            outcome("emergency", "today"),
            outcome("soon", "today"),
            outcome("soon", "none", "none"),
            outcome("soon", "none"),
            outcome("none", "soon", kind="plain"),
            outcome("none", "none", kind="plain"),
            outcome("none", "none", kind="denied"),
            outcome("none", "today", kind="figure"),
        ],
    ).splitlines()
    assert [line.partition(" (")[0].strip() for line in lines] == [
        "A set",
        "emergency: at that level or an accepted one 1/2 = 0.500",
        "emergency: at least as urgent 1/2 = 0.500",
        "soon: at that level or an accepted one 1/3 = 0.333",
        "soon: at least as urgent 1/3 = 0.333",
        "all levels: at that level or an accepted one 2/5 = 0.400",
        "all levels: at least as urgent 2/5 = 0.400",
        "false alarms, plain: 1/2 = 0.500",
        "false alarms, denied: 0/1 = 0.000",
        "false alarms, figure: 1/1 = 1.000",
        "false alarms, all but plain and denied: 1/1 = 1.000",
        "false alarms, all: 2/4 = 0.500",
    ]


def test_what_a_set_does_not_hold_is_not_reported() -> None:
    assert referral.report("A set", []) == "A set"


@pytest.mark.usefixtures("blind")
def test_no_text_is_printed_without_being_asked_for(opened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    referral.main(["--data", str(opened)])
    printed = "".join(capsys.readouterr())
    assert "dev_urgent.csv" in printed and "floppy" not in printed and "zebra" not in printed


@pytest.mark.usefixtures("blind")
def test_misses_print_the_open_texts_that_went_wrong_and_never_a_blind_one(
    opened: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    referral.main(["--data", str(opened), "--misses"])
    printed = "".join(capsys.readouterr())
    # The blind ordinary message is a false alarm, so it would be printed where blind misses were.
    assert "false alarms, plain: 1/1" in printed and SECRET not in printed
    assert f"today, found none: {QUIET}\n" in printed
    assert f"none, found emergency: {OPEN}\n" in printed
    assert f"{QUIET} here" not in printed


@pytest.mark.usefixtures("blind")
def test_misses_alone_print_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    referral.main(["--misses"])
    assert "floppy" not in "".join(capsys.readouterr())


def test_the_accepted_levels_of_a_csv_file_are_read(opened: Path) -> None:
    (urgent,) = referral.outside(opened)["dev_urgent.csv"]
    assert urgent == Case(QUIET, "today", ("soon", "emergency"))


def test_a_csv_file_that_is_not_there_is_left_out(opened: Path) -> None:
    (opened / "dev_urgent.csv").unlink()
    assert list(referral.outside(opened)) == ["dev_negation.csv"]


def test_a_missing_set_and_a_folder_without_files_are_named(
    tmp_path: Path, blind: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        referral.main(["--data", str(tmp_path)])
    assert "dev_urgent.csv" in capsys.readouterr().err
    (blind / "ordinary.yml").unlink()
    with pytest.raises(NoData, match=r"ordinary\.yml"):
        referral.evaluation(blind)
