/** What JSON can hold, and so what crosses every process border unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
