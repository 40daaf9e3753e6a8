#!/usr/bin/env bash
# Runs the commands of the README's section "Deploying", to the letter, in a checkout that only its owner can read, without
# AWS credentials: each has to come as far as the account. Then looks at the modes of what would be uploaded.
# Usage: deploy-from-checkout.sh WORK_DIR, in the project; the last commit is what is checked out.
set -euo pipefail
umask 077
checkout=$1/checkout
git clone --quiet . "$checkout"
cd "$checkout"
unset "${!AWS_@}"
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true

# How far a command comes: the status it ends with, and what it says.
reaches() {
  case $1 in
    'node bin/install.mjs') echo 0 'done in' ;;
    'npx cdk '*) echo 1 'Unable to resolve AWS account' ;;
    'npm run fettle -- keys create '*) echo 2 'cannot be read with your AWS credentials' ;;
    *) echo "$0 does not know how far '$1' comes" >&2; return 1 ;;
  esac
}

commands=$(sed -n '/^## Deploying$/,/^## /p' README.md | sed -n '/^```sh$/,/^```$/p' | sed -e '/^```/d' -e 's/ *#.*//' -e '/^$/d')
for needed in 'npx cdk bootstrap' 'npx cdk deploy -c env=prod'; do
  grep -qxF "$needed" <<<"$commands" || { echo "the README's section Deploying lacks: $needed" >&2; exit 1; }
done
while read -r command; do
  read -r expected saying <<<"$(reaches "$command")"
  status=0
  said=$(bash -c "$command" 2>&1 </dev/null) || status=$?
  if [ "$status" != "$expected" ] || [[ $said != *"$saying"* ]]; then
    printf '%s\nexpected status %s and "%s"; got status %s\n%s\n' "$command" "$expected" "$saying" "$status" "$said" >&2
    exit 1
  fi
  echo "$command: $saying"
done <<<"$commands"

wrong=$(find cdk.out/asset.* \( -type d -not -perm 755 \) -o \( -type f -not -perm 644 -not -perm 755 \))
[ -z "$wrong" ] || { printf 'modes that Lambda cannot use:\n%s\n' "$wrong" >&2; exit 1; }
