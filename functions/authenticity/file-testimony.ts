import { type ExifTags, readExif } from './exif.ts';

/** What a file says of where it comes from. It can be forged and is often stripped, so it explains and seldom decides. */
export type FileTestimony = {
  /** "Canon EOS 80D", when a camera wrote the usual tags */
  readonly camera?: string;
  /** a program that generates pictures, or the standard's word for a generated picture */
  readonly generator?: string;
  /** a program that edits pictures */
  readonly editor?: string;
};

type Traces = { readonly exif?: Uint8Array; readonly xmp?: string; readonly texts: readonly string[] };

/** IPTC's digital source types of pictures made by a model; C2PA uses the same words. */
const DECLARED_GENERATED = /trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia/;
const GENERATORS =
  /stable[ -]?diffusion|midjourney|dall[-·. ]?e\b|comfyui|automatic1111|novelai|invokeai|adobe firefly|ideogram|leonardo\.ai|flux\.1|imagen/i;
/** How Stable Diffusion programs write their settings into a PNG. */
const GENERATION_SETTINGS = /\bSteps: \d+,.*\bSampler: /s;
const EDITORS = /photoshop|lightroom|gimp|affinity photo|pixelmator|snapseed|facetune|picsart|luminar|capture one/i;

/** Reads what the file's metadata say of its origin. */
export function readTestimony({ exif, xmp = '', texts }: Traces): FileTestimony {
  const tags = exif ? readExif(exif) : { hasExposure: false };
  const words = [tags.software ?? '', xmp, ...texts].join('\n');
  const camera = cameraOf(tags);
  const generator = generatorIn(words);
  const editor = words.match(EDITORS)?.[0];
  return { ...(camera && { camera }), ...(generator && { generator }), ...(editor && { editor }) };
}

function generatorIn(words: string): string | undefined {
  const named = words.match(GENERATORS)?.[0];
  if (named) return named;
  if (GENERATION_SETTINGS.test(words)) return 'a Stable Diffusion program';
  return DECLARED_GENERATED.test(words) ? 'a generative model' : undefined;
}

/** Make, model, date and exposure together: one of them alone is what many programs write. */
function cameraOf({ make, model, takenAt, hasExposure }: ExifTags): string | undefined {
  if (!model || !takenAt || !hasExposure) return undefined;
  return make && !model.toLowerCase().startsWith(make.toLowerCase()) ? `${make} ${model}` : model;
}
