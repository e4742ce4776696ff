#!/bin/sh
# Installs the system libraries that Qt needs where they are missing, and says so.  Debian and Ubuntu; elsewhere it names them.
set -eu
[ "$(uname -s)" = Linux ] || exit 0

OFFSCREEN="libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0"
WINDOW="libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
VENV="python3-venv"

missing=""
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian-like system: if the window does not start, install the equivalents of: $OFFSCREEN $WINDOW" >&2
    exit 0
fi
for package in $OFFSCREEN $WINDOW; do
    dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || missing="$missing $VENV"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then as_root="sudo"; else
        echo "System libraries are missing; ask the administrator to run: apt-get install$missing" >&2
        exit 1
    fi
fi
echo "Installing system libraries:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
