# Which engine stands behind the actors (docs/engine.md).
# shellcheck shell=bash disable=SC2154
# ($root, $dotnet and $engine_wanted come from the script that reads this file.)

restore_options=()
if [[ -n ${GRIDACTORS_NUGET_CONFIG:-} ]]; then restore_options=("-p:RestoreConfigFile=$(readlink -f -- "$GRIDACTORS_NUGET_CONFIG")"); fi

# Sets $engine to what MSBuild's property Engine takes, and says in one line which it is and why.
choose_engine() {
  local answer why
  if [[ -n $engine_wanted ]]; then
    engine=Local
    [[ $engine_wanted == local ]] || engine=Orleans
    say "Engine: $(engine_in_words), $engine_wanted_why."
    return
  fi
  answer=$root/artifacts/engine
  local key
  key=$(engine_question)
  if [[ ! -f $answer || $(head -n 1 "$answer") != "$key" ]]; then
    need_sdk
    try_orleans
    # Without an answer from the registry there is nothing to remember.
    if [[ $engine == Local && $why == *unreachable* ]]; then
      say "Engine: $(engine_in_words); $why."
      return
    fi
    mkdir -p "$root/artifacts"
    printf '%s\n%s\n%s\n' "$key" "$engine" "$why" >"$answer"
  else
    engine=$(sed -n 2p "$answer")
    why=$(sed -n 3p "$answer")
  fi
  say "Engine: $(engine_in_words); $why."
}

engine_in_words() { if [[ $engine == Orleans ]]; then echo "Orleans"; else echo "local, in one process"; fi; }

# The answer holds as long as the versions and the registry are the same.
engine_question() {
  {
    cat "$root/Directory.Packages.props"
    if [[ -n ${GRIDACTORS_NUGET_CONFIG:-} ]]; then cat "$GRIDACTORS_NUGET_CONFIG"; fi
  } | "${digest[@]}" | cut -d' ' -f1
}

try_orleans() {
  local log=$root/artifacts/logs/engine.log patience=()
  mkdir -p "$root/artifacts/logs"
  if command -v timeout >/dev/null; then patience=(timeout 120); fi
  say "Looking whether the Orleans packages restore …"
  engine=Orleans
  # The host takes all of them; one that is missing is enough to do without.
  if "${patience[@]}" "$dotnet" restore "$root/src/Silo" -v quiet "-p:Engine=Orleans" "${restore_options[@]}" >"$log" 2>&1 </dev/null; then
    why="its packages restore"
    return
  fi
  engine=Local
  if grep -qE 'error NU1(10|60)[0-9]' "$log"; then
    why="some Orleans packages don't restore here (--engine orleans insists)"
  else
    why="the package registry was unreachable"
  fi
}
