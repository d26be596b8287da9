#!/usr/bin/env bash
# `npm run oracle`: records a fresh kernel under qemu and compares it with the engine.
set -euo pipefail
if ! command -v qemu-system-x86_64 >/dev/null; then
  echo 'oracle: qemu-system-x86_64 is not installed, and the oracle needs it and a kernel recorder: install qemu-system-x86' >&2
  exit 1
fi
echo 'oracle: qemu is here, but the recorder that boots a kernel under it is not built yet: nothing was compared' >&2
exit 1
