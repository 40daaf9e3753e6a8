import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FETTLE = join(import.meta.dirname, '../../bin/fettle.ts');

it.each([
  ['an unknown choice', ['start', '--kind', 'house'], "argument 'house' is invalid. Allowed choices are property"],
  ['a missing option', ['keys', 'create'], "required option '--workspace <id>' not specified"],
  ['an unknown command', ['begin'], "unknown command 'begin'"],
  ['a mistake that the command finds', ['assess', 'no-such-photo.jpg'], 'no-such-photo.jpg'],
])('%s exits with 2 and says it once', (_, args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [FETTLE, ...args], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.split(message)).toHaveLength(2);
});

it('help is no mistake', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [FETTLE, '--help'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Usage: fettle');
});
