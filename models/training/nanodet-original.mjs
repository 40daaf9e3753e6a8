// Runs the original graph of NanoDet-g in TensorFlow.js and writes what its trunk says of a fixed input: the reference for check_nanodet.py.
//
//     npm install --no-save @tensorflow/tfjs@4.22.0
//     node models/training/nanodet-original.mjs package/models /tmp/nanodet
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';

const [folder, out] = process.argv.slice(2);
const SIDE = 416;
const LEVELS = ['Concat_27', 'Concat_42', 'Concat_62'].map((name) => `PartitionedCall/onnx_tf_prefix_${name}`);

/** Park and Miller's generator: the same numbers in every language. */
function* numbers(count) {
  let state = 7;
  for (let made = 0; made < count; made += 1) {
    state = (state * 16807) % 2147483647;
    yield state / 1073741824 - 1;
  }
}

await tf.setBackend('cpu');
const graph = JSON.parse(await readFile(`${folder}/nanodet.json`, 'utf8'));
const [{ weights }] = graph.weightsManifest;
const weightData = new Uint8Array(await readFile(`${folder}/nanodet.bin`)).buffer;
const model = await tf.loadGraphModel({ load: async () => ({ ...graph, weightSpecs: weights, weightData }) });
const input = tf.tensor4d(Float32Array.from(numbers(3 * SIDE * SIDE)), [1, 3, SIDE, SIDE]);
await mkdir(out, { recursive: true });
for (const [level, features] of model.execute(input, LEVELS).entries()) {
  await writeFile(`${out}/level${level}.f32`, new Uint8Array(features.dataSync().buffer));
}
