import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../functions/platform/names.ts';
import { includesRole } from '../../../functions/platform/roles.ts';

describe('includesRole', () => {
  it.each(ROLES)('lets an admin do what asks for %s', (needed) => expect(includesRole('admin', needed)).toBe(true));
  it('lets no viewer do what asks for a member', () => expect(includesRole('viewer', 'member')).toBe(false));
  it('lets no member do what asks for an admin', () => expect(includesRole('member', 'admin')).toBe(false));
});
