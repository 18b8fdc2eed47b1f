"""The hub: the only writer. Its log is the truth; views, pages and documents are ways to ask it."""

__version__ = "0.1.0"
