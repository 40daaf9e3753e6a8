import { describe, expect, it } from 'vitest';
import { includesRole, ROLES } from '../../../../functions/platform/names/roles.ts';

describe('includesRole', () => {
  it.each(ROLES)('lets an admin do what asks for %s', (needed) => expect(includesRole('admin', needed)).toBe(true));
  it('lets no viewer do what asks for a member', () => expect(includesRole('viewer', 'member')).toBe(false));
  it('lets no member do what asks for an admin', () => expect(includesRole('member', 'admin')).toBe(false));
});
