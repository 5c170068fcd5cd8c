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

/** Source: RFC 8314 (587 and 465), RFC 5321 (25). */
const PORTS: Record<MailSettings['security'], number> = { none: 25, starttls: 587, tls: 465 };

/** What the environment says of the mail server; undefined where it names none. */
export function toMailSettings({
  host,
  port,
  security,
  user,
  password,
  from,
}: {
  host: string | undefined;
  port: number | undefined;
  security: MailSettings['security'];
  user: string | undefined;
  password: string;
  from: string | undefined;
}): MailSettings | undefined {
  if (host === undefined || from === undefined) return undefined;
  return { host, port: port ?? PORTS[security], security, from, ...(user !== undefined && { user, password }) };
}
