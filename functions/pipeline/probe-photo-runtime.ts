import sharp from 'sharp';
import { PHOTO_POLICIES } from '../assessments/photo-policies.ts';
import { activeModels } from '../condition/active-models-runtime.ts';
import { testPattern } from '../condition/test-pattern.ts';
import { defaultsOf } from '../platform/policy-choice.ts';
import { assessPhoto } from './pipeline-runtime.ts';

/** The size of common photos, so that a lack of memory shows. */
const PROBE_PX = { width: 4000, height: 3000 } as const;

/**
 * Assesses a drawn photo of common size, with every model that looks at buildings.
 *
 * @throws when it is not assessed: then the fault is this worker's and no photo's
 */
export async function assessProbe(): Promise<void> {
  const { data, widthPx: width, heightPx: height, channels } = testPattern('weave', 640, 480);
  const file = await sharp(data, { raw: { width, height, channels } }).resize(PROBE_PX).jpeg().toBuffer();
  const { assessment } = await assessPhoto(
    { photoId: 'p001', file, assetKind: 'property', hint: 'wall' },
    activeModels,
    defaultsOf(PHOTO_POLICIES),
  );
  if (assessment.status !== 'assessed') {
    throw new Error(`This worker does not assess its own test photo: ${assessment.code}, ${assessment.detail}`);
  }
}
