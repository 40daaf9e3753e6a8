import { Command, Option } from 'commander';
import { ASSET_KINDS, type AssetKind } from '../../functions/assets/asset.ts';
import { assessFiles } from '../../functions/pipeline/assess-files-runtime.ts';
import { findPhotos, leftOutText } from '../photo-files.ts';

/** The photo pipeline alone: no stack, no job, nothing stored. */
export const assessCommand = new Command('assess')
  .description('assess photos without the stack: one JSON line per photo, in their order')
  .argument('<paths...>', 'photos, or folders of photos')
  .addOption(new Option('--kind <kind>', 'what the photos show, when it is known').choices(ASSET_KINDS))
  .action(assess);

async function assess(paths: readonly string[], { kind }: { readonly kind?: AssetKind }): Promise<void> {
  const { files, leftOut } = await findPhotos(paths);
  process.stderr.write(leftOutText(leftOut));
  for await (const line of assessFiles(files, kind ? { assetKind: kind } : {}))
    await print(`${JSON.stringify(line)}\n`);
}

/** Waits while the reader is slower than we are, so that lines do not pile up in memory. */
const print = (line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(line, (error) => (error ? reject(error) : resolve()));
  });
