import { EVIDENCE } from '../authenticity/evidence-policy.ts';
import { FINDINGS } from '../condition/finding-policy.ts';
import { PHOTOS } from '../photos/photo-policy.ts';
import type { InForce } from '../platform/policy-choice.ts';

/** The policies by which a photo is assessed, and by which its assessment counts. */
export const PHOTO_POLICIES = { findings: FINDINGS, photos: PHOTOS, evidence: EVIDENCE } as const;

export type PhotoPolicies = InForce<typeof PHOTO_POLICIES>;
