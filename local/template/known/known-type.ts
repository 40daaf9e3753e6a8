import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What pseudo parameters and URLs resolve to. */
export type Place = { readonly region: string; readonly accountId: string; readonly awsUrl: string };

export const PARTITION = 'aws';

/** What a resource is called: `Ref`, its ARN, and what `Fn::GetAtt` may ask for. */
export type Identity = {
  readonly physicalId: string;
  readonly arn?: string;
  readonly attributes?: { readonly [name: string]: string };
};

/** What an identity is made of. */
export type Self = {
  readonly logicalId: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** where AWS clients go */
  readonly awsUrl: string;
  /** a property that is a text, resolved; undefined when absent */
  readonly text: (property: string) => string | undefined;
};

/**
 * One resource type that the runner knows. Every property of a resource is in `honours` or in `ignores`;
 * any other is an error, so nothing in a template is skipped unseen.
 */
export type KnownType = {
  /** what the runner does for such a resource */
  readonly does: string;
  /** the properties it acts on */
  readonly honours: z.ZodObject;
  /** the properties it leaves, each with why that changes nothing here */
  readonly ignores: { readonly [property: string]: string };
  readonly identity: (self: Self) => Identity;
};

/** CloudFormation takes numbers and booleans as texts too. */
export const NumberLike = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const BooleanLike = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
/** A shape that a later reader checks. */
export const Anything = z.unknown().optional();

/** The name a resource was given, or one made of stack and logical id, the same at every start. */
export function nameOf(self: Self, property: string, longest = 64): string {
  return self.text(property) ?? shortened(`${self.stackName}-${self.logicalId}`, longest);
}

export function arnOf(self: Self, service: string, resource: string): string {
  return `arn:${self.partition}:${service}:${self.region}:${self.accountId}:${resource}`;
}

/** Ten letters and digits, as API Gateway's ids have; the same at every start. */
export function shortIdOf(self: Self): string {
  const digest = createHash('sha256').update(`${self.stackName}/${self.logicalId}`).digest();
  return BigInt(`0x${digest.subarray(0, 16).toString('hex')}`)
    .toString(36)
    .slice(0, 10);
}

/** For resources that others refer to by logical id alone. */
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
  lifecycle: 'retention and clean-up of old data are AWS’s work; --fresh clears this machine’s',
  backup: 'backups are AWS’s work; copy the data directory instead',
  capacity: 'this machine’s own speed is the capacity',
  tracing: 'no trace service runs here',
} as const;
