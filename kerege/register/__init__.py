"""The register room: exact bytes, a Merkle tree over them, and signed statements about the tree.

A municipality is what its register says, so anyone must be able to check that register without us.
Everything here is a pure function of its arguments: no files, no database, no clock, no network.

    canonical   one value, one sequence of bytes: what an entry is                (RFC 8785)
    merkle      hashes of entries, proofs that one is in and that none was changed (RFC 6962)
    tiles       the tree and the entries as files, and proofs out of them  (c2sp.org/tlog-tiles)
    commitment  a salted hash that stands for a personal value
    note        a text signed by named keys                          (c2sp.org/signed-note)
    ed25519     their signatures checked in plain Python             (RFC 8032)
    checkpoint  "this register has this many entries and this root"  (c2sp.org/tlog-checkpoint)
    proof       a receipt: one entry's proof and its checkpoint, for checking off line
                                                                     (c2sp.org/tlog-proof)
    cosignature a witness's word that a checkpoint continues what it saw before
                                                                     (c2sp.org/tlog-cosignature)
    witness     what a witness is asked, and what it answers         (c2sp.org/tlog-witness)
    policy      which witnesses must have signed                     (c2sp.org/tlog-policy)
    rotation    statements that change a register's key
    keyring     the keys of a log that has no entries to name them

Import the modules, not names from here: `from kerege.register import checkpoint`, then
`checkpoint.parse(text)`. Every refusal is a `ValueError`: `canonical.NotCanonical`,
`merkle.ProofError` (also of `proof` and `tiles`), `note.NoteError` (also of `checkpoint`,
`cosignature` and `rotation`), `tiles.TileError`, `policy.PolicyError` or `witness.RequestError`.

To sign, the package `cryptography` is needed. Everything else works with nothing but Python, more
slowly without `cryptography` and `orjson`, so that one file can carry this room to whoever checks.
"""
