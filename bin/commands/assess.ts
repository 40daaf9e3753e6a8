import { Command, Option } from 'commander';
import { ASSET_KINDS, type AssetKind } from '../../functions/assets/asset.ts';
import { assessFiles } from '../../functions/pipeline/assess-files-runtime.ts';
import { findPhotos, leftOutText } from '../photo-files.ts';
import { nameSubjects, subjectOption } from '../photo-subjects.ts';
import { policiesOfFile } from '../policy-file.ts';
import { print } from '../print.ts';

/** The photo pipeline alone: no stack, no job, nothing stored. */
export const assessCommand = new Command('assess')
  .description('assess photos without the stack: one JSON line per photo, in their order')
  .argument('<paths...>', 'photos, or folders of photos')
  .addOption(new Option('--kind <kind>', 'what the photos show, when it is known').choices(ASSET_KINDS))
  .addOption(subjectOption())
  .option(
    '--policy <file>',
    'JSON with documents of the policies findings, photos and evidence, by name; default: those of this release',
  )
  .action(assess);

type AssessOptions = { readonly kind?: AssetKind; readonly subject: readonly string[]; readonly policy?: string };

async function assess(paths: readonly string[], { kind, subject, policy }: AssessOptions): Promise<void> {
  const options = { ...(kind && { assetKind: kind }), ...(policy && { policies: policiesOfFile(policy) }) };
  const { files, leftOut } = await findPhotos(paths);
  process.stderr.write(leftOutText(leftOut));
  const photos = nameSubjects(files, subject);
  let index = 0;
  const hinted = photos.map(({ file, words }) => ({ file, ...(words && { hint: words.text }) }));
  for await (const { file, ...assessment } of assessFiles(hinted, options)) {
    const { words } = photos[index] ?? {};
    index += 1;
    await print(`${JSON.stringify({ file, ...(words && { words }), ...assessment })}\n`);
  }
}
