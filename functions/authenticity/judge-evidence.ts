import type { Evidence } from '../photos/photo-assessment.ts';
import type { FileProvenance } from './file-provenance.ts';

/**
 * Whether a photo can be trusted, from the file's metadata alone.
 *
 * A file that declares itself generated is believed. Everything else is `undetermined`: metadata can be forged and are often
 * stripped, so neither their presence nor their absence proves anything.
 */
export function judgeEvidence(provenance: FileProvenance): Evidence {
  const { verdict, reason } = decide(provenance);
  return { verdict, reasons: [reason, ...metadataReasons(provenance)] };
}

type Decision = { readonly verdict: Evidence['verdict']; readonly reason: string };

const decide = ({ generator }: FileProvenance): Decision =>
  generator
    ? { verdict: 'synthetic', reason: `the file itself says that it was made by ${generator}` }
    : { verdict: 'undetermined', reason: 'the file does not prove whether this is a photo or a generated picture' };

function metadataReasons({ camera, editor }: FileProvenance): string[] {
  return [
    camera ? `camera tags: ${camera}` : 'no camera tags, which many programs remove',
    ...(editor ? [`edited with ${editor}`] : []),
  ];
}
