"""All that a fuzzer is let loose on, by room and name."""

from tests.fuzz import targets_law, targets_register

ROOMS = {"register": targets_register, "law": targets_law}
TARGETS = {
    f"{room}.{name}": target for room, one in ROOMS.items() for name, target in one.TARGETS.items()
}
SEEDS = {
    f"{room}.{name}": seeds for room, one in ROOMS.items() for name, seeds in one.SEEDS.items()
}
