import { z } from 'zod';
import type { Contract, Contracts } from '../platform/contract.ts';
import { JobId, PhotoId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { PICTURE_KINDS } from './picture.ts';

const Picture = z.strictObject({
  kind: z
    .enum(PICTURE_KINDS)
    .describe('What the picture is: `overlay` with what was found drawn on it, or `display`, the plain photo.'),
  why: z.string().optional().describe('Why the plain photo is returned where an overlay was asked for.'),
  url: z.url().describe('Where to GET the JPEG, without an API key.'),
  expiresAt: z.iso.datetime().describe('Until when the URL is valid, in UTC.'),
});

const pictureContract = (summary: string, description: string) =>
  ({
    summary,
    description,
    params: z.object({ jobId: JobId, photoId: PhotoId }),
    status: 200,
    reply: Picture,
    problems: ['not_found', 'photo_not_ready', 'photo_not_readable', 'picture_expired'],
  }) as const satisfies Contract;

/** The contracts of `pictures-api`. */
export const PICTURES_API = {
  getDisplay: pictureContract(
    'Get a short-lived URL of a photo',
    `A JPEG of at most ${LIMITS.workingPx} px a side, upright and without metadata. The first request for it takes some tenths of a second longer.`,
  ),
  getOverlay: pictureContract(
    'Get a short-lived URL of a photo with what was found drawn on it',
    `Damage of a building in its region, or in a caption where no model said where; damage of a vehicle in a caption, with severity, parts and confidences. Photos too small for readable letters are enlarged. The plain photo, with the reason in \`why\`, when nothing was found on it or no overlay of it is stored.`,
  ),
} as const satisfies Contracts<'pictures-api'>;
