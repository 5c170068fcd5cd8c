import type { FastifyRequest } from 'fastify';
import type { AuditedCaller } from '../../contracts/audit.ts';
import { getPrincipal } from '../access.ts';

/** The caller of a route that is not public, as the audit names them. */
export function auditedCaller(request: FastifyRequest): AuditedCaller {
  const { username, userId, name } = getPrincipal(request);
  return { by: username ?? name, address: request.ip, ...(userId !== undefined && { userId }) };
}
