import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { synthesize } from '../../lib/synthesize.ts';
import { startStack } from '../../local/stack.ts';

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** Fettle on this machine, but that nobody takes photos off their queue: what comes into it is for the image. */
export async function stackWithoutPhotoWorker() {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-image-'));
  const { directory } = await synthesize({ env: 'dev', outDir: join(dataDir, 'assembly') });
  const file = join(directory, 'fettle-dev.template.json');
  const template = Template.parse(JSON.parse(readFileSync(file, 'utf8')));
  const [source] = Object.entries(template.Resources)
    .filter(([id, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping' && id.includes('AssessPhoto'))
    .map(([, resource]) => resource);
  if (!source) throw new Error('the template has no event source for AssessPhoto');
  source.Properties = { ...source.Properties, Enabled: false };
  writeFileSync(file, JSON.stringify(template));
  const stack = await startStack({ assemblyDir: directory, dataDir, port: 0 });
  return {
    ...stack,
    stop: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
