import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import { findUnwritable } from '../../contracts/unwritable-character.ts';
import { quoted, type Finding, type SourcePath } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import { createByteOffsets } from './byte-offsets.ts';
import { explainYamlFault } from './explain-yaml-fault.ts';
import { describeComma, findCut, toNumber, type FlowPair } from './flow-commas.ts';
import { SourceRanges } from './source-ranges.ts';

const MAX_SOURCE_LENGTH = 1024 * 1024;
const MAX_DEPTH = 20;

/** Far above any scenario, and low enough that yaml's own work on hostile text stays below a second. */
const MAX_TOKENS = 200_000;

/** Of a text that is not YAML at all the first few faults say everything. */
const MAX_FAULTS = 20;

export interface ReadSource {
  /** Plain JSON; undefined when the text is not YAML. */
  value: unknown;
  findings: Finding[];
  locate(finding: Finding): Problem;
  /** What stands in the text where it is not how the value is written: 01067, +4930, 1.10, True. Undefined where there is none. */
  writtenAt?: WrittenAt;
}

export type WrittenAt = (path: SourcePath) => string | undefined;

/**
 * Reads YAML (or JSON) into plain values that know their places. Never throws: size, depth and aliases are bounded here,
 * so the checks behind it meet an ordinary small tree.
 */
export function readSource(source: string): ReadSource {
  const lines = new LineCounter();
  const reader = new SourceReader(source, lines);
  const value = reader.read();
  return {
    value,
    findings: reader.findings,
    locate: (finding) => reader.locate(finding),
    ...(reader.written.size > 0 && { writtenAt: (path) => reader.written.get(JSON.stringify(path)) }),
  };
}

class SourceReader {
  readonly findings: Finding[] = [];
  /** Scalars that are not written as their values are, by path. */
  readonly written = new Map<string, string>();
  private readonly ranges: SourceRanges;
  private byteOffsets: ((offset: number) => number) | undefined;
  private readonly source: string;
  private readonly lines: LineCounter;

  constructor(source: string, lines: LineCounter) {
    this.source = source;
    this.lines = lines;
    this.ranges = new SourceRanges(source);
  }

  read(): unknown {
    if (this.source.length > MAX_SOURCE_LENGTH) {
      this.add([], { code: 'too-large', message: 'The scenario is larger than 1 MB.', remedy: 'Split it.' });
      return undefined;
    }
    const tooMuchAt = findTooMuch(this.source);
    if (tooMuchAt !== undefined) {
      this.countLines();
      this.add([], {
        offset: tooMuchAt,
        code: 'too-large',
        message: `The scenario is nested deeper than ${MAX_DEPTH} levels or has more than ${MAX_TOKENS} words and signs.`,
        remedy: 'A scenario is a flat map of blocks: split it.',
      });
      return undefined;
    }
    return this.readDocument();
  }

  /** As yaml does while it reads. */
  private countLines(): void {
    this.lines.addNewLine(0);
    for (const { index } of this.source.matchAll(/\n/g)) this.lines.addNewLine(index + 1);
  }

  locate(finding: Finding): Problem {
    const { severity, code, message, remedy, path } = finding;
    const { start, end } = this.ranges.rangeOf(finding);
    const { line, col } = this.lines.linePos(start);
    this.byteOffsets ??= createByteOffsets(this.source);
    const bytes = { start: this.byteOffsets(start), end: this.byteOffsets(end) };
    const range = { line: Math.max(line, 1), column: Math.max(col, 1), bytes };
    return { severity, code, message, remedy, path: path.join('.'), ...range };
  }

  private readDocument(): unknown {
    const document = parseDocument(this.source, {
      lineCounter: this.lines,
      prettyErrors: false,
      // Looked for in `mapToPlain`, which knows the path and does not compare every key with every other.
      uniqueKeys: false,
      stringKeys: true,
      // With 'silent' yaml would not say that there is a second document.
      logLevel: 'error',
    });
    const faults = [...document.errors, ...document.warnings];
    faults.slice(0, MAX_FAULTS).forEach((fault) => this.addYamlFault(fault));
    // Behind a fault the tree is yaml's guess, and checking a guess makes noise.
    return faults.length === 0 ? this.toPlain(contentsOf(document), []) : undefined;
  }

  private toPlain(node: Node | null, path: SourcePath): unknown {
    if (path.length > MAX_DEPTH) {
      this.addTooDeep(path.slice(0, MAX_DEPTH));
      return null;
    }
    if (node?.range) this.ranges.note(path, { start: node.range[0], end: node.range[1] });
    if (isMap<Node, Node | null>(node)) {
      return this.mapToPlain(node.flow === true ? this.joinAtCommas(node.items, path) : node.items, path);
    }
    if (isSeq<Node | null>(node)) return node.items.map((item, index) => this.toPlain(item, [...path, index]));
    if (isAlias(node)) this.addAlias(path);
    return isScalar(node) ? this.scalarToPlain(node, path) : null;
  }

  /**
   * A comma in { } ends a text without quotes, and what is behind it looks like a key without a value: { text: Hello, how are
   * you? }. It is told once, and the text goes on, so that nothing else is told of it.
   */
  private joinAtCommas(items: readonly FlowPair[], path: SourcePath): FlowPair[] {
    const joined: FlowPair[] = [];
    for (const pair of items) {
      const before = joined.at(-1);
      const end = pair.value === null && isScalar(pair.key) ? pair.key.range?.[1] : undefined;
      const cutOff = before && end !== undefined ? findCut(before, pair) : undefined;
      if (before && cutOff && end !== undefined) this.lengthen(before, cutOff, { end, path });
      else joined.push(pair);
    }
    return joined;
  }

  private lengthen({ key }: FlowPair, text: Scalar, { end, path }: { end: number; path: SourcePath }): void {
    const offset = text.range?.[0] ?? end;
    const whole = this.source.slice(offset, end);
    // Told anew, with more of it, where there is a second comma.
    const known = this.findings.findIndex((each) => each.code === 'comma-in-braces' && each.offset === offset);
    if (known >= 0) this.findings.splice(known, 1);
    this.addComma([...path, isScalar(key) ? String(key.value) : ''], { whole, offset });
    text.value = typeof text.value === 'number' ? toNumber(whole) : whole;
    text.source = whole;
    text.range = [offset, end, end];
  }

  private addComma(path: SourcePath, { whole, offset }: { whole: string; offset: number }): void {
    this.add(path, {
      code: 'comma-in-braces',
      ...describeComma(whole),
      offset,
      length: whole.length,
    });
  }

  /** YAML takes 01067 for 1067 and True for true: what stands there is kept beside the value. */
  private scalarToPlain({ value, type, source }: Scalar, path: SourcePath): unknown {
    if (typeof value === 'string') this.checkWritable(value, path);
    const isPlain = type === Scalar.PLAIN && (typeof value === 'number' || typeof value === 'boolean');
    if (isPlain && source !== undefined && source.replace(/^(-?)\./, '$10.') !== String(value)) {
      this.written.set(JSON.stringify(path), source);
    }
    return value;
  }

  private mapToPlain(items: readonly { key: Node; value: Node | null }[], path: SourcePath): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    const seen = new Set<string>();
    for (const { key, value } of items) {
      if (isAlias(key)) this.addAlias(path);
      const name = isScalar(key) ? String(key.value) : '';
      const inner = [...path, name];
      const [start, end] = key.range ?? [0, 0];
      if (seen.has(name)) {
        this.addDuplicate(inner, start);
        continue;
      }
      seen.add(name);
      this.checkWritable(name, path);
      this.ranges.note(inner, { key: { start, end }, start, end });
      if (name === '__proto__' || name === '<<') this.addForbiddenKey(inner, name);
      else entries.push([name, this.toPlain(value, inner)]);
    }
    return Object.fromEntries(entries);
  }

  private checkWritable(text: string, path: SourcePath): void {
    const fault = findUnwritable(text);
    if (!fault) return;
    this.add(path, { code: 'bad-character', message: `The text ${fault.message}.`, remedy: fault.remedy });
  }

  private addYamlFault(fault: YAMLError): void {
    const [told = ''] = fault.message.split('\n', 1);
    // What yaml would have its caller do instead helps no author.
    const reason = told.replace(/; please use .*/, '');
    // Lists in lists without brackets, so deep that yaml ran out of stack; it says so as if that were a fault of syntax.
    if (fault.code === 'RESOURCE_EXHAUSTION') {
      this.addTooDeep([]);
      return;
    }
    this.add([], {
      code: 'bad-yaml',
      message: `Not YAML: ${reason}`,
      remedy: explainYamlFault(fault.code, reason, this.lineAt(fault.pos[0])),
      offset: fault.pos[0],
      length: fault.pos[1] - fault.pos[0],
    });
  }

  private lineAt(offset: number): string {
    const start = this.source.lastIndexOf('\n', offset - 1) + 1;
    const end = this.source.indexOf('\n', start);
    return this.source.slice(start, Math.min(end < 0 ? this.source.length : end, start + 500));
  }

  private addDuplicate(path: SourcePath, offset: number): void {
    const isBlock = path.length === 2 && path[0] === 'blocks';
    this.add(path, {
      code: isBlock ? 'duplicate-id' : 'duplicate-key',
      message: `${quoted(String(path.at(-1)))} stands here twice.`,
      remedy: isBlock ? 'Give each block an id of its own.' : 'Write every key once: rename or remove one.',
      offset,
      length: String(path.at(-1)).length,
    });
  }

  private addAlias(path: SourcePath): void {
    this.add(path, {
      code: 'alias-refused',
      message: 'Aliases (*name) are not part of the language.',
      remedy: 'Write the value out, or lead both places to one block.',
    });
  }

  private addTooDeep(path: SourcePath): void {
    const message = `Nested deeper than ${MAX_DEPTH} levels.`;
    this.add(path, { code: 'too-deep', message, remedy: 'A scenario is a flat map of blocks.' });
  }

  private addForbiddenKey(path: SourcePath, name: string): void {
    const remedy =
      name === '<<' ? 'Write out what is to stand here: YAML’s merge keys are not read.' : 'Choose another name.';
    this.add(path, { code: 'unknown-key', message: `${quoted(name)} cannot be a key.`, remedy });
  }

  private add(path: SourcePath, finding: Pick<Finding, 'code' | 'message' | 'remedy' | 'offset' | 'length'>): void {
    this.findings.push({ severity: 'error', path, ...finding });
  }
}

const LEXER_SIGNS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);

/**
 * Looks over the text before yaml composes it, which it does by recursion and at many times the cost. Gives where it is too
 * deep or too long; undefined where it is neither.
 */
function findTooMuch(source: string): number | undefined {
  let tokens = 0;
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(source)) {
    tokens += 1;
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (tokens > MAX_TOKENS || depth > MAX_DEPTH) return Math.min(offset, source.length);
    // Signs of the lexer's own, for what begins and ends, are no text.
    if (!LEXER_SIGNS.has(token)) offset += token.length;
  }
  return undefined;
}

function contentsOf(document: Document.Parsed): Node | null {
  return document.contents;
}
