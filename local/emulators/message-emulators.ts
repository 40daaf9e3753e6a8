import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';
import { EmulatorStore } from './emulator-store.ts';
import { S3Store, SnsStore, type SqsQueue, SqsStore } from './fauxqs-parts.ts';

/** S3, SQS and SNS behind one address of this machine. */
export type MessageEmulators = {
  readonly url: string;
  readonly queues: SqsStore;
  readonly topics: SnsStore;
  readonly buckets: S3Store;
  /** puts a message on a queue; it is on disk when this returns to the event loop */
  readonly send: (queue: SqsQueue, body: string) => void;
  readonly store: EmulatorStore;
  readonly close: () => Promise<void>;
};

export async function startMessageEmulators(dataDir: string, region: string): Promise<MessageEmulators> {
  const store = new EmulatorStore(dataDir);
  const [queues, topics, buckets] = [new SqsStore(), new SnsStore(), new S3Store()];
  // Loaded before the stores write through: to insert a queue again would cascade onto its messages.
  store.load(queues, topics, buckets);
  for (const each of [queues, topics, buckets]) each.persistence = store;
  for (const queue of queues.allQueues()) queue.persistence = store;

  const stores = { sqsStore: queues, snsStore: topics, s3Store: buckets };
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    queues,
    topics,
    buckets,
    store,
    send: (queue, body) => queue.enqueue(SqsStore.createMessage(body)),
    close: async () => {
      await app.close();
      store.close();
    },
  };
}
