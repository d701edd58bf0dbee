"""Rasa custom actions: thin, one file an action, the file named after the action."""

from rasa_sdk.plugin import plugin_manager

from actions import guard

# `python -m rasa_sdk` imports this package and then asks its plugins to extend the server.
if not plugin_manager().is_registered(guard):
    plugin_manager().register(guard)
