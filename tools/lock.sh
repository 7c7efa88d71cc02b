#!/bin/sh
# Writes requirements.lock and requirements-dev.lock anew from pyproject.toml.
#
#   tools/lock.sh                          after a change of dependencies: pins that still fit are kept
#   tools/lock.sh --upgrade                newest releases that pyproject.toml admits
#   tools/lock.sh --upgrade-package NAME   one of them
#
# One lock serves every platform and Python >= 3.11. Each file is pinned by version and hash and
# names no index, so pip takes it from whatever index it is set up with. The dev lock holds the
# same pins as the runtime lock, and the development group and PostgreSQL's driver on top.
set -eu
cd "$(dirname "$0")/.."

if command -v uv >/dev/null 2>&1; then
  uv=uv
else
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  python3 -m venv "$scratch"
  "$scratch/bin/pip" install -qq uv
  uv=$scratch/bin/uv
fi

compile() {
  lock=$1
  shift
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --custom-compile-command tools/lock.sh \
    --output-file "$lock" pyproject.toml "$@" >/dev/null
}

compile requirements.lock "$@"
compile requirements-dev.lock --constraint requirements.lock --extra postgres --extra proof --group dev "$@"
