#!/usr/bin/env bash
# Unpack the qbittorrent-nox of another Debian suite beside the system's, to test against its Web API.
# Usage: fetch_qbittorrent.sh SUITE [FOLDER]      e.g. trixie, sid; the folder is build/qbittorrent/SUITE unless named
# Nothing is installed and nothing outside the folder is touched; packages are checked by apt as always.
set -euo pipefail
suite=$1
folder=${2:-$(cd "$(dirname "$0")/.." && pwd)/build/qbittorrent/$suite}
program=$folder/qbittorrent-nox
if [ -x "$program" ]; then
    echo "$program"
    exit 0
fi

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m1 '/debian/\?$')
apt=$folder/apt
root=$folder/root
mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial "$root"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/sources.list"
: >"$apt/state/status" # as if nothing were installed: every library comes along
cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$apt/state";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt/cache";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "$(id -un)";
APT::Install-Recommends "0";
Acquire::Retries "3";
APT::Update::Post-Invoke {};
APT::Update::Post-Invoke-Success {};
DPkg::Post-Invoke {};
CONF
export APT_CONFIG=$apt/apt.conf
apt-get -qq update
apt-get -qq --yes --download-only install qbittorrent-nox
for package in "$apt"/cache/archives/*.deb; do
    dpkg-deb --extract "$package" "$root"
done
rm -rf "$apt"

# Its own loader and libraries: the system's may be too old for it.
loader=$(find "$root" -name 'ld-linux-*.so.*' -print -quit)
libraries=$(find "$root" -type d \( -name '*-linux-gnu' -o -name libproxy \) | paste -sd:)
plugins=$(find "$root" -type d -path '*/qt[56]/plugins' -print -quit)
cat >"$program.new" <<RUN
#!/bin/sh
export QT_PLUGIN_PATH="$plugins"
exec "$loader" --library-path "$libraries" "$root/usr/bin/qbittorrent-nox" "\$@"
RUN
chmod +x "$program.new"
"$program.new" --version >&2
mv "$program.new" "$program" # last: what is there is whole
echo "$program"
