#!/usr/bin/env bash
# Write the golden registers, and a replay of one, anew from the demonstration: run it when the
# stories or the law change, and read the diff, for what changes there changes what registers say.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
python=${PYTHON:-.venv/bin/python}
"$python" -m kerege demo --no-serve --data "$data"
for place in on-archa cholpon-ata naryn; do
    "$python" -m kerege export "$place" "$data/$place" --data "$data" >/dev/null
    mkdir -p tests/registers
    cp "$data/$place/register.jsonl" "tests/registers/$place.jsonl"
done
# What would have been otherwise under the text of 2007; that something would is exit code 1.
"$python" -m kerege replay tests/registers/on-archa.jsonl --under kg-2007 \
    >tests/archive/on-archa-under-kg-2007.txt || [ $? = 1 ]
