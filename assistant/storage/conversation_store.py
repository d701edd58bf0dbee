"""Rasa's SQL tracker store, with a turn that costs the same however long the conversation is.

Rasa rebuilds a tracker from every event of a conversation, several times a turn. This store hands it the last turns and
the state that they start from; the whole conversation stays stored.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

from assistant.storage.tables import (
    OF_A_CONVERSATION,
    Checkpoint,
    Erased,
    Event,
    Feedback,
    FeedbackReason,
    GivenReply,
    Seen,
)

# Turns handed to Rasa. Its policies look back three (config.yml), "repeat" and the open choices a little further.
TURNS_KEPT = 4
# Connections of one process; Rasa would take 50 + 100 of PostgreSQL's usual 100.
POOL = {"pool_size": 5, "max_overflow": 5, "pool_pre_ping": True}


class ConversationStore(SQLTrackerStore):
    """Stores conversations, the replies given in them and their feedback; erases and expires them as a whole."""

    engine: sa.engine.Engine

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Connect as Rasa's store does and bring the database's own settings in order.

        Raises ValueError for a SQLite database in memory: each of its connections would be an empty one of its own.
        """
        super().__init__(*args, **kwargs)
        with super().session_scope():
            pass  # says where a schema that is asked for is missing, and ends the process
        # What Rasa opened to make the tables was opened without these settings.
        self.engine.dispose()
        self.engine = _engine(self.engine.url)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """Provide a session and close it after the block, without Rasa's end of the process at any ValueError in it."""
        with self.sessionmaker() as session:
            yield session

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a tracker of the last turns and the state before them, None for an unknown conversation."""
        with self.session_scope() as session:
            states = _of(session, Checkpoint, sender_id).order_by(Checkpoint.event_id).limit(TURNS_KEPT + 1).all()
            # The first turns are kept whole: nothing came before them.
            before, events = _last_turns(session, sender_id, states[0] if len(states) > TURNS_KEPT else None)
        return self._rebuild(sender_id, _latest_session(before + events))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return a tracker of everything that was ever said in the conversation."""
        with self.session_scope() as session:
            _, events = _last_turns(session, conversation_id, None)
        return self._rebuild(conversation_id, events)

    def _rebuild(self, sender_id: str, events: list[dict[str, Any]]) -> DialogueStateTracker | None:
        if not events:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        tracker.events_stored = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new in `tracker`, and the state that it has come to; nothing of an erased conversation."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            rows = [_row(tracker.sender_id, event) for event in self._additional_events(session, tracker)]
            if rows:
                session.add_all(rows)
                session.flush()
                _keep_state(session, tracker, rows[-1].id)
                session.commit()
        tracker.events_stored = len(tracker.events)

    async def stream_events(self, tracker: DialogueStateTracker) -> None:
        """Publish what is new in `tracker`; Rasa compares lengths, which are those of the last turns only."""
        if self.event_broker is None:
            return
        stored = getattr(tracker, "events_stored", None)
        if stored is None:
            await super().stream_events(tracker)
        else:
            await self._stream_new_events(self.event_broker, list(tracker.events)[stored:], tracker.sender_id)

    def _additional_events(self, session: Session, tracker: DialogueStateTracker) -> Iterator[Any]:
        """Return the events that are not stored yet; none where the conversation was erased while its turn ran.

        Rasa skips as many as are stored, which loses events once a tracker holds only the last turns.
        """
        if session.get(Erased, tracker.sender_id) is not None:
            return iter(())
        stored = getattr(tracker, "events_stored", None)
        if stored is None:
            return super()._additional_events(session, tracker)  # type: ignore[no-any-return]
        return iter(list(tracker.events)[stored:])

    def said(self, sender_id: str) -> list[dict[str, Any]]:
        """Return the `user` and `bot` events of the whole conversation, in order, as Rasa stores them."""
        with self.session_scope() as session:
            query = _of(session, Event, sender_id).filter(Event.type_name.in_(("user", "bot"))).order_by(Event.id)
            return [json.loads(row.data) for row in query]

    def erase(self, sender_id: str) -> None:
        """Forget everything of one conversation and remember only that its token is void."""
        with self.session_scope() as session:
            _delete(session, sender_id)
            session.merge(Erased(sender_id=sender_id, at=time.time()))
            session.commit()
            _empty_log(session)

    def forget(self, sender_id: str) -> None:
        """Forget everything of one conversation; its visitor may go on."""
        with self.session_scope() as session:
            _delete(session, sender_id)
            session.commit()
            _empty_log(session)

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
        said, at = json.dumps(reply), time.time()
        self._keep(GivenReply(sender_id=sender_id, message_id=message_id, digest=digest, reply=said, at=at))

    def keep_feedback(self, sender_id: str, message_id: str, helpful: bool, reason: str | None = None) -> None:
        """Remember whether a message helped, and why it did not; the last word counts."""
        where, at = {"sender_id": sender_id, "message_id": message_id}, time.time()
        with self.session_scope() as session:
            if session.get(Erased, sender_id) is not None:
                return
            session.query(FeedbackReason).filter_by(**where).delete()
            session.merge(Feedback(**where, helpful=helpful, at=at))
            if reason is not None:
                session.add(FeedbackReason(**where, reason=reason, at=at))
            session.commit()

    def _keep(self, row: Any) -> None:
        with self.session_scope() as session:
            if session.get(Erased, row.sender_id) is None:
                session.merge(row)
                session.commit()

    def silent_since(self, moment: float) -> list[str]:
        """Return the conversations whose last event is older than `moment` (epoch seconds)."""
        with self.session_scope() as session:
            last = sa.func.max(Event.timestamp)
            query = session.query(Event.sender_id).group_by(Event.sender_id).having(last < moment)
            return [sender_id for (sender_id,) in query]

    def drop_before(self, replies: float, feedback: float, erased: float, seen: float) -> None:
        """Drop kept replies, feedback and marks of erasure older than these moments (epoch seconds).

        Names of platforms' messages go that need to be known until `seen` only.
        """
        with self.session_scope() as session:
            session.query(GivenReply).filter(GivenReply.at < replies).delete()
            for table in (Feedback, FeedbackReason):
                session.query(table).filter(table.at < feedback).delete()
            session.query(Erased).filter(Erased.at < erased).delete()
            session.query(Seen).filter(Seen.until < seen).delete()
            session.commit()


def _of(session: Session, table: Any, sender_id: str) -> Any:
    return session.query(table).filter(table.sender_id == sender_id)


def _delete(session: Session, sender_id: str) -> None:
    for table in OF_A_CONVERSATION:
        _of(session, table, sender_id).delete()


def _last_turns(
    session: Session, sender_id: str, checkpoint: Checkpoint | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the events that make up the state at `checkpoint` and those stored after it; all of them without one."""
    query = _of(session, Event, sender_id).order_by(Event.id)
    before: list[dict[str, Any]] = []
    if checkpoint is not None:
        query = query.filter(Event.id > checkpoint.event_id)
        before = json.loads(checkpoint.state)
    return before, [json.loads(row.data) for row in query]


def _row(sender_id: str, event: Any) -> Event:
    """Return an event as Rasa's own store writes it (rasa.core.tracker_store.SQLTrackerStore.save)."""
    data = event.as_dict()
    return Event(
        sender_id=sender_id,
        type_name=event.type_name,
        timestamp=data.get("timestamp"),
        intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
        action_name=data.get("name"),
        data=json.dumps(data),
    )


def _keep_state(session: Session, tracker: DialogueStateTracker, newest: int) -> None:
    """Remember the state that belongs to the event `newest`, and only as many states as there are turns to hand out."""
    session.add(Checkpoint(event_id=newest, sender_id=tracker.sender_id, state=_state(tracker)))
    session.flush()
    of_this = Checkpoint.sender_id == tracker.sender_id
    newer = session.query(Checkpoint.event_id).filter(of_this).order_by(Checkpoint.event_id.desc())
    oldest = newer.limit(1).offset(TURNS_KEPT).scalar_subquery()
    # Without an offset row the comparison is with NULL, and nothing goes.
    session.query(Checkpoint).filter(of_this, Checkpoint.event_id < oldest).delete(synchronize_session=False)


def _state(tracker: DialogueStateTracker) -> str:
    """Return, as JSON, the events that bring an empty tracker to the state that `tracker` is in."""
    slots = [(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value]
    events: list[dict[str, Any]] = [{"event": "slot", "name": name, "value": value} for name, value in slots]
    loop = tracker.active_loop_name
    if loop:
        events.append({"event": "active_loop", "name": loop})
    if tracker.latest_action_name:
        events.append({"event": "action", "name": tracker.latest_action_name})
    if tracker.is_active_loop_rejected:
        events.append({"event": "action_execution_rejected", "name": loop})
    if tracker.is_paused():
        events.append({"event": "pause"})
    return json.dumps(events)


def _latest_session(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events since the last session began: nothing of an older one is carried over."""
    starts = [place for place, event in enumerate(events) if event["event"] == SessionStarted.type_name]
    return events[starts[-1] :] if starts else events


def _engine(url: sa.engine.URL) -> sa.engine.Engine:
    # What is bound to a statement is what a visitor typed; an error of the database must not carry it into a log.
    settings: dict[str, Any] = {**create_engine_kwargs(url), "hide_parameters": True}
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, **{**settings, **POOL})
    if url.database in {None, "", ":memory:"}:
        raise ValueError("the conversation store needs a file (`db`) or a database server (`dialect`, `host`)")
    # Opened anew for each statement, SQLite would bring its log into the file each time: twice the time of a turn.
    settings.update(poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False})
    engine = sa.create_engine(url, **settings)
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Let readers and the writer work side by side, and wait for the disk once a checkpoint, not once a turn."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    # Erased rows are overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete=ON")


def _empty_log(session: Session) -> None:
    """Take what was erased out of SQLite's write-ahead log, too."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
