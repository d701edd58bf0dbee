"""The structure shows itself: names are the same everywhere, and files stay short."""

import importlib

import pytest
from rasa_sdk import Action

from assistant.evaluation.data import encoder_phrases, phrases
from assistant.files import DATA, ROOT, read_yaml
from assistant.guide import load

DOMAIN = read_yaml(ROOT / "domain.yml")
RULES = read_yaml(DATA / "rules.yml")["rules"]
# A form's own action is Rasa's; what it takes as an answer is validated by ours.
FORMS = {form: f"validate_{form}" for form in DOMAIN["forms"]}
KINDS = ("action_*.py", "validate_*.py")
ACTIONS = sorted(path.stem for kind in KINDS for path in (ROOT / "actions").glob(kind))
LONGEST_FILE = 400
LONGEST_ACTION = 60
LONGEST_BASE = 90  # what all actions share


def named(step):
    return [entry["intent"] for entry in step.get("or", [step]) if "intent" in entry]


def test_every_action_of_the_domain_has_a_file_of_its_name_and_the_other_way_round():
    assert sorted(DOMAIN["actions"]) == ACTIONS


def test_every_action_is_run_by_a_rule_and_has_tests_of_its_own():
    run = {FORMS.get(step["action"], step["action"]) for rule in RULES for step in rule["steps"] if "action" in step}
    tests = ROOT / "tests" / "actions"
    tested = {path.stem.removeprefix("test_") for kind in KINDS for path in tests.glob(f"test_{kind}")}
    assert sorted(run) == sorted(tested) == ACTIONS


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_file_holds_the_action_that_it_is_named_after(name):
    module = importlib.import_module(f"actions.{name}")
    own = [kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__]
    assert [kind().name() for kind in own if issubclass(kind, Action)] == [name]


def test_every_intent_is_answered_by_exactly_one_rule():
    intents = [intent for rule in RULES for step in rule["steps"] for intent in named(step)]
    assert sorted(intents) == sorted([*DOMAIN["intents"], "nlu_fallback"])


@pytest.mark.parametrize("family", sorted(set(load().families.values())))
def test_a_family_has_the_same_name_in_content_phrases_and_development_phrases(family):
    folders = [DATA / "guide", DATA / "nlu", *(ROOT / "tests" / "nlu" / name for name in ("dev", "evaluation"))]
    assert [folder for folder in folders if not (folder / f"{family}.yml").exists()] == []


def test_what_the_encoder_is_adapted_to_stands_under_intents_in_files_of_their_families():
    guide = load()
    for path in (DATA / "encoder" / "phrases").glob("*.yml"):
        assert {guide.families[intent] for intent in read_yaml(path)} == {path.stem}
    classified = {(phrase.lower(), intent) for phrase, intent in phrases()}
    assert {(phrase.lower(), intent) for phrase, intent in encoder_phrases()} & classified == set()


def test_every_intent_has_eight_development_phrases_or_more_of_its_own():
    entries = [entry for path in (ROOT / "tests" / "nlu" / "dev").glob("*.yml") for entry in read_yaml(path)]
    best = [entry["intents"][0] for entry in entries]
    assert [intent for intent in DOMAIN["intents"] if best.count(intent) < 8] == ["other_language"]


@pytest.mark.parametrize("held_out", ["dev", "evaluation"])
def test_no_message_of_more_than_two_words_that_is_measured_on_is_trained_on(held_out):
    trained = set()
    for path in (DATA / "nlu").glob("*.yml"):
        for entry in read_yaml(path)["nlu"]:
            trained |= {line.removeprefix("- ").strip().lower() for line in entry["examples"].splitlines()}
    trained |= {phrase.lower() for phrase, _ in encoder_phrases()}
    entries = [entry for path in (ROOT / "tests" / "nlu" / held_out).glob("*.yml") for entry in read_yaml(path)]
    same = [entry for entry in entries if entry["text"].lower() in trained and len(entry["text"].split()) > 2]
    # The number only: nobody who builds reads the evaluation set, not even in a failure.
    assert (len(entries) > 300, len(same)) == (True, 0)


def test_no_code_file_is_too_long_to_read():
    folders = ("assistant", "actions", "tests")
    lengths = {path: _lines(path) for folder in folders for path in (ROOT / folder).rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_an_action_fits_on_a_screen():
    lengths = {name: _lines(ROOT / "actions" / f"{name}.py") for name in [*ACTIONS, "guard", "triage", "triage_memory"]}
    assert {name: length for name, length in lengths.items() if length > LONGEST_ACTION} == {}
    assert _lines(ROOT / "actions" / "base.py") <= LONGEST_BASE


def _lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())
