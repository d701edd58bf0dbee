"""A part is built when it is missing or older than what it is made from, and only then."""

import pytest

from assistant import build


@pytest.fixture
def step(tmp_path, monkeypatch):
    """A step that copies the words of one file into another, below a project of its own."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "STATE", tmp_path / "state.json")
    needed, made = tmp_path / "words.yml", tmp_path / "made"
    needed.write_text("one", encoding="utf-8")
    step = build.Step("copy", ("*.yml",), made, lambda: made.write_text(needed.read_text("utf-8"), "utf-8"))
    monkeypatch.setattr(build, "STEPS", (step,))
    return step


def test_what_is_missing_is_built(step):
    assert build.build() == ["copy"]
    assert step.makes.read_text(encoding="utf-8") == "one"


def test_what_is_up_to_date_is_left_alone(step):
    build.build()
    assert build.build() == []


def test_what_it_is_made_from_decides(step, tmp_path):
    build.build()
    (tmp_path / "words.yml").write_text("two", encoding="utf-8")
    assert build.is_stale(step)
    assert build.build() == ["copy"]
    assert step.makes.read_text(encoding="utf-8") == "two"


def test_a_new_file_among_what_it_is_made_from_counts(step, tmp_path):
    build.build()
    (tmp_path / "more.yml").write_text("", encoding="utf-8")
    assert build.is_stale(step)


def test_a_result_that_was_removed_is_built_again(step):
    build.build()
    step.makes.unlink()
    assert build.build() == ["copy"]


def test_a_state_that_cannot_be_read_means_that_nothing_is_known(step):
    build.build()
    build.STATE.write_text("{", encoding="utf-8")
    assert build.build() == ["copy"]


def test_everything_is_built_anew_when_asked_to(step):
    build.build()
    assert build.build(force=True) == ["copy"]


def test_a_step_that_fails_is_not_remembered_as_done(step, monkeypatch):
    broken = build.Step(step.name, step.needs, step.makes, lambda: (_ for _ in ()).throw(RuntimeError("no")))
    monkeypatch.setattr(build, "STEPS", (broken,))
    with pytest.raises(RuntimeError):
        build.build()
    assert build.is_stale(broken)
