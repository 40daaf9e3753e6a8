import { killProcessesOf, logicalIdOf, type RunningFettle, until } from '../journeys/running-stack.ts';

/** Calls a function without a running process, and kills the process that starts. A call that is throttled starts none, and is made again. */
export async function crash(fettle: RunningFettle, functionName: string, ask: () => Promise<unknown>): Promise<void> {
  const functionId = logicalIdOf(fettle, 'AWS::Lambda::Function', `${functionName}Function`);
  const running = () => fettle.stack.processIdsOf(functionId).length;
  killProcessesOf(fettle, functionName);
  await until('its processes are gone', () => running() === 0);
  let answer: Promise<unknown> | undefined;
  const askAgain = () => {
    answer ??= ask().finally(() => {
      answer = undefined;
    });
  };
  await until(`a process of ${functionName} starts`, () => {
    if (running() === 0) askAgain();
    return running() > 0;
  });
  killProcessesOf(fettle, functionName);
  await answer;
}
