#!/usr/bin/env bash
# Builds localhost/fettle-stand-in-base, which stands in for public.ecr.aws/lambda/nodejs:24 where no registry of images can
# be reached: Debian, the Node 24 of package-lock.json, and the Lambda runtime client of the one-machine runner.
# Usage: stand-in-base.sh WORK_DIR, as root, in the project.
set -euo pipefail
work=$1
rootfs=$work/rootfs

debootstrap --variant=minbase bookworm "$rootfs" >"$work/debootstrap.log" 2>&1 || { tail -20 "$work/debootstrap.log"; exit 1; }
rm -rf "$rootfs"/var/cache/apt/* "$rootfs"/var/lib/apt/lists/* "$rootfs"/usr/share/{doc,man,locale}

install -D "$(realpath node_modules/.bin/node)" "$rootfs/usr/local/bin/node"
node_modules/.bin/node --eval "import('./local/runtime/install.ts').then((m) => m.installRuntime('$rootfs/var/runtime'))"
# As AWS's own: the handler is the first argument.
printf '#!/bin/sh\nexport _HANDLER="$1"\nexec node /var/runtime/bootstrap.mjs\n' >"$rootfs/lambda-entrypoint.sh"
chmod +x "$rootfs/lambda-entrypoint.sh"
mkdir -p "$rootfs/var/task"
# The user as whom Lambda runs every function.
echo 'sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin' >>"$rootfs/etc/passwd"

container=$(buildah from scratch)
buildah add --quiet "$container" "$rootfs" / >/dev/null
buildah config --env LAMBDA_TASK_ROOT=/var/task --env LAMBDA_RUNTIME_DIR=/var/runtime --env PATH=/usr/local/bin:/usr/bin:/bin \
  --workingdir /var/task --entrypoint '["/lambda-entrypoint.sh"]' "$container"
buildah commit --quiet --rm "$container" localhost/fettle-stand-in-base >/dev/null
rm -rf --one-file-system "$rootfs"
