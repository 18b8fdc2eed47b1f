# shellcheck shell=bash
# Shared by setup, run and test: say what is done, find a Python, make the environment.

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
stop() { printf 'trestle: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else stop "this needs an administrator once: run as root, or install sudo, then: $*"
  fi
}

# install PACKAGE... : Debian packages, only those that are missing
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  command -v apt-get >/dev/null || stop "please install these with your system's package manager: ${missing[*]}"
  say "System packages: ${missing[*]}"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

# find_python: the interpreter to use, from PYTHON or the machine's own python3
find_python() {
  local wanted=${PYTHON:-python3} found
  found=$(command -v "$wanted" || true)
  [ -z "$found" ] || "$found" -c '' 2>/dev/null || found='' # a shim of pyenv for a version that is not switched on
  if [ -z "$found" ] && [ -d "${PYENV_ROOT:-$HOME/.pyenv}/versions" ]; then
    found=$(find "${PYENV_ROOT:-$HOME/.pyenv}/versions" -path "*/bin/$wanted" 2>/dev/null | sort | tail -n 1)
  fi
  if [ -z "$found" ]; then
    [ "$wanted" = python3 ] || stop "there is no $wanted here; install it, or leave PYTHON out"
    install python3 >&2
    found=$(command -v python3)
  fi
  "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' ||
    stop "$found is $("$found" --version); Trestle needs Python 3.11, 3.12 or 3.13"
  printf '%s\n' "$found"
}

# environment EXTRA : a virtual environment in the checkout, quick when nothing changed.
# Sets VENV. One directory for the machine's own Python, one more for each PYTHON asked for.
environment() {
  local extra=$1 python version stamp wanted
  python=$(find_python)
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  VENV=$PWD/.venv${PYTHON:+-$version}
  stamp=$VENV/trestle.stamp
  wanted=$( (echo "$version $extra $PWD"; cat pyproject.toml constraints.txt hub/__init__.py) | sha256sum)
  # what was installed for the tests is enough to run
  if [ -e "$stamp" ] && { [ "$(cat "$stamp")" = "$wanted" ] ||
       { [ -z "$extra" ] && [ "$(cat "$stamp")" = "$( (echo "$version dev $PWD"; cat pyproject.toml constraints.txt hub/__init__.py) | sha256sum)" ]; }; }; then
    return 0
  fi
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    install python3-venv
  fi
  say "Python $version environment in ${VENV#"$PWD"/}"
  [ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --progress-bar off \
    -c constraints.txt -e ".${extra:+[$extra]}"
  printf '%s\n' "$wanted" >"$stamp"
}

# emulated_printer : emupos in an environment of its own, for tests/hub/printing/test_emupos.py; it needs Python 3.13
emulated_printer() {
  local python
  [ -x .venv-emupos/bin/emupos ] && return 0
  python=$(PYTHON=python3.13 find_python 2>/dev/null) || return 0
  say "A second, independent printer emulator in .venv-emupos"
  "$python" -m venv .venv-emupos
  .venv-emupos/bin/python -m pip install --quiet --disable-pip-version-check --progress-bar off 'emupos==0.4.*'
}
