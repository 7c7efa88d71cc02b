#!/bin/sh
# Makes sure that Debian packages are there: tools/system_packages.sh NAME…
# Silent and quick when they are. Otherwise root installs them, anyone else is told what to ask for.
set -eu

missing=
for name in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
    missing="$missing $name"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Kerege needs these Debian packages, or what stands for them on this system:$missing" >&2
  echo "When you have installed them, run make with SYSTEM_PACKAGES= to skip this check." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "System packages are missing:$missing" >&2
  echo "Install them with: sudo apt-get install$missing" >&2
  exit 1
fi

echo "Installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
apt-get install -y -qq --no-install-recommends $missing >/dev/null
