// Installs missing dependencies before `npm start` and `npm test`. Plain JavaScript without dependencies, because it runs on
// the machine's own Node before anything is installed. Prints to stderr: stdout is the script's.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(PROJECT_DIR, 'node_modules');
/** npm's own record of what lies in node_modules, written when an installation is complete. */
const INSTALLED = join(MODULES, '.package-lock.json');
const PINNED_NODE = join(MODULES, '.bin', 'node');

/** For the installation; Fettle itself runs on the installed Node. */
const OLDEST_NODE = 20;
/** The oldest npm that reads package-lock.json. */
const OLDEST_NPM = 7;
/** The machine's Node where npm has none for the platform. */
const OWN_NODE = 24;

const majorOf = (version) => Number.parseInt(version.replace(/^v/, ''), 10);

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether node_modules has the packages of package-lock.json, except those for other platforms. */
function isInstalled() {
  if (!existsSync(INSTALLED) || !existsSync(PINNED_NODE)) return false;
  const installed = packagesIn(INSTALLED);
  const { '': _project, ...wanted } = packagesIn(join(PROJECT_DIR, 'package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) =>
    installed[path] ? installed[path].version === version : optional || devOptional,
  );
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function checkNpm() {
  const { error, stdout } = spawnSync('npm', ['--version'], { encoding: 'utf8' });
  if (error) fail(`Fettle installs itself with npm, which cannot be started here: ${error.message}.`);
  if (majorOf(stdout) < OLDEST_NPM) fail(`Fettle needs npm ${OLDEST_NPM} or newer; this is npm ${stdout.trim()}.`);
}

function install() {
  const startedMs = Date.now();
  process.stderr.write('Installing dependencies (about 1 GB, once; half a minute to some minutes) … ');
  // No package needs its install script, and onnxruntime-node's would download CUDA libraries.
  const arguments_ = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawnSync('npm', arguments_, {
    cwd: PROJECT_DIR,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (npm.status !== 0) fail(`failed.\n${npm.stderr}${npm.stdout}\nnpm ci failed; its output is above.`);
  process.stderr.write(`done in ${Math.round((Date.now() - startedMs) / 1000)} s.\n`);
}

/** npm has Node 24 for Linux; on other platforms Fettle runs on this Node. */
function provideNode() {
  if (existsSync(PINNED_NODE)) return;
  if (majorOf(process.version) < OWN_NODE) {
    fail(
      `Fettle runs on Node ${OWN_NODE}, and npm has none for ${process.platform}-${process.arch}; ` +
        `this is Node ${process.version}. Install Node ${OWN_NODE} and try again.`,
    );
  }
  if (lstatSync(PINNED_NODE, { throwIfNoEntry: false })) rmSync(PINNED_NODE);
  symlinkSync(process.execPath, PINNED_NODE);
}

if (majorOf(process.version) < OLDEST_NODE) {
  fail(`Fettle needs Node ${OLDEST_NODE} or newer to install itself; this is Node ${process.version}.`);
}
if (!isInstalled()) {
  checkNpm();
  install();
  provideNode();
}
