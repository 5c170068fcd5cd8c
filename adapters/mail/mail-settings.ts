/** `tls` from the first byte, `starttls` before anything is said, `none` in a network of one’s own. */
export const MAIL_SECURITIES = ['none', 'starttls', 'tls'] as const;

/** How a mail server is reached. */
export interface MailSettings {
  host: string;
  port: number;
  security: (typeof MAIL_SECURITIES)[number];
  /** Nobody logs in where absent. */
  user?: string;
  password?: string;
  /** Who writes: an address, or a name with one in angle brackets. */
  from: string;
}
