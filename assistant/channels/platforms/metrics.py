"""What operators may count of the messaging platforms; nothing in it says who wrote or what."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 3.0)

ACKNOWLEDGED = Histogram(
    "assistant_channel_acknowledge_seconds", "How long a platform waited for its answer", ["channel"], buckets=BUCKETS
)
RECEIVED = Counter(
    "assistant_channel_received",
    "Messages by what became of them: accepted, duplicate, old, limited, not_theirs; requests: refused, ignored",
    ["channel", "outcome"],
)
SENT = Counter(
    "assistant_channel_sent",
    "Tries to send by outcome: sent, plain, later, again, unsure, refused",
    ["channel", "outcome"],
)
DEAD = Counter("assistant_channel_dead_letters", "Answers that were given up, by reason", ["channel", "reason"])
WAITING = Gauge("assistant_channel_waiting", "Messages to answer (in) and answers to send (out)", ["channel", "queue"])
