import { EXAMPLE_JOB_ID } from '../jobs/example-job.ts';
import type { Examples } from '../platform/contract.ts';
import type { PictureKind } from './picture.ts';
import type { PICTURES_API } from './pictures-contract.ts';

const picture = (kind: PictureKind) => ({
  kind,
  url: `https://media.example.com/derived/acme/${EXAMPLE_JOB_ID}/p001/${kind}.jpg?X-Amz-Expires=300`,
  expiresAt: '2026-11-22T09:36:00.000Z',
});

export const PICTURES_EXAMPLES = {
  getDisplay: { reply: picture('display') },
  getOverlay: { reply: picture('overlay') },
} satisfies Examples<typeof PICTURES_API>;
