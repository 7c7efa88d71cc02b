"""The Kyrgyz language: its letters, stems of its words, where they break, and old fonts undone."""
