"""Each check of the words is shown something that it must not let pass: the small project with one text broken."""

import pytest

from assistant.files import DATA
from assistant.guide.checks.published import hashes
from assistant.guide.checks.reading import medical_names, spoken

BEADS, TALK, SYSTEM = "data/guide/beads.yml", "data/guide/talk.yml", "data/guide/system.yml"
ANSWER = "It lasts for years."


def _broken(project, name, old, new):
    project.break_(name, old, new)
    return project.the_problem()


def _answered(project, answer):
    """Return the problem that the topic how_long has with `answer`."""
    return _broken(project, BEADS, ANSWER, answer)


# ---------------------------------------------------------------- markup


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ('"# It lasts"', "a heading"),
        ('"* It lasts."', "a list that is not made with `-`"),
        ('"1. It lasts."', "a numbered list"),
        ('"It lasts - for years."', "a dash or a list run together"),
        ('"Yes.\\n\\n  - It lasts."', "a list within a list"),
        ('"Yes.\\n\\n---\\n\\nIt lasts."', "a line"),
        ('"> It lasts."', "a quotation"),
        ('"It `lasts`."', "code"),
        ('"It <b>lasts</b>."', "HTML"),
        ('"It lasts | for years."', "a table"),
        ('"It lasts ![bead](https://example.org/bead.png)."', "a picture"),
        ('"It *lasts*."', "a single asterisk"),
        ('"It _lasts_ for years."', "an underscore"),
        ('"It lasts [for years]."', "a bracket that makes no link"),
    ],
)
def test_markup_beyond_the_subset_is_told(project, answer, what):
    found = _problems_of(project, answer)
    assert any(problem.startswith(f"beads.yml, topic how_long, answer: it has {what}") for problem in found)


def test_strong_words_that_are_left_open_are_told(project):
    assert "a `**` is left open" in _answered(project, '"It **lasts."')


@pytest.mark.parametrize(
    "answer",
    [
        '"It **lasts** for years.\\n\\n- red ones\\n- blue ones"',
        '"It lasts. Read [more](https://example.org/a_b), [call](tel:+15550100) or [write](mailto:a@example.org)."',
        '"It lasts, well-made ones and/or 1 to 2 mm ones (5-10%)."',
        '"It lasts. Call {emergency_number}."',
    ],
)
def test_all_of_the_subset_may_be_used(project, answer):
    assert _problems_of(project, answer) == []


@pytest.mark.parametrize("address", ["http://example.org", "javascript:x", "/beads", "#top", ""])
def test_a_link_that_leads_elsewhere_is_told(project, address):
    assert "is not https, tel or mailto" in _answered(project, f'"It lasts, see [this]({address})."')


def test_a_link_without_a_label_is_told(project):
    assert "has no label" in _answered(project, '"It lasts, see [](https://example.org)."')


@pytest.mark.parametrize("address", ["https://example.org", "www.example.org"])
def test_a_bare_address_is_told(project, address):
    assert "stands bare" in _answered(project, f'"It lasts, see {address} for it."')


def test_a_placeholder_that_nothing_fills_is_told(project):
    assert "nothing fills {doctor}" in _answered(project, '"It lasts. Ask {doctor}."')


def test_a_placeholder_is_looked_for_in_the_assistants_own_sentences_too(project):
    assert _broken(project, SYSTEM, "Hello.", '"Hello from {nobody}."').startswith(
        "system.yml, greeting: nothing fills"
    )


def test_a_brace_that_is_left_open_is_told(project):
    assert "a brace is left open" in _answered(project, '"It lasts. Ask {contact."')


def test_a_text_that_reads_as_a_command_is_told(project):
    assert "begins with a slash" in _answered(project, '"It lasts. Type /restart to go on."')


# ---------------------------------------------------------------- wording


def test_a_forbidden_word_is_told_with_the_reason(project):
    problem = _answered(project, "It lasts for years, **Guaranteed**.")
    assert problem == "beads.yml, topic how_long, answer: 'Guaranteed' is a promise, so word it another way."


@pytest.mark.parametrize(
    "text",
    [
        "Results are guaranteed.",
        "It is painless.",
        "They are permanently removed.",
        "A laser takes them off for good.",
        "It always works.",
        "A peel will cure milia.",
        "This cream will clear milia.",
        "Creams can never help.",
        "This is milia.",
        "I think you have milia.",
        "You are fine.",
        "You are **fine**.",
        "Don't worry about it.",
        "Retinol is safe.",
        "Heavy oils cause milia.",
        "You should stop using your prescribed cream.",
        "First stop taking the prescribed pills.",
        "Take 20 mg of it.",
        "Use a pea-sized amount.",
        "Sterilize a needle with alcohol.",
        "Wipe the needle first.",
        "Use a clean needle for it.",
        "Wash your hands. Then prick the bump.",
        "Gently squeeze it out.",
        "Here is how to open them yourself.",
    ],
)
def test_what_no_answer_may_say_is_forbidden(project, text):
    _take_the_real_patterns(project)
    assert any("so word it another way" in problem for problem in _problems_of(project, text))


@pytest.mark.parametrize(
    "text",
    [
        "If you have milia, leave them alone.",
        "Do not stop using a prescribed cream by yourself.",
        "Heavy oils are linked with milia.",
        "A trained person makes a tiny opening with a sterile tool.",
        "A hint, not a promise.",
        "Please do not squeeze them.",
        "Creams mainly prevent new ones.",
    ],
)
def test_what_an_answer_should_say_is_not_forbidden(project, text):
    _take_the_real_patterns(project)
    project.break_(BEADS, ANSWER, text)
    assert project.problems() == []


def test_a_question_may_name_what_its_answer_denies(project):
    project.break_(BEADS, "how long it lasts", "if it is guaranteed to last")
    assert project.problems() == []


# ---------------------------------------------------------------- the published guide


def test_six_words_of_the_published_guide_in_a_row_are_told(project):
    problem = _answered(project, "Try a **small**, Round thing that people like.")
    assert problem.startswith("beads.yml, topic how_long, answer: 'a small round thing that people' stands in the")


def test_five_words_in_a_row_are_not(project):
    project.break_(BEADS, ANSWER, "See a small round thing that lasts.")
    assert project.problems() == []


def test_hashes_go_by_words_alone():
    plain = list(hashes("A bead isn't what people put on it"))
    assert plain == list(hashes("a  BEAD isn’t - what (people), put on: it!"))
    assert [run for run, _ in plain] == [
        "a bead isnt what people put",
        "bead isnt what people put on",
        "isnt what people put on it",
    ]
    assert all(len(digest) == 10 for _, digest in plain)


# ---------------------------------------------------------------- reading

HARD = "Manufacturers recommend individually evaluating environmental considerations regarding preservation."


def test_a_text_that_is_hard_to_read_is_told(project):
    assert _answered(project, HARD).startswith("beads.yml, topic how_long, answer: it reads at grade ")


def test_texts_that_are_hard_on_average_are_told(project):
    fair = "Many people like the color of little beads and buy another one every winter."
    for old in (
        ANSWER,
        "It lasts long.",
        "Glass ones last longest.",
        "It is a small, hard thing.",
        "Hi there.",
        "Some are red and some are blue.",
        "On the hand it rolls.",
        "A child may play with big ones.",
        "You may wear them.",
        "Keep it out of reach.",
        "I read English.",
        "Hello, this is {name}.",
        "A bead is small and hard. Ask {contact} if you want one.",
    ):
        project.break_(TALK if old in (project.root / TALK).read_text() else BEADS, old, fair)
    assert project.the_problem().startswith("guide: all texts read at grade 7.")


def test_medical_names_do_not_count_against_a_text(project):
    text = "Encephalomyelitis, encephalomyelitis, and again encephalomyelitis hurts."
    project.break_(BEADS, ANSWER, text)
    assert project.problems() == []
    (project.root / "data/guide/medical_words.txt").write_text("# none\n")
    assert "it reads at grade" in project.the_problem()


def test_a_text_is_counted_as_it_is_read_out(tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("# comment\nmilia en plaque # rare\nmilia\n")
    text = "See **who**:\n\n- a [doctor](https://example.org)\n- Milia en plaque, {contact}"
    assert spoken(text, medical_names(names)) == "See who. a doctor. skin, skin."


def _problems_of(project, answer):
    project.break_(BEADS, ANSWER, answer)
    return project.problems()


def _take_the_real_patterns(project):
    text = (DATA / "guide/forbidden.yml").read_text(encoding="utf-8")
    (project.root / "data/guide/forbidden.yml").write_text(text, encoding="utf-8")
