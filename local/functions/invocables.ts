import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { LambdaAlias, LambdaVersion, ONLY_VERSION } from '../template/known/releases.ts';
import { resourcesOf } from '../template.ts';
import type { Resource, Template } from '../types.ts';

/** What can be invoked: a function, its published version, or an alias. All run in the function's processes. */
export type Invocable = {
  /** of the function, the version or the alias */
  readonly logicalId: string;
  readonly arn: string;
  readonly function: Resource;
  /** of a version or an alias: what follows the function's name and a colon; undefined for the function itself */
  readonly qualifier?: string;
};

/** The version of a function that is not published. */
export const UNPUBLISHED = '$LATEST';

/** The invocable of this ARN or name (`function`, `function:qualifier`), as services name it. */
export function invocableNamed(template: Template, name: string): Invocable | undefined {
  return invocablesOf(template).find((each) => namesOf(each).includes(name));
}

/** How a service, or a permission, may name it. */
export function namesOf({ arn, function: { physicalId }, qualifier }: Invocable): readonly string[] {
  return [arn, qualifier === undefined ? physicalId : `${physicalId}:${qualifier}`];
}

/**
 * Everything that can be invoked.
 *
 * @throws CannotRunError when a version is of no function of the template, is a function's second one, or is not an alias's
 */
export function invocablesOf(template: Template): readonly Invocable[] {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map((resource): Invocable => {
    const { logicalId, arn = '' } = resource;
    return { logicalId, arn, function: resource };
  });
  const versions = resourcesOf(template, 'AWS::Lambda::Version').map((resource) =>
    qualified(functions, resource, readProperties(resource, LambdaVersion).FunctionName, ONLY_VERSION),
  );
  for (const { logicalId, arn } of versions) {
    if (versions.some((other) => other.arn === arn && other.logicalId !== logicalId))
      throw cannotRun(logicalId, 'is the second version of its function; one runs on this machine');
  }
  const aliases = resourcesOf(template, 'AWS::Lambda::Alias').map((resource) => {
    const { FunctionName, FunctionVersion, Name } = readProperties(resource, LambdaAlias);
    const alias = qualified(functions, resource, FunctionName, Name);
    const version = versionOf(versions, alias.function.logicalId);
    if (FunctionVersion !== version && FunctionVersion !== UNPUBLISHED)
      throw cannotRun(`${resource.logicalId} (${resource.type})`, `its function has no version ${FunctionVersion}`);
    return alias;
  });
  return [...functions, ...versions, ...aliases];
}

/** The published version of a function, or UNPUBLISHED. */
export function versionOf(invocables: readonly Invocable[], functionId: string): string {
  const isPublished = invocables.some(
    ({ function: { logicalId }, qualifier }) => logicalId === functionId && qualifier === ONLY_VERSION,
  );
  return isPublished ? ONLY_VERSION : UNPUBLISHED;
}

function qualified(functions: readonly Invocable[], resource: Resource, name: string, qualifier: string): Invocable {
  const { logicalId, type, arn = '' } = resource;
  const found = functions.find((each) => namesOf(each).includes(name));
  if (!found) throw cannotRun(`${logicalId} (${type})`, `${name} is no function of this stack`);
  return { logicalId, arn, function: found.function, qualifier };
}
