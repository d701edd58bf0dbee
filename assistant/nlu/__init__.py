"""Rasa graph components of the assistant, and the sentence encoder that they share."""
