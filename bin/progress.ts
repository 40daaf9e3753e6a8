import { SingleBar } from 'cli-progress';
import type { JobView } from '../functions/jobs/jobs-contract.ts';

/** Shows a job's progress on stderr: a bar on a terminal, otherwise a line per change. */
export function showProgress(totalPhotos: number): (job: JobView) => void {
  return process.stderr.isTTY ? drawBar(totalPhotos) : writeLines();
}

function drawBar(totalPhotos: number): (job: JobView) => void {
  const bar = new SingleBar({ format: 'assessing {bar} {value}/{total} photos  {stage}', hideCursor: true });
  bar.start(totalPhotos, 0, { stage: '' });
  return ({ status, progress }) => {
    bar.update(progress.donePhotos, { stage: progress.stage });
    if (progress.stage === 'ended') {
      bar.stop();
      process.stderr.write(`${status}\n`);
    }
  };
}

function writeLines(): (job: JobView) => void {
  let shown = '';
  return ({ status, progress }) => {
    const line = `${status}: ${progress.donePhotos}/${progress.totalPhotos} photos`;
    if (line !== shown) process.stderr.write(`${line}\n`);
    shown = line;
  };
}
