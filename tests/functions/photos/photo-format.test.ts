import { describe, expect, it } from 'vitest';
import { recogniseFile } from '../../../functions/photos/photo-format.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const PNG = '\x89PNG\r\n\x1a\n';
/** A chunk of a PNG: length, type, content, checksum. */
const chunk = (type: string, content = ''): string =>
  `\0\0\0${String.fromCharCode(content.length)}${type}${content}\0\0\0\0`;
const webp = (rest: string): string => `RIFF\x24\0\0\0WEBP${rest}`;
const ANIMATED = '\x02';

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
    ['', 'an empty file'],
    ['%PDF-1.7', 'a PDF document'],
    ['GIF89a', 'a GIF'],
    ['BM6', 'a BMP'],
    ['II*\0', 'a TIFF or camera raw file'],
    ['MM\0*', 'a TIFF or camera raw file'],
    ['PK\x03\x04', 'a ZIP archive or office document'],
    ['RIFF\0\0\0\0WAVE', 'a RIFF file (sound or video)'],
    ['\0\0\0\x18ftypheic', 'an HEIC photo'],
    ['\0\0\0\x18ftypmif1', 'an HEIC photo'],
    ['\0\0\0\x18ftypavif', 'an AVIF'],
    ['\0\0\0\x18ftypisom', 'a video'],
    ['\x00\x00\x00\x0cJXL \r\n', 'a JPEG XL'],
    ['\xff\x0a\x00', 'a JPEG XL'],
    ['<svg', 'text (SVG, HTML or XML)'],
    ['{"a":1}', 'text (JSON)'],
    ['\x01\x02\x03\xfe\xff', 'a file that starts with 01 02 03 fe'],
    ['\xff\xd8', 'a file that starts with ff d8'],
    ['%PD', 'a file that starts with 25 50 44'],
    [' %PDF', 'a file that starts with 20 25 50 44'],
  ])('says of %j that it is %s', (text, came) => {
    expect(recogniseFile(bytes(text))).toEqual({ format: 'unsupported', came });
  });

  it('takes a photo with another file glued to its end for a photo', () => {
    expect(recogniseFile(bytes('\xff\xd8\xff%PDF-1.7'))).toMatchObject({ format: 'jpeg' });
  });
});
