import { chunk, jpeg, picture } from '../photos/files.ts';

/** Pictures with C2PA manifests, as programs write them, but without signatures. */

export type Action = Readonly<Record<string, string>>;

/** A JUMBF box: length, type, content. */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

/** A superbox with its description: 16 bytes of type, flags, label. */
export const superbox = (label: string, ...content: readonly Uint8Array[]): Buffer =>
  box('jumb', box('jumd', Buffer.alloc(16), Buffer.from([3]), Buffer.from(`${label}\0`)), ...content);

/** CBOR of a text, and of a map of texts. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([
    bytes.length < 24 ? Buffer.from([0x60 + bytes.length]) : Buffer.from([0x78, bytes.length]),
    bytes,
  ]);
}
const cborMap = (map: Action): Buffer =>
  Buffer.concat([Buffer.from([0xa0 + Object.keys(map).length]), ...Object.entries(map).flat().map(cborText)]);

export const cborOfActions = (actions: readonly Action[]): Buffer =>
  Buffer.concat([
    Buffer.from([0xa1]),
    cborText('actions'),
    Buffer.from([0x80 + actions.length]),
    ...actions.map(cborMap),
  ]);

/** A store of manifests, the last one the file's own; each of them has these actions. */
export const store = (...manifests: readonly (readonly Action[])[]): Buffer =>
  superbox(
    'c2pa',
    ...manifests.map((actions, index) =>
      superbox(
        `urn:c2pa:${index}`,
        superbox('c2pa.assertions', superbox('c2pa.actions.v2', box('cbor', cborOfActions(actions)))),
      ),
    ),
  );

/** In segments of at most this many bytes of the box, each of which repeats its header. */
export async function jpegWith(block: Buffer, segmentBytes = 60_000): Promise<Buffer> {
  const file = await jpeg(80, 80);
  const segments: Buffer[] = [];
  for (let at = 0, packet = 1; at < block.length; at += segmentBytes, packet += 1) {
    const repeated = at === 0 ? Buffer.alloc(0) : block.subarray(0, 8);
    const part = Buffer.concat([repeated, block.subarray(at, at + segmentBytes)]);
    const header = Buffer.from('ffeb00004a500001000000000'.padEnd(24, '0').slice(0, 24), 'hex');
    header.writeUInt16BE(10 + part.length, 2);
    header.writeUInt32BE(packet, 8);
    segments.push(header, part);
  }
  return Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]);
}

export async function pngWith(block: Buffer): Promise<Buffer> {
  const file = await picture(80, 80).png().toBuffer();
  return Buffer.concat([file.subarray(0, 33), chunk('caBX', block), file.subarray(33)]);
}

export async function webpWith(block: Buffer): Promise<Buffer> {
  const file = await picture(80, 80).webp().toBuffer();
  const header = Buffer.from('C2PA\0\0\0\0', 'latin1');
  header.writeUInt32LE(block.length, 4);
  const whole = Buffer.concat([file, header, block, Buffer.alloc(block.length % 2)]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
