import { z } from 'zod';
import type { Contract, Contracts } from '../platform/contract.ts';
import { JobId, PhotoId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';

const Picture = z.strictObject({
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
    'Get a short-lived URL of a photo with its findings drawn on it',
    'The plain photo when nothing was found on it.',
  ),
} as const satisfies Contracts<'pictures-api'>;
