# What the machine must have, and how it gets it.
# shellcheck shell=bash disable=SC2034
# (The advice is given by the scripts that read this file.)

# Left behind, the build's idle processes would hold memory and the caller's pipes.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Logs are for reading in any window.
export NO_COLOR=1 npm_config_color=false npm_config_update_notifier=false

find_dotnet() {
  local folder
  if command -v dotnet; then return; fi
  for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    if [[ -n $folder && -x $folder/dotnet ]]; then
      echo "$folder/dotnet"
      return
    fi
  done
}

dotnet=$(find_dotnet)

no_sdk() {
  fail "The .NET 10 SDK is missing: install the package dotnet-sdk-10.0 or follow https://dotnet.microsoft.com/download/dotnet/10.0, then run this again."
}

need_sdk() {
  [[ -n $dotnet ]] || no_sdk
  "$dotnet" --list-sdks 2>/dev/null | grep -q '^10\.' || no_sdk
}

need_node() {
  local version major minor
  version=$(node --version 2>/dev/null || true)
  IFS=. read -r major minor _ <<<"${version#v}"
  if ! command -v npm >/dev/null || ((${major:-0} * 1000 + ${minor:-0} < 20019)); then
    fail "Node.js 20.19 or later with npm is needed to build the web client (${version:-none} found): install it from https://nodejs.org, then run this again."
  fi
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

# Installs packages where that is possible without asking; false otherwise.
install_packages() { # name of the log, what for, packages…
  local name=$1 what=$2
  shift 2
  command -v apt-get >/dev/null || return 1
  ((EUID == 0)) || sudo -n true 2>/dev/null || return 1
  quietly "$name" "Installing $what" apt_install "$@"
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

has_postgres() {
  local folder
  [[ -z ${ConnectionStrings__grid:-} && -z ${GRIDACTORS_POSTGRES_BIN:-} ]] || return 0
  for folder in /usr/lib/postgresql/*/bin; do
    [[ ! -x $folder/initdb ]] || return 0
  done
  if command -v initdb >/dev/null && command -v postgres >/dev/null; then return 0; fi
  command -v pg_config >/dev/null && [[ -x $(pg_config --bindir)/initdb ]]
}

# Debian's package starts a server of its own unless told not to; ours is private.
postgres_packages() {
  apt_install postgresql-common || return
  as_root sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf || return
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
}

install_postgres() {
  has_postgres && return
  command -v apt-get >/dev/null || return 1
  ((EUID == 0)) || sudo -n true 2>/dev/null || return 1
  quietly postgres "Installing PostgreSQL" postgres_packages && has_postgres
}

postgres_advice="PostgreSQL 15 or later is missing: install it (Debian, Ubuntu: sudo apt-get install postgresql), name its folder in GRIDACTORS_POSTGRES_BIN, or set ConnectionStrings__grid to a server of your own."

need_postgres() { install_postgres || fail "$postgres_advice"; }

has_chromium() {
  { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; } >/dev/null
}

has_chinese_font() { command -v fc-list >/dev/null && [[ -n $(fc-list :lang=zh family) ]]; }

install_chromium() {
  if has_chromium && has_chinese_font; then return; fi
  install_packages chromium "Chromium and a Chinese font" chromium fonts-noto-cjk fontconfig && has_chromium
}

chromium_advice="Chromium and a Chinese font are needed for the tests in the browser: install them (Debian: sudo apt-get install chromium fonts-noto-cjk fontconfig)."

digest=(sha256sum)
if ! command -v sha256sum >/dev/null; then digest=(shasum -a 256); fi
