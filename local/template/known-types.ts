import { ACCESS } from './known/access.ts';
import { API_GATEWAY } from './known/api-gateway.ts';
import { COMPUTE } from './known/compute.ts';
import type { KnownType } from './known/known-type.ts';
import { OBSERVABILITY } from './known/observability.ts';
import { STORAGE } from './known/storage.ts';

/** Every resource type that runs on one machine; each says what is done for it, and what is left and why. */
export const KNOWN_TYPES: { readonly [type: string]: KnownType } = {
  ...STORAGE,
  ...COMPUTE,
  ...API_GATEWAY,
  ...ACCESS,
  ...OBSERVABILITY,
};
