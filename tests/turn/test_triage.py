"""What a message says to the triage form, what is a question in between, and how an emergency ends the form."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant import referral
from assistant.files import ROOT
from assistant.turn import ChoiceGone, Turns, triage
from assistant.turn.action_endpoint import ActionEndpoint
from assistant.turn.message import FAILED
from assistant.turn.questions import Question
from assistant.turn.reading import Before
from assistant.turn.understanding import Context, chosen, understand
from tests.trained import Trained
from tests.turn.fakes import agent, parsed, pipeline, response

TOPIC = referral.triage().topic
EMERGENCY = "my throat is swelling and i cannot breathe"
ASKED_WHERE = Context(Before("treatment_options"), form_asks="where")


class Pipeline:
    def __init__(self, intent: str = "duration", confidence: float = 0.9) -> None:
        self.asked: list[str] = []
        self._result = parsed(intent, confidence)

    def __call__(self, text: str) -> Any:
        self.asked.append(text)
        return self._result


def heard(text: str, intent: str = "duration", confidence: float = 0.9, asked: str = "where") -> tuple[str, Any]:
    found = understand(text, Pipeline(intent, confidence), Context(form_asks=asked)).heard
    assert found is not None
    return found.does, dict(found.answers)


class TestInTheForm:
    def test_an_answer_is_read_without_a_model(self) -> None:
        pipeline = Pipeline()
        found = understand("on my eyelid", pipeline, ASKED_WHERE)
        assert (found.intent, found.confidence, pipeline.asked) == (TOPIC, 1.0, [])
        assert found.parse_data()["triage"] == {"answers": {"where": ["eyelid"]}, "does": "answer"}

    def test_a_question_is_one_in_between_and_what_is_told_besides_is_kept(self) -> None:
        assert heard("on my eyelid. can i pop it?", "self_extraction") == ("asks", {"where": ["eyelid"]})
        assert heard("is it bad on the eyelid?", "eye_area") == ("asks", {})

    def test_a_title_is_a_question_in_between_where_it_was_read_surely(self) -> None:
        assert heard("milia removal at home", "self_extraction", 0.95)[0] == "asks"
        assert heard("the lighter one by my temples maybe", "identify_milia", 0.4) == ("answer", {"where": ["face"]})
        assert heard("the lighter one", "identify_milia", 0.4)[0] == "unclear"

    @pytest.mark.parametrize("intent", ["affirm", "deny", "nlu_fallback"])
    def test_yes_no_and_what_fits_nothing_are_answers_that_were_not_understood(self, intent: str) -> None:
        assert heard("yes sure why not", intent, 0.99)[0] == "unclear"

    def test_few_words_that_look_like_what_is_not_ours_were_not_understood_either(self) -> None:
        assert heard("blue banana", "off_topic", 0.99)[0] == "unclear"
        assert heard("what do you think of the president", "off_topic", 0.99)[0] == "asks"
        assert heard("you idiot", "abuse", 0.99)[0] == "asks"

    def test_asking_for_the_check_again_gets_the_question_explained(self) -> None:
        assert heard("should somebody look at my thing", TOPIC)[0] == "explain"

    def test_a_label_and_another_language_are_questions_in_between(self) -> None:
        label = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
        for text in (label, "¿cómo quito los puntos blancos de la cara?"):
            found = understand(text, Pipeline(), ASKED_WHERE)
            assert found.heard is None or found.heard.does == "asks"
            assert found.intent != TOPIC

    def test_red_flags_are_found_in_an_answer(self) -> None:
        found = understand("on my eyelid, it is hot and full of pus", Pipeline(), ASKED_WHERE)
        assert (found.urgency, found.intent) == ("today", TOPIC)


class TestAStart:
    def test_takes_what_is_told_and_not_what_is_asked(self) -> None:
        found = understand("my bump has been there for 3 weeks. is it on the eyelid that it is bad?", Pipeline(TOPIC))
        assert found.heard == referral.Heard({"how_long": ["weeks"]}, "start")

    def test_has_nothing_to_do_with_other_questions(self) -> None:
        assert understand("it has been there for 3 weeks", Pipeline()).heard is None

    def test_beside_another_question_it_comes_last(self) -> None:
        asked = [Question("a", TOPIC, 1.0), Question("b", "duration", 1.0)]
        assert [question.intent for question in triage.after_the_rest(asked)] == ["duration", TOPIC]


class TestATap:
    def test_is_the_answer_that_its_id_names(self) -> None:
        assert triage.tapped("triage.who.baby", TOPIC) == referral.Heard({"who": ["baby"]}, "answer")
        assert triage.tapped("triage.who.skipped", TOPIC) == referral.Heard({"who": ["skipped"]}, "answer")
        assert triage.tapped("triage.stop", TOPIC) == referral.Heard({}, "stop")
        assert triage.tapped(f"topic.{TOPIC}", TOPIC) == referral.Heard({}, "start")
        assert triage.tapped("topic.duration", "duration") is None

    def test_of_a_topic_says_nothing_to_the_form(self) -> None:
        assert chosen("How long they last", "duration").parse_data()["triage"] is None

    @pytest.mark.parametrize(
        ("choice", "asked", "over"),
        [
            ("triage.stop", None, True),
            ("triage.stop", "who", False),
            ("triage.who.skipped", "where", True),
            ("triage.who.skipped", "who", False),
            ("triage.who.baby", "where", False),
            ("triage.who.baby", None, False),
            (f"topic.{TOPIC}", None, False),
        ],
    )
    def test_on_stop_or_skip_is_over_with_its_question(self, choice: str, asked: str | None, over: bool) -> None:
        assert triage.is_over(triage.tapped(choice, TOPIC), asked) is over

    async def test_on_stop_after_the_form_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pipeline(monkeypatch)
        offered = {
            "text": "?",
            "buttons": [{"title": "Stop", "payload": f"triage.stop|{TOPIC}"}],
            "custom": {"id": "1"},
        }
        turns = Turns(agent(lambda _: [offered]))
        await turns.take("visitor", "hello there you")
        with pytest.raises(ChoiceGone):
            await turns.choose("visitor", "triage.stop")
        await turns.close()


class TestNamed:
    def test_holds_the_things_that_the_form_asks_about_with_their_places_and_denials(self) -> None:
        found = triage.named("No pain, but my Baby has it on the lower eyelid")
        assert [(one["entity"], one["value"], one["negated"]) for one in found] == [
            ("symptom", "pain", True),
            ("audience", "baby", False),
            ("body_area", "eyelid", False),
        ]
        assert "No pain, but my Baby has it"[found[1]["start"] : found[1]["end"]] == "Baby"


def running() -> DialogueStateTracker:
    tracker = DialogueStateTracker("visitor", [TextSlot("requested_slot", [{"type": "custom"}])])
    tracker.update_with_events([ActiveLoop(referral.FORM), SlotSet("requested_slot", "triage_where")], None)
    return tracker


class TestAnEmergency:
    # Rasa says so of every domain.
    @pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed:UserWarning")
    async def test_ends_the_form_before_rasa_sees_the_message(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pipeline(monkeypatch)
        domain = Domain.load(str(ROOT / "domain.yml"))
        store = InMemoryTrackerStore(domain)
        turns = Turns(agent(lambda _: [response()], store=store))
        tracker = await store.get_or_create_tracker("visitor")
        tracker.update_with_events([ActiveLoop(referral.FORM), SlotSet("requested_slot", "triage_where")], domain)
        await store.save(tracker)
        await turns.take("visitor", "on my nose")
        assert (await store.retrieve("visitor")).active_loop_name == referral.FORM
        await turns.take("visitor", EMERGENCY)
        after = await store.retrieve("visitor")
        assert (after.active_loop_name, after.get_slot("requested_slot")) == (None, None)
        await turns.close()

    async def test_without_a_form_changes_nothing(self) -> None:
        store = InMemoryTrackerStore(Domain.empty())
        await triage.end(store, "nobody")
        assert await store.retrieve("nobody") is None


def test_the_open_question_is_known_only_while_the_form_runs() -> None:
    tracker = running()
    assert triage.open_question(tracker) == "where"
    tracker.update(ActiveLoop(None))
    assert triage.open_question(tracker) is None


class TestWithTheTrainedModel:
    def test_red_flags_work_in_the_form_while_the_action_server_is_down_and_the_form_goes_on_after_it(
        self, trained: Trained
    ) -> None:
        visitor = "down in the form"
        trained.say(visitor, "start the bump check")
        trained.say(visitor, "me")
        with down(trained):
            (urgent,) = trained.say(visitor, "it is hot and full of pus")
            (plain,) = trained.say(visitor, "on my nose")
        assert urgent.text.startswith("Have this seen **today**")
        assert (urgent.urgency, urgent.effect, plain.effect) == ("today", FAILED, FAILED)
        assert trained.say(visitor, "on my nose")[-1].text.startswith("**3/6**")
        with down(trained):
            (emergency,) = trained.say(visitor, EMERGENCY)
        assert (emergency.urgency, emergency.effect) == ("emergency", FAILED)
        assert [said.topics for said in trained.say(visitor, "how long do milia last")] == [["duration"]]

    def test_starting_over_and_erasing_end_the_form(self, trained: Trained) -> None:
        for leave in ("start over", "erase this chat"):
            trained.say(leave, "start the bump check")
            assert len(trained.say(leave, leave)) == 1
            assert [said.topics for said in trained.say(leave, "how long do milia last")] == [["duration"]]

    def test_nothing_of_the_form_is_carried_into_a_new_session(self, trained: Trained) -> None:
        visitor = "away for an hour"
        trained.say(visitor, "start the bump check")
        tracker = trained.loop.run_until_complete(trained.turns.agent.tracker_store.retrieve(visitor))
        tracker.update_with_events([SessionStarted()], trained.turns.agent.domain)
        trained.loop.run_until_complete(trained.turns.agent.tracker_store.save(tracker))
        assert [said.topics for said in trained.say(visitor, "how long do milia last")] == [["duration"]]


@contextmanager
def down(trained: Trained) -> Iterator[None]:
    """Take the action server away for the length of the block."""
    processor = trained.turns.agent.processor
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/webhook"
    endpoint, processor.action_endpoint = processor.action_endpoint, ActionEndpoint(EndpointConfig(address))
    try:
        yield
    finally:
        trained.loop.run_until_complete(processor.action_endpoint.close())
        processor.action_endpoint = endpoint
