import type { Word } from '../condition/model-answer.ts';
import type { Evidence } from '../photos/photo-assessment.ts';
import type { FileTestimony } from './file-testimony.ts';

type Answer = { readonly classes: readonly (readonly Word[])[]; readonly strange: boolean };

const UNKNOWN: Word = { word: 'unknown', confidenceRatio: 0, thresholdRatio: 1, ample: false, experimental: false };

/**
 * Whether a photo can be trusted, from the model's calibrated words and from what the file says of itself.
 *
 * A file that declares itself generated is believed. Otherwise the model decides, each word only above its threshold; a
 * camera's tags against "synthetic" make it suspicious, since one of the two is wrong. Where nothing is certain, and where
 * the photo is unlike what the model knows, the verdict is `undetermined`. `scoreRatio` is always the model's own.
 */
export function judgeEvidence({ classes, strange }: Answer, testimony: FileTestimony): Evidence {
  const of = (name: string): Word => classes[0]?.find(({ word }) => word === name) ?? UNKNOWN;
  const scoreRatio = of('synthetic').confidenceRatio;
  const { verdict, reason } = decide(
    { authentic: of('authentic'), synthetic: of('synthetic'), recaptured: of('recaptured'), strange },
    testimony,
  );
  return { verdict, scoreRatio, reasons: [reason, ...metadataReasons(testimony)] };
}

type Words = {
  readonly authentic: Word;
  readonly synthetic: Word;
  readonly recaptured: Word;
  readonly strange: boolean;
};
type Decision = { readonly verdict: Evidence['verdict']; readonly reason: string };

function decide({ authentic, synthetic, recaptured, strange }: Words, { generator, camera }: FileTestimony): Decision {
  if (generator) return { verdict: 'synthetic', reason: `the file itself says that it was made by ${generator}` };
  if (strange) return { verdict: 'undetermined', reason: 'the photo is unlike those the model was tested on' };
  if (synthetic.ample && camera) {
    return {
      verdict: 'suspicious',
      reason: `it looks generated (${percent(synthetic)}), yet carries the tags of a camera`,
    };
  }
  if (synthetic.ample) return { verdict: 'synthetic', reason: `it looks generated (${percent(synthetic)})` };
  if (recaptured.ample)
    return { verdict: 'suspicious', reason: `it looks like a photo of a screen (${percent(recaptured)})` };
  if (authentic.ample)
    return { verdict: 'authentic', reason: `it looks like a camera's photo (${percent(authentic)})` };
  return { verdict: 'undetermined', reason: 'neither a photo nor a generated picture with enough certainty' };
}

function metadataReasons({ camera, editor }: FileTestimony): string[] {
  return [
    camera ? `camera tags: ${camera}` : 'no camera tags, which many programs remove',
    ...(editor ? [`edited with ${editor}`] : []),
  ];
}

const percent = ({ confidenceRatio }: Word): string => `${Math.round(confidenceRatio * 100)} %`;
