import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type FunctionLogs = {
  readonly write: (functionName: string, line: string) => void;
  readonly close: () => Promise<void>;
};

/** One file per function, `<name>.log`, of the lines it wrote and a REPORT line per invocation. */
export function functionLogs(directory: string): FunctionLogs {
  mkdirSync(directory, { recursive: true });
  const streams = new Map<string, ReturnType<typeof createWriteStream>>();
  const streamOf = (name: string) => {
    const open = streams.get(name) ?? createWriteStream(join(directory, `${name}.log`), { flags: 'a' });
    streams.set(name, open);
    return open;
  };
  return {
    write: (functionName, line) => {
      streamOf(functionName).write(`${line}\n`);
    },
    close: async () => {
      await Promise.all([...streams.values()].map((stream) => new Promise((resolve) => stream.end(resolve))));
    },
  };
}
