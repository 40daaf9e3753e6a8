import { Option } from 'commander';
import { ENVIRONMENTS } from './deployment.ts';

/** Which stack a command works on. */
export const environmentOption = (): Option =>
  new Option('--env <name>', 'where: this machine, or a deployed environment').choices(ENVIRONMENTS).default('local');

/** Where the stack on this machine is found. */
export const dataOption = (): Option =>
  new Option('--data <dir>', 'of --env local: where the running stack keeps everything').default('.fettle');
