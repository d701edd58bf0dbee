"""What messaging platforms were promised, kept in the conversations' own database so that it survives the process.

A message is acknowledged once it stands here, and an answer is sent from here. Each step is one transaction: what was
answered is replaced by its answers, what was sent is gone. A process that ends in the middle leaves its claim, which
another takes over when the lease is up.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from assistant.storage.conversation_store import ConversationStore
from assistant.storage.tables import Offers, Seen, Work

_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Promise:
    """Something to be done: in a queue, after what was promised in the same lane before."""

    queue: str
    lane: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A promise that is being worked on.

    `at` is when it was made and `until` when the claim ends (epoch seconds), `tries` counts this one, too.
    """

    id: int
    claim: str
    lane: str
    content: Mapping[str, Any]
    at: float
    until: float
    tries: int


class Promises:
    """Reads and writes what is promised, in the database of `store`."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys`, a platform's own names for messages, that were seen before."""
        digests = {digest(key): key for key in keys}
        with self._store.session_scope() as session:
            found = session.query(Seen.key).filter(Seen.key.in_(list(digests)), Seen.until > time.time())
            return {digests[key] for (key,) in found}

    def accept(self, messages: Sequence[tuple[Sequence[str], Promise | None]], remember: float) -> int:
        """Promise each message whose keys were never seen, remember them for so many seconds; return how many.

        A message is (keys, promise); without a promise only its keys are remembered. All of it is one transaction.
        """
        accepted = 0
        until = time.time() + remember
        with self._store.session_scope() as session:
            for keys, promise in messages:
                fresh = [_remember(session, key, until) for key in keys]
                if all(fresh) and promise is not None:
                    session.add(_row(promise))
                    accepted += 1
            session.commit()
        return accepted

    def claim(self, queue: str, most: int, lease: float) -> list[Claimed]:
        """Return up to `most` promises that are due, no two of a lane, held for `lease` seconds."""
        now = time.time()
        with self._store.session_scope() as session:
            rows = session.execute(_due(), {"queue": queue, "now": now, "most": most}).all()
            claimed = [_claim(session, row, now, lease) for row in rows]
            session.commit()
        return [item for item in claimed if item is not None]

    def keep(
        self, item: Claimed, promises: Sequence[Promise] = (), offers: tuple[str, Sequence[Any]] | None = None
    ) -> bool:
        """Replace what was promised by what follows from it; return False where another took it over meanwhile.

        `offers` is (conversation, its choices to remember).
        """
        with self._store.session_scope() as session:
            mine = sa.and_(Work.id == item.id, Work.claim == item.claim)
            if not session.query(Work).filter(mine).delete(synchronize_session=False):
                return False
            session.add_all(_row(promise) for promise in promises)
            if offers is not None:
                session.merge(Offers(sender_id=offers[0], offers=json.dumps(offers[1])))
            session.commit()
        return True

    def put(self, promises: Sequence[Promise]) -> None:
        """Promise what no message asked for."""
        with self._store.session_scope() as session:
            session.add_all(_row(promise) for promise in promises)
            session.commit()

    def put_off(self, item: Claimed, seconds: float) -> None:
        """Give a claim back, to be due again in so many seconds."""
        with self._store.session_scope() as session:
            mine = sa.and_(Work.id == item.id, Work.claim == item.claim)
            session.query(Work).filter(mine).update(
                {"claim": None, "lease": 0.0, "due": time.time() + seconds}, synchronize_session=False
            )
            session.commit()

    def waiting(self, queue: str) -> int:
        """Return how many promises of a queue are not kept yet."""
        with self._store.session_scope() as session:
            return int(session.query(sa.func.count(Work.id)).filter(Work.queue == queue).scalar())

    def offers(self, conversation: str) -> list[Any] | None:
        """Return the choices that a conversation was offered, None where it never had an answer."""
        with self._store.session_scope() as session:
            row = session.get(Offers, conversation)
            return list(json.loads(row.offers)) if row else None

    def said_to(self, conversation: str, message_id: str) -> list[dict[str, Any]]:
        """Return the `bot` events that answer one message, where its turn was stored before the process ended."""
        answers: list[dict[str, Any]] = []
        asked = False
        for event in self._store.said(conversation):
            if event["event"] == "user":
                asked = event.get("message_id") == message_id
            elif asked:
                answers.append(event)
        return answers


def digest(key: str) -> str:
    """Return what is stored of a platform's own name for a message: it may hold the number of a telephone."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _remember(session: Session, key: str, until: float) -> bool:
    """Note a key; return False where it was noted before and is still to be known."""
    statement = _remembering(session.get_bind().dialect.name)
    return bool(session.execute(statement, {"key": digest(key), "until": until, "now": time.time()}).rowcount)


# Statements are built once: building one takes longer than SQLite takes to carry it out.
@cache
def _remembering(dialect: str) -> Any:
    fresh = _INSERTS[dialect](Seen).values(key=sa.bindparam("key"), until=sa.bindparam("until"))
    return fresh.on_conflict_do_update(
        index_elements=[Seen.key], set_={"until": fresh.excluded.until}, where=Seen.until <= sa.bindparam("now")
    )


def _row(promise: Promise) -> Work:
    now = time.time()
    return Work(queue=promise.queue, lane=promise.lane, content=json.dumps(promise.content), at=now, due=now)


@cache
def _due() -> Any:
    """Return the query of what may be claimed: due, free, and the first of a lane in which nothing is being done."""
    now, other = sa.bindparam("now"), aliased(Work)
    before = sa.select(other.id).where(
        other.queue == Work.queue, other.lane == Work.lane, sa.or_(other.id < Work.id, other.lease > now)
    )
    columns = (Work.id, Work.lane, Work.content, Work.at, Work.tries)
    free = (Work.queue == sa.bindparam("queue"), Work.due <= now, Work.lease <= now, ~before.exists())
    return sa.select(*columns).where(*free).order_by(Work.id).limit(sa.bindparam("most"))


@cache
def _claiming() -> Any:
    mine = sa.update(Work).where(Work.id == sa.bindparam("row"), Work.lease <= sa.bindparam("now"))
    held = mine.values(claim=sa.bindparam("token"), lease=sa.bindparam("until"), tries=Work.tries + 1)
    return held.execution_options(synchronize_session=False)


def _claim(session: Session, row: Any, now: float, lease: float) -> Claimed | None:
    token = uuid.uuid4().hex
    given = {"row": row.id, "now": now, "token": token, "until": now + lease}
    if not session.execute(_claiming(), given).rowcount:
        return None  # another process was faster
    return Claimed(row.id, token, row.lane, json.loads(row.content), row.at, now + lease, row.tries + 1)
