/**
 * Gives up on a call that neither answers nor fails within `ms`: a stopped server keeps its sockets open.
 * The call itself goes on; only its caller is let go, with an error that names `what`.
 */
export async function withDeadline<Result>(call: Promise<Result>, ms: number, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
