import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type Logs = { readonly write: (name: string, line: string) => void; readonly close: () => Promise<void> };

/** Appends lines to one file per name, `<name>.log`. */
export function openLogs(directory: string): Logs {
  mkdirSync(directory, { recursive: true });
  const streams = new Map<string, ReturnType<typeof createWriteStream>>();
  const streamOf = (name: string) => {
    const file = `${name.replaceAll(/[^\w.-]/g, '-')}.log`;
    const open = streams.get(name) ?? createWriteStream(join(directory, file), { flags: 'a' });
    streams.set(name, open);
    return open;
  };
  return {
    write: (name, line) => {
      streamOf(name).write(`${line}\n`);
    },
    close: async () => {
      await Promise.all([...streams.values()].map((stream) => new Promise((resolve) => stream.end(resolve))));
    },
  };
}
