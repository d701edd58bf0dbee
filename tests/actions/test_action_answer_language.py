from __future__ import annotations

import pytest

from actions.action_answer_language import ActionAnswerLanguage
from assistant import guide, site
from assistant.files import DATA, read_yaml
from tests.actions.action_test_helper import run

LANGUAGES = read_yaml(DATA / "language" / "languages.yml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_answered_in_itself_with_the_number_to_call(language: str) -> None:
    said = run(ActionAnswerLanguage(), "other_language", "...", language=language)
    assert said.text == guide.fill(LANGUAGES[language]["text"], site.load().words)
    assert site.load().words["emergency_number"] in said.text
    assert said.topics == ["other_language"]


@pytest.mark.parametrize("latest", [{"language": "xx"}, {"language": "en"}, {}])
def test_a_language_without_a_sentence_is_answered_in_english(latest: dict[str, str]) -> None:
    assert run(ActionAnswerLanguage(), "other_language", **latest).text == _english()


def _english() -> str:
    return guide.compose(guide.load(), "other_language", {}, site.load().words).text
