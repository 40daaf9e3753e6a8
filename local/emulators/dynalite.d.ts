declare module 'dynalite' {
  import type { Server } from 'node:http';

  type Options = {
    /** directory of the LevelDB store */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    /** ours, for the store, which gets all options */
    readonly indexes?: object | undefined;
    readonly onStore?: (store: never) => void;
  };
  // biome-ignore lint/style/noDefaultExport: dynalite is a CommonJS module; its export is what a default import gives
  export default function dynalite(options?: Options): Server;
}

declare module 'dynalite/db/index.js' {
  export type Done = (error?: Error | null, value?: unknown) => void;
  export type Item = Readonly<Record<string, unknown>>;
  type Index = { readonly IndexName: string };
  export type TableRow = {
    readonly TableName: string;
    readonly TableStatus: string;
    readonly LocalSecondaryIndexes?: readonly Index[];
    readonly GlobalSecondaryIndexes?: readonly Index[];
  };
  export type Write = { readonly type: 'put' | 'del'; readonly key: string; readonly value?: unknown };
  /** one table's items, or the tables themselves, by key */
  export type Part = { put: (key: string, value: unknown, done: Done) => void; del: (key: string, done: Done) => void };
  /** runs writes later, in their order */
  export type Deferred = { readonly add: (write: () => Promise<void>) => void };
  export type Store = {
    readonly db: {
      readonly batch: (writes: readonly Write[], done: Done) => void;
      /** 'open' once requests are served without waiting */
      readonly status: string;
      get: (key: string, done: Done) => void;
      readonly getSync: (key: string) => unknown;
    };
    readonly tableDb: Part;
    readonly lifecycleManager: { readonly gracefulClose: () => Promise<void> };
    getItemDb: (tableName: string) => Part;
    getTable: (name: string, checkStatus: boolean | Done, done?: Done) => void;
  };
  const internals: {
    create: (options: { readonly indexes?: Deferred | undefined; readonly onStore?: (store: Store) => void }) => Store;
    updateIndexes: (store: Store, table: TableRow, before: Item | undefined, after: Item | null, done: Done) => void;
    readonly createKey: (item: Item, table: TableRow) => string;
    readonly getIndexActions: (
      indexes: readonly Index[],
      before: Item | undefined,
      after: Item | null,
      table: TableRow,
    ) => {
      readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
      readonly deletes: readonly { readonly index: string; readonly key: string }[];
    };
  };
  // biome-ignore lint/style/noDefaultExport: as above
  export default internals;
}
