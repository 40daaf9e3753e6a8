import { join } from 'node:path';
import { z } from 'zod';
import { readSavedJson, saveJson } from '../saved-json.ts';
import type { Log } from '../types.ts';
import { type HttpServer, openServerNear } from './http-server.ts';

const Saved = z.strictObject({ awsPort: z.int() });

/** The AWS endpoint, on the port of the last start, because issued presigned forms and URLs contain it. */
export async function openAwsServer(dataDir: string, log: Log): Promise<HttpServer> {
  const path = join(dataDir, 'ports.json');
  const before = readSavedJson(path, Saved)?.awsPort;
  const server = await openServerNear(before ?? 0);
  if (before !== undefined && server.port !== before) {
    log(`port ${before} is in use: upload forms and picture URLs from the last start no longer work`);
  }
  saveJson(path, { awsPort: server.port });
  return server;
}
