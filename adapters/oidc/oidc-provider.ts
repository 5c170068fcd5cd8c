import * as client from 'openid-client';
import type { OidcSettings } from './oidc-settings.ts';

/** What of a log-in stays with the browser until the provider sends it back. */
interface PendingLogIn {
  state: string;
  nonce: string;
  /** Of PKCE: proves that who comes back is who has left. */
  codeVerifier: string;
}

/** Whom the provider has let in. */
export interface ProvenIdentity {
  /** As the provider calls itself. */
  issuer: string;
  /** Of this provider never used again, whatever else of a person changes. */
  subject: string;
  claims: Readonly<Record<string, unknown>>;
}

/** The provider cannot be reached, or is not set up as we are told. */
export class OidcUnavailableError extends Error {
  override readonly name = 'OidcUnavailableError';
}

/** An OpenID Connect provider: authorization code flow with PKCE, state and nonce. */
export interface OidcProvider {
  readonly settings: OidcSettings;
  /** Where a browser goes to log in. @throws OidcUnavailableError */
  begin(): Promise<{ url: string; pending: PendingLogIn }>;
  /**
   * Exchanges what the browser came back with.
   * @throws OidcUnavailableError, and openid-client's own where the provider refused or the answer is not to this log-in
   */
  finish(cameBackWith: URLSearchParams, pending: PendingLogIn): Promise<ProvenIdentity>;
}

const TIMEOUT_S = 5;

/** Reads the provider's metadata at the first log-in, and again where that failed: the api starts without it. */
export function createOidcProvider(settings: OidcSettings): OidcProvider {
  let known: Promise<client.Configuration> | undefined;

  function discover(): Promise<client.Configuration> {
    const issuer = new URL(settings.issuer);
    // Configuration lets plain http through for the machine's own addresses alone.
    const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const authentication = client.ClientSecretPost(settings.clientSecret);
    return client.discovery(issuer, settings.clientId, undefined, authentication, { execute, timeout: TIMEOUT_S });
  }

  async function getConfiguration(): Promise<client.Configuration> {
    known ??= discover();
    try {
      return await known;
    } catch (cause) {
      known = undefined;
      throw new OidcUnavailableError(`The log-in provider ${settings.issuer} cannot be read`, { cause });
    }
  }

  return {
    settings,
    async begin() {
      const configuration = await getConfiguration();
      const codeVerifier = client.randomPKCECodeVerifier();
      const pending = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUri,
        scope: settings.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },
    async finish(cameBackWith, { state, nonce, codeVerifier }) {
      const configuration = await getConfiguration();
      const url = new URL(settings.redirectUri);
      url.search = cameBackWith.toString();
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (!idToken) throw new OidcUnavailableError('The provider gave no ID token');
      const { iss: issuer, sub: subject } = idToken;
      return {
        issuer,
        subject,
        claims: { ...(await findMore(configuration, tokens.access_token, subject)), ...idToken },
      };
    },
  };
}

/** Many providers tell names and groups at their userinfo endpoint only. */
async function findMore(
  configuration: client.Configuration,
  accessToken: string,
  subject: string,
): Promise<Record<string, unknown>> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return { ...(await client.fetchUserInfo(configuration, accessToken, subject)) };
}
