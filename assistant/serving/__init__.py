"""Starts what the assistant consists of: the model, the action server, and both as one service."""
