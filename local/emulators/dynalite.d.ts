declare module 'dynalite' {
  import type { Server } from 'node:http';

  type Options = {
    /** directory of the LevelDB store */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  };
  // biome-ignore lint/style/noDefaultExport: dynalite is a CommonJS module; its export is what a default import gives
  export default function dynalite(options?: Options): Server;
}
