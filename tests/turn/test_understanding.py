from __future__ import annotations

from typing import Any

import pytest

from assistant import guide
from assistant.ingredients import Checked
from assistant.turn.questions import Question
from assistant.turn.reading import FALLBACK, SURE_NOT_OURS, Before
from assistant.turn.understanding import Context, Understanding, chosen, understand
from tests.turn.fakes import parsed

LABEL = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
CONTEXTS = (Context(), Context(Before("treatment_options")))
CRISIS = "i want to kill myself because of my skin"
EMERGENCY = "my throat is swelling and i cannot breathe"


class Pipeline:
    """Stands in for the trained pipeline and keeps what it was asked."""

    def __init__(self, **result: Any) -> None:
        self.asked: list[str] = []
        self._result = parsed(**result)

    def __call__(self, text: str) -> Any:
        self.asked.append(text)
        return self._result


def entity(name: str, value: str, text: str, role: str | None = None) -> dict[str, Any]:
    start = text.index(role or value)
    return {"entity": name, "value": value, "start": start, "end": start + len(role or value), "extractor": "x"}


class TestWhatNeedsNoModel:
    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            (CRISIS, "crisis"),
            (LABEL, "ingredient_check"),
            ("¿cómo quito los puntos blancos de la cara?", "other_language"),
            (f"{CRISIS} {LABEL}", "crisis"),
        ],
    )
    def test_is_told_apart_before_the_pipeline_is_asked(self, text: str, intent: str) -> None:
        pipeline = Pipeline()
        found = understand(text, pipeline)
        assert (found.intent, found.confidence, pipeline.asked) == (intent, 1.0, [])
        assert found.ranking == [{"name": intent, "confidence": 1.0}]

    def test_red_flags_are_found_in_a_label_and_in_another_language_too(self) -> None:
        assert understand(f"{EMERGENCY} {LABEL}", Pipeline()).finding.urgency == "emergency"
        mixed = f"{EMERGENCY}. ¿cómo quito los puntos blancos de la cara que tengo desde hace años por favor?"
        assert understand(mixed, Pipeline()).finding.urgency == "emergency"

    def test_an_emergency_that_is_no_crisis_is_still_understood(self) -> None:
        found = understand(EMERGENCY, Pipeline(intent="extraction_risks"))
        assert (found.intent, found.finding.urgency) == ("extraction_risks", "emergency")

    def test_a_label_holds_no_question(self) -> None:
        assert understand(LABEL, Pipeline()).questions == []

    def test_the_language_is_told(self) -> None:
        assert understand("comment enlever les grains de milium", Pipeline()).language == "fr"

    @pytest.mark.parametrize(
        "text",
        [
            "my café façade is naïve, are these milia",
            "does Avène Cicalfate cause milia",
            "crème brûlée cream gave me milia",
        ],
    )
    def test_english_with_accents_stays_english(self, text: str) -> None:
        assert understand(text, Pipeline()).language == "en"


class TestWhatThePipelineSays:
    def test_the_fallback_is_never_in_the_ranking(self) -> None:
        ranking = [{"name": FALLBACK, "confidence": 0.4}, {"name": "causes", "confidence": 0.1}]
        found = understand("hm", Pipeline(intent=FALLBACK, confidence=0.4, ranking=ranking))
        assert found.intent == FALLBACK
        assert found.ranking == [{"name": "causes", "confidence": 0.1}]

    def test_no_intent_at_all_is_the_fallback(self) -> None:
        assert understand("hm", Pipeline(intent=None, confidence=0.0, ranking=[])).intent == FALLBACK

    def test_a_plain_message_is_one_question(self) -> None:
        found = understand("how long", Pipeline())
        assert found.questions == [{"text": "how long", "intent": "duration", "confidence": 0.9}]

    def test_a_phrase_becomes_the_value_that_the_content_knows(self) -> None:
        text = "how long for my newborn"
        found = understand(text, Pipeline(entities=[entity("audience", "newborn", text)]))
        assert found.entities == [{"entity": "audience", "value": "baby", "start": 16, "end": 23, "negated": False}]


class TestWhatIsNamedInAMessageThatIsNotOurs:
    """Two ingredients side by side are looked up, but not where they are to help with something else."""

    TEXT = "retinol or squalane for dandruff"

    def read(self, context: Context = CONTEXTS[0], **reading: Any) -> str:
        mentions = [entity("ingredient", name, self.TEXT) for name in ("retinol", "squalane")]
        return understand(self.TEXT, Pipeline(entities=mentions, **reading), context).intent

    def test_it_is_not_looked_up_where_that_is_sure(self) -> None:
        assert self.read(intent="other_skin_condition", confidence=SURE_NOT_OURS) == "other_skin_condition"

    def test_it_is_looked_up_where_that_is_not_sure_or_ours(self) -> None:
        assert self.read(intent="other_skin_condition", confidence=SURE_NOT_OURS - 0.1) == "ingredient_check"
        assert self.read(intent="topical_dissolve", confidence=0.9) == "ingredient_check"

    def test_it_is_looked_up_after_a_list_was_checked(self) -> None:
        after = Context(checked=Checked((LABEL,)))
        assert self.read(after, intent="other_skin_condition", confidence=0.9) == "ingredient_check"


class TestWhatRasaIsHanded:
    def test_a_negated_mention_fills_nothing(self) -> None:
        text = "it is not for a baby"
        found = understand(text, Pipeline(entities=[entity("audience", "baby", text)]))
        assert found.entities[0]["negated"]
        assert found.parse_data()["entities"] == []

    def test_the_first_mention_that_is_not_negated_fills_the_slot(self) -> None:
        text = "not my baby but my teenager and an adult with it on the nose"
        mentions = [entity("audience", value, text) for value in ("baby", "teenager", "adult")]
        found = understand(text, Pipeline(entities=[*mentions, entity("body_area", "nose", text)]))
        handed = [(mention["entity"], mention["value"]) for mention in found.parse_data()["entities"]]
        assert handed == [("audience", "teenager"), ("body_area", "nose")]

    def test_of_several_places_the_one_at_the_eye_counts(self) -> None:
        text = "on my cheeks, the nose and under my eyes"
        mentions = [entity("body_area", words, text) for words in ("cheeks", "nose", "under my eyes")]
        handed = understand(text, Pipeline(entities=mentions)).parse_data()
        assert [mention["value"] for mention in handed["mentions"]] == ["under_eye"]

    def test_a_second_value_of_a_kind_is_handed_on_beside_the_first(self) -> None:
        text = "honey or lemon, not vinegar, and honey"
        words = [entity("treatment", word, text) for word in ("honey", "lemon", "vinegar")]
        handed = understand(text, Pipeline(entities=[*words, words[0]])).parse_data()
        assert [one["value"] for one in handed["mentions"]] == ["honey"]
        assert [one["value"] for one in handed["further"]] == ["lemon"]

    def test_the_story_beside_several_questions_is_handed_on(self) -> None:
        asked = (Question("how long?", "duration", 0.9), Question("does it hurt?", "extraction_risks", 0.9))
        text = "There is a dip in it. how long? does it hurt?"
        assert Understanding(text, "duration", 0.9, asked=asked).parse_data()["story"] == "There is a dip in it."
        assert Understanding(text, "duration", 0.9, asked=asked[:1]).parse_data()["story"] == ""

    def test_what_a_message_that_is_not_ours_names_is_mentioned_and_fills_nothing(self) -> None:
        text = "my baby has eczema"
        mention = entity("audience", "baby", text)
        other = understand(text, Pipeline(intent="other_skin_condition", entities=[mention])).parse_data()
        ours = understand(text, Pipeline(entities=[mention])).parse_data()
        assert [[one["value"] for one in data["mentions"]] for data in (other, ours)] == [["baby"], ["baby"]]
        assert other["entities"] == []
        assert ours["entities"] == ours["mentions"]

    def test_a_reading_that_is_not_sure_brings_the_near_misses_of_the_guide(self) -> None:
        ranking = [("duration", 0.5), ("thank", 0.3), ("causes", 0.1), ("recurrence", 0.05), ("prevention", 0.04)]
        entries = [{"name": name, "confidence": share} for name, share in ranking]
        unsure = understand("how long", Pipeline(confidence=0.5, ranking=entries)).parse_data()
        assert [near["intent"] for near in unsure["close"]] == ["causes", "recurrence"]
        assert understand("how long", Pipeline(confidence=0.99, ranking=entries)).parse_data()["close"] == []

    def test_what_is_all_but_impossible_is_no_near_miss(self) -> None:
        entries = [{"name": "duration", "confidence": 0.5}, {"name": "causes", "confidence": 0.01}]
        assert understand("how long", Pipeline(confidence=0.5, ranking=entries)).parse_data()["close"] == []

    def test_a_follow_up_is_resolved_in_its_context_alone(self) -> None:
        plain, after = (understand("does it hurt", Pipeline(), context).parse_data() for context in CONTEXTS)
        assert (plain["intent"]["name"], plain["follow_up"]) == ("duration", False)
        assert (after["intent"]["name"], after["follow_up"]) == ("extraction_risks", True)

    def test_the_baby_of_a_pregnant_woman_is_not_whom_it_is_about(self) -> None:
        text = "is it bad for the baby"
        mention = entity("audience", "baby", text)
        for audience, mentioned in (("pregnancy", []), (None, ["baby"])):
            found = understand(text, Pipeline(entities=[mention]), Context(Before("duration"), audience))
            assert [one["value"] for one in found.parse_data()["mentions"]] == mentioned

    def test_urgency_and_flags_go_with_the_message(self) -> None:
        data = understand(EMERGENCY, Pipeline()).parse_data()
        assert data["urgency"] == "emergency"
        assert data["flags"][0]["level"] == "emergency"

    def test_intent_and_text_are_what_was_understood(self) -> None:
        data = understand("how long", Pipeline()).parse_data()
        assert data["text"] == "how long"
        assert data["intent"] == {"name": "duration", "confidence": 0.9}
        assert data["language"] == "en"
        assert data["tapped"] is False


@pytest.mark.parametrize("topic", list(guide.load().topics))
def test_a_choice_is_its_topic_for_certain_and_no_sign_of_anything(topic: str) -> None:
    found = chosen(guide.load().topics[topic].title, topic)
    assert (found.intent, found.confidence, found.tapped) == (topic, 1.0, True)
    assert found.parse_data()["urgency"] == "none"
    assert found.parse_data()["tapped"] is True
