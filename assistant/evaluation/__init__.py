"""Measures the assistant: how well it understands (evaluate, explore) and how fast it serves beside stock Rasa (bench)."""
