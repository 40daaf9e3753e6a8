import type { Word } from '../condition/model-answer.ts';
import type { Evidence } from '../photos/photo-assessment.ts';
import type { FileProvenance } from './file-provenance.ts';

type Answer = { readonly classes: readonly (readonly Word[])[]; readonly abstains: boolean };

/** A word on which the model has no opinion: never reaches its threshold. */
const UNKNOWN: Word = {
  word: 'unknown',
  confidenceRatio: 0,
  thresholdRatio: 1,
  reachesThreshold: false,
  experimental: false,
};

/**
 * Whether a photo can be trusted, from the model's calibrated words and the file's metadata.
 *
 * A file that declares itself generated is believed. Otherwise the model decides, each word only at its threshold (in the
 * model's card, chosen on validation photos: docs/models/evidence.md). "Synthetic" with a camera's tags is `suspicious`,
 * since one of the two is wrong. When no word reaches its threshold, or the model abstains, the verdict is `undetermined`.
 * `scoreRatio` is the model's probability of "synthetic" in every case.
 */
export function judgeEvidence({ classes, abstains }: Answer, provenance: FileProvenance): Evidence {
  const of = (name: string): Word => classes[0]?.find(({ word }) => word === name) ?? UNKNOWN;
  const scoreRatio = of('synthetic').confidenceRatio;
  const { verdict, reason } = decide(
    { authentic: of('authentic'), synthetic: of('synthetic'), recaptured: of('recaptured'), abstains },
    provenance,
  );
  return { verdict, scoreRatio, reasons: [reason, ...metadataReasons(provenance)] };
}

type Words = {
  readonly authentic: Word;
  readonly synthetic: Word;
  readonly recaptured: Word;
  readonly abstains: boolean;
};
type Decision = { readonly verdict: Evidence['verdict']; readonly reason: string };

function decide(
  { authentic, synthetic, recaptured, abstains }: Words,
  { generator, camera }: FileProvenance,
): Decision {
  if (generator) return { verdict: 'synthetic', reason: `the file itself says that it was made by ${generator}` };
  if (abstains) return { verdict: 'undetermined', reason: 'the photo is unlike those the model was tested on' };
  if (synthetic.reachesThreshold && camera) {
    return {
      verdict: 'suspicious',
      reason: `it looks generated (${percent(synthetic)}), yet carries the tags of a camera`,
    };
  }
  if (synthetic.reachesThreshold) return { verdict: 'synthetic', reason: `it looks generated (${percent(synthetic)})` };
  if (recaptured.reachesThreshold)
    return { verdict: 'suspicious', reason: `it looks like a photo of a screen (${percent(recaptured)})` };
  if (authentic.reachesThreshold)
    return { verdict: 'authentic', reason: `it looks like a camera's photo (${percent(authentic)})` };
  return { verdict: 'undetermined', reason: 'it is not certain enough whether this is a photo or a generated picture' };
}

function metadataReasons({ camera, editor }: FileProvenance): string[] {
  return [
    camera ? `camera tags: ${camera}` : 'no camera tags, which many programs remove',
    ...(editor ? [`edited with ${editor}`] : []),
  ];
}

const percent = ({ confidenceRatio }: Word): string => `${Math.round(confidenceRatio * 100)} %`;
