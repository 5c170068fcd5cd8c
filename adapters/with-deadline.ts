import { AppError } from '../contracts/app-error.ts';

/**
 * Gives up on a call that neither answers nor fails within `ms`: a stopped server keeps its sockets open.
 * The call itself goes on; only its caller is let go.
 * @throws AppError SERVICE_UNAVAILABLE whose cause names `what`
 */
export async function withDeadline<Result>(call: Promise<Result>, ms: number, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    const expire = (): void => {
      const cause = new Error(`${what} did not answer within ${ms} ms`);
      reject(new AppError('SERVICE_UNAVAILABLE', { cause }));
    };
    timer = setTimeout(expire, ms);
  });
  try {
    return await Promise.race([call, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
