"""How the label reader is measured."""

import re

import pytest

from assistant.evaluation import labels
from assistant.ingredients import check

TEXTS = {
    "A1": "Water, Mineral Oil, Squalane, Glurbium Oxide",
    "A2": "Ingredients: Lanolin, Talc, Glycerin. Formulated without: Petrolatum.",
}
GOLD = labels.Gold(
    frozenset({"Paraffinum Liquidum", "Squalane", "Lanolin", "Petrolatum", "Retinol"}),
    {"A1": frozenset({"Paraffinum Liquidum", "Squalane"}), "A2": frozenset({"Lanolin"})},
)


def test_a_reader_that_is_right_scores_one():
    result = labels.score(GOLD, TEXTS)
    assert (result.right, result.errors, result.precision, result.recall) == (3, [], 1.0, 1.0)


def test_what_is_too_much_and_what_is_missed_is_named():
    gold = labels.Gold(GOLD.watched, {"A1": frozenset({"Retinol", "Squalane"})})
    result = labels.score(gold, TEXTS)
    assert result.errors == [("A1", "Paraffinum Liquidum", "extra"), ("A1", "Retinol", "missed")]
    assert (result.precision, result.recall) == (0.5, 0.5)


def test_labels_without_a_text_are_named_and_not_scored():
    result = labels.score(GOLD, {"A1": TEXTS["A1"]})
    assert (result.absent, result.right) == (["A2"], 2)


def test_nothing_found_and_nothing_held_is_no_error():
    result = labels.score(labels.Gold(GOLD.watched, {"A1": frozenset()}), {"A1": "hello"})
    assert (result.precision, result.recall) == (1.0, 1.0)


def test_cosmetic_names_count_in_both_languages_and_without_brackets():
    text = "Water, Zorkum Oxide (Zinc Cream), Blorp Extract/Extrait de Blorp, Glurbium Oxide"
    found = labels.coverage([check(text)], frozenset({"zorkum oxide", "blorp extract"}))
    assert (found.read, found.recognised, found.cosmetic) == (4, 1, 2)
    assert list(found.others) == ["Glurbium Oxide"]
    assert found.share == pytest.approx(0.75)


def test_time_is_told_for_so_many_labels():
    results, taken = labels.seconds(list(TEXTS.values()))
    assert [result.kind for result in results] == ["label", "label"]
    assert taken > 0


def test_slow_texts_have_the_greatest_length():
    assert {len(text) for text in labels.slow_texts().values()} == {labels.LONGEST_LABEL}


def test_the_gold_labels_are_a_hundred_ids_without_a_text():
    gold = labels.load_gold()
    assert len(gold.labels) == 100
    assert all(re.fullmatch(r"P\d{4}", label) for label in gold.labels)


def test_a_gold_name_that_is_not_watched_is_refused(tmp_path):
    path = tmp_path / "gold.yml"
    path.write_text("watch_list: [Lanolin]\nlabels:\n  - {id: P0001, holds: [Talc]}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Talc"):
        labels.load_gold(path)


def test_without_the_texts_it_says_that_nothing_was_measured(tmp_path, capsys):
    assert labels.main(["--data", str(tmp_path)]) == 2
    assert "Nothing was measured" in capsys.readouterr().err


def test_a_report_says_every_figure_and_whether_they_are_as_required(tmp_path, capsys, monkeypatch):
    rows = "".join(f'{label},"{text}"\n' for label, text in TEXTS.items())
    (tmp_path / "products.csv").write_text("id,ingredients_raw\n" + rows, encoding="utf-8")
    (tmp_path / "cosing_names.csv").write_text("inci_name\nGLURBIUM OXIDE\n", encoding="utf-8")
    monkeypatch.setattr(labels, "load_gold", lambda path: GOLD)
    monkeypatch.setattr(labels, "slow_texts", lambda: {"short": "Water"})
    monkeypatch.setattr(labels, "MOST_SECONDS", 1000.0)
    monkeypatch.setattr(labels, "MOST_MILLISECONDS", 1000.0)
    assert labels.main(["--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "precision 1.0000" in told
    assert "recognised or cosmetic 1.0000" in told
    monkeypatch.setattr(labels, "load_gold", lambda path: labels.Gold(GOLD.watched, {"A1": frozenset({"Retinol"})}))
    assert labels.main(["--data", str(tmp_path)]) == 1
    assert "A1: missed Retinol" in capsys.readouterr().out
