import { ENV } from './environment-variables.ts';

type Keys = { readonly partition: string; readonly sort: string };

/** The layout of a DynamoDB table. Every key attribute is a string. */
export type TableDescription = {
  /** the environment variable with the table's name */
  readonly variable: (typeof ENV)[keyof typeof ENV];
  readonly keys: Keys;
  /** prefixes of partition keys, by content; a function's role can be limited to them */
  readonly partitions: Readonly<Record<string, string>>;
  /** the global secondary indexes; a row without both `keys` is not in the index */
  readonly indexes: Readonly<Record<string, { readonly keys: Keys; readonly projected: readonly string[] }>>;
  /** the attribute with the Unix time, in seconds, after which DynamoDB may delete the row */
  readonly timeToLive?: string;
};

/** The tables, for constructs, permissions, the stores' index names and the tests. */
export const TABLES = {
  jobs: {
    variable: ENV.jobsTable,
    keys: { partition: 'pk', sort: 'sk' },
    partitions: {
      /** a job, its photos and its assessment */
      job: 'JOB#',
      /** the changes of a workspace's policy */
      policies: 'POLICY#',
      /** the only rows that `GET /ready` can write and read */
      probe: 'PROBE#ready',
    },
    indexes: {
      newestFirst: {
        keys: { partition: 'workspaceId', sort: 'jobId' },
        // Without the progress: each write of a projected attribute is a second write, to the index.
        projected: ['status', 'kind', 'createdAt', 'totalPhotos'],
      },
      unfinished: { keys: { partition: 'unfinishedShard', sort: 'deadlineAt' }, projected: [] },
    },
    timeToLive: 'keptUntilSeconds',
  },
  access: {
    variable: ENV.accessTable,
    keys: { partition: 'pk', sort: 'sk' },
    // Separate prefixes, because functions that store replies must not read or create API keys.
    partitions: {
      keys: 'KEY#',
      /** the ids of a workspace's active keys */
      workspaces: 'WORKSPACE#',
      /** the requests of one key on one day */
      use: 'USE#',
      replies: 'IDEMPOTENCY#',
    },
    indexes: {
      byWorkspace: {
        keys: { partition: 'workspaceId', sort: 'keyId' },
        // Only rows of earlier releases have a gatewayKeyId; DynamoDB cannot change what an existing index projects.
        projected: ['role', 'name', 'gatewayKeyId', 'createdAt', 'revokedAt'],
      },
    },
    timeToLive: 'expiresAtSeconds',
  },
  comps: {
    variable: ENV.compsTable,
    keys: { partition: 'pk', sort: 'sk' },
    partitions: {
      /** the comps of one kind of one workspace */
      comp: 'COMP#',
      /** the entries that find a comp by its title */
      title: 'COMPTITLE#',
      /** the calls of one provider of comps on one day, and until when it is left alone */
      provider: 'PROVIDER#',
      /** the queries by which a workspace had providers asked */
      asked: 'ASKED#',
      /** which Parquet object is the book of the comps of one kind of one workspace */
      book: 'COMPBOOK#',
      /** the uploads of tables of comps of one workspace */
      upload: 'COMPUPLOAD#',
      /** what `file-comps` is to do, of all workspaces */
      work: 'COMPWORK#',
    },
    indexes: {},
    timeToLive: 'keptUntilSeconds',
  },
} as const satisfies Record<string, TableDescription>;

type Tables = typeof TABLES;
export type TableName = keyof Tables;

/** The indexes of this table; another table may have one of the same name. */
export type IndexName<Table extends TableName> = keyof Tables[Table]['indexes'] & string;

/** The names of this table's partition prefixes. */
export type PartitionName<Table extends TableName> = keyof Tables[Table]['partitions'] & string;
