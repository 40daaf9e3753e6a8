import { deflateSync } from 'node:zlib';
import { jpeg, picture } from './files.ts';
import { largePng, pngChunk } from './made-png.ts';

/** Photos of 640 x 480 px with more metadata than any program writes. */

const png = (chunks: readonly Buffer[]): Buffer =>
  largePng({ widthPx: 640, heightPx: 480, bitDepth: 8, colorType: 2, chunks });

const many = (count: number, make: (index: number) => Buffer): Buffer[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** So many bytes of one letter, compressed to a thousandth. */
const bomb = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes, 'a'), { level: 9 });

/** An EXIF block whose folder has as many entries as can be, each of this tag and type, and each pointing to the folder. */
export function exifOf(tag: number, type: number, entries = 65_535): Buffer {
  const block = Buffer.alloc(8 + 2 + entries * 12 + 4);
  block.write('MM\0*\0\0\0\x08', 'latin1');
  block.writeUInt16BE(entries, 8);
  for (let at = 10; at < 10 + entries * 12; at += 12) {
    block.writeUInt16BE(tag, at);
    block.writeUInt16BE(type, at + 2);
    block.writeUInt32BE(type === 4 ? 1 : 600_000, at + 4);
    block.writeUInt32BE(8, at + 8);
  }
  return block;
}

const EXIF_FOLDER = 0x8769;
const DESCRIPTION = 0x010e;

export function jpegSegment(code: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.from([0xff, code, 0, 0]);
  header.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([header, body]);
}

async function jpegWith(segments: readonly Buffer[]): Promise<Buffer> {
  const file = await jpeg();
  return Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]);
}

async function webpWith(type: string, content: Buffer): Promise<Buffer> {
  const file = await picture()
    .withExif({ IFD0: { Make: 'Acme' } })
    .webp()
    .toBuffer();
  const header = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(content.length, 4);
  // Before the picture's own EXIF.
  const at = 30;
  const whole = Buffer.concat([
    file.subarray(0, at),
    header,
    content,
    Buffer.alloc(content.length % 2),
    file.subarray(at),
  ]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

const EXIF = Buffer.from('Exif\0\0');
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0');
const ICC = Buffer.from('ICC_PROFILE\0');

export const HOSTILE_METADATA: readonly (readonly [what: string, file: () => Buffer | Promise<Buffer>])[] = [
  ['a PNG profile of 100 MB in 0.1', () => png([pngChunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), bomb(1e8)]))])],
  [
    'two hundred PNG texts of 7 MB each, in 1.4 MB',
    () => png(many(200, (index) => pngChunk('zTXt', Buffer.concat([Buffer.from(`${index}\0\0`), bomb(7e6)])))),
  ],
  [
    'two hundred international PNG texts of 7 MB each',
    () =>
      png(many(200, () => pngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), bomb(7e6)])))),
  ],
  [
    'hundreds of thousands of PNG texts',
    () => png(many(400_000, (index) => pngChunk('tEXt', Buffer.from(`${index}\0x`)))),
  ],
  ['hundreds of thousands of PNG chunks', () => png(many(600_000, () => pngChunk('prIv', Buffer.alloc(1))))],
  ['EXIF folders that hold each other, in a PNG', () => png([pngChunk('eXIf', exifOf(EXIF_FOLDER, 4))])],
  ['EXIF texts that share their letters', () => png([pngChunk('eXIf', exifOf(DESCRIPTION, 2))])],
  [
    'EXIF folders that hold each other, in a JPEG',
    () => jpegWith(many(100, () => jpegSegment(0xe1, EXIF, exifOf(EXIF_FOLDER, 4, 5_000)))),
  ],
  ['EXIF folders that hold each other, in a WebP', () => webpWith('EXIF', exifOf(EXIF_FOLDER, 4))],
  ['more than a million JPEG segments', () => jpegWith(many(1_500_000, () => jpegSegment(0xe4, Buffer.alloc(1))))],
  ['8 MB of XMP', () => jpegWith(many(120, () => jpegSegment(0xe1, XMP, Buffer.alloc(65_000, 'A'))))],
  [
    '8 MB of profile',
    () =>
      jpegWith(many(120, (part) => jpegSegment(0xe2, ICC, Buffer.from([part + 1, 120]), Buffer.alloc(65_000, 'A')))),
  ],
  ['8 MB of fill bytes', () => jpegWith([Buffer.alloc(8e6, 0xff)])],
];
