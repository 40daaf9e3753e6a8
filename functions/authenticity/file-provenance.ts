import { type ExifTags, readExif } from './exif.ts';

/** The origin that a file's metadata name. They can be forged and are often stripped, so they explain and seldom decide. */
export type FileProvenance = {
  /** "Canon EOS 80D", when a camera wrote the usual tags */
  readonly camera?: string;
  /** a program that generates pictures, or the standard's word for a generated picture */
  readonly generator?: string;
  /** a program that edits pictures */
  readonly editor?: string;
};

type Traces = { readonly exif?: Uint8Array; readonly xmp?: string; readonly texts: readonly string[] };

/** IPTC's digital source types of pictures made by a model; C2PA uses the same words. */
const DECLARED_GENERATED = /\b(trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia)\b/;
/** Google's Imagen is missing: it declares itself by the digital source type, and "Imagen 12" is what a Spanish program may say. */
const GENERATORS =
  /\b(stable[ _-]?diffusion|midjourney|dall[-·. ]e|comfyui|automatic1111|novelai|invokeai|adobe firefly|ideogram|leonardo\.ai|flux\.1)\b/i;
const EDITORS =
  /\b(photoshop|lightroom|gimp|affinity photo|pixelmator|snapseed|facetune|picsart|luminar|capture one)\b/i;

/** The longest XMP packet that a JPEG can hold (XMP specification, part 3). The rest of a longer text is not read. */
const TEXT_CHARACTERS = 65_502;
/** The XMP properties in which programs name themselves, as element, attribute or reference. */
const XMP_PROPERTIES =
  /\b(?:CreatorTool|Software|DigitalSourceType)(?:\s+rdf:resource)?\s*(?:=\s*["']|>)([^"'<]{0,300})/g;

/**
 * Reads the origin that the file's metadata name.
 *
 * Only the fields in which programs name themselves count: a caption may mention any program. Takes time linear in the
 * length of the metadata, whatever they contain.
 */
export function readProvenance({ exif, xmp = '', texts }: Traces): FileProvenance {
  const tags = exif ? readExif(exif) : { hasExposure: false };
  const readTexts = texts.map((text) => text.slice(0, TEXT_CHARACTERS));
  const programs = [tags.software ?? '', ...xmpValues(xmp), ...valuesOf('Software', readTexts)].join('\n');
  const camera = cameraOf(tags);
  const generator = generatorIn(programs, valuesOf('parameters', readTexts));
  const editor = programs.match(EDITORS)?.[0];
  return { ...(camera && { camera }), ...(generator && { generator }), ...(editor && { editor }) };
}

const xmpValues = (xmp: string): readonly string[] =>
  [...xmp.slice(0, TEXT_CHARACTERS).matchAll(XMP_PROPERTIES)].map(([, value = '']) => value);

/** The texts of the PNG chunks with this keyword. */
const valuesOf = (keyword: string, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.startsWith(`${keyword}: `)).map((text) => text.slice(keyword.length + 2));

function generatorIn(programs: string, parameters: readonly string[]): string | undefined {
  const named = programs.match(GENERATORS)?.[0];
  if (named) return named;
  if (parameters.some(areGenerationSettings)) return 'a Stable Diffusion program';
  return DECLARED_GENERATED.test(programs) ? 'a generative model' : undefined;
}

/** Whether this is how Stable Diffusion programs write their settings into a PNG. A search, since a pattern would take quadratic time. */
function areGenerationSettings(text: string): boolean {
  const steps = text.indexOf('Steps: ');
  return steps >= 0 && text.indexOf('Sampler: ', steps) >= 0;
}

/** Model, date and exposure together: many programs write one of them alone. */
function cameraOf({ make, model, takenAt, hasExposure }: ExifTags): string | undefined {
  if (!model || !takenAt || !hasExposure) return undefined;
  return make && !model.toLowerCase().startsWith(make.toLowerCase()) ? `${make} ${model}` : model;
}
