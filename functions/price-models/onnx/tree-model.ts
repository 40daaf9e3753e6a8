import type { Ensemble } from '../boosting/tree.ts';
import { type FlatTrees, flattenTrees, unflattenTrees } from './flat-trees.ts';
import {
  ATTRIBUTE_TYPE,
  DATA_TYPE,
  FIELDS,
  INPUT_NAME,
  IR_VERSION,
  OPSETS,
  OUTPUT_NAME,
  START_NAME,
} from './onnx-fields.ts';
import {
  bytesIn,
  bytesToFloats,
  type Field,
  type Fields,
  floatsToBytes,
  messagesIn,
  numberIn,
  numbersIn,
  readMessage,
  textIn,
  writeMessage,
} from './protobuf-fields.ts';

/** Ensembles on the same features, one per output, with what the features mean. */
export type TreeModel = {
  readonly ensembles: readonly Ensemble[];
  readonly features: number;
  /** texts by name, kept in the file */
  readonly metadata: Readonly<Record<string, string>>;
};

/**
 * The model as an ONNX file: float32 [rows, features] in, float32 [rows, ensembles] out, by one TreeEnsemble (ai.onnx.ml 5) an
 * ensemble, to whose sums the starts are added. One for all would take a third longer: the runtime is fast for a single output.
 */
export function writeTreeModel({ ensembles, features, metadata }: TreeModel): Uint8Array {
  return writeMessage([
    [FIELDS.model.irVersion, IR_VERSION],
    [FIELDS.model.producer, 'fettle'],
    [FIELDS.model.graph, graphOf(ensembles, features)],
    ...OPSETS.map(
      ({ domain, version }): Field => [
        FIELDS.model.opset,
        [
          [FIELDS.opset.domain, domain],
          [FIELDS.opset.version, version],
        ],
      ],
    ),
    ...Object.entries(metadata).map(
      ([key, value]): Field => [
        FIELDS.model.metadata,
        [
          [FIELDS.entry.key, key],
          [FIELDS.entry.value, value],
        ],
      ],
    ),
  ]);
}

const TREE_OPERATOR = 'TreeEnsemble';

function graphOf(ensembles: readonly Ensemble[], features: number): Field[] {
  const starts = Float32Array.from(ensembles, ({ start }) => start);
  return [
    ...ensembles.map(({ trees }, at): Field => [FIELDS.graph.node, treeNode(flattenTrees(trees), sumName(at))]),
    [FIELDS.graph.node, concatenationNode(ensembles.length)],
    [FIELDS.graph.node, additionNode()],
    [FIELDS.graph.name, 'trees'],
    [FIELDS.graph.initializer, tensor(starts, [1, starts.length], START_NAME)],
    [FIELDS.graph.input, valueInfo(INPUT_NAME, features)],
    [FIELDS.graph.output, valueInfo(OUTPUT_NAME, ensembles.length)],
  ];
}

/** The output of the TreeEnsemble at a place. */
const sumName = (at: number): string => `sum${at}`;

function treeNode(flat: FlatTrees, output: string): Field[] {
  const attributes = [
    intsAttribute('tree_roots', flat.roots),
    intsAttribute('nodes_featureids', flat.features),
    tensorAttribute('nodes_splits', flat.splits),
    tensorAttribute('nodes_modes', new Uint8Array(flat.features.length)),
    intsAttribute('nodes_truenodeids', flat.trueIds),
    intsAttribute('nodes_falsenodeids', flat.falseIds),
    intsAttribute('nodes_trueleafs', flat.trueLeafs),
    intsAttribute('nodes_falseleafs', flat.falseLeafs),
    intsAttribute('nodes_missing_value_tracks_true', flat.missingTrue),
    tensorAttribute('nodes_hitrates', flat.trueRatios),
    intsAttribute('leaf_targetids', new Int32Array(flat.leafWeights.length)),
    tensorAttribute('leaf_weights', flat.leafWeights),
    intAttribute('n_targets', 1),
  ];
  return [
    [FIELDS.node.input, INPUT_NAME],
    [FIELDS.node.output, output],
    [FIELDS.node.operator, TREE_OPERATOR],
    ...attributes.map((attribute): Field => [FIELDS.node.attribute, attribute]),
    [FIELDS.node.domain, 'ai.onnx.ml'],
  ];
}

const concatenationNode = (count: number): Field[] => [
  ...Array.from({ length: count }, (_, at): Field => [FIELDS.node.input, sumName(at)]),
  [FIELDS.node.output, 'sums'],
  [FIELDS.node.operator, 'Concat'],
  [FIELDS.node.attribute, intAttribute('axis', 1)],
];

const additionNode = (): Field[] => [
  [FIELDS.node.input, 'sums'],
  [FIELDS.node.input, START_NAME],
  [FIELDS.node.output, OUTPUT_NAME],
  [FIELDS.node.operator, 'Add'],
];

const intAttribute = (name: string, value: number): Field[] => [
  [FIELDS.attribute.name, name],
  [FIELDS.attribute.int, value],
  [FIELDS.attribute.type, ATTRIBUTE_TYPE.int],
];

const intsAttribute = (name: string, values: Int32Array): Field[] => [
  [FIELDS.attribute.name, name],
  [FIELDS.attribute.ints, values],
  [FIELDS.attribute.type, ATTRIBUTE_TYPE.ints],
];

const tensorAttribute = (name: string, values: Float32Array | Uint8Array): Field[] => [
  [FIELDS.attribute.name, name],
  [FIELDS.attribute.tensor, tensor(values, [values.length], name)],
  [FIELDS.attribute.type, ATTRIBUTE_TYPE.tensor],
];

function tensor(values: Float32Array | Uint8Array, shape: readonly number[], name: string): Field[] {
  const isFloat = values instanceof Float32Array;
  return [
    ...shape.map((size): Field => [FIELDS.tensor.dims, size]),
    [FIELDS.tensor.dataType, isFloat ? DATA_TYPE.float : DATA_TYPE.byte],
    [FIELDS.tensor.name, name],
    [FIELDS.tensor.rawData, isFloat ? floatsToBytes(values) : values],
  ];
}

function valueInfo(name: string, columns: number): Field[] {
  const dimensions: Field[] = [
    [FIELDS.shape.dimension, [[FIELDS.dimension.symbol, 'rows']]],
    [FIELDS.shape.dimension, [[FIELDS.dimension.value, columns]]],
  ];
  const tensorType: Field[] = [
    [FIELDS.tensorType.elementType, DATA_TYPE.float],
    [FIELDS.tensorType.shape, dimensions],
  ];
  return [
    [FIELDS.value.name, name],
    [FIELDS.value.type, [[FIELDS.type.tensor, tensorType]]],
  ];
}

/** The texts kept in a file of `writeTreeModel`. @throws Error where the bytes are no protocol buffer */
export function readMetadata(bytes: Uint8Array): Record<string, string> {
  const entries = messagesIn(readMessage(bytes), FIELDS.model.metadata);
  return Object.fromEntries(
    entries.map((entry) => [textIn(entry, FIELDS.entry.key), textIn(entry, FIELDS.entry.value)]),
  );
}

/** Reads a file of `writeTreeModel`. @throws Error where it is another file */
export function readTreeModel(bytes: Uint8Array): TreeModel {
  const model = readMessage(bytes);
  const [graph] = messagesIn(model, FIELDS.model.graph);
  const nodes = graph ? messagesIn(graph, FIELDS.graph.node) : [];
  const trees = nodes.filter((node) => textIn(node, FIELDS.node.operator) === TREE_OPERATOR);
  const [startTensor] = graph ? messagesIn(graph, FIELDS.graph.initializer) : [];
  const [input] = graph ? messagesIn(graph, FIELDS.graph.input) : [];
  const starts = startTensor ? bytesToFloats(bytesIn(startTensor, FIELDS.tensor.rawData)) : [];
  if (!input || trees.length === 0 || trees.length !== starts.length) {
    throw new Error('it is no model of trees that this version of Fettle wrote');
  }
  return {
    ensembles: trees.map((node, at) => ({ start: starts[at] as number, trees: unflattenTrees(flatTreesOf(node)) })),
    features: columnsOf(input),
    metadata: readMetadata(bytes),
  };
}

function columnsOf(value: Fields): number {
  const inside = (fields: Fields | undefined, field: number, at = 0): Fields | undefined =>
    fields && messagesIn(fields, field)[at];
  const tensorType = inside(inside(value, FIELDS.value.type), FIELDS.type.tensor);
  const dimension = inside(inside(tensorType, FIELDS.tensorType.shape), FIELDS.shape.dimension, 1);
  return dimension ? numberIn(dimension, FIELDS.dimension.value) : 0;
}

function flatTreesOf(node: Fields): FlatTrees {
  const attributes = new Map(
    messagesIn(node, FIELDS.node.attribute).map((each) => [textIn(each, FIELDS.attribute.name), each] as const),
  );
  const attribute = (name: string): Fields => {
    const found = attributes.get(name);
    if (!found) throw new Error(`its TreeEnsemble has no ${name}`);
    return found;
  };
  const ints = (name: string): Int32Array => Int32Array.from(numbersIn(attribute(name), FIELDS.attribute.ints));
  const floats = (name: string): Float32Array => {
    const [values] = messagesIn(attribute(name), FIELDS.attribute.tensor);
    return values ? bytesToFloats(bytesIn(values, FIELDS.tensor.rawData)) : new Float32Array();
  };
  return {
    roots: ints('tree_roots'),
    features: ints('nodes_featureids'),
    splits: floats('nodes_splits'),
    trueIds: ints('nodes_truenodeids'),
    falseIds: ints('nodes_falsenodeids'),
    trueLeafs: ints('nodes_trueleafs'),
    falseLeafs: ints('nodes_falseleafs'),
    missingTrue: ints('nodes_missing_value_tracks_true'),
    trueRatios: floats('nodes_hitrates'),
    leafWeights: floats('leaf_weights'),
  };
}
