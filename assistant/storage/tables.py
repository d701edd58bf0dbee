"""The tables beside Rasa's own `events`. All carry the conversation, so that erasing one forgets nothing."""

from __future__ import annotations

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

Base = SQLTrackerStore.Base
Event = SQLTrackerStore.SQLEvent


class Checkpoint(Base):  # type: ignore[misc,valid-type]
    """The state of a conversation once the event `event_id` was stored, as JSON: slots and the active form."""

    __tablename__ = "checkpoints"

    event_id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    sender_id = sa.Column(sa.String(255), nullable=False, index=True)
    state = sa.Column(sa.Text, nullable=False)


class GivenReply(Base):  # type: ignore[misc,valid-type]
    """What was answered to one message of a client, so that its retry gets the same. `at` is in epoch seconds."""

    __tablename__ = "given_replies"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    message_id = sa.Column(sa.String(64), primary_key=True)
    digest = sa.Column(sa.String(64), nullable=False)
    reply = sa.Column(sa.Text, nullable=False)
    at = sa.Column(sa.Float, nullable=False, index=True)


class Feedback(Base):  # type: ignore[misc,valid-type]
    """Whether one message of the assistant helped."""

    __tablename__ = "feedback"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    message_id = sa.Column(sa.String(64), primary_key=True)
    helpful = sa.Column(sa.Boolean, nullable=False)
    at = sa.Column(sa.Float, nullable=False)


class FeedbackReason(Base):  # type: ignore[misc,valid-type]
    """Why a message did not help, where it was said. A table of its own: older databases get it by themselves."""

    __tablename__ = "feedback_reasons"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    message_id = sa.Column(sa.String(64), primary_key=True)
    reason = sa.Column(sa.String(32), nullable=False)
    at = sa.Column(sa.Float, nullable=False)


class Erased(Base):  # type: ignore[misc,valid-type]
    """A conversation whose token must not be taken any more. Nothing of what was said is left in it."""

    __tablename__ = "erased"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    at = sa.Column(sa.Float, nullable=False)


class Work(Base):  # type: ignore[misc,valid-type]
    """Something that a messaging platform was promised: a message to answer, or an answer to send.

    The rows of a lane are worked on in order, one at a time: by whoever holds the `claim`, until `lease` ends. Rows go
    as soon as they are done. Times are in epoch seconds.
    """

    __tablename__ = "channel_work"
    __table_args__ = (sa.Index("channel_work_lane", "queue", "lane", "id"),)

    id = sa.Column(sa.Integer, primary_key=True)
    queue = sa.Column(sa.String(64), nullable=False)
    lane = sa.Column(sa.String(255), nullable=False)
    content = sa.Column(sa.Text, nullable=False)
    at = sa.Column(sa.Float, nullable=False)
    due = sa.Column(sa.Float, nullable=False)
    tries = sa.Column(sa.Integer, nullable=False, default=0)
    claim = sa.Column(sa.String(32))
    lease = sa.Column(sa.Float, nullable=False, default=0.0)


class Seen(Base):  # type: ignore[misc,valid-type]
    """The digest of a platform's own name for a message, so that its copies are dropped `until` (epoch seconds)."""

    __tablename__ = "channel_seen"

    key = sa.Column(sa.String(64), primary_key=True)
    until = sa.Column(sa.Float, nullable=False, index=True)


class Offers(Base):  # type: ignore[misc,valid-type]
    """The choices that a conversation on a messaging platform was offered lately, as JSON, oldest first."""

    __tablename__ = "channel_offers"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    offers = sa.Column(sa.Text, nullable=False)


# A conversation's rows of `Work` go when they are done, within a day: the answer that says "erased" is one of them.
OF_A_CONVERSATION = (Event, Checkpoint, GivenReply, Feedback, FeedbackReason, Offers)
