#!/usr/bin/env bash
# Install the Debian packages that tests need, and only those that are missing.
set -euo pipefail

packages=(
    git qbittorrent-nox strace
    # reads RAR and 7z
    libarchive13
    # a clock that can be set for one program
    libfaketime
    # disks that can share bytes, and one that cannot even link
    btrfs-progs xfsprogs exfatprogs exfat-fuse
    # Qt without a display
    libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3
    # Qt on X, and the X server
    libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 xvfb xauth x11-utils imagemagick
    # tray hosts, notifications, keyring
    trayer openbox xfce4-panel dbus dbus-x11 dunst gnome-keyring
    # who presses keys, and who reads the window as a screen reader does
    xdotool at-spi2-core
    fonts-dejavu-core fonts-noto-cjk
)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "Tests need these programs, and this system has no apt to install them. Install their equivalents, then" >&2
    echo "run .venv/bin/python -m pytest: ${packages[*]}" >&2
    exit 1
fi

# Newer releases rename libraries (libglib2.0-0t64) and provide the old name.
installed=$(dpkg-query -W -f='${db:Status-Status}|${Package}, ${Provides}\n' |
    sed -n 's/^installed|//p' | tr ',' '\n' | sed 's/^ *//; s/[ (].*//' | sort -u)
missing=()
for package in "${packages[@]}"; do
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Tests need packages that are missing, and installing them needs root. Run this, then make test again:" >&2
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi

# No daemon of these packages may start on this machine; Debian asks this file.
policy=/usr/sbin/policy-rc.d
if ! [ -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    "${as_root[@]}" chmod 755 "$policy"
fi

echo "Installing what tests need: ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 -qq)
"${apt[@]}" update
"${apt[@]}" install --yes --no-install-recommends "${missing[@]}" >/dev/null
