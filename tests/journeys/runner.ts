import { serveLocally } from '../../bin/local-stack.ts';

/** A runner in a process of its own, which a test can kill. Prints the URL of its API once it answers. */
const [dataDir = ''] = process.argv.slice(2);
const { apiUrl } = await serveLocally(dataDir, 0);
process.stdout.write(`${apiUrl}\n`);
