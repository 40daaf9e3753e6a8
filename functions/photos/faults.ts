import type { FindingKind, Quality } from './photo-assessment.ts';
import type { PhotoRules } from './photo-policy.ts';

/** From which darkness on the built-in model does not see what is there. Measured: of the model, and of no policy. */
export const DARKNESS_RULES = {
  /**
   * Mean luma, 0..1, below which a photo is too dark for stains. Measured: of 43 photos of damp stains the model finds 25;
   * darkened to a mean of 0.35 it finds 21, to 0.25 16, to 0.15 12. Of 2,584 listing photos of rooms and fronts 5 (0.2 %) are darker.
   */
  stainsMeanLuma: 0.25,
  /**
   * Mean luma below which not to find any damage says nothing. Measured: of 93 photos of cracks the model finds 87; darkened to
   * 0.2 86, to 0.15 83, to 0.1 74. No listing photo is darker than 0.2.
   */
  absenceMeanLuma: 0.2,
  /** discolourations; of mould there are too few photos to measure */
  stains: ['damp_stain', 'mould'] satisfies FindingKind[] as readonly FindingKind[],
} as const;

/** Whether a photo is good enough to see something on it. */
export const isGoodEnough = ({ scoreRatio }: Quality, { usableQualityRatio }: PhotoRules): boolean =>
  scoreRatio >= usableQualityRatio;

/** Whether a photo is too dark to tell a finding of this kind from shade. */
export const isTooDarkFor = (kind: FindingKind, { exposure }: Quality): boolean =>
  DARKNESS_RULES.stains.includes(kind) && exposure.meanLuma < DARKNESS_RULES.stainsMeanLuma;

/** Whether a photo is so dark that damage may be there and not be found. */
export const mayHideDamage = ({ exposure }: Quality): boolean => exposure.meanLuma < DARKNESS_RULES.absenceMeanLuma;

/** What a photo of a building is too dark for, in words that follow "is"; undefined of a photo light enough. */
export const darknessOf = (quality: Quality): string | undefined =>
  DARKNESS_RULES.stains.some((kind) => isTooDarkFor(kind, quality)) ? 'too dark to tell stains from shade' : undefined;

/** What is wrong with a photo, in words that follow "is". */
export function faultsOf({ sharpness, exposure, resolution }: Quality, { poorPartRatio }: PhotoRules): string[] {
  return [
    ...(sharpness.scoreRatio < poorPartRatio ? ['blurred'] : []),
    ...(exposure.scoreRatio < poorPartRatio ? [exposure.meanLuma < 0.5 ? 'too dark' : 'too bright'] : []),
    ...(resolution.scoreRatio < poorPartRatio ? [`small (${resolution.megapixels.toFixed(2)} megapixels)`] : []),
  ];
}
