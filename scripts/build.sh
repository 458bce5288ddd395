# Builds what changed. dotnet and npm take seconds to find out that nothing has changed, so they run only when a source is newer than the last
# build.
# shellcheck shell=bash disable=SC2154
# ($root and $dotnet come from the scripts read before this file.)

restore_options=()
if [[ -n ${GRIDACTORS_NUGET_CONFIG:-} ]]; then restore_options=("-p:RestoreConfigFile=$(readlink -f -- "$GRIDACTORS_NUGET_CONFIG")"); fi

stamps=$root/artifacts/stamps

program() { # project
  echo "$root/artifacts/bin/$1/release/GridActors.$1.dll"
}

# Folders count too, because a deleted file changes only the time of its folder.
is_built() { # name, find's arguments
  [[ -f $stamps/$1 && -z $(find "${@:2}" -newer "$stamps/$1" -print -quit) ]]
}

# The lock keeps two calls from building into the same folders. The stamp has the time when the build began, so that sources which change during
# the build are built next time.
build_as() { # name, what is under way, command…
  mkdir -p "$stamps"
  touch "$stamps/$1.begun"
  quietly "$1" "$2" alone "${@:3}" || return
  mv "$stamps/$1.begun" "$stamps/$1"
}

alone() { # command…
  local tool=${1##*/}
  (! command -v flock >/dev/null || flock 9 && "$@" 9>&-) 9>"$root/artifacts/.${tool%%_*}.lock"
}

dotnet_build() { # project or solution
  "$dotnet" build "$1" -c Release -v minimal --tl:off "${restore_options[@]}"
}

service_sources=("$root"/{src,packs/data/{calendar,households},packs/generator,global.json,.editorconfig,Directory.Build.props,Directory.Packages.props} '(' -path "$root/src/Web/app" -o -path "$root/src/Web/wwwroot" ')' -prune -o)
web_sources=("$root/src/Web/app" '(' -name node_modules -o -name dist ')' -prune -o)

# Builds the host, and the simulator with it.
build_service() {
  if [[ -n $dotnet && -f $(program Silo) ]] && is_built service "${service_sources[@]}"; then return; fi
  need_sdk
  build_as service "Building the service" dotnet_build "$root/src/Silo" || exit 1
}

npm_install() { npm ci --prefix "$root/src/Web/app" --no-audit --no-fund; }

npm_run() { npm run --prefix "$root/src/Web/app" "$@"; }

install_web() {
  if [[ -d $root/src/Web/app/node_modules ]] && is_built npm "$root"/src/Web/app/package{,-lock}.json; then return; fi
  build_as npm "Installing the web client's packages" npm_install
}

# Builds the pages into src/Web/wwwroot.
build_web() {
  if [[ -d $root/src/Web/wwwroot ]] && is_built web "${web_sources[@]}"; then return; fi
  need_node
  install_web || exit 1
  build_as web "Building the web client" npm_run build || exit 1
}

# Makes a folder that runs without the clone, the SDK and Node.js.
publish() { # folder
  local folder
  [[ -n ${1:-} ]] || fail "publish takes a folder: ./gridactors publish FOLDER"
  folder=$(realpath -m -- "$1")
  if [[ -e $folder && -n $(ls -A "$folder") && ! -f $folder/app/GridActors.Silo.dll ]]; then fail "$folder holds something else: name an empty folder."; fi
  build_web
  build_service
  rm -rf "${folder:?}"/{app,packs}
  mkdir -p "$folder"
  quietly publish "Publishing" alone "$dotnet" publish "$root/src/Silo" -c Release --no-build --tl:off -o "$folder/app" || exit 1
  cp -r "$root/packs" "$root"/deploy/* "$root/LICENSE" "$root/NOTICE" "$root/CHANGELOG.md" "$folder"
  say "Published to $folder; its README.md says how it runs."
}

# Builds the version that upgrades are tested from: the tag or commit in tests/Cluster/previous-build, once. Its folder is in
# GRIDACTORS_PREVIOUS_BUILD; without it, the test says that it was skipped.
previous_build() {
  local version folder
  if [[ -n ${GRIDACTORS_PREVIOUS_BUILD:-} ]]; then return; fi
  version=$(<"$root/tests/Cluster/previous-build")
  folder=$root/artifacts/previous/$version
  if [[ ! -f $folder/app/GridActors.Silo.dll ]]; then
    if ! git -C "$root" cat-file -e "$version^{commit}" 2>/dev/null; then
      say "The upgrade isn't tested: this clone doesn't have $version (git fetch --unshallow --tags)."
      return
    fi
    rm -rf "$folder"
    mkdir -p "$folder/source"
    git -C "$root" archive "$version" | tar -x -C "$folder/source"
    quietly previous "Building $version, from which the upgrade is tested" alone "$dotnet" publish "$folder/source/src/Silo" -c Release --tl:off \
      "${restore_options[@]}" -o "$folder/app" || return
    # It may not read packs of this version.
    mv "$folder/source/tests/packs" "$folder/packs"
    rm -rf "$folder/source"
  fi
  export GRIDACTORS_PREVIOUS_BUILD=$folder/app
}

# Runs the project in bench/NAME.
bench() { # name, arguments…
  local project=$root/bench/${1:-}
  if [[ -z ${1:-} ]]; then
    say "What can be measured (./gridactors bench NAME):"
    compgen -G "$root/bench/*/*.csproj" | xargs -n1 dirname | xargs -n1 basename
    return
  fi
  compgen -G "$project/*.csproj" >/dev/null || fail "There is no bench \"$1\"; ./gridactors bench lists what there is."
  build_service
  need_sdk
  need_postgres
  if [[ $1 == faults ]]; then install_faketime || fail "$faketime_advice"; fi
  if [[ $1 == phone ]]; then
    install_chromium || fail "$chromium_advice"
    build_web
  fi
  quietly "bench-$1" "Building bench/$1" alone dotnet_build "$project" || exit 1
  run_program "$(basename "$project"/*.csproj .csproj)" "${@:2}"
}
