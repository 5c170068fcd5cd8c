/** What stands in the place of `@temporalio/client` in a simulated world: the errors that the door to the actors tells apart. */
export class WorkflowNotFoundError extends Error {
  override readonly name = 'WorkflowNotFoundError';
}

export class WorkflowUpdateFailedError extends Error {
  override readonly name = 'WorkflowUpdateFailedError';
}

/** No world starts anything twice. */
export class WorkflowExecutionAlreadyStartedError extends Error {
  override readonly name = 'WorkflowExecutionAlreadyStartedError';
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

/** Nothing in a simulated world comes over gRPC. */
export function isGrpcServiceError(_error: unknown): boolean {
  return false;
}
