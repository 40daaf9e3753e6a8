/** The attributes that each index of either table is sorted into: rows without them are not in it. */
export const INDEX_KEYS = {
  newestFirst: { partition: 'workspaceId', sort: 'jobId' },
  unfinished: { partition: 'unfinishedShard', sort: 'deadlineAt' },
  byWorkspace: { partition: 'workspaceId', sort: 'keyId' },
} as const;

export type IndexName = keyof typeof INDEX_KEYS;

/**
 * How the partition keys of the access table begin. A function's role is held to its own: what remembers replies
 * cannot read or make an API key.
 */
export const ACCESS_PARTITIONS = { keys: 'KEY#', replies: 'IDEMPOTENCY#' } as const;

/** The jobs table's only partition that `GET /ready` may write and read. */
export const PROBE_PARTITION = 'PROBE#ready';
