"""Static files: named by their content, so that a phone fetches each of them once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedOnce(CompressedManifestStaticFilesStorage):
    """Compressed and hashed when served; without a collected folder the plain names are used."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return super().stored_name(name)
