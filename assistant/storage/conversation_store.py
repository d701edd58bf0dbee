"""Rasa's SQL tracker store, with a turn that costs the same however long the conversation is.

Rasa rebuilds a tracker from every event of a conversation, several times a turn. This store hands it the last turns and
the state that they start from; the whole conversation stays stored.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

from assistant.storage.tables import OF_A_CONVERSATION, Checkpoint, Erased, Event, Feedback, GivenReply

# Turns handed to Rasa. Its policies look back three (config.yml), "repeat" and the open choices a little further.
TURNS_KEPT = 4
# Connections of one process; Rasa would take 50 + 100 of PostgreSQL's usual 100.
POOL = {"pool_size": 5, "max_overflow": 5, "pool_pre_ping": True}


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
    """Stores conversations, the replies given in them and their feedback; erases and expires them as a whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Connect as Rasa's store does and bring the database's own settings in order."""
        super().__init__(*args, **kwargs)
        # What Rasa opened to make the tables was opened without these settings.
        self.engine.dispose()
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _tune_sqlite)
        else:
            self.engine = sa.create_engine(self.engine.url, **POOL)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a tracker of the last turns and the state before them, None for an unknown conversation."""
        with self.session_scope() as session:
            checkpoint = _of(session, Checkpoint, sender_id).order_by(Checkpoint.event_id).first()
            return self._recall(session, sender_id, checkpoint)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return a tracker of everything that was ever said in the conversation."""
        with self.session_scope() as session:
            return self._recall(session, conversation_id, None)

    def _recall(self, session: Session, sender_id: str, checkpoint: Checkpoint | None) -> DialogueStateTracker | None:
        query = _of(session, Event, sender_id).order_by(Event.id)
        before: list[dict[str, Any]] = []
        # The first turns are kept whole: nothing came before them.
        if checkpoint is not None and _of(session, Checkpoint, sender_id).count() > TURNS_KEPT:
            query = query.filter(Event.id > checkpoint.event_id)
            before = json.loads(checkpoint.state)
        events = [json.loads(row.data) for row in query]
        if not events and not before:
            return None
        events = _latest_session(before + events)
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.events_stored = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new in `tracker`, and the state that it has come to."""
        await super().save(tracker)
        tracker.events_stored = len(tracker.events)
        with self.session_scope() as session:
            newest = session.query(sa.func.max(Event.id)).filter(Event.sender_id == tracker.sender_id).scalar()
            if newest is None or session.get(Checkpoint, newest) is not None:
                return
            session.add(Checkpoint(event_id=newest, sender_id=tracker.sender_id, state=_state(tracker)))
            kept = _of(session, Checkpoint, tracker.sender_id).order_by(Checkpoint.event_id.desc())
            for old in kept.offset(TURNS_KEPT + 1):
                session.delete(old)
            session.commit()

    def _additional_events(self, session: Session, tracker: DialogueStateTracker) -> Iterator[Any]:
        """Return the events that are not stored yet.

        Rasa skips as many as are stored, which loses events once a tracker holds only the last turns.
        """
        stored = getattr(tracker, "events_stored", None)
        if stored is None:
            return super()._additional_events(session, tracker)  # type: ignore[no-any-return]
        return iter(list(tracker.events)[stored:])

    def erase(self, sender_id: str) -> None:
        """Forget everything of one conversation and remember only that its token is void."""
        with self.session_scope() as session:
            _delete(session, sender_id)
            session.merge(Erased(sender_id=sender_id, at=time.time()))
            session.commit()

    def forget(self, sender_id: str) -> None:
        """Forget everything of one conversation; its visitor may go on."""
        with self.session_scope() as session:
            _delete(session, sender_id)
            session.commit()

    def is_erased(self, sender_id: str) -> bool:
        """Return whether the conversation was erased on request."""
        with self.session_scope() as session:
            return session.get(Erased, sender_id) is not None

    def given_reply(self, sender_id: str, message_id: str) -> tuple[str, Any] | None:
        """Return (digest of the message, reply) where this message was answered before."""
        with self.session_scope() as session:
            row = session.get(GivenReply, (sender_id, message_id))
            return (row.digest, json.loads(row.reply)) if row else None

    def keep_reply(self, sender_id: str, message_id: str, digest: str, reply: Any) -> None:
        """Remember what was answered to one message."""
        row = GivenReply(sender_id=sender_id, message_id=message_id, digest=digest, reply=json.dumps(reply), at=time.time())
        with self.session_scope() as session:
            session.merge(row)
            session.commit()

    def keep_feedback(self, sender_id: str, message_id: str, helpful: bool) -> None:
        """Remember whether a message helped; the last word counts."""
        with self.session_scope() as session:
            session.merge(Feedback(sender_id=sender_id, message_id=message_id, helpful=helpful, at=time.time()))
            session.commit()

    def silent_since(self, moment: float) -> list[str]:
        """Return the conversations whose last event is older than `moment` (epoch seconds)."""
        with self.session_scope() as session:
            query = session.query(Event.sender_id).group_by(Event.sender_id).having(sa.func.max(Event.timestamp) < moment)
            return [sender_id for (sender_id,) in query]

    def drop_before(self, replies: float, erased: float) -> None:
        """Drop kept replies and marks of erasure older than these moments (epoch seconds)."""
        with self.session_scope() as session:
            session.query(GivenReply).filter(GivenReply.at < replies).delete()
            session.query(Erased).filter(Erased.at < erased).delete()
            session.commit()


def _of(session: Session, table: Any, sender_id: str) -> Any:
    return session.query(table).filter(table.sender_id == sender_id)


def _delete(session: Session, sender_id: str) -> None:
    for table in OF_A_CONVERSATION:
        _of(session, table, sender_id).delete()


def _state(tracker: DialogueStateTracker) -> str:
    """Return, as JSON, the events that bring an empty tracker to the state that `tracker` is in."""
    slots = [(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value]
    events: list[dict[str, Any]] = [{"event": "slot", "name": name, "value": value} for name, value in slots]
    if tracker.active_loop:
        events.append({"event": "active_loop", "name": tracker.active_loop_name})
    return json.dumps([*events, {"event": "action", "name": ACTION_LISTEN_NAME}])


def _latest_session(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events since the last session began: nothing of an older one is carried over."""
    starts = [place for place, event in enumerate(events) if event["event"] == SessionStarted.type_name]
    return events[starts[-1] :] if starts else events


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Let readers and the writer work side by side, and wait for the disk once a checkpoint, not once a turn."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    # Erased rows are overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete=ON")
