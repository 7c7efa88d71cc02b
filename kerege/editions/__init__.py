"""The lawyer's room: constitutions, statutes and words as data, no Python but this line."""
