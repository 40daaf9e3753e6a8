import { cannotRun } from '../errors.ts';
import { ACCESS } from './known/access.ts';
import { API_GATEWAY } from './known/api-gateway.ts';
import { COMPUTE } from './known/compute.ts';
import { IMAGES } from './known/images.ts';
import type { KnownType } from './known/known-type.ts';
import { NESTED } from './known/nested-stack.ts';
import { OBSERVABILITY } from './known/observability.ts';
import { RELEASES } from './known/releases.ts';
import { SECRETS } from './known/secrets.ts';
import { STORAGE } from './known/storage.ts';

/** Every supported resource type: what the runner does for it, and which properties it ignores and why. */
const KNOWN_TYPES: { readonly [type: string]: KnownType } = {
  ...STORAGE,
  ...COMPUTE,
  ...RELEASES,
  ...API_GATEWAY,
  ...ACCESS,
  ...SECRETS,
  ...OBSERVABILITY,
  ...NESTED,
  ...IMAGES,
};

/** @throws CannotRunError when the type does not run on one machine */
export function knownType(logicalId: string, type: string): KnownType {
  const known = KNOWN_TYPES[type];
  if (known === undefined) throw cannotRun(`${logicalId} (${type})`, 'is of a type that does not run on one machine');
  return known;
}
