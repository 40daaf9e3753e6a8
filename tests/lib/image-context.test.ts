import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutImage } from '../../lib/image-context.ts';
import { LAMBDA_PLATFORM } from '../../lib/native-files.ts';

const PROJECT_DIR = dirname(dirname(import.meta.dirname));

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-image-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('layOutImage', () => {
  it('takes the libraries that Lambda loads', () => {
    const imageDir = join(dir, 'lambda');
    layOutImage(PROJECT_DIR, imageDir, LAMBDA_PLATFORM);
    const libraries = readdirSync(join(imageDir, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(libraries).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^@img\/sharp-linux-x64\/lib\/sharp-linux-x64.*\.node$/),
        expect.stringMatching(/^@img\/sharp-libvips-linux-x64\/lib\/libvips-cpp\.so/),
        'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
        expect.stringMatching(/^onnxruntime-node\/bin\/napi-v6\/linux\/x64\/libonnxruntime\.so/),
      ]),
    );
  });

  it('names what is not installed, where npm ran on another platform', () => {
    expect(() => layOutImage(PROJECT_DIR, join(dir, 'other'), { os: 'plan9', cpu: 'mips' })).toThrow(
      'The image needs onnxruntime-node/bin/napi-v6/plan9/mips/*, and node_modules/ holds no such file',
    );
  });
});
