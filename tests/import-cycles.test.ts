import { describe, expect, it } from 'vitest';
import { files, PROGRAM, PYTHON } from './source-files.ts';

/** What imports what, of files or of folders: a node and those it needs. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function graphOf(nodeOf: (path: string) => string | undefined): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const from = nodeOf(path);
    if (from === undefined) continue;
    const needed = graph.get(from) ?? new Set<string>();
    for (const to of imports.map(nodeOf)) if (to !== undefined && to !== from) needed.add(to);
    graph.set(from, needed);
  }
  return graph;
}

/** The nodes on a cycle, or between two: those left when nodes that need none of the rest, or that none needs, are removed. */
function cyclesOf(graph: Graph): string[] {
  const left = new Set(graph.keys());
  const isNeeded = (node: string): boolean => [...left].some((other) => graph.get(other)?.has(node));
  const needsOne = (node: string): boolean => [...(graph.get(node) ?? [])].some((other) => left.has(other));
  for (;;) {
    const free = [...left].filter((node) => !isNeeded(node) || !needsOne(node));
    if (free.length === 0) return [...left];
    for (const node of free) left.delete(node);
  }
}

describe('imports', () => {
  it('never run in a circle between the folders of the runtime', () => {
    expect(cyclesOf(graphOf((path) => /^functions\/[^/]+\//.exec(path)?.[0]))).toEqual([]);
  });

  it('never run in a circle between files', () => {
    expect(cyclesOf(graphOf((path) => (PROGRAM.test(path) ? path : undefined)))).toEqual([]);
  });

  it('never run in a circle between the Python modules of the training', () => {
    const graph = graphOf((path) => (PYTHON.test(path) ? path : undefined));
    expect(graph.get('models/training/train_photo.py')).toContain('models/training/kit/nanodet.py');
    expect(cyclesOf(graph)).toEqual([]);
  });
});
