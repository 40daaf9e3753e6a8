import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** A field of a protocol buffer message, to be written. A list of numbers is packed; a list of fields is a message. */
export type Field = readonly [number: number, value: number | string | Uint8Array | Int32Array | readonly Field[]];

/** The bytes of a message. */
export function writeMessage(fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, WireType.Varint).int64(value);
    else writer.tag(number, WireType.LengthDelimited).bytes(contentOf(value));
  }
  return writer.finish();
}

function contentOf(value: string | Uint8Array | Int32Array | readonly Field[]): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value instanceof Uint8Array) return value;
  return value instanceof Int32Array ? packed(value) : writeMessage(value);
}

function packed(values: Int32Array): Uint8Array {
  const writer = new BinaryWriter();
  for (const value of values) writer.int32(value);
  return writer.finish();
}

/** What a message holds, by the number of the field: numbers, or the bytes of texts, packed lists and messages. */
export type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** @throws Error where the bytes are no message of protocol buffers */
export function readMessage(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, (number | Uint8Array)[]>();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const values = fields.get(number) ?? [];
    fields.set(number, values);
    if (wireType === WireType.Varint) values.push(Number(reader.int64()));
    else if (wireType === WireType.LengthDelimited) values.push(reader.bytes());
    else reader.skip(wireType, number);
  }
  return fields;
}

/** The number in a field; 0 where it is absent, as in every protocol buffer. */
export function numberIn(fields: Fields, number: number): number {
  const [value] = fields.get(number) ?? [];
  return typeof value === 'number' ? value : 0;
}

export function bytesIn(fields: Fields, number: number): Uint8Array {
  const [value] = fields.get(number) ?? [];
  return value instanceof Uint8Array ? value : new Uint8Array();
}

export const textIn = (fields: Fields, number: number): string => new TextDecoder().decode(bytesIn(fields, number));

/** The messages of a repeated field. */
export function messagesIn(fields: Fields, number: number): Fields[] {
  return (fields.get(number) ?? []).filter((value) => value instanceof Uint8Array).map(readMessage);
}

/** The numbers of a packed field. */
export function numbersIn(fields: Fields, number: number): number[] {
  const reader = new BinaryReader(bytesIn(fields, number));
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(reader.int32());
  return numbers;
}

export const floatsToBytes = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** A copy, because a float must lie at a multiple of four. */
export const bytesToFloats = (bytes: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);
