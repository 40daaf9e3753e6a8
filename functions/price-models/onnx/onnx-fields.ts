/** Field numbers of ONNX's protocol buffers that tree models use, by message; from onnx.proto, IR version 10. */
export const FIELDS = {
  model: { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14 },
  opset: { domain: 1, version: 2 },
  entry: { key: 1, value: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, operator: 4, attribute: 5, domain: 7 },
  attribute: { name: 1, int: 3, tensor: 5, ints: 8, type: 20 },
  tensor: { dims: 1, dataType: 2, name: 8, rawData: 9 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { elementType: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { value: 1, symbol: 2 },
} as const;

/** Element types of tensors. */
export const DATA_TYPE = { float: 1, byte: 2 } as const;
/** Kinds of attributes. */
export const ATTRIBUTE_TYPE = { int: 2, tensor: 4, ints: 7 } as const;

/** IR 10 is the first that has opset 22 and version 5 of the ML operators, with the operator TreeEnsemble. */
export const IR_VERSION = 10;
/** The operators of the graph: Add of the default domain, TreeEnsemble of the other. */
export const OPSETS = [
  { domain: '', version: 21 },
  { domain: 'ai.onnx.ml', version: 5 },
] as const;

/** Names of the graph's values. */
export const INPUT_NAME = 'features';
export const OUTPUT_NAME = 'predictions';
export const START_NAME = 'starts';
