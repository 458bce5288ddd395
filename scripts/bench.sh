# ./gridactors bench NAME: bench/NAME.sh, or the project in bench/NAME.
# shellcheck shell=bash disable=SC2154
# ($root comes from the scripts read before this file.)

bench() {
  local name=${1:-} project
  if [[ -z $name ]]; then
    say "What can be measured (./gridactors bench NAME):"
    bench_names
    return
  fi
  shift
  bench_names | grep -qxF -- "$name" || fail "There is no bench \"$name\"; there is: $(bench_names | paste -sd' ' -)."
  build_service
  need_postgres
  if [[ -x $root/bench/$name.sh ]]; then exec "$root/bench/$name.sh" "$@"; fi

  project=$(compgen -G "$root/bench/$name/*.csproj" | head -n 1)
  need_sdk
  alone
  quietly "bench-$name" "Building bench/$name" dotnet_build "$project" || exit 1
  let_others_build
  run_program "$(basename "$project" .csproj)" "$@"
}

bench_names() {
  local path
  for path in "$root"/bench/*.sh "$root"/bench/*/*.csproj; do
    if [[ $path == *.sh && -x $path ]]; then basename "$path" .sh; fi
    if [[ $path == *.csproj && -f $path ]]; then basename "$(dirname "$path")"; fi
  done | sort -u
}
