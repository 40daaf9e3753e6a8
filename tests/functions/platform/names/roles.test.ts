import { describe, expect, it } from 'vitest';
import { includesRole, ROLES } from '../../../../functions/platform/names/roles.ts';

describe('includesRole', () => {
  it.each(ROLES)('includes %s in admin', (needed) => expect(includesRole('admin', needed)).toBe(true));
  it('does not include member in viewer', () => expect(includesRole('viewer', 'member')).toBe(false));
  it('does not include admin in member', () => expect(includesRole('member', 'admin')).toBe(false));
});
