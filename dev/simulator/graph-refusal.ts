interface RefusalOptions {
  code: number;
  subcode?: number | undefined;
  httpStatus?: number;
  type?: string;
  isTransient?: boolean | undefined;
}

/** An error as the Graph API gives it. Source: Graph API, error handling. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly httpStatus: number;
  readonly code: number;
  readonly #options: RefusalOptions;

  constructor(message: string, options: RefusalOptions) {
    super(message);
    this.#options = options;
    this.code = options.code;
    this.httpStatus = options.httpStatus ?? 400;
  }

  /** The body of the answer. */
  toBody(traceId: string): object {
    const { subcode, type, isTransient } = this.#options;
    return {
      error: {
        message: `(#${this.code}) ${this.message}`,
        type: type ?? 'OAuthException',
        code: this.code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(isTransient !== undefined && { is_transient: isTransient }),
        fbtrace_id: traceId,
      },
    };
  }
}
