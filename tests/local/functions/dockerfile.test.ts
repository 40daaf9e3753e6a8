import { describe, expect, it } from 'vitest';
import { readDockerfile } from '../../../local/functions/dockerfile.ts';

const FILE = `
# a comment
ARG BASE=public.ecr.aws/lambda/nodejs:24
FROM node AS build
COPY package.json .
RUN npm ci
FROM \${BASE}
ARG LEVEL=1
ENV THREADS="\${LEVEL}" MODE=fast
COPY --from=build /node_modules \${LAMBDA_TASK_ROOT}/node_modules
COPY *.mjs \\
  models \${LAMBDA_TASK_ROOT}/
WORKDIR /var/task/inner
COPY one.txt two.txt
CMD ["index.handler"]
`;
const read = (text: string, buildArgs = {}) => readDockerfile(text, buildArgs, 'here');

describe('readDockerfile', () => {
  it('takes the command of the last stage', () => {
    expect(read(FILE).command).toEqual(['index.handler']);
  });

  it('takes the copies from the build context, with their places', () => {
    expect(read(FILE).copies).toEqual([
      { from: ['*.mjs', 'models'], to: '/var/task/' },
      { from: ['one.txt'], to: '/var/task/inner/two.txt' },
    ]);
  });

  it('prefers the build’s arguments to their defaults', () => {
    expect([read(FILE).environment, read(FILE, { LEVEL: '2' }).environment]).toEqual([
      { THREADS: '1', MODE: 'fast' },
      { THREADS: '2', MODE: 'fast' },
    ]);
  });

  it.each([
    ['its own RUN installs packages', 'FROM x\nRUN cd /var/task && npm ci --omit=dev', true],
    ['it copies from an earlier stage', 'FROM x AS build\nFROM y\nCOPY --from=build /node_modules .', true],
    ['only an earlier stage does', 'FROM x AS build\nRUN npm ci\nFROM y\nCOPY node_modules .', false],
    ['its RUN tries what was copied', 'FROM x\nCOPY node_modules .\nRUN node --eval "import(\'sharp\')"', false],
  ])('sees whether an image has packages of its own: %s', (_, text, expected) => {
    expect(read(text).installsPackages).toBe(expected);
  });

  it('refuses an instruction that it does not know', () => {
    expect(() => read('FROM x\nVOLUME /data')).toThrow('here: the runner does not know the instruction VOLUME');
  });
});
