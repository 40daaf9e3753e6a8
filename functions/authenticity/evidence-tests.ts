import type { EvidenceTest } from '../photos/evidence.ts';
import { testCamera } from './camera-tags.ts';
import type { FileProvenance } from './file-provenance.ts';
import type { SourceKind } from './source-type.ts';

export type Testable = {
  readonly provenance: FileProvenance;
  /** whether the picture shows more than one colour */
  readonly hasStructure: boolean;
};

/** The tests of one photo, in the order in which they are shown. */
export const testEvidence = ({ provenance, hasStructure }: Testable, now: Date): EvidenceTest[] => [
  testGenerated(provenance),
  testEdited(provenance),
  testSoftware(provenance),
  testCamera(provenance.exif, now),
  testStructure(hasStructure),
];

function testGenerated(provenance: FileProvenance): EvidenceTest {
  const test = 'declared_generated' as const;
  const declared = sourceOf('generated', provenance);
  if (declared) return { test, outcome: 'fail', ...declared };
  const [generator] = provenance.generators;
  if (generator) {
    const meaning = `the file says that it was made by ${generator.value}`;
    return { test, outcome: 'fail', meaning, where: generator.where };
  }
  const captured = sourceOf('captured', provenance);
  if (captured) return { test, outcome: 'pass', ...captured, meaning: `${captured.meaning}, which anyone can write` };
  const manifest = provenance.hasC2paManifest
    ? ', and its C2PA manifest, whose signature was not checked, is no proof'
    : '';
  return { test, outcome: 'not_applicable', meaning: `the file does not say that it was generated${manifest}` };
}

function testEdited(provenance: FileProvenance): EvidenceTest {
  const test = 'declared_edited' as const;
  const generative = sourceOf('partly_generated', provenance);
  if (generative) return { test, outcome: 'fail', ...generative };
  const edited = sourceOf('edited', provenance);
  if (edited) return { test, outcome: 'warn', ...edited };
  return { test, outcome: 'not_applicable', meaning: 'the file does not say that it was edited' };
}

function testSoftware({ editors }: FileProvenance): EvidenceTest {
  const test = 'editing_software' as const;
  if (editors.length === 0) return { test, outcome: 'not_applicable', meaning: 'the file names no editing program' };
  const names = [...new Set(editors.map(({ value }) => value))];
  const fields = [...new Set(editors.map(({ where }) => where))];
  return { test, outcome: 'warn', meaning: `edited with ${names.join(', ')}`, where: fields.join(', ') };
}

const testStructure = (hasStructure: boolean): EvidenceTest => ({
  test: 'structure',
  ...(hasStructure
    ? { outcome: 'pass', meaning: 'the picture shows something' }
    : { outcome: 'fail', meaning: 'the picture shows nothing: it is black, white or of one colour' }),
});

/** The first statement of this kind. */
function sourceOf(kind: SourceKind, { sourceTypes }: FileProvenance): { meaning: string; where: string } | undefined {
  const stated = sourceTypes.find(({ value }) => value.kind === kind);
  return stated && { meaning: stated.value.meaning, where: `${stated.where}: ${stated.value.term}` };
}
