import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../functions/condition/model-error.ts';

describe('ModelError', () => {
  it('keeps the words of a runtime out of its message, and in its evidence', () => {
    const error = new ModelError('models/mine', 'it fails', new Error('Non-zero status code\n  at session.run'));
    expect(error.message).toBe('Model "mine": it fails');
    expect(error.evidence).toBe('Model "mine": it fails (Non-zero status code)');
  });

  it('has no other evidence than its message without them', () => {
    expect(new ModelError('models/mine', 'it has no card').evidence).toBe('Model "mine": it has no card');
  });
});
