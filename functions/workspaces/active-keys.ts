import { z } from 'zod';
import { KeyId } from '../platform/ids.ts';
import { stored } from '../platform/stored.ts';

/**
 * The ids of a workspace's active keys and of its admin keys among them, in one row: each change is one conditional write, so
 * that concurrent ones exceed no limit and leave an admin key. DynamoDB has no empty sets: an absent one is empty.
 */
export const ActiveKeys = stored(z.object({ activeKeys: z.set(KeyId).optional(), adminKeys: z.set(KeyId).optional() }));
export type ActiveKeys = z.infer<typeof ActiveKeys>;
