"""The milia guide assistant: content, understanding, safety and channels, as a plain Python library."""
