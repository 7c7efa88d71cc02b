"""The only room with Django: pages, forms, the gate to the register."""
