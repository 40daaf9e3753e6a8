import internals, {
  type Deferred,
  type Done,
  type Item,
  type Part,
  type Store,
  type TableRow,
  type Write,
} from 'dynalite/db/index.js';

/**
 * Makes dynalite write an item and its index entries in one LevelDB batch. It writes them one after the other, so that a
 * kill in between leaves an index inconsistent with its table. Call it once, before the first `dynalite()`.
 *
 * Also caches table descriptions and reads LevelDB synchronously, both for speed.
 */
export function makeWritesAtomic(): void {
  if (installed) return;
  installed = true;
  const { create } = internals;
  internals.create = (options) => {
    const store = create(options);
    joinItemAndIndexes(store, options.indexes);
    rememberTables(store);
    readAtOnce(store);
    options.onStore?.(store);
    return store;
  };
  internals.updateIndexes = (store, table, before, after, done) => {
    const item = after ?? before;
    // The item itself is written next, under the same lock.
    if (item)
      entriesOf(store).set(
        itemKey(table.TableName, internals.createKey(item, table)),
        indexWrites(table, before, after),
      );
    done();
  };
}

let installed = false;

/** Index entries pending until their item's write, by the item's key. */
const waiting = new WeakMap<Store, Map<string, readonly Write[]>>();

function entriesOf(store: Store): Map<string, readonly Write[]> {
  const known = waiting.get(store) ?? new Map<string, readonly Write[]>();
  waiting.set(store, known);
  return known;
}

function itemKey(tableName: string, key: string): string {
  return `item-${tableName}~${key}`;
}

function indexWrites(table: TableRow, before: Item | undefined, after: Item | null): Write[] {
  return (['Local', 'Global'] as const).flatMap((kind) => {
    const indexes = table[`${kind}SecondaryIndexes`] ?? [];
    const { puts, deletes } = internals.getIndexActions(indexes, before, after, table);
    const entry = (index: string, key: string) => `index-${kind.toLowerCase()}~${table.TableName}~${index}~${key}`;
    return [
      ...deletes.map(({ index, key }): Write => ({ type: 'del', key: entry(index, key) })),
      ...puts.map(({ index, key, item }): Write => ({ type: 'put', key: entry(index, key), value: item })),
    ];
  });
}

/** Entries of global indexes are written later where `late` is given. */
function joinItemAndIndexes(store: Store, late: Deferred | undefined): void {
  const { getItemDb } = store;
  const joined = new WeakSet<Part>();
  const write = (own: Write, done: Done) => {
    const entries = entriesOf(store).get(own.key) ?? [];
    entriesOf(store).delete(own.key);
    const deferred = late ? entries.filter(isGlobal) : [];
    store.db.batch([...entries.filter((entry) => !deferred.includes(entry)), own], (error, value) => {
      if (!error && deferred.length > 0) late?.add(() => written(store, deferred));
      done(error, value);
    });
  };
  store.getItemDb = (tableName) => {
    const part = getItemDb(tableName);
    if (joined.has(part)) return part;
    joined.add(part);
    part.put = (key, value, done) => write({ type: 'put', key: itemKey(tableName, key), value }, done);
    part.del = (key, done) => write({ type: 'del', key: itemKey(tableName, key) }, done);
    return part;
  };
}

function written(store: Store, writes: readonly Write[]): Promise<void> {
  return new Promise((resolve, reject) => store.db.batch(writes, (error) => (error ? reject(error) : resolve())));
}

const isGlobal = ({ key }: Write) => key.startsWith('index-global~');

function rememberTables(store: Store): void {
  const { getTable, tableDb } = store;
  const { put, del } = tableDb;
  const known = new Map<string, TableRow>();
  tableDb.put = (name, value, done) => {
    known.delete(name);
    put(name, value, done);
  };
  tableDb.del = (name, done) => {
    known.delete(name);
    del(name, done);
  };
  store.getTable = (name, checkStatus, done) => {
    if (typeof checkStatus !== 'function') return getTable(name, checkStatus, done);
    const table = known.get(name);
    if (table) return checkStatus(null, table);
    getTable(name, (error, found) => {
      const row = found as TableRow | undefined;
      if (row?.TableStatus === 'ACTIVE') known.set(name, row);
      checkStatus(error, found);
    });
  };
}

/** LevelDB reads from its cache in microseconds; a thread pool adds two context switches to each read. */
function readAtOnce({ db }: Store): void {
  const { get } = db;
  db.get = (key, done) => {
    // While opening, LevelDB retries the call later, without a callback, for a promise.
    if (db.status !== 'open' || typeof done !== 'function') return get(key, done);
    process.nextTick(done, null, db.getSync(key));
  };
}
