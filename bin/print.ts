/** Writes to stdout; waits while its reader is slower than we are, so that nothing piles up in memory. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
