import { readC2pa } from './c2pa-actions.ts';
import { type ExifTags, readExif } from './exif.ts';
import { editorIn, generatorIn } from './program-names.ts';
import { type SourceType, sourceTypeOf, sourceTypeOfCredit } from './source-type.ts';

/** Something that the file states, and the field that states it. */
export type Stated<Value> = { readonly value: Value; readonly where: string };

/** The origin that a file's metadata state. They can be forged and are often stripped, so they prove nothing in its favour. */
export type FileProvenance = {
  readonly sourceTypes: readonly Stated<SourceType>[];
  /** programs that generate pictures */
  readonly generators: readonly Stated<string>[];
  /** programs that edit pictures */
  readonly editors: readonly Stated<string>[];
  readonly hasC2paManifest: boolean;
  readonly exif: ExifTags;
};

export type Traces = { readonly exif?: Uint8Array; readonly xmp?: string; readonly texts: readonly string[] };

/** The longest XMP packet that a JPEG can hold (XMP specification, part 3). The rest of a longer text is not read. */
const TEXT_CHARACTERS = 65_502;
/** Characters of a field that are searched for names of programs. Chosen by eye, as the next. */
const FIELD_CHARACTERS = 300;
/** Fields that are searched; more are nonsense or an attack. */
const MOST_FIELDS = 200;
/** The XMP properties that name programs, source types and credits, as element, attribute or reference. */
const XMP_PROPERTIES =
  /\b(CreatorTool|Software|softwareAgent|DigitalSourceType|Credit)(?:\s+rdf:resource)?\s*(?:=\s*["']|>)([^"'<]{0,300})/g;

/**
 * Reads the origin that a file's metadata state.
 *
 * Only the fields in which programs name themselves count: a caption may mention any program. Takes time linear in the
 * length of the metadata, whatever they contain.
 *
 * @param file the whole file, in which C2PA's manifests are searched
 */
export function readProvenance({ exif, xmp = '', texts }: Traces, file: Uint8Array): FileProvenance {
  const tags = exif ? readExif(exif) : { hasExposure: false };
  const chunks = texts.map((text) => text.slice(0, TEXT_CHARACTERS));
  const properties = xmpProperties(xmp);
  const named = (name: string) => properties.filter(({ where }) => where === `XMP ${name}`);
  const programs = [
    ...(tags.software ? [{ value: tags.software, where: 'EXIF Software' }] : []),
    ...named('CreatorTool'),
    ...named('Software'),
    ...valuesOf('Software', chunks),
  ];
  const c2pa = readC2pa(file);
  return {
    sourceTypes: [
      ...found(named('DigitalSourceType'), sourceTypeOf),
      ...found(named('Credit'), sourceTypeOfCredit),
      ...c2pa.sourceTypes.map((value) => ({ value, where: 'C2PA manifest, signature not checked' })),
    ],
    // Without the history, which may name the generator of a part.
    generators: [...found(programs, generatorIn), ...settings(tags, chunks)],
    editors: found([...programs, ...named('softwareAgent')], editorIn),
    hasC2paManifest: c2pa.hasManifest,
    exif: tags,
  };
}

/** What a reader finds in the fields. */
const found = <Value>(
  fields: readonly Stated<string>[],
  reader: (field: string) => Value | undefined,
): Stated<Value>[] =>
  fields.slice(0, MOST_FIELDS).flatMap(({ value: field, where }) => {
    const value = reader(field.slice(0, FIELD_CHARACTERS));
    return value === undefined ? [] : [{ value, where }];
  });

const xmpProperties = (xmp: string): Stated<string>[] =>
  [...xmp.slice(0, TEXT_CHARACTERS).matchAll(XMP_PROPERTIES)].map(([, name, value = '']) => ({
    value,
    where: `XMP ${name}`,
  }));

/** The texts of the PNG chunks with this keyword. */
const valuesOf = (keyword: string, chunks: readonly string[]): Stated<string>[] =>
  chunks
    .filter((text) => text.startsWith(`${keyword}: `))
    .map((text) => ({ value: text.slice(keyword.length + 2), where: `PNG text ${keyword}` }));

/** Settings that generating programs leave in a PNG, and in the EXIF comment of other files. */
function settings({ userComment, make = '', model = '' }: ExifTags, chunks: readonly string[]): Stated<string>[] {
  const comment = userComment ? [{ value: userComment, where: 'EXIF UserComment' }] : [];
  return [
    ...[...valuesOf('parameters', chunks), ...comment]
      .filter(({ value }) => areStableDiffusion(value))
      .map(({ where }) => ({ value: 'a Stable Diffusion program', where })),
    // ComfyUI has no field of its own in WebP.
    ...(/^(prompt|workflow):\s*\{/.test(model || make) ? [{ value: 'ComfyUI', where: 'EXIF Model' }] : []),
    ...valuesOf('prompt', chunks)
      .filter(({ value }) => value.includes('"class_type"'))
      .map(({ where }) => ({ value: 'ComfyUI', where })),
    ...['invokeai_metadata', 'sd-metadata']
      .flatMap((keyword) => valuesOf(keyword, chunks))
      .map(({ where }) => ({ value: 'InvokeAI', where })),
  ];
}

/** Whether this is how Stable Diffusion programs write their settings. A search, since a pattern would take quadratic time. */
function areStableDiffusion(text: string): boolean {
  const steps = text.indexOf('Steps: ');
  return steps >= 0 && text.indexOf('Sampler: ', steps) >= 0;
}
