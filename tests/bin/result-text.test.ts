import { describe, expect, it } from 'vitest';
import { photoNames } from '../../bin/result-text.ts';

describe('photoNames', () => {
  it('calls photos by the names of their files, and by their paths where those are the same', () => {
    expect([...photoNames(['in/kitchen.jpg', 'in/a/1.jpg', 'in/b/1.jpg'])]).toEqual([
      ['p001', 'kitchen.jpg'],
      ['p002', 'in/a/1.jpg'],
      ['p003', 'in/b/1.jpg'],
    ]);
  });
});
