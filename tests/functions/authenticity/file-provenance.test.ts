import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExif } from '../../../functions/authenticity/exif.ts';
import { readProvenance, type Traces } from '../../../functions/authenticity/file-provenance.ts';
import { openPhoto } from '../../../functions/photos/photo-runtime.ts';
import { picture } from '../photos/files.ts';
import { jpegWith, store } from './c2pa-files.ts';

const CAMERA = {
  IFD0: { Make: 'Canon', Model: 'Canon EOS 80D', Software: 'Adobe Lightroom 7.1' },
  IFD2: { DateTimeOriginal: '2026:05:01 12:00:00', ExposureTime: '1/125' },
};

async function tracesOf(exif: Parameters<ReturnType<typeof picture>['withExif']>[0]) {
  const photo = await openPhoto(await picture(100, 100).withExif(exif).jpeg().toBuffer());
  if (photo.status !== 'readable') throw new Error(photo.detail);
  return photo.traces;
}

/** A big-endian block whose second folder, at byte 26, holds one comment, which lies at byte 44. */
const exifWithComment = (comment: Buffer): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(comment.length);
  return Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    Buffer.from('000187690004000000010000001a00000000', 'hex'),
    Buffer.from('000192860007', 'hex'),
    count,
    Buffer.from('0000002c00000000', 'hex'),
    comment,
  ]);
};

const NO_FILE = new Uint8Array();
const read = (traces: Partial<Traces>) => readProvenance({ texts: [], ...traces }, NO_FILE);
const NOTHING = { sourceTypes: [], generators: [], editors: [], hasC2paManifest: false, exif: { hasExposure: false } };

describe('readProvenance', () => {
  it('reads the tags of the camera, and the program that edited', async () => {
    const provenance = read(await tracesOf(CAMERA));

    expect(provenance.exif).toMatchObject({
      model: 'Canon EOS 80D',
      takenAt: '2026:05:01 12:00:00',
      hasExposure: true,
    });
    expect(provenance.editors).toEqual([{ value: 'Adobe Lightroom', where: 'EXIF Software' }]);
  });

  it('recognises a generator by the software tag', async () => {
    expect(read(await tracesOf({ IFD0: { Software: 'Midjourney v7' } })).generators).toEqual([
      { value: 'Midjourney', where: 'EXIF Software' },
    ]);
  });

  it.each([
    [
      '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</…>',
      'generated',
    ],
    [
      '<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"/>',
      'captured',
    ],
    ["<rdf:Description Iptc4xmpExt:DigitalSourceType='compositeWithTrainedAlgorithmicMedia'>", 'partly_generated'],
  ])('recognises the digital source type in %s', (xmp, kind) => {
    expect(read({ xmp }).sourceTypes).toMatchObject([{ value: { kind }, where: 'XMP DigitalSourceType' }]);
  });

  it('recognises the credit lines that stand for one', () => {
    const xmp = '<photoshop:Credit>Edited with Google AI</photoshop:Credit>';

    expect(read({ xmp }).sourceTypes).toMatchObject([{ value: { kind: 'partly_generated' }, where: 'XMP Credit' }]);
  });

  it('reads the source types of a C2PA manifest', async () => {
    const action = { action: 'c2pa.created', digitalSourceType: 'trainedAlgorithmicMedia' };
    const provenance = readProvenance({ texts: [] }, await jpegWith(store([action])));

    expect(provenance).toMatchObject({
      hasC2paManifest: true,
      sourceTypes: [{ value: { kind: 'generated' }, where: 'C2PA manifest, signature not checked' }],
    });
  });

  const SETTINGS = 'a house\nSteps: 30, Sampler: Euler a, CFG scale: 7';

  it.each([
    [`parameters: ${SETTINGS}`, 'a Stable Diffusion program'],
    ['prompt: {"3": {"class_type": "KSampler"}}', 'ComfyUI'],
    ['invokeai_metadata: {}', 'InvokeAI'],
    ['Software: NovelAI', 'NovelAI'],
  ])('recognises what generating programs leave in a PNG: %s', (text, value) => {
    expect(read({ texts: [text] }).generators).toEqual([{ value, where: `PNG text ${text.split(':')[0]}` }]);
  });

  it('recognises what ComfyUI leaves in a WebP', async () => {
    const { generators } = read(await tracesOf({ IFD0: { Model: 'prompt:{"3": {"class_type": "KSampler"}}' } }));

    expect(generators).toEqual([{ value: 'ComfyUI', where: 'EXIF Model' }]);
  });

  it('recognises the settings that Stable Diffusion programs leave in the comment of a JPEG', () => {
    const comment = Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(SETTINGS, 'utf16le').swap16()]);

    expect(read({ exif: exifWithComment(comment) }).generators).toEqual([
      { value: 'a Stable Diffusion program', where: 'EXIF UserComment' },
    ]);
  });

  it.each([
    ['<xmp:CreatorTool>Adobe Firefly</xmp:CreatorTool>', 'Adobe Firefly'],
    ['<rdf:Description xmp:CreatorTool="Midjourney v7">', 'Midjourney'],
    ["<rdf:Description xmp:CreatorTool='DALL·E 3'>", 'DALL-E'],
  ])('recognises a generator in %s', (xmp, value) => {
    expect(read({ xmp }).generators).toEqual([{ value, where: 'XMP CreatorTool' }]);
  });

  it('names the editor of each field, not the first of all', () => {
    const xmp =
      '<rdf:Description xmp:CreatorTool="Adobe Photoshop Lightroom 6.14"><rdf:li stEvt:softwareAgent="GIMP 2.10"/>';

    expect(read({ xmp }).editors).toEqual([
      { value: 'Adobe Lightroom', where: 'XMP CreatorTool' },
      { value: 'GIMP', where: 'XMP softwareAgent' },
    ]);
  });

  it('takes no name across two fields', () => {
    const xmp = '<rdf:Description xmp:CreatorTool="Adobe" tiff:Software="Firefly">';

    expect(read({ xmp })).toEqual(NOTHING);
  });

  it('takes what the history names for no generator of the whole', () => {
    expect(read({ xmp: '<rdf:li stEvt:softwareAgent="Adobe Firefly"/>' }).generators).toEqual([]);
  });

  it.each([
    'Foto dalle scale',
    'Imagen 12',
    'not made with Midjourney',
    'print of a stable diffusion of ink',
    'Steps: 3, in front of the Sampler: box',
    'The trainedAlgorithmicMedia exhibition',
  ])('believes no caption: %s', (caption) => {
    const xmp = `<dc:description><rdf:Alt><rdf:li>${caption}</rdf:li></rdf:Alt></dc:description>`;
    const texts = [`Description: ${caption}`, `Title: ${caption}`];

    expect(read({ xmp, texts })).toEqual(NOTHING);
  });

  it.each([
    ['parameters: ', 'Steps: 1,'],
    ['Software: ', 'dall'],
    ['Software: ', 'Adobe '],
    ['', 'CreatorTool '],
    ['', 'CreatorTool="Adobe" '],
  ])('reads %j and a megabyte of %j at once', (start, repeated) => {
    const text = `${start}${repeated.repeat(1_000_000 / repeated.length)}`;
    const before = performance.now();

    read({ xmp: text, texts: Array.from({ length: 200 }, () => text) });

    expect(performance.now() - before).toBeLessThan(500);
  });

  it('says nothing of a file without metadata', () => {
    expect(read({})).toEqual(NOTHING);
  });
});

describe('readExif', () => {
  it('reads every byte order', async () => {
    const bigEndian = Buffer.concat([
      Buffer.from('MM\0*\0\0\0\x08\0\x01', 'latin1'),
      Buffer.from('010f000200000004416263000000000000', 'hex'),
    ]);

    expect(readExif(bigEndian).make).toBe('Abc');
  });

  it('survives any bytes', () => {
    const blocks = fc
      .uint8Array({ maxLength: 400 })
      .map((bytes) => Uint8Array.from([...Buffer.from('II*\0\x08\0\0\0', 'latin1'), ...bytes]));
    fc.assert(
      fc.property(blocks, (block) => {
        expect(readExif(block)).toHaveProperty('hasExposure');
      }),
    );
  });
});
