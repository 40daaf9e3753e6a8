import type { Word } from '../condition/model-answer.ts';
import type { Evidence } from '../photos/photo-assessment.ts';
import type { FileProvenance } from './file-provenance.ts';

type Answer = { readonly classes: readonly (readonly Word[])[]; readonly abstains: boolean };

const UNKNOWN: Word = {
  word: 'unknown',
  confidenceRatio: 0,
  thresholdRatio: 1,
  reachesThreshold: false,
  experimental: false,
};

/**
 * Whether a photo can be trusted, from the model's calibrated words and from what the file says of itself.
 *
 * A file that declares itself generated is believed. Otherwise the model decides, each word only above its threshold; a
 * camera's tags against "synthetic" make it suspicious, since one of the two is wrong. Where nothing is certain, and where
 * the photo is unlike what the model knows, the verdict is `undetermined`. `scoreRatio` is always the model's own.
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
  return { verdict: 'undetermined', reason: 'neither a photo nor a generated picture with enough certainty' };
}

function metadataReasons({ camera, editor }: FileProvenance): string[] {
  return [
    camera ? `camera tags: ${camera}` : 'no camera tags, which many programs remove',
    ...(editor ? [`edited with ${editor}`] : []),
  ];
}

const percent = ({ confidenceRatio }: Word): string => `${Math.round(confidenceRatio * 100)} %`;
