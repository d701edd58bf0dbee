"""Measures the assistant: how well it understands (evaluate, explore), how fast it serves (bench)."""
