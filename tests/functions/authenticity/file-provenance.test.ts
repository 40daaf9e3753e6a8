import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExif } from '../../../functions/authenticity/exif.ts';
import { readProvenance } from '../../../functions/authenticity/file-provenance.ts';
import { openPhoto } from '../../../functions/photos/photo-runtime.ts';
import { picture } from '../photos/files.ts';

const CAMERA = {
  IFD0: { Make: 'Canon', Model: 'Canon EOS 80D', Software: 'Adobe Lightroom 7.1' },
  IFD2: { DateTimeOriginal: '2026:05:01 12:00:00', ExposureTime: '1/125' },
};

async function tracesOf(exif: Parameters<ReturnType<typeof picture>['withExif']>[0]) {
  const photo = await openPhoto(await picture(100, 100).withExif(exif).jpeg().toBuffer());
  if (photo.status !== 'readable') throw new Error(photo.detail);
  return photo.traces;
}

describe('readProvenance', () => {
  it('names the camera that wrote the usual tags, and the program that edited', async () => {
    expect(readProvenance(await tracesOf(CAMERA))).toEqual({ camera: 'Canon EOS 80D', editor: 'Lightroom' });
  });

  it('takes a model name alone for no camera', async () => {
    expect(readProvenance(await tracesOf({ IFD0: CAMERA.IFD0 })).camera).toBeUndefined();
  });

  it('recognises a generator by the software tag', async () => {
    expect(readProvenance(await tracesOf({ IFD0: { Software: 'Midjourney v7' } })).generator).toBe('Midjourney');
  });

  it("recognises the standard's declaration of a generated picture", () => {
    const xmp =
      '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</…>';

    expect(readProvenance({ xmp, texts: [] }).generator).toBe('a generative model');
  });

  it('recognises the settings that Stable Diffusion programs leave in a PNG', () => {
    const texts = ['parameters: a house\nSteps: 30, Sampler: Euler a, CFG scale: 7'];

    expect(readProvenance({ texts }).generator).toBe('a Stable Diffusion program');
  });

  it.each([
    ['<xmp:CreatorTool>Adobe Firefly</xmp:CreatorTool>', 'Adobe Firefly'],
    ['<rdf:Description xmp:CreatorTool="Midjourney v7">', 'Midjourney'],
    ["<rdf:Description xmp:CreatorTool='DALL·E 3'>", 'DALL·E'],
    [
      '<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>',
      'a generative model',
    ],
  ])('recognises a generator in %s', (xmp, generator) => {
    expect(readProvenance({ xmp, texts: [] }).generator).toBe(generator);
  });

  it('recognises a generator by the software of a PNG', () => {
    expect(readProvenance({ texts: ['Software: NovelAI'] }).generator).toBe('NovelAI');
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

    expect(readProvenance({ xmp, texts })).toEqual({});
  });

  it('finds no generator inside another word', () => {
    expect(readProvenance({ texts: ['Software: Ideogrammatic 2'] }).generator).toBeUndefined();
  });

  it.each([
    ['parameters: ', 'Steps: 1,'],
    ['Software: ', 'dall'],
    ['', 'CreatorTool '],
  ])('reads %j and a megabyte of %j at once', (start, repeated) => {
    const text = `${start}${repeated.repeat(1_000_000 / repeated.length)}`;
    const before = performance.now();

    readProvenance({ xmp: text, texts: [text] });

    expect(performance.now() - before).toBeLessThan(500);
  });

  it('says nothing of a file without metadata', () => {
    expect(readProvenance({ texts: [] })).toEqual({});
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
