/** What stands in the place of the package `mongodb` in a simulated world: the errors that our code tells apart. */
export class MongoError extends Error {
  override readonly name: string = 'MongoError';
}

export class MongoServerError extends MongoError {
  override readonly name = 'MongoServerError';
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

export class MongoBulkWriteError extends MongoError {
  override readonly name = 'MongoBulkWriteError';
  readonly writeErrors: { index: number; code: number }[];

  constructor(writeErrors: { index: number; code: number }[]) {
    super(`${writeErrors.length} writes failed`);
    this.writeErrors = writeErrors;
  }
}
