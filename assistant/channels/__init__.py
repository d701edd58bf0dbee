"""Rasa input channels. Each checks who is speaking and hands what was said to `assistant.turn`."""
