import { describe, expect, it } from 'vitest';
import { readExif } from '../../../functions/authenticity/exif.ts';

type Entry = readonly [tag: number, type: number, value: string | number];
const ASCII = 2;
const UNDEFINED = 7;
const LONG = 4;
const MAKE = 0x010f;
const MODEL = 0x0110;
const SOFTWARE = 0x0131;
const EXIF_FOLDER = 0x8769;
const TAKEN_AT = 0x9003;
const EXPOSURE_TIME = 0x829a;
const MODIFIED_AT = 0x0132;
const USER_COMMENT = 0x9286;

/** A TIFF structure with one folder at byte 8, and another behind it that the first points to. Texts lie at the end. */
function tiff(main: readonly Entry[], details: readonly Entry[], littleEndian: boolean): Buffer {
  const uint = (value: number, bytes: number): Buffer => {
    const buffer = Buffer.alloc(bytes);
    if (littleEndian) buffer.writeUIntLE(value, 0, bytes);
    else buffer.writeUIntBE(value, 0, bytes);
    return buffer;
  };
  const uint16 = (value: number): Buffer => uint(value, 2);
  const uint32 = (value: number): Buffer => uint(value, 4);
  const sizeOf = (entries: readonly Entry[]): number => 2 + 12 * entries.length + 4;
  const detailsAt = 8 + sizeOf(main) + 12;
  const textsAt = detailsAt + sizeOf(details);
  const texts: Buffer[] = [];
  const entry = ([tag, type, value]: Entry): Buffer => {
    if (typeof value === 'number') return Buffer.concat([uint16(tag), uint16(type), uint32(1), uint32(value)]);
    const text = Buffer.from(value, 'latin1');
    const at = textsAt + Buffer.concat(texts).length;
    if (text.length > 4) texts.push(text);
    const field = text.length > 4 ? uint32(at) : Buffer.concat([text, Buffer.alloc(4 - text.length)]);
    return Buffer.concat([uint16(tag), uint16(type), uint32(text.length), field]);
  };
  const folder = (entries: readonly Entry[]): Buffer =>
    Buffer.concat([uint16(entries.length), ...entries.map(entry), uint32(0)]);
  const pointer: Entry = [EXIF_FOLDER, LONG, detailsAt];
  const head = Buffer.concat([Buffer.from(littleEndian ? 'II' : 'MM'), uint16(42), uint32(8)]);
  return Buffer.concat([head, folder([...main, pointer]), folder(details), ...texts]);
}

const CAMERA: readonly Entry[] = [
  [MAKE, ASCII, 'Canon\0'],
  [MODEL, ASCII, 'EOS'],
  [SOFTWARE, ASCII, 'Adobe Lightroom 7.1\0'],
  [MODIFIED_AT, ASCII, '2026:05:02 12:00:00\0'],
];
const DETAILS: readonly Entry[] = [
  [TAKEN_AT, ASCII, '2026:05:01 12:00:00\0'],
  [EXPOSURE_TIME, 5, 0],
  [USER_COMMENT, UNDEFINED, 'UNICODE\0\0S\0t\0e\0p\0s'],
];
const READ = {
  make: 'Canon',
  model: 'EOS',
  software: 'Adobe Lightroom 7.1',
  takenAt: '2026:05:01 12:00:00',
  modifiedAt: '2026:05:02 12:00:00',
  userComment: 'UNICODESteps',
  hasExposure: true,
};
const NOTHING = { hasExposure: false };

describe('readExif', () => {
  it.each([true, false])('reads who made a photo, with what and when (little endian: %j)', (littleEndian) => {
    expect(readExif(tiff(CAMERA, DETAILS, littleEndian))).toEqual(READ);
  });

  it('reads behind the prefix that JPEG puts before', () => {
    expect(readExif(Buffer.concat([Buffer.from('Exif\0\0'), tiff(CAMERA, DETAILS, true)]))).toEqual(READ);
  });

  it('reads a block that lies within a larger one', () => {
    const block = tiff(CAMERA, DETAILS, true);
    const larger = Buffer.concat([Buffer.alloc(7, 1), block, Buffer.alloc(3)]);

    expect(readExif(larger.subarray(7, 7 + block.length))).toEqual(READ);
  });

  it('leaves out what is not there', () => {
    expect(readExif(tiff([], [], true))).toEqual(NOTHING);
    expect(readExif(tiff([[MODEL, ASCII, 'Pixel 9']], [], true))).toEqual({ ...NOTHING, model: 'Pixel 9' });
  });

  it('reads a text of four letters in the entry itself, and longer ones where it points', () => {
    const models = ['A', 'ABCD', 'ABCDE'].map((model) => readExif(tiff([[MODEL, ASCII, model]], [], true)).model);

    expect(models).toEqual(['A', 'ABCD', 'ABCDE']);
  });

  it('keeps printable letters only, without spaces around, and no empty text', () => {
    const made = (text: string) => readExif(tiff([[MAKE, ASCII, text]], [], true)).make;

    expect(made(' \x1fNi\x00k\x7fon\xe9~ ')).toBe('Nikon~');
    expect(made('   \0')).toBeUndefined();
  });

  it('keeps 200 characters of a longer text', () => {
    expect(readExif(tiff([[MAKE, ASCII, 'x'.repeat(300)]], [], true)).make).toBe('x'.repeat(200));
  });

  it('reads no text of another type', () => {
    expect(readExif(tiff([[MAKE, 7, 'Canon\0']], [], true))).toEqual(NOTHING);
  });

  it('reads 512 entries of a folder at most', () => {
    const many = Array.from({ length: 512 }, (): Entry => [1, 3, 0]);
    expect(readExif(tiff([...many.slice(1), [MODEL, ASCII, 'Last']], [], true)).model).toBe('Last');
    expect(readExif(tiff([...many, [MODEL, ASCII, 'Late']], [], true)).model).toBeUndefined();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['seven bytes', Buffer.from('II*\0\x08\0\0')],
    ['another byte order', Buffer.from('XX*\0\x08\0\0\0\0\0')],
    ['a prefix alone', Buffer.from('Exif\0\0')],
    ['a folder beyond the end', Buffer.from('II*\0\xff\0\0\0', 'latin1')],
  ])('reads nothing of %s', (_, block) => {
    expect(readExif(block)).toEqual(NOTHING);
  });

  it('reads what is left of a text that is cut off', () => {
    const block = tiff([[MAKE, ASCII, 'Hasselblad']], [], true);

    expect(readExif(block.subarray(0, block.length - 4)).make).toBe('Hassel');
  });
});
