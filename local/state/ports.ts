import { join } from 'node:path';
import { z } from 'zod';
import { readSavedJson, saveJson } from '../saved-json.ts';
import type { Log } from '../types.ts';
import { type HttpServer, openServerNear } from './http-server.ts';

const Saved = z.strictObject({ awsPort: z.int() });

/** The door for AWS clients, where it was at the last start: presigned forms and URLs that are out hold its address. */
export async function openAwsServer(dataDir: string, log: Log): Promise<HttpServer> {
  const path = join(dataDir, 'ports.json');
  const before = readSavedJson(path, Saved)?.awsPort;
  const server = await openServerNear(before ?? 0);
  if (before !== undefined && server.port !== before) {
    log(`port ${before} is taken: upload forms and picture URLs from before no longer work`);
  }
  saveJson(path, { awsPort: server.port });
  return server;
}
