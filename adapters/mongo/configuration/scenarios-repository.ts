import type { Collection } from 'mongodb';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { insertIfAbsent } from './natural-key-repository.ts';

/** One version of a scenario. The document is a JSON string: the driver would mangle keys with dots or dollars. */
export interface StoredScenario {
  _id: string;
  name: string;
  source: string;
  document: string;
  createdAt: number;
}

/** One version of a scenario, for ever the same. `version` = sha256 of the source, in hex. */
export interface ScenarioVersion {
  version: string;
  name: string;
  document: ScenarioDocument;
}

export interface ScenariosRepository {
  /** Keeps a version; one that is there already stays as it is. */
  add(scenario: {
    version: string;
    name: string;
    source: string;
    document: ScenarioDocument;
    at: number;
  }): Promise<void>;
  findByVersion(version: string): Promise<ScenarioVersion | undefined>;
  /** The text of a version, for people and for comparing; `createdAt` in epoch milliseconds. */
  findSource(version: string): Promise<{ source: string; createdAt: number } | undefined>;
  /** Full version behind `name@<12 hex>`. */
  findPinned(name: string, prefix: string): Promise<string | undefined>;
}

/** Scenario versions by the hash of their source. */
export function createScenariosRepository(collection: Collection<StoredScenario>): ScenariosRepository {
  return {
    add: ({ version, name, source, document, at }) =>
      insertIfAbsent(collection, { _id: version, name, source, document: JSON.stringify(document), createdAt: at }),
    async findByVersion(version) {
      const stored = await collection.findOne({ _id: version });
      if (!stored) return undefined;
      return { version, name: stored.name, document: JSON.parse(stored.document) as ScenarioDocument };
    },
    async findSource(version) {
      const stored = await collection.findOne({ _id: version }, { projection: { source: 1, createdAt: 1 } });
      return stored ? { source: stored.source, createdAt: stored.createdAt } : undefined;
    },
    async findPinned(name, prefix) {
      const stored = await collection.findOne(
        { _id: { $gte: prefix, $lt: `${prefix}g` }, name },
        { projection: { _id: 1 } },
      );
      return stored?._id;
    },
  };
}
