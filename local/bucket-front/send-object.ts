import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { ServiceRequest } from '../gate/service-request.ts';
import type { ObjectFiles } from '../types.ts';

/** Whether a request is a GET of a whole object: no range, part number, attributes or precondition. */
export function isPlainGet({ method, headers, parameters }: ServiceRequest): boolean {
  const conditional = [...headers.keys()].some((name) => name === 'range' || name.startsWith('if-'));
  return method === 'GET' && !conditional && !parameters.has('partNumber') && !parameters.has('attributes');
}

/** Sends the headers and the file of an object, or of a version of it; false when there is none. */
export async function sendObject(
  objects: ObjectFiles,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { headers, parameters }: ServiceRequest,
  response: ServerResponse,
): Promise<boolean> {
  const checksum = headers.get('x-amz-checksum-mode')?.[0]?.toUpperCase() === 'ENABLED';
  const found = objects.find(bucket, key, { checksum, versionId: parameters.get('versionId') });
  if (found === undefined) return false;
  // An open file is read to its end even when its object is replaced meanwhile.
  const file = openSync(found.path, 'r');
  try {
    response.writeHead(200, { ...found.headers, 'x-amz-request-id': randomUUID() });
    await sendFile(file, response);
  } finally {
    closeSync(file);
  }
  return true;
}

/** Few system calls, and still within the processor's cache. */
const CHUNK_BYTES = 256 * 1024;
/** A pool of buffers: reading 2.6 MB took 0.2 ms of CPU with a reused buffer, 8.6 ms with new memory (page faults). */
const idle: Buffer[] = [];

async function sendFile(file: number, response: ServerResponse): Promise<void> {
  const buffer = idle.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
    // The client closed the connection. The kernel may still read the buffer: do not return it to the pool.
    if (!(await written(response, buffer.subarray(0, read)))) return;
  }
  idle.push(buffer);
  response.end();
}

/** Resolves once the bytes are written to the socket; to false when the connection is closed. */
function written(response: ServerResponse, chunk: Buffer): Promise<boolean> {
  return new Promise((resolve) => response.write(chunk, (error) => resolve(!error)));
}
