import { Command, Option } from 'commander';
import { KeyId, WorkspaceId } from '../../functions/platform/ids.ts';
import { ROLES, type Role } from '../../functions/platform/names/roles.ts';
import type { ApiKey } from '../../functions/workspaces/api-key.ts';
import { issueKey, revokeKey } from '../../functions/workspaces/key-issuer-store.ts';
import { type AccessTable, keysOfWorkspace } from '../../functions/workspaces/key-store.ts';
import { accessTableOf, findDeployment } from '../deployment.ts';
import { dataOption, environmentOption } from '../environment-options.ts';
import { UsageError } from '../usage-error.ts';

type Where = { readonly env: string; readonly workspace: string; readonly data: string };

/** A subcommand that works on one workspace's keys in one environment. */
const onWorkspace = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(environmentOption())
    .requiredOption('--workspace <id>', 'the workspace that owns the keys: lowercase letters, digits and hyphens')
    .addOption(dataOption());

async function open({ env, workspace, data }: Where): Promise<{ table: AccessTable; workspaceId: WorkspaceId }> {
  const workspaceId = WorkspaceId.safeParse(workspace);
  if (!workspaceId.success) {
    throw new UsageError(`expected --workspace of 1-40 lowercase letters, digits or hyphens; got "${workspace}"`);
  }
  return { table: accessTableOf(await findDeployment(env, data)), workspaceId: workspaceId.data };
}

/** One line of JSON per key. */
const show = (key: ApiKey & { readonly secret?: string }): void => {
  process.stdout.write(`${JSON.stringify(key)}\n`);
};

const create = onWorkspace('create', 'create a key; its secret is shown this once')
  .addOption(new Option('--role <role>', 'the role of the key').choices(ROLES).makeOptionMandatory())
  .option('--name <name>', 'what it is for')
  .action(async ({ role, name, ...where }: Where & { readonly role: Role; readonly name?: string }) => {
    const { table, workspaceId } = await open(where);
    const { key, secret } = await issueKey(table, { workspaceId, role, name }, new Date());
    show({ ...key, secret });
  });

const list = onWorkspace('list', 'list keys, newest first, revoked ones too').action(async (where: Where) => {
  const { table, workspaceId } = await open(where);
  for (const key of await keysOfWorkspace(table, workspaceId, new Date())) show(key);
});

const revoke = onWorkspace('revoke', 'revoke a key; it is refused within a minute')
  .argument('<keyId>', 'the id of the key, from list')
  .action(async (id: string, where: Where) => {
    const { table, workspaceId } = await open(where);
    const keyId = KeyId.safeParse(id);
    const key = keyId.success && (await revokeKey(table, { workspaceId, keyId: keyId.data }, new Date()));
    if (!key) throw new UsageError(`workspace ${workspaceId} has no key ${id}; "keys list" shows those it has`);
    show(key);
  });

/** API keys, on this machine or in the operator's account. */
export const keysCommand = new Command('keys')
  .description('make, list and revoke API keys')
  .addCommand(create)
  .addCommand(list)
  .addCommand(revoke);
