#!/bin/sh
# Makes .venv hold exactly what a lock names: tools/venv.sh requirements.lock|requirements-dev.lock
#
# A copy of each lock last installed lies in .venv; while it equals the lock, this does nothing and
# costs milliseconds. The project itself is not built or installed: a .pth file points at it.
set -eu
cd "$(dirname "$0")/.."

lock=$1
runtime=requirements.lock
python=.venv/bin/python

fresh() {
  cmp -s "$lock" ".venv/$lock" && cmp -s "$runtime" ".venv/$runtime" && [ -x "$python" ]
}
new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

fresh && exit 0

if ! { new_enough "$python" && "$python" -c 'import pip' 2>/dev/null; }; then
  base=
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if new_enough "$candidate"; then
      base=$candidate
      break
    fi
  done
  if [ -z "$base" ]; then
    found=$("${PYTHON:-python3}" --version 2>&1) || found="no Python"
    echo "Kerege needs Python 3.11 or newer; ${PYTHON:-python3} here is: $found." >&2
    echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
    exit 1
  fi
  if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    case $base in
      *[0-9].[0-9]*) tools/system_packages.sh "${base##*/}-venv" ;;
      *) tools/system_packages.sh python3-venv ;;
    esac
  fi
  rm -rf .venv
  "$base" -m venv .venv
fi

echo "Installing $lock into .venv (once, and again when it changes)…"
# the stamps go first: an install broken off half-way is done again
rm -f .venv/requirements*.lock
# A lock names everything, so nothing is resolved again: an older pip, asked to, meets a newer release
# of a package that another names with an extra, and stops at its missing hash.
"$python" -m pip install -qq --disable-pip-version-check --require-hashes --no-deps \
  --requirement "$lock"
packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$python" -c 'import os, sys; print(os.path.relpath(os.getcwd(), sys.argv[1]))' "$packages" \
  >"$packages/kerege.pth"
cp "$runtime" ".venv/$runtime"
cp "$lock" ".venv/$lock"
