"""Erases conversations by age, by itself, for as long as the server runs."""

from __future__ import annotations

import asyncio
import logging
import time

from assistant.storage.conversation_store import ConversationStore

logger = logging.getLogger(__name__)

DAY = 86_400.0  # seconds
ROUND = 3_600.0  # seconds between two rounds
REPLIES_KEPT = DAY  # the contracts: a retried message finds its reply for 24 hours
# A token lives 24 hours from its last renewal, so after two days no token of an erased conversation is valid by itself.
ERASURES_KEPT = 2 * DAY


def expire(store: ConversationStore, days: float, now: float | None = None) -> int:
    """Erase every conversation that has been silent for `days`; return how many there were."""
    now = time.time() if now is None else now
    oldest = now - days * DAY
    silent = store.silent_since(oldest)
    for conversation in silent:
        store.forget(conversation)
    store.drop_before(replies=now - REPLIES_KEPT, feedback=oldest, erased=now - ERASURES_KEPT, seen=now)
    return len(silent)


async def keep_expiring(store: ConversationStore, days: float, pause: float = ROUND) -> None:
    """Expire now and then again every `pause` seconds, for ever; a failed round is said and tried again."""
    while True:
        try:
            count = await asyncio.get_running_loop().run_in_executor(None, expire, store, days)
            if count:
                logger.info("Erased %d conversations that were silent for %g days", count, days)
        except Exception as error:  # the next round may find the database again
            logger.error("Could not expire conversations: %s", type(error).__name__)
        await asyncio.sleep(pause)
