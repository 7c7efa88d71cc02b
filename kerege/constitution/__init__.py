"""A rulebook answers who may do what, under which article, on which day.

Pure: no files, no clock, no network. Law comes in as text and leaves as rulings.
"""
