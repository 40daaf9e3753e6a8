import { ROLES, type Role } from './names.ts';

/** Whether a key of this role may do what asks for `needed`: each role includes those before it. */
export const includesRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
