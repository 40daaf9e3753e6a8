import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVERY_FILE, files, PROGRAM, PURE, PURE_PLATFORM, type SourceFile, tracked } from './source-files.ts';

type Rule = {
  /** what holds */
  readonly rule: string;
  /** where */
  readonly files: RegExp;
  readonly except?: RegExp;
  /** the only imports that such a file may have */
  readonly mayImport?: RegExp;
  readonly mayNotImport?: RegExp;
  readonly mayNotSay?: RegExp;
  readonly atMostLines?: number;
};

// The parts of the house, by path.
const SHELL = /^functions\/.+\.lambda\.ts$/;
const IO = /^functions\/.+-(store|client|runtime)\.ts$/;
const PLATFORM = /^functions\/platform\//;

const RULES: readonly Rule[] = [
  {
    rule: 'infrastructure takes names and limits from the runtime, and no code that runs',
    files: /^lib\//,
    mayNotImport: /^(functions\/(?!platform\/names\/)|local\/|bin\/|tests\/)/,
  },
  {
    rule: 'names and limits are data, and import only each other',
    files: /^functions\/platform\/names\//,
    mayImport: /^functions\/platform\/names\//,
  },
  {
    rule: 'the runtime knows neither infrastructure, nor runner, nor command line',
    files: /^functions\//,
    mayNotImport: /^(lib|local|bin|tests)\//,
  },
  {
    rule: 'the one-machine runner reads templates and imports neither infrastructure nor runtime',
    files: /^local\//,
    mayNotImport: /^(lib|functions|bin|tests)\//,
  },
  {
    rule: 'the one-machine runner reads streams by iteration: what throws in a callback of a stream reaches no catch',
    files: /^local\//,
    mayNotSay: /\.(on|once|addListener)\('(data|end|readable)'/,
  },
  { rule: 'the one-machine runner knows nothing of Fettle', files: /^local\//, mayNotSay: /fettle/i },
  {
    rule: 'nothing but a test imports a test',
    files: PROGRAM,
    mayNotImport: /^tests\//,
  },
  {
    rule: 'a pure file imports pure files, measured tables, zod, and of Node what computes',
    files: PURE,
    mayImport: new RegExp(
      `^(zod|zod-openapi|@observablehq/plot|linkedom|@bufbuild/protobuf/wire|node:path|node:crypto|models/worth/[a-z-]+\\.json$|${PURE_PLATFORM.source.slice(1)}|${PURE.source.slice(1)})`,
    ),
  },
  {
    rule: 'a pure file has no clock, chance, environment, log, waiting or catching',
    files: PURE,
    mayNotSay:
      /Date\.now\(|new Date\(\)|Math\.random|\brandom(UUID|Bytes|Int)\b|process\.env|\bconsole\.|\basync\b|\bawait\b|\btry \{|\.catch\(/,
  },
  {
    rule: 'only stores, clients and runtimes use the AWS SDK, sharp, onnxruntime-node and DuckDB',
    files: /^functions\//,
    except: IO,
    mayNotImport: /^(@aws-sdk\/|@duckdb\/|sharp$|onnxruntime-node$)/,
  },
  {
    rule: 'only stores, clients and runtimes fetch',
    files: /^functions\//,
    except: IO,
    mayNotSay: /\bfetch\(/,
  },
  {
    rule: 'a shell leaves trying, parsing and the environment to the platform',
    files: SHELL,
    mayNotSay: /\btry \{|process\.env|JSON\.parse|statusCode/,
  },
  {
    rule: 'no shell imports another',
    files: /^functions\//,
    mayNotImport: SHELL,
  },
  {
    rule: 'the environment is read in one place, which fails at the cold start',
    files: /^functions\//,
    except: /^functions\/platform\/environment\.ts$/,
    mayNotSay: /process\.env(?!\.ORT_DISABLE_TELEMETRY = '1')/,
  },
  { rule: 'the platform knows no capability', files: PLATFORM, mayNotImport: /^functions\/(?!platform\/)/ },
  {
    rule: 'nothing is exported by default, but where a tool asks for it',
    files: PROGRAM,
    mayNotSay: /^export default/m,
  },
  {
    rule: 'nothing of ours is passed through a barrel',
    files: PROGRAM,
    mayNotSay: /^export (\*|(type )?\{[^}]*\}) from '\.(?!.*node_modules)/m,
  },
  {
    rule: 'the type checker is never switched off',
    files: EVERY_FILE,
    except: /^tests\/architecture\.test\.ts$/,
    mayNotSay: /@ts-(ignore|expect-error|nocheck)|\bas unknown as\b|(:|\bas) any\b/,
  },
  {
    rule: 'no test is skipped or left alone',
    files: /^tests\/.+\.ts$/,
    except: /^tests\/architecture\.test\.ts$/,
    mayNotSay: /\b(it|test|describe)\.(skip|only|todo)\(|vi\.(mock|fn|spyOn)\(/,
  },
  {
    rule: 'nothing is left to do later',
    files: EVERY_FILE,
    except: /^tests\/architecture\.test\.ts$/,
    mayNotSay: /\b(TODO|FIXME|XXX|HACK)\b/,
  },
  { rule: 'a file can be read in one sitting', files: EVERY_FILE, atMostLines: 250 },
];

/** How a file breaks a rule, each way a line. */
function breaches(rule: Rule, { path, text, imports }: SourceFile): string[] {
  const { mayImport, mayNotImport, mayNotSay, atMostLines } = rule;
  const lines = text.split('\n').length - 1;
  const said = mayNotSay?.exec(text)?.[0];
  return [
    ...imports.filter((name) => mayImport && !mayImport.test(name)).map((name) => `${path} imports ${name}`),
    ...imports.filter((name) => mayNotImport?.test(name)).map((name) => `${path} imports ${name}`),
    ...(said === undefined ? [] : [`${path} says ${said.trim()}`]),
    ...(atMostLines !== undefined && lines > atMostLines ? [`${path} has ${lines} lines`] : []),
  ];
}

describe('the house plan', () => {
  it.each(RULES)('$rule', (rule) => {
    const governed = files.filter(({ path }) => rule.files.test(path) && !rule.except?.test(path));
    expect(governed.flatMap((file) => breaches(rule, file))).toEqual([]);
  });

  it.each(RULES)('has files of which it holds that $rule', ({ files: where }) => {
    expect(tracked.some((path) => where.test(path))).toBe(true);
  });
});

describe('onnxruntime-node', () => {
  it('has telemetry disabled wherever it is imported', () => {
    const users = files.filter(({ path, imports }) => PROGRAM.test(path) && imports.includes('onnxruntime-node'));
    const silenced = users.map(({ text }) => text.includes("process.env.ORT_DISABLE_TELEMETRY = '1'"));
    expect(silenced.length).toBeGreaterThan(0);
    expect(silenced).not.toContain(false);
  });
});

describe('the names of files', () => {
  const FORBIDDEN = /^(utils?|helpers?|common|managers?|services?|data|misc|index)$/;
  const names = tracked.filter((path) => !path.endsWith('.py'));

  it('say what is in them', () => {
    expect(names.filter((path) => path.split('/').some((part) => FORBIDDEN.test(part.split('.')[0] ?? '')))).toEqual(
      [],
    );
  });

  it('are in kebab-case', () => {
    const parts = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
    expect(names.filter((path) => !path.split('/').every((part) => parts.test(part)))).toEqual([]);
  });

  it('begin, for unit tests, with the folder of what they test', () => {
    const unitTests = tracked.filter((path) =>
      /^tests\/(bin|functions|lib|local)\/.+(?<!\.stack)\.test\.ts$/.test(path),
    );
    expect(unitTests.filter((path) => !existsSync(dirname(path).replace(/^tests\//, '')))).toEqual([]);
  });
});

describe('package.json', () => {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const { dependencies, optionalDependencies, devDependencies } = manifest as Record<string, Record<string, string>>;

  it('pins every version', () => {
    const versions = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('has what the runtime imports among its dependencies', () => {
    const packages = files
      .filter(({ path }) => path.startsWith('functions/'))
      .flatMap(({ imports }) => imports)
      .filter((name) => !/^(functions|models|package\.json|node:)/.test(name))
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    const types = ['aws-lambda'];
    expect([...new Set(packages)].filter((name) => !types.includes(name) && !dependencies?.[name])).toEqual([]);
  });
});
