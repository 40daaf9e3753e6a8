/** Variables of a build of the image: lib/ writes the commands that use them, the function that starts a build sets them. */
export const BUILD_VARIABLES = {
  /** the image's tag, the hash of its build context */
  tag: 'IMAGE_TAG',
  /** the request of CloudFormation that waits for the build, as JSON */
  request: 'CLOUDFORMATION_REQUEST',
} as const;
