"""Where conversations are kept: tracker store, lock store, replies already given, erasure and expiry."""

from __future__ import annotations

from rasa.core.tracker_store import TrackerStore

from assistant.storage.conversation_store import ConversationStore


def own(store: TrackerStore) -> ConversationStore | None:
    """Return our store inside whatever Rasa wrapped around it, None where another store is in use."""
    inner = getattr(store, "_tracker_store", store)
    return inner if isinstance(inner, ConversationStore) else None


__all__ = ["ConversationStore", "own"]
