from __future__ import annotations

from rasa.shared.core.events import BotUttered

from assistant.turn.message import Collector, Message, from_event, from_response, new_id

SOURCE = {"title": "A page", "publisher": "A publisher", "url": "https://example.org"}
RESPONSE = {
    "text": "An **answer**.",
    "buttons": [{"title": "How long they last", "payload": "topic.duration|duration"}],
    "custom": {
        "id": "m1",
        "sources": [SOURCE],
        "urgency": "soon",
        "topics": ["causes"],
        "assumed": {"audience": "baby"},
        "effect": "erase",
    },
}


def test_a_response_becomes_the_message_of_the_contracts() -> None:
    assert from_response(RESPONSE).as_dict() == {
        "id": "m1",
        "text": "An **answer**.",
        "choices": [{"id": "topic.duration", "title": "How long they last", "topic": "duration"}],
        "sources": [SOURCE],
        "urgency": "soon",
        "topics": ["causes"],
        "assumed": {"audience": "baby"},
    }


def test_what_the_turn_has_to_do_is_no_part_of_what_a_visitor_gets() -> None:
    message = from_response(RESPONSE)
    assert message.effect == "erase"
    assert "effect" not in message.as_dict()


def test_a_response_of_text_alone_is_a_whole_message() -> None:
    for response in ({"text": "Hi"}, {"text": "Hi", "buttons": None, "custom": None}):
        message = from_response(response)
        assert message.id
        assert message.as_dict() == {**Message(message.id, "Hi").as_dict()}
        assert message.urgency == "none"


def test_a_stored_event_is_the_message_that_was_said() -> None:
    data = {"buttons": RESPONSE["buttons"], "custom": RESPONSE["custom"]}
    assert from_event(BotUttered(str(RESPONSE["text"]), data)) == from_response(RESPONSE)


async def test_the_collector_keeps_messages_whole_and_in_order() -> None:
    collector = Collector()
    await collector.send_response("visitor", dict(RESPONSE))
    await collector.send_response("visitor", {"text": "More."})
    assert [message.text for message in collector.messages] == ["An **answer**.", "More."]
    assert collector.messages[0] == from_response(RESPONSE)


def test_identities_differ() -> None:
    assert len({new_id() for _ in range(100)}) == 100
