# Checks and installs what the machine must have, prints messages, and writes the output of other programs to log files.
# shellcheck shell=bash disable=SC2034,SC2154
# ($root comes from the script that reads this file; the advice is given by those that come after it.)

# Otherwise idle processes of the build stay behind, and keep memory and the caller's pipes in use.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Without colours and cursor movements, so that logs can be read in any program.
export NO_COLOR=1 npm_config_color=false npm_config_update_notifier=false

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "gridactors: $*"
  exit 2
}

# Runs a command with its output in artifacts/logs/NAME.log; when it fails, shows the errors once each, or the last lines when there are none.
quietly() { # name, what is under way, command…
  local log=$root/artifacts/logs/$1.log began=$SECONDS code=0
  mkdir -p "$root/artifacts/logs"
  say "$2 …"
  "${@:3}" >"$log" 2>&1 </dev/null || code=$?
  if ((code)); then
    { grep -E '(^|[ :])error( [A-Z]+[0-9]+)?:|^npm error' "$log" | sed 's/ \[[^]]*\]$//' | sort -u | head -n 40 | grep . || tail -n 60 "$log"; } >&2
    say "$2 failed after $((SECONDS - began)) s; all of its output is in artifacts/logs/$1.log"
  fi
  return "$code"
}

dotnet=$(PATH=$PATH:${DOTNET_ROOT:-}:$HOME/.dotnet:/usr/share/dotnet:/usr/lib/dotnet:/usr/local/share/dotnet command -v dotnet || true)

need_sdk() {
  if [[ -z $dotnet ]] || ! "$dotnet" --list-sdks 2>/dev/null | grep -q '^10\.'; then
    fail "The .NET 10 SDK is missing: install the package dotnet-sdk-10.0 or follow https://dotnet.microsoft.com/download/dotnet/10.0, then run this again."
  fi
}

need_node() {
  local version
  version=$(node --version 2>/dev/null || true)
  if ! command -v npm >/dev/null || [[ $(printf '%s\n' v20.19 "$version" | sort -V | head -n 1) != v20.19 ]]; then
    fail "Node.js 20.19 or later with npm is needed to build the web client (${version:-none} found): install it from https://nodejs.org, then run this again."
  fi
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

# Packages are installed only where that needs no question to the user.
may_install() { command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; }

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

has_postgres() {
  [[ -n ${ConnectionStrings__grid:-} || -n ${GRIDACTORS_POSTGRES_BIN:-} ]] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
    command -v initdb >/dev/null || { command -v pg_config >/dev/null && [[ -x $(pg_config --bindir)/initdb ]]; }
}

# Keeps Debian's package from starting a server of its own, because ours is private.
postgres_packages() {
  apt_install postgresql-common &&
    as_root sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf &&
    apt_install postgresql
}

install_postgres() { has_postgres || { may_install && quietly postgres "Installing PostgreSQL" postgres_packages && has_postgres; }; }

postgres_advice="PostgreSQL 15 or later is missing: install it (Debian, Ubuntu: sudo apt-get install postgresql), name its folder in GRIDACTORS_POSTGRES_BIN, or set ConnectionStrings__grid to a server of your own."

need_postgres() { install_postgres || fail "$postgres_advice"; }

has_faketime() { compgen -G '/usr/lib*/faketime/libfaketimeMT.so.1' >/dev/null || compgen -G '/usr/lib*/*/faketime/libfaketimeMT.so.1' >/dev/null; }

install_faketime() { has_faketime || { may_install && quietly faketime "Installing libfaketime" apt_install faketime && has_faketime; }; }

faketime_advice="libfaketime is needed to set the clock of a process: install it (Debian, Ubuntu: sudo apt-get install faketime)."

has_chromium() {
  { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; } >/dev/null &&
    command -v fc-list >/dev/null && [[ -n $(fc-list :lang=zh family) ]]
}

# The shell without windows takes a third less of the processor; where there is no such package, Chromium itself runs the tests.
chromium_packages() { apt_install fonts-noto-cjk fontconfig && { apt_install chromium-headless-shell || has_chromium || apt_install chromium; }; }

install_chromium() {
  { has_chromium && command -v chromium-headless-shell >/dev/null; } ||
    { may_install && quietly chromium "Installing Chromium and a Chinese font" chromium_packages && has_chromium; } || has_chromium
}

chromium_advice="Chromium and a Chinese font are needed for what runs in a browser: install them (Debian: sudo apt-get install chromium-headless-shell fonts-noto-cjk fontconfig)."
