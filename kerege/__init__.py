"""Kerege runs local self-government in the open."""

__version__ = "0.1.0"
