/**
 * Numbers by row and feature, row by row; NaN is a missing value. Single precision, because the ONNX runtime compares in
 * single precision: a threshold must separate the same rows in training and serving.
 */
export type FeatureMatrix = {
  readonly values: Float32Array;
  readonly rows: number;
  readonly features: number;
};

/** The matrix of these rows, in their order. */
export function selectRows({ values, features }: FeatureMatrix, rows: ArrayLike<number>): FeatureMatrix {
  const selected = new Float32Array(rows.length * features);
  for (let to = 0; to < rows.length; to += 1) {
    const from = rows[to] as number;
    selected.set(values.subarray(from * features, (from + 1) * features), to * features);
  }
  return { values: selected, rows: rows.length, features };
}

/** A matrix from rows of equal length. */
export function matrixOf(rows: readonly (readonly number[])[]): FeatureMatrix {
  const features = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * features);
  rows.forEach((row, index) => {
    if (row.length !== features) throw new Error(`row ${index} has ${row.length} features, expected ${features}`);
    values.set(row, index * features);
  });
  return { values, rows: rows.length, features };
}
