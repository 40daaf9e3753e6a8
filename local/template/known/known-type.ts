import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The values of pseudo parameters and URLs. */
export type Place = { readonly region: string; readonly accountId: string; readonly awsUrl: string };

export const PARTITION = 'aws';

/** A resource's names: `Ref`, its ARN, and its `Fn::GetAtt` attributes. */
export type Identity = {
  readonly physicalId: string;
  readonly arn?: string;
  readonly attributes?: { readonly [name: string]: string };
};

/** The inputs of an identity. */
export type Self = {
  readonly logicalId: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** the AWS endpoint */
  readonly awsUrl: string;
  /** a string property, resolved; undefined when absent */
  readonly text: (property: string) => string | undefined;
};

/**
 * One supported resource type. A property that is neither in `honours` nor in `ignores` is an error, so that nothing in a
 * template is ignored silently.
 */
export type KnownType = {
  /** what the runner does for a resource */
  readonly does: string;
  /** the properties it acts on */
  readonly honours: z.ZodObject;
  /** the ignored properties, each with the reason */
  readonly ignores: { readonly [property: string]: string };
  readonly identity: (self: Self) => Identity;
};

/** CloudFormation accepts numbers and booleans as strings, too. */
export const NumberLike = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const BooleanLike = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
/** Validated by a later reader. */
export const Anything = z.unknown().optional();

/** The resource's name in the template, or one made of stack name and logical id, the same at every start. */
export function nameOf(self: Self, property: string, longest = 64): string {
  return self.text(property) ?? shortened(`${self.stackName}-${self.logicalId}`, longest);
}

export function arnOf(self: Self, service: string, resource: string): string {
  return `arn:${self.partition}:${service}:${self.region}:${self.accountId}:${resource}`;
}

/** An id in API Gateway's format, ten letters and digits; the same at every start. */
export function shortIdOf(self: Self): string {
  const digest = createHash('sha256').update(`${self.stackName}/${self.logicalId}`).digest();
  return BigInt(`0x${digest.subarray(0, 16).toString('hex')}`)
    .toString(36)
    .slice(0, 10);
}

/** For resources that are referred to by logical id alone. */
export const byLogicalId = (self: Self): Identity => ({ physicalId: self.logicalId });
export const byShortId = (self: Self): Identity => ({ physicalId: shortIdOf(self) });

function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - 9)}-${digest}`;
}

/** Reasons that many types share. */
export const REASONS = {
  tags: 'tags change no behaviour',
  encryption: 'the data lies on this machine, in its owner’s files',
  backup: 'backups are AWS’s work; copy the data directory instead',
  capacity: 'this machine’s own speed is the capacity',
  tracing: 'no trace service runs here',
} as const;
