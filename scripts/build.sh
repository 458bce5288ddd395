# Builds what changed since it was last built, judged by content: without a change neither dotnet nor npm is started.
# shellcheck shell=bash disable=SC2154
# ($root and $dotnet come from the scripts read before this file.)

restore_options=()
if [[ -n ${GRIDACTORS_NUGET_CONFIG:-} ]]; then restore_options=("-p:RestoreConfigFile=$(readlink -f -- "$GRIDACTORS_NUGET_CONFIG")"); fi

# One line for the content of everything that goes into a build: files whose names come in from find -print0, relative to the root.
digest_of() { # find's arguments
  (
    cd "$root" || exit
    find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 "${digest[@]}" | "${digest[@]}" | cut -d' ' -f1
  )
}

digest_of_service() {
  local file files=(src)
  for file in Directory.Build.props Directory.Packages.props global.json .editorconfig; do
    if [[ -f $root/$file ]]; then files+=("$file"); fi
  done
  digest_of "${files[@]}" \( -path src/Web/app -o -path src/Web/wwwroot \) -prune -o
}

digest_of_web() {
  digest_of src/Web/app \( -name node_modules -o -name dist \) -prune -o
}

is_built() { # name, digest
  [[ -f $root/artifacts/stamps/$1 && $(<"$root/artifacts/stamps/$1") == "$2" ]]
}

set_built() { # name, digest
  mkdir -p "$root/artifacts/stamps"
  printf '%s\n' "$2" >"$root/artifacts/stamps/$1"
}

# Two calls at once don't build into the same folders.
alone() {
  mkdir -p "$root/artifacts"
  if command -v flock >/dev/null; then
    exec 9>"$root/artifacts/.lock"
    if ! flock -n 9; then
      say "Waiting for another ./gridactors to finish building …"
      flock 9
    fi
  fi
}

let_others_build() { if command -v flock >/dev/null; then exec 9>&-; fi; }

program() { # project
  echo "$root/artifacts/bin/$1/release/GridActors.$1.dll"
}

dotnet_build() { # project or solution
  "$dotnet" build "$1" -c Release -v minimal --tl:off "${restore_options[@]}"
}

# The host, and the simulator with it.
build_service() {
  local now stamp=service
  [[ -n $dotnet ]] || no_sdk
  now=$(digest_of_service)
  if is_built "$stamp" "$now" && [[ -f $(program Silo) ]]; then return; fi
  need_sdk
  alone
  quietly "$stamp" "Building the service" dotnet_build "$root/src/Silo" || exit 1
  set_built "$stamp" "$now"
  let_others_build
}

npm_install() { npm ci --prefix "$root/src/Web/app" --no-audit --no-fund; }

npm_run() { npm run --prefix "$root/src/Web/app" "$@"; }

install_web() {
  local now
  now=$(digest_of src/Web/app/package.json src/Web/app/package-lock.json)
  if is_built npm "$now" && [[ -d $root/src/Web/app/node_modules ]]; then return; fi
  quietly npm "Installing the web client's packages" npm_install || return
  set_built npm "$now"
}

# The pages, into src/Web/wwwroot.
build_web() {
  local now
  [[ -f $root/src/Web/app/package.json ]] || return 0
  now=$(digest_of_web)
  if is_built web "$now" && [[ -d $root/src/Web/wwwroot ]]; then return; fi
  need_node
  alone
  install_web || exit 1
  quietly web "Building the web client" npm_run build || exit 1
  set_built web "$now"
  let_others_build
}
