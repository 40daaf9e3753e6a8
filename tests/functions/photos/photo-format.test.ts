import { describe, expect, it } from 'vitest';
import { recogniseFile } from '../../../functions/photos/photo-format.ts';
import { animatedPng, animatedWebp, picture } from './files.ts';

const bytes = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');

const PNG = '\x89PNG\r\n\x1a\n';
/** A chunk of a PNG: length, type, content, checksum. */
const chunk = (type: string, content = ''): string =>
  `\0\0\0${String.fromCharCode(content.length)}${type}${content}\0\0\0\0`;
const webp = (rest: string): string => `RIFF\x24\0\0\0WEBP${rest}`;
const ANIMATED = '\x02';

/** An ISO base media file that begins with these brands. */
function branded(major: string, ...compatible: string[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(16 + 4 * compatible.length);
  return Buffer.concat([length, bytes(`ftyp${major}\0\0\0\0${compatible.join('')}`), Buffer.alloc(64)]);
}

/** A TIFF whose only directory has this tag, with its value behind it. */
function tiff(order: 'II' | 'MM', tag: number, value: string): Buffer {
  const file = Buffer.alloc(64);
  const little = order === 'II';
  const write = (number: number, at: number, length: 2 | 4): unknown =>
    little ? file.writeUIntLE(number, at, length) : file.writeUIntBE(number, at, length);
  file.write(order, 'latin1');
  write(42, 2, 2);
  write(8, 4, 4);
  write(1, 8, 2);
  write(tag, 10, 2);
  write(2, 12, 2);
  write(value.length, 14, 4);
  write(32, 18, 4);
  file.write(value, 32, 'latin1');
  return file;
}

describe('recogniseFile', () => {
  it.each([
    ['a JPEG', '\xff\xd8\xff\xe0', 'jpeg', false],
    ['a PNG', PNG + chunk('IHDR', 'size') + chunk('IDAT'), 'png', false],
    ['an animated PNG', PNG + chunk('IHDR', 'size') + chunk('acTL') + chunk('IDAT'), 'png', true],
    ['a PNG whose first chunk announces the animation', PNG + chunk('acTL'), 'png', true],
    ['a PNG with the word behind its pixels', PNG + chunk('IDAT') + chunk('acTL'), 'png', false],
    ['a PNG with the word within a text', PNG + chunk('tEXt', 'acTL acTL') + chunk('IDAT'), 'png', false],
    ['a PNG that is cut off', PNG, 'png', false],
    ['a WebP', webp('VP8 '), 'webp', false],
    ['a still WebP with flags', webp(`VP8X\x0a\0\0\0\x10`), 'webp', false],
    ['an animated WebP', webp(`VP8X\x0a\0\0\0${ANIMATED}`), 'webp', true],
    ['a WebP with the flag where no flags are', webp(`VP8L\x0a\0\0\0${ANIMATED}`), 'webp', false],
    ['a WebP that is cut off before its flags', webp('VP8X'), 'webp', false],
  ])('recognises %s', (_, text, format, animated) => {
    expect(recogniseFile(bytes(text))).toEqual({ format, animated });
  });

  it.each([
    ['jpeg', () => picture(80, 80).jpeg().toBuffer()],
    ['png', () => picture(80, 80).png().toBuffer()],
    ['webp', () => picture(80, 80).webp().toBuffer()],
  ])('knows a still %s', async (format, make) => {
    expect(recogniseFile(await make())).toEqual({ format, animated: false });
  });

  it.each([
    ['PNG', () => animatedPng(2), true],
    ['PNG of one frame', () => animatedPng(1), false],
    ['WebP', () => animatedWebp(2), true],
    ['WebP of one frame', () => animatedWebp(1), false],
  ])('tells whether it moves: an animated %s', async (_, make, animated) => {
    expect(recogniseFile(await make())).toMatchObject({ animated });
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a Canon raw file (CR3)', branded('crx ', 'crx ', 'isom')],
    ['an AVIF', branded('avif', 'mif1', 'miaf')],
    ['an AVIF', branded('avis', 'msf1')],
    ['an AVIF', branded('mif1', 'mif1', 'avif')],
    ['an HEIC photo', branded('heic', 'mif1', 'heic')],
    ['an HEIC photo', branded('mif1', 'mif1', 'heic')],
    ['an HEIC photo', branded('hevx')],
    ['an HEIF picture', branded('mif1', 'mif1')],
    ['a QuickTime video', branded('qt  ', 'qt  ')],
    ['a sound file', branded('M4A ', 'isom')],
    ['a video', branded('isom', 'iso2', 'mp41')],
    ['a video', branded('mp42')],
    ['a DNG raw file', tiff('II', 0xc612, '\x01\x04\0\0')],
    ['a Nikon raw file (NEF)', tiff('MM', 0x010f, 'NIKON CORPORATION')],
    ['a Sony raw file (ARW)', tiff('II', 0x010f, 'SONY')],
    ['a Canon raw file (CR2)', bytes('II*\0\x10\0\0\0CR\x02\0')],
    ['a TIFF or camera raw file', tiff('II', 0x0100, 'x')],
    ['a TIFF or camera raw file', bytes('MM\0*')],
    ['a JPEG XL', bytes('\xff\x0a\xfa')],
    ['a JPEG XL', bytes('\0\0\0\x0cJXL \r\n\x87\n')],
    ['a JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n')],
    ['a JPEG 2000', bytes('\xff\x4f\xff\x51\0')],
    ['a BMP', bytes('BM6\0')],
    ['a GIF', bytes('GIF89a')],
    ['a Photoshop document (PSD)', bytes('8BPS\0\x01')],
    ['a PDF document', bytes('%PDF-1.7')],
    ['a ZIP archive or office document', bytes('PK\x03\x04')],
    ['a sound file', bytes('RIFF\0\0\0\0WAVE')],
    ['an SVG drawing', bytes('<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="…">')],
    ['an SVG drawing', Buffer.from('\ufeff  <svg>')],
    ['an HTML page', bytes('\n<!doctype html><title>404</title>')],
    ['text (SVG, HTML or XML)', bytes('<rss>')],
    ['text (JSON)', bytes('{"error": 1}')],
    ['the companion that macOS keeps beside a file (AppleDouble)', bytes('\0\x05\x16\x07\0\x02')],
    ['a file that starts with 01 02 03 04', Buffer.from([1, 2, 3, 4, 5])],
  ])('names %s', (came, file) => {
    expect(recogniseFile(file)).toEqual({ format: 'unsupported', came });
  });

  it('reads no further than the file goes', () => {
    const files = [branded('mif1', 'avif'), tiff('II', 0x010f, 'SONY'), tiff('MM', 0xc612, 'x')];
    for (const file of files) {
      for (let length = 0; length <= file.length; length += 1)
        expect(recogniseFile(file.subarray(0, length)).format).toBe('unsupported');
    }
  });

  it('takes a photo with another file glued to its end for a photo', () => {
    expect(recogniseFile(bytes('\xff\xd8\xff%PDF-1.7'))).toMatchObject({ format: 'jpeg' });
  });
});
