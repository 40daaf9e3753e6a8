/** Writes ONNX graphs byte by byte (protobuf), so that tests make the models they need. */

type Bytes = readonly number[];

const varint = (value: number): Bytes => {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
};
const number = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, content: string): Bytes => bytes(field, [...Buffer.from(content)]);

/** A number is fixed, a word is free. */
export type Shape = readonly (number | string)[];

const FLOAT = 1;

export const tensor = (name: string, shape: Shape, elementType = FLOAT): Bytes => {
  const dims = shape.flatMap((side) => bytes(1, typeof side === 'number' ? number(1, side) : text(2, side)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, elementType), ...bytes(2, dims)]))];
};

/** A constant of the graph. */
export const constant = (name: string, dims: readonly number[], values: readonly number[]): Bytes => {
  const raw = [...new Uint8Array(Float32Array.from(values).buffer)];
  return [...dims.flatMap((side) => number(1, side)), ...number(2, FLOAT), ...text(8, name), ...bytes(9, raw)];
};

const INTS = 7;
const INT = 2;

const attribute = (name: string, value: number | readonly number[]): Bytes =>
  typeof value === 'number'
    ? [...text(1, name), ...number(3, value), ...number(20, INT)]
    : [...text(1, name), ...value.flatMap((each) => number(8, each)), ...number(20, INTS)];

export const node = (
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Bytes => [
  ...inputs.flatMap((name) => text(1, name)),
  ...text(2, output),
  ...text(4, operation),
  ...Object.entries(attributes).flatMap(([name, value]) => bytes(5, attribute(name, value))),
];

export type Graph = {
  readonly nodes: readonly Bytes[];
  readonly constants: readonly Bytes[];
  readonly inputs: readonly Bytes[];
  readonly outputs: readonly Bytes[];
};

/** The file of a graph: opset 13. */
export const onnxFile = ({ nodes, constants, inputs, outputs }: Graph): Uint8Array => {
  const graph = [
    ...nodes.flatMap((each) => bytes(1, each)),
    ...text(2, 'tiny'),
    ...constants.flatMap((each) => bytes(5, each)),
    ...inputs.flatMap((each) => bytes(11, each)),
    ...outputs.flatMap((each) => bytes(12, each)),
  ];
  return Uint8Array.from([...number(1, 7), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...number(2, 13)])]);
};
