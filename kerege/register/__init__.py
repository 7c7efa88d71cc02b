"""The register room: exact bytes, a Merkle tree over them, and signed statements about the tree.

A municipality is what its register says, so anyone must be able to check that register without us.
Everything here is a pure function of its arguments: no files, no database, no clock, no network.

    canonical   one value, one sequence of bytes: what an entry is                (RFC 8785)
    merkle      hashes of entries, proofs that one is in and that none was changed (RFC 6962)
    note        a text signed by named keys                          (c2sp.org/signed-note)
    checkpoint  "this register has this many entries and this root"  (c2sp.org/tlog-checkpoint)
    proof       a receipt: one entry's proof and its checkpoint, for checking off line
                                                                     (c2sp.org/tlog-proof)

Import the modules, not names from here: `from kerege.register import checkpoint`, then
`checkpoint.parse(text)`. Every refusal is a `ValueError`: `canonical.NotCanonical`,
`merkle.ProofError` (also of `proof`), or `note.NoteError` (also of `checkpoint`).
"""
