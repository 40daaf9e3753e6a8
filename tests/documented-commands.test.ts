import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../bin/command-line.ts';
import packageJson from '../package.json' with { type: 'json' };

const PROJECT_DIR = join(import.meta.dirname, '..');
const PAGES = ['README.md', 'docs/operating.md', 'docs/runbook.md', 'CHANGELOG.md'];

const read = (page: string): string => readFileSync(join(PROJECT_DIR, page), 'utf8');

/** Commands of a page: lines of its blocks, and code within its text. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.split('\n'));
  const spans = [...text.replaceAll(/```.*?```/gs, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...blocks, ...spans]
    .map((line) => line.replace(/ #.*/, '').trim())
    .filter((line) => /^(npm|npx|node) /.test(line));
}

const wordsOf = (command: string): string[] =>
  (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));

/** What is wrong with these arguments of the command line; undefined when it would take them. */
function faultOf(command: Command, [word, ...rest]: readonly string[]): string | undefined {
  if (word === undefined) return undefined;
  const subcommand = command.commands.find((each) => each.name() === word);
  if (subcommand) return faultOf(subcommand, rest);
  if (!word.startsWith('-'))
    return command.commands.length > 0 ? `${command.name()} has no ${word}` : faultOf(command, rest);
  const option = command.options.find(({ short, long }) => word === short || word === long);
  if (!option) return `${command.name()} has no option ${word}`;
  if (!option.required) return faultOf(command, rest);
  const [value = '', ...others] = rest;
  if (option.argChoices && !option.argChoices.includes(value)) return `${word} takes no ${value}`;
  return faultOf(command, others);
}

/** What is wrong with a command; undefined when it exists. */
function problemOf(line: string): string | undefined {
  const [program, first = '', ...rest] = wordsOf(line);
  if (program === 'node') return existsSync(join(PROJECT_DIR, first)) ? undefined : `no file ${first}`;
  if (program === 'npx') {
    if (!existsSync(join(PROJECT_DIR, 'node_modules/.bin', first))) return `no program ${first}`;
    const contexts = rest.filter((_, index) => rest[index - 1] === '-c').map((each) => each.split('=')[0] ?? '');
    const unknown = contexts.find((name) => !['env', 'image', 'photosAtOnce', 'shift'].includes(name));
    return unknown === undefined ? undefined : `no context ${unknown}`;
  }
  const script = first === 'run' ? rest[0] : first;
  if (script === undefined || !(script in packageJson.scripts)) return `no script ${script}`;
  const given = rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : [];
  const end = given.findIndex((word) => ['>', '|', '&&'].includes(word));
  const words = end < 0 ? given : given.slice(0, end);
  if (script === 'fettle') return faultOf(commandLine, words);
  return script === 'start' ? faultOf(commandLine, ['start', ...words]) : undefined;
}

describe.each(PAGES)('%s', (page) => {
  it('has no command that does not exist', () => {
    const problems = commandsOf(read(page)).map((command) => [command, problemOf(command)]);
    expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(join(PROJECT_DIR, dirname(page), path)))).toEqual([]);
  });
});

describe('a command that does not exist', () => {
  it.each([
    ['npm run doctor', 'no script doctor'],
    ['npm run fettle -- keys rotate --env prod', 'keys has no rotate'],
    ['npm run fettle -- doctor --after', 'doctor has no option --after'],
    ['npm run fettle -- doctor --env production', '--env takes no production'],
    ['npx cdk deploy -c photos=3', 'no context photos'],
    ['npx ckd deploy', 'no program ckd'],
    ['node bin/setup.mjs', 'no file bin/setup.mjs'],
  ])('is found: %s', (command, problem) => {
    expect(commandsOf(`\`${command}\``).map(problemOf)).toEqual([problem]);
  });
});
