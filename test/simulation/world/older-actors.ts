/**
 * The actors as the release before this one had them: the same code under an engine version that is one lower. The bundler
 * loads everything behind this file a second time.
 */
export { conversation, dispatcher, page } from '../../../workflows/index.ts';
export { ENGINE_VERSION as OLDER_ENGINE_VERSION } from '../../../contracts/engine-version.ts';
