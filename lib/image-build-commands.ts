import { BUILD_VARIABLES } from '../functions/platform/names/build-variables.ts';

/** The build's variable with the URI of the repository. */
export const REPOSITORY_VARIABLE = 'REPOSITORY_URI';

const repository = `\${${REPOSITORY_VARIABLE}#*/}`;
const registry = `\${${REPOSITORY_VARIABLE}%%/*}`;
const tag = `$${BUILD_VARIABLES.tag}`;
const image = `$${REPOSITORY_VARIABLE}:${tag}`;

/**
 * The commands of CodeBuild in the build context. They build nothing when the repository has the image, as after a return to
 * an earlier release. The base image is resolved to its digest first, and the image says in a label which one it stands on.
 *
 * One command, and a shell of its own, in which `set -e` and `exit` end nothing else.
 */
export const IMAGE_BUILD_COMMANDS: readonly string[] = [
  `(
set -eu
if aws ecr describe-images --repository-name "${repository}" --image-ids imageTag="${tag}" >/dev/null 2>&1; then
  echo "The repository has this image."
  exit 0
fi
# Whatever unpacked the context, Lambda's user has to read it.
chmod -R u=rwX,go=rX .
aws ecr get-login-password | docker login --username AWS --password-stdin "${registry}"
named=$(sed -n 's/^ARG BASE_IMAGE=//p' Dockerfile)
docker pull --quiet "$named"
base=$(docker inspect --format '{{index .RepoDigests 0}}' "$named")
echo "Base image: $named is $base"
# Lambda takes no image with attestations, which newer Dockers add unless told not to.
BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --build-arg BASE_IMAGE="$base" \\
  --label org.opencontainers.image.base.name="$base" --tag "${image}" .
docker push --quiet "${image}"
)`,
];
