import { c2paBlocks, textAt } from './c2pa-blocks.ts';
import { asPart, type SourceType, sourceTypeOf } from './source-type.ts';

/** What a file's C2PA manifests declare. No signature is checked, so they prove nothing in favour of a photo. */
export type C2paDeclaration = { readonly hasManifest: boolean; readonly sourceTypes: readonly SourceType[] };

/** Boxes within boxes; C2PA nests five deep. Chosen by eye, as the next two. */
const MOST_DEPTH = 8;
/** Boxes that follow each other; a manifest has some dozens. */
const MOST_BOXES = 5_000;
/** Bytes of one box of CBOR that are read; lists of actions are far shorter. */
const MOST_BYTES = 1_000_000;

type Box = { readonly type: string; readonly content: Uint8Array };
type Action = { readonly action: string; readonly sourceType?: SourceType };

/**
 * The digital source types in the actions of a file's C2PA manifests.
 *
 * The last manifest is the file's own. `c2pa.created` with a generated source is a generated picture, any other action with one
 * an edit. What the manifests before declare is its origin; parts of it, when it was created by itself or pictures were placed
 * in it.
 */
export function readC2pa(file: Uint8Array): C2paDeclaration {
  const manifests = c2paBlocks(file).flatMap(manifestsIn);
  const actions = manifests.map(actionsIn);
  const own = actions.at(-1) ?? [];
  const hasParts = own.some(({ action }) => action === 'c2pa.created' || action === 'c2pa.placed');
  const before = actions.slice(0, -1).flat().flatMap(declared);
  return {
    hasManifest: manifests.length > 0,
    sourceTypes: [...own.flatMap(declared), ...(hasParts ? before.filter(isGenerated).map(asPart) : before)],
  };
}

const isGenerated = ({ kind }: SourceType): boolean => kind === 'generated' || kind === 'partly_generated';

function declared({ action, sourceType }: Action): SourceType[] {
  if (!sourceType) return [];
  return [action === 'c2pa.created' ? sourceType : asPart(sourceType)];
}

/** The manifests of a store (a JUMBF superbox labelled `c2pa`), oldest first; of a store without any, the store itself. */
function manifestsIn(block: Uint8Array): Box[] {
  return boxesIn(block)
    .filter(isStore)
    .flatMap((store) => {
      const manifests = boxesIn(store.content).filter(({ type }) => type === 'jumb');
      return manifests.length > 0 ? manifests : [store];
    });
}

/** The label follows 16 bytes of type and one of flags, in the description box that comes first. */
function isStore({ type, content }: Box): boolean {
  const [description] = boxesIn(content);
  return type === 'jumb' && description?.type === 'jumd' && textAt(description.content, 17, 5) === 'c2pa\0';
}

/** Boxes that follow each other: length (4 bytes; 1: in 8 more bytes, 0: to the end), type (4 bytes), content. */
function boxesIn(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length && boxes.length < MOST_BOXES; ) {
    const short = view.getUint32(at);
    const long = short === 1 && at + 16 <= bytes.length;
    const header = long ? 16 : 8;
    const length = short === 0 ? bytes.length - at : long ? Number(view.getBigUint64(at + 8)) : short;
    if (length < header) break;
    boxes.push({ type: textAt(bytes, at + 4, 4), content: bytes.subarray(at + header, at + length) });
    at += length;
  }
  return boxes;
}

const actionsIn = (manifest: Box): Action[] => cborIn(manifest, MOST_DEPTH).flatMap(readActions);

function cborIn({ type, content }: Box, depth: number): Uint8Array[] {
  if (type === 'cbor') return [content.subarray(0, MOST_BYTES)];
  return type === 'jumb' && depth > 0 ? boxesIn(content).flatMap((box) => cborIn(box, depth - 1)) : [];
}

/** The keys as CBOR writes them: text of 6 and of 17 bytes. In an action the first comes before the second. */
const KEYS = /faction|qdigitalSourceType/g;

/** A search instead of a decoder: all that is needed of CBOR is two texts, each behind its key. */
function readActions(cbor: Uint8Array): Action[] {
  const text = Buffer.from(cbor.buffer, cbor.byteOffset, cbor.byteLength).toString('latin1');
  const actions: Action[] = [];
  for (const { 0: key, index } of text.matchAll(KEYS)) {
    const value = cborText(text, index + key.length);
    if (key === 'faction') actions.push({ action: value });
    const sourceType = key === 'faction' ? undefined : sourceTypeOf(value);
    const { action } = actions.at(-1) ?? { action: '' };
    if (sourceType) actions.push({ action, sourceType });
  }
  return actions;
}

/** The CBOR text (RFC 8949, major type 3) at a place: its length in the first byte, or in the next; '' for anything else. */
function cborText(bytes: string, at: number): string {
  const first = bytes.charCodeAt(at);
  if (first >= 0x60 && first < 0x78) return bytes.slice(at + 1, at + 1 + first - 0x60);
  return first === 0x78 ? bytes.slice(at + 2, at + 2 + bytes.charCodeAt(at + 1)) : '';
}
