"""What leaves the house: exports as plain files, read and judged again without Django."""
