#!/usr/bin/env bash
# Installs what the tests need from the system: Chromium, in which the report page is opened. Debian and Ubuntu.
set -euo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" > /dev/null; then
    exit 0
  fi
done
if ! command -v apt-get > /dev/null; then
  echo "install-system-packages: no Chromium found, and no apt-get to install it with; install Chromium by hand" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || { echo "install-system-packages: run as root, or install Chromium by hand" >&2; exit 1; }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -y -q --no-install-recommends chromium; } >&2; then
  echo "install-system-packages: apt-get could not install Chromium; the tests that open a page will fail in CI" >&2
  exit 1
fi
