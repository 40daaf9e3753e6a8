import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../types.ts';

export type Logs = { readonly write: (name: string, line: string) => void; readonly close: () => Promise<void> };

/** Appends lines to one file per name, `<name>.log`. What cannot be written, as on a full disk, is told and lost. */
export function openLogs(directory: string, tell: Log): Logs {
  mkdirSync(directory, { recursive: true });
  const streams = new Map<string, ReturnType<typeof createWriteStream>>();
  const streamOf = (name: string) => {
    const file = `${name.replaceAll(/[^\w.-]/g, '-')}.log`;
    const known = streams.get(name);
    if (known) return known;
    const opened = createWriteStream(join(directory, file), { flags: 'a' });
    opened.on('error', (error) => {
      tell(`${file} could not be written: ${error.message}`);
      // The next line opens the file again.
      streams.delete(name);
    });
    streams.set(name, opened);
    return opened;
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
