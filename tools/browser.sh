#!/bin/sh
# A Chromium for the report's tests: says where it is, and installs Debian's when there is none.
# exit 0: there is one; 69: there is none and it cannot be installed from here.
set -eu
find_it() { command -v "${FAIRWATER_CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome; }
if find_it; then exit 0; fi
if [ "$(id -u)" -eq 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "browser: no Chromium here; the report's page is checked in a real one." >&2
    echo "  Debian, Ubuntu: sudo apt-get install chromium; elsewhere set FAIRWATER_CHROMIUM to a Chromium." >&2
    exit 69
fi
command -v apt-get >/dev/null || {
    echo "browser: no Chromium and no apt-get here; set FAIRWATER_CHROMIUM to a Chromium." >&2
    exit 69
}
echo "browser: installing chromium (once) ..." >&2
$as_root apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >&2
find_it
